/* The competitor of the benchmark of routing: one call of igraph for all sources, which is the
 * quickest way to ask it. */
#include "config.h"

#include "igraph-trees.h"

#include "routing/site-paths.h"

#ifdef HAVE_IGRAPH

#include <igraph.h>

struct IgraphTrees {
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_int_t sources;
    igraph_matrix_t distances;
};

static void add_edges(IgraphTrees *trees, const Topology *topology)
{
    igraph_vector_int_t edges;

    igraph_vector_int_init(&edges, 0);
    FOR_EACH(const SiteLink, link, topology->site_links) {
        if (!link->ip || link->sites->len < 2)
            continue;
        g_assert_cmpuint(link->sites->len, ==, 2);
        FOR_EACH(const Site, site, link->sites)
            igraph_vector_int_push_back(&edges, (igraph_integer_t)site->object.number);
        igraph_vector_push_back(&trees->weights, (double)site_path_link_cost(link));
    }
    igraph_create(&trees->graph, &edges, (igraph_integer_t)topology->sites->len, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
}

IgraphTrees *igraph_trees_new(const Topology *topology, const GPtrArray *sources)
{
    IgraphTrees *trees = g_new0(IgraphTrees, 1);

    igraph_vector_init(&trees->weights, 0);
    igraph_vector_int_init(&trees->sources, 0);
    igraph_matrix_init(&trees->distances, 0, 0);
    add_edges(trees, topology);
    FOR_EACH(const Site, site, sources)
        igraph_vector_int_push_back(&trees->sources, (igraph_integer_t)site->object.number);
    return trees;
}

void igraph_trees_free(IgraphTrees *trees)
{
    if (trees == NULL)
        return;
    igraph_destroy(&trees->graph);
    igraph_vector_destroy(&trees->weights);
    igraph_vector_int_destroy(&trees->sources);
    igraph_matrix_destroy(&trees->distances);
    g_free(trees);
}

void igraph_trees_search(IgraphTrees *trees)
{
    igraph_distances_dijkstra(&trees->graph, &trees->distances, igraph_vss_vector(&trees->sources),
                              igraph_vss_all(), &trees->weights, IGRAPH_ALL);
}

double igraph_trees_distance(const IgraphTrees *trees, guint source, const Site *site)
{
    double distance = MATRIX(trees->distances, (igraph_integer_t)source,
                             (igraph_integer_t)site->object.number);

    return distance < IGRAPH_INFINITY ? distance : -1;
}

#else

IgraphTrees *igraph_trees_new(const Topology *topology, const GPtrArray *sources)
{
    (void)topology;
    (void)sources;
    return NULL;
}

void igraph_trees_free(IgraphTrees *trees)
{
    (void)trees;
}

void igraph_trees_search(IgraphTrees *trees)
{
    (void)trees;
}

double igraph_trees_distance(const IgraphTrees *trees, guint source, const Site *site)
{
    (void)trees;
    (void)source;
    (void)site;
    return -1;
}

#endif
