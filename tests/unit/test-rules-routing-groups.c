/* What rules say of routing groups, their members and masters that a test puts there. */
#include "model.h"
#include "said.h"
#include "sketch.h"
#include "unit.h"

#define EX03B "CN=EX03B," LEGACY_SERVERS

/* --- RG001, RG004: groups of the wrong kind --------------------------------------- */

START_TEST(a_group_of_2007_servers_is_none_beside_the_official_one)
{
    put_group(MUNICH);
    put_server(EX07, SERIAL_2007, MUNICH);
    build();
    check_said(topology, "RG001", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(the_group_of_2007_is_missed_where_others_were_read)
{
    lose(MODERN_ROUTING);
    put_group(MUNICH);
    put_server(EX07, SERIAL_2007, _i == 0 ? NULL : "CN=Paris,CN=Routing Groups,CN=Lost," EXCHANGE);
    build();
    check_said(topology, "RG004", SCENARIO_AUDIT, "found");
}
END_TEST

START_TEST(without_any_group_read_none_is_missed)
{
    lose(MODERN_ROUTING);
    put_server(EX07, SERIAL_2007, NULL);
    build();
    check_said(topology, "RG004", SCENARIO_AUDIT, "0: the routing group of Exchange 2007");
}
END_TEST

/* A server that names it, but was given no such group to read, or another. */
START_TEST(a_group_that_a_server_names_may_be_there)
{
    static const struct {
        const char *home;
        const char *said;
    } homes[] = {
        {"CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Lost,DC=contoso,DC=test",
         "0: the routing group of Exchange 2007 was not read"},
        {"CN=Other,CN=Lost,DC=contoso,DC=test", "found"},
        {MODERN_ROUTING, "found"},
    };

    lose(MODERN_ROUTING);
    put_group(MUNICH);
    put_server(EX07, SERIAL_2007, homes[_i].home);
    build();
    check_said_only(topology, "RG004", SCENARIO_AUDIT, homes[_i].said);
}
END_TEST

/* --- CONN001, LINK001: connectors that were not read -------------------------------------- */

START_TEST(without_connectors_read_none_is_missed)
{
    static const char *const rules[] = {"CONN001", "LINK004"};

    put_group(MUNICH);
    put_group(SEATTLE);
    put_2003(EX03, MUNICH);
    put_2003(EX03B, SEATTLE);
    put_server(EX07, SERIAL_2007, MODERN_ROUTING);
    if (_i == 1)
        lose(MODERN_ROUTING);
    build();
    check_said_only(topology, rules[_i], SCENARIO_AUDIT,
                    "0: no connector and no container for connectors (CN=Connections of a routing "
                    "group) was read");
}
END_TEST

/* Which servers keep no log is told all the same. */
START_TEST(without_connectors_read_servers_are_traced)
{
    put_2003(EX03, NULL);
    put_server(EX07, SERIAL_2007, MODERN_ROUTING);
    forest_put(directory, 0, EX03B, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2003, "messageTrackingEnabled", "FALSE", NULL);
    build();
    check_said(topology, "TRK001", SCENARIO_AUDIT, "found0: no connector and no container");
}
END_TEST

/* --- CONN002: the connector that stands for several --------------------------------------- */

START_TEST(the_cheapest_of_several_is_named)
{
    Topology *sketch = sketch_parse("site S\ngroup A\nrgc Third 3 V A at=S\n"
                                    "rgc Second 1 V A at=S\nrgc First 2 V A at=S\n");

    check_raised(sketch, "CONN002",
                 "Connector \"Second\" leads from routing group \"Exchange Routing Group "
                 "(DWBGZMFD01QNBJR)\" to \"A\" and there is no way back among the connectors that "
                 "were seen");
    topology_free(sketch);
}
END_TEST

/* --- RG005 -------------------------------------------------------------------------------- */

START_TEST(one_member_makes_a_group_another)
{
    put_group(MUNICH);
    put("CN=Connections," MUNICH, "msExchConnectors");
    put("CN=Connections," MODERN_ROUTING, "msExchConnectors");
    put_2003(EX03, MUNICH);
    put_server(EX07, SERIAL_2007, MODERN_ROUTING);
    build();
    check_raised(
        topology, "RG005",
        "Routing group \"Munich\" (1 server, 0 mailbox stores) has no connector to or from "
        "any other");
}
END_TEST

/* --- RG008: masters ----------------------------------------------------------------------- */

static const struct {
    const char *master;
    const char *said;
} masters[] = {
    {EX03, "nothing"},
    {EX03B, "found"},
    {MUNICH, "found"},
    {"CN=Elsewhere,DC=contoso,DC=test", "1: the server that is named as routing group master"},
};

START_TEST(a_master_is_a_member)
{
    forest_put(directory, 0, MUNICH, "objectClass", "msExchRoutingGroup", "msExchRoutingMasterDN",
               masters[_i].master, "msExchRoutingGroupMembersDN", EX03, NULL);
    put_2003(EX03, MUNICH);
    build();
    check_said(topology, "RG008", SCENARIO_AUDIT, masters[_i].said);
}
END_TEST

/* --- members of routing groups ------------------------------------------------------------ */

START_TEST(a_group_may_list_a_server_by_its_back_link_alone)
{
    forest_put(directory, 0, MUNICH, "objectClass", "msExchRoutingGroup",
               "msExchRoutingGroupMembersDN", EX03, _i == 0 ? "msExchRoutingGroupMembersBL" : NULL,
               EX03B, NULL);
    put_2003(EX03, MUNICH);
    put_2003(EX03B, MUNICH);
    build();
    check_said(topology, "RG009", SCENARIO_AUDIT, _i == 0 ? "nothing" : "found");
}
END_TEST

START_TEST(a_back_link_stands_for_a_home_that_was_not_read)
{
    put_with(MUNICH, "msExchRoutingGroup", _i == 0 ? "msExchRoutingGroupMembersBL" : "cn",
             _i == 0 ? EX03B : "Munich");
    put_2003(EX03, MUNICH);
    put_2003(EX03B, NULL);
    build();
    check_said(topology, "RG009", SCENARIO_AUDIT, _i == 0 ? "nothing" : "found");
}
END_TEST

START_TEST(a_group_in_an_unread_group_is_left_open)
{
    put_server(EX07, SERIAL_2007, NULL);
    put_group("CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,CN=Lost,"
              "CN=Administrative Groups," ORGANIZATION);
    build();
    check_said(topology, "RG004", SCENARIO_AUDIT, "found1: the administrative group around");
}
END_TEST

/* Of connectors that routing leaves out three are named. */
START_TEST(a_few_unused_connectors_are_named)
{
    static const char text[] = "site S hub\ngroup A\nrgc VA 1 V A at=S\nrgc A1 1 A V disabled\n"
                               "rgc A2 1 A V disabled\nrgc A3 1 A V disabled\n%s";
    g_autofree char *lines = g_strdup_printf(text, _i == 0 ? "" : "rgc A4 1 A V disabled\n");
    g_autofree char *message = g_strdup_printf(
        "Routing group \"A\" (1 server) has no way to Exchange 2007: routing uses none of its "
        "connectors: \"A1\" is disabled; \"A2\" is disabled; \"A3\" is disabled%s",
        _i == 0 ? "" : "; and 1 more");
    Topology *sketch = sketch_parse(lines);

    check_raised(sketch, "RG007", message);
    topology_free(sketch);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-routing-groups");
    TCase *tests = tcase_create("routing groups");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_group_of_2007_servers_is_none_beside_the_official_one);
    tcase_add_loop_test(tests, the_group_of_2007_is_missed_where_others_were_read, 0, 2);
    tcase_add_test(tests, without_any_group_read_none_is_missed);
    tcase_add_loop_test(tests, a_group_that_a_server_names_may_be_there, 0, 3);
    tcase_add_loop_test(tests, without_connectors_read_none_is_missed, 0, 2);
    tcase_add_test(tests, without_connectors_read_servers_are_traced);
    tcase_add_test(tests, the_cheapest_of_several_is_named);
    tcase_add_test(tests, one_member_makes_a_group_another);
    tcase_add_loop_test(tests, a_master_is_a_member, 0, G_N_ELEMENTS(masters));
    tcase_add_loop_test(tests, a_group_may_list_a_server_by_its_back_link_alone, 0, 2);
    tcase_add_loop_test(tests, a_back_link_stands_for_a_home_that_was_not_read, 0, 2);
    tcase_add_test(tests, a_group_in_an_unread_group_is_left_open);
    tcase_add_loop_test(tests, a_few_unused_connectors_are_named, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
