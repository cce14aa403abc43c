/* routing/route.h: questions that are none, those with something said twice, and what a router is
 * asked beside them. */
#include "routing/route.h"

#include "sketch.h"
#include "unit.h"

#include <string.h>

/* --- bad questions ------------------------------------------------------------------------ */

static const struct {
    const char *from;
    const char *to;
    const char *down;
    const char *error;
} mistakes[] = {
    {"site:Nowhere", "site:A", NULL, "there is no site called \"Nowhere\""},
    {"Twin", "site:A", NULL, "may mean more than one thing: write site:Twin or rg:Twin"},
    {"site:A", "site:A", "connector:Pair", "write connector:CN=Pair,CN=Connections,CN=R,"},
    {"nobody", "site:A", NULL, "nothing is called \"nobody\""},
    {"smtp:a@b.example", "site:A", NULL, "cannot stand here"},
    {"site:A", "smtp:somebody", NULL, "has no domain"},
    {"site:A", "smtp:", NULL, "is no address"},
    {"site:A", "connector:X", NULL, "cannot stand here"},
    {"site:A", "site:A", "rg:Twin", "cannot stand here"},
};

START_TEST(bad_question)
{
    g_autoptr(GError) error = NULL;
    Topology *topology = sketch_parse("site A\nsite Twin\ngroup Twin\ngroup R\nrgc Pair 1 Twin R\n"
                                      "rgc Pair 1 R Twin");
    const char *const to[] = {mistakes[_i].to, NULL};
    const char *const down[] = {mistakes[_i].down, NULL};
    RouteQuestion question = {.from = mistakes[_i].from, .to = to, .down = down};

    ck_assert_ptr_null(route_find(topology, &question, &error));
    ck_assert_ptr_nonnull(error);
    ck_assert_msg(strstr(error->message, mistakes[_i].error) != NULL, "%s", error->message);
    topology_free(topology);
}
END_TEST

START_TEST(sizes_are_parsed)
{
    guint64 bytes = 0;

    ck_assert(route_parse_size("20MB", &bytes, NULL));
    ck_assert_uint_eq(bytes, 20 * 1024 * 1024);
    ck_assert(route_parse_size("512k", &bytes, NULL));
    ck_assert_uint_eq(bytes, 512 * 1024);
    ck_assert(route_parse_size("1000", &bytes, NULL));
    ck_assert_uint_eq(bytes, 1000);
    ck_assert(!route_parse_size("", &bytes, NULL));
    ck_assert(!route_parse_size("0", &bytes, NULL));
    ck_assert(!route_parse_size("-1", &bytes, NULL));
    ck_assert(!route_parse_size("20XB", &bytes, NULL));
    ck_assert(!route_parse_size("20MBs", &bytes, NULL));
    ck_assert(!route_parse_size("99999999999999999999GB", &bytes, NULL));
    ck_assert(!route_parse_size("18446744073709551615G", &bytes, NULL));
    ck_assert(!route_parse_size("18446744073709551616", &bytes, NULL));
    ck_assert(!route_parse_size("9223372036854775808", &bytes, NULL));
    ck_assert(!route_parse_size("8589934592G", &bytes, NULL));
    ck_assert(route_parse_size("9223372036854775807", &bytes, NULL));
    ck_assert_uint_eq(bytes, G_MAXINT64);
}
END_TEST

/* --- said twice --------------------------------------------------------------------------- */

START_TEST(a_recipient_named_twice_gets_one_copy)
{
    static const char *const to[] = {"site:B", "smtp:a@b.test", "SMTP:A@B.test", "B", NULL};
    Topology *topology = sketch_parse("site A\nsite B\nlink AB 10 : A B\nsend OUT A SMTP:*;1");
    RouteQuestion question = {.from = "site:A", .to = to};
    g_autoptr(Route) route = route_find(topology, &question, NULL);

    ck_assert_uint_eq(route->each->len, 2);
    FOR_EACH(const Route, one, route->each)
        ck_assert_str_eq(g_array_index(one->notices, RouteNotice, 0).slug, "recipient-repeated");
    g_clear_pointer(&route, route_free);
    topology_free(topology);
}
END_TEST

/* Group R refuses what V refuses once more. */
START_TEST(what_every_place_refuses_is_said_once)
{
    static const char *const to[] = {"smtp:a@b.test", NULL};
    Topology *topology = sketch_parse("site S\ngroup R\nrgc RV 1 R V to=S\n"
                                      "send GHOST S SMTP:*;1 orphan\nsend OUT S SMTP:*;1");
    RouteQuestion question = {.from = "rg:R", .to = to};
    g_autoptr(Route) route = route_find(topology, &question, NULL);

    ck_assert_int_eq(route->outcome, ROUTE_DELIVERED);
    ck_assert_uint_ge(route->legs->len, 2);
    ck_assert_uint_eq(route->rejected->len, 1);
    ck_assert_uint_eq(g_array_index(route->legs, RouteLeg, 1).rejected, 1);
    g_clear_pointer(&route, route_free);
    topology_free(topology);
}
END_TEST

/* --- back along the path ------------------------------------------------------------------ */

/* Where a message would wait if its destination did not answer: A is the source, E the end. */
static const struct {
    const char *forest;
    const char *expected;
} retreats[] = {
    {"site A\nsite E\nlink L1 10 : A E", "E,A"},
    {"site A\nsite B\nsite C bare\nsite E\nlink L1 10 : A B\nlink L2 10 : B C\nlink L3 10 : C E",
     "E,B,A"},
    {"site A\nsite B\nsite C hub\nsite D\nsite E\nlink L1 10 : A B\nlink L2 10 : B C\n"
     "link L3 10 : C D\nlink L4 10 : D E",
     "E,D,C"},
    {"site A\nsite B hub bare\nsite E\nlink L1 10 : A B\nlink L2 10 : B E", "E,A"},
};

static const Site *site_named(const Topology *topology, const char *name)
{
    FOR_EACH(const Site, site, topology->sites)
        if (g_str_equal(site->object.name, name))
            return site;
    return NULL;
}

START_TEST(a_message_retreats_to_its_last_stop)
{
    Topology *topology = sketch_parse(retreats[_i].forest);
    g_autoptr(Router) router = router_new(topology);
    g_autoptr(SiteTree) tree = site_tree_new(router_sites(router), site_named(topology, "A"));
    g_autoptr(Failures) none = failures_parse(topology, NULL, NULL);
    g_autoptr(Route) route = router_between(router, tree, site_named(topology, "E"), none);
    g_autoptr(GPtrArray) tried = route_retreat(route);
    g_autoptr(GString) text = g_string_new(NULL);

    FOR_EACH(const Site, site, tried)
        g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", site->object.name);
    ck_assert_int_eq(route->outcome, ROUTE_DELIVERED);
    ck_assert_str_eq(text->str, retreats[_i].expected);
    g_clear_pointer(&tried, g_ptr_array_unref);
    g_clear_pointer(&route, route_free);
    g_clear_pointer(&none, failures_free);
    g_clear_pointer(&tree, site_tree_free);
    g_clear_pointer(&router, router_free);
    topology_free(topology);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("route-questions");
    TCase *tests = tcase_create("route-questions");

    tcase_add_loop_test(tests, bad_question, 0, G_N_ELEMENTS(mistakes));
    tcase_add_test(tests, sizes_are_parsed);
    tcase_add_test(tests, a_recipient_named_twice_gets_one_copy);
    tcase_add_test(tests, what_every_place_refuses_is_said_once);
    tcase_add_loop_test(tests, a_message_retreats_to_its_last_stop, 0, G_N_ELEMENTS(retreats));
    suite_add_tcase(suite, tests);
    return suite;
}
