/* rules/readiness.h: what a person is asked to look at, by what there is. */
#include "rules/readiness.h"

#include "model.h"
#include "unit.h"

#define CONNECTOR "CN=Connector,CN=Connections," LEGACY_ROUTING
#define STORE "CN=Store,CN=InformationStore," EX07

/* The numbers of the checks that concern an organisation with just this in it. */
static const struct {
    const char *dn;
    const char *class_name;
    const char *attribute;
    const char *value;
    const char *setup;
    const char *removal;
} cases[] = {
    {"CN=London," SITES, "site", "cn", "London", "0 2 5 6 8 ", "0 2 3 4 6 "},
    {EX07, "msExchExchangeServer", "serialNumber", SERIAL_2007, "0 2 5 6 8 ", "0 2 3 4 6 "},
    {EX03, "msExchExchangeServer", "serialNumber", SERIAL_2003, "0 2 4 5 6 7 8 ", "0 2 3 4 5 6 "},
    {EX03, "msExchExchangeServer", "serialNumber", SERIAL_2000, "0 1 2 4 5 6 7 8 ", "0 2 3 4 5 6 "},
    {CONNECTOR, "msExchRoutingSMTPConnector", "cost", "1", "0 2 5 6 8 ", "0 2 3 4 6 "},
    {CONNECTOR, "msExchRoutingSMTPConnector", "dLMemSubmitPerms", SITES, "0 2 3 5 6 8 ",
     "0 2 3 4 6 "},
    {CONNECTOR, "msExchRoutingSMTPConnector", "dLMemRejectPerms", SITES, "0 2 3 5 6 8 ",
     "0 2 3 4 6 "},
    {STORE, "msExchPrivateMDB", "cn", "Store", "0 2 5 6 8 ", "0 2 3 4 6 "},
    {STORE, "msExchPublicMDB", "cn", "Store", "0 2 5 6 8 ", "0 1 2 3 4 6 "},
};

static void check_concerns(const HandCheck *checks, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; checks[i].text != NULL; i++)
        if (hand_check_concerns(&checks[i], topology))
            g_string_append_printf(text, "%u ", i);
    ck_assert_str_eq(text->str, expected);
}

START_TEST(by_hand_is_checked_what_there_is)
{
    put_with(cases[_i].dn, cases[_i].class_name, cases[_i].attribute, cases[_i].value);
    build();
    check_concerns(checks_before_setup, cases[_i].setup);
    check_concerns(checks_before_removal, cases[_i].removal);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-readiness");
    TCase *tests = tcase_create("readiness");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, by_hand_is_checked_what_there_is, 0, G_N_ELEMENTS(cases));
    suite_add_tcase(suite, tests);
    return suite;
}
