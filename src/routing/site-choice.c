/*
 * The second-best path between two sites.
 *
 * Where names decided, it shares the longest end with the best path: seen from the source, the
 * first site of the path that could be come to from another neighbour at the same cost and hops.
 *
 * Otherwise it leaves the best path P somewhere and comes back later. Cut the tree of the source at
 * P: every site belongs to the part of the last site of P on its way. A step x → y from an earlier
 * part to a later one, but not a step of P, is the detour; the way is the tree's to x, and from y
 * the tree's of the destination, which, all steps being longer than nothing, never uses P's steps
 * between the two parts. So two trees and one look at every link find the best detour.
 */
#include "routing/site-choice.h"

#include "routing/label-heap.h"
#include "routing/site-graph.h"

#define NOWHERE G_MAXUINT

/* A step aside: from x to y over a link, and what the whole way then comes to. */
typedef struct Detour {
    Label total; /* its node is y */
    guint from;  /* x */
    guint link;
} Detour;

/* --- where a name decided ----------------------------------------------------------------- */

/* The lowest-named other neighbour through which a site is reached as well; its link in *link. */
static guint equal_parent(const SiteTree *tree, guint site, guint *link)
{
    const SiteGraph *graph = tree->graph;
    const Reach *reach = &tree->reaches[site];
    guint best = NOWHERE;

    for (guint i = graph->arc_starts[site]; i < graph->arc_starts[site + 1]; i++) {
        guint through = graph->arcs[i].link;

        for (guint k = graph->member_starts[through]; k < graph->member_starts[through + 1]; k++) {
            guint other = graph->members[k];

            if (other < best && other != reach->parent &&
                reach_follows(reach, &tree->reaches[other], graph->costs[through])) {
                best = other;
                *link = through;
            }
        }
    }
    return best;
}

static void append_hop(GArray *hops, const SiteGraph *graph, guint from, guint link, guint to)
{
    SiteHop hop = {graph->sites[from], graph->links[link], graph->sites[to]};

    g_array_append_val(hops, hop);
}

static SiteRunnerUp *beaten_by_name(const SiteTree *tree, const GArray *path)
{
    const SiteGraph *graph = tree->graph;

    for (guint i = 0; i < path->len; i++) {
        const SiteHop *hop = &g_array_index(path, SiteHop, i);
        guint site = graph->ranks[hop->to->object.number];
        guint link = 0;
        guint other = equal_parent(tree, site, &link);
        SiteRunnerUp *found;

        if (other == NOWHERE)
            continue;
        found = g_new0(SiteRunnerUp, 1);
        found->criterion = DECIDED_NAME;
        found->preferred = hop->from;
        found->refused = graph->sites[other];
        found->hops = site_tree_path(tree, graph->sites[other]);
        append_hop(found->hops, graph, other, link, site);
        g_array_append_vals(found->hops, hop + 1, path->len - i - 1);
        return found;
    }
    return NULL;
}

/* --- where cost or hops decided ----------------------------------------------------------- */

/* The ranks of the sites on the path, source first. */
static guint *path_sites(const SiteTree *tree, const GArray *path)
{
    guint *sites = g_new(guint, path->len + 1);

    sites[0] = tree->source;
    for (guint i = 0; i < path->len; i++)
        sites[i + 1] = tree->graph->ranks[g_array_index(path, SiteHop, i).to->object.number];
    return sites;
}

/* The parts of the source's tree: by rank, the index on the path of the part's site. */
static guint *cut_tree(const SiteTree *tree, const guint *path, guint length)
{
    guint count = tree->graph->site_count;
    guint *parts = g_new(guint, count);
    g_autoptr(GArray) climbed = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint site = 0; site < count; site++)
        parts[site] = NOWHERE;
    for (guint i = 0; i <= length; i++)
        parts[path[i]] = i;
    for (guint site = 0; site < count; site++) {
        guint at = site;

        g_array_set_size(climbed, 0);
        for (; tree->reaches[at].cost != UNREACHED && parts[at] == NOWHERE;
             at = tree->reaches[at].parent)
            g_array_append_val(climbed, at);
        for (guint i = 0; i < climbed->len; i++)
            parts[g_array_index(climbed, guint, i)] = parts[at];
    }
    return parts;
}

/* What the search for a detour looks at. */
typedef struct DetourSearch {
    const SiteTree *forth; /* of the source */
    const SiteTree *back;  /* of the destination */
    const guint *path;
    const guint *parts;
    GArray *members; /* of Label: a link's sites; cost and hops from the source */
    Detour best;
} DetourSearch;

static gint compare_parts(gconstpointer a, gconstpointer b, gpointer data)
{
    const guint *parts = data;
    const Label *left = a;
    const Label *right = b;
    guint left_part = parts[left->node];
    guint right_part = parts[right->node];

    if (left_part != right_part)
        return left_part < right_part ? -1 : 1;
    return label_order(left, right);
}

static void collect_members(DetourSearch *search, guint link)
{
    const SiteGraph *graph = search->forth->graph;

    g_array_set_size(search->members, 0);
    for (guint i = graph->member_starts[link]; i < graph->member_starts[link + 1]; i++) {
        guint site = graph->members[i];
        const Reach *reach = &search->forth->reaches[site];
        Label label = {.cost = reach->cost, .hops = reach->hops, .node = site};

        if (reach->cost != UNREACHED)
            g_array_append_val(search->members, label);
    }
    g_array_sort_with_data(search->members, compare_parts, (gpointer)(guintptr)search->parts);
}

static void consider(DetourSearch *search, const Label *from, guint to, guint link)
{
    const Reach *rest = &search->back->reaches[to];
    Detour detour = {
        .total = {.cost = from->cost + search->forth->graph->costs[link] + rest->cost,
                  .hops = from->hops + 1 + rest->hops,
                  .node = to},
        .from = from->node,
        .link = link,
    };
    int order = label_order(&detour.total, &search->best.total);

    if (order < 0 || (order == 0 && detour.from < search->best.from))
        search->best = detour;
}

static bool is_path_step(const DetourSearch *search, guint from, guint to)
{
    guint part = search->parts[from];

    return search->parts[to] == part + 1 && search->path[part] == from &&
           search->path[part + 1] == to;
}

/* The two nearest sites of the parts before: the second stands in where the first is the path's own
 * way. */
typedef struct Nearest {
    Label labels[2];
    guint count;
} Nearest;

static void nearest_add(Nearest *nearest, const Label *label)
{
    if (nearest->count == 0 || label_order(label, &nearest->labels[0]) < 0) {
        nearest->labels[1] = nearest->labels[0];
        nearest->labels[0] = *label;
    } else if (nearest->count == 1 || label_order(label, &nearest->labels[1]) < 0) {
        nearest->labels[1] = *label;
    }
    nearest->count = MIN(nearest->count + 1, 2);
}

static void search_link(DetourSearch *search, guint link)
{
    Nearest nearest = {.count = 0};
    const GArray *members = search->members;
    guint added = 0;

    collect_members(search, link);
    for (guint i = 0; i < members->len; i++) {
        guint to = g_array_index(members, Label, i).node;

        for (; search->parts[g_array_index(members, Label, added).node] < search->parts[to];
             added++)
            nearest_add(&nearest, &g_array_index(members, Label, added));
        for (guint k = 0; k < nearest.count; k++)
            if (!is_path_step(search, nearest.labels[k].node, to))
                consider(search, &nearest.labels[k], to, link);
    }
}

/* The way with the detour in it; NULL when there was none. */
static GArray *detour_path(const DetourSearch *search)
{
    const SiteGraph *graph = search->forth->graph;
    const Detour *detour = &search->best;
    guint site = detour->total.node;
    GArray *hops;

    if (detour->total.cost == UNREACHED)
        return NULL;
    hops = site_tree_path(search->forth, graph->sites[detour->from]);
    append_hop(hops, graph, detour->from, detour->link, site);
    while (site != search->back->source) {
        const Reach *reach = &search->back->reaches[site];

        append_hop(hops, graph, site, reach->link, reach->parent);
        site = reach->parent;
    }
    return hops;
}

static SiteRunnerUp *beaten_by_length(const SiteTree *tree, const Site *to, const GArray *path)
{
    SiteRunnerUp *found = g_new0(SiteRunnerUp, 1);
    g_autoptr(SiteTree) back = site_tree_new(tree->graph, to);
    g_autofree guint *sites = path_sites(tree, path);
    g_autofree guint *parts = cut_tree(tree, sites, path->len);
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(Label));
    DetourSearch search = {
        .forth = tree, .back = back, .path = sites, .parts = parts, .members = members};

    search.best = (Detour){.total = {.cost = UNREACHED}};
    for (guint link = 0; link < tree->graph->link_count; link++)
        search_link(&search, link);
    found->hops = detour_path(&search);
    found->cost = search.best.total.cost;
    if (found->hops == NULL)
        found->criterion = DECIDED_ONLY;
    else
        found->criterion = found->cost > site_tree_cost(tree, to) ? DECIDED_COST : DECIDED_HOPS;
    return found;
}

SiteRunnerUp *site_runner_up(const SiteTree *tree, const Site *to)
{
    g_autoptr(GArray) path = site_tree_path(tree, to);
    SiteRunnerUp *found = beaten_by_name(tree, path);

    if (found == NULL)
        return beaten_by_length(tree, to, path);
    found->cost = site_tree_cost(tree, to);
    return found;
}

void site_runner_up_free(SiteRunnerUp *runner_up)
{
    if (runner_up == NULL)
        return;
    g_clear_pointer(&runner_up->hops, g_array_unref);
    g_free(runner_up);
}
