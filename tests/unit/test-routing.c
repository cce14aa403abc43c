/* routing/groups.h and routing/sites.h: which connectors are edges, which path and cycle is
 * found, and which sites hang together. Groups are called by one letter; M is the group of
 * Exchange 2007. */
#include "routing/groups.h"
#include "routing/sites.h"

#include "forest.h"
#include "unit.h"

#include <string.h>

static Directory *directory;
static Topology *topology;
static GroupGraph *graph;

static void set_up(void)
{
    directory = forest_new();
    topology = NULL;
    graph = NULL;
}

static void tear_down(void)
{
    group_graph_free(graph);
    if (topology == NULL)
        directory_free(directory);
    topology_free(topology);
}

static char *group_name(char letter)
{
    if (letter == 'M')
        return g_strdup(MODERN_ROUTING);
    return g_strdup_printf("CN=%c,%s", letter, LEGACY_ROUTING);
}

/* A group of each letter, with one server that bears the letter as its name. */
static void put_groups(const char *letters)
{
    for (const char *at = letters; *at != '\0'; at++) {
        g_autofree char *name = group_name(*at);
        g_autofree char *server = g_strdup_printf("CN=%c,%s", *at, LEGACY_SERVERS);

        forest_put(directory, 0, name, "objectClass", "msExchRoutingGroup", NULL);
        forest_put(directory, 0, server, "objectClass", "msExchExchangeServer",
                   "msExchHomeRoutingGroup", name, NULL);
    }
}

/* A routing group connector "AB" from A to B, with one more attribute, or NULL. */
static void put_connector(const char *ends, const char *attribute, const char *value)
{
    g_autofree char *from = group_name(ends[0]);
    g_autofree char *to = group_name(ends[1]);
    g_autofree char *name = g_strdup_printf("CN=%s,CN=Connections,%s", ends, from);
    g_autofree char *source = g_strdup_printf("CN=%c,%s", ends[0], LEGACY_SERVERS);
    g_autofree char *target = g_strdup_printf("CN=%c,%s", ends[1], LEGACY_SERVERS);

    forest_put(directory, 0, name, "objectClass", "msExchRoutingGroupConnector",
               "msExchDestinationRGDN", to, "msExchSourceBridgeheadServersDN", source,
               "msExchTargetBridgeheadServersDN", target, attribute, value, NULL);
}

/* "AB BC": those connectors between those groups. */
static void put_connectors(const char *list)
{
    g_auto(GStrv) ends = g_strsplit(list, " ", -1);

    for (guint i = 0; ends[i] != NULL; i++)
        put_connector(ends[i], NULL, NULL);
}

static void build(void)
{
    topology = topology_new(directory);
    graph = group_graph_new(topology);
}

static RoutingGroup *group(char letter)
{
    g_autofree char *name = group_name(letter);

    return topology_routing_group(topology,
                                  dn_find(directory_names(directory), name, strlen(name)));
}

/* The names of the connectors of a path: "AB BC"; "none" without one. */
static char *hops_text(GArray *hops)
{
    GString *text = g_string_new(hops == NULL ? "none" : NULL);

    for (guint i = 0; hops != NULL && i < hops->len; i++) {
        const GroupHop *hop = &g_array_index(hops, GroupHop, i);

        g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", hop->connector->object.name);
    }
    g_clear_pointer(&hops, g_array_unref);
    return g_string_free(text, FALSE);
}

static void check_path(char from, char to, const Connector *without, const char *expected)
{
    g_autofree char *text = hops_text(group_graph_path(graph, group(from), group(to), without));

    ck_assert_str_eq(text, expected);
}

static void check_cycle(char from, const char *expected)
{
    g_autofree char *text = hops_text(group_graph_cycle(graph, group(from)));

    ck_assert_str_eq(text, expected);
}

/* --- paths -------------------------------------------------------------------------------- */

START_TEST(a_path_has_the_fewest_hops)
{
    put_groups("ABCD");
    put_connectors("AB BC CD AD");
    build();
    check_path('A', 'C', NULL, "AB BC");
    check_path('A', 'D', NULL, "AD");
    check_path('A', 'A', NULL, "");
    check_path('D', 'A', NULL, "none");
    ck_assert(group_graph_reaches(graph, group('A'), group('C')));
    ck_assert(!group_graph_reaches(graph, group('C'), group('A')));
}
END_TEST

START_TEST(names_decide_between_equals)
{
    put_groups("ABCD");
    put_connectors(_i == 0 ? "AC AB CD BD" : "BD AB CD AC");
    build();
    check_path('A', 'D', NULL, "AB BD");
}
END_TEST

START_TEST(a_connector_may_be_left_out)
{
    put_groups("ABC");
    put_connectors("AB BC AC");
    build();
    check_path('A', 'C', topology->connectors->pdata[1], "AB BC");
    check_path('A', 'B', topology->connectors->pdata[0], "none");
}
END_TEST

START_TEST(a_path_is_put_in_words)
{
    g_autoptr(GArray) hops = NULL;
    g_autofree char *text = NULL;

    put_groups("ABC");
    put_connector("AB", "cost", "20");
    put_connector("BC", NULL, NULL);
    build();
    hops = group_graph_path(graph, group('A'), group('C'), NULL);
    text = group_path_text(hops);
    ck_assert_str_eq(text, "A -[AB, cost 20]-> B -[BC, cost 1]-> C");
}
END_TEST

/* Sums are those that routing makes. */
START_TEST(a_path_shows_the_costs_that_count)
{
    g_autoptr(GArray) hops = NULL;
    g_autofree char *text = NULL;

    put_groups("ABC");
    put_connector("AB", "cost", "0");
    put_connector("BC", "cost", "-3");
    build();
    hops = group_graph_path(graph, group('A'), group('C'), NULL);
    text = group_path_text(hops);
    ck_assert_str_eq(text, "A -[AB, cost 1]-> B -[BC, cost 1]-> C");
}
END_TEST

/* --- what is an edge ---------------------------------------------------------------------- */

START_TEST(a_connector_that_is_off_is_no_edge)
{
    put_groups("AB");
    put_connector("AB", "activationStyle", "0");
    build();
    check_path('A', 'B', NULL, "none");
}
END_TEST

#define DEAD "CN=X\\0ADEL:1,CN=Deleted Objects," CONFIGURATION

START_TEST(a_connector_needs_a_living_server_at_both_ends)
{
    g_autofree char *to = group_name('B');

    put_groups("AB");
    forest_put(directory, 0, "CN=c,CN=Connections,CN=A," LEGACY_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "msExchDestinationRGDN", to,
               "msExchSourceBridgeheadServersDN", _i == 0 ? DEAD : "CN=A," LEGACY_SERVERS,
               "msExchTargetBridgeheadServersDN", _i == 1 ? DEAD : "CN=B," LEGACY_SERVERS, NULL);
    build();
    check_path('A', 'B', NULL, _i == 2 ? "c" : "none");
}
END_TEST

START_TEST(a_bridgehead_that_was_not_read_may_live)
{
    g_autofree char *to = group_name('B');

    put_groups("AB");
    forest_put(directory, 0, "CN=c,CN=Connections,CN=A," LEGACY_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "msExchDestinationRGDN", to,
               "msExchTargetBridgeheadServersDN", "CN=EX,CN=Servers,DC=elsewhere", NULL);
    build();
    check_path('A', 'B', NULL, "c");
}
END_TEST

/* An SMTP connector in `from` with `to` as connected routing group. */
static void put_smtp(char from, char to)
{
    g_autofree char *group_from = group_name(from);
    g_autofree char *group_to = group_name(to);
    g_autofree char *name = g_strdup_printf("CN=smtp,CN=Connections,%s", group_from);
    g_autofree char *source = g_strdup_printf("CN=%c,%s", from, LEGACY_SERVERS);

    forest_put(directory, 0, name, "objectClass", "msExchRoutingSMTPConnector", "connectedDomains",
               group_to, "msExchSourceBridgeheadServersDN", source, NULL);
}

START_TEST(connected_groups_count_between_legacy_groups_only)
{
    static const char *const ends[] = {"AB", "AM", "MA"};

    put_groups("ABM");
    put_smtp(ends[_i][0], ends[_i][1]);
    build();
    check_path(ends[_i][0], ends[_i][1], NULL, _i == 0 ? "smtp" : "none");
}
END_TEST

/* --- cycles ------------------------------------------------------------------------------- */

START_TEST(there_and_back_is_no_cycle)
{
    put_groups("ABM");
    put_connectors("MA AM AB BA");
    build();
    check_cycle('M', "none");
    check_cycle('A', "none");
}
END_TEST

START_TEST(a_cycle_comes_back_another_way)
{
    put_groups("ABCM");
    put_connectors("MA AM AB BC CA CM");
    build();
    check_cycle('M', "MA AB BC CM");
    check_cycle('A', "AB BC CA");
    check_cycle('B', "BC CA AB");
}
END_TEST

START_TEST(the_shortest_cycle_is_found)
{
    put_groups("ABCDM");
    put_connectors("MA AB BC CD DM MC BM");
    build();
    check_cycle('M', "MA AB BM");
}
END_TEST

START_TEST(a_neighbour_reached_first_may_close_a_cycle)
{
    put_groups("ABCM");
    put_connectors("MA MB AM BC CA");
    build();
    check_cycle('M', "MB BC CA AM");
}
END_TEST

START_TEST(no_groups_are_no_trouble)
{
    build();
    check_cycle('M', "none");
    check_path('M', 'M', NULL, "");
}
END_TEST

/* --- sites -------------------------------------------------------------------------------- */

static void put_site(const char *name)
{
    g_autofree char *dn = g_strdup_printf("CN=%s,%s", name, SITES);

    forest_put(directory, 0, dn, "objectClass", "site", NULL);
}

static void put_link(const char *name, const char *transport, const char *first, const char *second)
{
    g_autofree char *dn = g_strdup_printf("CN=%s,%s", name, transport);
    g_autofree char *a = g_strdup_printf("CN=%s,%s", first, SITES);
    g_autofree char *b = g_strdup_printf("CN=%s,%s", second, SITES);

    forest_put(directory, 0, dn, "objectClass", "siteLink", "siteList", a, "siteList", b, NULL);
}

START_TEST(links_make_islands)
{
    g_autoptr(SiteIslands) by_ip = NULL;
    g_autoptr(SiteIslands) by_both = NULL;
    Site *sites[5];

    for (char name[] = "A"; name[0] <= 'E'; name[0]++)
        put_site(name);
    put_link("1", TRANSPORT_IP, "D", "A");
    put_link("2", TRANSPORT_IP, "C", "D");
    put_link("3", TRANSPORT_IP, "E", "gone");
    put_link("4", TRANSPORT_SMTP, "B", "C");
    build();
    for (guint i = 0; i < G_N_ELEMENTS(sites); i++)
        sites[i] = topology->sites->pdata[i];
    by_ip = site_islands_new(topology, false);
    by_both = site_islands_new(topology, true);
    ck_assert_uint_eq(site_islands_of(by_ip, sites[0]), 0);
    ck_assert_uint_eq(site_islands_of(by_ip, sites[1]), 1);
    ck_assert_uint_eq(site_islands_of(by_ip, sites[4]), 2);
    ck_assert(site_islands_join(by_ip, sites[0], sites[2]));
    ck_assert(!site_islands_join(by_ip, sites[0], sites[1]));
    ck_assert(site_islands_join(by_both, sites[0], sites[1]));
    ck_assert(!site_islands_join(by_both, sites[0], sites[4]));
}
END_TEST

START_TEST(no_sites_are_no_islands)
{
    g_autoptr(SiteIslands) islands = NULL;

    build();
    islands = site_islands_new(topology, true);
    ck_assert_ptr_nonnull(islands);
    site_islands_free(NULL);
    group_graph_free(NULL);
}
END_TEST

static TCase *group_tests(void)
{
    TCase *tests = tcase_create("groups");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_path_has_the_fewest_hops);
    tcase_add_loop_test(tests, names_decide_between_equals, 0, 2);
    tcase_add_test(tests, a_connector_may_be_left_out);
    tcase_add_test(tests, a_path_is_put_in_words);
    tcase_add_test(tests, a_path_shows_the_costs_that_count);
    tcase_add_test(tests, a_connector_that_is_off_is_no_edge);
    tcase_add_loop_test(tests, a_connector_needs_a_living_server_at_both_ends, 0, 3);
    tcase_add_test(tests, a_bridgehead_that_was_not_read_may_live);
    tcase_add_loop_test(tests, connected_groups_count_between_legacy_groups_only, 0, 3);
    tcase_add_test(tests, there_and_back_is_no_cycle);
    tcase_add_test(tests, a_cycle_comes_back_another_way);
    tcase_add_test(tests, the_shortest_cycle_is_found);
    tcase_add_test(tests, a_neighbour_reached_first_may_close_a_cycle);
    tcase_add_test(tests, no_groups_are_no_trouble);
    return tests;
}

static TCase *site_tests(void)
{
    TCase *tests = tcase_create("sites");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, links_make_islands);
    tcase_add_test(tests, no_sites_are_no_islands);
    return tests;
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("routing");

    suite_add_tcase(suite, group_tests());
    suite_add_tcase(suite, site_tests());
    return suite;
}
