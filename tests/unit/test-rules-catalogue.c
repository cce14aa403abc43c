/* rules/rule.h: rules are found by what users call them. */
#include "rules/rule.h"

#include "unit.h"

static void check_found(const char *name, const Rule *expected)
{
    g_autofree char *shouted = g_ascii_strup(name, -1);
    g_autofree char *whispered = g_ascii_strdown(name, -1);

    ck_assert_msg(rule_find(name) == expected, "%s", name);
    ck_assert_msg(rule_find(shouted) == expected, "%s", shouted);
    ck_assert_msg(rule_find(whispered) == expected, "%s", whispered);
}

START_TEST(every_rule_is_found_by_id_and_slug)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    ck_assert_uint_gt(count, 0);
    for (guint i = 0; i < count; i++) {
        check_found(rules[i]->id, rules[i]);
        check_found(rules[i]->slug, rules[i]);
    }
}
END_TEST

START_TEST(no_rule_is_found_by_another_name)
{
    static const char *const names[] = {"", "RG", "RG00", "RG0011", "routing", "A", "ZZZ999"};

    check_found(names[_i], NULL);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-catalogue");
    TCase *tests = tcase_create("catalogue");

    tcase_add_test(tests, every_rule_is_found_by_id_and_slug);
    tcase_add_loop_test(tests, no_rule_is_found_by_another_name, 0, 7);
    suite_add_tcase(suite, tests);
    return suite;
}
