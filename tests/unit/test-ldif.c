/* source/source.h: LDIF as exports have it, as it should not be, and what is no LDIF at all. */
#include "base/fault.h"
#include "scratch.h"
#include "source/change.h"
#include "source/source.h"

#include "unit.h"

#include <string.h>

/* --- what is read ------------------------------------------------------------------------- */

typedef struct Sample {
    const char *input;
    const char *wanted; /* as directory_print() */
} Sample;

static const Sample samples[] = {
    /* plain, version, several records, no final newline */
    {"version: 1\ndn: CN=a,DC=t\ncn: a\n\ndn: CN=b,DC=t\ncn: b",
     "CN=a,DC=t @2\n  cn: a @3\nCN=b,DC=t @5\n  cn: b @6\n"
     "! warning 0: the last line has no end: the file may have been cut off, and nothing is called "
     "missing on its word\n"},
    /* no final newline in a name: it is whole if it stands where others do */
    {"dn: CN=a,DC=t\ncn: a\n\ndn: CN=b,DC=t",
     "CN=a,DC=t @1\n  cn: a @2\nCN=b,DC=t @4\n"
     "! warning 0: the last line has no end: the file may have been cut off, and nothing is called "
     "missing on its word\n"},
    {"dn: CN=a,DC=test\ncn: a\n\ndn: CN=b,DC=te",
     "CN=b,DC=te @4\nCN=a,DC=test @1\n  cn: a @2\n"
     "! warning 0: the last line has no end: the file may have been cut off, and nothing is called "
     "missing on its word\npartial\n"},
    {"dn: CN=b,DC=te",
     "CN=b,DC=te @1\n"
     "! warning 0: the last line has no end: the file may have been cut off, and nothing is called "
     "missing on its word\n"},
    /* a listing of ldapsearch that lacks its end */
    {"# extended LDIF\n#\n# LDAPv3\n\ndn: CN=a,DC=t\ncn: a\n\n",
     "CN=a,DC=t @5\n  cn: a @6\n"
     "! warning 0: ldapsearch's count at the end of the listing is not there: the file may have "
     "been cut off, and nothing is called missing on its word\n"},
    /* CRLF and LF mixed, several empty lines, a name only */
    {"\r\n\ndn: CN=a,DC=t\r\ncn: a\n\r\n\n\ndn: CN=b,DC=t\r\n",
     "CN=a,DC=t @3\n  cn: a @4\nCN=b,DC=t @8\n"},
    /* UTF-8 byte order mark */
    {"\xef\xbb\xbf"
     "dn: CN=a,DC=t\n",
     "CN=a,DC=t @1\n"},
    /* folding anywhere: in the value, the attribute's name, behind the colon, in a comment */
    {"# a comment\n  that goes on\ndn: CN=a,\n DC=t\nserial\n Number: one\ncn:\n  a\n",
     "CN=a,DC=t @3\n  cn: a @7\n  serialNumber: one @5\n"},
    {"dn: CN=a,DC=t\r\nserialNumber: on\r\n e\r\n", "CN=a,DC=t @1\n  serialNumber: one @2\n"},
    /* comments between the lines of a record */
    {"dn: CN=a,DC=t\n#cn: x\n y\ncn: a\n", "CN=a,DC=t @1\n  cn: a @4\n"},
    /* base64 of name and value, folded, its padding apart, blanks behind it, empty */
    {"dn:: Q049YSxEQz10\ncn:: Y\n Q=\n =\nserialNumber:: b25l  \ndescription::\n",
     "CN=a,DC=t @1\n  cn: a @2\n  serialNumber: one @5\n"},
    /* blanks: before a value they do not count, behind it they do */
    {"dn:CN=a,DC=t\ncn:   a b \n", "CN=a,DC=t @1\n  cn: a b  @2\n"},
    /* letter case of attribute names; attributes nobody knows; raw UTF-8 */
    {"DN: CN=\xc3\xa4,DC=t\nCN: \xc3\xa4\nSERIALNUMBER: one\nwhatEver: x\n",
     "CN=\xc3\xa4,DC=t @1\n  cn: \xc3\xa4 @2\n  serialNumber: one @3\n"},
    /* the class, whatever the order of its names */
    {"dn: CN=a,DC=t\nobjectClass: msExchExchangeServer\nobjectClass: top\n",
     "CN=a,DC=t @1\n  class: msExchExchangeServer\n"},
    /* as ldifde writes it */
    {"dn: CN=a,DC=t\r\nchangetype: add\r\ncn: a\r\n\r\n", "CN=a,DC=t @1\n  cn: a @3\n"},
    {"dn: CN=a,DC=t\ncontrol: 1.2.3 true: x\nchangetype: add \ncn: a\n",
     "CN=a,DC=t @1\n  cn: a @4\n"},
    /* options */
    {"dn: CN=a,DC=t\ncn;lang-de: a\nserialNumber;binary:: b25l\n",
     "CN=a,DC=t @1\n  cn: a @2\n  serialNumber: one @3\n"},
    /* an empty value is one */
    {"dn: CN=a,DC=t\nserialNumber:\n", "CN=a,DC=t @1\n  serialNumber:  @2\n"},
    /* what ldapsearch and ldbsearch write besides entries */
    {"# extended LDIF\n\n# record 1\ndn: CN=a,DC=t\ncn: a\n\n# refldap://x\n\n# Referral\n"
     "ref: ldap:///CN=Schema,DC=t\n\n# search result\nsearch: 2\nresult: 0 Success\n"
     "text: any\n thing\nno colon at all\n\n# numEntries: 1\n",
     "CN=a,DC=t @4\n  cn: a @5\n"},
    {"dn: CN=a,DC=t\n\nsearch: 2\nresult: 4 Size limit exceeded\n",
     "CN=a,DC=t @1\n! error 4: the search that made this listing ended with result 4 Size limit "
     "exceeded\npartial\n"},
    {"dn:\nnamingContexts: DC=t\n\ndn: @ROOTDSE\ndn: x\n\ndn: CN=a,DC=t\n",
     "CN=a,DC=t @7\n! note 1: the rootDSE, a record without a name, was left out\n"
     "! note 4: a record of ldb's own, not of the directory, was left out\n"},
    /* a URL is never opened; it matters when its attribute does */
    {"dn: CN=a,DC=t\njpegPhoto:< file:///etc/passwd\n",
     "CN=a,DC=t @1\n! note 2: a value that is a URL is not looked at\n"},
    {"dn: CN=a,DC=t\ncn: a\nserialNumber:< file:///etc/passwd\n",
     "CN=a,DC=t @1\n  cn: a @2\n"
     "! error 3: a value is left out: it is a URL, which is never opened\npartial\n"},
    /* broken records cost themselves only */
    {"dn: CN=a,DC=t\ncn: a\nno colon\n\ndn: CN=b,DC=t\n",
     "CN=b,DC=t @5\n"
     "! error 3: the record of CN=a,DC=t was skipped: the line has no colon\npartial\n"},
    {"dn: CN=a,DC=t\nphoto:: AA*=\n\ndn: CN=b,DC=t\n\ndn: CN=c,DC=t\ncn:: AAA\n",
     "CN=b,DC=t @4\n"
     "! error 2: the record of CN=a,DC=t was skipped: its base64 is malformed\n"
     "! error 7: the record of CN=c,DC=t was skipped: its base64 is malformed\npartial\n"},
    {"dn: CN=b,DC=t\n\n continued\n\ncn: a\ndn: CN=a,DC=t\n\n: x\n",
     "CN=b,DC=t @1\n"
     "! error 3: record skipped: a continuation line stands where a record should begin\n"
     "! error 5: record skipped: it does not begin with a dn line\n"
     "! error 8: record skipped: the line begins with a colon\npartial\n"},
    {"dn: CN=b,DC=t\n\ndn: CN=a,DC=t\ncn: a\ndn: CN=c,DC=t\n\ndn: CN=d,DC=t\nb d: x\n\n"
     "dn: CN=e,DC=t\n-\n\ndn:\n\nversion: 1\ndn: CN=f,DC=t\n",
     "CN=b,DC=t @1\n"
     "! error 5: the record of CN=a,DC=t was skipped: a dn, changetype or control line stands "
     "among the attributes\n"
     "! error 8: the record of CN=d,DC=t was skipped: the line begins with no attribute name\n"
     "! error 11: the record of CN=e,DC=t was skipped: a \"-\" stands outside a modify record\n"
     "! error 14: record skipped: its dn line holds no name\n"
     "! error 15: record skipped: it does not begin with a dn line\npartial\n"},
    {"dn: CN=b,DC=t\n\ndn: CN=a,DC=t\nchangetype: add\n\ndn: CN=a,DC=t\nchangetype: burn\n\n"
     "dn: CN=a,DC=t\ncontrol: x\nchangetype: add\ncn: a\n\ndn: CN=a,DC=t\ncontrol: 1.2\ncn: a\n",
     "CN=b,DC=t @1\n"
     "! error 5: the record of CN=a,DC=t was skipped: it adds an object without any attribute\n"
     "! error 7: the record of CN=a,DC=t was skipped: its changetype is none of add, delete, "
     "modify, modrdn and moddn\n"
     "! error 10: the record of CN=a,DC=t was skipped: a control line does not name a control\n"
     "! error 16: the record of CN=a,DC=t was skipped: a control stands before something that is "
     "no change\npartial\n"},
    /* change records are not content */
    {"dn: CN=a,DC=t\n\ndn: CN=a,DC=t\nchangetype: delete\n",
     "CN=a,DC=t @1\n! warning 3: 1 change records (delete, modify, rename) are not content and "
     "were left out; lay them over a directory with --apply\n"},
};

START_TEST(records_are_read_as_written)
{
    const Sample *sample = &samples[_i];
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *printed = NULL;
    char *path = scratch_file(sample->input, strlen(sample->input));
    bool read = file_source_read(directory, path, NULL, NULL, &error);

    scratch_free(path);
    ck_assert_msg(read, "%s", read ? "" : error->message);
    printed = directory_print(directory);
    ck_assert_str_eq(printed, sample->wanted);
}
END_TEST

/* --- ranges ------------------------------------------------------------------------------- */

#define MEMBER "msExchRoutingGroupMembersDN"

static const Sample ranges[] = {
    {MEMBER ":\n" MEMBER ";range=0-1: CN=b,DC=t\n" MEMBER ";range=0-1: CN=c,DC=t\n",
     MEMBER " (cut): CN=b,DC=t|" MEMBER " (cut): CN=c,DC=t|"},
    {MEMBER ";range=2-*: CN=d,DC=t\n" MEMBER ";range=0-1: CN=b,DC=t\n" MEMBER
            ";range=0-1: CN=c,DC=t\n",
     MEMBER ": CN=b,DC=t|" MEMBER ": CN=c,DC=t|" MEMBER ": CN=d,DC=t|"},
    {MEMBER ";RANGE=0-*: CN=b,DC=t\n", MEMBER ": CN=b,DC=t|"},
    {MEMBER ";range=1500-*: CN=b,DC=t\n", MEMBER " (cut): CN=b,DC=t|"},
    {MEMBER ";range=0-1: CN=b,DC=t\n" MEMBER ";range=3-*: CN=c,DC=t\n",
     MEMBER " (cut): CN=b,DC=t|" MEMBER " (cut): CN=c,DC=t|"},
};

START_TEST(ranges_are_united_or_said_to_be_cut)
{
    const Sample *sample = &ranges[_i];
    g_autoptr(Directory) directory = directory_new();
    g_autofree char *text = g_strconcat("dn: CN=a,DC=t\n", sample->input, NULL);
    g_autoptr(GString) values = g_string_new(NULL);
    char *path = scratch_file(text, strlen(text));
    const Entry *entry;

    ck_assert(file_source_read(directory, path, NULL, NULL, NULL));
    scratch_free(path);
    directory_seal(directory);
    entry = g_ptr_array_index(directory_entries(directory), 0);
    for (uint32_t i = 0; i < entry->count; i++) {
        AttributeId attribute = (AttributeId)entry->attributes[i];
        g_autofree char *value = value_text(&entry->values[i], attribute);

        g_string_append_printf(values, "%s%s: %s|", attribute_table[attribute].name,
                               entry->truncated == attribute ? " (cut)" : "", value);
    }
    ck_assert_str_eq(values->str, sample->wanted);
    ck_assert_int_eq(directory_source(directory, 0)->complete, strstr(values->str, "cut") == NULL);
}
END_TEST

/* --- what is refused ---------------------------------------------------------------------- */

typedef struct Refusal {
    const char *input;
    size_t length;
    const char *wanted; /* the message without the file's name */
} Refusal;

#define REFUSAL(input, wanted)           \
    {                                    \
        input, sizeof(input) - 1, wanted \
    }

static const Refusal refusals[] = {
    REFUSAL("", " holds no entries"),
    REFUSAL("# nothing\n\nversion: 1\n", " holds no entries"),
    REFUSAL("DN,objectClass,cn\n\"CN=a,DC=t\",top,a\n",
            " is not LDIF: line 1 looks like comma separated values; export with ldifde or "
            "ldapsearch"),
    REFUSAL("\n{\"dn\": \"CN=a\"}\n",
            " is not LDIF: line 2 looks like JSON; export with ldifde or ldapsearch"),
    REFUSAL("\xff\xd8\xff\xe0\0\x10JFIF",
            " is not LDIF: line 1 looks like a JPEG picture; export with ldifde or ldapsearch"),
    REFUSAL("\r\n<html><body>", " is not LDIF: line 2 looks like a web page; export with ldifde or "
                                "ldapsearch"),
    REFUSAL("AdFind V01.62.00cpp\n\ndn:CN=a,DC=t\n>cn: a\n",
            " is not LDIF: line 1 looks like AdFind output; export with ldifde or ldapsearch"),
    REFUSAL("dn:CN=a,DC=t\n>cn: a\n\n",
            " is not LDIF: line 1 looks like AdFind output; export with ldifde or ldapsearch"),
    REFUSAL("\0\1\2\3\n", " is not LDIF: line 1 looks like binary data; export with ldifde or "
                          "ldapsearch"),
    REFUSAL("d\0n\0:\0 \0C\0", " is not LDIF: line 1 looks like UTF-16 without a byte order mark; "
                               "export with ldifde or ldapsearch"),
    REFUSAL("dn: CN=a,DC=t\ncn:: ?\n",
            " holds no LDIF record that can be read (line 2: its base64 is malformed); export "
            "with ldifde or ldapsearch"),
    REFUSAL("version: 2\n\ndn: CN=a,DC=t\n", NULL),
    REFUSAL("dn: CN=a,DC=t\nchangetype: delete\n",
            " holds no entries, only change records; lay them over a directory with --apply"),
    REFUSAL("\x1f\x8b\x08\0\0\0\0\0\0\x03junk",
            " is packed with gzip but damaged or cut short; copy it again"),
};

START_TEST(what_is_no_ldif_is_one_clear_error)
{
    const Refusal *refusal = &refusals[_i];
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GError) error = NULL;
    char *path = scratch_file(refusal->input, refusal->length);
    bool read = file_source_read(directory, path, NULL, NULL, &error);

    if (refusal->wanted == NULL) {
        ck_assert(read);
        ck_assert(!directory_source(directory, 0)->complete);
    } else {
        ck_assert(!read);
        ck_assert(g_error_matches(error, FAULT, FAULT_SOURCE));
        ck_assert(g_str_has_prefix(error->message, path));
        ck_assert_str_eq(error->message + strlen(path), refusal->wanted);
    }
    scratch_free(path);
}
END_TEST

START_TEST(missing_files_and_directories_are_errors)
{
    static const char *const paths[] = {"/nonexistent/file.ldif", "/"};

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Directory) directory = directory_new();
        g_autoptr(GError) error = NULL;

        ck_assert(!file_source_read(directory, paths[i], NULL, NULL, &error));
        ck_assert(g_error_matches(error, FAULT, FAULT_SOURCE));
    }
}
END_TEST

/* --- limits ------------------------------------------------------------------------------- */

static const struct {
    FileLimits limits;
    const char *wanted; /* the message without the file's name; NULL: it is read */
} limit_samples[] = {
    {{.size = 30}, NULL},
    {{.size = 29}, " holds more than 29 bytes, which is the limit"},
    {{.value = 9}, NULL},
    {{.value = 8}, ": line 1: a value is longer than the limit"},
    {{.name = 9}, NULL},
    {{.name = 8}, ": line 1: a name is longer than the limit"},
    {{.entries = 2}, NULL},
    {{.entries = 1}, ": line 3: the file holds more entries than the limit"},
};

START_TEST(limits_are_errors_that_name_the_line)
{
    static const char text[] = "dn: CN=a,DC=t\n\ndn: CN=b,DC=t\n ";
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GError) error = NULL;
    char *path = scratch_file(text, sizeof text - 1);
    bool read = file_source_read(directory, path, &limit_samples[_i].limits, NULL, &error);

    if (limit_samples[_i].wanted == NULL) {
        ck_assert(read);
    } else {
        ck_assert(!read);
        ck_assert(g_error_matches(error, FAULT, FAULT_LIMIT));
        ck_assert_str_eq(error->message + strlen(path), limit_samples[_i].wanted);
    }
    scratch_free(path);
}
END_TEST

/* --- large files -------------------------------------------------------------------------- */

/* Many pieces are parsed at a time, and nothing of that shows: order, lines, diagnostics. */
START_TEST(pieces_come_together_in_order)
{
    enum { OBJECTS = 40000, EVERY = 1000, LINES = 6 };
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(Directory) directory = directory_new();
    const Diagnostics *diagnostics = directory_diagnostics(directory);
    const GPtrArray *entries;
    char *path;

    for (guint i = 0; i < OBJECTS; i++)
        g_string_append_printf(text,
                               "dn: CN=%06u,DC=t\n# %0100u\ncn: %06u\nserialNumber: a\n b%s\n\n", i,
                               i, i, i % EVERY == 0 ? "\nbroken" : "");
    path = scratch_file(text->str, text->len);
    ck_assert(file_source_read(directory, path, NULL, NULL, NULL));
    scratch_free(path);
    directory_seal(directory);
    entries = directory_entries(directory);
    ck_assert_uint_eq(entries->len, OBJECTS - OBJECTS / EVERY);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        guint number = (guint)g_ascii_strtoull(entry->dn->value, NULL, 10);

        ck_assert_uint_eq(entry->line, number * LINES + number / EVERY + 2);
        ck_assert_uint_eq(entry_value(entry, ATTR_serialNumber)->line, entry->line + 3);
    }
    ck_assert_uint_eq(diagnostics_count(diagnostics, DIAGNOSTIC_ERROR), OBJECTS / EVERY);
    ck_assert_uint_eq(diagnostics_get(diagnostics, 3)->origin.line, 3 * (EVERY * LINES + 1) + 6);
}
END_TEST

START_TEST(a_value_of_megabytes_is_a_value)
{
    enum { MEGABYTES = 3 << 20 };
    g_autofree char *zeros = g_strnfill(MEGABYTES, 'A');
    g_autofree char *text = g_strconcat("dn: CN=a,DC=t\nserialNumber:: ", zeros, "\ncn: a\n", NULL);
    g_autoptr(Directory) directory = directory_new();
    char *path = scratch_file(text, strlen(text));
    const Entry *entry;

    ck_assert(file_source_read(directory, path, NULL, NULL, NULL));
    scratch_free(path);
    directory_seal(directory);
    entry = g_ptr_array_index(directory_entries(directory), 0);
    ck_assert_uint_eq(entry_value(entry, ATTR_serialNumber)->length, MEGABYTES / 4 * 3);
    ck_assert_uint_eq(entry_value(entry, ATTR_cn)->line, 3);
}
END_TEST

/* --- change records ----------------------------------------------------------------------- */

static const struct {
    const char *input;
    const char *wanted; /* "kind dn" a change; or, after the file's name, the error */
} changes[] = {
    {"dn: CN=a,DC=t\ncn: a\n", "add CN=a,DC=t 1|"},
    {"dn: CN=a,DC=t\nchangetype: add\ncn: a\n\ndn: CN=a,DC=t\nchangetype: delete\n",
     "add CN=a,DC=t 1|delete CN=a,DC=t 0|"},
    {"dn: CN=a,DC=t\nchangetype: modify\nadd: cn\ncn: x\ncn: y\n-\ndelete: serialNumber\n-\n"
     "replace: whatEver\nwhatEver: 1\n",
     "modify CN=a,DC=t 3|"},
    {"dn: CN=a,DC=t\nchangetype: modify\n-\nincrement: whatEver\nwhatEver: 1\n",
     "modify CN=a,DC=t 1|"},
    {"dn: CN=a,DC=t\nchangetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 1\n", "rename CN=a,DC=t 0|"},
    {"dn: CN=a,DC=t\nchangetype: ModDN\nnewrdn: CN=b\ndeleteoldrdn: 0\nnewsuperior: DC=u\n",
     "rename CN=a,DC=t 0|"},
    {"# nothing\n", " holds no changes"},
    {"dn: CN=a,DC=t\nchangetype: delete\ncn: a\n",
     ": line 3: a delete record holds more than its name"},
    {"dn: CN=a,DC=t\nchangetype: modify\nadd: cn\n-\n", ": line 4: an add clause has no value"},
    {"dn: CN=a,DC=t\nchangetype: modify\nadd: cn\nsn: x\n-\n",
     ": line 4: a value stands under another attribute than its clause names"},
    {"dn: CN=a,DC=t\nchangetype: modify\nburn: cn\n-\n",
     ": line 3: a clause is none of add, delete and replace"},
    {"dn: CN=a,DC=t\nchangetype: modify\nreplace: cn\ncn:< file:///etc/passwd\n",
     ": line 4: a value is a URL, which is never opened"},
    {"dn: CN=a,DC=t\nchangetype: modrdn\ndeleteoldrdn: 1\n",
     ": line 3: a rename has no newrdn line with a relative name"},
    {"dn: CN=a,DC=t\nchangetype: modrdn\nnewrdn: b\ndeleteoldrdn: 1\n",
     ": line 4: a rename has no newrdn line with a relative name"},
    {"dn: CN=a,DC=t\nchangetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 2\n",
     ": line 5: a rename has no deleteoldrdn line with 0 or 1"},
    {"dn: CN=a,DC=t\nchangetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 1\ncn: x\n",
     ": line 5: a rename ends in something that is no newsuperior line"},
};

static void print_change(GString *out, const Change *change)
{
    static const char *const kinds[] = {"add", "delete", "modify", "rename"};

    g_string_append_printf(out, "%s %s %u|", kinds[change->kind], change->dn,
                           change->values->len + change->modifications->len);
}

START_TEST(change_records_are_kept_in_order)
{
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    g_autoptr(GString) printed = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    char *path = scratch_file(changes[_i].input, strlen(changes[_i].input));

    if (file_changes_read(directory, path, NULL, list, &error))
        for (guint i = 0; i < list->len; i++)
            print_change(printed, g_ptr_array_index(list, i));
    else
        g_string_append(printed, error->message + strlen(path));
    ck_assert_str_eq(printed->str, changes[_i].wanted);
    scratch_free(path);
}
END_TEST

START_TEST(changes_among_content_are_handed_over)
{
    static const char text[] = "dn: CN=a,DC=t\n\ndn: CN=a,DC=t\nchangetype: delete\n";
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    char *path = scratch_file(text, sizeof text - 1);
    const Change *change;

    ck_assert(file_source_read(directory, path, NULL, list, NULL));
    ck_assert_uint_eq(list->len, 1);
    change = g_ptr_array_index(list, 0);
    ck_assert_uint_eq(change->line, 3);
    ck_assert_uint_eq(directory_source(directory, 0)->entries, 1);
    scratch_free(path);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("ldif");
    TCase *tests = tcase_create("ldif");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, records_are_read_as_written, 0, G_N_ELEMENTS(samples));
    tcase_add_loop_test(tests, ranges_are_united_or_said_to_be_cut, 0, G_N_ELEMENTS(ranges));
    tcase_add_loop_test(tests, what_is_no_ldif_is_one_clear_error, 0, G_N_ELEMENTS(refusals));
    tcase_add_test(tests, missing_files_and_directories_are_errors);
    tcase_add_loop_test(tests, limits_are_errors_that_name_the_line, 0,
                        G_N_ELEMENTS(limit_samples));
    tcase_add_test(tests, pieces_come_together_in_order);
    tcase_add_test(tests, a_value_of_megabytes_is_a_value);
    tcase_add_loop_test(tests, change_records_are_kept_in_order, 0, G_N_ELEMENTS(changes));
    tcase_add_test(tests, changes_among_content_are_handed_over);
    suite_add_tcase(suite, tests);
    return suite;
}
