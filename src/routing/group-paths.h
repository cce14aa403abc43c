#ifndef ADTOPO_ROUTING_GROUP_PATHS_H
#define ADTOPO_ROUTING_GROUP_PATHS_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Least-cost paths between routing groups: a connector is a directed edge of its cost (the link
 * state algorithm of Exchange 2000 and 2003 is documented as a variant of Dijkstra's). Routing
 * group connectors, and between legacy groups SMTP and X.400 connectors with connected groups,
 * are edges; what connector_link_flaw() finds fault with is none. The group of Exchange 2007 is
 * one node: for a 2003 server the distances between sites inside it do not exist. Equal costs
 * share the load, so the answer at each group is a set of edges.
 *
 * Costs are those of connector_cost().
 */
typedef struct GroupNet GroupNet;

typedef struct GroupEdge {
    const RoutingGroup *from;
    const Connector *connector;
    const RoutingGroup *to;
    guint32 cost;
} GroupEdge;

/* The net borrows the topology. It never changes: any number of threads may search it. */
GroupNet *group_net_new(const Topology *topology);
void group_net_free(GroupNet *net);

const Topology *group_net_topology(const GroupNet *net);

/* The edges that leave a group, ordered by the group they lead to and the connector; none for
 * NULL. */
const GroupEdge *group_net_edges(const GroupNet *net, const RoutingGroup *from, guint *count);

/* Which edges a search may use; NULL in place of the filter is all of them. */
typedef struct GroupFilter {
    bool (*allows)(const GroupEdge *edge, gconstpointer closure);
    gconstpointer closure;
} GroupFilter;

/* For a filter: ways that do not come back to a group, which is the closure. */
bool group_edge_avoids(const GroupEdge *edge, gconstpointer group);

/* The distances between one group, the root, and all others. The filter is borrowed. */
typedef struct GroupTree GroupTree;

GroupTree *group_tree_towards(const GroupNet *net, const RoutingGroup *root,
                              const GroupFilter *filter);
GroupTree *group_tree_from(const GroupNet *net, const RoutingGroup *root,
                           const GroupFilter *filter);

/* As group_tree_towards(), into a tree of that kind and of the same net, without taking memory. */
void group_tree_move(GroupTree *tree, const RoutingGroup *root, const GroupFilter *filter);
void group_tree_free(GroupTree *tree);

/* Whether there is a path between the root and the group; TRUE for the root. */
bool group_tree_reaches(const GroupTree *tree, const RoutingGroup *group);
guint64 group_tree_cost(const GroupTree *tree, const RoutingGroup *group);

/* The next steps from a group on all least-cost paths to the root of a tree towards it (of const
 * GroupEdge), in the order of the connectors' names; empty at the root and where there is no path.
 * The caller unrefs. */
GPtrArray *group_tree_choices(const GroupTree *tree, const RoutingGroup *from);

/* One least-cost path to the root of a tree towards it (of const GroupEdge): the first choice at
 * each group. The caller unrefs. */
GPtrArray *group_tree_path(const GroupTree *tree, const RoutingGroup *from);

/* A least-cost path to the root that comes through a group, or NULL; as group_tree_path(). */
GPtrArray *group_tree_path_through(const GroupTree *tree, const RoutingGroup *from,
                                   const RoutingGroup *through);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupNet, group_net_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupTree, group_tree_free)

#endif
