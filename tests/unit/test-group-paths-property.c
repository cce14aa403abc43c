/*
 * Paths between routing groups, loops and islands against enumeration, on small random topologies
 * with many ties. A failure names the seed, which alone makes the topology.
 */
#include "routing/connections.h"
#include "routing/group-paths.h"
#include "routing/link-state.h"
#include "sketch.h"
#include "unit.h"

#include <string.h>

enum { PLACES = 7, FORESTS = 10000 };

/* --- groups: the topology ----------------------------------------------------------------- */

enum { GROUPS = 5 };

static const char *const group_names[GROUPS] = {"V", "R1", "R2", "R3", "R4"};

static char *random_groups(GRand *random, guint count)
{
    GString *text = g_string_new("site S\n");
    guint connectors = (guint)g_rand_int_range(random, 1, 12);

    for (guint i = 1; i < count; i++)
        g_string_append_printf(text, "group %s\n", group_names[i]);
    for (guint i = 0; i < connectors; i++) {
        gint32 from = g_rand_int_range(random, 0, (gint32)count);
        gint32 to = g_rand_int_range(random, 0, (gint32)count);

        if (from != to)
            g_string_append_printf(text, "rgc C%u %d %s %s%s\n", i, g_rand_int_range(random, 1, 4),
                                   group_names[from], group_names[to],
                                   g_rand_boolean(random) ? " restricted" : "");
    }
    return g_string_free(text, FALSE);
}

/* --- groups: all paths -------------------------------------------------------------------- */

/* A way over connectors, and every way there is between two groups. */
typedef struct Way {
    const Connector *connectors[GROUPS];
    guint length;
    guint cost;
} Way;

typedef struct Ways {
    const Topology *topology;
    const RoutingGroup *to;
    const Connector *without;
    GArray *list; /* of Way */
} Ways;

static bool way_holds(const Way *way, const RoutingGroup *group)
{
    for (guint i = 0; i < way->length; i++)
        if (way->connectors[i]->group == group || way->connectors[i]->destination == group)
            return true;
    return false;
}

static void extend(Ways *ways, Way way, const RoutingGroup *at)
{
    if (at == ways->to) {
        g_array_append_val(ways->list, way);
        return;
    }
    FOR_EACH(const Connector, connector, ways->topology->connectors) {
        Way longer = way;

        if (connector->group != at || connector == ways->without || connector->destination == at ||
            way_holds(&way, connector->destination))
            continue;
        longer.connectors[longer.length++] = connector;
        longer.cost += (guint)connector_cost(connector);
        extend(ways, longer, connector->destination);
    }
}

/* The least-cost ways, all of them (of Way). */
static GArray *least_ways(const Topology *topology, const RoutingGroup *from,
                          const RoutingGroup *to, const Connector *without)
{
    Ways ways = {.topology = topology, .to = to, .without = without};
    GArray *least = g_array_new(FALSE, FALSE, sizeof(Way));
    Way none = {.length = 0};
    guint cost = G_MAXUINT;

    ways.list = g_array_new(FALSE, FALSE, sizeof(Way));
    extend(&ways, none, from);
    for (guint i = 0; i < ways.list->len; i++)
        cost = MIN(cost, g_array_index(ways.list, Way, i).cost);
    for (guint i = 0; i < ways.list->len; i++)
        if (g_array_index(ways.list, Way, i).cost == cost)
            g_array_append_val(least, g_array_index(ways.list, Way, i));
    g_array_unref(ways.list);
    return least;
}

/* --- groups: comparing -------------------------------------------------------------------- */

static bool begins_with(const GArray *ways, const Connector *connector)
{
    for (guint i = 0; i < ways->len; i++)
        if (g_array_index(ways, Way, i).connectors[0] == connector)
            return true;
    return false;
}

static void check_choices(const GroupTree *tree, const Topology *topology, const RoutingGroup *from,
                          const RoutingGroup *to, guint seed)
{
    g_autoptr(GArray) ways = least_ways(topology, from, to, NULL);
    g_autoptr(GPtrArray) choices = group_tree_choices(tree, from);
    guint expected = 0;

    ck_assert_msg((ways->len > 0) == group_tree_reaches(tree, from), "seed %u", seed);
    if (ways->len == 0 || from == to)
        return;
    ck_assert_msg(g_array_index(ways, Way, 0).cost == group_tree_cost(tree, from), "seed %u", seed);
    FOR_EACH(const Connector, connector, topology->connectors)
        expected += begins_with(ways, connector);
    ck_assert_msg(choices->len == expected, "seed %u: %u choices, not %u", seed, choices->len,
                  expected);
    FOR_EACH(const GroupEdge, edge, choices)
        ck_assert_msg(begins_with(ways, edge->connector), "seed %u", seed);
}

static void check_trees(const GroupNet *net, const Topology *topology, guint seed)
{
    FOR_EACH(const RoutingGroup, to, topology->routing_groups) {
        g_autoptr(GroupTree) tree = group_tree_towards(net, to, NULL);

        FOR_EACH(const RoutingGroup, from, topology->routing_groups) {
            g_autoptr(GroupTree) forth = group_tree_from(net, from, NULL);

            check_choices(tree, topology, from, to, seed);
            ck_assert_msg(group_tree_cost(tree, from) == group_tree_cost(forth, to), "seed %u",
                          seed);
        }
    }
}

/* --- loops -------------------------------------------------------------------------------- */

/* A loop as the definition has it: destination, the connector out of 2007, the lost connector. */
static char *loop_key(LoopCause cause, const RoutingGroup *destination, const Connector *first,
                      const Connector *lost)
{
    return g_strdup_printf("%d %s %s %s", cause, destination->object.name, first->object.name,
                           lost->object.name);
}

static bool any_passes(const GArray *ways, const RoutingGroup *group)
{
    for (guint i = 0; i < ways->len; i++)
        if (way_holds(&g_array_index(ways, Way, i), group))
            return true;
    return false;
}

static void add_loop(GHashTable *loops, const RoutingGroup *destination, const Connector *first,
                     const Connector *lost, bool suppressed)
{
    if (!suppressed)
        g_hash_table_add(loops, loop_key(LOOP_FAILURE, destination, first, lost));
    if (connector_restriction(lost) != ATTR_NONE)
        g_hash_table_add(loops, loop_key(LOOP_RESTRICTION, destination, first, lost));
}

/* Word by word: for every destination, every least-cost way of 2007 to it whose first group is not
 * the destination, and every connector but the first: does that group, without it, turn to 2007? */
static void find_loops(const Topology *topology, const RoutingGroup *destination, bool suppressed,
                       GHashTable *loops)
{
    const RoutingGroup *modern = topology->official_routing_group;
    g_autoptr(GArray) ways = least_ways(topology, modern, destination, NULL);

    for (guint i = 0; i < ways->len; i++) {
        const Connector *first = g_array_index(ways, Way, i).connectors[0];

        if (first->destination == destination)
            continue;
        FOR_EACH(const Connector, lost, topology->connectors) {
            g_autoptr(GArray) others = NULL;

            if (lost == first)
                continue;
            others = least_ways(topology, first->destination, destination, lost);
            if (any_passes(others, modern))
                add_loop(loops, destination, first, lost, suppressed);
        }
    }
}

static void check_cycle(const MessageLoop *loop, const RoutingGroup *modern, guint seed)
{
    const RoutingGroup *at = modern;

    FOR_EACH(const GroupEdge, edge, loop->cycle) {
        ck_assert_msg(edge->from == at && edge->connector != loop->connector, "seed %u", seed);
        at = edge->to;
    }
    ck_assert_msg(at == modern, "seed %u: the cycle is open", seed);
}

static void check_loops(const GroupNet *net, const Topology *topology, bool suppressed, guint seed)
{
    g_autoptr(GHashTable) expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) loops = message_loops(net, suppressed);

    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (!group->official)
            find_loops(topology, group, suppressed, expected);
    FOR_EACH(const MessageLoop, loop, loops) {
        const GroupEdge *first = loop->cycle->pdata[0];
        g_autofree char *key = loop_key(loop->cause, loop->destination, first->connector,
                                        loop->connector);

        ck_assert_msg(g_hash_table_remove(expected, key), "seed %u: %s", seed, key);
        check_cycle(loop, topology->official_routing_group, seed);
    }
    ck_assert_msg(g_hash_table_size(expected) == 0, "seed %u: %u loops were missed", seed,
                  g_hash_table_size(expected));
}

/* --- islands ------------------------------------------------------------------------------ */

/* By letting the least number spread until nothing changes. */
static guint count_islands(const Topology *topology)
{
    guint labels[GROUPS];
    guint islands = 0;
    bool changed = true;

    for (guint i = 0; i < GROUPS; i++)
        labels[i] = i;
    while (changed) {
        changed = false;
        FOR_EACH(const Connector, connector, topology->connectors) {
            guint a = connector->group->object.number;
            guint b = connector->destination->object.number;

            if (connector->group->official || connector->destination->official ||
                labels[a] == labels[b])
                continue;
            labels[a] = labels[b] = MIN(labels[a], labels[b]);
            changed = true;
        }
    }
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        islands += !group->official && labels[group->object.number] == group->object.number;
    return islands;
}

static void check_groups(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint count = (guint)g_rand_int_range(random, 2, GROUPS + 1);
    g_autofree char *text = random_groups(random, count);
    Topology *topology = sketch_parse(text);
    GroupNet *net = group_net_new(topology);
    GPtrArray *islands = link_state_islands(net);

    check_trees(net, topology, seed);
    check_loops(net, topology, false, seed);
    check_loops(net, topology, true, seed);
    ck_assert_msg(islands->len == count_islands(topology), "seed %u", seed);
    g_ptr_array_unref(islands);
    group_net_free(net);
    topology_free(topology);
}

START_TEST(group_paths_agree_with_enumeration)
{
    for (guint seed = 1; seed <= FORESTS; seed++)
        check_groups(seed);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("group-paths-property");
    TCase *tests = tcase_create("group-paths-property");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, group_paths_agree_with_enumeration);
    suite_add_tcase(suite, tests);
    return suite;
}
