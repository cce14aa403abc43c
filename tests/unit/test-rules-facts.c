/* rules/facts.h and rules/controllers.h: what the rules ask about servers, sites, connectors and
 * domain controllers, what they say where that was not read, and which partitions they want. */
#include "rules/facts.h"

#include "rules/audit.h"
#include "rules/controllers.h"

#include "model.h"
#include "said.h"
#include "unit.h"

#include <string.h>

#define LONDON "CN=London," SITES

/* --- servers ------------------------------------------------------------------------------ */

enum { PLACED = 1, MOVES = 2, TRANSPORTS = 4, UNSEEN = 8 };

static const struct {
    const char *serial;
    const char *roles; /* NULL: not read */
    unsigned expected;
} servers[] = {
    {SERIAL_2003, "32", 0},
    {SERIAL_2003, NULL, 0},
    {SERIAL_2007, "2", PLACED | MOVES},
    {SERIAL_2007, "4", PLACED},
    {SERIAL_2007, "16", PLACED | MOVES},
    {SERIAL_2007, "32", PLACED | MOVES | TRANSPORTS},
    {SERIAL_2007, "64", 0},
    {SERIAL_2007, "4096", 0},
    {SERIAL_2007, NULL, PLACED | UNSEEN},
    {SERIAL_2010, "2", PLACED | MOVES},
    {SERIAL_2013, "2", PLACED | MOVES | TRANSPORTS},
    {SERIAL_2013, "4", PLACED},
    {SERIAL_2016, "54", PLACED | MOVES | TRANSPORTS},
    {"Version 99", "32", 0},
};

static void put_modern(const char *dn, const char *serial, const char *roles, const char *site)
{
    const char *site_name = site != NULL ? "msExchServerSite" : NULL;

    if (roles != NULL)
        forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
                   "msExchCurrentServerRoles", roles, site_name, site, NULL);
    else
        forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
                   site_name, site, NULL);
}

START_TEST(a_server_is_told_by_version_and_roles)
{
    unsigned found = 0;

    put_modern(EX07, servers[_i].serial, servers[_i].roles, NULL);
    build();
    found |= server_is_placed(server(EX07)) ? PLACED : 0;
    found |= server_moves_mail(server(EX07)) ? MOVES : 0;
    found |= server_transports(server(EX07)) ? TRANSPORTS : 0;
    found |= server_roles_unseen(server(EX07)) ? UNSEEN : 0;
    ck_assert_uint_eq(found, servers[_i].expected);
}
END_TEST

START_TEST(a_front_end_is_certain_by_the_newer_attribute)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2003, _i == 1 ? "serverRole" : "msExchServerRole", _i == 2 ? "0" : "1", NULL);
    build();
    ck_assert(front_end_is_certain(server(EX03)) == (_i == 0));
}
END_TEST

/* A back-end of 2003, one without mailboxes, a front-end, and a server of 2007. */
START_TEST(mailboxes_of_old_are_on_back_ends)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               _i == 3 ? SERIAL_2007 : SERIAL_2003, "msExchServerRole", _i == 2 ? "1" : "0", NULL);
    forest_put(directory, 0, "CN=Public," EX03, "objectClass", "msExchPublicMDB", NULL);
    if (_i != 1)
        forest_put(directory, 0, "CN=Store," EX03, "objectClass", "msExchPrivateMDB", NULL);
    build();
    ck_assert(server_keeps_legacy_mailboxes(server(EX03)) == (_i == 0));
}
END_TEST

static const struct {
    const char *host;
    bool called;
} hosts[] = {
    {"EX03", true},
    {"ex03", true},
    {"EX03.Contoso.test", true},
    {"EX02", false},
    {"EX04", false},
    {"EX02.contoso.test", false},
    {"EX04.contoso.test", false},
    {"", false},
};

START_TEST(a_server_is_called_by_its_name_or_its_host)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "networkAddress",
               "netbios:EX03", "networkAddress", "ncacn_ip_tcp:ex03.contoso.test", NULL);
    put_2003("CN=EX05," LEGACY_SERVERS, NULL);
    build();
    ck_assert(server_is_called(server(EX03), hosts[_i].host) == hosts[_i].called);
    ck_assert(!server_is_called(server("CN=EX05," LEGACY_SERVERS), hosts[_i].host));
}
END_TEST

/* --- sites -------------------------------------------------------------------------------- */

static void put_site(const char *dn)
{
    forest_put(directory, 0, dn, "objectClass", "site", NULL);
}

START_TEST(sites_hold_servers_of_a_version_and_role)
{
    g_autoptr(GPtrArray) found = NULL;
    g_autoptr(GPtrArray) hub_sites = NULL;
    const Site *site;

    put_site(LONDON);
    put_site("CN=Oslo," SITES);
    put_modern("CN=A," MODERN_SERVERS, SERIAL_2007, "34", LONDON);
    put_modern("CN=B," MODERN_SERVERS, SERIAL_2007, "2", LONDON);
    put_modern("CN=C," MODERN_SERVERS, SERIAL_2010, "2", LONDON);
    put_modern("CN=D," MODERN_SERVERS, SERIAL_2013, "2", LONDON);
    put_modern("CN=E," MODERN_SERVERS, SERIAL_2007, "66", LONDON);
    put_modern("CN=F," MODERN_SERVERS, SERIAL_2007, "4", "CN=Oslo," SITES);
    build();
    site = g_ptr_array_index(topology->sites, 0);
    found = site_holders(site, FAMILY_2007, FAMILY_2010, ROLE_MAILBOX);
    check_names(found, "A B C ");
    ck_assert_uint_eq(site_count(site, server_is_placed), 4);
    ck_assert_uint_eq(site_count(site, server_transports), 2);
    hub_sites = sites_with(topology, server_transports);
    check_names(hub_sites, "London ");
}
END_TEST

static const struct {
    const char *serial;
    const char *roles;
    bool possible;
} possible_hubs[] = {
    {SERIAL_2007, NULL, true},  {SERIAL_2007, "32", false}, {SERIAL_2013, NULL, false},
    {"Version 99", NULL, true}, {"Version 99", "32", true}, {"Version 99", "2", false},
};

START_TEST(a_site_may_hold_what_was_not_read)
{
    put_site(LONDON);
    put_modern("CN=A," MODERN_SERVERS, SERIAL_2013, NULL, LONDON);
    put_modern("CN=B," MODERN_SERVERS, possible_hubs[_i].serial, possible_hubs[_i].roles, LONDON);
    build();
    ck_assert(site_may_hold(g_ptr_array_index(topology->sites, 0), FAMILY_2007, FAMILY_2010,
                            ROLE_HUB_TRANSPORT) == possible_hubs[_i].possible);
}
END_TEST

/* --- connectors --------------------------------------------------------------------------- */

#define ELSEWHERE "CN=EX,CN=Servers,CN=Fabrikam,CN=Configuration,DC=fabrikam,DC=test"
#define CONNECTIONS "CN=Connections," MODERN_ROUTING

static void put_connector(const char *attribute, const char *value, const char *mta)
{
    forest_put(directory, 0, "CN=Out," CONNECTIONS, "objectClass", "msExchRoutingSMTPConnector",
               "routingList", "SMTP:*", "homeMTA", mta, attribute, value, NULL);
}

START_TEST(senders_are_the_sources_or_the_home_mta)
{
    g_autoptr(GPtrArray) senders = NULL;

    put_modern(EX07, SERIAL_2007, "32", NULL);
    put_2003(EX03, NULL);
    put_connector(_i == 0 ? NULL : "msExchSourceBridgeheadServersDN", EX03, EX07);
    build();
    senders = connector_source_servers(connector(0));
    check_names(senders, _i == 0 ? "EX07 " : "EX03 ");
    ck_assert(!connector_has_unseen_sender(topology, connector(0)));
    ck_assert_int_eq(address_space_cost(&connector(0)->spaces[0]), 1);
}
END_TEST

START_TEST(the_home_mta_counts_where_no_source_is_named)
{
    g_autoptr(GPtrArray) senders = NULL;

    put_2003(EX03, NULL);
    put_connector(_i == 0 ? NULL : "msExchSourceBridgeheadServersDN", EX03, ELSEWHERE);
    build();
    senders = connector_source_servers(connector(0));
    check_names(senders, _i == 0 ? "" : "EX03 ");
    ck_assert(connector_has_unseen_sender(topology, connector(0)) == (_i == 0));
}
END_TEST

START_TEST(any_source_may_be_unseen)
{
    put_2003(EX03, NULL);
    forest_put(directory, 0, "CN=Out," CONNECTIONS, "objectClass", "msExchRoutingSMTPConnector",
               "msExchSourceBridgeheadServersDN", EX03, "msExchSourceBridgeheadServersDN",
               _i == 0 ? ELSEWHERE : "CN=EX,CN=Servers,CN=Configuration,DC=adatum,DC=test", NULL);
    build();
    ck_assert(connector_has_unseen_sender(topology, connector(0)));
}
END_TEST

static const struct {
    const char *class_name;
    const char *spaces[2];
    bool internet;
} spaces[] = {
    {"msExchRoutingSMTPConnector", {"SMTP:*;5", "SMTP:fabrikam.test"}, true},
    {"msExchRoutingSMTPConnector", {"FAX:*", "SMTP:*"}, true},
    {"msExchRoutingSMTPConnector", {"SMTP:fabrikam.test", "FAX:*"}, false},
    {"msExchNotesConnector", {"NOTES:*", "SMTP:*"}, false},
};

START_TEST(the_internet_is_served_by_smtp_connectors)
{
    forest_put(directory, 0, "CN=Out," CONNECTIONS, "objectClass", spaces[_i].class_name,
               "routingList", spaces[_i].spaces[0], "routingList", spaces[_i].spaces[1], NULL);
    build();
    ck_assert(connector_serves_internet(connector(0)) == spaces[_i].internet);
    ck_assert(connector_leads_out(connector(0)));
}
END_TEST

/* --- what was not read -------------------------------------------------------------------- */

START_TEST(no_server_may_be_one_that_was_not_seen)
{
    build();
    check_said(topology, "CAS001", SCENARIO_AUDIT, "0: no msExchExchangeServer was seen");
}
END_TEST

START_TEST(versions_that_were_not_read_are_said)
{
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", NULL);
    if (_i == 1)
        put_2003(EX03, NULL);
    build();
    check_said(topology, "CAS001", SCENARIO_AUDIT, "1: the version of the server is not known");
}
END_TEST

START_TEST(a_plan_does_not_know_its_site)
{
    put_2003(EX03, NULL);
    build();
    check_said(topology, "CAS001", _i == 0 ? SCENARIO_PREFLIGHT : SCENARIO_AUDIT,
               _i == 0 ? "0: the site of the first Exchange 2007 server is not known yet"
                       : "nothing");
}
END_TEST

static const struct {
    const char *roles;
    const char *site;
    bool read;
    const char *said;
} sites[] = {
    {NULL, LONDON, true, "1: msExchCurrentServerRoles was not read on any object: export it"},
    {"2", NULL, true, "1: msExchServerSite was not read on any object: export it"},
    {"2", LONDON, false, "0: no site was read: export CN=Sites,CN=Configuration as well"},
    {"2", LONDON, true, "found"},
    {"2", "CN=Oslo,CN=Sites,CN=Configuration,DC=fabrikam,DC=test", true,
     "1: the site that the server names was not read"},
};

START_TEST(sites_that_were_not_read_are_said)
{
    put_modern(EX07, SERIAL_2007, sites[_i].roles, sites[_i].site);
    if (sites[_i].read)
        put_site(LONDON);
    build();
    check_said(topology, "CAS001", SCENARIO_AUDIT, sites[_i].said);
}
END_TEST

/* Without a link, with one that names no site, with one that does, and with roles not read. */
START_TEST(links_that_were_not_read_are_said)
{
    static const char *const expected[] = {
        "0: no site link was read: if the forest has any, export CN=Inter-Site Transports",
        "1: siteList was not read on any object: export it", "nothing",
        "1: the roles of the server were not read"};

    put_site(LONDON);
    put_modern(EX07, SERIAL_2007, "32", LONDON);
    put_connector("msExchSourceBridgeheadServersDN", EX07, EX07);
    if (_i > 0)
        forest_put(directory, 0, "CN=LINK," TRANSPORT_IP, "objectClass", "siteLink",
                   _i > 1 ? "siteList" : NULL, LONDON, NULL);
    if (_i > 2)
        put_modern("CN=EX07B," MODERN_SERVERS, SERIAL_2007, NULL, LONDON);
    build();
    check_said(topology, "SEND005", SCENARIO_AUDIT, expected[_i]);
}
END_TEST

/* A policy shares a domain that no connector leads to: without a server that is nobody's fault, and
 * with one it takes a container for connectors to know that there is none. */
START_TEST(connectors_that_were_not_read_are_said)
{
    static const char *const expected[] = {
        "nothing", "0: no connector and no container for connectors", "found", "found"};

    forest_put(directory, 0, "CN=Policy,CN=Recipient Policies," ORGANIZATION, "objectClass",
               "msExchRecipientPolicy", "msExchNonAuthoritativeDomains", "SMTP:@fabrikam.test",
               NULL);
    if (_i > 0)
        put_2003(EX03, NULL);
    if (_i > 1)
        forest_put(directory, 0, CONNECTIONS, "objectClass", "msExchConnectors", NULL);
    if (_i > 2)
        forest_put(directory, 0, "CN=Out," CONNECTIONS, "objectClass", "msExchNotesConnector",
                   "routingList", "NOTES:*", NULL);
    build();
    check_said(topology, "POL010", SCENARIO_AUDIT, expected[_i]);
}
END_TEST

/* Nothing is sure where no connector was seen; what is no connector, but goes with one, is. */
START_TEST(foreign_connectors_that_were_not_read_are_said)
{
    static const char *const rules[] = {"LEG008", "LEG009", "LEG010", "LEG013", "LEG014", "LEG010"};
    static const char unread[] = "0: no connector and no container for connectors";
    static const char found[] = "found0: no connector and no container for connectors";

    put_2003(EX03, NULL);
    if (_i == 5)
        forest_put(directory, 0, "CN=TCP," EX03, "objectClass", "rFC1006Stack", NULL);
    build();
    check_said(topology, rules[_i], _i == 4 ? SCENARIO_PREFLIGHT : SCENARIO_LAST,
               _i == 5 ? found : unread);
}
END_TEST

/* Exchange 2007 with a hub, and without one: then the ways of its mail are nobody's fault. */
START_TEST(hubs_want_a_way_to_the_internet)
{
    put_modern(EX07, SERIAL_2007, _i == 0 ? "34" : "2", NULL);
    forest_put(directory, 0, CONNECTIONS, "objectClass", "msExchConnectors", NULL);
    build();
    check_said(topology, "SEND001", SCENARIO_AUDIT, _i == 0 ? "found" : "nothing");
}
END_TEST

/* A virtual server tells that there is a server above it, but not what became of that. */
START_TEST(a_bridgehead_without_its_server_was_not_read)
{
    put_group(MUNICH);
    put_group(SEATTLE);
    put_2003("CN=EX03B," LEGACY_SERVERS, MUNICH);
    forest_put(directory, 0, VIRTUAL EX03, "objectClass", "protocolCfgSMTPServer", NULL);
    forest_put(directory, 0, "CN=There,CN=Connections," MUNICH, "objectClass",
               "msExchRoutingGroupConnector", "msExchDestinationRGDN", SEATTLE,
               "msExchTargetBridgeheadServersDN", VIRTUAL EX03, "homeMTA",
               "CN=Microsoft MTA,CN=EX03B," LEGACY_SERVERS, NULL);
    build();
    check_said(topology, "CONN006", SCENARIO_AUDIT,
               "1: a bridgehead of the connector was not read");
}
END_TEST

START_TEST(an_administrative_group_that_was_not_read_is_said)
{
    static const char *const rules[] = {"AG001", "AG002", "AG003"};

    put_server("CN=EX07,CN=Servers,CN=Munich,CN=Administrative Groups," ORGANIZATION, SERIAL_2007,
               NULL);
    if (_i == 2)
        lose(MODERN_GROUP);
    build();
    check_said(topology, rules[_i], SCENARIO_AUDIT,
               "1: the administrative group of the server was not read");
}
END_TEST

/* The containers of the forest are empty, which proves something where any server was read. */
START_TEST(servers_that_were_not_read_are_said)
{
    static const char *const rules[] = {"AG005", "AG006"};

    build();
    check_said(topology, rules[_i], SCENARIO_AUDIT, "0: no server object was read at all");
}
END_TEST

/* An export of CN=Services alone: nothing comes after what lies below the group. */
START_TEST(an_empty_group_may_be_the_last_that_was_read)
{
    put_2003("CN=EX03," MODERN_SERVERS, NULL);
    lose("CN=Subnets," SITES);
    lose(TRANSPORT_SMTP);
    lose(TRANSPORT_IP);
    lose("CN=Inter-Site Transports," SITES);
    lose(SITES);
    build();
    check_raised(
        topology, "AG006",
        "Administrative group \"First\" has no servers any more, but still 2 objects below "
        "it");
}
END_TEST

/* Of the group of Exchange 2007 only a conflict's copy is left. */
START_TEST(a_copy_alone_is_no_twin)
{
    lose(MODERN_GROUP);
    forest_put(directory, 0,
               "CN=Exchange Administrative Group (FYDIBOHF23SPDLT)\\0ACNF:"
               "5d3e8a07-4c1f-4b0e-9f0a-2f6d1b7c9e11,CN=Administrative Groups," ORGANIZATION,
               "objectClass", "msExchAdminGroup", "whenChanged", "20080115090000.0Z", NULL);
    build();
    check_said(topology, "AG004", SCENARIO_AUDIT, "nothing");
}
END_TEST

START_TEST(roles_in_a_site_that_were_not_read_are_said)
{
    put_site(LONDON);
    put_modern(EX07, SERIAL_2007, "2", LONDON);
    put_modern("CN=EX07B," MODERN_SERVERS, SERIAL_2007, NULL, LONDON);
    build();
    check_said(topology, "CAS001", SCENARIO_AUDIT,
               "1: version or roles of a server in the site were not read");
}
END_TEST

/* Subscribed to a site of another forest, and to none that anybody was allowed to see. */
START_TEST(the_site_of_a_subscription_that_was_not_read_is_said)
{
    put_modern("CN=EDGE," MODERN_SERVERS, SERIAL_2007, "64",
               _i == 0 ? "CN=Oslo,CN=Sites,CN=Configuration,DC=fabrikam,DC=test" : NULL);
    build();
    check_said(topology, "EDGE001", SCENARIO_AUDIT,
               _i == 0 ? "1: the site that the Edge server is subscribed to was not read"
                       : "1: msExchServerSite was not read on any server");
}
END_TEST

START_TEST(a_server_is_misplaced_although_its_group_looks_renamed)
{
    forest_put(directory, 0, "CN=EX07," LEGACY_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", SERIAL_2007, "legacyExchangeDN",
               "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=EX07", NULL);
    build();
    check_said(topology, "AG001", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(a_mode_that_was_not_read_is_said)
{
    forest_put(directory, 0, "CN=Old,CN=Administrative Groups," ORGANIZATION, "objectClass",
               "msExchAdminGroup", "msExchAdminGroupMode", "2", NULL);
    build();
    check_said(topology, "AG009", SCENARIO_AUDIT,
               "1: msExchMixedMode was not read on the organisation");
}
END_TEST

static const struct {
    const char *rule;
    unsigned parts;
} parts[] = {
    {"AG001", 0},
    {"CONN010", DOMAIN_COMPUTERS | DOMAIN_GROUPS},
    {"PRE009", DOMAIN_COMPUTERS},
};

START_TEST(rules_want_parts_of_domains)
{
    const char *include[] = {parts[_i].rule, NULL};
    AuditOptions options = {.include = include};

    ck_assert_uint_eq(audit_domain_parts(&options), parts[_i].parts);
}
END_TEST

/* --- domain controllers ------------------------------------------------------------------- */

#define MACHINE "CN=LON-DC1,OU=Domain Controllers,DC=contoso,DC=test"
#define CONTROLLER "CN=LON-DC1,CN=Servers," LONDON

static void put_controller(const char *level)
{
    put_site(LONDON);
    forest_put(directory, 0, CONTROLLER, "objectClass", "server", "serverReference", MACHINE, NULL);
    forest_put(directory, 0, "CN=NTDS Settings," CONTROLLER, "objectClass", "nTDSDSA", "options",
               "1", level != NULL ? "msDS-Behavior-Version" : NULL, level, NULL);
}

static void put_machine(const char *version, const char *service_pack)
{
    forest_put(directory, 0, MACHINE, "objectClass", "computer", "sAMAccountName", "LON-DC1$",
               version != NULL ? "operatingSystemVersion" : NULL, version, NULL);
    forest_put(directory, 0, "CN=OTHER,CN=Computers,DC=contoso,DC=test", "objectClass", "computer",
               service_pack != NULL ? "operatingSystemServicePack" : NULL, service_pack, NULL);
}

static ControllerSystem system_found(void)
{
    build();
    ck_assert_uint_eq(topology->controllers->len, 1);
    return controller_system(topology, g_ptr_array_index(topology->controllers, 0));
}

static const struct {
    const char *version;
    ControllerSystem system;
} versions[] = {
    {"5.0 (2195)", SYSTEM_TOO_OLD}, {"4.0", SYSTEM_TOO_OLD},
    {"5.1 (2600)", SYSTEM_TOO_OLD}, {"5.2 (3790)", SYSTEM_UNPATCHED},
    {"5.3 (1)", SYSTEM_CURRENT},    {"6.0 (6002)", SYSTEM_CURRENT},
    {"6.2 (9200)", SYSTEM_CURRENT}, {"10.0 (14393)", SYSTEM_CURRENT},
    {"5", SYSTEM_UNKNOWN},          {"Windows", SYSTEM_UNKNOWN},
    {".5", SYSTEM_UNKNOWN},         {NULL, SYSTEM_UNKNOWN},
};

START_TEST(the_system_of_a_controller_is_told_by_its_version)
{
    put_controller(NULL);
    put_machine(versions[_i].version, "Service Pack 1");
    ck_assert_int_eq(system_found(), versions[_i].system);
}
END_TEST

static const struct {
    const char *own;
    const char *other;
    ControllerSystem system;
} packs[] = {
    {"Service Pack 1", NULL, SYSTEM_SP1},
    {"Service Pack 2", NULL, SYSTEM_CURRENT},
    {"Service Pack 3", NULL, SYSTEM_CURRENT},
    {NULL, "Service Pack 1", SYSTEM_UNPATCHED},
    {NULL, NULL, SYSTEM_UNKNOWN},
};

START_TEST(a_service_pack_is_missing_where_others_have_one)
{
    put_controller(NULL);
    forest_put(directory, 0, MACHINE, "objectClass", "computer", "operatingSystemVersion",
               "5.2 (3790)", packs[_i].own != NULL ? "operatingSystemServicePack" : NULL,
               packs[_i].own, NULL);
    forest_put(directory, 0, "CN=OTHER,CN=Computers,DC=contoso,DC=test", "objectClass", "computer",
               packs[_i].other != NULL ? "operatingSystemServicePack" : NULL, packs[_i].other,
               NULL);
    ck_assert_int_eq(system_found(), packs[_i].system);
}
END_TEST

/* Whose account was not read, and whose was, of a system that is too old. */
START_TEST(the_level_tells_a_newer_system)
{
    static const char *const levels[] = {"2", "3", "4", "3"};
    static const ControllerSystem expected[] = {SYSTEM_UNKNOWN, SYSTEM_CURRENT, SYSTEM_CURRENT,
                                                SYSTEM_TOO_OLD};

    put_controller(levels[_i]);
    if (_i == 3)
        put_machine("5.0 (2195)", NULL);
    ck_assert_int_eq(system_found(), expected[_i]);
}
END_TEST

START_TEST(controllers_that_were_not_read_are_said)
{
    put_modern(EX07, SERIAL_2007, "32", LONDON);
    if (_i == 0)
        put_site(LONDON);
    else
        put_controller(NULL);
    build();
    check_said(topology, "PRE008", SCENARIO_AUDIT,
               _i == 0 ? "0: no domain controller was read" : "1: the operating systems of");
}
END_TEST

/* --- suite -------------------------------------------------------------------------------- */

static TCase *case_of(const char *name)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, set_up, tear_down);
    return tests;
}

static TCase *server_tests(void)
{
    TCase *tests = case_of("servers and sites");

    tcase_add_loop_test(tests, a_server_is_told_by_version_and_roles, 0, G_N_ELEMENTS(servers));
    tcase_add_loop_test(tests, a_front_end_is_certain_by_the_newer_attribute, 0, 3);
    tcase_add_loop_test(tests, a_server_is_called_by_its_name_or_its_host, 0, G_N_ELEMENTS(hosts));
    tcase_add_loop_test(tests, mailboxes_of_old_are_on_back_ends, 0, 4);
    tcase_add_test(tests, sites_hold_servers_of_a_version_and_role);
    tcase_add_loop_test(tests, a_site_may_hold_what_was_not_read, 0, G_N_ELEMENTS(possible_hubs));
    return tests;
}

static TCase *connector_tests(void)
{
    TCase *tests = case_of("connectors");

    tcase_add_loop_test(tests, senders_are_the_sources_or_the_home_mta, 0, 2);
    tcase_add_loop_test(tests, the_home_mta_counts_where_no_source_is_named, 0, 2);
    tcase_add_loop_test(tests, any_source_may_be_unseen, 0, 2);
    tcase_add_loop_test(tests, the_internet_is_served_by_smtp_connectors, 0, G_N_ELEMENTS(spaces));
    return tests;
}

static TCase *sight_tests(void)
{
    TCase *tests = case_of("what was not read");

    tcase_add_test(tests, no_server_may_be_one_that_was_not_seen);
    tcase_add_loop_test(tests, versions_that_were_not_read_are_said, 0, 2);
    tcase_add_loop_test(tests, a_plan_does_not_know_its_site, 0, 2);
    tcase_add_loop_test(tests, sites_that_were_not_read_are_said, 0, G_N_ELEMENTS(sites));
    tcase_add_loop_test(tests, links_that_were_not_read_are_said, 0, 4);
    tcase_add_loop_test(tests, connectors_that_were_not_read_are_said, 0, 4);
    tcase_add_loop_test(tests, foreign_connectors_that_were_not_read_are_said, 0, 6);
    tcase_add_loop_test(tests, hubs_want_a_way_to_the_internet, 0, 2);
    tcase_add_test(tests, a_bridgehead_without_its_server_was_not_read);
    tcase_add_loop_test(tests, an_administrative_group_that_was_not_read_is_said, 0, 3);
    tcase_add_loop_test(tests, servers_that_were_not_read_are_said, 0, 2);
    tcase_add_test(tests, an_empty_group_may_be_the_last_that_was_read);
    tcase_add_test(tests, a_copy_alone_is_no_twin);
    tcase_add_test(tests, roles_in_a_site_that_were_not_read_are_said);
    tcase_add_loop_test(tests, the_site_of_a_subscription_that_was_not_read_is_said, 0, 2);
    tcase_add_test(tests, a_server_is_misplaced_although_its_group_looks_renamed);
    tcase_add_test(tests, a_mode_that_was_not_read_is_said);
    tcase_add_loop_test(tests, rules_want_parts_of_domains, 0, G_N_ELEMENTS(parts));
    return tests;
}

static TCase *controller_tests(void)
{
    TCase *tests = case_of("domain controllers");

    tcase_add_loop_test(tests, the_system_of_a_controller_is_told_by_its_version, 0,
                        G_N_ELEMENTS(versions));
    tcase_add_loop_test(tests, a_service_pack_is_missing_where_others_have_one, 0,
                        G_N_ELEMENTS(packs));
    tcase_add_loop_test(tests, the_level_tells_a_newer_system, 0, 4);
    tcase_add_loop_test(tests, controllers_that_were_not_read_are_said, 0, 2);
    return tests;
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-facts");

    suite_add_tcase(suite, server_tests());
    suite_add_tcase(suite, connector_tests());
    suite_add_tcase(suite, sight_tests());
    suite_add_tcase(suite, controller_tests());
    return suite;
}
