#ifndef ADTOPO_RULES_ROUTING_GROUPS_H
#define ADTOPO_RULES_ROUTING_GROUPS_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/* What the families about routing groups, their connectors and link state share. */

/* Exchange 2000 or 2003: the versions that keep link state. 5.5 is left out. */
bool server_keeps_link_state(const Server *server);

bool group_has_member(const RoutingGroup *group, bool (*wanted)(const Server *));

/* A group without the token of Exchange 2007 in which servers older than 2007 live. */
bool group_is_legacy(const RoutingGroup *group);

/* All of them (of RoutingGroup), in order; the caller unrefs. */
GPtrArray *legacy_groups(const Topology *topology);

/* The Hub Transport servers of 2007 and 2010 (of Server); the caller unrefs. */
GPtrArray *hub_servers(const Topology *topology);

/* Private databases on the servers of a group. */
guint group_count_mailbox_stores(const RoutingGroup *group);

/* A routing group connector between two living groups of which exactly one is that of 2007. */
bool connector_bridges_versions(const Connector *connector);

/* The routing group connectors from one group to the other (of Connector), in order; only those
 * that carry mail when `enabled`. The caller unrefs. */
GPtrArray *connectors_between(const RoutingGroup *from, const RoutingGroup *to, bool enabled);

/* The one of least cost that carries mail, the first of several; NULL when there is none. */
const Connector *cheapest_between(const RoutingGroup *from, const RoutingGroup *to);

/* Whether connectors were looked for: there is one, or a container for them. */
bool connectors_were_read(const Topology *topology);

/* How many connectors lead to a group that what was read does not tell: with any of them, a path
 * that seems to be missing may exist. */
guint connectors_of_unknown_end(const Topology *topology);

#endif
