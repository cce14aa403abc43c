/* The parts of live reading that need no server: addresses, refusals in plain words, ranges, the
 * questions asked, settings. tests/live has the rest. */
#include "base/fault.h"
#include "source/plan.h"
#include "source/range.h"
#include "source/refusal.h"
#include "source/server.h"
#include "source/settings.h"
#include "source/uri.h"

#include "unit.h"

#include <string.h>

typedef struct Splitting {
    const char *list;
    const char *parts; /* joined by '|' */
} Splitting;

static const Splitting splittings[] = {
    {"", ""},
    {" , ", ""},
    {"ldap://a", "ldap://a"},
    {"ldap://a ldaps://b", "ldap://a|ldaps://b"},
    {"ldap://a,ldaps://b", "ldap://a|ldaps://b"},
    {" ldap://a , ldapi://%2Frun%2Fldapi,", "ldap://a|ldapi://%2Frun%2Fldapi"},
    {"ldap://a,,LDAP://b\n", "ldap://a|LDAP://b"},
    {"ldap://a/DC=x,DC=y ldap://b", "ldap://a/DC=x,DC=y|ldap://b"},
    {"domain:contoso.com,ldap://a", "domain:contoso.com|ldap://a"},
};

START_TEST(lists_of_addresses_are_split)
{
    const Splitting *wanted = &splittings[_i];
    g_auto(GStrv) parts = uri_list_split(wanted->list);
    g_autofree char *joined = g_strjoinv("|", parts);

    ck_assert_str_eq(joined, wanted->parts);
}
END_TEST

static const char *const good_uris[] = {
    "ldap://dc1.contoso.test", "LDAP://dc1:3268",   "ldaps://[::1]:636",
    "ldapi://%2Frun%2Fldapi",  "ldap://127.0.0.1/", "ldapi:///",
};

START_TEST(addresses_are_taken)
{
    g_autoptr(GError) error = NULL;

    ck_assert(uri_check(good_uris[_i], &error));
    ck_assert_ptr_null(error);
}
END_TEST

static const char *const bad_uris[] = {
    "",
    "dc1.contoso.test",
    "http://dc1",
    "ldap:dc1",
    "ldap://dc1:port",
    "ldap://dc1/DC=contoso,DC=test",
    "ldap://dc1/?cn",
};

START_TEST(what_is_no_address_is_refused)
{
    g_autoptr(GError) error = NULL;

    ck_assert(!uri_check(bad_uris[_i], &error));
    ck_assert(g_error_matches(error, FAULT, FAULT_USAGE));
    ck_assert_ptr_nonnull(strstr(error->message, bad_uris[_i]));
}
END_TEST

START_TEST(addresses_have_kinds_and_hosts)
{
    g_autofree char *host = uri_host("ldaps://dc1.contoso.test:3269");

    ck_assert_str_eq(host, "dc1.contoso.test");
    ck_assert_ptr_null(uri_host("ldapi://%2Frun%2Fldapi"));
    ck_assert(uri_is_local("LDAPI:///"));
    ck_assert(!uri_is_local("ldap://ldapi"));
    ck_assert(uri_is_encrypted("LDAPS://a"));
    ck_assert(!uri_is_encrypted("ldap://a"));
}
END_TEST

typedef struct Subcode {
    const char *message;
    unsigned code;
} Subcode;

static const Subcode subcodes[] = {
    {"80090308: LdapErr: DSID-0C090400, comment: AcceptSecurityContext error, data 52e, v1db1",
     0x52e},
    {"80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 775, v1db1",
     0x775},
    {"80090346: LdapErr: DSID-0C090597, comment: AcceptSecurityContext error, data 80090346, "
     "v4f7c",
     0x80090346},
    {"AcceptSecurityContext error, data 0, v1", 0},
    {"AcceptSecurityContext error, data , v1", 0},
    {"AcceptSecurityContext error, data 52e", 0},
    {"AcceptSecurityContext error, data 123456789012345678901234567890, v1", 0},
    {"some other text, data 52e, v1db1", 0},
    {"", 0},
    {NULL, 0},
};

START_TEST(the_windows_error_is_found)
{
    ck_assert_uint_eq(refusal_subcode(subcodes[_i].message), subcodes[_i].code);
}
END_TEST

typedef struct Phrase {
    int result;
    const char *message;
    const char *contains;
} Phrase;

static const Phrase phrases[] = {
    {49, "AcceptSecurityContext error, data 533, v1db1", "(49): the account is disabled"},
    {49, "AcceptSecurityContext error, data 999, v1db1", "(49): the name or the password"},
    {49, NULL, "(49): the name or the password"},
    {8,
     "00002028: LdapErr: DSID-0C090202, comment: The server requires binds to turn on "
     "integrity checking",
     "(8): the server wants the connection signed or encrypted"},
    {1,
     "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a "
     "successful bind must be completed on the connection., data 0, v4563",
     "(1): the server answers no questions before it knows who asks"},
    {8, "SASL:[GSSAPI]: Sign or Seal are required.", "use ldap:// in place of ldaps://"},
    {49,
     "80090346: LdapErr: DSID-0C090597, comment: AcceptSecurityContext error, data 80090346, "
     "v4f7c",
     "(49): the server wants channel binding"},
    {49, "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data 525, v3839",
     "(49): there is no such user"},
    {49, "80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 531, v2580",
     "(49): this account may not log on from this machine"},
    {49, "80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 532, v2580",
     "(49): the password has expired"},
    {-2,
     "SASL(-1): generic failure: GSSAPI Error: Unspecified GSS failure.  Minor code may provide "
     "more information (Ticket not yet valid)",
     "(-2): this machine's clock"},
    {-2,
     "SASL(-1): generic failure: GSSAPI Error: Unspecified GSS failure.  Minor code may provide "
     "more information (Server ldap/dc9.contoso.test@CONTOSO.TEST not found in Kerberos database)",
     "(-2): Kerberos does not know the server"},
    {-6, "SASL(-4): no mechanism available: No worthy mechs found", "(-6): the SASL library"},
    {1, "something else\r\nhere", "(1), 'something else  here'"},
    {-2, "SASL(-1): generic failure: GSSAPI Error: (No Kerberos credentials available)",
     "(-2): there is no Kerberos ticket; run kinit"},
    {80, "", "(80)"},
    {80, "\xff\xfe", "(80), '"},
};

START_TEST(refusals_are_put_in_plain_words)
{
    g_autofree char *text = refusal_text(phrases[_i].result, phrases[_i].message);

    ck_assert_msg(strstr(text, phrases[_i].contains) != NULL, "'%s' lacks '%s'", text,
                  phrases[_i].contains);
    ck_assert(g_utf8_validate(text, -1, NULL));
}
END_TEST

START_TEST(a_long_message_is_cut)
{
    g_autofree char *message = g_strnfill(100000, 'x');
    g_autofree char *text = refusal_text(80, message);

    ck_assert_uint_lt(strlen(text), 500);
}
END_TEST

typedef struct Range {
    const char *description;
    bool ranged;
    guint64 first;
    guint64 last;
    bool final;
    size_t name;
} Range;

static const Range ranges[] = {
    {"member;range=0-1499", true, 0, 1499, false, 6},
    {"member;Range=1500-*", true, 1500, 0, true, 6},
    {"member;binary;range=5-5", true, 5, 5, false, 6},
    {"member", false, 0, 0, false, 6},
    {"member;binary", false, 0, 0, false, 6},
    {"member;range=", false, 0, 0, false, 6},
    {"member;range=7", false, 0, 0, false, 6},
    {"member;range=9-3", false, 0, 0, false, 6},
    {"member;range=-1-3", false, 0, 0, false, 6},
    {"member;range=0-99999999999", false, 0, 0, false, 6},
    {";range=0-1", true, 0, 1, false, 0},
};

START_TEST(range_options_are_read)
{
    const Range *wanted = &ranges[_i];
    size_t length = strlen(wanted->description);
    AttributeRange range;

    ck_assert_uint_eq(attribute_name_length(wanted->description, length), wanted->name);
    ck_assert_int_eq(attribute_range(wanted->description, length, &range), wanted->ranged);
    if (!wanted->ranged)
        return;
    ck_assert_uint_eq(range.first, wanted->first);
    ck_assert_int_eq(range.final, wanted->final);
    if (!range.final)
        ck_assert_uint_eq(range.last, wanted->last);
}
END_TEST

START_TEST(the_filter_asks_for_wanted_classes_only)
{
    g_autofree char *filter = plan_filter(PARTITION_CONFIGURATION);

    ck_assert(g_str_has_prefix(filter, "(|(objectClass="));
    ck_assert(g_str_has_suffix(filter, "))"));
    ck_assert_ptr_nonnull(strstr(filter, "(objectClass=siteLink)"));
    ck_assert_ptr_nonnull(strstr(filter, "(objectClass=container)"));
    ck_assert_ptr_null(strstr(filter, "(objectClass=top)"));
    ck_assert_ptr_null(strstr(filter, "(objectClass=user)"));
    ck_assert_ptr_null(strstr(filter, "(objectClass=attributeSchema)"));
}
END_TEST

/* Every class that is wanted is asked for, itself or through a class it derives from. */
START_TEST(no_wanted_class_is_forgotten)
{
    g_autofree char *filter = plan_filter(PARTITION_CONFIGURATION);

    for (ClassId id = CLASS_NONE + 1; id < CLASS_COUNT; id++) {
        const ClassInfo *info = &class_table[id];
        bool asked = false;

        if (!(info->read || info->context) || info->partition != PARTITION_CONFIGURATION)
            continue;
        for (ClassId up = id; up != CLASS_NONE; up = class_table[up].superior) {
            g_autofree char *term = g_strdup_printf("(objectClass=%s)", class_table[up].name);

            asked = asked || strstr(filter, term) != NULL;
        }
        ck_assert_msg(asked, "%s", info->name);
    }
}
END_TEST

START_TEST(no_secret_is_asked_for)
{
    g_autofree char **names = plan_attributes();

    ck_assert(g_strv_contains((const char *const *)names, "objectClass"));
    ck_assert(g_strv_contains((const char *const *)names, "msExchHomeRoutingGroup"));
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *lower = g_ascii_strdown(*name, -1);

        ck_assert_msg(strstr(lower, "password") == NULL, "%s", *name);
        ck_assert_msg(strstr(lower, "credential") == NULL, "%s", *name);
        ck_assert_msg(strcmp(*name, "nTSecurityDescriptor") != 0, "%s", *name);
    }
}
END_TEST

typedef struct SettingCase {
    const char *setting;
    bool good;
} SettingCase;

static const SettingCase setting_cases[] = {
    {"SASL_NOCANON=off", true},
    {"sasl_nocanon=YES", true},
    {"nettimeout=5", true},
    {"TLS_REQCERT=never", true},
    {"TLS_PROTOCOL_MIN=3.3", true},
    {"SASL_SECPROPS=minssf=56", true},
    {"SASL_NOCANON=perhaps", false},
    {"nettimeout=0", false},
    {"nettimeout=-1", false},
    {"TLS_PROTOCOL_MIN=1", false},
    {"TLS_REQCERT=", false},
    {"REFERRALS=on", false},
    {"SIZELIMIT=5", false},
    {"SASL_NOCANON", false},
    {"=on", false},
    {"TLS_CACERT=/nowhere/ca.pem", false},
};

START_TEST(settings_are_taken_or_refused)
{
    const char *const settings[] = {setting_cases[_i].setting, NULL};
    g_autoptr(GError) error = NULL;
    LDAP *handle = NULL;

    ck_assert_int_eq(ldap_initialize(&handle, "ldap://127.0.0.1:1"), LDAP_SUCCESS);
    ck_assert_int_eq(settings_apply(handle, settings, &error), setting_cases[_i].good);
    if (!setting_cases[_i].good)
        ck_assert(g_error_matches(error, FAULT, FAULT_USAGE));
    ldap_unbind_ext(handle, NULL, NULL);
}
END_TEST

START_TEST(a_password_is_wiped)
{
    char password[] = "s3cret";

    password_wipe(password);
    for (size_t i = 0; i < sizeof(password); i++)
        ck_assert_int_eq(password[i], 0);
    password_wipe(NULL);
}
END_TEST

START_TEST(a_server_that_is_not_there_is_one_clear_error)
{
    const ConnectionOptions options = {.connect_timeout = 2, .timeout = 2};
    g_autoptr(Directory) directory = directory_new();
    g_autoptr(GError) error = NULL;

    ck_assert(!server_source_read(directory, "ldapi://%2Fnowhere,ldapi://%2Fnor%2Fhere", &options,
                                  &error));
    ck_assert(g_error_matches(error, FAULT, FAULT_SOURCE));
    ck_assert_ptr_nonnull(strstr(error->message, "ldapi://%2Fnowhere"));
    ck_assert_ptr_nonnull(strstr(error->message, "ldapi://%2Fnor%2Fhere"));
    ck_assert_uint_eq(directory_source_count(directory), 0);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("server");
    TCase *tests = tcase_create("server");

    tcase_add_loop_test(tests, lists_of_addresses_are_split, 0, G_N_ELEMENTS(splittings));
    tcase_add_loop_test(tests, addresses_are_taken, 0, G_N_ELEMENTS(good_uris));
    tcase_add_loop_test(tests, what_is_no_address_is_refused, 0, G_N_ELEMENTS(bad_uris));
    tcase_add_test(tests, addresses_have_kinds_and_hosts);
    tcase_add_loop_test(tests, the_windows_error_is_found, 0, G_N_ELEMENTS(subcodes));
    tcase_add_loop_test(tests, refusals_are_put_in_plain_words, 0, G_N_ELEMENTS(phrases));
    tcase_add_test(tests, a_long_message_is_cut);
    tcase_add_loop_test(tests, range_options_are_read, 0, G_N_ELEMENTS(ranges));
    tcase_add_test(tests, the_filter_asks_for_wanted_classes_only);
    tcase_add_test(tests, no_wanted_class_is_forgotten);
    tcase_add_test(tests, no_secret_is_asked_for);
    tcase_add_loop_test(tests, settings_are_taken_or_refused, 0, G_N_ELEMENTS(setting_cases));
    tcase_add_test(tests, a_password_is_wiped);
    tcase_add_test(tests, a_server_that_is_not_there_is_one_clear_error);
    suite_add_tcase(suite, tests);
    return suite;
}
