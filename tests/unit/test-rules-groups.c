/* What the families AG and CONN say of groups and connectors of which little was read. */
#include "rules/rule.h"

#include "model.h"
#include "said.h"
#include "unit.h"

#define LONDON "CN=London," SITES
#define OSLO "CN=Oslo," SITES
#define EX07B "CN=EX07B," MODERN_SERVERS
#define TOKEN_NAME "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)"
#define MEMBERS_UNREAD                                                             \
    "1: the members of the routing groups were not read (msExchHomeRoutingGroup, " \
    "msExchRoutingGroupMembersDN)"

/* --- administrative groups ---------------------------------------------------------------- */

/* Its server does not tell that it is the group of Exchange 2007. */
START_TEST(a_renamed_group_is_known_by_its_own_legacy_name)
{
    lose(MODERN_GROUP);
    forest_put(directory, 0, "CN=Renamed,CN=Administrative Groups," ORGANIZATION, "objectClass",
               "msExchAdminGroup", "legacyExchangeDN", TOKEN_NAME, NULL);
    put_server("CN=EX07,CN=Servers,CN=Renamed,CN=Administrative Groups," ORGANIZATION, SERIAL_2007,
               NULL);
    build();
    check_said_only(topology, "AG001", SCENARIO_AUDIT, "nothing");
}
END_TEST

START_TEST(a_mode_means_nothing_without_an_organisation)
{
    lose(ORGANIZATION);
    forest_put(directory, 0, "CN=Old,CN=Administrative Groups," ORGANIZATION, "objectClass",
               "msExchAdminGroup", "msExchAdminGroupMode", "2", NULL);
    build();
    check_said(topology, "AG009", SCENARIO_AUDIT, "0: the organisation was not read");
}
END_TEST

/* The only server of a routing group stands in another administrative group; the second time it
 * does not tell where it is at home, and the third time it was not read. */
START_TEST(routing_groups_without_servers_want_members)
{
    static const char *const expected[] = {"found", MEMBERS_UNREAD,
                                           "0: no server object was read at all"};

    put_group(MUNICH);
    if (_i < 2)
        put_2003("CN=EX03," MODERN_SERVERS, _i == 0 ? MUNICH : NULL);
    build();
    check_said_only(topology, "AG007", SCENARIO_AUDIT, expected[_i]);
}
END_TEST

/* --- connectors --------------------------------------------------------------------------- */

static void put_modern(const char *dn, const char *site, const char *group)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", SERIAL_2007,
               "msExchServerSite", site, "msExchHomeRoutingGroup", group, NULL);
}

static void put_connector(const char *group, const char *destination, const char *const named[2])
{
    g_autofree char *dn = g_strconcat("CN=There,CN=Connections,", group, NULL);

    forest_put(directory, 0, dn, "objectClass", "msExchRoutingGroupConnector",
               "msExchDestinationRGDN", destination,
               named[0] != NULL ? "msExchSourceBridgeheadServersDN" : NULL, named[0],
               named[1] != NULL ? "msExchSourceBridgeheadServersDN" : NULL, named[1], NULL);
}

static const struct {
    const char *sources[2];
    const char *site; /* of the second server; that of the first is London */
    const char *said;
} sources[] = {
    {{EX07, EX07B}, LONDON, "nothing"},
    {{EX07, EX07B}, OSLO, "found"},
    {{EX07, EX07B}, "CN=Rome," SITES, "1: the site of a source bridgehead is not known"},
    {{EX07, NULL}, OSLO, "nothing"},
    {{EX07B, NULL}, "CN=Rome," SITES, "nothing"},
    {{NULL, NULL},
     OSLO,
     "1: msExchSourceBridgeheadServersDN was not read on any object: export it, or read with an "
     "account that may see it"},
    {{EX07, EX03}, OSLO, "nothing"},
    {{EX07, "CN=EX07,CN=Servers,CN=Configuration,DC=fabrikam,DC=test"},
     LONDON,
     "1: a bridgehead of the connector was not read"},
};

/* The group lost its name, so that the servers in it are the sources where none is named. */
START_TEST(sources_stand_in_sites)
{
    forest_put(directory, 0, LONDON, "objectClass", "site", "systemFlags", "0", NULL);
    forest_put(directory, 0, OSLO, "objectClass", "site", "systemFlags", "0", NULL);
    put_group(MUNICH);
    put_group(SEATTLE);
    put_2003(EX03, MUNICH);
    put_modern(EX07, LONDON, SEATTLE);
    put_modern(EX07B, sources[_i].site, SEATTLE);
    put_connector(SEATTLE, MUNICH, sources[_i].sources);
    build();
    check_said_only(topology, "CONN008", SCENARIO_AUDIT, sources[_i].said);
}
END_TEST

/* The way back has no limit. The organisation tells of none, was not read, or its limits were
 * not. */
START_TEST(limits_of_the_organisation_may_be_unread)
{
    static const char *const unread =
        "1: the limit of the organisation (CN=Message Delivery) was not read";

    put_group(MUNICH);
    put_2003(EX03, MUNICH);
    put_modern(EX07, LONDON, MODERN_ROUTING);
    forest_put(directory, 0, "CN=There,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "msExchDestinationRGDN", MUNICH, "delivContLength",
               "10240", NULL);
    if (_i == 1)
        lose(ORGANIZATION);
    if (_i < 2)
        forest_put(directory, 0, "CN=Message Delivery,CN=Global Settings," ORGANIZATION,
                   "objectClass", "msExchMessageDeliveryConfig", NULL);
    build();
    check_said_only(topology, "CONN016", SCENARIO_AUDIT, _i == 0 ? "found" : unread);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-groups");
    TCase *tests = tcase_create("groups");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_renamed_group_is_known_by_its_own_legacy_name);
    tcase_add_test(tests, a_mode_means_nothing_without_an_organisation);
    tcase_add_loop_test(tests, routing_groups_without_servers_want_members, 0, 3);
    tcase_add_loop_test(tests, sources_stand_in_sites, 0, G_N_ELEMENTS(sources));
    tcase_add_loop_test(tests, limits_of_the_organisation_may_be_unread, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
