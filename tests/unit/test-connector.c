/* model/connector.h: how the ends, kinds and address spaces of connectors are found. */
#include "model.h"
#include "unit.h"

START_TEST(bridgeheads_are_resolved_upwards)
{
    g_autoptr(GPtrArray) sources = NULL;
    g_autoptr(GPtrArray) targets = NULL;

    put_group(MUNICH);
    put_2003(EX03, MUNICH);
    put_server(EX07, "Version 8.3 (Build 30083.6)", MODERN_ROUTING);
    forest_put(directory, 0, "CN=c,CN=Connections," MUNICH, "objectClass",
               "msExchRoutingGroupConnector", "msExchSourceBridgeheadServersDN", VIRTUAL EX03,
               "msExchSourceBridgeheadServersDN", "CN=Microsoft MTA," EX03,
               "msExchTargetBridgeheadServersDN", EX07, "msExchTargetBridgeheadServersDN",
               "CN=1\\0ADEL:1,CN=Deleted Objects," CONFIGURATION, "msExchDestinationRGDN",
               MODERN_ROUTING, "cost", "10", "delivContLength", "2048", NULL);
    build();
    sources = connector_source_servers(connector(0));
    targets = connector_target_servers(connector(0));
    check_names(sources, "EX03 ");
    check_names(targets, "EX07 ");
    ck_assert_uint_eq(connector(0)->source_count, 2);
    ck_assert_int_eq(bridgehead_state(topology, &connector(0)->sources[0]), REFERENCE_LIVE);
    ck_assert_int_eq(connector_cost(connector(0)), 10);
    ck_assert_int_eq(connector(0)->size_limit.value, 2048);
    check_names(group(MUNICH)->connectors, "c ");
    check_names(group(MODERN_ROUTING)->incoming, "c ");
}
END_TEST

/* Two servers, in groups given, as targets of a connector that names no destination. */
static RoutingGroup *destination_of_two(const char *first, const char *second)
{
    put_group(MUNICH);
    put_group(SEATTLE);
    put_2003("CN=A," LEGACY_SERVERS, first);
    put_2003("CN=B," LEGACY_SERVERS, second);
    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "msExchTargetBridgeheadServersDN",
               "CN=A," LEGACY_SERVERS, "msExchTargetBridgeheadServersDN", "CN=B," LEGACY_SERVERS,
               "msExchTargetBridgeheadServersDN", "CN=gone," LEGACY_SERVERS, NULL);
    build();
    return connector(0)->destination;
}

START_TEST(targets_that_agree_tell_the_destination)
{
    ck_assert_ptr_eq(destination_of_two(MUNICH, MUNICH), group(MUNICH));
}
END_TEST

START_TEST(targets_that_disagree_tell_nothing)
{
    ck_assert_ptr_null(destination_of_two(MUNICH, _i == 0 ? SEATTLE : NULL));
}
END_TEST

START_TEST(a_dangling_destination_is_not_replaced)
{
    put_group(MUNICH);
    put_2003(EX03, MUNICH);
    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "msExchTargetBridgeheadServersDN", EX03,
               "msExchDestinationRGDN", "CN=gone," LEGACY_ROUTING, NULL);
    build();
    ck_assert_ptr_null(connector(0)->destination);
}
END_TEST

START_TEST(a_connector_without_sources_may_have_some)
{
    g_autoptr(GPtrArray) of_group = NULL;
    g_autoptr(GPtrArray) of_mta = NULL;

    put_group(MUNICH);
    put_2003(EX03, MUNICH);
    put_2003("CN=EX04," LEGACY_SERVERS, MUNICH);
    forest_put(directory, 0, "CN=a,CN=Connections," MUNICH, "objectClass",
               "msExchRoutingGroupConnector", NULL);
    forest_put(directory, 0, "CN=b,CN=Connections," MUNICH, "objectClass",
               "msExchRoutingSMTPConnector", "homeMTA", "CN=Microsoft MTA," EX03, NULL);
    build();
    of_group = connector_source_servers(connector(0));
    of_mta = connector_source_servers(connector(1));
    check_names(of_group, "EX03 EX04 ");
    check_names(of_mta, "EX03 ");
}
END_TEST

START_TEST(kinds_of_connectors)
{
    static const char *const classes[] = {"msExchRoutingGroupConnector",
                                          "msExchRoutingSMTPConnector", "rFC1006X400Link",
                                          "msExchNotesConnector"};

    for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
        g_autofree char *dn = g_strdup_printf("CN=%u,CN=Connections,%s", i, MODERN_ROUTING);

        forest_put(directory, 0, dn, "objectClass", classes[i], NULL);
    }
    forest_put(directory, 0, "CN=5,CN=Connections," MODERN_ROUTING, "objectClass", "siteConnector",
               NULL);
    build();
    ck_assert_uint_eq(topology->connectors->len, 4);
    for (guint i = 0; i < 4; i++)
        ck_assert_int_eq(connector(i)->kind, i);
    ck_assert_int_eq(connector_cost(connector(0)), 1);
}
END_TEST

START_TEST(a_connector_is_off_in_two_ways)
{
    forest_put(directory, 0, "CN=a,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "activationStyle", "0", NULL);
    forest_put(directory, 0, "CN=b,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "msExchSmtpSendEnabled", "FALSE", NULL);
    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "activationStyle", "2", NULL);
    build();
    ck_assert(!connector_is_enabled(connector(0)));
    ck_assert(!connector_is_enabled(connector(1)));
    ck_assert(connector_is_enabled(connector(2)));
}
END_TEST

START_TEST(address_spaces_are_taken_apart)
{
    static const struct {
        const char *text;
        const char *type;
        const char *pattern;
        int cost; /* -1: absent */
        bool local;
    } spaces[] = {
        {"SMTP:*;1", "SMTP", "*", 1, false},
        {"smtp:*.contoso.test;10", "SMTP", "*.contoso.test", 10, false},
        {"SMTP:*;-2", "SMTP", "*", -2, false},
        {"Local:SMTP:contoso.test;1", "SMTP", "contoso.test", 1, true},
        {"X400:c=US;a= ;p=Contoso;1", "X400", "c=US;a= ;p=Contoso", 1, false},
        {"X400:c=US;a= ;p=Contoso", "X400", "c=US;a= ;p=Contoso", -1, false},
        {"SMTP:*", "SMTP", "*", -1, false},
        {"contoso.test;1", "", "contoso.test", 1, false},
        {"SMTP:*;99999999999", "SMTP", "*;99999999999", -1, false},
        {"local:", "", "", -1, true},
        {";", "", ";", -1, false},
        {":", "", "", -1, false},
    };
    const AddressSpace *space;

    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "routingList", spaces[_i].text, NULL);
    build();
    ck_assert_uint_eq(connector(0)->space_count, 1);
    space = &connector(0)->spaces[0];
    ck_assert_str_eq(space->type, spaces[_i].type);
    ck_assert_str_eq(space->pattern, spaces[_i].pattern);
    ck_assert_int_eq(space->local, spaces[_i].local);
    ck_assert_int_eq(space->cost.present ? space->cost.value : -1, spaces[_i].cost);
}
END_TEST

START_TEST(connected_groups_are_found_by_either_name)
{
    forest_put(directory, 0, MUNICH, "objectClass", "msExchRoutingGroup", "legacyExchangeDN",
               "/o=Contoso/ou=First/cn=Munich", NULL);
    put_group(SEATTLE);
    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "connectedDomains", "cn=SEATTLE," LEGACY_ROUTING,
               "connectedDomains", "/O=CONTOSO/OU=First/CN=Munich", "connectedDomains", MUNICH,
               "connectedDomains", "nowhere", NULL);
    build();
    check_names(connector(0)->connected_groups, "Munich Seattle ");
    ck_assert_uint_eq(connector(0)->connected.count, 4);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("connector");
    TCase *tests = tcase_create("connectors");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, bridgeheads_are_resolved_upwards);
    tcase_add_test(tests, targets_that_agree_tell_the_destination);
    tcase_add_loop_test(tests, targets_that_disagree_tell_nothing, 0, 2);
    tcase_add_test(tests, a_dangling_destination_is_not_replaced);
    tcase_add_test(tests, a_connector_without_sources_may_have_some);
    tcase_add_test(tests, kinds_of_connectors);
    tcase_add_test(tests, a_connector_is_off_in_two_ways);
    tcase_add_loop_test(tests, address_spaces_are_taken_apart, 0, 12);
    tcase_add_test(tests, connected_groups_are_found_by_either_name);
    suite_add_tcase(suite, tests);
    return suite;
}
