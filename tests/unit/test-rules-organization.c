/* What rules about the organisation and its versions say where little is there, or was read. */
#include "model.h"
#include "said.h"
#include "unit.h"

#define SERIAL_5_5 "Version 5.5 (Build 2653.23: Service Pack 4)"
#define SERIAL_UNKNOWN "Exchange"

/* --- versions ----------------------------------------------------------------------------- */

static const struct {
    const char *older;
    const char *newer;
    bool bad;
} pairs[] = {
    {SERIAL_2000, SERIAL_2007, false}, {SERIAL_2000, SERIAL_2010, true},
    {SERIAL_2003, SERIAL_2010, false}, {SERIAL_2003, SERIAL_2013, true},
    {SERIAL_2007, SERIAL_2013, false}, {SERIAL_2007, SERIAL_2016, true},
    {SERIAL_2010, SERIAL_2016, false}, {SERIAL_2010, SERIAL_2019, true},
    {SERIAL_2013, SERIAL_2019, false}, {SERIAL_2013, SERIAL_SE, true},
    {SERIAL_2016, SERIAL_SE, false},
};

START_TEST(versions_stand_beside_few_others)
{
    put_server(EX03, pairs[_i].older, NULL);
    put_server(EX07, pairs[_i].newer, NULL);
    build();
    check_said(topology, "ORG007", SCENARIO_AUDIT, pairs[_i].bad ? "found" : "nothing");
}
END_TEST

START_TEST(a_version_between_two_was_skipped)
{
    put_server(EX03, SERIAL_2003, NULL);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2010, "msExchCurrentServerRoles", "2", NULL);
    build();
    check_said(topology, "NXT005", SCENARIO_NEXT, "found");
}
END_TEST

START_TEST(without_an_organization_nothing_was_skipped)
{
    put_server(EX03, SERIAL_2003, NULL);
    put_server(EX07, SERIAL_2010, NULL);
    lose(ORGANIZATION);
    build();
    check_said(topology, "NXT005", SCENARIO_NEXT, "nothing");
}
END_TEST

/* --- the last chance of older versions ------------------------------------------------------ */

START_TEST(a_plan_without_servers_read_cannot_tell)
{
    build();
    check_said(topology, "ORG005", SCENARIO_PREFLIGHT, "0: no Exchange server");
}
END_TEST

START_TEST(a_server_of_unknown_version_may_be_older)
{
    put_server(EX07, SERIAL_2007, NULL);
    put_server("CN=EX," MODERN_SERVERS, SERIAL_UNKNOWN, NULL);
    lose(LEGACY_GROUP);
    build();
    check_said(topology, "ORG005", SCENARIO_AUDIT, "0: a server whose version cannot be told");
}
END_TEST

/* --- no organisation ------------------------------------------------------------------------ */

START_TEST(without_a_configuration_no_organization_is_missed)
{
    directory_free(directory);
    directory = directory_new();
    directory_add_source(directory, SOURCE_LDIF, "other.ldif");
    forest_put(directory, 0, "CN=Some,DC=contoso,DC=test", "objectClass", "user", NULL);
    build();
    check_said(topology, "ORG004", SCENARIO_AUDIT, "0: no organisation was found, but");
}
END_TEST

/* --- domains of its own ------------------------------------------------------------------- */

#define ACCEPTED "CN=Accepted Domains,CN=Transport Settings," ORGANIZATION

static void put_connector(const char *space)
{
    forest_put(directory, 0, "CN=Connections," MODERN_ROUTING, "objectClass", "msExchConnectors",
               NULL);
    forest_put(directory, 0, "CN=Out,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "routingList", space, NULL);
}

static void put_accepted(const char *dn, const char *domain, const char *flags)
{
    forest_put(directory, 0, dn, "objectClass", "msExchAcceptedDomain", "msExchAcceptedDomainName",
               domain, flags == NULL ? NULL : "msExchAcceptedDomainFlags", flags, NULL);
}

START_TEST(an_address_space_is_a_domain_of_its_own)
{
    put_server(EX07, SERIAL_2007, NULL);
    put_connector("SMTP:contoso.test;1");
    put_accepted("CN=A," ACCEPTED, "contoso.test", "0");
    build();
    check_said(topology, "SEND010", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(a_conflicts_copy_accepts_no_domain)
{
    put_server(EX07, SERIAL_2007, NULL);
    put_connector("SMTP:contoso.test;1");
    put_accepted("CN=A\\0ACNF:01234567-89ab-cdef-0123-456789abcdef," ACCEPTED, "contoso.test", "0");
    put_accepted("CN=B," ACCEPTED, "fabrikam.test", "0");
    build();
    check_said(topology, "SEND010", SCENARIO_AUDIT, "nothing");
}
END_TEST

/* The one before does not lend its type. */
START_TEST(a_domain_of_unread_type_is_left_open)
{
    put_server(EX07, SERIAL_2007, NULL);
    put_connector("SMTP:contoso.test;1");
    put_accepted("CN=A," ACCEPTED, "fabrikam.test", "0");
    put_accepted("CN=B," ACCEPTED, "contoso.test", NULL);
    build();
    check_said(topology, "SEND010", SCENARIO_AUDIT, "1: the type of the accepted domain");
}
END_TEST

/* A policy of Exchange 2003 makes no domain the organisation's where nobody runs 2003 any more. */
START_TEST(a_policy_counts_while_somebody_goes_by_it)
{
    put_server(_i == 0 ? EX07 : EX03, _i == 0 ? SERIAL_2007 : SERIAL_2003, NULL);
    put_connector("SMTP:contoso.test;1");
    forest_put(directory, 0, "CN=Default Policy,CN=Recipient Policies," ORGANIZATION, "objectClass",
               "msExchRecipientPolicy", "gatewayProxy", "SMTP:@contoso.test", NULL);
    build();
    check_said(topology, "SEND010", SCENARIO_AUDIT, _i == 0 ? "nothing" : "found");
}
END_TEST

START_TEST(nobody_goes_by_a_conflicts_copy_of_a_policy)
{
    put_server(EX03, SERIAL_2003, NULL);
    put_connector("SMTP:contoso.test;1");
    forest_put(directory, 0,
               "CN=Default\\0ACNF:01234567-89ab-cdef-0123-456789abcdef,CN=Recipient "
               "Policies," ORGANIZATION,
               "objectClass", "msExchRecipientPolicy", "gatewayProxy", "SMTP:@contoso.test", NULL);
    build();
    check_said(topology, "SEND010", SCENARIO_AUDIT, "nothing");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-organization");
    TCase *tests = tcase_create("organization");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, versions_stand_beside_few_others, 0, G_N_ELEMENTS(pairs));
    tcase_add_test(tests, a_version_between_two_was_skipped);
    tcase_add_test(tests, without_an_organization_nothing_was_skipped);
    tcase_add_test(tests, a_plan_without_servers_read_cannot_tell);
    tcase_add_test(tests, a_server_of_unknown_version_may_be_older);
    tcase_add_test(tests, without_a_configuration_no_organization_is_missed);
    tcase_add_test(tests, an_address_space_is_a_domain_of_its_own);
    tcase_add_test(tests, a_conflicts_copy_accepts_no_domain);
    tcase_add_test(tests, a_domain_of_unread_type_is_left_open);
    tcase_add_loop_test(tests, a_policy_counts_while_somebody_goes_by_it, 0, 2);
    tcase_add_test(tests, nobody_goes_by_a_conflicts_copy_of_a_policy);
    suite_add_tcase(suite, tests);
    return suite;
}
