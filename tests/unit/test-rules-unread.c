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

#define SERIAL_2003_RTM "Version 6.5 (Build 6944.4)"
#define LONDON "CN=London," SITES
#define OSLO "CN=Oslo," SITES
#define EX03B "CN=EX03B," LEGACY_SERVERS
#define EX07B "CN=EX07B," MODERN_SERVERS
#define STRAY "CN=EX07S," LEGACY_SERVERS
#define ALONE "CN=EX09,CN=Servers,CN=Unread,CN=Administrative Groups," ORGANIZATION
#define TOKEN "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
#define DOMAIN_DN "DC=contoso,DC=test"
#define DOMAIN_RECORDS                                                                             \
    ENTRY("CN=CONTOSO,CN=Partitions," CONFIGURATION, "crossRef")                                   \
    "systemFlags: 3\nnCName: " DOMAIN_DN "\ndnsRoot: contoso.test\n" ENTRY(DOMAIN_DN, "domainDNS") \
        ENTRY("CN=Computers," DOMAIN_DN, "container")                                              \
            ENTRY("OU=Domain Controllers," DOMAIN_DN, "organizationalUnit") ENTRY(                 \
                "CN=DC1,OU=Domain Controllers," DOMAIN_DN,                                         \
                "computer") "sAMAccountName: DC1$\n" ENTRY("CN=OTHER,CN=Computers," DOMAIN_DN,     \
                                                           "computer") "sAMAccountName: OTHER$\n"
#define CONNECTOR(name, from) \
    ENTRY("CN=" name ",CN=Connections," from, "msExchRoutingGroupConnector")
#define SMTP_CONNECTOR(name, from)                                          \
    ENTRY("CN=" name ",CN=Connections," from, "msExchRoutingSMTPConnector") \
    "routingList: SMTP:*;1\n"
#define POLICY(name) \
    ENTRY("CN=" name ",CN=Recipient Policies," ORGANIZATION, "msExchRecipientPolicy")

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

#define MODERN_ONE SERVER(EX07, SERIAL_2007) ROLES("36")
#define MISPLACED SERVER(STRAY, SERIAL_2007) ROLES("36")
#define SAME_CLAIMS(first, second) \
    SMTP_CONNECTOR("One", MODERN_ROUTING) first SMTP_CONNECTOR("Two", MODERN_ROUTING) second
#define FROM(dn) "msExchSourceBridgeheadServersDN: " dn "\n"
#define TWO_CONNECTORS                                                                            \
    ENTRY(MUNICH, "msExchRoutingGroup")                                                           \
    "msExchRoutingGroupMembersDN: " EX03 "\n" SERVER(EX03, SERIAL_2003) IN(MUNICH) MODERN_ONE IN( \
        MODERN_ROUTING) AT(LONDON)                                                                \
        ENTRY(LONDON, "site") "msExchTransportSiteFlags: 0\n" CONNECTOR("One", MODERN_ROUTING)    \
            FROM(EX07) "msExchDestinationRGDN: " MUNICH "\nhomeMTA: CN=Microsoft MTA," EX07       \
                       "\nmsExchTargetBridgeheadServersDN: " EX03 "\n" CONNECTOR(                 \
                           "Two", MODERN_ROUTING) "msExchDestinationRGDN: " MUNICH                \
                                                  "\nmsExchTargetBridgeheadServersDN: " EX03 "\n"

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
     UNREAD("1", "msExchCurrentServerRoles"), MODERN_ONE ENTRY(EX07B, "msExchExchangeServer"),
     NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "nothing",
     UNREAD("1", "msExchCurrentServerRoles"),
     MODERN_ONE ENTRY(EX07B, "msExchExchangeServer") ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchCurrentServerRoles"), MODERN_ONE ENTRY(ALONE, "msExchExchangeServer"),
     NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE ENTRY(EX03, "msExchExchangeServer"), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE SERVER(EX07B, "Version 99.9"), NULL},
    {"msExchCurrentServerRoles", "ORG003", SCENARIO_AUDIT, "found", "found",
     MODERN_ONE ENTRY(EX07B, "msExchExchangeServer") "versionNumber: 1\n", NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"),
     MODERN_ONE HOST("ex07.contoso.test") ENTRY(EX07B, "msExchExchangeServer"), NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "nothing",
     UNREAD("2", "msExchCurrentServerRoles"),
     MODERN_ONE HOST("ex07.contoso.test") ENTRY(EX07B, "msExchExchangeServer") ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "RES009", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX03, SERIAL_2003) HOST("ex03.contoso.test"), NULL},
    {"serialNumber", "RES009", SCENARIO_AUDIT, "nothing",
     "1: the version of the server is not known", MODERN_ONE HOST("ex07.contoso.test"), NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"),
     MODERN_ONE ENTRY(EX07B, "msExchExchangeServer") ROLES("4096"), NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchCurrentServerRoles"), ENTRY(EX07B, "msExchExchangeServer") ROLES("4096"),
     NULL},
    {"msExchCurrentServerRoles", "RES010", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX03, SERIAL_2003), NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "nothing",
     "1: the roles of the server were not read, and one of the Edge role",
     SERVER(EX07, SERIAL_2007) ROLES("64") DOMAIN_RECORDS, NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "found",
     "1: the roles of the server were not read, and one of the Edge role",
     SERVER(EX07, SERIAL_2007) ROLES("36") DOMAIN_RECORDS, NULL},
    {"msExchCurrentServerRoles", "RES005", SCENARIO_AUDIT, "nothing",
     "1: the roles of the server were not read, and one of the Edge role",
     SERVER(EX03, SERIAL_2003) ENTRY(EX07B, "msExchExchangeServer") ROLES("4096")
         DOMAIN_RECORDS ENTRY("CN=EX03,CN=Computers," DOMAIN_DN,
                              "computer") "sAMAccountName: EX03$\n",
     NULL},
    {"msExchCurrentServerRoles", "VER005", SCENARIO_AUDIT, "found",
     UNREAD("2", "msExchCurrentServerRoles"),
     SERVER(EX07, SERIAL_2007) ROLES("32") AT(LONDON) SERVER(EX07B, SERIAL_2007_RTM) ROLES("64")
         AT(LONDON) ENTRY(LONDON, "site"),
     NULL},

    /* Who is in which domain. */
    {"msExchCurrentServerRoles", "PRE017", SCENARIO_AUDIT, "found",
     "1: the roles of the server were not read, and one of the Edge role is in no domain",
     MODERN_ONE HOST("ex07.elsewhere.test") DOMAIN_RECORDS, NULL},
    {"networkAddress", "PRE017", SCENARIO_AUDIT, "found", "1: the DNS name of the server (networkA",
     MODERN_ONE HOST("ex07.elsewhere.test") DOMAIN_RECORDS, NULL},
    {"networkAddress", "PRE017", SCENARIO_AUDIT, "nothing", "nothing",
     SERVER(EX07, SERIAL_2007) ROLES("64") HOST("edge.elsewhere.test") DOMAIN_RECORDS, NULL},
    {"nCName", "RUS004", SCENARIO_AUDIT, "found", "0: nCName was not read on any of the 1 crossRef",
     SERVER(EX03, SERIAL_2003) DOMAIN_RECORDS ENTRY(
         "CN=Microsoft Exchange System Objects," DOMAIN_DN, "msExchSystemObjectsContainer")
         ENTRY("CN=Recipient Update Services," ORGANIZATION, "msExchAddressListServiceContainer"),
     NULL},

    /* Routing groups. */
    {"msExchDestinationRGDN", "RES006", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchDestinationRGDN"),
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" ENTRY(
         SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH)
         CONNECTOR("There", MUNICH) "msExchDestinationRGDN: " SEATTLE "\n",
     NULL},
    {"msExchDestinationRGDN", "RES006", SCENARIO_AUDIT, "nothing", "nothing",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" ENTRY(
         SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH),
     NULL},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", "CONN007", SCENARIO_AUDIT, "found",
     "2: the routing group of the server was not read (msExchHomeRoutingGroup",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" SERVER(
         EX03, SERIAL_2003) IN(MUNICH) MODERN_ONE IN(MODERN_ROUTING) AT(LONDON)
         ENTRY(LONDON, "site") CONNECTOR("Out", MODERN_ROUTING) FROM(
             EX07) "msExchDestinationRGDN: " MUNICH "\nmsExchTargetBridgeheadServersDN: " EX03 "\n",
     NULL},
    {"msExchHomeRoutingGroup", "CONN007", SCENARIO_AUDIT, "found", "found",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" SERVER(
         EX03, SERIAL_2003) IN(MUNICH) MODERN_ONE IN(MODERN_ROUTING) AT(LONDON)
         ENTRY(LONDON, "site") CONNECTOR("Out", MODERN_ROUTING) FROM(
             EX07) "msExchDestinationRGDN: " MUNICH "\nmsExchTargetBridgeheadServersDN: " EX03 "\n",
     NULL},
    {"msExchRoutingGroupMembersDN", "LINK002", SCENARIO_PREFLIGHT, "found", "found",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" ENTRY(
         SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH)
         SERVER(EX03B, SERIAL_2003) IN(SEATTLE),
     NULL},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN", "LINK002", SCENARIO_PREFLIGHT, "found",
     "2: the routing group of the server was not read (msExchHomeRoutingGroup",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" ENTRY(
         SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH)
         SERVER(EX03B, SERIAL_2003) IN(SEATTLE),
     NULL},
    {"msExchTargetBridgeheadServersDN", "RES012", SCENARIO_LAST, "found",
     UNREAD("1", "msExchTargetBridgeheadServersDN"),
     SERVER(EX03, SERIAL_2003)
         MODERN_ONE CONNECTOR("Out", MODERN_ROUTING) "msExchTargetBridgeheadServersDN: " EX03 "\n",
     NULL},
    {"msExchTargetBridgeheadServersDN", "RES012", SCENARIO_LAST, "nothing", "nothing",
     MODERN_ONE CONNECTOR("Out", MODERN_ROUTING) FROM(EX07) "msExchTargetBridgeheadServersDN: " EX07
                                                            "\n",
     NULL},

    /* Connectors and their ends. */
    {"homeMTA", "CONN003", SCENARIO_AUDIT, "found", UNREAD("1", "homeMTA"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN003", SCENARIO_AUDIT, "found",
     UNREAD("1", "msExchSourceBridgeheadServersDN"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN008", SCENARIO_AUDIT, "nothing",
     UNREAD("2", "msExchSourceBridgeheadServersDN"), TWO_CONNECTORS, NULL},
    {"msExchSourceBridgeheadServersDN", "CONN004", SCENARIO_AUDIT, "found",
     "found1: msExchSourceBridgeheadServersDN was not read",
     ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" SERVER(
         EX03, SERIAL_2003) IN(MUNICH) MODERN_ONE IN(MODERN_ROUTING) SERVER(EX07B, SERIAL_2007)
         ROLES("2") CONNECTOR("Out", MODERN_ROUTING)
             FROM(EX07) "msExchDestinationRGDN: " MUNICH "\n"
                        "msExchTargetBridgeheadServersDN: " EX03 "\n" CONNECTOR("Back", MUNICH)
                            FROM(EX03) "msExchDestinationRGDN: " MODERN_ROUTING "\n"
                                       "msExchTargetBridgeheadServersDN: " EX07B "\n",
     NULL},
    {"msExchServerSite", "LINK004", SCENARIO_AUDIT, "found", UNREAD("1", "msExchServerSite"),
     ENTRY(LONDON, "site")
         ENTRY(MUNICH, "msExchRoutingGroup") "msExchRoutingGroupMembersDN: " EX03 "\n" ENTRY(
             SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH) SERVER(EX03B,
                                                                                        SERIAL_2003)
             IN(SEATTLE) MODERN_ONE IN(MODERN_ROUTING) AT(LONDON) CONNECTOR("Out", MODERN_ROUTING)
                 FROM(EX07) "msExchDestinationRGDN: " MUNICH "\n"
                            "msExchTargetBridgeheadServersDN: " EX03 "\n" CONNECTOR("Back", MUNICH)
                                FROM(EX03) "msExchDestinationRGDN: " MODERN_ROUTING "\n"
                                           "msExchTargetBridgeheadServersDN: " EX07 "\n",
     NULL},

    /* Versions, and groups that are expanded by a server. */
    {"serialNumber", "RES009", SCENARIO_AUDIT, "nothing",
     "1: the version of the server is not known",
     SERVER(EX03, SERIAL_2003) "versionNumber: 7638\n" HOST("ex03.contoso.test")
         SERVER(EX03B, SERIAL_2003) HOST("ex03b.contoso.test"),
     NULL},
    {"msExchCurrentServerRoles", "HUB010", SCENARIO_AUDIT, "nothing",
     UNREAD("1", "msExchCurrentServerRoles"),
     MODERN_ONE CALLED("/o=Contoso/cn=EX07") DOMAIN_RECORDS ENTRY(
         "CN=Staff,CN=Users," DOMAIN_DN, "group") "msExchExpansionServerName: /o=Contoso/cn=EX07\n",
     NULL},

    /* Edge servers are fed by the hubs of a site. */
    {"msExchServerSite", "EDGE006", SCENARIO_LAST, "found", UNREAD("2", "msExchServerSite"),
     SERVER(EX07, SERIAL_2007) ROLES("32") AT(LONDON) SERVER(EX07B, SERIAL_2007) ROLES("64")
         AT(LONDON) SERVER("CN=EX07C," MODERN_SERVERS, SERIAL_2007) ROLES("2") AT(LONDON)
             ENTRY(LONDON, "site"),
     NULL},

    /* Recipient policies and lists. */
    {"gatewayProxy", "POL003", SCENARIO_PREFLIGHT, "found", UNREAD("1", "gatewayProxy"),
     SERVER(EX03, SERIAL_2003) POLICY("Default") "gatewayProxy: SMTP:@[10.0.0.1]\n", NULL},
    {"gatewayProxy", "POL003", SCENARIO_PREFLIGHT, "found", "found" UNREAD("1", "gatewayProxy"),
     SERVER(EX03, SERIAL_2003) POLICY("Default") "gatewayProxy: SMTP:@contoso.test\n"
                                                 "disabledGatewayProxy: SMTP:@[10.0.0.1]\n",
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
    {"msExchServerSite",
     SAME_CLAIMS(FROM(EX07), FROM(EX07B)) ENTRY(LONDON, "site") ENTRY(OSLO, "site")
         MODERN_ONE AT(LONDON) SERVER(EX07B, SERIAL_2007) ROLES("32") AT(OSLO),
     SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchServerSite",
     SAME_CLAIMS(FROM(EX07), FROM(EX07B)) ENTRY(LONDON, "site") MODERN_ONE AT(LONDON)
         SERVER(EX07B, SERIAL_2007) ROLES("32") AT(LONDON),
     SEVERITY_INFO, SEVERITY_INFO, true},
    {"msExchSourceBridgeheadServersDN",
     SAME_CLAIMS(FROM(EX07), FROM(EX07B)) ENTRY(LONDON, "site") ENTRY(OSLO, "site")
         MODERN_ONE AT(LONDON) SERVER(EX07B, SERIAL_2007) ROLES("32") AT(OSLO),
     SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN",
     SAME_CLAIMS(FROM(EX03), FROM(EX03B)) ENTRY(MUNICH, "msExchRoutingGroup")
         ENTRY(SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH)
             SERVER(EX03B, SERIAL_2003) IN(SEATTLE),
     SEVERITY_WARNING, SEVERITY_INFO, true},
    {"msExchHomeRoutingGroup,msExchRoutingGroupMembersDN",
     SAME_CLAIMS(FROM(EX07), FROM(EX07B)) ENTRY(LONDON, "site") ENTRY(OSLO, "site")
         MODERN_ONE AT(LONDON) SERVER(EX07B, SERIAL_2007) ROLES("32") AT(OSLO),
     SEVERITY_WARNING, SEVERITY_WARNING, false},
    {"msExchServerSite",
     SAME_CLAIMS(FROM(EX03), FROM(EX03B)) ENTRY(MUNICH, "msExchRoutingGroup")
         ENTRY(SEATTLE, "msExchRoutingGroup") SERVER(EX03, SERIAL_2003) IN(MUNICH)
             SERVER(EX03B, SERIAL_2003) IN(SEATTLE),
     SEVERITY_WARNING, SEVERITY_WARNING, false},
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
    if (g_str_equal(expected, "nothing"))
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
    read_records(MODERN_ONE HOST("dc1.contoso.test")
                     ENTRY("CN=DC1,CN=Servers," LONDON,
                           "server") "dNSHostName: dc1.contoso.test\n" ENTRY(LONDON, "site")
                         ENTRY("CN=NTDS Settings,CN=DC1,CN=Servers," LONDON,
                               "nTDSDSA") "options: 0\nwhenCreated: 20070101000000.0Z\n",
                 _i == 0 ? NULL : "options");
    build();
    check_weight(topology, "PRE023", SCENARIO_AUDIT, _i == 0 ? SEVERITY_ERROR : SEVERITY_WARNING);
}
END_TEST

/* Without CN=Services nobody knows whether there is an organisation, nor what it holds. */
START_TEST(a_plan_without_services_read_cannot_tell)
{
    static const char *const unread[] = {"CN=Services," CONFIGURATION,
                                         EXCHANGE,
                                         ORGANIZATION,
                                         "CN=Administrative Groups," ORGANIZATION,
                                         LEGACY_GROUP,
                                         LEGACY_SERVERS,
                                         LEGACY_ROUTING,
                                         MODERN_GROUP,
                                         MODERN_SERVERS,
                                         "CN=Routing Groups," MODERN_GROUP,
                                         MODERN_ROUTING};

    for (guint i = 0; i < G_N_ELEMENTS(unread); i++)
        lose(unread[i]);
    build();
    check_said_only(topology, "ORG005", SCENARIO_PREFLIGHT,
                    "0: no organisation was found, but CN=Services,CN=Configuration, below which "
                    "it would be, was not read either: export it, or read with an account that may "
                    "see it");
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
    tcase_add_test(tests, a_plan_without_services_read_cannot_tell);
    tcase_add_loop_test(tests, a_contest_is_grave_where_senders_stand_apart, 0,
                        G_N_ELEMENTS(contests));
    tcase_add_loop_test(tests, where_senders_stand_may_be_unread, 0, G_N_ELEMENTS(contests));
    suite_add_tcase(suite, tests);
    return suite;
}
