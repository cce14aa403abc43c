/* source/input.h: what a file is wrapped in, UTF-16 and gzip, comes off, and all of the text is
 * read or none. */
#include "scratch.h"
#include "source/source.h"

#include "unit.h"

#include <string.h>
#include <zlib.h>

static char *read_and_print(const char *bytes, size_t length)
{
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GError) error = NULL;
    char *path = scratch_file(bytes, length);
    bool read = file_source_read(directory, path, NULL, NULL, &error);

    scratch_free(path);
    return read ? directory_print(directory) : g_strdup(error->message);
}

static const char encoded[] = "\xef\xbb\xbf"
                              "dn: CN=\xc3\xa4\xf0\x9f\x93\xa7,DC=t\r\ncn: \xc3\xa4"
                              "\xf0\x9f\x93\xa7\r\n";
static const char decoded[] = "CN=\xc3\xa4\xf0\x9f\x93\xa7,DC=t @1\n  cn: \xc3\xa4\xf0\x9f\x93\xa7"
                              " @2\n";

START_TEST(utf16_reads_as_utf8)
{
    static const char *const charsets[] = {"UTF-16LE", "UTF-16BE"};
    gsize length;
    g_autofree char *wide = g_convert(encoded, -1, charsets[_i], "UTF-8", NULL, &length, NULL);
    g_autofree char *printed = read_and_print(wide, length);

    ck_assert_str_eq(printed, decoded);
}
END_TEST

START_TEST(half_a_surrogate_pair_is_replaced)
{
    static const char wide[] = "\xff\xfe"
                               "d\0n\0:\0C\0N\0=\0\x01\xd8,\0D\0C\0=\0t\0\n\0";
    g_autofree char *printed = read_and_print(wide, sizeof wide - 1);

    ck_assert_str_eq(printed, "CN=\xef\xbf\xbd,DC=t @1\n");
}
END_TEST

static size_t gzip_text(const char *text, size_t length, char *packed, size_t room)
{
    z_stream stream = {0};

    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = (z_const Bytef *)text;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

START_TEST(gzip_is_unpacked_whole_or_not_at_all)
{
    char packed[512];
    size_t length = gzip_text(encoded, strlen(encoded), packed, sizeof packed);
    g_autofree char *whole = read_and_print(packed, length);
    g_autofree char *cut = read_and_print(packed, length - 9);

    ck_assert_str_eq(whole, decoded);
    ck_assert_ptr_nonnull(strstr(cut, "damaged or cut short"));
}
END_TEST

START_TEST(gzip_of_several_members_is_one_text)
{
    char packed[512];
    size_t first = gzip_text("dn: CN=a,DC=t\n\n", 15, packed, sizeof packed);
    size_t second = gzip_text("dn: CN=b,DC=t\n", 14, packed + first, sizeof packed - first);
    g_autofree char *printed = read_and_print(packed, first + second);

    ck_assert_str_eq(printed, "CN=a,DC=t @1\nCN=b,DC=t @3\n");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("input");
    TCase *tests = tcase_create("input");

    tcase_add_loop_test(tests, utf16_reads_as_utf8, 0, 2);
    tcase_add_test(tests, half_a_surrogate_pair_is_replaced);
    tcase_add_test(tests, gzip_is_unpacked_whole_or_not_at_all);
    tcase_add_test(tests, gzip_of_several_members_is_one_text);
    suite_add_tcase(suite, tests);
    return suite;
}
