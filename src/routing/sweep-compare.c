/*
 * What changes when something is taken out. A connector can change a way between groups only
 * where it lies on a least-cost path, and a site link only those of the paths it is on:
 * everything else is left alone, which keeps the sweep of thousands of connectors to seconds.
 */
#include "routing/sweep-state.h"

#include "routing/address-space.h"
#include "routing/connections.h"

/* --- ways between groups ------------------------------------------------------------------ */

static bool is_kept(const GroupEdge *edge, gconstpointer connectors)
{
    return !g_ptr_array_find((GPtrArray *)connectors, edge->connector, NULL);
}

/* Whether a least-cost path to a group is cut. */
static bool is_touched(const Sweeper *sweeper, const Cut *cut, const RoutingGroup *to)
{
    FOR_EACH(const Connector, connector, cut->connectors)
        FOR_EACH(const GroupEdge, edge, g_hash_table_lookup(sweeper->edges, connector))
            if (edge_is_tight(sweeper, edge, to))
                return true;
    return false;
}

/* Whether a message from some site leaves 2007 by a connector that is down, or for a group from
 * which there is no way any more: 2007 does not look for another. The tree is that without the
 * cut. */
static bool modern_waits(const Sweeper *sweeper, const Cut *cut, const RoutingGroup *to)
{
    guint count;
    const GroupEdge *edges = group_net_edges(sweeper->net,
                                             sweeper->topology->official_routing_group, &count);

    for (guint i = 0; i < count; i++)
        if (edge_is_tight(sweeper, &edges[i], to) && sweeper_takes_exit(sweeper, &edges[i], to) &&
            (!is_kept(&edges[i], cut->connectors) ||
             !group_tree_reaches(sweeper->tree, edges[i].to)))
            return true;
    return false;
}

/* What 2003 hears of: connectors of legacy groups. */
static bool is_heard_alive(const GroupEdge *edge, gconstpointer connectors)
{
    return edge->from->official || is_kept(edge, connectors);
}

/* Whether a message goes through the 2007 group, by what the sender has heard; the tree is one with
 * is_heard_alive(). */
static bool comes_through_modern(const Sweeper *sweeper, const RoutingGroup *from)
{
    const RoutingGroup *modern = sweeper->topology->official_routing_group;
    g_autoptr(GPtrArray) path = NULL;

    if (from == modern)
        return true;
    path = group_tree_path_through(sweeper->heard, from, modern);
    return path != NULL;
}

/* Whether messages take an edge on a way, or some of them, where equal ones share the load. */
static bool is_on_way(const Sweeper *sweeper, const GroupEdge *edge, const RoutingGroup *from,
                      const RoutingGroup *to)
{
    guint64 here = *cost_at(sweeper, edge->from, from);

    return edge_is_tight(sweeper, edge, to) && here != NO_WAY &&
           here + *cost_at(sweeper, to, edge->from) == *cost_at(sweeper, to, from) &&
           (!edge->from->official || sweeper_takes_exit(sweeper, edge, to));
}

/* Who does not hear that a connector is down goes on sending to it, even where another one costs
 * the same: its share of the messages waits. */
static bool shares_the_cut(const Sweeper *sweeper, const Cut *cut, const RoutingGroup *from,
                           const RoutingGroup *to)
{
    FOR_EACH(const Connector, connector, cut->connectors)
        FOR_EACH(const GroupEdge, edge, g_hash_table_lookup(sweeper->edges, connector))
            if (is_on_way(sweeper, edge, from, to))
                return true;
    return false;
}

static void compare_group(Sweeper *sweeper, const Cut *cut, Removal *removal,
                          const RoutingGroup *from, const RoutingGroup *to, bool waits)
{
    guint64 before = *cost_at(sweeper, to, from);
    guint32 here = place_of_group(sweeper, from);
    guint32 there = place_of_group(sweeper, to);
    guint64 after;

    if (from == to || before == NO_WAY)
        return;
    if (!group_tree_reaches(sweeper->tree, from)) {
        ways_add(removal->lost, here, there, before, SWEEP_UNKNOWN);
        return;
    }
    after = group_tree_cost(sweeper->tree, from);
    if (after > before)
        ways_add(removal->changed, here, there, before, after);
    if (sweeper->suppressed ? shares_the_cut(sweeper, cut, from, to)
                            : waits && comes_through_modern(sweeper, from))
        ways_add(removal->waiting, here, there, before, after);
}

static void add_loop(Removal *removal, const RoutingGroup *to, GPtrArray *cycle)
{
    SweepLoop *loop = g_new(SweepLoop, 1);

    *loop = (SweepLoop){.destination = to, .cycle = cycle};
    g_ptr_array_add(removal->loops, loop);
}

/* 2007 goes on as before wherever its first step is left; the group behind it has heard. */
static void find_loops(Sweeper *sweeper, const Cut *cut, Removal *removal, const RoutingGroup *to)
{
    guint count;
    const GroupEdge *edges = group_net_edges(sweeper->net,
                                             sweeper->topology->official_routing_group, &count);

    for (guint i = 0; i < count; i++) {
        GPtrArray *cycle;

        if (edges[i].to == to || !edge_is_tight(sweeper, &edges[i], to) ||
            !is_kept(&edges[i], cut->connectors))
            continue;
        cycle = message_cycle(sweeper->tree, &edges[i]);
        if (cycle != NULL)
            add_loop(removal, to, cycle);
    }
}

static void compare_groups(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    GroupFilter filter = {is_kept, cut->connectors};
    GroupFilter heard = {is_heard_alive, cut->connectors};

    FOR_EACH(const RoutingGroup, to, sweeper->groups) {
        bool waits;

        if (!is_touched(sweeper, cut, to))
            continue;
        group_tree_move(sweeper->tree, to, &filter);
        waits = modern_waits(sweeper, cut, to);
        if (waits)
            group_tree_move(sweeper->heard, to, &heard);
        FOR_EACH(const RoutingGroup, from, sweeper->groups)
            compare_group(sweeper, cut, removal, from, to, waits);
        if (!sweeper->suppressed && !to->official)
            find_loops(sweeper, cut, removal, to);
    }
}

/* --- ways between sites ------------------------------------------------------------------- */

static bool cuts_site(const Cut *cut, guint32 place)
{
    FOR_EACH(const Site, site, cut->sites)
        if (place_of_site(site) == place)
            return true;
    return false;
}

/* To and from a site without a server, and past a hub site that is not bypassed. */
static void compare_dead_site(Sweeper *sweeper, const Cut *cut, const Site *site, Removal *removal)
{
    const GArray *uses = g_hash_table_lookup(sweeper->site_uses, site);
    guint32 here = place_of_site(site);

    FOR_EACH(const Site, other, sweeper->carriers) {
        guint32 there = place_of_site(other);

        if (other == site || (cuts_site(cut, there) && there < here) ||
            sweeper->parts[here] != sweeper->parts[there])
            continue;
        ways_add(removal->lost, here, there, 0, SWEEP_UNKNOWN);
        ways_add(removal->lost, there, here, 0, SWEEP_UNKNOWN);
    }
    for (guint i = 0; uses != NULL && i < uses->len; i++) {
        const SweepWay *way = &g_array_index(uses, SweepWay, i);

        if (!cuts_site(cut, way->from) && !cuts_site(cut, way->to))
            g_array_append_val(removal->waiting, *way);
    }
}

static guint64 new_cost(Sweeper *sweeper, SiteTree *tree, const SweepWay *way)
{
    const GPtrArray *sites = sweeper->topology->sites;

    if (place_of_site(site_tree_source(tree)) != way->from) {
        if (sweeper->trees_left == 0)
            return SWEEP_UNKNOWN;
        sweeper->trees_left--;
        site_tree_move(tree, sites->pdata[way->from]);
    }
    return site_tree_cost(tree, sites->pdata[way->to]);
}

/* The ways that rest on any of the links, each once. */
static GArray *uses_of_links(const Sweeper *sweeper, const Cut *cut)
{
    g_autoptr(GHashTable) met = g_hash_table_new(NULL, NULL);
    GArray *all = ways_new();

    FOR_EACH(const SiteLink, link, cut->links) {
        const GArray *uses = g_hash_table_lookup(sweeper->link_uses, link);

        for (guint i = 0; uses != NULL && i < uses->len; i++) {
            const SweepWay *way = &g_array_index(uses, SweepWay, i);

            if (!cuts_site(cut, way->from) && !cuts_site(cut, way->to) &&
                g_hash_table_add(met, GSIZE_TO_POINTER(way_key(sweeper, way))))
                g_array_append_val(all, *way);
        }
    }
    return all;
}

static void compare_links(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    g_autoptr(GArray) uses = uses_of_links(sweeper, cut);
    g_autoptr(SiteGraph) graph = NULL;
    g_autoptr(SiteTree) tree = NULL;
    g_autofree guint32 *parts = NULL;

    if (uses->len == 0)
        return;
    graph = site_graph_new_without(sweeper->topology, cut->links);
    tree = site_tree_new(graph, sweeper->carriers->pdata[0]);
    parts = sweeper_parts(sweeper, tree);
    for (guint i = 0; i < uses->len; i++) {
        SweepWay way = g_array_index(uses, SweepWay, i);

        if (parts[way.from] != parts[way.to]) {
            g_array_append_val(removal->lost, way);
            continue;
        }
        way.after = new_cost(sweeper, tree, &way);
        g_array_append_val(removal->changed, way);
    }
}

/* --- address spaces ----------------------------------------------------------------------- */

static bool all_are_cut(const GPtrArray *connectors, const Cut *cut)
{
    FOR_EACH(const Connector, connector, connectors)
        if (!g_ptr_array_find(cut->connectors, connector, NULL))
            return false;
    return connectors != NULL && connectors->len > 0;
}

static void compare_spaces(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    FOR_EACH(const Connector, connector, cut->connectors) {
        for (guint i = 0; i < connector->space_count; i++) {
            char *text = address_space_text(&connector->spaces[i]);
            g_autofree char *key = address_space_key(&connector->spaces[i]);

            if (all_are_cut(g_hash_table_lookup(sweeper->spaces, key), cut) &&
                !g_ptr_array_find_with_equal_func(removal->spaces, text, g_str_equal, NULL))
                g_ptr_array_add(removal->spaces, text);
            else
                g_free(text);
        }
    }
}

/* --- all of them -------------------------------------------------------------------------- */

void sweeper_compare(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    FOR_EACH(const Site, site, cut->sites)
        compare_dead_site(sweeper, cut, site, removal);
    if (cut->links->len > 0)
        compare_links(sweeper, cut, removal);
    if (cut->connectors->len == 0)
        return;
    compare_groups(sweeper, cut, removal);
    compare_spaces(sweeper, cut, removal);
}
