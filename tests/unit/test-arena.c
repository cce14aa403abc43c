/* base/arena.h: alignment, zeroing, large requests, and reuse after a reset. */
#include "base/arena.h"

#include "unit.h"

#include <stdint.h>
#include <string.h>

START_TEST(allocations_are_zeroed_and_aligned)
{
    g_autoptr(Arena) arena = arena_new();

    for (size_t size = 1; size < 200; size++) {
        unsigned char *bytes = arena_alloc(arena, size);

        ck_assert_uint_eq((uintptr_t)bytes % 8, 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(bytes[i], 0);
        memset(bytes, 0xff, size);
        arena_text(arena, 1);
    }
}
END_TEST

START_TEST(text_is_copied_and_terminated)
{
    g_autoptr(Arena) arena = arena_new();
    char source[] = "FYDIBOHF23SPDLT";
    const char *copy = arena_strndup(arena, source, 8);

    source[0] = '\0';
    ck_assert_str_eq(copy, "FYDIBOHF");
    ck_assert_str_eq(arena_strndup(arena, source, 0), "");
}
END_TEST

START_TEST(a_large_request_leaves_earlier_ones_alone)
{
    enum { LARGE = 3 << 20 };
    g_autoptr(Arena) arena = arena_new();
    const char *before = arena_strndup(arena, "before", 6);
    char *large = arena_alloc(arena, LARGE);
    const char *after = arena_strndup(arena, "after", 5);

    memset(large, 'x', LARGE);
    ck_assert_str_eq(before, "before");
    ck_assert_str_eq(after, "after");
    ck_assert_uint_ge(arena_size(arena), LARGE);
}
END_TEST

START_TEST(a_large_request_may_come_first)
{
    enum { LARGE = 1 << 20 };
    g_autoptr(Arena) arena = arena_new();
    char *large = arena_alloc(arena, LARGE);

    ck_assert_int_eq(large[LARGE - 1], 0);
    ck_assert_str_eq(arena_strndup(arena, "next", 4), "next");
}
END_TEST

START_TEST(a_reset_arena_is_used_again)
{
    g_autoptr(Arena) arena = arena_new();
    size_t once;

    for (int i = 0; i < 1000; i++)
        arena_alloc(arena, 100);
    arena_reset(arena);
    once = arena_size(arena);
    for (int round = 0; round < 50; round++) {
        const unsigned char *bytes = arena_alloc(arena, 100);

        ck_assert_uint_eq(bytes[0], 0);
        arena_reset(arena);
    }
    ck_assert_uint_eq(arena_size(arena), once);
}
END_TEST

START_TEST(no_arena_can_be_freed)
{
    arena_free(NULL);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");

    tcase_add_test(tests, allocations_are_zeroed_and_aligned);
    tcase_add_test(tests, text_is_copied_and_terminated);
    tcase_add_test(tests, a_large_request_leaves_earlier_ones_alone);
    tcase_add_test(tests, a_large_request_may_come_first);
    tcase_add_test(tests, a_reset_arena_is_used_again);
    tcase_add_test(tests, no_arena_can_be_freed);
    suite_add_tcase(suite, tests);
    return suite;
}
