/* routing/link-state.h: message loops beside Exchange 2007, what cures them, and islands. */
#include "routing/link-state.h"

#include "routing/route.h"
#include "sketch.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *name;
    const char *forest;
    bool suppressed;
    const char *loops;
    Suppression suppression;
} loop_cases[] = {
    {"R62 one connector to 2007",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc AB 1 RG_A RG_B\n"
     "rgc BA 1 RG_B RG_A",
     false, "", SUPPRESSION_NEEDLESS},
    {"P63 two groups joined to 2007",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc VB 5 V RG_B\n"
     "rgc BV 5 RG_B V\nrgc AB 1 RG_A RG_B\nrgc BA 1 RG_B RG_A",
     false, "RG_B/AB:V,RG_A,V ", SUPPRESSION_REQUIRED},
    {"P64 the same, suppressed",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc VB 5 V RG_B\n"
     "rgc BV 5 RG_B V\nrgc AB 1 RG_A RG_B\nrgc BA 1 RG_B RG_A",
     true, "", SUPPRESSION_REQUIRED},
    {"P65 two connectors to one group",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA1 1 V RG_A\nrgc AV1 1 RG_A V\nrgc VA2 2 V RG_A\n"
     "rgc AV2 2 RG_A V\nrgc AB 1 RG_A RG_B\nrgc BA 1 RG_B RG_A",
     false, "", SUPPRESSION_RECOMMENDED},
    {"a restriction is not cured by suppression",
     "site S\ngroup RG_A\ngroup RG_B\nrgc VA 1 V RG_A\nrgc AV 1 RG_A V\nrgc VB 5 V RG_B\n"
     "rgc BV 5 RG_B V\nrgc AB 1 RG_A RG_B restricted\nrgc BA 1 RG_B RG_A",
     true, "RG_B/AB:V,RG_A,V ", SUPPRESSION_REQUIRED},
};

static const char *short_name(const RoutingGroup *group)
{
    return group->official ? "V" : group->object.name;
}

static char *loops_text(const GPtrArray *loops)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(const MessageLoop, loop, loops) {
        g_string_append_printf(text, "%s/%s:V", loop->destination->object.name,
                               loop->connector->object.name);
        FOR_EACH(const GroupEdge, edge, loop->cycle)
            g_string_append_printf(text, ",%s", short_name(edge->to));
        g_string_append_c(text, ' ');
    }
    return g_string_free(text, FALSE);
}

START_TEST(loop_case)
{
    Topology *topology = sketch_parse(loop_cases[_i].forest);
    g_autoptr(GroupNet) net = group_net_new(topology);
    g_autoptr(GPtrArray) loops = message_loops(net, loop_cases[_i].suppressed);
    g_autofree char *text = loops_text(loops);

    ck_assert_msg(strcmp(text, loop_cases[_i].loops) == 0, "%s: %s", loop_cases[_i].name, text);
    ck_assert_int_eq(link_state_suppression(net), loop_cases[_i].suppression);
    g_clear_pointer(&net, group_net_free);
    topology_free(topology);
}
END_TEST

START_TEST(islands_are_parted_by_2007)
{
    Topology *topology = sketch_parse("site S\ngroup R1\ngroup R2\ngroup R3\nrgc VA 1 V R1\n"
                                      "rgc AV 1 R1 V\nrgc VB 1 V R3\nrgc BV 1 R3 V\n"
                                      "rgc C 1 R1 R2");
    g_autoptr(GroupNet) net = group_net_new(topology);
    g_autoptr(GPtrArray) islands = link_state_islands(net);

    ck_assert_uint_eq(islands->len, 2);
    ck_assert_uint_eq(((GPtrArray *)islands->pdata[0])->len, 2);
    g_clear_pointer(&net, group_net_free);
    topology_free(topology);
}
END_TEST

/* A legacy connector that suppression keeps in the table although it is down. */
START_TEST(suppressed_link_state_keeps_the_dead_connector)
{
    static const char *const to[] = {"rg:RG_B", NULL};
    static const char *const down[] = {"connector:AB", NULL};
    Topology *topology = sketch_parse(loop_cases[1].forest);
    RouteQuestion question = {.from = "site:S", .to = to, .down = down, .suppressed = true};
    g_autoptr(Route) route = route_find(topology, &question, NULL);

    ck_assert_int_eq(route->outcome, ROUTE_QUEUED);
    ck_assert_str_eq(route->queue, "rg:RG_A");
    g_clear_pointer(&route, route_free);
    topology_free(topology);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("link-state");
    TCase *tests = tcase_create("link-state");

    tcase_add_loop_test(tests, loop_case, 0, G_N_ELEMENTS(loop_cases));
    tcase_add_test(tests, islands_are_parted_by_2007);
    tcase_add_test(tests, suppressed_link_state_keeps_the_dead_connector);
    suite_add_tcase(suite, tests);
    return suite;
}
