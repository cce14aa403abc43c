/* directory/dn.h: spellings of one name, texts that are none, mangled names, order. */
#include "directory/dn.h"

#include "base/fault.h"

#include "unit.h"

#include <string.h>

typedef struct Names {
    Arena *arena;
    DnTable *table;
} Names;

static Names names;

static void set_up(void)
{
    names.arena = arena_new();
    names.table = dn_table_new(names.arena);
}

static void tear_down(void)
{
    dn_table_free(names.table);
    arena_free(names.arena);
}

static Dn *name(const char *text)
{
    g_autoptr(GError) error = NULL;
    Dn *dn = dn_intern(names.table, text, strlen(text), &error);

    ck_assert_msg(dn != NULL, "%s", error != NULL ? error->message : text);
    return dn;
}

static void check_text(const char *from, const char *expected)
{
    g_autofree char *text = dn_text(name(from));

    ck_assert_str_eq(text, expected);
    ck_assert_ptr_eq(name(text), name(from));
}

START_TEST(spellings_of_a_name_are_one_name)
{
    Dn *dn = name("CN=EX03,CN=Servers,DC=contoso,DC=test");

    ck_assert_ptr_eq(name("cn=ex03,cn=SERVERS,dc=Contoso,dc=TEST"), dn);
    ck_assert_ptr_eq(name(" CN = EX03 , CN=Servers ;DC=contoso,  DC=test "), dn);
    ck_assert_ptr_eq(name("2.5.4.3=\\45X03,CN=\"Servers\",DC=contoso,DC=test"), dn);
    ck_assert_ptr_eq(name("<GUID=6b29fc40-ca47-1067-b31d-00dd010662da>;<SID=S-1-5-21>;"
                          "CN=EX03,CN=Servers,DC=contoso,DC=test"),
                     dn);
    ck_assert_ptr_ne(name("OU=EX03,CN=Servers,DC=contoso,DC=test"), dn);
    ck_assert_ptr_ne(name("CN=EX03,DC=contoso,DC=test"), dn);
    ck_assert_uint_eq(dn->depth, 4);
}
END_TEST

START_TEST(text_is_escaped_again)
{
    check_text("cn=a,dc=b", "CN=a,DC=b");
    check_text("CN=Smith\\, J\\+K\\=L,DC=b", "CN=Smith\\, J\\+K\\=L,DC=b");
    check_text("CN=\"a,b;c\",DC=b", "CN=a\\,b\\;c,DC=b");
    check_text("CN=\\ a\\ ,DC=b", "CN=\\ a\\ ,DC=b");
    check_text("CN=\\#1#2,DC=b", "CN=\\#1#2,DC=b");
    check_text("CN=EX03\\0ACNF:1234,DC=b", "CN=EX03\\0ACNF:1234,DC=b");
    check_text("CN=\\C3\\BCber,DC=b", "CN=über,DC=b");
    check_text("CN=c\\\\,DC=b", "CN=c\\\\,DC=b");
    check_text("CN=a+OU=b,DC=c", "CN=a+OU=b,DC=c");
}
END_TEST

START_TEST(the_empty_name_is_the_root)
{
    ck_assert_ptr_null(name("")->parent);
    ck_assert_ptr_eq(name("  "), name(""));
    ck_assert_uint_eq(name("")->depth, 0);
}
END_TEST

START_TEST(what_is_no_name_is_refused)
{
    static const char *const texts[] = {
        "EX03",   "CN",     "CN=",        "=EX03",           "CN=a,",   ",CN=a",   "CN=a,,DC=b",
        "CN=a\\", "CN=\"a", "C N=a,DC=b", "/o=Contoso/cn=a", "<GUID=1", "CN=\"\"",
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        ck_assert_msg(dn_intern(names.table, texts[i], strlen(texts[i]), &error) == NULL, "%s",
                      texts[i]);
        ck_assert(g_error_matches(error, FAULT, FAULT_SYNTAX));
        ck_assert_ptr_null(dn_find(names.table, texts[i], strlen(texts[i])));
    }
}
END_TEST

static Dn *deep_name(guint depth)
{
    g_autoptr(GString) text = g_string_new("DC=x");

    for (guint i = 1; i < depth; i++)
        g_string_append(text, ",DC=x");
    return dn_intern(names.table, text->str, text->len, NULL);
}

START_TEST(depth_and_length_are_limited)
{
    g_autofree char *value = g_strnfill(DN_MAX_LENGTH, 'a');
    g_autofree char *text = g_strconcat("CN=", value, NULL);

    ck_assert_uint_eq(deep_name(DN_MAX_DEPTH)->depth, DN_MAX_DEPTH);
    ck_assert_ptr_null(deep_name(DN_MAX_DEPTH + 1));
    ck_assert_ptr_null(dn_intern(names.table, text, strlen(text), NULL));
    ck_assert_ptr_nonnull(dn_intern(names.table, text, DN_MAX_LENGTH, NULL));
}
END_TEST

START_TEST(finding_does_not_intern)
{
    static const char text[] = "CN=b,CN=a,DC=test";

    ck_assert_ptr_null(dn_find(names.table, text, strlen(text)));
    name("CN=a,DC=test");
    ck_assert_ptr_null(dn_find(names.table, text, strlen(text)));
    ck_assert_ptr_eq(dn_find(names.table, "cn=B , cn=A,dc=TEST", 19), NULL);
    name(text);
    ck_assert_ptr_eq(dn_find(names.table, "cn=B , cn=A,dc=TEST", 19), name(text));
    ck_assert_ptr_eq(dn_find(names.table, "<GUID=1>;cn=\\41,dc=test", 23), name("CN=a,DC=test"));
}
END_TEST

START_TEST(children_and_ancestors)
{
    Dn *parent = name("CN=Servers,DC=test");
    Dn *child = dn_child(names.table, parent, "cn", "a, b");

    ck_assert_ptr_eq(child, name("CN=a\\, b,CN=Servers,DC=test"));
    ck_assert(dn_is_below(child, parent) && dn_is_below(parent, parent));
    ck_assert(!dn_is_below(parent, child));
    ck_assert(!dn_is_below(name("CN=Servers2,DC=test"), parent));
    ck_assert_ptr_eq(dn_at_depth(child, 1), name("DC=test"));
    ck_assert_ptr_null(dn_at_depth(parent, 3));
}
END_TEST

START_TEST(the_spelling_does_not_depend_on_the_order_of_reading)
{
    Dn *referred = name("CN=munich,DC=test");
    Dn *read = name("CN=seattle,DC=test");

    name("CN=MUNICH,DC=test");
    name("CN=Munich,DC=test");
    ck_assert_str_eq(referred->value, "MUNICH");
    dn_intern_record(names.table, "CN=Seattle,DC=test", 18, NULL);
    name("CN=SEATTLE,DC=test");
    ck_assert_str_eq(read->value, "Seattle");
    dn_intern_record(names.table, "CN=SeaTTle,DC=test", 18, NULL);
    ck_assert_str_eq(read->value, "SeaTTle");
    dn_intern_record(names.table, "CN=Seattle,DC=test", 18, NULL);
    ck_assert_str_eq(read->value, "SeaTTle");
}
END_TEST

#define TOMBSTONES "CN=Deleted Objects,CN=Configuration,DC=test"

START_TEST(mangled_names_are_recognised)
{
    Dn *copy = name("CN=EX03\\0ACNF:1234,CN=Servers,DC=test");
    Dn *tombstone = name("CN=EX03\\0ADEL:1234," TOMBSTONES);
    g_autofree char *plain = dn_plain_name(copy);
    g_autofree char *whole = dn_plain_name(name("CN=Servers,DC=test"));

    ck_assert_int_eq(dn_mangling(copy), MANGLED_CONFLICT);
    ck_assert_int_eq(dn_mangling(tombstone), MANGLED_DELETED);
    ck_assert_int_eq(dn_mangling(copy->parent), MANGLED_NOT);
    ck_assert_str_eq(plain, "EX03");
    ck_assert_str_eq(whole, "Servers");
    ck_assert_int_eq(dn_mangling(name("CN=CNF:1234,DC=test")), MANGLED_NOT);
}
END_TEST

START_TEST(what_lies_below_a_mangled_name_is_mangled)
{
    ck_assert_int_eq(dn_mangling(name("CN=1,CN=EX03\\0ACNF:1,DC=test")), MANGLED_CONFLICT);
    ck_assert_int_eq(dn_mangling(name("CN=1\\0ACNF:2,CN=EX03\\0ADEL:1,DC=test")), MANGLED_DELETED);
    ck_assert_int_eq(dn_mangling(name("CN=EX03," TOMBSTONES)), MANGLED_DELETED);
    ck_assert_int_eq(dn_mangling(name(TOMBSTONES)), MANGLED_NOT);
    ck_assert_int_eq(dn_mangling(name("CN=a,CN=Deleted Objects,CN=Groups,DC=test")), MANGLED_NOT);
}
END_TEST

START_TEST(parents_come_before_children_and_siblings_by_name)
{
    static const char *const ordered[] = {
        "DC=test",      "CN=a,DC=test", "CN=z,CN=a,DC=test", "CN=B,DC=test",
        "CN=c,DC=test", "OU=c,DC=test", "CN=a,OU=c,DC=test",
    };

    for (guint i = 0; i < G_N_ELEMENTS(ordered); i++) {
        for (guint j = 0; j < G_N_ELEMENTS(ordered); j++) {
            int order = dn_compare(name(ordered[i]), name(ordered[j]));

            ck_assert_int_eq(order < 0, i < j);
            ck_assert_int_eq(order == 0, i == j);
        }
    }
}
END_TEST

START_TEST(names_with_a_nul_are_ordered_too)
{
    ck_assert_int_lt(dn_compare(name("CN=a\\00b,DC=x"), name("CN=a\\00c,DC=x")), 0);
    ck_assert_int_lt(dn_compare(name("CN=a,DC=x"), name("CN=a\\00,DC=x")), 0);
}
END_TEST

START_TEST(many_names_stay_apart)
{
    enum { MANY = 20000 };

    for (int i = 0; i < MANY; i++) {
        g_autofree char *text = g_strdup_printf("CN=EX%d,CN=Servers,DC=test", i);
        g_autofree char *value = g_strdup_printf("EX%d", i);

        ck_assert_str_eq(name(text)->value, value);
        ck_assert_ptr_eq(name(text)->parent, name("CN=Servers,DC=test"));
    }
}
END_TEST

/* Nothing in front of the value is looked at, and nothing behind it. */
START_TEST(a_value_may_be_empty)
{
    g_autofree char *nothing = g_strdup("");
    Dn *parent = name("DC=test");
    Dn *child = dn_child(names.table, parent, "CN", nothing);

    ck_assert_str_eq(child->value, "");
    ck_assert_uint_eq(child->length, 0);
    ck_assert_ptr_eq(dn_child(names.table, parent, "CN", nothing), child);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("dn");
    TCase *tests = tcase_create("dn");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, spellings_of_a_name_are_one_name);
    tcase_add_test(tests, text_is_escaped_again);
    tcase_add_test(tests, the_empty_name_is_the_root);
    tcase_add_test(tests, what_is_no_name_is_refused);
    tcase_add_test(tests, depth_and_length_are_limited);
    tcase_add_test(tests, finding_does_not_intern);
    tcase_add_test(tests, children_and_ancestors);
    tcase_add_test(tests, the_spelling_does_not_depend_on_the_order_of_reading);
    tcase_add_test(tests, mangled_names_are_recognised);
    tcase_add_test(tests, what_lies_below_a_mangled_name_is_mangled);
    tcase_add_test(tests, parents_come_before_children_and_siblings_by_name);
    tcase_add_test(tests, names_with_a_nul_are_ordered_too);
    tcase_add_test(tests, many_names_stay_apart);
    tcase_add_test(tests, a_value_may_be_empty);
    suite_add_tcase(suite, tests);
    return suite;
}
