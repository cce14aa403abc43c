#ifndef ADTOPO_SOURCE_SERVER_H
#define ADTOPO_SOURCE_SERVER_H

#include "directory/directory.h"
#include "source/connection-options.h"
#include "source/plan.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Reads the configuration partition of a live directory into `directory`, as one source of kind
 * SOURCE_LDAP named after the URI that answered. Only searches are sent.
 *
 * `uris`: one or several addresses, separated by blanks or commas, tried in turn until one can be
 * connected to; NULL or empty: what ldap.conf(5) says. The base is `options->base` or the server's
 * configuration naming context; on a server that names none, an entry CN=Configuration directly
 * below one of its naming contexts. The head of the schema partition and Exchange's schema marker
 * are read beside it, and as sources of their own the domain partitions, as far as
 * `options->domain_parts` wants them (domain-source.h). What the vocabulary does not mark as read
 * is not asked for.
 *
 * The source's facts: "server" (dnsHostName), "base", "boundAs", "highestCommittedUSN",
 * "currentTime"; each only when known.
 *
 * FALSE and FAULT_SOURCE when no server can be reached or none lets us read, FAULT_USAGE for an
 * address or option that makes no sense, FAULT_LIMIT for more entries than allowed. A reading that
 * was cut short is TRUE with a source that is not complete.
 */
bool server_source_read(Directory *directory, const char *uris, const ConnectionOptions *options,
                        GError **error);

/*
 * What server_source_read() would ask, in that order. The first server that lets us in is asked for
 * its rootDSE and, where that names no configuration partition, whether there is one; nothing is
 * read. A base that could not be found out is shown as search_plan_offline() shows it. The caller
 * frees the plan. NULL and the errors of server_source_read().
 */
SearchPlan *server_source_plan(const char *uris, const ConnectionOptions *options, GError **error);

#endif
