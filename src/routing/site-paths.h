#ifndef ADTOPO_ROUTING_SITE_PATHS_H
#define ADTOPO_ROUTING_SITE_PATHS_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/*
 * The way of mail between sites, as Exchange 2007 chooses it (TechNet bb232193, Exchange Team
 * blog of 15 September 2006): the least sum of costs over IP site links, then the fewest links,
 * then, from the destination backwards, the site of the lowest name where two paths first differ.
 * Links are transitive; site link bridges, schedules and the state of links and servers play no
 * part, and equal paths do not share load. A link joins all its sites at one cost: it is kept as
 * one hyper-edge, so that memory and time are linear in the number of sites named by links.
 *
 * Costs are those of site_link_cost().
 */
typedef struct SiteGraph SiteGraph;

/* The graph borrows the topology. It never changes: any number of threads may search it. */
SiteGraph *site_graph_new(const Topology *topology);

/* The same without some links (of const SiteLink; NULL: none). */
SiteGraph *site_graph_new_without(const Topology *topology, const GPtrArray *without);

/* The same by the directory's costs alone, as if no link had one for Exchange. */
SiteGraph *site_graph_new_plain(const Topology *topology);
void site_graph_free(SiteGraph *graph);

/* One step of a path and the link used: the cheapest that joins the two, the first by name of
 * several. */
typedef struct SiteHop {
    const Site *from;
    const SiteLink *link;
    const Site *to;
} SiteHop;

/* The chosen paths from one site to all others. */
typedef struct SiteTree SiteTree;

SiteTree *site_tree_new(const SiteGraph *graph, const Site *source);

/* Turns a tree into that of another source, without taking memory. */
void site_tree_move(SiteTree *tree, const Site *source);
void site_tree_free(SiteTree *tree);

const Site *site_tree_source(const SiteTree *tree);

/* Whether there is a path; TRUE for the source itself. The two below ask for reached sites. */
bool site_tree_reaches(const SiteTree *tree, const Site *site);
guint64 site_tree_cost(const SiteTree *tree, const Site *site);
guint site_tree_hops(const SiteTree *tree, const Site *site);

/* The path (of SiteHop), empty for the source, NULL where there is none. The caller unrefs. */
GArray *site_tree_path(const SiteTree *tree, const Site *to);

/* The last step of the path to a site; FALSE at the source and where there is no path. Asked
 * again for the site that it comes from, it walks the path backwards without taking memory. */
bool site_tree_last_hop(const SiteTree *tree, const Site *to, SiteHop *hop);

/* Orders two reached sites as destinations: by cost, hops, then name. <0, 0, >0. */
int site_tree_compare(const SiteTree *tree, const Site *a, const Site *b);

/* The cost that the graph counts for a link. */
guint64 site_path_link_cost(const SiteLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteGraph, site_graph_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteTree, site_tree_free)

#endif
