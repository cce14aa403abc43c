/* The sweep: everything is taken out, one thing or two at a time, and what has an effect is
 * kept. */
#include "routing/sweep-state.h"

/* Trees are made again to tell the cost of a new path; beyond so many only the change is told. */
enum { TREES_TO_SPEND = 20000 };

const char *sweep_kind_name(SweepKind kind)
{
    static const char *const names[] = {"connector", "server", "site", "link"};

    return names[kind];
}

RouteStop sweep_place(const Sweep *sweep, guint32 number)
{
    guint sites = sweep->topology->sites->len;

    if (number < sites)
        return (RouteStop){.site = sweep->topology->sites->pdata[number]};
    return (RouteStop){.group = sweep->topology->routing_groups->pdata[number - sites]};
}

bool removal_is_critical(const Removal *removal)
{
    return removal->lost->len > 0 || removal->spaces->len > 0;
}

/* --- one removal -------------------------------------------------------------------------- */

static void loop_free(gpointer data)
{
    SweepLoop *loop = data;

    g_ptr_array_unref(loop->cycle);
    g_free(loop);
}

static Removal *removal_new(const Element *element)
{
    Removal *removal = g_new0(Removal, 1);

    removal->kind = element->kind;
    removal->object = element->object;
    removal->lost = ways_new();
    removal->changed = ways_new();
    removal->waiting = ways_new();
    removal->spaces = g_ptr_array_new_with_free_func(g_free);
    removal->loops = g_ptr_array_new_with_free_func(loop_free);
    return removal;
}

static void removal_free(gpointer data)
{
    Removal *removal = data;

    g_array_unref(removal->lost);
    g_array_unref(removal->changed);
    g_array_unref(removal->waiting);
    g_ptr_array_unref(removal->spaces);
    g_ptr_array_unref(removal->loops);
    g_free(removal);
}

bool removal_has_effect(const Removal *removal)
{
    return removal_is_critical(removal) || removal->changed->len > 0 || removal->waiting->len > 0 ||
           removal->loops->len > 0;
}

static void keep(Sweeper *sweeper, Removal *removal)
{
    if (removal_has_effect(removal))
        g_ptr_array_add(sweeper->sweep->removals, removal);
    else
        removal_free(removal);
}

static void take_out(Sweeper *sweeper, Element *element, bool remember)
{
    Removal *removal = removal_new(element);

    sweeper_compare(sweeper, &element->cut, removal);
    sweeper_forget_base(sweeper, removal);
    if (remember) {
        element->loops = g_ptr_array_ref(removal->loops);
        element->spaces = g_ptr_array_ref(removal->spaces);
        element->lost = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < removal->lost->len; i++)
            g_hash_table_add(
                element->lost,
                GSIZE_TO_POINTER(way_key(sweeper, &g_array_index(removal->lost, SweepWay, i))));
    }
    keep(sweeper, removal);
}

/* --- pairs -------------------------------------------------------------------------------- */

static void join_lists(GPtrArray *to, const GPtrArray *a, const GPtrArray *b)
{
    const GPtrArray *lists[] = {a, b};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(void, item, lists[i])
            if (!g_ptr_array_find(to, item, NULL))
                g_ptr_array_add(to, item);
}

/* Whether a cut has all of another: the server is one of the site, say. */
static bool covers(const Cut *a, const Cut *b)
{
    const GPtrArray *const lists[][2] = {
        {a->connectors, b->connectors}, {a->sites, b->sites}, {a->links, b->links}};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(void, item, lists[i][1])
            if (!g_ptr_array_find((GPtrArray *)lists[i][0], item, NULL))
                return false;
    return true;
}

/* Leaves only what neither loses alone. */
static void keep_common_losses(const Sweeper *sweeper, Removal *removal, const Element *a,
                               const Element *b)
{
    GArray *both = ways_new();

    for (guint i = 0; i < removal->lost->len; i++) {
        const SweepWay *way = &g_array_index(removal->lost, SweepWay, i);
        gpointer key = GSIZE_TO_POINTER(way_key(sweeper, way));

        if (!g_hash_table_contains(a->lost, key) && !g_hash_table_contains(b->lost, key))
            g_array_append_val(both, *way);
    }
    g_array_unref(removal->lost);
    removal->lost = both;
    g_array_set_size(removal->changed, 0);
    g_array_set_size(removal->waiting, 0);
    sweeper_drop_spaces(removal, a->spaces);
    sweeper_drop_spaces(removal, b->spaces);
    sweeper_drop_loops(removal, a->loops);
    sweeper_drop_loops(removal, b->loops);
}

static void take_out_pair(Sweeper *sweeper, const Element *a, const Element *b)
{
    g_autoptr(GPtrArray) connectors = g_ptr_array_new();
    g_autoptr(GPtrArray) sites = g_ptr_array_new();
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    Cut cut = {.connectors = connectors, .sites = sites, .links = links};
    Removal *removal;

    join_lists(connectors, a->cut.connectors, b->cut.connectors);
    join_lists(sites, a->cut.sites, b->cut.sites);
    join_lists(links, a->cut.links, b->cut.links);
    sweeper_add_dead(sweeper, &cut, a, b);
    sweeper_add_dead(sweeper, &cut, b, a);
    if (covers(&a->cut, &cut) || covers(&b->cut, &cut))
        return;
    removal = removal_new(a);
    removal->other_kind = b->kind;
    removal->other = b->object;
    sweeper->sweep->pairs++;
    sweeper->trees_left = 0;
    sweeper_compare(sweeper, &cut, removal);
    sweeper_forget_base(sweeper, removal);
    keep_common_losses(sweeper, removal, a, b);
    keep(sweeper, removal);
}

/* --- the whole ---------------------------------------------------------------------------- */

static void sweeper_clear(Sweeper *sweeper)
{
    g_ptr_array_unref(sweeper->groups);
    g_ptr_array_unref(sweeper->carriers);
    g_ptr_array_unref(sweeper->elements);
    g_hash_table_unref(sweeper->edges);
    g_hash_table_unref(sweeper->users);
    g_hash_table_unref(sweeper->link_uses);
    g_hash_table_unref(sweeper->site_uses);
    g_hash_table_unref(sweeper->spaces);
    g_hash_table_unref(sweeper->exits);
    group_tree_free(sweeper->tree);
    group_tree_free(sweeper->heard);
    g_free(sweeper->group_costs);
    g_clear_pointer(&sweeper->base, element_free);
    g_free(sweeper->parts);
}

/* What is down all the time, for itself. */
static void measure_base(Sweeper *sweeper)
{
    Removal *base;

    if (sweeper->base == NULL)
        return;
    base = removal_new(sweeper->base);
    sweeper_compare(sweeper, &sweeper->base->cut, base);
    sweeper->sweep->base = base;
}

static void run(Sweeper *sweeper, const SiteGraph *sites, bool pairs)
{
    const GPtrArray *elements = sweeper->elements;

    sweeper_measure(sweeper, sites);
    sweeper_collect(sweeper);
    measure_base(sweeper);
    FOR_EACH(Element, element, elements)
        take_out(sweeper, element, pairs);
    for (guint i = 0; pairs && i < elements->len; i++)
        for (guint j = i + 1; j < elements->len; j++)
            take_out_pair(sweeper, elements->pdata[i], elements->pdata[j]);
}

Sweep *sweep_new(const Router *router, const Failures *failures, bool pairs, bool suppressed)
{
    const Topology *topology = router_topology(router);
    Sweep *sweep = g_new0(Sweep, 1);
    Sweeper sweeper = {
        .sweep = sweep,
        .topology = topology,
        .net = router_groups(router),
        .failures = failures,
        .suppressed = suppressed,
        .places = topology->sites->len + topology->routing_groups->len,
        .groups = g_ptr_array_new(),
        .edges = lists_new(),
        .users = lists_new(),
        .carriers = g_ptr_array_new(),
        .link_uses = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
        .site_uses = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
        .spaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)g_ptr_array_unref),
        .exits = lists_new(),
        .elements = g_ptr_array_new_with_free_func(element_free),
        .trees_left = TREES_TO_SPEND,
    };

    sweep->topology = topology;
    sweep->failures = failures;
    sweep->removals = g_ptr_array_new_with_free_func(removal_free);
    sweep->apart = ways_new();
    sweep->loops = message_loops(sweeper.net, suppressed);
    sweep->suppression = link_state_suppression(sweeper.net);
    run(&sweeper, router_sites(router), pairs);
    sweeper_clear(&sweeper);
    return sweep;
}

void sweep_free(Sweep *sweep)
{
    if (sweep == NULL)
        return;
    g_clear_pointer(&sweep->base, removal_free);
    g_ptr_array_unref(sweep->removals);
    g_array_unref(sweep->apart);
    g_ptr_array_unref(sweep->loops);
    g_free(sweep);
}
