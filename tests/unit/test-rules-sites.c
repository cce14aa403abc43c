/* What rules say of sites, domain controllers, virtual servers and pointers that a test puts
 * there. */
#include "rules/templates.h"
#include "rules/well-known.h"

#include "model.h"
#include "said.h"
#include "sketch.h"
#include "unit.h"

#include <string.h>

#define LONDON "CN=London," SITES
#define PARIS "CN=Paris," SITES
#define SUBNETS "CN=Subnets," SITES
#define DC1 "CN=DC1,CN=Servers," LONDON
#define DC2 "CN=DC2,CN=Servers," PARIS

static void put_site(const char *dn)
{
    put(dn, "site");
}

/* A server of Exchange 2007 or later with the Mailbox role, in London. */
static void put_placed(const char *serial)
{
    put_site(LONDON);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber", serial,
               "msExchCurrentServerRoles", "2", "msExchServerSite", LONDON, NULL);
}

/* --- SITE013: sites without subnets ------------------------------------------------------- */

static void put_subnet(const char *site)
{
    forest_put(directory, 0, "CN=10.0.0.0/8," SUBNETS, "objectClass", "subnet", "siteObject", site,
               NULL);
}

START_TEST(a_site_wants_a_subnet)
{
    put_placed(SERIAL_2007);
    put_site(PARIS);
    put_subnet(_i == 0 ? PARIS : LONDON);
    build();
    check_said_only(topology, "SITE013", SCENARIO_AUDIT, _i == 0 ? "found" : "nothing");
}
END_TEST

START_TEST(one_subnet_shows_that_they_were_read)
{
    put_placed(SERIAL_2007);
    put_site(PARIS);
    put_subnet(PARIS);
    lose(SUBNETS);
    build();
    check_said_only(topology, "SITE013", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(without_subnets_read_none_is_missed)
{
    put_placed(SERIAL_2007);
    put_site(PARIS);
    lose(SUBNETS);
    build();
    check_said_only(topology, "SITE013", SCENARIO_AUDIT,
                    "0: no subnet was read: export CN=Subnets,CN=Sites,CN=Configuration as well");
}
END_TEST

START_TEST(the_only_site_needs_no_subnet)
{
    put_placed(SERIAL_2007);
    build();
    check_said_only(topology, "SITE013", SCENARIO_AUDIT, "nothing");
}
END_TEST

/* Whether a server that seems to have no site or a dead one has to have one, its roles tell. */
START_TEST(without_roles_no_server_is_judged_by_its_site)
{
    static const char *const rules[] = {"SITE001", "SITE002", "SITE013"};

    put_site(LONDON);
    put_site(PARIS);
    put_subnet(PARIS);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "msExchServerSite", LONDON, NULL);
    forest_put(directory, 0, "CN=EX10," MODERN_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", SERIAL_2010, "msExchServerSite", "CN=Gone," SITES, NULL);
    forest_put(directory, 0, "CN=EX13," MODERN_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", SERIAL_2013, NULL);
    build();
    check_said_only(topology, rules[_i], SCENARIO_AUDIT,
                    "3: msExchCurrentServerRoles was not read on any object: export it, or read "
                    "with an account that may see it");
}
END_TEST

/* --- SITE007, SITE008, SITE010: a path in one direction ----------------------------------- */

/* Two paths from A to B that cost the same: names choose that over K and D there, and that over E
 * and J back. The first takes the end of the line K to D. */
#define TWO_PATHS                                                              \
    "site A\nsite B\nsite D bare\nsite E bare\nsite J bare\nsite K bare\n"     \
    "link AK 10 : A K\nlink DB 10 : D B\nlink AJ 10 : A J\nlink JE 10 : J E\n" \
    "link EB 10 : E B\n"

static void check_path(const char *text, const char *rule, const char *message, Severity severity)
{
    Topology *sketch = sketch_parse(text);

    check_raised(sketch, rule, message);
    if (message != NULL)
        check_weight(sketch, rule, SCENARIO_AUDIT, severity);
    topology_free(sketch);
}

START_TEST(one_path_may_run_otherwise)
{
    check_path(TWO_PATHS "link KD 10 exch=9 : K D\n", "SITE007",
               "Site link \"KD\" has cost 10, but 9 for Exchange; 1 path between Exchange sites "
               "runs otherwise than by the costs of the directory",
               SEVERITY_WARNING);
}
END_TEST

START_TEST(one_path_makes_use_of_a_limit)
{
    check_path(TWO_PATHS "link KD 10 max=1000 : K D\n", "SITE010",
               "Site link \"KD\" takes messages of up to 1000 KB only; 1 least-cost path between "
               "Exchange sites uses it",
               SEVERITY_INFO);
}
END_TEST

START_TEST(one_path_makes_use_of_a_hub_site)
{
    check_path("site A\nsite B\nsite D bare\nsite E bare\nsite J bare\nsite K hub\n"
               "link AK 10 : A K\nlink KD 10 : K D\nlink DB 10 : D B\n"
               "link AJ 10 : A J\nlink JE 10 : J E\nlink EB 10 : E B\n",
               "SITE008", NULL, SEVERITY_WARNING);
}
END_TEST

/* --- SITE019: very many sites ------------------------------------------------------------- */

START_TEST(one_server_makes_many_sites_a_matter)
{
    put_placed(SERIAL_2010);
    for (int i = 1; i < 750; i++) {
        g_autofree char *dn = g_strdup_printf("CN=S%d," SITES, i);

        put_site(dn);
    }
    build();
    check_said_only(topology, "SITE019", SCENARIO_NEXT, "found");
}
END_TEST

/* --- VER001: bridgeheads of Exchange 2003 --------------------------------------------------- */

START_TEST(either_end_of_a_connector_makes_a_bridgehead)
{
    put_group(MUNICH);
    put_group(SEATTLE);
    put_server(EX03, "Version 6.5 (Build 7226.6: Service Pack 1)", MUNICH);
    forest_put(directory, 0, "CN=C,CN=Connections," SEATTLE, "objectClass",
               "msExchRoutingGroupConnector", "msExchDestinationRGDN", MUNICH,
               _i == 0 ? "msExchSourceBridgeheadServersDN" : "msExchTargetBridgeheadServersDN",
               EX03, NULL);
    build();
    check_raised(topology, "VER001",
                 "Bridgehead \"EX03\" runs Exchange 2003 SP1, not Service Pack 2");
}
END_TEST

/* --- VER004: service packs of one site ------------------------------------------------------- */

static void put_leveled(const char *name, const char *serial)
{
    g_autofree char *dn = g_strdup_printf("CN=%s," MODERN_SERVERS, name);

    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
               "msExchCurrentServerRoles", "54", "msExchServerSite", LONDON, NULL);
}

START_TEST(service_packs_are_compared_within_a_version)
{
    put_site(LONDON);
    put_leveled("A", "Version 8.1 (Build 30240.6)");
    put_leveled("B", SERIAL_2007);
    put_leveled("C", "Version 14.1 (Build 30218.15)");
    put_leveled("D", SERIAL_2010);
    build();
    check_raised(topology, "VER004",
                 "The servers of \"London\" run different service packs: \"A\" has 2007 SP1, \"B\" "
                 "has 2007 SP3");
}
END_TEST

/* --- SITE001: servers in no site ------------------------------------------------------------ */

START_TEST(a_server_is_named_with_its_service_pack)
{
    put_site(LONDON);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 15.0 (Build 30847.32: Service Pack 1)", "msExchCurrentServerRoles", "54",
               NULL);
    forest_put(directory, 0, "CN=EX10," MODERN_SERVERS, "objectClass", "msExchExchangeServer",
               "serialNumber", SERIAL_2010, "msExchCurrentServerRoles", "54", "msExchServerSite",
               LONDON, NULL);
    build();
    check_raised(topology, "SITE001",
                 "Server \"EX07\" (Exchange 2013 SP1) belongs to no Active Directory site");
}
END_TEST

/* --- VER006: Exchange 2007 without a service pack beside Windows Server 2008 ----------------- */

/* NULL: the level was not read; "": no such controller. */
static void put_controller(const char *dn, const char *level)
{
    g_autofree char *settings = g_strconcat("CN=NTDS Settings,", dn, NULL);

    if (level != NULL && *level == '\0')
        return;
    forest_put(directory, 0, dn, "objectClass", "server", NULL);
    forest_put(directory, 0, settings, "objectClass", "nTDSDSA",
               level == NULL ? NULL : "msDS-Behavior-Version", level, NULL);
}

static const struct {
    const char *here;
    const char *elsewhere;
    const char *said;
} levels[] = {
    {"2", "", "nothing"},
    {"3", "", "found"},
    {NULL, "",
     "1: the level of a domain controller of the site was not read "
     "(msDS-Behavior-Version on NTDS Settings)"},
    {NULL, "2",
     "1: the level of a domain controller of the site was not read "
     "(msDS-Behavior-Version on NTDS Settings)"},
    {"", "3", "nothing"},
    {"", "",
     "1: the level of a domain controller of the site was not read "
     "(msDS-Behavior-Version on NTDS Settings)"},
};

START_TEST(the_levels_of_a_site_are_compared)
{
    put_placed(SERIAL_2007_RTM);
    put_site(PARIS);
    put_controller(DC1, levels[_i].here);
    put_controller(DC2, levels[_i].elsewhere);
    build();
    check_said_only(topology, "VER006", SCENARIO_AUDIT, levels[_i].said);
}
END_TEST

/* --- SITE012, SITE018: domain controllers -------------------------------------------------- */

static const struct {
    const char *rule;
    const char *settings; /* class of the controller's NTDS Settings */
} catalogs[] = {{"SITE012", "nTDSDSA"}, {"SITE018", "nTDSDSARO"}};

START_TEST(without_roles_no_site_is_judged)
{
    put_site(LONDON);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "msExchServerSite", LONDON, NULL);
    forest_put(directory, 0, DC1, "objectClass", "server", NULL);
    forest_put(directory, 0, "CN=NTDS Settings," DC1, "objectClass", catalogs[_i].settings,
               "options", "1", NULL);
    build();
    check_said(topology, catalogs[_i].rule, SCENARIO_AUDIT, "1: msExchCurrentServerRoles was not");
}
END_TEST

/* --- RUS, CAS004, SEND011, TRK001 ----------------------------------------------------------- */

START_TEST(without_client_access_nobody_reaches_active_sync)
{
    put_placed(SERIAL_2007);
    put_server(EX03, SERIAL_2003, NULL);
    forest_put(directory, 0, "CN=Store,CN=First,CN=InformationStore," EX03, "objectClass",
               "msExchPrivateMDB", "legacyExchangeDN", "/o=Contoso/cn=Store", NULL);
    build();
    check_said_only(topology, "CAS004", SCENARIO_AUDIT, "nothing");
}
END_TEST

START_TEST(the_only_server_may_run_the_services)
{
    put_server(EX03, "Exchange", NULL);
    forest_put(directory, 0, "CN=Service,CN=Recipient Update Services," ORGANIZATION, "objectClass",
               "msExchAddressListService", "msExchAddressListServiceLink", EX03, NULL);
    build();
    check_said(topology, "RUS007", SCENARIO_AUDIT, "1: the version of the server is not known");
}
END_TEST

/* Where no server was read nobody knows that none is left. */
START_TEST(without_servers_read_a_service_is_not_given_up)
{
    forest_put(directory, 0, "CN=Service,CN=Recipient Update Services," ORGANIZATION, "objectClass",
               "msExchAddressListService", "msExchAddressListServiceLink",
               "CN=EX03\\0ADEL:01234567-89ab-cdef-0123-456789abcdef,CN=Deleted "
               "Objects," CONFIGURATION,
               NULL);
    if (_i > 0)
        put_server(EX07, SERIAL_2007, NULL);
    build();
    check_weight(topology, "RUS002", SCENARIO_AUDIT, _i == 0 ? SEVERITY_ERROR : SEVERITY_WARNING);
}
END_TEST

/* Nor can the service of the enterprise be missed where no organisation was read. */
START_TEST(without_an_organization_no_service_is_missed)
{
    put_2003(EX03, NULL);
    put("CN=Recipient Update Services," ORGANIZATION, "msExchAddressListServiceContainer");
    if (_i > 0)
        lose(ORGANIZATION);
    build();
    check_said_only(topology, "RUS005", SCENARIO_AUDIT, _i == 0 ? "found" : "nothing");
}
END_TEST

START_TEST(the_only_virtual_server_has_a_smart_host)
{
    put_server(EX03, SERIAL_2003, NULL);
    forest_put(directory, 0, VIRTUAL EX03, "objectClass", "protocolCfgSMTPServer",
               "msExchSmtpSmartHost", "relay.contoso.test", NULL);
    build();
    check_said(topology, "SEND011", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(nothing_is_traced_where_nobody_takes_over)
{
    Topology *sketch = sketch_parse("site S\ngroup A bare\ngroup B\nrgc VA 1 V A at=S\n"
                                    "rgc AV 1 A V\n");

    check_raised(sketch, "TRK001", NULL);
    topology_free(sketch);
}
END_TEST

/* --- pointers to groups ------------------------------------------------------------------- */

#define GUID "0123456789ABCDEF0123456789ABCDEF"
#define OTHER "CN=Configuration,DC=other,DC=test"

static const struct {
    const char *value;
    ReferenceState state;
} pointers[] = {
    {"B:32:" GUID ":CN=Lost\\0ADEL:01234567-89ab-cdef-0123-456789abcdef,DC=other,DC=test",
     REFERENCE_DELETED},
    {"B:32:" GUID ":CN=Twin\\0ACNF:01234567-89ab-cdef-0123-456789abcdef,DC=other,DC=test",
     REFERENCE_CONFLICT},
    {"B:32:" GUID ":" OTHER, REFERENCE_LIVE},
    {"B:32:" GUID ":C", REFERENCE_UNSEEN},
    {"B:32:" GUID ":", REFERENCE_MALFORMED},
    {"B:32:" GUID "/" OTHER, REFERENCE_MALFORMED},
    {"S:32:" GUID ":" OTHER, REFERENCE_MALFORMED},
    {"B:32:", REFERENCE_MALFORMED},
};

/* In the partition's head as well as in CN=Microsoft Exchange. */
START_TEST(pointers_are_followed)
{
    g_autoptr(GArray) found = NULL;

    forest_put(directory, 0, OTHER, "objectClass", "configuration", "otherWellKnownObjects",
               pointers[_i].value, NULL);
    build();
    found = well_known_all(topology);
    ck_assert_uint_eq(found->len, 1);
    ck_assert_int_eq(g_array_index(found, WellKnown, 0).state, pointers[_i].state);
}
END_TEST

/* --- mail domains of templates ------------------------------------------------------------ */

static const struct {
    const char *value;
    const char *domain;
} domains[] = {
    {"SMTP:@contoso.test", "contoso.test"}, {"SMTP:%g@contoso.test", "contoso.test"},
    {"%g.%s@contoso.test", "contoso.test"}, {"SMTP:contoso.test", "contoso.test"},
    {"contoso.test", "contoso.test"},       {"X400:c=US;a= ;p=Contoso", NULL},
};

START_TEST(a_template_has_a_mail_domain)
{
    Value value = {.of.bytes = domains[_i].value, .length = (uint32_t)strlen(domains[_i].value)};
    g_autofree char *domain = smtp_domain(&value);

    ck_assert_pstr_eq(domain, domains[_i].domain);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-sites");
    TCase *tests = tcase_create("sites");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_site_wants_a_subnet, 0, 2);
    tcase_add_test(tests, one_subnet_shows_that_they_were_read);
    tcase_add_test(tests, without_subnets_read_none_is_missed);
    tcase_add_test(tests, the_only_site_needs_no_subnet);
    tcase_add_loop_test(tests, without_roles_no_server_is_judged_by_its_site, 0, 3);
    tcase_add_test(tests, one_path_may_run_otherwise);
    tcase_add_test(tests, one_path_makes_use_of_a_limit);
    tcase_add_test(tests, one_path_makes_use_of_a_hub_site);
    tcase_add_test(tests, one_server_makes_many_sites_a_matter);
    tcase_add_loop_test(tests, either_end_of_a_connector_makes_a_bridgehead, 0, 2);
    tcase_add_test(tests, service_packs_are_compared_within_a_version);
    tcase_add_test(tests, a_server_is_named_with_its_service_pack);
    tcase_add_loop_test(tests, the_levels_of_a_site_are_compared, 0, G_N_ELEMENTS(levels));
    tcase_add_loop_test(tests, without_roles_no_site_is_judged, 0, G_N_ELEMENTS(catalogs));
    tcase_add_test(tests, without_client_access_nobody_reaches_active_sync);
    tcase_add_test(tests, the_only_server_may_run_the_services);
    tcase_add_loop_test(tests, without_servers_read_a_service_is_not_given_up, 0, 2);
    tcase_add_loop_test(tests, without_an_organization_no_service_is_missed, 0, 2);
    tcase_add_test(tests, the_only_virtual_server_has_a_smart_host);
    tcase_add_test(tests, nothing_is_traced_where_nobody_takes_over);
    tcase_add_loop_test(tests, pointers_are_followed, 0, G_N_ELEMENTS(pointers));
    tcase_add_loop_test(tests, a_template_has_a_mail_domain, 0, G_N_ELEMENTS(domains));
    suite_add_tcase(suite, tests);
    return suite;
}
