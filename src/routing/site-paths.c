/*
 * Paths between sites: one Dijkstra a source with the label (cost, hops). The lowest-named parent
 * of equals is kept; since every part of a best path is a best path, following these parents back
 * from the destination yields the order of names that Exchange documents.
 */
#include "routing/site-paths.h"

#include "routing/label-heap.h"
#include "routing/names.h"
#include "routing/site-graph.h"

#include <string.h>

/* --- the graph ---------------------------------------------------------------------------- */

static gint compare_site_names(gconstpointer a, gconstpointer b)
{
    const Site *left = *(const Site *const *)a;
    const Site *right = *(const Site *const *)b;
    int order = name_order(left->object.name, right->object.name);

    if (order != 0)
        return order;
    return left->object.number < right->object.number ? -1 : 1;
}

static void rank_sites(SiteGraph *graph, const Topology *topology)
{
    g_autoptr(GPtrArray) sites = g_ptr_array_copy(topology->sites, NULL, NULL);

    g_ptr_array_sort(sites, compare_site_names);
    graph->site_count = sites->len;
    graph->ranks = g_new(guint, sites->len);
    for (guint rank = 0; rank < sites->len; rank++)
        graph->ranks[((const Site *)sites->pdata[rank])->object.number] = rank;
    graph->sites = (const Site **)g_ptr_array_steal(sites, NULL);
}

guint64 site_path_link_cost(const SiteLink *link)
{
    return (guint64)site_link_cost(link);
}

static GPtrArray *ip_links(const Topology *topology, const GPtrArray *without)
{
    GPtrArray *links = g_ptr_array_new();

    FOR_EACH(SiteLink, link, topology->site_links)
        if (link->ip && link->sites->len > 1 &&
            (without == NULL || !g_ptr_array_find((GPtrArray *)without, link, NULL)))
            g_ptr_array_add(links, link);
    return links;
}

static guint64 plain_cost(const SiteLink *link)
{
    return (guint64)site_link_directory_cost(link);
}

static void take_members(SiteGraph *graph, guint64 (*cost)(const SiteLink *link))
{
    guint at = 0;

    for (guint i = 0; i < graph->link_count; i++) {
        graph->costs[i] = cost(graph->links[i]);
        graph->member_starts[i] = at;
        FOR_EACH(const Site, site, graph->links[i]->sites)
            graph->members[at++] = graph->ranks[site->object.number];
    }
    graph->member_starts[graph->link_count] = at;
}

static SiteArc arc_of(const SiteGraph *graph, guint link, guint member)
{
    guint first = graph->member_starts[link];
    guint last = graph->member_starts[link + 1] - 1;
    SiteArc arc = {.cost = graph->costs[link], .link = link, .beyond = SEVERAL};

    if (last == first + 1)
        arc.beyond = graph->members[member == first ? last : first];
    return arc;
}

/* Turns "the sites of each link" into "the links of each site": a counting sort. */
static void invert_members(SiteGraph *graph)
{
    guint *next = graph->arc_starts;
    guint total = graph->member_starts[graph->link_count];
    guint at = total;

    for (guint i = 0; i < total; i++)
        next[graph->members[i]]++;
    next[graph->site_count] = total;
    for (guint rank = graph->site_count; rank-- > 0;) {
        at -= next[rank];
        next[rank] = at;
    }
    for (guint link = 0; link < graph->link_count; link++)
        for (guint i = graph->member_starts[link]; i < graph->member_starts[link + 1]; i++)
            graph->arcs[next[graph->members[i]]++] = arc_of(graph, link, i);
    /* Each start has moved on to the next one's. */
    memmove(next + 1, next, graph->site_count * sizeof *next);
    next[0] = 0;
}

static SiteGraph *graph_new(const Topology *topology, const GPtrArray *without,
                            guint64 (*cost)(const SiteLink *link))
{
    SiteGraph *graph = g_new0(SiteGraph, 1);
    g_autoptr(GPtrArray) links = ip_links(topology, without);
    guint total = 0;

    rank_sites(graph, topology);
    FOR_EACH(const SiteLink, link, links)
        total += link->sites->len;
    graph->link_count = links->len;
    graph->costs = g_new(guint64, links->len);
    graph->member_starts = g_new(guint, links->len + 1);
    graph->members = g_new(guint, total);
    graph->arc_starts = g_new0(guint, graph->site_count + 1);
    graph->arcs = g_new(SiteArc, total);
    graph->links = (const SiteLink **)g_ptr_array_steal(links, NULL);
    take_members(graph, cost);
    invert_members(graph);
    return graph;
}

SiteGraph *site_graph_new(const Topology *topology)
{
    return graph_new(topology, NULL, site_path_link_cost);
}

SiteGraph *site_graph_new_without(const Topology *topology, const GPtrArray *without)
{
    return graph_new(topology, without, site_path_link_cost);
}

SiteGraph *site_graph_new_plain(const Topology *topology)
{
    return graph_new(topology, NULL, plain_cost);
}

void site_graph_free(SiteGraph *graph)
{
    if (graph == NULL)
        return;
    g_free(graph->sites);
    g_free(graph->ranks);
    g_free(graph->links);
    g_free(graph->costs);
    g_free(graph->member_starts);
    g_free(graph->members);
    g_free(graph->arc_starts);
    g_free(graph->arcs);
    g_free(graph);
}

/* --- the tree of one source --------------------------------------------------------------- */

static bool is_better(const Reach *a, const Reach *b)
{
    if (a->cost != b->cost)
        return a->cost < b->cost;
    if (a->hops != b->hops)
        return a->hops < b->hops;
    return a->parent != b->parent ? a->parent < b->parent : a->link < b->link;
}

static void tree_offer(SiteTree *tree, guint site, const Reach *reach)
{
    Reach *old = &tree->reaches[site];
    bool nearer = reach->cost != old->cost || reach->hops != old->hops;

    if (!is_better(reach, old))
        return;
    if (nearer)
        label_heap_offer(tree->heap,
                         (Label){.cost = reach->cost, .hops = reach->hops, .node = site});
    *old = *reach;
}

/* The nearest member of a link offers a way to all others. One time is enough: the members that are
 * as near come after it by name, and farther ones have nothing better to offer. */
static void tree_fire(SiteTree *tree, guint link, const Reach *reach)
{
    const SiteGraph *graph = tree->graph;

    if (tree->fired[link] != 0)
        return;
    tree->fired[link] = 1;
    for (guint i = graph->member_starts[link]; i < graph->member_starts[link + 1]; i++)
        tree_offer(tree, graph->members[i], reach);
}

static void tree_expand(SiteTree *tree, const Label *label)
{
    const SiteGraph *graph = tree->graph;

    for (guint i = graph->arc_starts[label->node]; i < graph->arc_starts[label->node + 1]; i++) {
        const SiteArc *arc = &graph->arcs[i];
        Reach reach = {.cost = label->cost + arc->cost,
                       .hops = label->hops + 1,
                       .parent = label->node,
                       .link = arc->link};

        if (arc->beyond == SEVERAL)
            tree_fire(tree, arc->link, &reach);
        else
            tree_offer(tree, arc->beyond, &reach);
    }
}

static void tree_search(SiteTree *tree)
{
    Label label = {.node = tree->source};

    tree->reaches[tree->source] = (Reach){.parent = tree->source};
    tree->reached = 0;
    label_heap_offer(tree->heap, label);
    while (label_heap_take(tree->heap, &label)) {
        tree->order[tree->reached++] = label.node;
        tree_expand(tree, &label);
    }
}

void site_tree_move(SiteTree *tree, const Site *source)
{
    const SiteGraph *graph = tree->graph;

    tree->source = graph->ranks[source->object.number];
    memset(tree->fired, 0, graph->link_count);
    for (guint rank = 0; rank < graph->site_count; rank++)
        tree->reaches[rank] = (Reach){.cost = UNREACHED};
    tree_search(tree);
}

SiteTree *site_tree_new(const SiteGraph *graph, const Site *source)
{
    SiteTree *tree = g_new0(SiteTree, 1);

    tree->graph = graph;
    tree->reaches = g_new(Reach, graph->site_count);
    tree->order = g_new(guint, graph->site_count);
    tree->fired = g_new(guint8, graph->link_count + 1); /* never NULL: it is given to memset() */
    tree->heap = label_heap_new(graph->site_count);
    site_tree_move(tree, source);
    return tree;
}

void site_tree_free(SiteTree *tree)
{
    if (tree == NULL)
        return;
    g_free(tree->reaches);
    g_free(tree->order);
    g_free(tree->fired);
    label_heap_free(tree->heap);
    g_free(tree);
}

/* --- answers ------------------------------------------------------------------------------ */

static guint rank_of(const SiteTree *tree, const Site *site)
{
    return tree->graph->ranks[site->object.number];
}

const Site *site_tree_source(const SiteTree *tree)
{
    return tree->graph->sites[tree->source];
}

bool site_tree_reaches(const SiteTree *tree, const Site *site)
{
    return tree->reaches[rank_of(tree, site)].cost != UNREACHED;
}

guint64 site_tree_cost(const SiteTree *tree, const Site *site)
{
    return tree->reaches[rank_of(tree, site)].cost;
}

guint site_tree_hops(const SiteTree *tree, const Site *site)
{
    return tree->reaches[rank_of(tree, site)].hops;
}

int site_tree_compare(const SiteTree *tree, const Site *a, const Site *b)
{
    Label left = {site_tree_cost(tree, a), site_tree_hops(tree, a), rank_of(tree, a)};
    Label right = {site_tree_cost(tree, b), site_tree_hops(tree, b), rank_of(tree, b)};

    return label_order(&left, &right);
}

bool site_tree_last_hop(const SiteTree *tree, const Site *to, SiteHop *hop)
{
    const SiteGraph *graph = tree->graph;
    const Reach *reach = &tree->reaches[rank_of(tree, to)];

    if (reach->cost == UNREACHED || reach->hops == 0)
        return false;
    *hop = (SiteHop){graph->sites[reach->parent], graph->links[reach->link], to};
    return true;
}

GArray *site_tree_path(const SiteTree *tree, const Site *to)
{
    const SiteGraph *graph = tree->graph;
    guint rank = rank_of(tree, to);
    guint at = tree->reaches[rank].hops;
    GArray *hops;

    if (!site_tree_reaches(tree, to))
        return NULL;
    hops = g_array_sized_new(FALSE, FALSE, sizeof(SiteHop), at);
    g_array_set_size(hops, at);
    while (at-- > 0) {
        const Reach *reach = &tree->reaches[rank];

        g_array_index(hops, SiteHop, at) = (SiteHop){graph->sites[reach->parent],
                                                     graph->links[reach->link], graph->sites[rank]};
        rank = reach->parent;
    }
    return hops;
}
