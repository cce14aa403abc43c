/* The ways of mail before anything is taken out: between groups as a table of costs, between
 * sites as lists of the paths that each link and each hub site carries. */
#include "routing/sweep-state.h"

#include "routing/connections.h"

#include <string.h>

/* --- the ways before ---------------------------------------------------------------------- */

static void take_edges(Sweeper *sweeper)
{
    FOR_EACH(const RoutingGroup, group, sweeper->topology->routing_groups) {
        guint count;
        const GroupEdge *edges = group_net_edges(sweeper->net, group, &count);

        for (guint i = 0; i < count; i++)
            g_ptr_array_add(list_at(sweeper->edges, (gpointer)edges[i].connector),
                            (gpointer)&edges[i]);
    }
}

static void measure_group(Sweeper *sweeper, const RoutingGroup *to)
{
    group_tree_move(sweeper->tree, to, NULL);
    FOR_EACH(const RoutingGroup, from, sweeper->topology->routing_groups)
        *cost_at(sweeper, to, from) = group_tree_reaches(sweeper->tree, from)
                                          ? group_tree_cost(sweeper->tree, from)
                                          : NO_WAY;
    FOR_EACH(const RoutingGroup, from, sweeper->groups)
        if (from != to && to->members->len > 0 && *cost_at(sweeper, to, from) == NO_WAY)
            ways_add(sweeper->sweep->apart, place_of_group(sweeper, from),
                     place_of_group(sweeper, to), 0, SWEEP_UNKNOWN);
}

static void measure_groups(Sweeper *sweeper)
{
    const GPtrArray *groups = sweeper->topology->routing_groups;

    if (groups->len == 0)
        return;
    sweeper->group_costs = g_new(guint64, (gsize)groups->len * groups->len);
    memset(sweeper->group_costs, 0xff, (gsize)groups->len * groups->len * sizeof(guint64));
    sweeper->tree = group_tree_towards(sweeper->net, groups->pdata[0], NULL);
    sweeper->heard = group_tree_towards(sweeper->net, groups->pdata[0], NULL);
    take_edges(sweeper);
    FOR_EACH(const RoutingGroup, group, groups)
        if (group->members->len > 0)
            g_ptr_array_add(sweeper->groups, (gpointer)group);
    FOR_EACH(const RoutingGroup, group, groups)
        measure_group(sweeper, group);
    sweeper_find_contested(sweeper);
    sweeper_note_exits(sweeper, NULL);
}

static void add_use(GHashTable *uses, gconstpointer key, const SweepWay *way)
{
    GArray *ways = g_hash_table_lookup(uses, key);

    if (ways == NULL) {
        ways = ways_new();
        g_hash_table_insert(uses, (gpointer)key, ways);
    }
    g_array_append_val(ways, *way);
}

/* Notes the links and the hub sites that the path to one site rests on. */
static void measure_path(Sweeper *sweeper, const SiteTree *tree, const Site *to)
{
    SweepWay way = {.from = place_of_site(site_tree_source(tree)), .to = place_of_site(to)};
    g_autoptr(GArray) path = site_tree_path(tree, to);

    if (path == NULL) {
        g_array_append_val(sweeper->sweep->apart, way);
        return;
    }
    way.before = site_tree_cost(tree, to);
    for (guint i = 0; i < path->len; i++) {
        const SiteHop *hop = &g_array_index(path, SiteHop, i);

        add_use(sweeper->link_uses, hop->link, &way);
        if (i > 0 && hop->from->hub && site_carries_mail(hop->from))
            add_use(sweeper->site_uses, hop->from, &way);
    }
}

static void measure_sites(Sweeper *sweeper, const SiteGraph *graph)
{
    SiteTree *tree = NULL;

    FOR_EACH(const Site, site, sweeper->topology->sites)
        if (site_carries_mail(site))
            g_ptr_array_add(sweeper->carriers, (gpointer)site);
    FOR_EACH(const Site, from, sweeper->carriers) {
        if (tree == NULL)
            tree = site_tree_new(graph, from);
        else
            site_tree_move(tree, from);
        sweeper_note_exits(sweeper, tree);
        FOR_EACH(const Site, to, sweeper->carriers)
            if (to != from)
                measure_path(sweeper, tree, to);
    }
    sweeper->parts = tree == NULL ? NULL : sweeper_parts(sweeper, tree);
    site_tree_free(tree);
}

guint32 *sweeper_parts(const Sweeper *sweeper, SiteTree *tree)
{
    guint32 *parts = g_new(guint32, sweeper->places);

    memset(parts, 0xff, sweeper->places * sizeof *parts);
    FOR_EACH(const Site, first, sweeper->carriers) {
        if (parts[place_of_site(first)] != G_MAXUINT32)
            continue;
        site_tree_move(tree, first);
        FOR_EACH(const Site, site, sweeper->carriers)
            if (site_tree_reaches(tree, site))
                parts[place_of_site(site)] = place_of_site(first);
    }
    return parts;
}

void sweeper_measure(Sweeper *sweeper, const SiteGraph *sites)
{
    measure_groups(sweeper);
    measure_sites(sweeper, sites);
}
