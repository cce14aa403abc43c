/* base/fold.h: what counts as the same name, and that key, hash and order agree about it. */
#include "base/fold.h"

#include "unit.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    bool equal = fold_equal(a, strlen(a), b, strlen(b));
    bool hashes = fold_hash(a, strlen(a), 7) == fold_hash(b, strlen(b), 7);
    g_autofree char *left = fold_string(a);
    g_autofree char *right = fold_string(b);

    ck_assert_int_eq(equal, strcmp(left, right) == 0);
    ck_assert(!equal || hashes);
    ck_assert_int_eq(equal, fold_equal(b, strlen(b), a, strlen(a)));
    return equal;
}

START_TEST(letter_case_does_not_count)
{
    ck_assert(same("EX03-MUC1", "ex03-Muc1"));
    ck_assert(same("MÜNCHEN", "münchen"));
    ck_assert(same("Σίσυφος", "ΣΊΣΥΦΟΣ"));
    ck_assert(!same("EX03", "EX04"));
}
END_TEST

START_TEST(accents_width_and_kana_do_not_count)
{
    ck_assert(same("Köln", "Koln"));
    ck_assert(same("Ko\xcc\x88ln", "K\xc3\xb6ln"));
    ck_assert(same("ＥＸ０７", "EX07"));
    ck_assert(same("ﾄｳｷｮｳ", "トウキョウ"));
    ck_assert(same("とうきょう", "トウキョウ"));
    ck_assert(same("Straße", "STRASSE"));
}
END_TEST

START_TEST(blanks_are_squeezed)
{
    ck_assert(same("First  Group", "First Group"));
    ck_assert(same(" First Group ", "first group"));
    ck_assert(same("First\xc2\xa0Group", "First Group"));
    ck_assert(!same("FirstGroup", "First Group"));
    ck_assert(same("", "  "));
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_compared_as_they_are)
{
    ck_assert(same("M\xfcnchen", "M\xfcnchen"));
    ck_assert(!same("M\xfcnchen", "m\xfcnchen"));
    ck_assert(!same("M\xfcnchen", "M\xc3\xbcnchen"));
}
END_TEST

START_TEST(a_nul_is_a_byte_like_others)
{
    ck_assert(fold_equal("a\0b", 3, "a\0b", 3));
    ck_assert(!fold_equal("a\0b", 3, "a\0c", 3));
    ck_assert(!fold_equal("a\0b", 3, "a", 1));
}
END_TEST

START_TEST(order_is_total_and_agrees_with_equality)
{
    static const char *const names[] = {"",     " ",    "a",    "A",     "a b",      "A  B",
                                        "Koln", "Köln", "koln", "Kölns", "\xff\xfe", "z"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        for (guint j = 0; j < G_N_ELEMENTS(names); j++) {
            int order = fold_compare(names[i], names[j]);

            ck_assert_int_eq(order == 0, i == j);
            ck_assert_int_eq(order<0, fold_compare(names[j], names[i])> 0);
            for (guint k = 0; k < G_N_ELEMENTS(names); k++)
                ck_assert(order > 0 || fold_compare(names[j], names[k]) > 0 ||
                          fold_compare(names[i], names[k]) <= 0);
        }
    }
}
END_TEST

START_TEST(a_seed_makes_another_hash)
{
    ck_assert_uint_ne(fold_hash("Munich", 6, 1), fold_hash("Munich", 6, 2));
}
END_TEST

/* Tables go by the upper bits: names that differ at their end only must differ there too. */
START_TEST(names_that_differ_at_the_end_are_spread)
{
    enum { MANY = 4096, BITS = 12 };
    const char *const fronts[] = {"EX07-", "Büro ", "部門", "Отдел "};
    g_autofree bool *taken = g_new0(bool, MANY);
    guint places = 0;

    for (int i = 0; i < MANY; i++) {
        g_autofree char *name = g_strdup_printf("%s%d", fronts[_i], i);
        uint32_t place = fold_hash(name, strlen(name), 7) >> (32 - BITS);

        places += !taken[place];
        taken[place] = true;
    }
    ck_assert_uint_gt(places, MANY / 2); /* by chance 63 of 100 */
}
END_TEST

START_TEST(a_token_is_found_anywhere)
{
    ck_assert(text_has_token("Exchange Group (fydibohf23spdlt)", "FYDIBOHF23SPDLT"));
    ck_assert(text_has_token("FYDIBOHF23SPDLT", "FYDIBOHF23SPDLT"));
    ck_assert(!text_has_token("FYDIBOHF23SPDL", "FYDIBOHF23SPDLT"));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("fold");
    TCase *tests = tcase_create("fold");

    tcase_add_test(tests, letter_case_does_not_count);
    tcase_add_test(tests, accents_width_and_kana_do_not_count);
    tcase_add_test(tests, blanks_are_squeezed);
    tcase_add_test(tests, bytes_that_are_no_utf8_are_compared_as_they_are);
    tcase_add_test(tests, a_nul_is_a_byte_like_others);
    tcase_add_test(tests, order_is_total_and_agrees_with_equality);
    tcase_add_test(tests, a_seed_makes_another_hash);
    tcase_add_loop_test(tests, names_that_differ_at_the_end_are_spread, 0, 4);
    tcase_add_test(tests, a_token_is_found_anywhere);
    suite_add_tcase(suite, tests);
    return suite;
}
