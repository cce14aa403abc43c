#ifndef ADTOPO_ROUTING_FAILURES_H
#define ADTOPO_ROUTING_FAILURES_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/* What a question takes to be down: sites, servers and connectors, and what follows from that. */
typedef struct Failures Failures;

/* Parses a NULL-terminated list of "site:…", "server:…", "connector:…"; NULL is an empty one.
 * NULL and FAULT_USAGE when one of them names nothing, or more than one thing (a pair of
 * connectors that bear one name: give a distinguished name for each). The caller frees it. */
Failures *failures_parse(const Topology *topology, const char *const *names, GError **error);
void failures_free(Failures *failures);

bool failures_any(const Failures *failures);

/* What was named, in full (of char): "site:London", in the order given, each thing once. */
const GPtrArray *failures_names(const Failures *failures);

/* The same in one line: "site:London, connector:Internet". The caller frees it. */
char *failures_text(const Failures *failures);

/* Those of the names that mean one thing in a topology: another one than that for which they were
 * given may lack some of them. A NULL-terminated list that the caller frees with g_strfreev(). */
char **failures_known(const Topology *topology, const char *const *names);

/* Named, or in a site that was named. */
bool server_is_down(const Failures *failures, const Server *server);

/* Named, or every server in it that carries mail is down. A site that never had one is not down. */
bool site_is_down(const Failures *failures, const Site *site);

/* Named, or all its source servers are down, or all its targets: a 2003 connector counts as down
 * only when every one of its bridgeheads says so. */
bool connector_is_down(const Failures *failures, const Connector *connector);

/* Any of these, by the object that it begins with; other objects never are. */
bool object_is_down(const Failures *failures, const Object *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Failures, failures_free)

#endif
