#ifndef ADTOPO_ROUTING_GROUPS_H
#define ADTOPO_ROUTING_GROUPS_H

#include "model/topology.h"

/*
 * Routing groups as a directed graph, searched by the number of hops: who reaches whom at all, and
 * where the cycles are. Its edges are those of the least-cost paths (routing/group-paths.h). A
 * bridgehead that was not read is taken to live.
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
