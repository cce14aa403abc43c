#ifndef ADTOPO_ROUTING_GROUPS_H
#define ADTOPO_ROUTING_GROUPS_H

#include "model/topology.h"

/*
 * Routing groups as a directed graph. A routing group connector is an edge from its group to its
 * destination; an SMTP or X.400 connector with connected routing groups is one only between legacy
 * groups, since Exchange 2007 ignores it where the 2007 group is at an end (MSExchangeTransport
 * event 5028). Disabled connectors are no edges, nor are those none of whose sources (event
 * 5014), or none of whose target bridgeheads, lives. A bridgehead that was not read is taken to
 * live.
 */
typedef struct GroupGraph GroupGraph;

GroupGraph *group_graph_new(const Topology *topology);
void group_graph_free(GroupGraph *graph);

/* One step of a path. */
typedef struct GroupHop {
    const RoutingGroup *from;
    const Connector *connector;
    const RoutingGroup *to;
} GroupHop;

/* Whether mail can get from one group to the other; TRUE for the same group. */
bool group_graph_reaches(const GroupGraph *graph, const RoutingGroup *from, const RoutingGroup *to);

/* A path with the fewest hops (of GroupHop; names decide between equals, so the answer does not
 * depend on the order of reading), or NULL; no hops for the same group. `without`, when not
 * NULL, is an edge not to be used. The caller unrefs. */
GArray *group_graph_path(const GroupGraph *graph, const RoutingGroup *from, const RoutingGroup *to,
                         const Connector *without);

/* A shortest directed cycle from -> … -> from that leaves and enters it through different
 * neighbours, or NULL. The caller unrefs. */
GArray *group_graph_cycle(const GroupGraph *graph, const RoutingGroup *from);

/* "Munich -[Munich to Seattle, cost 10]-> Seattle -[…]-> …"; empty for no hop. The caller frees
 * it. */
char *group_path_text(const GArray *hops);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupGraph, group_graph_free)

#endif
