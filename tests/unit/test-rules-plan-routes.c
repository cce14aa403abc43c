/* Which routes a plan is judged by. */
#include "rules/preflight.h"

#include "sketch.h"
#include "unit.h"

#include <string.h>

static char *sites_text(guint count)
{
    GString *text = g_string_new("site S\n");

    for (guint i = 1; i < count; i++)
        g_string_append_printf(text, "site S%u\n", i);
    return g_string_free(text, FALSE);
}

/* The only check about something; NULL: there is none. */
static const PlanCheck *check_of(const Preflight *preflight, const char *subject)
{
    const PlanCheck *found = NULL;

    FOR_EACH(const PlanCheck, check, preflight->checks) {
        if (strcmp(check->subject, subject) != 0)
            continue;
        ck_assert_ptr_null(found);
        found = check;
    }
    return found;
}

/* 141 places make 9870 pairs, 142 make 10011. */
START_TEST(as_many_pairs_are_compared_as_take_a_moment)
{
    const char *include[] = {"ORG006", NULL};
    const AuditOptions options = {.include = include};
    const PlanWords words = {.site = "S", .roles = "mailbox"};
    g_autofree char *text = sites_text(141 + (guint)_i);
    Topology *topology = sketch_parse(text);
    g_autoptr(Preflight)
        preflight = preflight_run(topology, &words, &options, SEVERITY_ERROR, NULL);

    const PlanCheck *check;

    ck_assert_ptr_nonnull(preflight);
    check = check_of(preflight, "routes");
    ck_assert(_i == 0 ? check == NULL : check != NULL && check->state == PLAN_NOTED);
    ck_assert_pstr_eq(check == NULL ? NULL : check->text,
                      _i == 0 ? NULL
                              : "there are 142 places and 0 address spaces: only the routes "
                                "between 10000 pairs of them "
                                "were compared");
    g_clear_pointer(&preflight, preflight_free);
    topology_free(topology);
}
END_TEST

/* 101 places and 100 address spaces make 10100 pairs. What a removal takes from one that was not
 * compared, nobody knows; setup takes nothing away. */
START_TEST(a_removal_wants_all_address_spaces_compared)
{
    const char *include[] = {"ORG006", NULL};
    const AuditOptions options = {.include = include};
    const PlanWords removal = {.removed = "N0"};
    const PlanWords setup = {.site = "S", .roles = "mailbox"};
    g_autofree char *sites = sites_text(101);
    g_autoptr(GString) text = g_string_new(sites);
    g_autoptr(Preflight) preflight = NULL;
    const PlanCheck *check;
    Topology *topology;

    for (guint i = 0; i < 100; i++)
        g_string_append_printf(text, "send N%u S SMTP:n%u.test;1\n", i, i);
    topology = sketch_parse(text->str);
    preflight = preflight_run(topology, _i == 0 ? &removal : &setup, &options, SEVERITY_ERROR,
                              NULL);
    ck_assert_ptr_nonnull(preflight);
    check = check_of(preflight, "routes");
    ck_assert_ptr_nonnull(check);
    ck_assert_int_eq(check->state, _i == 0 ? PLAN_UNSEEN : PLAN_NOTED);
    ck_assert_str_eq(check->text, "there are 101 places and 100 address spaces: only the routes "
                                  "between 10000 pairs of them were compared");
    g_clear_pointer(&preflight, preflight_free);
    topology_free(topology);
}
END_TEST

static bool loses_mail(const Preflight *preflight)
{
    FOR_EACH(const PlanCheck, check, preflight->checks)
        if (strstr(check->text, "would arrive no more") != NULL)
            return true;
    return false;
}

/* Mail for the organisation's own domain never took the connector that goes. */
START_TEST(what_the_recipient_decides_is_not_lost)
{
    static const char *const accepted[] = {"", "accept contoso.com 1", "accept contoso.com 0"};
    const char *include[] = {"ORG006", NULL};
    const AuditOptions options = {.include = include};
    const PlanWords words = {.removed = "OUT"};
    g_autofree char *text = g_strconcat("site S\ngroup R1\nsend OUT S SMTP:contoso.com;1\n",
                                        accepted[_i], NULL);
    Topology *topology = sketch_parse(text);
    g_autoptr(Preflight)
        preflight = preflight_run(topology, &words, &options, SEVERITY_ERROR, NULL);

    ck_assert_ptr_nonnull(preflight);
    ck_assert_int_eq(loses_mail(preflight), _i < 2);
    ck_assert_uint_eq(preflight->routes->len, _i < 2 ? 1 : 0);
    g_clear_pointer(&preflight, preflight_free);
    topology_free(topology);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-plan-routes");
    TCase *tests = tcase_create("routes of plans");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, as_many_pairs_are_compared_as_take_a_moment, 0, 2);
    tcase_add_loop_test(tests, a_removal_wants_all_address_spaces_compared, 0, 2);
    tcase_add_loop_test(tests, what_the_recipient_decides_is_not_lost, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
