#ifndef ADTOPO_RULES_DOMAIN_CONTENTS_H
#define ADTOPO_RULES_DOMAIN_CONTENTS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What lies in which domain partition, beyond whether it was read (domains.h). Exports of a domain
 * are often cut down by a filter, so that most absences prove nothing.
 */

/* The head of a domain partition (domainDNS); NULL when it was not read. */
const Entry *domain_head(const Domain *domain);

/*
 * Whether absence of an object below the domain's head can be concluded: the head was read, and so
 * was OU=Domain Controllers, which every domain has and which an export by filter leaves out unless
 * it was meant to have everything.
 */
bool domain_is_whole(const Topology *topology, const Domain *domain);

/*
 * As reference_state(), but an object of a domain counts as missing only where that is sure: its
 * container was read, or the domain was read whole. Otherwise it is UNSEEN.
 */
ReferenceState reference_state_in_domain(const Topology *topology, const Value *value);

/* Whether the absence of the object `name`, which may lie in a domain, is sure in that sense. The
 * name need not have been met before. */
bool absence_is_sure(Directory *directory, const char *name);

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
