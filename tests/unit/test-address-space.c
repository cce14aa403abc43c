/* routing/address-space.h: which address is in which space, and which space is the closer one. */
#include "routing/address-space.h"

#include "base/fault.h"
#include "unit.h"

#include <string.h>

static bool covers(const char *type, const char *pattern, const char *text, guint *specificity)
{
    AddressSpace space = {.type = type, .pattern = pattern};
    g_autoptr(Address) address = address_parse(text, NULL);

    ck_assert_ptr_nonnull(address);
    return address_space_covers(&space, address, specificity);
}

static const struct {
    const char *type;
    const char *pattern;
    const char *address;
    bool covered;
} matches[] = {
    {"SMTP", "*", "smtp:a@contoso.com", true},
    {"SMTP", "contoso.com", "smtp:a@contoso.com", true},
    {"SMTP", "contoso.com", "SMTP:a@CONTOSO.COM", true},
    {"SMTP", "contoso.com", "smtp:a@contoso.com.", true},
    {"SMTP", "@contoso.com", "smtp:a@contoso.com", true},
    {"SMTP", "contoso.com", "smtp:a@eu.contoso.com", false},
    {"SMTP", "contoso.com", "smtp:a@xcontoso.com", false},
    {"SMTP", "*.contoso.com", "smtp:a@contoso.com", true},
    {"SMTP", "*.contoso.com", "smtp:a@eu.contoso.com", true},
    {"SMTP", "*.contoso.com", "smtp:a@a.eu.contoso.com", true},
    {"SMTP", "*.contoso.com", "smtp:a@xcontoso.com", false},
    {"SMTP", "*.", "smtp:a@contoso.com", false},
    {"SMTP", "", "smtp:a@contoso.com", false},
    {"SMTP", "*", "x400:c=US", false},
    {"SMTP", "b.example", "smtp:\"a@x\"@b.example", true},
    {"X400", "*", "x400:c=US;a= ;p=Contoso", true},
    {"X400", "c=US;a= ;p=Contoso", "x400:c=US;a= ;p=Contoso;o=Sales;s=Smith", true},
    {"X400", "c=US;a= ;p=Contoso", "x400:C=us;P=CONTOSO", true},
    {"X400", "c=US;a= ;p=Contoso", "x400:c=US;a=MCI;p=Contoso", false},
    {"X400", "c=US;a=*;p=Contoso", "x400:c=US;a=MCI;p=Contoso", true},
    {"X400", "c=US;a= ;p=Contoso", "x400:/c=US/a= /p=Fabrikam/", false},
    {"X400", "c=US;p=Contoso;o=Sales", "x400:c=US;p=Contoso", false},
    {"NOTES", "*", "notes:CN=A/O=B", true},
    {"NOTES", "*/O=B", "notes:CN=A/o=b", true},
    {"NOTES", "*/O=C", "notes:CN=A/O=B", false},
    {"FAX", "+49?????", "fax:+4912345", true},
    {"FAX", "+49?????", "fax:+491234", false},
    {"MS", "a*b*c", "ms:aXbXbXc", true},
    {"MS", "a*b*c", "ms:aXbX", false},
};

START_TEST(space_covers_address)
{
    guint specificity;

    ck_assert_msg(covers(matches[_i].type, matches[_i].pattern, matches[_i].address,
                         &specificity) == matches[_i].covered,
                  "%s:%s and %s", matches[_i].type, matches[_i].pattern, matches[_i].address);
}
END_TEST

static const struct {
    const char *type;
    const char *wide;
    const char *close;
    const char *address;
} orders[] = {
    {"SMTP", "*", "*.com", "smtp:a@eu.contoso.com"},
    {"SMTP", "*.com", "*.contoso.com", "smtp:a@eu.contoso.com"},
    {"SMTP", "*.contoso.com", "*.eu.contoso.com", "smtp:a@eu.contoso.com"},
    {"SMTP", "*.contoso.com", "contoso.com", "smtp:a@contoso.com"},
    {"X400", "*", "c=US", "x400:c=US;p=Contoso"},
    {"X400", "c=US;p=*", "c=US;p=Contoso", "x400:c=US;p=Contoso"},
    {"NOTES", "*", "*/O=B", "notes:CN=A/O=B"},
    {"NOTES", "*/O=B", "CN=A/O=B", "notes:CN=A/O=B"},
};

START_TEST(closer_space_is_more_specific)
{
    guint wide = 0;
    guint close = 0;

    ck_assert(covers(orders[_i].type, orders[_i].wide, orders[_i].address, &wide));
    ck_assert(covers(orders[_i].type, orders[_i].close, orders[_i].address, &close));
    ck_assert_uint_lt(wide, close);
}
END_TEST

/* A pattern that makes a matcher with recursion try every way of dividing the text. */
START_TEST(hostile_wildcards_take_no_time)
{
    g_autofree char *pattern = NULL;
    g_autofree char *address = NULL;
    GString *stars = g_string_new(NULL);
    guint specificity;

    for (int i = 0; i < 200; i++)
        g_string_append(stars, "a*");
    g_string_append_c(stars, 'b');
    pattern = g_string_free(stars, FALSE);
    address = g_strnfill(4000, 'a');
    memcpy(address, "MS:", 3);
    ck_assert(!covers("MS", pattern, address, &specificity));
}
END_TEST

static const char *const no_addresses[] = {"", "a", "a@b", "smtp:", "smtp:a", "smtp:a@", ":a@b"};

START_TEST(what_is_no_address_is_refused)
{
    g_autoptr(GError) error = NULL;

    ck_assert_ptr_null(address_parse(no_addresses[_i], &error));
    ck_assert(g_error_matches(error, FAULT, FAULT_USAGE));
}
END_TEST

START_TEST(missing_costs_are_one)
{
    AddressSpace none = {.type = "SMTP", .pattern = "*"};
    AddressSpace zero = {.type = "SMTP", .pattern = "*", .cost = {true, 0}};
    AddressSpace ten = {.type = "SMTP", .pattern = "*", .cost = {true, 10}};

    ck_assert_int_eq(address_space_cost(&none), 1);
    ck_assert_int_eq(address_space_cost(&zero), 1);
    ck_assert_int_eq(address_space_cost(&ten), 10);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("address-space");
    TCase *tests = tcase_create("address-space");

    tcase_add_loop_test(tests, space_covers_address, 0, G_N_ELEMENTS(matches));
    tcase_add_loop_test(tests, closer_space_is_more_specific, 0, G_N_ELEMENTS(orders));
    tcase_add_test(tests, hostile_wildcards_take_no_time);
    tcase_add_loop_test(tests, what_is_no_address_is_refused, 0, G_N_ELEMENTS(no_addresses));
    tcase_add_test(tests, missing_costs_are_one);
    suite_add_tcase(suite, tests);
    return suite;
}
