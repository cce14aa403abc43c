/* rules/bindings.h: when two values of receive connectors mean the same, however they are spelt. */
#include "rules/bindings.h"

#include "unit.h"

#include <string.h>

static Value value_of(const char *text)
{
    return (Value){.of.bytes = text, .length = (uint32_t)strlen(text)};
}

static const struct {
    const char *left;
    const char *right;
    BindingOverlap overlap;
} pairs[] = {
    {"10.0.0.1:25", "10.0.0.1:25", OVERLAP_SAME},
    {"10.0.0.1:25", "10.0.0.1:587", OVERLAP_NONE},
    {"10.0.0.1:25", "10.0.0.2:25", OVERLAP_NONE},
    {"10.0.0.1:25", "0.0.0.0:25", OVERLAP_WILDCARD},
    {"0.0.0.0:25", "10.0.0.1:25", OVERLAP_WILDCARD},
    {"0.0.0.0:25", "0.0.0.0:25", OVERLAP_SAME},
    {"[fd00::1]:25", "[fd00::1]:25", OVERLAP_SAME},
    {"[fd00::1]:25", "fd00:0::1:25", OVERLAP_SAME},
    {"[fd00::1]:25", "[::]:25", OVERLAP_WILDCARD},
    {"[fd00::1]:25", "[fd00::2]:25", OVERLAP_NONE},
    {"[100::]:25", "[fd00::1]:25", OVERLAP_NONE},
    {"[::]:25", "0.0.0.0:25", OVERLAP_NONE},
    {"10.0.0.1:25", "[::]:25", OVERLAP_NONE},
    {"[fd00::1]:25", "0.0.0.0:25", OVERLAP_NONE},
    {"[::ffff:10.0.0.1]:25", "10.0.0.1:25", OVERLAP_SAME},
    {"[::ffff:0.0.0.0]:25", "10.0.0.1:25", OVERLAP_WILDCARD},
};

START_TEST(bindings_overlap_by_what_they_mean)
{
    Value left = value_of(pairs[_i].left);
    Value right = value_of(pairs[_i].right);
    Binding a;
    Binding b;

    ck_assert(binding_parse(&left, &a));
    ck_assert(binding_parse(&right, &b));
    ck_assert_int_eq(binding_overlap(&a, &b), pairs[_i].overlap);
}
END_TEST

static const char *const no_bindings[] = {
    "",        "25",          "10.0.0.1",    "10.0.0.1:",  "10.0.0.1:x",  "10.0.0.1:65536",
    "host:25", "[fd00::1:25", "fd00::1]:25", "10.0.0.:25", "10.0.0.1:-1", ":25",
};

START_TEST(other_text_is_no_binding)
{
    Value value = value_of(no_bindings[_i]);
    Binding binding;

    ck_assert(!binding_parse(&value, &binding));
}
END_TEST

START_TEST(ports_are_numbers_up_to_65535)
{
    Value value = value_of("0.0.0.0:65535");
    Binding binding;

    ck_assert(binding_parse(&value, &binding));
    ck_assert_uint_eq(binding.port, 65535);
}
END_TEST

/* One range in two spellings. */
static const char *const equal_ranges[][2] = {
    {"10.0.0.1", "10.0.0.1-10.0.0.1"},
    {"10.0.0.1", "10.0.0.1/32"},
    {"10.1.2.3/8", "10.0.0.0-10.255.255.255"},
    {"10.1.2.3/21", "10.1.0.0-10.1.7.255"},
    {"10.1.2.3/0", "0.0.0.0-255.255.255.255"},
    {"::ffff:10.0.0.1", "10.0.0.1"},
    {"fd00::1", "fd00::1/128"},
    {"fd00::1", "fd00:0::1-fd00::0:1"},
    {"fd12:3456::1/4", "f000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"fd12:3456::1/20", "fd12:3000::-fd12:3fff:ffff:ffff:ffff:ffff:ffff:ffff"},
    {"::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

START_TEST(ranges_are_equal_by_their_ends)
{
    Value left = value_of(equal_ranges[_i][0]);
    Value right = value_of(equal_ranges[_i][1]);
    AddressRange a;
    AddressRange b;

    ck_assert(address_range_parse(&left, &a));
    ck_assert(address_range_parse(&right, &b));
    ck_assert(address_range_equal(&a, &b));
}
END_TEST

START_TEST(ranges_with_one_end_in_common_differ)
{
    Value left = value_of("10.0.0.0/24");
    Value right = value_of(_i == 0 ? "10.0.0.0/25" : "10.0.0.1-10.0.0.255");
    AddressRange a;
    AddressRange b;

    ck_assert(address_range_parse(&left, &a));
    ck_assert(address_range_parse(&right, &b));
    ck_assert(!address_range_equal(&a, &b));
}
END_TEST

static const char *const no_ranges[] = {
    "",          "anyone",    "10.0.0.1/33", "10.0.0.1/",   "10.0.0.1/x",
    "10.0.0.1-", "-10.0.0.1", "10.0.0.1-x",  "fd00::1/129", "10.0.0.1/-1",
};

START_TEST(other_text_is_no_range)
{
    Value value = value_of(no_ranges[_i]);
    AddressRange range;

    ck_assert(!address_range_parse(&value, &range));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-bindings");
    TCase *tests = tcase_create("bindings");

    tcase_add_loop_test(tests, bindings_overlap_by_what_they_mean, 0, G_N_ELEMENTS(pairs));
    tcase_add_loop_test(tests, other_text_is_no_binding, 0, G_N_ELEMENTS(no_bindings));
    tcase_add_test(tests, ports_are_numbers_up_to_65535);
    tcase_add_loop_test(tests, ranges_are_equal_by_their_ends, 0, G_N_ELEMENTS(equal_ranges));
    tcase_add_loop_test(tests, ranges_with_one_end_in_common_differ, 0, 2);
    tcase_add_loop_test(tests, other_text_is_no_range, 0, G_N_ELEMENTS(no_ranges));
    suite_add_tcase(suite, tests);
    return suite;
}
