/* rules/ways-sight.h: what was not seen of the things that ways of mail hang on. */
#include "rules/ways-sight.h"

#include "model.h"
#include "unit.h"

#define LONDON "CN=London," SITES
#define ABROAD "CN=Abroad,CN=Sites,CN=Configuration,DC=abroad,DC=test"
#define LINK "CN=Link," TRANSPORT_IP

static void check_gaps(const char *expected)
{
    g_autoptr(GPtrArray) gaps = ways_sight(topology);
    g_autofree char *text = NULL;

    g_ptr_array_add(gaps, NULL);
    text = g_strjoinv("\n", (char **)(void *)gaps->pdata);
    ck_assert_str_eq(text, expected);
}

/* A forest of which all is seen: one server in one site, and one routing group. */
static void put_all(const char *version, const char *site, const char *end_of_link)
{
    put_with(ORGANIZATION, "msExchOrganizationContainer", "msExchMixedMode", "TRUE");
    put_with("CN=Connections," MODERN_ROUTING, "msExchConnectors", "showInAdvancedViewOnly",
             "TRUE");
    put_with(LONDON, "site", "msExchTransportSiteFlags", "0");
    forest_put(directory, 0, LINK, "objectClass", "siteLink", "cost", "100", "siteList", LONDON,
               "siteList", end_of_link, NULL);
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "msExchServerSite", site,
               "msExchCurrentServerRoles", "32", version, SERIAL_2007, NULL);
}

static const struct {
    const char *version;
    const char *site;
    const char *end_of_link;
    const char *gap;
} forests[] = {
    {"serialNumber", LONDON, LONDON, ""},
    {"adminDescription", LONDON, LONDON,
     "serialNumber, which tells of which version a server is, was not read on any of the 1 "
     "msExchExchangeServer objects: export it, or read with an account that may see it"},
    {"serialNumber", ABROAD, LONDON, "the site or routing group of EX07 was not read"},
    {"serialNumber", LONDON, ABROAD, "sites that site link Link joins were not read"},
};

START_TEST(one_thing_that_was_not_seen_is_told)
{
    put_all(forests[_i].version, forests[_i].site, forests[_i].end_of_link);
    build();
    check_gaps(forests[_i].gap);
}
END_TEST

START_TEST(a_routing_group_has_a_place_for_connectors)
{
    put_all("serialNumber", LONDON, LONDON);
    lose("CN=Connections," MODERN_ROUTING);
    if (_i == 1)
        lose(MODERN_ROUTING);
    build();
    check_gaps(
        _i == 1
            ? ""
            : "no connector and no container for connectors (CN=Connections of a routing group) "
              "was read");
}
END_TEST

START_TEST(two_servers_in_two_groups_need_a_connector)
{
    put_all("serialNumber", LONDON, LONDON);
    put_group(MUNICH);
    put("CN=Connections," MUNICH, "msExchConnectors");
    put_with(MODERN_ROUTING, "msExchRoutingGroup", "msExchRoutingGroupMembersDN", EX07);
    put_2003(EX03, MUNICH);
    build();
    check_gaps("no connector was seen, although there are routing groups to be joined: unless "
               "there is none, there is no right to list them (List Contents on CN=Connections), "
               "or the export lacks them");
}
END_TEST

/* Before Exchange 2007 every server of the group sends through a connector that names none. */
static const struct {
    const char *place;
    const char *class_name;
    bool wanted;
} senders[] = {
    {MODERN_ROUTING, "msExchRoutingGroupConnector", true},
    {MUNICH, "msExchRoutingGroupConnector", false},
    {"CN=Unread," LEGACY_ROUTING, "msExchRoutingGroupConnector", false},
    {MUNICH, "msExchRoutingSMTPConnector", true},
};

START_TEST(senders_are_wanted_where_they_have_to_be_named)
{
    g_autofree char *dn = g_strdup_printf("CN=Out,CN=Connections,%s", senders[_i].place);
    g_autofree char *gap = g_strdup_printf(
        "msExchSourceBridgeheadServersDN, which tells which servers send through a connector, was "
        "not read on any of the 1 %s objects: export it, or read with an account that may see it",
        senders[_i].class_name);
    g_autoptr(GPtrArray) gaps = NULL;

    put_all("serialNumber", LONDON, LONDON);
    put_group(MUNICH);
    put(dn, senders[_i].class_name);
    build();
    gaps = ways_sight(topology);
    ck_assert(g_ptr_array_find_with_equal_func(gaps, gap, g_str_equal, NULL) == senders[_i].wanted);
}
END_TEST

/* Nothing but that it is there is asked of what may hold one. */
START_TEST(a_forest_without_an_organisation_has_no_ways)
{
    directory_free(directory);
    directory = directory_new();
    directory_add_source(directory, SOURCE_LDIF, "other.ldif");
    put(CONFIGURATION, "configuration");
    put("CN=Services," CONFIGURATION, "container");
    put_with(LINK, "siteLink", "siteList", ABROAD);
    build();
    check_gaps("");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-ways");
    TCase *tests = tcase_create("ways");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, one_thing_that_was_not_seen_is_told, 0, G_N_ELEMENTS(forests));
    tcase_add_loop_test(tests, a_routing_group_has_a_place_for_connectors, 0, 2);
    tcase_add_test(tests, two_servers_in_two_groups_need_a_connector);
    tcase_add_loop_test(tests, senders_are_wanted_where_they_have_to_be_named, 0,
                        G_N_ELEMENTS(senders));
    tcase_add_test(tests, a_forest_without_an_organisation_has_no_ways);
    suite_add_tcase(suite, tests);
    return suite;
}
