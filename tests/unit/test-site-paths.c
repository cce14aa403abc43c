/* routing/site-paths.h and site-choice.h: large links, odd costs, trees that move, and names. What
 * small graphs have to answer is in test-routing-property. */
#include "routing/site-choice.h"
#include "routing/site-paths.h"

#include "routing/names.h"
#include "sketch.h"
#include "unit.h"

#include <string.h>

static const Site *site_called(const Topology *topology, const char *name)
{
    FOR_EACH(const Site, site, topology->sites)
        if (strcmp(site->object.name, name) == 0)
            return site;
    return NULL;
}

/* --- names -------------------------------------------------------------------------------- */

START_TEST(names_are_compared_without_case)
{
    ck_assert_int_eq(name_order("Munich", "MUNICH"), 0);
    ck_assert_int_lt(name_order("a", "B"), 0);
    ck_assert_int_gt(name_order("b", "A"), 0);
    ck_assert_int_lt(name_order("Site", "Site1"), 0);
    ck_assert_int_eq(name_order("zürich", "ZÜRICH"), 0);
    ck_assert_int_lt(name_order("Zz", "Zürich"), 0);
}
END_TEST

/* In upper case the underscore comes after the letters, in lower case before. */
START_TEST(names_are_compared_in_upper_case)
{
    ck_assert_int_gt(name_order("a_b", "aab"), 0);
    ck_assert_int_gt(name_order("A_B", "aab"), 0);
}
END_TEST

START_TEST(bytes_that_are_no_text_come_last)
{
    ck_assert_int_gt(name_order("a\xff", "a\xf4\x8f\xbf\xbf"), 0);
    ck_assert_int_eq(name_order("a\xff", "A\xff"), 0);
    ck_assert_int_lt(name_order("a\xc3", "a\xff"), 0);
}
END_TEST

/* --- costs -------------------------------------------------------------------------------- */

START_TEST(costs_below_one_count_as_one)
{
    Topology *topology = sketch_parse("site A\nsite B\nsite C\nlink L1 -5 : A B\nlink L2 0 : B C");
    SiteGraph *graph = site_graph_new(topology);
    SiteTree *tree = site_tree_new(graph, site_called(topology, "A"));

    ck_assert_uint_eq(site_tree_cost(tree, site_called(topology, "C")), 2);
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}
END_TEST

START_TEST(large_costs_add_up)
{
    Topology *topology = sketch_parse("site A\nsite B\nsite C\nlink L1 2147483647 : A B\n"
                                      "link L2 2147483647 : B C");
    SiteGraph *graph = site_graph_new(topology);
    SiteTree *tree = site_tree_new(graph, site_called(topology, "A"));

    ck_assert_uint_eq(site_tree_cost(tree, site_called(topology, "C")), 4294967294);
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}
END_TEST

/* --- large links -------------------------------------------------------------------------- */

enum { MANY = 5000 };

static char *one_large_link(void)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < MANY; i++)
        g_string_append_printf(text, "site S%u bare\n", i);
    g_string_append(text, "site Far bare\nlink Other 7 : S0 Far\nlink All 3 :");
    for (guint i = 0; i < MANY; i++)
        g_string_append_printf(text, " S%u", i);
    return g_string_free(text, FALSE);
}

START_TEST(a_link_of_many_sites_is_one_hop)
{
    g_autofree char *text = one_large_link();
    Topology *topology = sketch_parse(text);
    SiteGraph *graph = site_graph_new(topology);
    SiteTree *tree = site_tree_new(graph, site_called(topology, "Far"));
    const Site *last = site_called(topology, "S4999");
    SiteRunnerUp *runner_up = site_runner_up(tree, last);

    ck_assert_uint_eq(site_tree_cost(tree, last), 10);
    ck_assert_uint_eq(site_tree_hops(tree, last), 2);
    ck_assert_int_eq(runner_up->criterion, DECIDED_COST);
    ck_assert_uint_eq(runner_up->cost, 13);
    ck_assert_uint_eq(runner_up->hops->len, 3);
    site_runner_up_free(runner_up);
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}
END_TEST

/* --- trees -------------------------------------------------------------------------------- */

START_TEST(a_moved_tree_forgets_where_it_was)
{
    Topology *topology = sketch_parse("site A\nsite B\nsite C\nsite D\nlink L1 1 : A B\n"
                                      "link L2 5 : C D");
    SiteGraph *graph = site_graph_new(topology);
    const Site *a = site_called(topology, "A");
    const Site *c = site_called(topology, "C");
    SiteTree *tree = site_tree_new(graph, a);

    ck_assert(site_tree_reaches(tree, a));
    ck_assert(!site_tree_reaches(tree, c));
    ck_assert_ptr_null(site_tree_path(tree, c));
    site_tree_move(tree, c);
    ck_assert(site_tree_reaches(tree, c));
    ck_assert(!site_tree_reaches(tree, a));
    ck_assert_uint_eq(site_tree_cost(tree, site_called(topology, "D")), 5);
    ck_assert_ptr_eq(site_tree_source(tree), c);
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}
END_TEST

START_TEST(destinations_are_ordered_by_cost_hops_and_name)
{
    Topology *topology = sketch_parse("site A\nsite B\nsite C\nsite D\nsite E\nlink L1 2 : A B\n"
                                      "link L2 2 : A C\nlink L3 1 : A D\nlink L4 1 : D E");
    SiteGraph *graph = site_graph_new(topology);
    SiteTree *tree = site_tree_new(graph, site_called(topology, "A"));
    const Site *b = site_called(topology, "B");

    ck_assert_int_lt(site_tree_compare(tree, b, site_called(topology, "C")), 0);
    ck_assert_int_gt(site_tree_compare(tree, b, site_called(topology, "D")), 0);
    ck_assert_int_lt(site_tree_compare(tree, b, site_called(topology, "E")), 0);
    ck_assert_int_eq(site_tree_compare(tree, b, b), 0);
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}
END_TEST

START_TEST(no_sites_make_a_graph)
{
    Topology *topology = sketch_parse("");

    site_graph_free(site_graph_new(topology));
    topology_free(topology);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("site-paths");
    TCase *tests = tcase_create("site-paths");

    tcase_add_test(tests, names_are_compared_without_case);
    tcase_add_test(tests, names_are_compared_in_upper_case);
    tcase_add_test(tests, bytes_that_are_no_text_come_last);
    tcase_add_test(tests, costs_below_one_count_as_one);
    tcase_add_test(tests, large_costs_add_up);
    tcase_add_test(tests, a_link_of_many_sites_is_one_hop);
    tcase_add_test(tests, a_moved_tree_forgets_where_it_was);
    tcase_add_test(tests, destinations_are_ordered_by_cost_hops_and_name);
    tcase_add_test(tests, no_sites_make_a_graph);
    suite_add_tcase(suite, tests);
    return suite;
}
