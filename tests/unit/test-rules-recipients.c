/* The families CAS, DEC, EDGE, UM, MGT, RUS and POL where an audit from the command line does not
 * show them: in the situations before an installation and before the last Exchange 2003 server
 * goes, and in what they make of single values. */
#include "rules/audit.h"
#include "rules/recipients.h"
#include "rules/templates.h"

#include "forest.h"
#include "said.h"
#include "unit.h"

#include <string.h>

#define EX03 "CN=EX03," LEGACY_SERVERS
#define EX03B "CN=EX03B," LEGACY_SERVERS
#define EX07 "CN=EX07," MODERN_SERVERS
#define SEATTLE "CN=Seattle," SITES
#define LISTS "CN=Address Lists Container," ORGANIZATION
#define SERVICES "CN=Recipient Update Services," LISTS
#define DOMAIN_SERVICE "CN=Domain," SERVICES
#define POLICY "CN=Default Policy,CN=Recipient Policies," ORGANIZATION
#define DOMAIN "DC=contoso,DC=test"

enum { NOTHING = -1, NOT_JUDGED = -2 };

static Directory *directory;
static Topology *topology;
static guint left_open; /* reasons that the last verdict() saw for what was not judged */

static void set_up(void)
{
    directory = forest_new();
    topology = NULL;
}

static void tear_down(void)
{
    if (topology == NULL)
        directory_free(directory);
    topology_free(topology);
}

/* The gravest finding of a rule in a situation; NOTHING or NOT_JUDGED when there is none. */
static int verdict(const char *rule, Scenario scenario)
{
    const char *include[] = {rule, NULL};
    AuditOptions options = {.include = include, .scenarios = scenario};
    g_autoptr(Audit) audit = NULL;
    int gravest = NOTHING;

    if (topology == NULL)
        topology = topology_new(directory);
    audit = audit_run(topology, &options, NULL);
    FOR_EACH(const Finding, finding, audit->findings)
        gravest = MAX(gravest, (int)finding->severity);
    left_open = audit->not_assessed->len;
    return gravest == NOTHING && left_open > 0 ? NOT_JUDGED : gravest;
}

static void put_2003(const char *dn)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", "msExchServerRole", "0", NULL);
}

static void put_2007(const char *dn, const char *roles)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "msExchCurrentServerRoles", roles, "msExchServerSite",
               SEATTLE, NULL);
}

static void put_site(void)
{
    forest_put(directory, 0, SEATTLE, "objectClass", "site", "whenCreated", "20080617073815.0Z",
               NULL);
}

static void put_policy(const char *attribute, const char *value)
{
    forest_put(directory, 0, POLICY, "objectClass", "msExchRecipientPolicy", attribute, value,
               NULL);
}

static void put_services(void)
{
    forest_put(directory, 0, LISTS, "objectClass", "msExchContainer", NULL);
    forest_put(directory, 0, SERVICES, "objectClass", "msExchAddressListServiceContainer", NULL);
}

static void put_service(const char *domain)
{
    forest_put(directory, 0, DOMAIN_SERVICE, "objectClass", "msExchAddressListService",
               "msExchAddressListServiceLink", EX03, "msExchDomainLink", domain, NULL);
}

static void put_domain(void)
{
    forest_put(directory, 0, "CN=CONTOSO,CN=Partitions," CONFIGURATION, "objectClass", "crossRef",
               "nCName", DOMAIN, "systemFlags", "3", NULL);
}

/* --- templates ------------------------------------------------------------------------------ */

static const struct {
    const char *value;
    int verdict;
} templates[] = {
    {"SMTP:@contoso.test", NOTHING},
    {"smtp:%g.%s@contoso.test", NOTHING},
    {"smtp:%1g%3s@mail.contoso.test", NOTHING},
    {"smtp:%r-_%m@contoso.test", NOTHING},
    {"smtp:100%%%m@contoso.test", NOTHING},
    {"smtp:@[10.0.0.1]", NOTHING},
    {"X400:c=US;a= ;p=Contoso;o=Exchange;", NOTHING},
    {"MS:NET/PO/%m", NOTHING},
    {"smtp:@.contoso.test", SEVERITY_ERROR},
    {"smtp:@contoso.test.", SEVERITY_ERROR},
    {"smtp:@contoso..test", SEVERITY_ERROR},
    {"smtp:%g..%s@contoso.test", SEVERITY_ERROR},
    {"smtp:%m@", SEVERITY_ERROR},
    {"smtp:", SEVERITY_ERROR},
    {"smtp:contoso.test", SEVERITY_WARNING},
    {"smtp:%x@contoso.test", SEVERITY_WARNING},
    {"smtp:%@contoso.test", SEVERITY_WARNING},
    {"smtp:%rx@contoso.test", SEVERITY_WARNING},
    {"smtp:first last@contoso.test", SEVERITY_WARNING},
    {"smtp:%m@con_toso.test", SEVERITY_WARNING},
    {"smtp:%m@m\xC3\xBCnchen.test", SEVERITY_WARNING},
    {"X400:c=US;a= ;p=Contoso", SEVERITY_WARNING},
    {"contoso.test", SEVERITY_WARNING},
};

START_TEST(a_template_is_accepted_or_not)
{
    put_2003("CN=EX03," LEGACY_SERVERS);
    put_policy("gatewayProxy", templates[_i].value);
    ck_assert_int_eq(verdict("POL004", SCENARIO_PREFLIGHT), templates[_i].verdict);
}
END_TEST

START_TEST(an_address_literal_stops_setup)
{
    put_policy("disabledGatewayProxy", "smtp:@[10.0.0.1]");
    ck_assert_int_eq(verdict("POL003", SCENARIO_PREFLIGHT), SEVERITY_ERROR);
}
END_TEST

START_TEST(a_policy_without_a_primary_template_is_graver_later)
{
    put_2007(EX07, "34");
    put_policy("gatewayProxy", "fax:%m");
    ck_assert_int_eq(verdict("POL006", SCENARIO_AUDIT), SEVERITY_WARNING);
    ck_assert_int_eq(verdict("POL006", SCENARIO_NEXT), SEVERITY_ERROR);
}
END_TEST

START_TEST(the_mailbox_manager_is_graver_once_it_has_to_go)
{
    put_policy("msExchMailboxManagerMode", "1");
    ck_assert_int_eq(verdict("POL002", SCENARIO_PREFLIGHT), SEVERITY_INFO);
    ck_assert_int_eq(verdict("POL002", SCENARIO_AUDIT), SEVERITY_WARNING);
    ck_assert_int_eq(verdict("POL002", SCENARIO_LAST), SEVERITY_WARNING);
}
END_TEST

START_TEST(the_container_of_policies_is_missing_only_beside_its_neighbours)
{
    put_2003(EX03);
    if (_i == 1) {
        forest_put(directory, 0, LISTS, "objectClass", "msExchContainer", NULL);
        forest_put(directory, 0, "CN=Global Settings," ORGANIZATION, "objectClass",
                   "msExchContainer", NULL);
    }
    ck_assert_int_eq(verdict("POL001", SCENARIO_AUDIT), _i == 1 ? SEVERITY_ERROR : NOT_JUDGED);
}
END_TEST

/* --- Recipient Update Services -------------------------------------------------------------- */

START_TEST(a_prepared_domain_wants_a_service)
{
    put_2003(EX03);
    put_domain();
    put_services();
    forest_put(directory, 0, "CN=Microsoft Exchange System Objects," DOMAIN, "objectClass",
               "msExchSystemObjectsContainer", NULL);
    ck_assert_int_eq(verdict("RUS004", SCENARIO_PREFLIGHT), SEVERITY_ERROR);
    ck_assert_int_eq(verdict("RUS004", SCENARIO_AUDIT), SEVERITY_WARNING);
}
END_TEST

START_TEST(a_domain_that_was_not_read_is_not_judged)
{
    put_2003(EX03);
    put_domain();
    put_services();
    ck_assert_int_eq(verdict("RUS004", SCENARIO_AUDIT), NOT_JUDGED);
}
END_TEST

START_TEST(services_that_were_not_read_are_not_missing)
{
    put_2003(EX03);
    put_domain();
    ck_assert_int_eq(verdict("RUS004", SCENARIO_AUDIT), NOT_JUDGED);
    ck_assert_int_eq(verdict("RUS005", SCENARIO_AUDIT), NOT_JUDGED);
}
END_TEST

START_TEST(the_service_of_the_configuration_is_told_by_its_domain)
{
    put_2003(EX03);
    put_services();
    put_service(_i == 0 ? DOMAIN : CONFIGURATION);
    ck_assert_int_eq(verdict("RUS005", SCENARIO_AUDIT), _i == 0 ? SEVERITY_WARNING : NOTHING);
}
END_TEST

/* Two, one and no Exchange 2003 servers; another one shows that they were looked for. */
START_TEST(services_go_before_the_last_server)
{
    static const int last[] = {NOTHING, SEVERITY_ERROR, SEVERITY_ERROR};
    static const int audit[] = {NOTHING, NOTHING, SEVERITY_WARNING};

    put_2007(EX07, "38");
    put_2007("CN=STRAY," LEGACY_SERVERS, "38");
    put_services();
    put_service(DOMAIN);
    if (_i < 2)
        put_2003(EX03);
    if (_i < 1)
        put_2003(EX03B);
    ck_assert_int_eq(verdict("RUS007", SCENARIO_LAST), last[_i]);
    ck_assert_int_eq(verdict("RUS007", SCENARIO_AUDIT), audit[_i]);
}
END_TEST

START_TEST(a_service_is_no_leftover_beside_an_unknown_server)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    put_services();
    put_service(DOMAIN);
    ck_assert_int_eq(verdict("RUS007", SCENARIO_AUDIT), NOT_JUDGED);
}
END_TEST

/* --- sites ---------------------------------------------------------------------------------- */

START_TEST(a_missing_hub_weighs_more_in_a_plan)
{
    put_site();
    put_2007(EX07, "6");
    ck_assert_int_eq(verdict("CAS007", SCENARIO_PREFLIGHT), SEVERITY_WARNING);
    ck_assert_int_eq(verdict("CAS007", SCENARIO_AUDIT), SEVERITY_INFO);
}
END_TEST

START_TEST(roles_that_were_not_read_are_not_missing)
{
    put_site();
    put_2007(EX07, "34");
    forest_put(directory, 0, "CN=EX07B," MODERN_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", "Version 8.3 (Build 30083.6)", "msExchServerSite", SEATTLE, NULL);
    ck_assert_int_eq(verdict("CAS001", SCENARIO_AUDIT), NOT_JUDGED);
}
END_TEST

START_TEST(exchange_2013_wants_no_client_access_beside_it)
{
    put_site();
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 15.0 (Build 31497.2)", "msExchCurrentServerRoles", "54", "msExchServerSite",
               SEATTLE, NULL);
    ck_assert_int_eq(verdict("CAS001", SCENARIO_AUDIT), NOTHING);
}
END_TEST

static void put_front_end(const char *flag)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", flag, "1", NULL);
}

START_TEST(a_front_end_by_the_older_flag_is_not_certain)
{
    put_site();
    put_2007(EX07, "34");
    put_front_end(_i == 0 ? "serverRole" : "msExchServerRole");
    ck_assert_int_eq(verdict("CAS002", SCENARIO_AUDIT),
                     _i == 0 ? SEVERITY_WARNING : SEVERITY_ERROR);
}
END_TEST

START_TEST(the_last_hub_of_an_edge_subscription_is_named)
{
    put_site();
    put_2007(EX07, "32");
    put_2007("CN=EDGE," MODERN_SERVERS, "64");
    if (_i == 1)
        put_2007("CN=EX07B," MODERN_SERVERS, "32");
    ck_assert_int_eq(verdict("EDGE006", SCENARIO_LAST), _i == 0 ? SEVERITY_WARNING : NOTHING);
}
END_TEST

START_TEST(an_edge_server_alone_is_no_hub)
{
    put_site();
    put_2007("CN=EDGE," MODERN_SERVERS, "64");
    ck_assert_int_eq(verdict("EDGE002", SCENARIO_LAST), SEVERITY_WARNING);
    ck_assert_int_eq(verdict("EDGE003", SCENARIO_AUDIT), SEVERITY_WARNING);
}
END_TEST

START_TEST(a_site_of_an_edge_server_may_be_unseen)
{
    put_site();
    forest_put(directory, 0, "CN=EDGE," MODERN_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", "Version 8.3 (Build 30083.6)", "msExchCurrentServerRoles", "64",
               "msExchServerSite", "CN=Oslo,CN=Sites,CN=Configuration,DC=fabrikam,DC=test", NULL);
    ck_assert_int_eq(verdict("EDGE002", SCENARIO_AUDIT), NOT_JUDGED);
}
END_TEST

#define EDGE "CN=EDGE," MODERN_SERVERS

START_TEST(connectors_of_an_edge_server_are_to_be_seen)
{
    put_2007(EDGE, "64");
    if (_i > 0)
        forest_put(directory, 0, "CN=Connections," MODERN_ROUTING, "objectClass",
                   "msExchConnectors", NULL);
    ck_assert_int_eq(verdict("EDGE004", SCENARIO_AUDIT), _i > 0 ? SEVERITY_WARNING : NOT_JUDGED);
}
END_TEST

START_TEST(a_smart_host_may_be_an_edge_server)
{
    if (_i > 0)
        put_2003(EX03);
    forest_put(directory, 0, "CN=Out,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "msExchSmtpSmartHost", "x", NULL);
    ck_assert_int_eq(verdict("EDGE003", SCENARIO_AUDIT), _i > 0 ? SEVERITY_INFO : NOT_JUDGED);
}
END_TEST

/* Hubs as old as the subscription, in two spellings, and one that is younger. */
START_TEST(a_younger_hub_is_not_in_the_subscription)
{
    static const char *const created[] = {"20080617073815.0Z", "20080617073815Z",
                                          "20080617073816.0Z"};

    put_site();
    forest_put(directory, 0, EDGE, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "msExchCurrentServerRoles", "64", "msExchServerSite",
               SEATTLE, "whenCreated", "20080617073815.0Z", NULL);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "msExchCurrentServerRoles", "32", "msExchServerSite",
               SEATTLE, "whenCreated", created[_i], NULL);
    ck_assert_int_eq(verdict("EDGE005", SCENARIO_AUDIT) > NOTHING, _i == 2);
}
END_TEST

START_TEST(mailboxes_and_calls_want_a_hub)
{
    put_site();
    put_2007(EX07, "2");
    put_2007("CN=CAS," MODERN_SERVERS, "4");
    put_2007("CN=UM," MODERN_SERVERS, "16");
    if (_i > 0)
        put_2007("CN=HUB," MODERN_SERVERS, "32");
    ck_assert_int_eq(verdict("CAS007", SCENARIO_AUDIT), _i > 0 ? NOTHING : SEVERITY_INFO);
}
END_TEST

/* --- the last servers of Exchange 2003 ------------------------------------------------------ */

#define CONNECTIONS "CN=Connections," MODERN_ROUTING

START_TEST(a_way_to_the_internet_is_to_be_seen)
{
    put_2003(EX03);
    if (_i > 0)
        forest_put(directory, 0, "CN=Internet," CONNECTIONS, "objectClass",
                   "msExchRoutingSMTPConnector", "routingList", "SMTP:*",
                   "msExchSourceBridgeheadServersDN", EX03, NULL);
    ck_assert_int_eq(verdict("DEC002", SCENARIO_LAST), _i > 0 ? SEVERITY_ERROR : NOT_JUDGED);
    ck_assert_uint_eq(left_open, 1);
}
END_TEST

START_TEST(without_old_servers_no_way_ends_on_them)
{
    put_2007(EX07, "32");
    forest_put(directory, 0, CONNECTIONS, "objectClass", "msExchConnectors", NULL);
    ck_assert_int_eq(verdict("DEC002", SCENARIO_LAST), NOTHING);
}
END_TEST

START_TEST(group_connectors_go_with_the_last_server)
{
    put_2003(EX03);
    if (_i > 0)
        put_2003(EX03B);
    forest_put(directory, 0, "CN=There," CONNECTIONS, "objectClass", "msExchRoutingGroupConnector",
               "msExchSourceBridgeheadServersDN", EX03, "msExchTargetBridgeheadServersDN", EX03,
               NULL);
    ck_assert_int_eq(verdict("DEC007", SCENARIO_LAST), _i > 0 ? SEVERITY_INFO : SEVERITY_WARNING);
}
END_TEST

/* On the old server, on the new one. */
START_TEST(groups_expand_on_old_servers_or_new_ones)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", "legacyExchangeDN",
               "/o=Contoso/cn=EX03", NULL);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "legacyExchangeDN", "/o=Contoso/cn=EX07", NULL);
    put_2003(EX03B);
    forest_put(directory, 0, "CN=Staff,CN=Users," DOMAIN, "objectClass", "group",
               "msExchExpansionServerName", _i == 0 ? "/o=contoso/CN=EX03" : "/o=Contoso/cn=EX07",
               NULL);
    ck_assert_int_eq(verdict("DEC010", SCENARIO_LAST), _i == 0 ? SEVERITY_ERROR : NOT_JUDGED);
}
END_TEST

START_TEST(without_old_servers_there_are_no_duties)
{
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "legacyExchangeDN", "/o=Contoso/cn=EX07", NULL);
    ck_assert_int_eq(verdict("DEC010", SCENARIO_LAST), NOTHING);
}
END_TEST

/* Not even that domains were not read. */
START_TEST(without_old_servers_no_mailbox_is_on_them)
{
    put_2007(EX07, "32");
    ck_assert_int_eq(verdict("DEC001", SCENARIO_LAST), NOTHING);
}
END_TEST

/* The end of Exchange, and a migration. */
START_TEST(a_migration_leaves_a_group_behind)
{
    put_2003(EX03);
    if (_i > 0)
        put_2007(EX07, "32");
    topology = topology_new(directory);
    check_said(topology, "DEC014", SCENARIO_LAST,
               _i > 0 ? "0: the group ExchangeLegacyInterop was not read" : "nothing");
}
END_TEST

/* --- mailboxes ------------------------------------------------------------------------------ */

#define STORE_BELOW "CN=Mailbox Store," EX03
#define STORE_APART "CN=DB1,CN=Databases," MODERN_GROUP
#define USER "CN=Anna,CN=Users," DOMAIN

START_TEST(the_server_of_a_mailbox_is_found_wherever_its_store_lies)
{
    g_autoptr(GPtrArray) users = NULL;
    const Server *server;

    put_2003(EX03);
    put_2007(EX07, "2");
    forest_put(directory, 0, STORE_BELOW, "objectClass", "msExchPrivateMDB", NULL);
    forest_put(directory, 0, STORE_APART, "objectClass", "msExchPrivateMDB", "msExchOwningServer",
               EX07, NULL);
    forest_put(directory, 0, USER, "objectClass", "user", "homeMDB",
               _i == 0 ? STORE_BELOW : STORE_APART, NULL);
    topology = topology_new(directory);
    users = mailbox_users(topology);
    ck_assert_uint_eq(users->len, 1);
    server = mailbox_server(topology, g_ptr_array_index(users, 0));
    ck_assert_ptr_nonnull(server);
    ck_assert_str_eq(server->object.name, _i == 0 ? "EX03" : "EX07");
}
END_TEST

START_TEST(mailboxes_of_the_system_are_nobodys)
{
    g_autoptr(GPtrArray) users = NULL;

    forest_put(directory, 0, "CN=Microsoft Exchange System Objects," DOMAIN, "objectClass",
               "msExchSystemObjectsContainer", NULL);
    forest_put(directory, 0, "CN=SMTP,CN=Microsoft Exchange System Objects," DOMAIN, "objectClass",
               "user", "homeMDB", STORE_BELOW, NULL);
    topology = topology_new(directory);
    users = mailbox_users(topology);
    ck_assert_uint_eq(users->len, 0);
}
END_TEST

START_TEST(a_format_version_that_nobody_has_was_not_exported)
{
    put_2007(EX07, "2");
    forest_put(directory, 0, "CN=DB," EX07, "objectClass", "msExchPrivateMDB", NULL);
    forest_put(directory, 0, USER, "objectClass", "user", "homeMDB", "CN=DB," EX07, NULL);
    if (_i == 1)
        forest_put(directory, 0, "CN=Ben,CN=Users," DOMAIN, "objectClass", "user", "homeMDB",
                   "CN=DB," EX07, "msExchVersion", "4535486012416", NULL);
    ck_assert_int_eq(verdict("MGT001", SCENARIO_AUDIT), _i == 1 ? SEVERITY_WARNING : NOT_JUDGED);
}
END_TEST

/* --- suite ---------------------------------------------------------------------------------- */

static TCase *case_of(const char *name)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, set_up, tear_down);
    return tests;
}

static TCase *policy_tests(void)
{
    TCase *tests = case_of("policies");

    tcase_add_loop_test(tests, a_template_is_accepted_or_not, 0, G_N_ELEMENTS(templates));
    tcase_add_test(tests, an_address_literal_stops_setup);
    tcase_add_test(tests, a_policy_without_a_primary_template_is_graver_later);
    tcase_add_test(tests, the_mailbox_manager_is_graver_once_it_has_to_go);
    tcase_add_loop_test(tests, the_container_of_policies_is_missing_only_beside_its_neighbours, 0,
                        2);
    return tests;
}

static TCase *service_tests(void)
{
    TCase *tests = case_of("update services");

    tcase_add_test(tests, a_prepared_domain_wants_a_service);
    tcase_add_test(tests, a_domain_that_was_not_read_is_not_judged);
    tcase_add_test(tests, services_that_were_not_read_are_not_missing);
    tcase_add_loop_test(tests, the_service_of_the_configuration_is_told_by_its_domain, 0, 2);
    tcase_add_loop_test(tests, services_go_before_the_last_server, 0, 3);
    tcase_add_test(tests, a_service_is_no_leftover_beside_an_unknown_server);
    return tests;
}

static TCase *site_tests(void)
{
    TCase *tests = case_of("sites");

    tcase_add_test(tests, a_missing_hub_weighs_more_in_a_plan);
    tcase_add_test(tests, roles_that_were_not_read_are_not_missing);
    tcase_add_test(tests, exchange_2013_wants_no_client_access_beside_it);
    tcase_add_loop_test(tests, a_front_end_by_the_older_flag_is_not_certain, 0, 2);
    tcase_add_loop_test(tests, the_last_hub_of_an_edge_subscription_is_named, 0, 2);
    tcase_add_test(tests, an_edge_server_alone_is_no_hub);
    tcase_add_test(tests, a_site_of_an_edge_server_may_be_unseen);
    tcase_add_loop_test(tests, mailboxes_and_calls_want_a_hub, 0, 2);
    tcase_add_loop_test(tests, connectors_of_an_edge_server_are_to_be_seen, 0, 2);
    tcase_add_loop_test(tests, a_smart_host_may_be_an_edge_server, 0, 2);
    tcase_add_loop_test(tests, a_younger_hub_is_not_in_the_subscription, 0, 3);
    return tests;
}

static TCase *last_server_tests(void)
{
    TCase *tests = case_of("the last servers");

    tcase_add_loop_test(tests, a_way_to_the_internet_is_to_be_seen, 0, 2);
    tcase_add_test(tests, without_old_servers_no_way_ends_on_them);
    tcase_add_loop_test(tests, group_connectors_go_with_the_last_server, 0, 2);
    tcase_add_loop_test(tests, groups_expand_on_old_servers_or_new_ones, 0, 2);
    tcase_add_test(tests, without_old_servers_there_are_no_duties);
    tcase_add_test(tests, without_old_servers_no_mailbox_is_on_them);
    tcase_add_loop_test(tests, a_migration_leaves_a_group_behind, 0, 2);
    return tests;
}

static TCase *mailbox_tests(void)
{
    TCase *tests = case_of("mailboxes");

    tcase_add_loop_test(tests, the_server_of_a_mailbox_is_found_wherever_its_store_lies, 0, 2);
    tcase_add_test(tests, mailboxes_of_the_system_are_nobodys);
    tcase_add_loop_test(tests, a_format_version_that_nobody_has_was_not_exported, 0, 2);
    return tests;
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-recipients");

    suite_add_tcase(suite, policy_tests());
    suite_add_tcase(suite, service_tests());
    suite_add_tcase(suite, site_tests());
    suite_add_tcase(suite, last_server_tests());
    suite_add_tcase(suite, mailbox_tests());
    return suite;
}
