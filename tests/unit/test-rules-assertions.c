/* rules/assertion-ways.h: ways in small topologies, each held against one assertion, and how many
 * questions that takes. */
#include "rules/assertion-ways.h"
#include "rules/audit.h"

#include "sketch.h"
#include "unit.h"

#include <string.h>

#define CHAIN                                           \
    "site A\nsite B hub\nsite C\nsite D\nsite E bare\n" \
    "link AB 10 : A B\nlink BC 10 : B C\nlink AD 99 : A D\nlink DE 1 : D E"
#define GROUPS                                                                       \
    "site S\nsite T\nlink ST 4 : S T\ngroup X\ngroup Y\nserver EX2 2003 mailbox X\n" \
    "rgc XY 5 X Y\nrgc YX 5 Y X\nrgc VX 3 V X\nrgc XV 3 X V"
#define ONE_WAY "site S\ngroup X\ngroup Y\nrgc XY 5 X Y"
#define WAY_OUT "site A\nsend OUT A SMTP:*;1"

typedef struct Case {
    const char *forest;
    const char *assertion;
    guint questions;
    const char *fault; /* how it begins; NULL: none */
    const char *end;   /* and how it ends */
} Case;

static const Case cases[] = {
    {CHAIN, "from = site:A\nto = site:C", 1, NULL, NULL},
    {CHAIN, "from = site:A\nto = site:C\nsurvives = site", 5, "is queued without site:B (", ")"},
    {CHAIN, "from = server:HUB-A\nto = server:HUB-C\nsurvives = site", 5,
     "is queued without site:B (", ")"},
    {CHAIN, "from = site:A\nto = site:C\nsurvives = site-link", 5,
     "is unreachable without site-link:AB (", "; nor does it arrive without 1 more"},
    {CHAIN, "from = site:A\nto = site:C\nsurvives = connector", 1, NULL, NULL},
    {CHAIN, "from = site:A\nto = site:C\nat-most-hops = 2\nat-most-cost = 20", 1, NULL, NULL},
    {CHAIN, "from = site:A\nto = site:C\nat-most-hops = 1", 1,
     "takes 2 hops, more than 1: it goes site:A > site:B > site:C (", ")"},
    {CHAIN, "from = site:A\nto = site:C\nat-most-cost = 19", 1, "costs 20, more than 19: ", ")"},
    {CHAIN, "from = site:A\nto = site:C\nat-most-cost = 0", 1, "costs 20, more than 0: ", ")"},
    {CHAIN, "from = site:A\nto = site:C\nthrough = site:B\navoid = site:D", 1, NULL, NULL},
    {CHAIN, "from = site:A\nto = site:C\nthrough = site:D", 1, "does not go through site:D: ", ")"},
    {CHAIN, "from = site:A\nto = server:HUB-C\navoid = site:C", 1, NULL, NULL},
    {CHAIN, "from = server:HUB-A\nto = site:C\navoid = site:A", 1, NULL, NULL},
    {CHAIN, "from = site:A\nto = site:C\navoid = site:B", 1, "crosses site:B: ", ")"},
    {CHAIN, "from = site:A\nto = site:C\navoid = rg:Exchange Routing Group (DWBGZMFD01QNBJR)", 1,
     NULL, NULL},
    {GROUPS, "from = rg:X\nto = rg:Y\nsurvives = connector", 5, "is queued without connector:XY (",
     ")"},
    {GROUPS, "from = rg:X\nto = rg:Y\nsurvives = bridgehead", 4, "is queued without server:EX-X (",
     "; nor does it arrive without 1 more"},
    {ONE_WAY, "from = rg:X\nto = rg:Y\nsurvives = bridgehead", 3, "is queued without server:EX-X (",
     "; nor does it arrive without 1 more"},
    {GROUPS, "from = rg:X\nto = rg:Y\nsurvives = server", 6, "is queued without server:EX-X (",
     "; nor does it arrive without 1 more"},
    {GROUPS, "from = site:T\nto = rg:Y\nat-most-cost = 12", 1, NULL, NULL},
    {GROUPS, "from = site:T\nto = rg:Y\nat-most-cost = 11", 1, "costs 12, more than 11: ", ")"},
    {GROUPS, "from = site:T\nto = rg:Y\navoid = rg:X", 1, "crosses rg:X: ", ")"},
    {WAY_OUT, "from = site:A\nto = smtp:*\nsurvives = connector", 2,
     "is queued without connector:OUT (", ")"},
};

static Assertion *assertion_of(const char *lines)
{
    g_autofree char *text = g_strdup_printf("[assert it]\n%s\n", lines);
    g_autoptr(SettingsFile) file = settings_file_parse(text, strlen(text), "policy", NULL);
    Assertion *assertion = assertion_parse(file, "assert it", NULL);

    ck_assert_ptr_nonnull(assertion);
    return assertion;
}

START_TEST(a_way_is_as_asserted_or_not)
{
    const Case *one = &cases[_i];
    Topology *topology = sketch_parse(one->forest);
    g_autoptr(Assertion) assertion = assertion_of(one->assertion);
    AssertionScope *scope = assertion_scope_new(topology, assertion, NULL);
    g_autoptr(WayJudge) judge = way_judge_new(topology, NULL);
    const AssertedPlace *from = g_ptr_array_index(scope->from, 0);
    const AssertedPlace *to = g_ptr_array_index(scope->to, 0);
    g_autoptr(Route) route = way_judge_ask(judge, from, to);
    g_autofree char *fault = way_judge_fault(judge, assertion, scope, from, to, route);

    ck_assert_uint_eq(way_judge_questions(judge, assertion), one->questions);
    if (one->fault == NULL)
        ck_assert_pstr_eq(fault, NULL);
    else
        ck_assert_msg(fault != NULL && g_str_has_prefix(fault, one->fault) &&
                          g_str_has_suffix(fault, one->end),
                      "%s: %s", one->assertion, fault);
    assertion_scope_free(scope);
    topology_free(topology);
}
END_TEST

static const struct {
    const char *forest;
    const char *assertion;
    guint from; /* so many places; 0: refused */
} scopes[] = {
    {CHAIN, "from = every-site\nto = site:A", 4},
    {GROUPS, "from = every-routing-group\nto = site:S", 2},
    {GROUPS, "from = every-site\nto = rg:X\navoid = site:S", 2},
    {GROUPS, "from = site:T\nto = rg:X\navoid = site:S\nthrough = rg:X", 1},
    {GROUPS, "from = site:T\nto = rg:X\navoid = rg:X", 0},
    {GROUPS, "from = site:S\nto = rg:X\navoid = site:S", 0},
    {WAY_OUT, "from = site:A\nto = smtp:*\navoid = connector:OUT", 1},
    {WAY_OUT, "from = site:A\nto = smtp:*\navoid = connector:OUT\nthrough = connector:out", 0},
};

START_TEST(words_stand_for_places)
{
    Topology *topology = sketch_parse(scopes[_i].forest);
    g_autoptr(Assertion) assertion = assertion_of(scopes[_i].assertion);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssertionScope) scope = assertion_scope_new(topology, assertion, &error);

    ck_assert_uint_eq(scope == NULL ? 0 : scope->from->len, scopes[_i].from);
    ck_assert((scope == NULL) == (error != NULL));
    g_clear_pointer(&scope, assertion_scope_free);
    topology_free(topology);
}
END_TEST

/* So many sites, two links between all of them and others between two, and a connector, for one to
 * have been read. */
static char *sites_text(int sites, int links)
{
    GString *all = g_string_new(NULL);
    GString *text = g_string_new(NULL);

    for (int i = 0; i < sites; i++) {
        g_string_append_printf(text, "site S%d\n", i);
        g_string_append_printf(all, " S%d", i);
    }
    for (int i = 0; i < links; i++)
        g_string_append_printf(text, "link L%d 1 :%s\n", i, i < 2 ? all->str : " S0 S1");
    g_string_append(text, "send OUT S0 SMTP:*;1");
    g_string_free(all, TRUE);
    return g_string_free(text, FALSE);
}

/* From each site to each, with all the links there are, and without each in turn. */
static const struct {
    int sites;
    int links;
    const char *reason; /* NULL: judged, and it holds */
} sizes[] = {
    {1, 1, "assertion \"it\" means no way: there are no such places, or only one"},
    {2, 2, NULL},
    {50, 99, NULL},
    {50, 100,
     "assertion \"it\" takes 252500 questions, more than 250000: name fewer places, or less that "
     "may be lost"},
};

START_TEST(as_many_ways_are_judged_as_take_bearable_time)
{
    static const char lines[] =
        "[assert it]\nfrom = every-site\nto = every-site\nsurvives = site-link\n";
    const char *include[] = {"PATH001", NULL};
    g_autofree char *sites = sites_text(sizes[_i].sites, sizes[_i].links);
    guint ways = (guint)(sizes[_i].sites * (sizes[_i].sites - 1));
    Topology *topology = sketch_parse(sites);
    g_autoptr(Policy) policy = policy_parse(lines, strlen(lines), "policy", NULL);
    AuditOptions options = {.include = include, .policy = policy};
    Audit *audit = audit_run(topology, &options, NULL);
    const AssertionResult *result = &g_array_index(audit->assertions, AssertionResult, 0);

    ck_assert(result->judged == (sizes[_i].reason == NULL));
    ck_assert_uint_eq(result->ways, result->judged ? ways : 0);
    ck_assert_uint_eq(audit->findings->len, 0);
    ck_assert_uint_eq(audit->not_assessed->len, result->judged ? 0 : 1);
    FOR_EACH(const NotAssessed, item, audit->not_assessed) {
        ck_assert_str_eq(item->reason, sizes[_i].reason);
        ck_assert_uint_eq(item->objects, 1);
    }
    audit_free(audit);
    topology_free(topology);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-assertions");
    TCase *tests = tcase_create("ways");

    tcase_add_loop_test(tests, a_way_is_as_asserted_or_not, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, words_stand_for_places, 0, G_N_ELEMENTS(scopes));
    tcase_add_loop_test(tests, as_many_ways_are_judged_as_take_bearable_time, 0,
                        G_N_ELEMENTS(sizes));
    suite_add_tcase(suite, tests);
    return suite;
}
