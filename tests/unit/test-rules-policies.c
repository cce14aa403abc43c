/* What rules say of recipient policies, accepted domains, address lists, folder hierarchies and
 * receive connectors that a test puts there. */
#include "model.h"
#include "said.h"
#include "unit.h"

#include <string.h>

#define POLICY "CN=Default Policy,CN=Recipient Policies," ORGANIZATION
#define ACCEPTED "CN=Accepted Domains,CN=Transport Settings," ORGANIZATION
#define LIST "CN=All,CN=All Address Lists,CN=Address Lists Container," ORGANIZATION
#define HIERARCHIES "CN=Folder Hierarchies," LEGACY_GROUP
#define STORES "CN=First,CN=InformationStore," EX03

/* A policy with up to two templates; the default one. */
static void put_policy(const char *first, const char *second)
{
    forest_put(directory, 0, POLICY, "objectClass", "msExchRecipientPolicy", "msExchPolicyOrder",
               "2147483647", "gatewayProxy", first, second == NULL ? NULL : "gatewayProxy", second,
               NULL);
}

static void put_accepted(const char *domain, const char *flags)
{
    forest_put(directory, 0, "CN=A," ACCEPTED, "objectClass", "msExchAcceptedDomain",
               "msExchAcceptedDomainName", domain, "msExchAcceptedDomainFlags", flags, NULL);
}

/* --- recipient policies ------------------------------------------------------------------- */

START_TEST(the_only_template_is_compared_with_servers)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2003, "networkAddress", "ncacn_ip_tcp:ex03.contoso.test", NULL);
    put_policy("SMTP:@ex03.contoso.test", NULL);
    build();
    check_said(topology, "POL005", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(a_value_without_a_type_is_no_template)
{
    put_policy("contoso.test", "SMTP:@contoso.test");
    build();
    check_said(topology, "POL006", SCENARIO_AUDIT, "nothing");
}
END_TEST

/* A primary template of another type says nothing of the mail domain. */
START_TEST(the_primary_smtp_template_is_the_one_that_counts)
{
    put_policy("CCMAIL:%s at Post", "SMTP:@fabrikam.test");
    put_accepted("*", "4");
    build();
    check_said(topology, "POL007", SCENARIO_AUDIT, "found");
}
END_TEST

/* As long as a DNS name may be, and one longer. */
START_TEST(a_wildcard_accepts_the_longest_name)
{
    g_autofree char *label = g_strnfill(250u + (unsigned)_i, 'a');
    g_autofree char *template = g_strdup_printf("SMTP:@%s.test", label);

    put_policy(template, NULL);
    put_accepted("*.test", "0");
    build();
    check_said(topology, "POL007", SCENARIO_AUDIT, _i == 0 ? "1: which" : "found");
}
END_TEST

/* --- domains shared with another system ------------------------------------------------------ */

static void put_shared(const char *domain)
{
    forest_put(directory, 0, POLICY, "objectClass", "msExchRecipientPolicy",
               "msExchNonAuthoritativeDomains", domain, NULL);
}

static const struct {
    const char *class_name;
    const char *enabled;
    const char *said;
} ways_out[] = {
    {"msExchRoutingSMTPConnector", "TRUE", "nothing"},
    {"msExchRoutingSMTPConnector", "FALSE", "found"},
    {"rFC1006X400Link", "TRUE", "found"},
};

START_TEST(a_shared_domain_wants_an_smtp_connector_that_works)
{
    put_server(EX03, SERIAL_2003, MUNICH);
    put_group(MUNICH);
    put_shared("SMTP:@partner.test");
    forest_put(directory, 0, "CN=Connections," MUNICH, "objectClass", "msExchConnectors", NULL);
    forest_put(directory, 0, "CN=Out,CN=Connections," MUNICH, "objectClass",
               ways_out[_i].class_name, "routingList", "SMTP:partner.test;1",
               "msExchSmtpSendEnabled", ways_out[_i].enabled, NULL);
    build();
    check_said(topology, "POL010", SCENARIO_AUDIT, ways_out[_i].said);
}
END_TEST

START_TEST(no_connector_leads_to_what_is_no_domain)
{
    put_server(EX03, SERIAL_2003, MUNICH);
    put_group(MUNICH);
    put_shared("SMTP:@");
    forest_put(directory, 0, "CN=Connections," MUNICH, "objectClass", "msExchConnectors", NULL);
    forest_put(directory, 0, "CN=Out,CN=Connections," MUNICH, "objectClass",
               "msExchRoutingSMTPConnector", "routingList", "SMTP:*;1", NULL);
    build();
    check_said(topology, "POL010", SCENARIO_AUDIT, "found");
}
END_TEST

/* --- address lists ------------------------------------------------------------------------ */

static const struct {
    const char *serial;
    const char *said;
} services[] = {{SERIAL_2000, "found"}, {SERIAL_2003, "found"}, {SERIAL_2007, "nothing"}};

START_TEST(filters_matter_where_an_update_service_runs)
{
    put_server(EX03, services[_i].serial, NULL);
    forest_put(directory, 0, LIST, "objectClass", "addressBookContainer", "purportedSearch",
               "(&(mailNickname=*)(proxyAddresses=*))", NULL);
    build();
    check_said(topology, "POL009", SCENARIO_AUDIT, services[_i].said);
}
END_TEST

/* --- folder hierarchies ------------------------------------------------------------------- */

START_TEST(without_servers_no_hierarchy_wants_a_store)
{
    forest_put(directory, 0, "CN=Public Folders," HIERARCHIES, "objectClass", "msExchPFTree", NULL);
    build();
    check_said(topology, "PF005", SCENARIO_AUDIT, "0: no msExchExchangeServer was seen");
}
END_TEST

START_TEST(the_only_store_wants_a_hierarchy)
{
    put_server(EX03, SERIAL_2003, NULL);
    put_with("CN=Public," STORES, "msExchPublicMDB", "whenChanged", "20080115090000.0Z");
    build();
    check_said(topology, "PF005", SCENARIO_AUDIT, "found");
}
END_TEST

/* --- receive connectors --------------------------------------------------------------------- */

#define RECEIVE "CN=SMTP Receive Connectors,CN=Protocols," EX07

static void put_receive(const char *dn, const char *enabled)
{
    forest_put(directory, 0, dn, "objectClass", "msExchSmtpReceiveConnector",
               "msExchSmtpReceiveBindings", "0.0.0.0:25", "msExchSmtpReceiveRemoteIPRanges",
               "10.0.0.1", enabled == NULL ? NULL : "msExchSmtpReceiveEnabled", enabled, NULL);
}

static const struct {
    const char *enabled; /* NULL: not read */
    const char *said;
} colliding[] = {{"TRUE", "found"}, {"FALSE", "nothing"}, {NULL, "found"}};

START_TEST(a_disabled_receive_connector_collides_with_none)
{
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "msExchCurrentServerRoles", "32", NULL);
    put_receive("CN=One," RECEIVE, "TRUE");
    put_receive("CN=Two," RECEIVE, colliding[_i].enabled);
    build();
    check_said(topology, "HUB007", SCENARIO_AUDIT, colliding[_i].said);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-policies");
    TCase *tests = tcase_create("policies");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_only_template_is_compared_with_servers);
    tcase_add_test(tests, a_value_without_a_type_is_no_template);
    tcase_add_test(tests, the_primary_smtp_template_is_the_one_that_counts);
    tcase_add_loop_test(tests, a_wildcard_accepts_the_longest_name, 0, 2);
    tcase_add_loop_test(tests, a_shared_domain_wants_an_smtp_connector_that_works, 0,
                        G_N_ELEMENTS(ways_out));
    tcase_add_test(tests, no_connector_leads_to_what_is_no_domain);
    tcase_add_loop_test(tests, filters_matter_where_an_update_service_runs, 0,
                        G_N_ELEMENTS(services));
    tcase_add_test(tests, without_servers_no_hierarchy_wants_a_store);
    tcase_add_test(tests, the_only_store_wants_a_hierarchy);
    tcase_add_loop_test(tests, a_disabled_receive_connector_collides_with_none, 0,
                        G_N_ELEMENTS(colliding));
    suite_add_tcase(suite, tests);
    return suite;
}
