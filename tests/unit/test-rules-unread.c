/*
 * What rules say where an attribute was read on no object: each case is a few records, what a rule
 * says of them, and what it says when the attribute is left out of them all.
 */
#include "model.h"
#include "said.h"
#include "scratch.h"
#include "source/source.h"
#include "unit.h"

#include <string.h>

/* --- records ------------------------------------------------------------------------------ */

#define ENTRY(dn, class_name) "\ndn: " dn "\nobjectClass: " class_name "\n"
#define SERVER(dn, serial) ENTRY(dn, "msExchExchangeServer") "serialNumber: " serial "\n"
#define ROLES(number) "msExchCurrentServerRoles: " number "\n"
#define HOST(name) "networkAddress: ncacn_ip_tcp:" name "\n"
#define AT(dn) "msExchServerSite: " dn "\n"
#define IN(dn) "msExchHomeRoutingGroup: " dn "\n"
#define CALLED(name) "legacyExchangeDN: " name "\n"

#define TO(dn) "msExchDestinationRGDN: " dn "\n"
#define FROM(dn) "msExchSourceBridgeheadServersDN: " dn "\n"
#define TARGET(dn) "msExchTargetBridgeheadServersDN: " dn "\n"
#define SITE(dn) ENTRY(dn, "site") "msExchTransportSiteFlags: 0\n"
#define ACCOUNT(name, place) ENTRY("CN=" name "," place, "computer") "sAMAccountName: " name "$\n"
#define CONNECTOR(name, from) \
    ENTRY("CN=" name ",CN=Connections," from, "msExchRoutingGroupConnector")
#define CONNECTIONS(group) ENTRY("CN=Connections," group, "msExchConnectors")
#define LEGACY_CLAIM(group) \
    ENTRY("CN=Out,CN=Connections," group, "msExchRoutingSMTPConnector") "routingList: SMTP:*;1\n"
#define CLAIM(name)                                                                   \
    ENTRY("CN=" name ",CN=Connections," MODERN_ROUTING, "msExchRoutingSMTPConnector") \
    "routingList: SMTP:*;1\n"
#define POLICY(name) \
    ENTRY("CN=" name ",CN=Recipient Policies," ORGANIZATION, "msExchRecipientPolicy")
#define TEMPLATE(text) "gatewayProxy: " text "\n"

#define SERIAL_2003_RTM "Version 6.5 (Build 6944.4)"
#define LONDON "CN=London," SITES
#define OSLO "CN=Oslo," SITES
#define EX03B "CN=EX03B," LEGACY_SERVERS
#define EX07B "CN=EX07B," MODERN_SERVERS
#define EX07C "CN=EX07C," MODERN_SERVERS
#define STRAY "CN=EX07S," LEGACY_SERVERS
#define ALONE "CN=EX09,CN=Servers,CN=Unread,CN=Administrative Groups," ORGANIZATION
#define TOKEN "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
#define DOMAIN_DN "DC=contoso,DC=test"
#define CONTROLLERS "OU=Domain Controllers," DOMAIN_DN
#define COMPUTERS "CN=Computers," DOMAIN_DN
#define DC1 "CN=DC1,CN=Servers," LONDON
#define SYSTEM_OBJECTS "CN=Microsoft Exchange System Objects," DOMAIN_DN
#define SERVICES "CN=Recipient Update Services," ORGANIZATION

#define UNREAD(count, attribute)                                                                 \
    count ": " attribute " was not read on any object: export it, or read with an account that " \
          "may"

typedef struct Case {
    const char *hidden;
    const char *rule;
    Scenario scenario;
    const char *whole;
    const char *without;
    const char *records;
    const char *lost; /* an object that was not read at all, or NULL */
} Case;

/* --- cases -------------------------------------------------------------------------------- */

/* Small parts of organisations that several cases have. */
#define WRITTEN "whenChanged: 20080115090000.0Z\n"
#define VERSIONLESS(dn) ENTRY(dn, "msExchExchangeServer") WRITTEN
#define MODERN_ONE SERVER(EX07, SERIAL_2007) ROLES("36")
#define HUB_IN(dn, site) SERVER(dn, SERIAL_2007) ROLES("32") AT(site)
#define MISPLACED SERVER(STRAY, SERIAL_2007) ROLES("36")
#define GROUP_OF(group, server)        \
    ENTRY(group, "msExchRoutingGroup") \
    "msExchRoutingGroupMembersDN: " server "\n" SERVER(server, SERIAL_2003) IN(group)
#define DOMAIN_READ                                                                                \
    ENTRY("CN=CONTOSO,CN=Partitions," CONFIGURATION, "crossRef")                                   \
    "systemFlags: 3\nnCName: " DOMAIN_DN "\ndnsRoot: contoso.test\n" ENTRY(DOMAIN_DN, "domainDNS") \
        ENTRY(COMPUTERS, "container") ENTRY(CONTROLLERS, "organizationalUnit")                     \
            ACCOUNT("DC1", CONTROLLERS) ACCOUNT("OTHER", COMPUTERS)
#define JOINED                                                                             \
    GROUP_OF(MUNICH, EX03)                                                                 \
    MODERN_ONE IN(MODERN_ROUTING) AT(LONDON) SITE(LONDON) CONNECTOR("Out", MODERN_ROUTING) \
        FROM(EX07) TO(MUNICH) TARGET(EX03)
#define TWO_CONNECTORS                                                                        \
    JOINED "homeMTA: CN=Microsoft MTA," EX07 "\n" CONNECTOR("Two", MODERN_ROUTING) TO(MUNICH) \
        TARGET(EX03)
#define ADVISED JOINED GROUP_OF(SEATTLE, EX03B) CONNECTOR("Back", MUNICH) TARGET(EX07)
#define BACK(target) CONNECTOR("Back", MUNICH) FROM(EX03) TO(MODERN_ROUTING) TARGET(target)
#define HUBS_APART \
    CLAIM("One")   \
    FROM(EX07)     \
    CLAIM("Two") FROM(EX07B) SITE(LONDON) SITE(OSLO) HUB_IN(EX07, LONDON) HUB_IN(EX07B, OSLO)
#define HUB_ASTRAY \
    CLAIM("One")   \
    FROM(EX07)     \
    CLAIM("Two")   \
    FROM(EX07B) SITE(LONDON) HUB_IN(EX07, LONDON) SERVER(EX07B, SERIAL_2007) ROLES("32")
#define HUBS_TOGETHER \
    CLAIM("One")      \
    FROM(EX07) CLAIM("Two") FROM(EX07B) SITE(LONDON) HUB_IN(EX07, LONDON) HUB_IN(EX07B, LONDON)
#define GROUPS_APART \
    CLAIM("One") FROM(EX03) CLAIM("Two") FROM(EX03B) GROUP_OF(MUNICH, EX03) GROUP_OF(SEATTLE, EX03B)

static const Case cases[] = {
    /* A group of another name may be that of 2007, renamed: its old name tells. */
    {"legacyExchangeDN", "AG001", SCENARIO_AUDIT, "nothing", UNREAD("1", "legacyExchangeDN"),
     MISPLACED CALLED(TOKEN "/cn=EX07S"), MODERN_GROUP},
    {"legacyExchangeDN", "AG003", SCENARIO_AUDIT, "found", UNREAD("1", "legacyExchangeDN"),
     MISPLACED CALLED(TOKEN "/cn=EX07S"), MODERN_GROUP},
    {"legacyExchangeDN", "AG001", SCENARIO_AUDIT, "found", UNREAD("1", "legacyExchangeDN"),
     MISPLACED CALLED("/o=Contoso/ou=First/cn=EX07S"), MODERN_GROUP},
    {"legacyExchangeDN", "AG003", SCENARIO_AUDIT, "found", UNREAD("1", "legacyExchangeDN"),
     MISPLACED ENTRY(LEGACY_GROUP, "msExchAdminGroup") CALLED("/o=Contoso/ou=First"), MODERN_GROUP},
    {"legacyExchangeDN", "AG001", SCENARIO_AUDIT, "found", "found",
     MISPLACED CALLED("/o=Contoso/ou=First/cn=EX07S"), NULL},
    {"legacyExchangeDN", "AG003", SCENARIO_AUDIT, "nothing", "nothing",
     MODERN_ONE CALLED(TOKEN "/cn=EX07"), NULL},

    /* A server that was never installed, or an Edge server, is no sign of its version. */
    {"msExchCurrentServerRoles", "NXT001", SCENARIO_NEXT, "found",
     UNREAD("1", "msExchCurrentServerRoles"),
     SERVER(EX03, SERIAL_2003_RTM) SERVER(EX07, SERIAL_2010) ROLES("2"), NULL},
    {"msExchCurrentServerRoles", "NXT005", SCENARIO_NEXT, "found",
     UNREAD("1", "msExchCurrentServerRoles"),
     SERVER(EX03, SERIAL_2003) SERVER(EX07, SERIAL_2010) ROLES("2"), NULL},
    {"msExchCurrentServerRoles", "NXT006", SCENARIO_NEXT, "found",
     UNREAD("1", "msExchCurrentServerRoles"),
     SERVER(EX07, SERIAL_2010) ROLES("2")
         ENTRY("CN=Partitions," CONFIGURATION, "crossRefContainer") "msDS-Behavior-Version: 2\n",
     NULL},

    /* What delegated setup makes has no version; where roles are shown, it would show its own. */
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchCurrentServerRoles"), MODERN_ONE VERSIONLESS(EX07B), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "nothing",
     UNREAD("1", "msExchCurrentServerRoles"), MODERN_ONE VERSIONLESS(EX07B) ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchCurrentServerRoles"), MODERN_ONE VERSIONLESS(ALONE), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE VERSIONLESS(EX03), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE SERVER(EX07B, "Version 99.9"), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE VERSIONLESS(EX07B) "versionNumber: 1\n", NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"),
     MODERN_ONE HOST("ex07.contoso.test") VERSIONLESS(EX07B), NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "nothing",
     UNREAD("2", "msExchCurrentServerRoles"),
     MODERN_ONE HOST("ex07.contoso.test") VERSIONLESS(EX07B) ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX03, SERIAL_2003) HOST("ex03.contoso.test"), NULL},
    {"serialNumber", "RES009", SCENARIO_AUDIT, "nothing",
     "1: the version of the server is not known", MODERN_ONE HOST("ex07.contoso.test"), NULL},
    {"serialNumber", "RES009", SCENARIO_AUDIT, "nothing",
     "1: the version of the server is not known",
     SERVER(EX03, SERIAL_2003) "versionNumber: 7638\n" HOST("ex03.contoso.test")
         SERVER(EX03B, SERIAL_2003) HOST("ex03b.contoso.test"),
     NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"), MODERN_ONE VERSIONLESS(EX07B) ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchCurrentServerRoles"), VERSIONLESS(EX07B) ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX03, SERIAL_2003), NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "nothing",
     "1: the roles of the server were not read, and one of the Edge role",
     SERVER(EX07, SERIAL_2007) ROLES("64") DOMAIN_READ, NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "found",
     "1: the roles of the server were not read, and one of the Edge role", MODERN_ONE DOMAIN_READ,
     NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "nothing",
     "1: the roles of the server were not read, and one of the Edge role",
     SERVER(EX03, SERIAL_2003) VERSIONLESS(EX07B) ROLES("4096")
         DOMAIN_READ ACCOUNT("EX03", COMPUTERS),
     NULL},
    {"msExchCurrentServerRoles", "VER005", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"),
     HUB_IN(EX07, LONDON) SERVER(EX07B, SERIAL_2007_RTM) ROLES("64") AT(LONDON) SITE(LONDON), NULL},

    /* Who is in which domain. */
    {"msExchCurrentServerRoles", "PRE017", SCENARIO_AUDIT, "found",
     "1: the roles of the server were not read, and one of the Edge role is in no domain",
     MODERN_ONE HOST("ex07.elsewhere.test") DOMAIN_READ, NULL},
    {"networkAddress", "PRE017", SCENARIO_AUDIT, "found", "1: the DNS name of the server (networkA",
     MODERN_ONE HOST("ex07.elsewhere.test") DOMAIN_READ, NULL},
    {"networkAddress", "PRE017", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX07, SERIAL_2007) ROLES("64") HOST("edge.elsewhere.test") DOMAIN_READ, NULL},
    {"nCName", "RUS004", SCENARIO_AUDIT, "found", "0: nCName was not read on any of the 1 crossRef",
     SERVER(EX03, SERIAL_2003) DOMAIN_READ ENTRY(SYSTEM_OBJECTS, "msExchSystemObjectsContainer")
         ENTRY(SERVICES, "msExchAddressListServiceContainer"),
     NULL},
    {"msExchCurrentServerRoles", "HUB010", SCENARIO_AUDIT, "nothing",
     UNREAD("1", "msExchCurrentServerRoles"),
     MODERN_ONE CALLED("/o=Contoso/cn=EX07") DOMAIN_READ ENTRY(
         "CN=Staff,CN=Users," DOMAIN_DN, "group") "msExchExpansionServerName: /o=Contoso/cn=EX07\n",
     NULL},

    /* Routing groups and their members. */
    {"msExchDestinationRGDN", "RES006", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchDestinationRGDN"),
     GROUP_OF(MUNICH, EX03) ENTRY(SEATTLE, "msExchRoutingGroup") WRITTEN CONNECTOR("There", MUNICH)
         TO(SEATTLE),
     NULL},
    {"msExchDestinationRGDN", "RES006", SCENARIO_AUDIT, "nothing", "nothing",
     GROUP_OF(MUNICH, EX03) ENTRY(SEATTLE, "msExchRoutingGroup") WRITTEN, NULL},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", "CONN007", SCENARIO_AUDIT, "found",
     "2: the routing group of the server was not read (msExchHomeRoutingGroup", JOINED, NULL},
    {"msExchHomeRoutingGroup", "CONN007", SCENARIO_AUDIT, "found", "found", JOINED, NULL},
    {"msExchRoutingGroupMembersDN", "LINK002", SCENARIO_PREFLIGHT, "found", "found",
     GROUP_OF(MUNICH, EX03) GROUP_OF(SEATTLE, EX03B), NULL},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", "LINK002", SCENARIO_PREFLIGHT, "found",
     "2: the routing group of the server was not read (msExchHomeRoutingGroup",
     GROUP_OF(MUNICH, EX03) GROUP_OF(SEATTLE, EX03B), NULL},

    /* Connectors and their ends. */
    {"msExchDestinationRGDN", "RG005", SCENARIO_AUDIT, "nothing",
     "1: there are connectors of which it cannot be told where they lead",
     GROUP_OF(MUNICH, EX03) GROUP_OF(SEATTLE, EX03B) CONNECTIONS(MUNICH) CONNECTIONS(SEATTLE)
         CONNECTIONS(MODERN_ROUTING) CONNECTOR("There", MUNICH) FROM(EX03) TO(SEATTLE),
     NULL},
    {"homeMTA", "CONN003", SCENARIO_AUDIT, "found", UNREAD("1", "homeMTA"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN003", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchSourceBridgeheadServersDN"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN008", SCENARIO_AUDIT, "nothing",
     UNREAD("2", "msExchSourceBridgeheadServersDN"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN004", SCENARIO_AUDIT, "found",
     "found1: msExchSourceBridgeheadServersDN was not read",
     JOINED SERVER(EX07B, SERIAL_2007) ROLES("2") BACK(EX07B), NULL},
    {"msExchSourceBridgeheadServersDN", "CONN007", SCENARIO_AUDIT, "found",
     "found1: msExchSourceBridgeheadServersDN was not read", JOINED, NULL},
    {"msExchSourceBridgeheadServersDN", "RG006", SCENARIO_AUDIT, "found",
     "2: msExchSourceBridgeheadServersDN was not read",
     JOINED GROUP_OF(SEATTLE, EX03B) CONNECTIONS(MUNICH) CONNECTIONS(SEATTLE), NULL},
    {"routingList", "RG006", SCENARIO_AUDIT, "found", "1: there are connectors of which it cannot",
     JOINED GROUP_OF(SEATTLE, EX03B) CONNECTIONS(MUNICH) LEGACY_CLAIM(SEATTLE), NULL},
    {"msExchServerSite", "LINK004", SCENARIO_AUDIT, "found", UNREAD("1", "msExchServerSite"),
     JOINED BACK(EX07) GROUP_OF(SEATTLE, EX03B), NULL},
    {"msExchTargetBridgeheadServersDN", "RES012", SCENARIO_LAST, "found",
     UNREAD("1", "msExchTargetBridgeheadServersDN"),
     SERVER(EX03, SERIAL_2003) MODERN_ONE CONNECTOR("Out", MODERN_ROUTING) TARGET(EX03), NULL},
    {"msExchTargetBridgeheadServersDN", "RES012", SCENARIO_LAST, "nothing", "nothing",
     MODERN_ONE CONNECTOR("Out", MODERN_ROUTING) FROM(EX07) TARGET(EX07), NULL},

    /* Receive connectors; the container above was not read, and need not be. */
    {"msExchSmtpReceiveEnabled", "HUB005", SCENARIO_AUDIT, "found",
     "1: msExchSmtpReceiveEnabled was not read on the receive connector",
     HUB_IN(EX07, LONDON) SITE(LONDON)
         ENTRY("CN=Default,CN=SMTP Receive Connectors,CN=Protocols," EX07,
               "msExchSmtpReceiveConnector") "msExchSmtpReceiveBindings: "
                                             "0.0.0.0:25\nmsExchSmtpReceiveEnabled: FALSE\n",
     NULL},

    {"msExchServerSite", "CAS003", SCENARIO_AUDIT, "found", "found",
     SERVER(EX03, SERIAL_2003) MODERN_ONE AT(LONDON) SITE(LONDON)
         ENTRY("CN=owa (Default Web Site),CN=HTTP,CN=Protocols," EX07, "msExchOWAVirtualDirectory"),
     NULL},

    /* Edge servers are fed by the hubs of a site. */
    {"msExchServerSite", "EDGE006", SCENARIO_LAST, "found", UNREAD("2", "msExchServerSite"),
     HUB_IN(EX07, LONDON) SERVER(EX07B, SERIAL_2007) ROLES("64") AT(LONDON)
         SERVER(EX07C, SERIAL_2007) ROLES("2") AT(LONDON) SITE(LONDON),
     NULL},

    /* Recipient policies. */
    {"gatewayProxy", "POL003", SCENARIO_PREFLIGHT, "found", UNREAD("1", "gatewayProxy"),
     SERVER(EX03, SERIAL_2003) POLICY("Default") TEMPLATE("SMTP:@[10.0.0.1]"), NULL},
    {"gatewayProxy", "POL003", SCENARIO_PREFLIGHT, "found", "found" UNREAD("1", "gatewayProxy"),
     SERVER(EX03, SERIAL_2003) POLICY("Default")
         TEMPLATE("SMTP:@contoso.test") "disabledGatewayProxy: SMTP:@[10.0.0.1]\n",
     NULL},
};

/* Several connectors for one address space: how grave that is depends on where their servers
 * are. */
static const struct {
    const char *hidden;
    const char *records;
    Severity whole;
    Severity without;
    bool open;
} contests[] = {
    {"msExchServerSite", HUBS_APART, SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchServerSite", HUB_ASTRAY, SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchServerSite", HUBS_TOGETHER, SEVERITY_INFO, SEVERITY_INFO, true},
    {"msExchSourceBridgeheadServersDN", HUBS_APART, SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", GROUPS_APART, SEVERITY_WARNING,
     SEVERITY_INFO, true},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", HUBS_APART, SEVERITY_WARNING,
     SEVERITY_WARNING, false},
    {"msExchServerSite", GROUPS_APART, SEVERITY_WARNING, SEVERITY_WARNING, false},
};

/* --- the tests ---------------------------------------------------------------------------- */

static bool is_hidden(const char *line, const char *hidden)
{
    g_auto(GStrv) attributes = g_strsplit(hidden, ",", -1);

    for (char **attribute = attributes; *attribute != NULL; attribute++)
        if (g_str_has_prefix(line, *attribute) && line[strlen(*attribute)] == ':')
            return true;
    return false;
}

/* Reads the records without the attributes of a list; NULL: with all. */
static void read_records(const char *records, const char *hidden)
{
    g_auto(GStrv) lines = g_strsplit(records, "\n", -1);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    char *path;

    for (char **line = lines; *line != NULL; line++)
        if (hidden == NULL || !is_hidden(*line, hidden))
            g_string_append_printf(text, "%s\n", *line);
    path = scratch_file(text->str, text->len);
    ck_assert_msg(file_source_read(directory, path, NULL, NULL, &error), "%s",
                  error == NULL ? "" : error->message);
    scratch_free(path);
}

static void check_case(const Case *about, const char *hidden, const char *expected)
{
    if (about->lost != NULL)
        lose(about->lost);
    read_records(about->records, hidden);
    build();
    if (g_str_equal(expected, "nothing") || g_str_equal(expected, "found"))
        check_said_only(topology, about->rule, about->scenario, expected);
    else
        check_said(topology, about->rule, about->scenario, expected);
}

START_TEST(a_rule_judges_by_an_attribute)
{
    check_case(&cases[_i], NULL, cases[_i].whole);
}
END_TEST

START_TEST(a_rule_does_not_judge_without_it)
{
    check_case(&cases[_i], cases[_i].hidden, cases[_i].without);
}
END_TEST

/* That a domain controller is no global catalog makes it graver that it is an Exchange server. */
START_TEST(a_catalog_may_be_unread)
{
    read_records(MODERN_ONE HOST("dc1.contoso.test") SITE(LONDON)
                     ENTRY(DC1, "server") "dNSHostName: dc1.contoso.test\n" ENTRY(
                         "CN=NTDS Settings," DC1, "nTDSDSA") "options: 0\n"
                                                             "whenCreated: 20070101000000.0Z\n",
                 _i == 0 ? NULL : "options");
    build();
    check_weight(topology, "PRE023", SCENARIO_AUDIT, _i == 0 ? SEVERITY_ERROR : SEVERITY_WARNING);
}
END_TEST

/* Without CN=Services, or where the organisation's record was lost, nobody knows whether there is
 * one, nor what it holds. */
START_TEST(a_plan_without_an_organisation_read_cannot_tell)
{
    static const char *const unread[] = {
        EXCHANGE,      ORGANIZATION,   "CN=Administrative Groups," ORGANIZATION,
        LEGACY_GROUP,  LEGACY_SERVERS, LEGACY_ROUTING,
        MODERN_GROUP,  MODERN_SERVERS, "CN=Routing Groups," MODERN_GROUP,
        MODERN_ROUTING};

    for (guint i = 0; i < G_N_ELEMENTS(unread); i++)
        lose(unread[i]);
    if (_i == 0)
        lose("CN=Services," CONFIGURATION);
    else
        directory_lose(directory, 0, ORGANIZATION, strlen(ORGANIZATION));
    build();
    check_said_only(topology, "ORG005", SCENARIO_PREFLIGHT,
                    _i == 0 ? "0: no organisation was found, but CN=Services,CN=Configuration, "
                              "below which it would be, was not read either: export it, or read "
                              "with an account that may see it"
                            : "0: no organisation was found, but records were lost in reading, and "
                              "it may be among them: repair or repeat the export");
}
END_TEST

START_TEST(an_organisation_may_be_read_without_what_is_above)
{
    lose("CN=Services," CONFIGURATION);
    build();
    check_said_only(topology, "ORG005", SCENARIO_PREFLIGHT,
                    "0: no Exchange server of the organisation was read");
}
END_TEST

/* Where the sources are wrong as well, where the targets stand is no advice. */
START_TEST(a_destination_is_advised_for_sound_sources)
{
    read_records(_i == 0 ? ADVISED FROM(EX03) : ADVISED FROM(EX03B), NULL);
    build();
    check_advised(topology, "CONN005", _i == 0);
}
END_TEST

START_TEST(a_contest_is_grave_where_senders_stand_apart)
{
    read_records(contests[_i].records, NULL);
    build();
    check_weight(topology, "SEND003", SCENARIO_AUDIT, contests[_i].whole);
    check_said_only(topology, "SEND003", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(where_senders_stand_may_be_unread)
{
    read_records(contests[_i].records, contests[_i].hidden);
    build();
    check_weight(topology, "SEND003", SCENARIO_AUDIT, contests[_i].without);
    if (contests[_i].open)
        check_said(topology, "SEND003", SCENARIO_AUDIT, "found1: of the connectors that serve");
    else
        check_said_only(topology, "SEND003", SCENARIO_AUDIT, "found");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-unread");
    TCase *tests = tcase_create("unread");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_rule_judges_by_an_attribute, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, a_rule_does_not_judge_without_it, 0, G_N_ELEMENTS(cases));
    tcase_add_loop_test(tests, a_catalog_may_be_unread, 0, 2);
    tcase_add_loop_test(tests, a_plan_without_an_organisation_read_cannot_tell, 0, 2);
    tcase_add_test(tests, an_organisation_may_be_read_without_what_is_above);
    tcase_add_loop_test(tests, a_destination_is_advised_for_sound_sources, 0, 2);
    tcase_add_loop_test(tests, a_contest_is_grave_where_senders_stand_apart, 0,
                        G_N_ELEMENTS(contests));
    tcase_add_loop_test(tests, where_senders_stand_may_be_unread, 0, G_N_ELEMENTS(contests));
    suite_add_tcase(suite, tests);
    return suite;
}
