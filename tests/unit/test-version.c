/* model/version.h: both attributes of every product, and texts that are no version. */
#include "model/version.h"

#include "directory/directory.h"

#include "forest.h"
#include "unit.h"

#include <string.h>

/* The version of a server object with these two attributes; NULL stands for absent. */
static Version decode(const char *serial, const char *number)
{
    g_autoptr(Directory) directory = forest_new();
    static const char dn[] = "CN=EX," LEGACY_SERVERS;

    if (serial != NULL)
        forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
                   NULL);
    if (number != NULL)
        forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "versionNumber", number,
                   NULL);
    if (serial == NULL && number == NULL)
        forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", NULL);
    return version_decode(dn_find(directory_names(directory), dn, strlen(dn))->entry);
}

typedef struct Case {
    const char *serial;
    const char *number;
    Family family;
    const char *text;
    int service_pack;
} Case;

static const Case cases[] = {
    {"Version 5.5 (Build 2653.23: Service Pack 4)", "2653", FAMILY_5_5, "5.5.2653.23", 4},
    {"Version 6.0 (Build 6249.4: Service Pack 3)", "6249", FAMILY_2000, "6.0.6249.4", 3},
    {"Version 6.5 (Build 6944.4)", "6944", FAMILY_2003, "6.5.6944.4", 0},
    {"Version 6.5 (Build 7226.6: Service Pack 1)", "7226", FAMILY_2003, "6.5.7226.6", 1},
    {"Version 6.5 (Build 7638.2: Service Pack 2)", "7638", FAMILY_2003, "6.5.7638.2", 2},
    {"Version 6.5 (Build 7638: Service Pack 2)", "7638", FAMILY_2003, "6.5.7638.0", 2},
    {"Version 6.5 (Build 7638.2)", "7638", FAMILY_2003, "6.5.7638.2", 2},
    {"Version 8.0 (Build 0685)", "1912636077", FAMILY_2007, "8.0.685.0", 0},
    {"Version 8.0 (Build 30685.25)", "1912636077", FAMILY_2007, "8.0.685.25", 0},
    {"Version 8.1 (Build 30240.6)", "1912701168", FAMILY_2007, "8.1.240.6", 1},
    {"Version 8.3 (Build 30083.6)", "1912832083", FAMILY_2007, "8.3.83.6", 3},
    {"Version 14.3 (Build 30123.4)", "1937997947", FAMILY_2010, "14.3.123.4", 3},
    {"Version 15.0 (Build 30516.32)", "1941996036", FAMILY_2013, "15.0.516.32", 0},
    {"Version 15.1 (Build 32507.006)", "1942063563", FAMILY_2016, "15.1.2507.6", 0},
    {"Version 15.2 (Build 31118.007)", "1942126813", FAMILY_2019, "15.2.1118.7", 0},
    {"Version 15.2 (Build 32562.017)", "1942129154", FAMILY_SE, "15.2.2562.17", 0},
};

START_TEST(both_attributes_agree)
{
    const Case *expected = &cases[_i];
    Version version = decode(expected->serial, expected->number);
    g_autofree char *text = version_text(&version);

    ck_assert_str_eq(text, expected->text);
    ck_assert_int_eq(version.family, expected->family);
    ck_assert_int_eq(version.service_pack, expected->service_pack);
    ck_assert(version.from_serial && version.from_number && !version.contradictory);
}
END_TEST

START_TEST(the_number_stands_in_for_the_text)
{
    const Case *expected = &cases[_i];
    Version version = decode(NULL, expected->number);

    ck_assert_int_eq(version.family, expected->family);
    ck_assert_int_eq(version.service_pack, expected->service_pack);
    ck_assert(!version.from_serial && version.from_number && !version.contradictory);
}
END_TEST

START_TEST(a_packed_number_is_taken_apart)
{
    Version version = decode(NULL, "1912832083");
    g_autofree char *text = version_text(&version);

    ck_assert_str_eq(text, "8.3.83.0");
}
END_TEST

START_TEST(nothing_is_unknown)
{
    static const char *const serials[] = {
        "",
        "Version",
        "Version 6",
        "Version 6.5",
        "Version 7.0 (Build 1)",
        "Version 4294967301.5 (Build 1)",
        "Version 6.5 (Build )",
        "6.5 (Build 7638.2)",
    };
    Version version = decode(NULL, NULL);
    g_autofree char *text = version_text(&version);

    ck_assert_str_eq(text, "unknown");
    for (guint i = 0; i < G_N_ELEMENTS(serials); i++) {
        version = decode(serials[i], NULL);
        ck_assert_msg(version.family == FAMILY_UNKNOWN, "%s", serials[i]);
        ck_assert(!version.from_serial);
    }
    ck_assert_int_eq(decode(NULL, "0").family, FAMILY_UNKNOWN);
    ck_assert_int_eq(decode(NULL, "-1912832083").family, FAMILY_UNKNOWN);
    ck_assert_int_eq(decode(NULL, "99999999999").family, FAMILY_UNKNOWN);
    ck_assert_int_eq(decode(NULL, "seven").family, FAMILY_UNKNOWN);
}
END_TEST

START_TEST(a_contradiction_is_marked)
{
    Version version = decode("Version 8.3 (Build 30083.6)", "7638");

    ck_assert(version.contradictory);
    ck_assert_int_eq(version.family, FAMILY_2007);
    ck_assert(decode("Version 6.0 (Build 6249.4)", "7638").contradictory);
    ck_assert(!decode("Version 8.3 (Build 30083.6)", "1912636077").contradictory);
    ck_assert(!decode("Version 15.2 (Build 32562.17)", "1942126813").contradictory);
    ck_assert(!decode("Version 8.3 (Build 30083.6)", "garbage").contradictory);
}
END_TEST

START_TEST(a_text_may_end_anywhere)
{
    static const char text[] = "Version 6.5 (Build 7638.2: Service Pack 2)";

    for (size_t length = 0; length < sizeof text; length++) {
        g_autofree char *copy = g_memdup2(text, length);
        Version version = {.major = 99};
        bool parsed = version_parse_serial(copy, length, &version);

        ck_assert_int_eq(parsed, length >= strlen("Version 6.5 (Build 7"));
        ck_assert(parsed || version.major == 99);
    }
}
END_TEST

START_TEST(the_first_value_that_parses_counts)
{
    g_autoptr(Directory) directory = forest_new();
    static const char dn[] = "CN=EX," LEGACY_SERVERS;
    Version version;

    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", "AAA",
               "serialNumber", "Version 6.5 (Build 6944.4)", NULL);
    version = version_decode(dn_find(directory_names(directory), dn, strlen(dn))->entry);
    ck_assert_int_eq(version.family, FAMILY_2003);
}
END_TEST

START_TEST(versions_are_ordered)
{
    Version old = decode("Version 8.1 (Build 30240.6)", NULL);
    Version new = decode("Version 8.3 (Build 30083.6)", NULL);
    Version newer = decode("Version 8.3 (Build 30083.7)", NULL);

    ck_assert_int_lt(version_compare(&old, &new), 0);
    ck_assert_int_gt(version_compare(&newer, &new), 0);
    ck_assert_int_eq(version_compare(&new, &new), 0);
    ck_assert_str_eq(family_name(FAMILY_2003), "2003");
    ck_assert_str_eq(family_name(FAMILY_SE), "SE");
    ck_assert_str_eq(family_name(FAMILY_UNKNOWN), "unknown");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("version");
    TCase *tests = tcase_create("version");

    tcase_add_loop_test(tests, both_attributes_agree, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, the_number_stands_in_for_the_text, 0, G_N_ELEMENTS(cases));
    tcase_add_test(tests, a_packed_number_is_taken_apart);
    tcase_add_test(tests, nothing_is_unknown);
    tcase_add_test(tests, a_contradiction_is_marked);
    tcase_add_test(tests, a_text_may_end_anywhere);
    tcase_add_test(tests, the_first_value_that_parses_counts);
    tcase_add_test(tests, versions_are_ordered);
    suite_add_tcase(suite, tests);
    return suite;
}
