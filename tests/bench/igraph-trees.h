#ifndef ADTOPO_TESTS_BENCH_IGRAPH_TREES_H
#define ADTOPO_TESTS_BENCH_IGRAPH_TREES_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/* The same distances by igraph's Dijkstra: sites are vertices by their number, links of two sites
 * are edges. */
typedef struct IgraphTrees IgraphTrees;

/* NULL where the benchmark was built without igraph. */
IgraphTrees *igraph_trees_new(const Topology *topology, const GPtrArray *sources);
void igraph_trees_free(IgraphTrees *trees);

/* Computes the distances from all sources: what is measured. */
void igraph_trees_search(IgraphTrees *trees);

/* The distance found between a source, by its place in the list, and a site; negative for none. */
double igraph_trees_distance(const IgraphTrees *trees, guint source, const Site *site);

#endif
