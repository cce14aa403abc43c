/* rules/levels.h: what the numbers that setup writes stand for. */
#include "rules/levels.h"

#include "model.h"
#include "unit.h"

#include <glib.h>

static const struct {
    char *(*name)(int level);
    int level;
    const char *expected;
} names[] = {
    {schema_level_name, 4397, "2000"},
    {schema_level_name, 6870, "2003"},
    {schema_level_name, 14622, "2007 SP2 or 2010"}, /* one number, two products */
    {schema_level_name, 14625, "2007 SP3"},
    {schema_level_name, 15312, "2013 CU7"},
    {schema_level_name, 17003, "2019 CU10 or SE"},
    {schema_level_name, 1, "below 2000"},
    {schema_level_name, 7000, "above 2003, below 2007"},
    {schema_level_name, 15331, "above 2016 CU6, below 2016 CU7"}, /* the first of the rows above */
    {schema_level_name, 99999, "above 2019 CU10"},
    {organization_level_name, 0, "below 2003"}, /* 2000 writes none: that is no number */
    {organization_level_name, 6902, "below 2003"},
    {organization_level_name, 11222, "2007 SP2"},
    {organization_level_name, 12640, "2010"},
    {domain_level_name, 6936, "2003"},
    {domain_level_name, 13236, "2013 or 2016 or 2019"},
};

START_TEST(test_names)
{
    g_autofree char *name = names[_i].name(names[_i].level);

    ck_assert_str_eq(name, names[_i].expected);
}
END_TEST

START_TEST(test_rows)
{
    ck_assert_str_eq(level_of(FAMILY_2000, 1)->product, "2000");
    ck_assert_str_eq(level_of(FAMILY_2003, 2)->product, "2003");
    ck_assert_str_eq(level_of(FAMILY_2007, 0)->product, "2007");
    ck_assert_str_eq(level_of(FAMILY_2007, 3)->product, "2007 SP3");
    ck_assert_str_eq(level_of(FAMILY_2010, 9)->product, "2010 SP3");
    ck_assert_str_eq(level_of(FAMILY_2016, 0)->product, "2016");
    ck_assert_ptr_null(level_of(FAMILY_5_5, 4));
    ck_assert_ptr_null(level_of(FAMILY_UNKNOWN, 0));
}
END_TEST

/* The servers are asked in the order of their names. */
static const struct {
    const char *serials[3];
    const char *product;
} organizations[] = {
    {{"Version 8.1 (Build 30240.6)", "Version 8.3 (Build 30083.6)"}, "2007 SP3"},
    {{"Version 8.3 (Build 30083.6)", "Version 8.1 (Build 30240.6)"}, "2007 SP3"},
    {{"Version 8.3 (Build 30083.6)", "Version 14.3 (Build 30123.4)", "Version 6.5 (Build 7638.2)"},
     "2010 SP3"},
    {{"Version 99"}, NULL},
};

START_TEST(test_newest)
{
    static const char *const places[] = {"CN=A,", "CN=B,", "CN=C,"};
    const PreparationLevel *newest;

    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *dn = g_strconcat(places[i], MODERN_SERVERS, NULL);

        if (organizations[_i].serials[i] != NULL)
            put_server(dn, organizations[_i].serials[i], NULL);
    }
    build();
    newest = level_of_newest(topology);
    ck_assert_pstr_eq(newest == NULL ? NULL : newest->product, organizations[_i].product);
}
END_TEST

START_TEST(test_functional_levels)
{
    ck_assert_int_eq(forest_level_needed(FAMILY_2007), NO_NEED);
    ck_assert_int_eq(forest_level_needed(FAMILY_2010), 2);
    ck_assert_int_eq(forest_level_needed(FAMILY_2016), 4);
    ck_assert_int_eq(forest_level_needed(FAMILY_SE), 6);
    ck_assert_str_eq(functional_level_name(0), "Windows 2000");
    ck_assert_str_eq(functional_level_name(7), "Windows Server 2016");
    ck_assert_str_eq(functional_level_name(10), "Windows Server 2025");
    ck_assert_str_eq(functional_level_name(8), "an unknown level");
    ck_assert_str_eq(functional_level_name(-1), "an unknown level");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("levels");
    TCase *levels = tcase_create("levels");

    tcase_add_checked_fixture(levels, set_up, tear_down);
    tcase_add_loop_test(levels, test_names, 0, (int)G_N_ELEMENTS(names));
    tcase_add_test(levels, test_rows);
    tcase_add_loop_test(levels, test_newest, 0, (int)G_N_ELEMENTS(organizations));
    tcase_add_test(levels, test_functional_levels);
    suite_add_tcase(suite, levels);
    return suite;
}
