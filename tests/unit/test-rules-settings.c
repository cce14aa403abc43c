/* rules/settings-file.h and rules/policy.h: what stands in a policy, and which findings a
 * suppression means. */
#include "rules/policy.h"

#include "base/fault.h"
#include "rules/check.h"
#include "rules/settings-file.h"

#include "model.h"
#include "unit.h"

#include <string.h>

#define WAIVER "[suppress x]\nrule = VER001\nobject = EX03\nreason = r\n"

/* --- files -------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    const char *fault; /* how it begins, behind the file's name; NULL: none */
} files[] = {
    {"", NULL},
    {"# a comment\n\n  [a]  \r\n key=value\r\n", NULL},
    {"[a]\nkey = 1\n[b]\nkey = 1\n", NULL},
    {"[a]\nkey = [1]\n", NULL},
    {"[a]\nkey = 1\nkey = 2\n", ":3: \"key\" stands there twice"},
    {"[a]\n[b]\n[a]\n", ":3: \"[a]\" stands there twice"},
    {"\nkey = 1\n", ":2: \"key\" stands before the first group"},
    {"[]\n", ":1: \"[]\" is no group"},
    {"[a\n", ":1: \"[a\" is no group"},
    {"[a]b]\n", ":1: \"[a]b]\" is no group"},
    {"[a]\n= 1\n", ":2: \"= 1\" is neither a group"},
    {"[a]\nkey\n", ":2: \"key\" is neither a group"},
    {"[a]\nke]y = 1\n", ":2: \"ke]y\" is no key"},
    {"[a]\nkey = \xff\n", " is no text in UTF-8"},
    {"[a\tb]\nkey = 1\n", ": "},
};

START_TEST(a_file_is_read_strictly)
{
    const char *text = files[_i].text;
    g_autofree char *expected = g_strconcat("policy", files[_i].fault, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(SettingsFile) file = settings_file_parse(text, strlen(text), "policy", &error);

    ck_assert((file != NULL) == (files[_i].fault == NULL));
    ck_assert((file == NULL) == g_error_matches(error, FAULT, FAULT_USAGE));
    if (file == NULL)
        ck_assert_msg(g_str_has_prefix(error->message, expected), "%s", error->message);
    else
        ck_assert_str_eq(file->name, "policy");
}
END_TEST

START_TEST(a_value_is_what_stands_between_blanks)
{
    static const char text[] = "[a]\nplain =  a \\n b; \nempty = \n";
    g_autoptr(SettingsFile) file = settings_file_parse(text, strlen(text), "policy", NULL);
    g_autofree char *plain = settings_file_text(file, "a", "plain");

    ck_assert_str_eq(plain, "a \\n b;");
    ck_assert_ptr_null(settings_file_text(file, "a", "empty"));
    ck_assert_ptr_null(settings_file_text(file, "a", "none"));
    ck_assert_ptr_null(settings_file_text(file, "b", "plain"));
}
END_TEST

static const char *const arguments[][2] = {
    {"suppress lab", "lab"}, {"suppress   the lab", "the lab"}, {"suppress", NULL},
    {"suppress  ", NULL},    {"suppressed lab", NULL},          {"assert lab", NULL},
};

START_TEST(a_group_may_have_a_name_of_its_own)
{
    ck_assert_pstr_eq(group_argument(arguments[_i][0], "suppress"), arguments[_i][1]);
}
END_TEST

static const struct {
    const char *text;
    gint64 end; /* 0: none */
} deadlines[] = {
    {"2007-03-31", 1175385600},
    {"2007-03-31T12:00:00Z", 1175342400},
    {"2007-03-31T12:00:00", 1175342400},
    {"2007-03-31T12:00:00+02:00", 1175335200},
    {"2007-02-30", 0},
    {"soon", 0},
    {"", 0},
};

START_TEST(a_deadline_is_a_time_or_the_end_of_a_day)
{
    gint64 end = 0;

    ck_assert(deadline_parse(deadlines[_i].text, &end) == (deadlines[_i].end != 0));
    ck_assert_int_eq(end, deadlines[_i].end);
}
END_TEST

/* --- policies ----------------------------------------------------------------------------- */

static const struct {
    const char *text;
    const char *fault;
} policies[] = {
    {"", NULL},
    {"[rules]\n", NULL},
    {"[rules]\ninclude = RG*\n", NULL},
    {"[rules]\nexclude = RG*\n", NULL},
    {"[severity]\nRG* = info\n", NULL},
    {WAIVER, NULL},
    {WAIVER "owner = o\nexpires = 2007-03-31\n", NULL},
    {"[rules]\ninclude = RG999\n", "[rules]: "},
    {"[rules]\nexclude = RG999\n", "[rules]: "},
    {"[rules]\nonly = RG*\n", "[rules]: unknown key \"only\"; known are include, exclude"},
    {"[severity]\nRG001 = grave\n", "[severity]: "},
    {"[parameters]\nmany-objects = 0\n", "[parameters]: "},
    {"[suppress x]\nobject = EX03\nreason = r\n", "[suppress x]: the key \"rule\" is missing"},
    {"[suppress x]\nrule = RG001\nreason = r\n", "[suppress x]: the key \"object\" is missing"},
    {"[suppress x]\nrule = RG001\nobject = EX03\n", "[suppress x]: the key \"reason\" is missing"},
    {"[suppress x]\nrule = RG999\nobject = EX03\nreason = r\n", "[suppress x]: "},
    {WAIVER "until = 2007\n", "[suppress x]: unknown key \"until\""},
    {WAIVER "expires = soon\n", "[suppress x]: \"expires\" is a day such as"},
    {"[suppress]\n", "[suppress]: unknown group"},
};

START_TEST(a_policy_is_sound_or_refused)
{
    const char *text = policies[_i].text;
    g_autofree char *expected = g_strconcat("policy: ", policies[_i].fault, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Policy) policy = policy_parse(text, strlen(text), "policy", &error);

    ck_assert((policy != NULL) == (policies[_i].fault == NULL));
    ck_assert((policy == NULL) == g_error_matches(error, FAULT, FAULT_USAGE));
    if (policy == NULL)
        ck_assert_msg(g_str_has_prefix(error->message, expected), "%s", error->message);
    else
        ck_assert_str_eq(policy->name, "policy");
}
END_TEST

static Policy *policy_of(const char *text)
{
    Policy *policy = policy_parse(text, strlen(text), "policy", NULL);

    ck_assert_ptr_nonnull(policy);
    return policy;
}

START_TEST(a_policy_says_which_rules)
{
    g_autoptr(Policy) policy = policy_of(_i == 0 ? "[rules]\ninclude = RG*, VER001;\tSITE*\n"
                                                 : "[rules]\nexclude = RG*\n");
    const char *const three[] = {"RG*", "VER001", "SITE*", NULL};
    const char *const one[] = {"RG*", NULL};

    ck_assert((policy->include == NULL) == (_i == 1));
    ck_assert((policy->exclude == NULL) == (_i == 0));
    ck_assert(g_strv_equal(_i == 0 ? three : one,
                           (const char *const *)(_i == 0 ? policy->include : policy->exclude)));
}
END_TEST

START_TEST(what_a_policy_does_not_set_is_as_usual)
{
    g_autoptr(Policy) policy = policy_of("[parameters]\nmany-objects = 30\n");

    for (int id = 0; id < PARAMETER_COUNT; id++)
        ck_assert_uint_eq(policy->parameters[id], id == PARAMETER_MANY_OBJECTS
                                                      ? 30
                                                      : parameter_info((ParameterId)id)->usual);
}
END_TEST

/* --- suppressions ------------------------------------------------------------------------- */

/* EX03 has an objectGUID, EX07 has none. */
static const struct {
    const char *object;
    const char *about; /* NULL: the forest */
    const char *named; /* by the assertion, or NULL */
    bool fits;
} waivers[] = {
    {"*", EX03, NULL, true},
    {"*", NULL, NULL, true},
    {"EX03", EX03, NULL, true},
    {"ex03", EX03, NULL, true},
    {"EX03", EX07, NULL, false},
    {"EX07", EX07, NULL, true},
    {"EX07", EX03, NULL, false},
    {"33323130-3534-3736-3839-616263646566", EX03, NULL, true},
    {"33323130-3534-3736-3839-61626364656F", EX03, NULL, false},
    {"33323130-3534-3736-3839-616263646566", EX07, NULL, false},
    {"cn=ex03, " LEGACY_SERVERS, EX03, NULL, true},
    {EX03, EX07, NULL, false},
    {"CN=Nobody," LEGACY_SERVERS, EX03, NULL, false},
    {"ex0?", EX07, NULL, true},
    {"EX0", EX07, NULL, false},
    {"*,cn=servers,*", EX07, NULL, true},
    {"CN=*,CN=Sites,*", EX07, NULL, false},
    {"EX03", NULL, NULL, false},
    {"EX*", NULL, NULL, false},
    {"To London", NULL, "To London", true},
    {"To London", EX03, "To London", true},
    {"To Oslo", EX03, "To London", false},
};

START_TEST(a_suppression_means_an_object)
{
    g_autofree char *text = g_strdup_printf("[suppress x]\nrule = VER*\nobject = %s\nreason = r\n",
                                            waivers[_i].object);
    g_autoptr(Policy) policy = policy_of(text);
    const Waiver *waiver = g_ptr_array_index(policy->waivers, 0);
    const Entry *entry;

    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "objectGUID",
               "0123456789abcdef", NULL);
    put(EX07, "msExchExchangeServer");
    build();
    entry = waivers[_i].about == NULL ? NULL : name(waivers[_i].about)->entry;
    for (int i = 0; i < 2; i++) {
        const Rule *rule = rule_find(i == 0 ? "VER001" : "RG001");
        Finding *finding = finding_new(rule, SEVERITY_ERROR, entry, g_strdup("wrong"));

        if (waivers[_i].named != NULL)
            finding_distinguish(finding, waivers[_i].named, "");
        ck_assert(waiver_fits(waiver, directory, finding) == (i == 0 && waivers[_i].fits));
        finding_free(finding);
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-settings");
    TCase *tests = tcase_create("settings");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_file_is_read_strictly, 0, G_N_ELEMENTS(files));
    tcase_add_test(tests, a_value_is_what_stands_between_blanks);
    tcase_add_loop_test(tests, a_group_may_have_a_name_of_its_own, 0, G_N_ELEMENTS(arguments));
    tcase_add_loop_test(tests, a_deadline_is_a_time_or_the_end_of_a_day, 0,
                        G_N_ELEMENTS(deadlines));
    tcase_add_loop_test(tests, a_policy_is_sound_or_refused, 0, G_N_ELEMENTS(policies));
    tcase_add_loop_test(tests, a_policy_says_which_rules, 0, 2);
    tcase_add_test(tests, what_a_policy_does_not_set_is_as_usual);
    tcase_add_loop_test(tests, a_suppression_means_an_object, 0, G_N_ELEMENTS(waivers));
    suite_add_tcase(suite, tests);
    return suite;
}
