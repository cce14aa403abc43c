/* routing/group-paths.h and connections.h: which connectors are edges, what filters leave out, and
 * paths through a group. */
#include "routing/connections.h"
#include "routing/group-paths.h"

#include "sketch.h"
#include "unit.h"

#include <string.h>

static Topology *topology;
static GroupNet *net;

static void make(const char *text)
{
    topology = sketch_parse(text);
    net = group_net_new(topology);
}

static void tear_down(void)
{
    g_clear_pointer(&net, group_net_free);
    g_clear_pointer(&topology, topology_free);
}

static const RoutingGroup *group_called(const char *name)
{
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (strcmp(group->object.name, name) == 0)
            return group;
    return topology->official_routing_group;
}

static const Connector *connector_called(const char *name)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (strcmp(connector->object.name, name) == 0)
            return connector;
    return NULL;
}

static ConnectorFlaw flaw_of(const char *name)
{
    return connector_link_flaw(topology, connector_called(name));
}

static char *path_text(const GPtrArray *path)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(const GroupEdge, edge, path)
        g_string_append_printf(text, "%s ", edge->connector->object.name);
    return g_string_free(text, FALSE);
}

/* --- edges -------------------------------------------------------------------------------- */

START_TEST(flaws_are_told_apart)
{
    make("site S\ngroup R1\ngroup R2\nrgc GOOD 1 R1 R2\nrgc OFF 1 R1 R2 disabled\n"
         "joins TO2007 1 R1 V\njoins FROM2007 1 V R1\njoins OLD 1 R1 R2\n"
         "rgc NOTARGET 1 R1 V to=Gone\nrgc NOSOURCE 1 V R1 at=Gone\nsmtp SPACE R1 SMTP:*;1");
    ck_assert_int_eq(flaw_of("GOOD"), CONNECTOR_SOUND);
    ck_assert_int_eq(flaw_of("OFF"), CONNECTOR_DISABLED);
    ck_assert_int_eq(flaw_of("TO2007"), CONNECTOR_TOUCHES_MODERN);
    ck_assert_int_eq(flaw_of("FROM2007"), CONNECTOR_TOUCHES_MODERN);
    ck_assert_int_eq(flaw_of("OLD"), CONNECTOR_SOUND);
    ck_assert(!connector_joins_groups(connector_called("SPACE")));
    ck_assert_int_eq(connector_space_flaw(topology, connector_called("SPACE")), CONNECTOR_SOUND);
    ck_assert_uint_eq(connector_flaw_event(CONNECTOR_WITHOUT_SOURCE), 5014);
    ck_assert_uint_eq(connector_flaw_event(CONNECTOR_TOUCHES_MODERN), 5028);
    ck_assert_uint_eq(connector_flaw_event(CONNECTOR_DISABLED), 0);
}
END_TEST

START_TEST(flawed_connectors_are_no_edges)
{
    guint count;

    make("site S\ngroup R1\ngroup R2\nrgc GOOD 4 R1 R2\nrgc OFF 1 R1 R2 disabled\n"
         "joins TO2007 1 R1 V\njoins OLD 3 R1 R2");
    group_net_edges(net, group_called("R1"), &count);
    ck_assert_uint_eq(count, 2);
    group_net_edges(net, group_called("R2"), &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(restrictions_are_seen)
{
    make("site S\ngroup R1\ngroup R2\nrgc TIMED 1 R1 R2 restricted\nrgc FREE 1 R2 R1");
    ck_assert_int_eq(connector_restriction(connector_called("TIMED")), ATTR_activationStyle);
    ck_assert_int_eq(connector_restriction(connector_called("FREE")), ATTR_NONE);
}
END_TEST

START_TEST(limits_count_in_kib)
{
    make("group R1\ngroup R2\nrgc SMALL 1 R1 R2 max=2\nrgc ZERO 1 R1 R2 max=0\nrgc NONE 1 R1 R2");
    ck_assert(!connector_is_too_small(connector_called("SMALL"), 2048));
    ck_assert(connector_is_too_small(connector_called("SMALL"), 2049));
    ck_assert(!connector_is_too_small(connector_called("ZERO"), 1 << 30));
    ck_assert(!connector_is_too_small(connector_called("NONE"), G_MAXUINT64));
}
END_TEST

/* --- trees -------------------------------------------------------------------------------- */

START_TEST(equal_steps_come_in_the_order_of_names)
{
    g_autoptr(GroupTree) tree = NULL;
    g_autoptr(GPtrArray) choices = NULL;
    g_autofree char *text = NULL;

    make("group R1\ngroup R2\nrgc b 2 R1 R2\nrgc C 2 R1 R2\nrgc A 2 R1 R2\nrgc D 3 R1 R2");
    tree = group_tree_towards(net, group_called("R2"), NULL);
    choices = group_tree_choices(tree, group_called("R1"));
    text = path_text(choices);
    ck_assert_str_eq(text, "A b C ");
}
END_TEST

static bool is_not_called_a(const GroupEdge *edge, gconstpointer closure)
{
    (void)closure;
    return strcmp(edge->connector->object.name, "A") != 0;
}

START_TEST(a_filter_leaves_edges_out)
{
    GroupFilter filter = {is_not_called_a, NULL};
    g_autoptr(GroupTree) tree = NULL;
    g_autoptr(GPtrArray) path = NULL;
    g_autofree char *text = NULL;

    make("group R1\ngroup R2\ngroup R3\nrgc A 1 R1 R3\nrgc B 1 R1 R2\nrgc C 1 R2 R3");
    tree = group_tree_towards(net, group_called("R3"), &filter);
    path = group_tree_path(tree, group_called("R1"));
    text = path_text(path);
    ck_assert_str_eq(text, "B C ");
    ck_assert_uint_eq(group_tree_cost(tree, group_called("R1")), 2);
}
END_TEST

START_TEST(a_path_through_a_group_is_a_least_one)
{
    g_autoptr(GroupTree) tree = NULL;
    g_autoptr(GPtrArray) path = NULL;
    g_autofree char *text = NULL;

    make("group R1\ngroup R2\ngroup R3\ngroup R4\ngroup R5\nrgc A 1 R1 R2\nrgc B 1 R1 R3\n"
         "rgc C 1 R2 R4\nrgc D 1 R3 R4\nrgc E 9 R1 R5\nrgc F 9 R5 R4");
    tree = group_tree_towards(net, group_called("R4"), NULL);
    path = group_tree_path_through(tree, group_called("R1"), group_called("R3"));
    text = path_text(path);
    ck_assert_str_eq(text, "B D ");
    ck_assert_ptr_null(group_tree_path_through(tree, group_called("R1"), group_called("R5")));
}
END_TEST

START_TEST(costs_below_one_count_as_one)
{
    g_autoptr(GroupTree) tree = NULL;

    make("group R1\ngroup R2\ngroup R3\nrgc A -9 R1 R2\nrgc B 0 R2 R3\nrgc C -9 R2 R1");
    tree = group_tree_towards(net, group_called("R3"), NULL);
    ck_assert_uint_eq(group_tree_cost(tree, group_called("R1")), 2);
}
END_TEST

START_TEST(no_groups_but_that_of_2007_make_a_net)
{
    g_autoptr(GroupTree) tree = NULL;
    g_autoptr(GPtrArray) choices = NULL;

    make("");
    tree = group_tree_towards(net, topology->official_routing_group, NULL);
    choices = group_tree_choices(tree, topology->official_routing_group);
    ck_assert_uint_eq(choices->len, 0);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("group-paths");
    TCase *tests = tcase_create("group-paths");

    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, flaws_are_told_apart);
    tcase_add_test(tests, flawed_connectors_are_no_edges);
    tcase_add_test(tests, restrictions_are_seen);
    tcase_add_test(tests, limits_count_in_kib);
    tcase_add_test(tests, equal_steps_come_in_the_order_of_names);
    tcase_add_test(tests, a_filter_leaves_edges_out);
    tcase_add_test(tests, a_path_through_a_group_is_a_least_one);
    tcase_add_test(tests, costs_below_one_count_as_one);
    tcase_add_test(tests, no_groups_but_that_of_2007_make_a_net);
    suite_add_tcase(suite, tests);
    return suite;
}
