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
    Entry server = {.class_id = CLASS_msExchExchangeServer};
    g_autoptr(GPtrArray) removed = g_ptr_array_new();

    put_with(cases[_i].dn, cases[_i].class_name, cases[_i].attribute, cases[_i].value);
    build();
    check_concerns(hand_checks(removed), cases[_i].setup);
    g_ptr_array_add(removed, &server);
    check_concerns(hand_checks(removed), cases[_i].removal);
}
END_TEST

static const struct {
    ClassId gone; /* CLASS_NONE: a setup */
    const char *first_check;
    const char *first_step;
} plans[] = {
    {CLASS_NONE, "On the new computer: ", "setup /PrepareLegacyExchangePermissions"},
    {CLASS_msExchExchangeServer, "No mailbox ", "removal of the server"},
    {CLASS_msExchRoutingGroup, "Queues are empty on the servers ", "removal of the group"},
    {CLASS_msExchAdminGroup, "Queues are empty on the servers ", "removal of the group"},
    {CLASS_msExchRoutingSMTPConnector, "Queues of the connector ", "removal of the connector"},
    {CLASS_msExchRoutingGroupConnector, "Queues of the connector ", "removal of the connector"},
};

/* Nobody uninstalls a connector. */
START_TEST(checks_and_rights_are_those_of_what_goes)
{
    Entry entry = {.class_id = (uint16_t)plans[_i].gone};
    g_autoptr(GPtrArray) removed = g_ptr_array_new();

    if (plans[_i].gone != CLASS_NONE)
        g_ptr_array_add(removed, &entry);
    ck_assert(g_str_has_prefix(hand_checks(removed)->text, plans[_i].first_check));
    ck_assert_str_eq(step_rights(removed)->step, plans[_i].first_step);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-readiness");
    TCase *tests = tcase_create("readiness");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, by_hand_is_checked_what_there_is, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, checks_and_rights_are_those_of_what_goes, 0, G_N_ELEMENTS(plans));
    suite_add_tcase(suite, tests);
    return suite;
}
