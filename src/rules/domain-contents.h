#ifndef ADTOPO_RULES_DOMAIN_CONTENTS_H
#define ADTOPO_RULES_DOMAIN_CONTENTS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* What lies in which domain partition, beyond whether it was read (domains.h) and what can be said
 * to be missing from it (absence.h). */

/* The head of a domain partition (domainDNS); NULL when it was not read. */
const Entry *domain_head(const Domain *domain);

/* What preparing a domain makes directly below its head. */
#define SYSTEM_OBJECTS "CN=Microsoft Exchange System Objects"

/* The containers of that kind in a domain (of Entry), in the order of their names, where a
 * conflict's copy stands behind what it is a copy of; unref it. */
GPtrArray *system_objects_of(const Topology *topology, const Domain *domain);

/* The domain in whose partition an object lies, by its name; NULL when it lies in none. */
const Domain *domain_of(const Topology *topology, const Dn *dn);

/* The domain in which a computer of that DNS name would be, by the name behind the first dot; NULL
 * when it is that of no domain. */
const Domain *domain_of_host(const Topology *topology, const char *fqdn);

/* The entry `rdn` directly below `parent`; NULL when it was not read. */
const Entry *entry_below(const Topology *topology, const char *rdn, const Dn *parent);

/* Domains in which computer accounts of Exchange servers that `wanted` holds for lie: those known
 * by the account where it was read, else by the server's DNS name. Of const Domain, as a set; free
 * it. */
GHashTable *domains_of_servers(const Topology *topology, bool (*wanted)(const Server *));

/* Domains in which mailboxes were read (of const Domain, as a set; free it). */
GHashTable *domains_of_mailboxes(const Topology *topology);

#endif
