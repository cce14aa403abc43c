/*
 * The sweep against brute force: every object it takes out is really removed from the text that a
 * small random topology is made of, alone and in pairs, and all ways are searched again. A failure
 * names the seed, which alone makes the topology.
 */
#include "routing/connections.h"
#include "unit.h"
#include "world.h"

#include <string.h>

enum { FORESTS = 2000, PAIR_FORESTS = 60, BASE_FORESTS = 500 };

/* --- what is expected, as lines of text --------------------------------------------------- */

static GHashTable *lines_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void expect_ways(GHashTable *before, GHashTable *after, GHashTable *expected)
{
    GHashTableIter iter;
    gpointer key;
    gpointer value;

    g_hash_table_iter_init(&iter, before);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const char *now = g_hash_table_lookup(after, key);

        if (now == NULL)
            g_hash_table_add(expected, g_strdup_printf("lost %s", (const char *)key));
        else if (strcmp(now, value) != 0)
            g_hash_table_add(expected, g_strdup_printf("changed %s", (const char *)key));
    }
}

/* The address spaces that sound connectors take: all that are left when it is parsed again. */
static GHashTable *spaces_of(const GPtrArray *lines)
{
    GHashTable *spaces = lines_new();

    FOR_EACH(const char, line, lines) {
        g_auto(GStrv) words = g_strsplit(line, " ", -1);

        if (strcmp(words[0], "send") != 0)
            continue;
        FOR_EACH(const char, other, lines) {
            g_auto(GStrv) site = g_strsplit(other, " ", -1);

            if (strcmp(site[0], "site") == 0 && strcmp(site[1], words[2]) == 0 &&
                !g_strv_contains((const char *const *)site, "bare"))
                g_hash_table_add(spaces, g_strndup(words[3], strlen(words[3]) - 2));
        }
    }
    return spaces;
}

static void expect_spaces(const GPtrArray *before, const GPtrArray *after, GHashTable *expected)
{
    g_autoptr(GHashTable) then = spaces_of(before);
    g_autoptr(GHashTable) now = spaces_of(after);
    GHashTableIter iter;
    gpointer space;

    g_hash_table_iter_init(&iter, then);
    while (g_hash_table_iter_next(&iter, &space, NULL))
        if (!g_hash_table_contains(now, space))
            g_hash_table_add(expected, g_strdup_printf("space %s", (const char *)space));
}

/* The connectors of a topology that `gone` has not, or has without a server: they are down. */
static bool is_edge_in(const GroupNet *net, const GroupEdge *edge)
{
    FOR_EACH(const RoutingGroup, group, group_net_topology(net)->routing_groups) {
        guint count;
        const GroupEdge *edges = group_net_edges(net, group, &count);

        for (guint i = 0; i < count; i++)
            if (strcmp(edges[i].connector->object.name, edge->connector->object.name) == 0)
                return true;
    }
    return false;
}

static const RoutingGroup *group_named(const Topology *topology, const RoutingGroup *group)
{
    return topology->routing_groups->pdata[group->object.number];
}

/* 2007's connectors are chosen before the loss, all further ones after it: does any way that the
 * group behind one may take come back to 2007? */
static void expect_loop(const GroupNet *before, const GroupNet *after, const RoutingGroup *to,
                        GHashTable *expected)
{
    const RoutingGroup *modern = group_net_topology(before)->official_routing_group;
    g_autoptr(GroupTree) fixed = group_tree_towards(before, to, NULL);
    g_autoptr(GPtrArray) choices = group_tree_choices(fixed, modern);
    g_autoptr(GroupTree)
        changed = group_tree_towards(after, group_named(group_net_topology(after), to), NULL);

    FOR_EACH(const GroupEdge, first, choices) {
        const RoutingGroup *there = group_named(group_net_topology(after), first->to);
        g_autoptr(GPtrArray) path = NULL;

        if (first->to == to || !is_edge_in(after, first) || !group_tree_reaches(changed, there))
            continue;
        path = group_tree_path_through(changed, there,
                                       group_net_topology(after)->official_routing_group);
        if (path != NULL)
            g_hash_table_add(expected, g_strdup_printf("loop %s by %s", to->object.name,
                                                       first->connector->object.name));
    }
}

static GHashTable *expect(const World *world, const World *left)
{
    GHashTable *expected = lines_new();

    expect_ways(world->ways, left->ways, expected);
    expect_spaces(world->lines, left->lines, expected);
    FOR_EACH(const RoutingGroup, to, world->topology->routing_groups)
        if (!to->official)
            expect_loop(router_groups(world->router), router_groups(left->router), to, expected);
    return expected;
}

/* What is expected of taking one thing out, of a world or of what is left of it. */
static GHashTable *expect_without(const World *world, const GPtrArray *lines, SweepKind kind,
                                  const char *name)
{
    World *left = world_new(lines_without(lines, kind, name));
    GHashTable *expected = expect(world, left);

    world_free(left);
    return expected;
}

/* --- what the sweep says ------------------------------------------------------------------ */

static void tell_ways(const Sweep *sweep, const char *what, const GArray *ways, GHashTable *told)
{
    for (guint i = 0; i < ways->len; i++) {
        const SweepWay *way = &g_array_index(ways, SweepWay, i);
        RouteStop from = sweep_place(sweep, way->from);
        RouteStop to = sweep_place(sweep, way->to);
        g_autofree char *from_text = route_stop_text(&from, true);
        g_autofree char *to_text = route_stop_text(&to, true);

        g_hash_table_add(told, g_strdup_printf("%s %s > %s", what, from_text, to_text));
    }
}

static GHashTable *tell(const Sweep *sweep, const Removal *removal)
{
    GHashTable *told = lines_new();

    if (removal == NULL)
        return told;
    tell_ways(sweep, "lost", removal->lost, told);
    tell_ways(sweep, "changed", removal->changed, told);
    FOR_EACH(const char, space, removal->spaces)
        g_hash_table_add(told, g_strdup_printf("space %s", space));
    FOR_EACH(const SweepLoop, loop, removal->loops) {
        const GroupEdge *first = loop->cycle->pdata[0];

        g_hash_table_add(told, g_strdup_printf("loop %s by %s", loop->destination->object.name,
                                               first->connector->object.name));
    }
    return told;
}

static const Removal *removal_of(const Sweep *sweep, const Object *object, const Object *other)
{
    FOR_EACH(const Removal, removal, sweep->removals)
        if ((removal->object == object && removal->other == other) ||
            (other != NULL && removal->object == other && removal->other == object))
            return removal;
    return NULL;
}

static void compare(GHashTable *expected, GHashTable *told, const char *what, guint seed)
{
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init(&iter, expected);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        ck_assert_msg(g_hash_table_contains(told, line), "seed %u: %s: not told: %s", seed, what,
                      (const char *)line);
    g_hash_table_iter_init(&iter, told);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        ck_assert_msg(g_hash_table_contains(expected, line), "seed %u: %s: wrongly told: %s", seed,
                      what, (const char *)line);
}

/* --- waiting ------------------------------------------------------------------------------ */

/* Whether a message waits while something is down, by asking for its route. */
static bool waits(const Router *router, const char *from, const char *to, const char *down)
{
    const char *recipients[] = {to, NULL};
    const char *dead[] = {down, NULL};
    RouteQuestion question = {.from = from, .to = recipients, .down = dead};
    Route *route = router_find(router, &question, NULL);
    bool queued = route->outcome == ROUTE_QUEUED;

    route_free(route);
    return queued;
}

/* Where no links join the sites with hubs, a route cannot be had by every connector of 2007. */
static bool sites_are_joined(const Sweep *sweep)
{
    for (guint i = 0; i < sweep->apart->len; i++)
        if (g_array_index(sweep->apart, SweepWay, i).from < sweep->topology->sites->len)
            return false;
    return true;
}

/* From some site of 2007, or from one that is not known. */
static bool waits_anywhere(const World *world, const char *from, const char *to, const char *down)
{
    if (waits(world->router, from, to, down))
        return true;
    FOR_EACH(const Site, site, world->topology->sites) {
        g_autofree char *text = g_strdup_printf("site:%s", site->object.name);

        if (site_carries_mail(site) && waits(world->router, text, to, down))
            return true;
    }
    return false;
}

/* From the group of 2007 the answer is exact: each site takes one connector. */
static void check_modern(const World *world, const Removal *removal, const char *from,
                         const char *to, const char *down, guint seed)
{
    g_autofree char *line = g_strdup_printf(" %s > %s", from, to);
    g_autoptr(GHashTable) waiting = lines_new();

    tell_ways(world->sweep, "", removal->waiting, waiting);
    if (g_hash_table_contains(waiting, line))
        ck_assert_msg(waits_anywhere(world, from, to, down), "seed %u: %s: nobody waits: %s", seed,
                      down, line);
}

/* Between sites the answer is exact. Between groups equals share load, and the route shows one of
 * them: what waits by the route is lost or waits by the sweep. */
static void check_waiting(const World *world, const Sweep *sweep, const Object *object,
                          SweepKind kind, guint seed)
{
    const Removal *removal = removal_of(sweep, object, NULL);
    g_autoptr(GHashTable) told = lines_new();
    g_autofree char *down = g_strdup_printf("%s:%s", sweep_kind_name(kind), object->name);
    GHashTableIter iter;
    gpointer way;

    if (removal != NULL) {
        tell_ways(sweep, "", removal->waiting, told);
        tell_ways(sweep, "", removal->lost, told);
    }
    g_hash_table_iter_init(&iter, world->ways);
    while (g_hash_table_iter_next(&iter, &way, NULL)) {
        g_auto(GStrv) ends = g_strsplit(way, " > ", 2);
        g_autofree char *line = g_strdup_printf(" %s", (const char *)way);
        bool named = g_hash_table_contains(told, line);
        bool between_sites = g_str_has_prefix(way, "site:");

        if (between_sites != (kind == SWEEP_SITE) || (!between_sites && !sites_are_joined(sweep)))
            continue;
        if (removal != NULL && g_str_has_prefix(way, "rg:Exchange Routing Group"))
            check_modern(world, removal, ends[0], ends[1], down, seed);
        if (waits(world->router, ends[0], ends[1], down))
            ck_assert_msg(named, "seed %u: %s: waits: %s", seed, down, (const char *)way);
        else if (between_sites)
            ck_assert_msg(!named, "seed %u: %s: does not wait: %s", seed, down, (const char *)way);
    }
}

/* --- one topology ------------------------------------------------------------------------- */

/* A thing that can be taken out. */
typedef struct Thing {
    SweepKind kind;
    const Object *object;
    GHashTable *alone; /* what is expected of it, for pairs */
} Thing;

static void thing_clear(gpointer data)
{
    Thing *thing = data;

    g_clear_pointer(&thing->alone, g_hash_table_unref);
}

static void add_things(GArray *things, SweepKind kind, const GPtrArray *objects)
{
    FOR_EACH(const Object, object, objects) {
        Thing thing = {.kind = kind, .object = object};

        g_array_append_val(things, thing);
    }
}

static GArray *things_of(const Topology *topology)
{
    GArray *things = g_array_new(FALSE, FALSE, sizeof(Thing));

    g_array_set_clear_func(things, thing_clear);
    add_things(things, SWEEP_CONNECTOR, topology->connectors);
    add_things(things, SWEEP_SERVER, topology->servers);
    add_things(things, SWEEP_SITE, topology->sites);
    add_things(things, SWEEP_LINK, topology->site_links);
    return things;
}

static void check_thing(const World *world, const Sweep *sweep, const Thing *thing, guint seed)
{
    const Object *object = thing->object;
    g_autoptr(GHashTable) expected = expect_without(world, world->lines, thing->kind, object->name);
    g_autoptr(GHashTable) told = tell(sweep, removal_of(sweep, object, NULL));

    compare(expected, told, object->name, seed);
    if (thing->kind == SWEEP_CONNECTOR || thing->kind == SWEEP_SITE)
        check_waiting(world, sweep, object, thing->kind, seed);
}

/* Takes away what one of the two does alone, and what a pair does not tell. */
static void leave_news(GHashTable *expected, GHashTable *alone)
{
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init(&iter, expected);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        if (g_hash_table_contains(alone, line) || g_str_has_prefix(line, "changed "))
            g_hash_table_iter_remove(&iter);
}

static void check_pair(const World *world, const Sweep *sweep, const Thing *a, const Thing *b,
                       guint seed)
{
    g_autoptr(GPtrArray) without_a = lines_without(world->lines, a->kind, a->object->name);
    g_autoptr(GHashTable) expected = expect_without(world, without_a, b->kind, b->object->name);
    g_autoptr(GHashTable) told = tell(sweep, removal_of(sweep, a->object, b->object));
    g_autofree char *what = g_strdup_printf("%s and %s", a->object->name, b->object->name);

    leave_news(expected, a->alone);
    leave_news(expected, b->alone);
    compare(expected, told, what, seed);
}

static void check_pairs(const World *world, const Sweep *sweep, GArray *things, guint seed)
{
    for (guint i = 0; i < things->len; i++) {
        Thing *thing = &g_array_index(things, Thing, i);

        thing->alone = expect_without(world, world->lines, thing->kind, thing->object->name);
    }
    for (guint i = 0; i < things->len; i++)
        for (guint k = i + 1; k < things->len; k++)
            check_pair(world, sweep, &g_array_index(things, Thing, i),
                       &g_array_index(things, Thing, k), seed);
}

static void check_forest(guint seed, bool pairs)
{
    World *world = world_random(seed);
    g_autoptr(Failures) none = failures_parse(world->topology, NULL, NULL);
    Sweep *sweep = sweep_new(world->router, none, pairs, false);
    g_autoptr(GArray) things = things_of(world->topology);

    world->sweep = sweep;
    if (pairs)
        check_pairs(world, sweep, things, seed);
    for (guint i = 0; !pairs && i < things->len; i++)
        check_thing(world, sweep, &g_array_index(things, Thing, i), seed);
    sweep_free(sweep);
    world_free(world);
}

/* --- something is down all the time ------------------------------------------------------- */

/* Of a list of lines those about what is cut off. */
static GHashTable *losses_among(GHashTable *lines)
{
    GHashTable *losses = lines_new();
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init(&iter, lines);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        if (g_str_has_prefix(line, "lost ") || g_str_has_prefix(line, "space "))
            g_hash_table_add(losses, g_strdup(line));
    return losses;
}

static void add_all(GHashTable *to, GHashTable *from)
{
    GHashTableIter iter;
    gpointer line;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &line, NULL))
        g_hash_table_add(to, g_strdup(line));
}

/* Where no server is left at all, those that connectors name count as unseen and not as gone. */
static bool leaves_servers(const GPtrArray *lines, const Thing *thing)
{
    g_autoptr(GPtrArray) left = lines_without(lines, thing->kind, thing->object->name);

    FOR_EACH(const char, line, left) {
        g_auto(GStrv) words = g_strsplit(line, " ", -1);
        bool holds = strcmp(words[0], "site") == 0 || strcmp(words[0], "group") == 0;

        if (strcmp(words[0], "server") == 0 ||
            (holds && !g_strv_contains((const char *const *)words, "bare")))
            return true;
    }
    return false;
}

/* What is cut off by both is what the base does and what the other does in addition. */
static void check_base(const World *world, const Sweep *sweep, const Thing *base,
                       const Thing *thing, guint seed)
{
    g_autoptr(GPtrArray) lines = lines_without(world->lines, base->kind, base->object->name);
    g_autoptr(GHashTable) expected = expect_without(world, lines, thing->kind, thing->object->name);
    g_autoptr(GHashTable) wanted = losses_among(expected);
    g_autoptr(GHashTable) told = tell(sweep, sweep->base);
    g_autoptr(GHashTable) more = tell(sweep, removal_of(sweep, thing->object, NULL));
    g_autoptr(GHashTable) both = NULL;
    g_autofree char *what = g_strdup_printf("%s while %s is down", thing->object->name,
                                            base->object->name);

    if (!leaves_servers(lines, thing))
        return;
    add_all(told, more);
    both = losses_among(told);
    compare(wanted, both, what, seed);
}

static void check_with_base(guint seed)
{
    World *world = world_random(seed);
    g_autoptr(GArray) things = things_of(world->topology);
    const Thing *base = &g_array_index(things, Thing, seed % things->len);
    g_autofree char *down = g_strdup_printf("%s:%s", sweep_kind_name(base->kind),
                                            base->object->name);
    const char *const names[] = {down, NULL};
    g_autoptr(Failures) failures = NULL;
    Sweep *sweep;

    if (base->kind != SWEEP_LINK) {
        failures = failures_parse(world->topology, names, NULL);
        sweep = sweep_new(world->router, failures, false, false);
        for (guint i = 0; i < things->len; i++)
            check_base(world, sweep, base, &g_array_index(things, Thing, i), seed);
        sweep_free(sweep);
    }
    world_free(world);
}

START_TEST(what_is_down_agrees_with_brute_force)
{
    for (guint seed = 1; seed <= BASE_FORESTS; seed++)
        check_with_base(seed);
}
END_TEST

START_TEST(single_removals_agree_with_brute_force)
{
    for (guint seed = 1; seed <= FORESTS; seed++)
        check_forest(seed, false);
}
END_TEST

START_TEST(pairs_agree_with_brute_force)
{
    for (guint seed = 1; seed <= PAIR_FORESTS; seed++)
        check_forest(seed, true);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("sweep-property");
    TCase *tests = tcase_create("sweep-property");

    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, single_removals_agree_with_brute_force);
    tcase_add_test(tests, what_is_down_agrees_with_brute_force);
    tcase_add_test(tests, pairs_agree_with_brute_force);
    suite_add_tcase(suite, tests);
    return suite;
}
