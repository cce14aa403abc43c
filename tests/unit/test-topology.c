/* model/topology.h: what is decoded, what is linked to what, what is set aside, and that the
 * order of reading does not show. Connectors are in test-connector.c. */
#include "model.h"
#include "unit.h"

/* --- organisation and groups -------------------------------------------------------------- */

START_TEST(special_groups_are_known_by_their_tokens)
{
    forest_put(directory, 0,
               "CN=Verwaltung (fydibohf23spdlt),CN=Administrative Groups," ORGANIZATION,
               "objectClass", "msExchAdminGroup", NULL);
    put_group(MUNICH);
    build();
    ck_assert_uint_eq(topology->admin_groups->len, 3);
    ck_assert_str_eq(topology->official_admin_group->object.name,
                     "Exchange Administrative Group (FYDIBOHF23SPDLT)");
    ck_assert(((AdminGroup *)g_ptr_array_index(topology->admin_groups, 2))->official);
    ck_assert(!group(MUNICH)->official);
    ck_assert_ptr_eq(topology->official_routing_group, group(MODERN_ROUTING));
    ck_assert_ptr_eq(group(MUNICH)->admin_group, g_ptr_array_index(topology->admin_groups, 1));
    ck_assert_ptr_nonnull(group(MUNICH)->admin_group->servers_container);
    check_names(group(MUNICH)->admin_group->routing_groups, "Munich ");
}
END_TEST

START_TEST(absent_is_not_zero)
{
    forest_put(directory, 0, ORGANIZATION, "msExchMixedMode", "FALSE", NULL);
    build();
    ck_assert(topology->organization->mixed_mode.present);
    ck_assert(!topology->organization->mixed_mode.value);
    ck_assert(!topology->organization->object_version.present);
    ck_assert(!topology->schema_level.present && !topology->forest_level.present);
}
END_TEST

START_TEST(the_delivery_limit_is_that_of_message_delivery)
{
    forest_put(directory, 0, ORGANIZATION, "delivContLength", "100", NULL);
    if (_i == 1)
        forest_put(directory, 0, "CN=Message Delivery,CN=Global Settings," ORGANIZATION,
                   "objectClass", "msExchMessageDeliveryConfig", "delivContLength", "10240", NULL);
    build();
    ck_assert_int_eq(topology->organization->delivery_limit.value, _i == 1 ? 10240 : 100);
}
END_TEST

START_TEST(two_living_organisations_are_kept)
{
    forest_put(directory, 0, "CN=Fabrikam," EXCHANGE, "objectClass", "msExchOrganizationContainer",
               NULL);
    forest_put(directory, 0, "CN=A\\0ACNF:1234," EXCHANGE, "objectClass",
               "msExchOrganizationContainer", NULL);
    build();
    check_names(topology->organizations, "Contoso Fabrikam ");
    ck_assert_str_eq(topology->organization->object.name, "Contoso");
}
END_TEST

START_TEST(levels_are_read)
{
    forest_put(directory, 0, "CN=ms-Exch-Schema-Version-Pt,CN=Schema," CONFIGURATION, "objectClass",
               "attributeSchema", "rangeUpper", "14625", NULL);
    forest_put(directory, 0, "CN=Partitions," CONFIGURATION, "msDS-Behavior-Version", "2", NULL);
    forest_put(directory, 0, "CN=CONTOSO,CN=Partitions," CONFIGURATION, "objectClass", "crossRef",
               "nCName", "DC=contoso,DC=test", "systemFlags", "3", "dnsRoot", "contoso.test", NULL);
    forest_put(directory, 0, "CN=Enterprise Schema,CN=Partitions," CONFIGURATION, "objectClass",
               "crossRef", "systemFlags", "1", NULL);
    build();
    ck_assert_int_eq(topology->schema_level.value, 14625);
    ck_assert_int_eq(topology->forest_level.value, 2);
    ck_assert_uint_eq(topology->partitions, 2);
    check_names(topology->domains, "CONTOSO ");
    ck_assert_ptr_eq(topology->configuration, name(CONFIGURATION));
}
END_TEST

START_TEST(nothing_makes_an_empty_topology)
{
    topology = topology_new(directory_new());
    ck_assert_ptr_null(topology->organization);
    ck_assert_ptr_null(topology->configuration);
    ck_assert_uint_eq(topology->servers->len, 0);
    ck_assert(!topology_coexists(topology));
    directory_free(directory);
}
END_TEST

/* --- what is set aside -------------------------------------------------------------------- */

START_TEST(conflict_copies_are_set_aside_with_all_below_them)
{
    static const char copy[] = "CN=EX03\\0ACNF:1234," LEGACY_SERVERS;

    put_group(MUNICH);
    put_2003(EX03, MUNICH);
    put_2003(copy, MUNICH);
    forest_put(directory, 0, VIRTUAL "CN=EX03\\0ACNF:1234," LEGACY_SERVERS, "objectClass",
               "protocolCfgSMTPServer", NULL);
    build();
    check_names(topology->servers, "EX03 ");
    check_names(group(MUNICH)->members, "EX03 ");
    ck_assert_uint_eq(topology->set_aside->len, 2);
    ck_assert_uint_eq(topology->virtual_servers->len, 0);
    ck_assert_ptr_null(server(copy));
    ck_assert_ptr_null(server(VIRTUAL "CN=EX03\\0ACNF:1234," LEGACY_SERVERS));
}
END_TEST

START_TEST(deleted_objects_are_set_aside)
{
    put_2003("CN=EX03\\0ADEL:1,CN=Deleted Objects," CONFIGURATION, NULL);
    build();
    ck_assert_uint_eq(topology->servers->len, 0);
    ck_assert_uint_eq(topology->set_aside->len, 1);
}
END_TEST

/* --- references --------------------------------------------------------------------------- */

static ReferenceState state_of(const char *target)
{
    forest_put(directory, 0, EX03, "msExchHomeRoutingGroup", target, NULL);
    build();
    return reference_state(directory, server(EX03)->home_group_value);
}

START_TEST(references_lead_to_seven_things)
{
    static const struct {
        const char *target;
        ReferenceState state;
        bool dangles;
    } references[] = {
        {MUNICH, REFERENCE_LIVE, false},
        {"CN=gone," LEGACY_ROUTING, REFERENCE_MISSING, true},
        {"CN=Munich\\0ACNF:1," LEGACY_ROUTING, REFERENCE_CONFLICT, true},
        {"CN=M\\0ADEL:1,CN=Deleted Objects," CONFIGURATION, REFERENCE_DELETED, true},
        {"Munich", REFERENCE_MALFORMED, true},
        {"CN=Munich,CN=Routing Groups,DC=other", REFERENCE_UNSEEN, false},
    };
    ReferenceState state;

    put_group(MUNICH);
    put_2003(EX03, NULL);
    ck_assert_int_eq(reference_state(directory, NULL), REFERENCE_ABSENT);
    state = state_of(references[_i].target);
    ck_assert_int_eq(state, references[_i].state);
    ck_assert_int_eq(reference_dangles(state), references[_i].dangles);
    ck_assert_str_ne(reference_state_text(state), "");
}
END_TEST

/* --- servers ------------------------------------------------------------------------------ */

START_TEST(a_server_is_decoded)
{
    const Server *found;
    g_autoptr(GPtrArray) roles = NULL;

    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 8.3 (Build 30083.6)", "msExchCurrentServerRoles", "295", "networkAddress",
               "netbios:EX07", "networkAddress", "NCACN_IP_TCP:ex07.contoso.test",
               "legacyExchangeDN", "/o=Contoso/cn=EX07", "msExchServerSite", "CN=Munich," SITES,
               "msExchClusterStorageType", "1", NULL);
    forest_put(directory, 0, "CN=Munich," SITES, "objectClass", "site", "msExchTransportSiteFlags",
               "1", NULL);
    build();
    found = server(EX07);
    roles = server_role_names(found);
    ck_assert_str_eq(found->fqdn, "ex07.contoso.test");
    ck_assert(found->clustered && found->site->hub);
    ck_assert_ptr_eq(found->admin_group, topology->official_admin_group);
    check_names(found->site->servers, "EX07 ");
    check_names(found->admin_group->servers, "EX07 ");
    ck_assert_uint_eq(roles->len, 4);
    ck_assert_str_eq(g_ptr_array_index(roles, 3), "0x101");
}
END_TEST

static Server server_with(Family family, int roles)
{
    return (Server){.version = {.family = family}, .roles = {.present = true, .value = roles}};
}

START_TEST(roles_say_what_a_server_is)
{
    Server hub = server_with(FAMILY_2007, ROLE_HUB_TRANSPORT | ROLE_MAILBOX);
    Server later = server_with(FAMILY_2016, ROLE_HUB_TRANSPORT);
    Server edge = server_with(FAMILY_2007, ROLE_EDGE);
    Server provisioned = server_with(FAMILY_UNKNOWN, ROLE_PROVISIONED);

    ck_assert(server_is_hub(&hub) && server_is_modern(&hub) && !server_is_legacy(&hub));
    ck_assert(!server_is_hub(&later) && !server_uses_routing_group(&later));
    ck_assert(!server_is_hub(&edge) && server_is_edge(&edge));
    ck_assert(server_is_provisioned_only(&provisioned));
    ck_assert(!server_is_legacy(&provisioned) && !server_is_modern(&provisioned));
}
END_TEST

START_TEST(the_front_end_flag_has_two_names)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serverRole", "1",
               _i == 1 ? "msExchServerRole" : NULL, "0", NULL);
    build();
    ck_assert_int_eq(server_is_front_end(server(EX03)), _i == 0);
}
END_TEST

START_TEST(members_come_from_either_link_each_once)
{
    put_group(MUNICH);
    put_2003("CN=B," LEGACY_SERVERS, MUNICH);
    put_2003("CN=A," LEGACY_SERVERS, NULL);
    put_2003("CN=C," LEGACY_SERVERS, MODERN_ROUTING);
    forest_put(directory, 0, MUNICH, "msExchRoutingGroupMembersBL", "CN=B," LEGACY_SERVERS,
               "msExchRoutingGroupMembersDN", VIRTUAL "CN=A," LEGACY_SERVERS,
               "msExchRoutingGroupMembersDN", "CN=Microsoft MTA,CN=A," LEGACY_SERVERS,
               "msExchRoutingGroupMembersDN", VIRTUAL "CN=C," LEGACY_SERVERS,
               "msExchRoutingGroupMembersDN", "CN=Microsoft MTA,CN=C," LEGACY_SERVERS,
               "msExchRoutingGroupMembersDN", "CN=gone," LEGACY_SERVERS, NULL);
    build();
    check_names(group(MUNICH)->members, "A B C ");
    check_names(group(MODERN_ROUTING)->members, "C ");
    ck_assert_ptr_eq(server("CN=A," LEGACY_SERVERS)->routing_group, group(MUNICH));
    ck_assert_ptr_eq(server("CN=C," LEGACY_SERVERS)->routing_group, group(MODERN_ROUTING));
}
END_TEST

START_TEST(the_master_may_be_a_virtual_server)
{
    put_2003(EX03, MUNICH);
    forest_put(directory, 0, MUNICH, "objectClass", "msExchRoutingGroup", "msExchRoutingMasterDN",
               VIRTUAL EX03, NULL);
    build();
    ck_assert_ptr_eq(group(MUNICH)->master, server(EX03));
}
END_TEST

START_TEST(what_lies_below_a_server_belongs_to_it)
{
    static const char receive[] = "CN=Default EX07,CN=SMTP Receive Connectors,CN=Protocols," EX07;
    static const char orphan[] =
        "CN=Default,CN=SMTP Receive Connectors,CN=Protocols,CN=gone," MODERN_SERVERS;

    put_server(EX07, "Version 8.3 (Build 30083.6)", MODERN_ROUTING);
    forest_put(directory, 0, VIRTUAL EX07, "objectClass", "protocolCfgSMTPServer",
               "msExchSmtpSmartHost", "relay.contoso.test", NULL);
    forest_put(directory, 0, receive, "objectClass", "msExchSmtpReceiveConnector",
               "msExchSmtpReceiveBindings", "0.0.0.0:25", "msExchSmtpReceiveBindings", "[::]:25",
               "msExchSmtpReceiveEnabled", "TRUE", NULL);
    forest_put(directory, 0, orphan, "objectClass", "msExchSmtpReceiveConnector", NULL);
    build();
    check_names(server(EX07)->below->virtual_servers, "1 ");
    check_names(server(EX07)->below->receive_connectors, "Default EX07 ");
    check_names(topology->receive_connectors, "Default EX07 ");
    ck_assert_ptr_null(server(EX07)->below->stores);
    ck_assert_str_eq(((VirtualServer *)server(EX07)->below->virtual_servers->pdata[0])->smart_host,
                     "relay.contoso.test");
    ck_assert_uint_eq(
        ((ReceiveConnector *)server(EX07)->below->receive_connectors->pdata[0])->bindings.count, 2);
}
END_TEST

START_TEST(a_store_lies_below_its_server_or_names_it)
{
    put_2003(EX03, NULL);
    forest_put(directory, 0, "CN=Public,CN=First,CN=InformationStore," EX03, "objectClass",
               "msExchPublicMDB", NULL);
    forest_put(directory, 0, "CN=DB1,CN=Databases," MODERN_GROUP, "objectClass", "msExchPrivateMDB",
               "msExchOwningServer", EX03, NULL);
    forest_put(directory, 0, "CN=DB2,CN=Databases," MODERN_GROUP, "objectClass", "msExchPrivateMDB",
               NULL);
    build();
    ck_assert_uint_eq(topology->stores->len, 3);
    check_names(server(EX03)->below->stores, "DB1 Public ");
    ck_assert(((Store *)server(EX03)->below->stores->pdata[1])->public_folders);
    ck_assert(!((Store *)server(EX03)->below->stores->pdata[0])->public_folders);
}
END_TEST

/* --- sites -------------------------------------------------------------------------------- */

#define DC "CN=DC,CN=Servers,CN=Munich," SITES

START_TEST(sites_links_and_subnets)
{
    const SiteLink *link;
    const Site *site;

    forest_put(directory, 0, "CN=Munich," SITES, "objectClass", "site", NULL);
    forest_put(directory, 0, "CN=Link," TRANSPORT_IP, "objectClass", "siteLink", "siteList",
               "CN=Munich," SITES, "siteList", "CN=gone," SITES, "cost", "50", "msExchCost", "20",
               NULL);
    forest_put(directory, 0, "CN=Mail," TRANSPORT_SMTP, "objectClass", "siteLink", NULL);
    forest_put(directory, 0, "CN=Bridge," TRANSPORT_IP, "objectClass", "siteLinkBridge",
               "siteLinkList", "CN=Link," TRANSPORT_IP, NULL);
    forest_put(directory, 0, "CN=10.0.0.0/8,CN=Subnets," SITES, "objectClass", "subnet",
               "siteObject", "CN=Munich," SITES, NULL);
    build();
    link = g_ptr_array_index(topology->site_links, 0);
    site = g_ptr_array_index(topology->sites, 0);
    ck_assert(link->ip && link->transport != NULL);
    ck_assert_uint_eq(link->site_values.count, 2);
    check_names(link->sites, "Munich ");
    check_names(site->links, "Link ");
    check_names(site->subnets, "10.0.0.0/8 ");
    ck_assert_int_eq(site_link_cost(link), 20);
    link = g_ptr_array_index(topology->site_links, 1);
    ck_assert(!link->ip);
    ck_assert_int_eq(site_link_cost(link), 100);
    check_names(((SiteLinkBridge *)topology->site_link_bridges->pdata[0])->links, "Link ");
}
END_TEST

/* Only what counts in routing is worth a word: a link of another transport does not, nor the cost
 * that another one replaces. */
static void put_links_below_one(void)
{
    forest_put(directory, 0, "CN=A," TRANSPORT_IP, "objectClass", "siteLink", "cost", "0", NULL);
    forest_put(directory, 0, "CN=B," TRANSPORT_IP, "objectClass", "siteLink", "cost", "0",
               "msExchCost", "7", NULL);
    forest_put(directory, 0, "CN=C," TRANSPORT_IP, "objectClass", "siteLink", "cost", "7",
               "msExchCost", "-1", NULL);
    forest_put(directory, 0, "CN=D," TRANSPORT_SMTP, "objectClass", "siteLink", "cost", "0", NULL);
}

START_TEST(costs_below_one_count_as_one_and_are_told)
{
    static const char *const told[] = {": routingList tells a cost of -2,",
                                       ": cost tells a cost of -3,", ": cost tells a cost of 0,",
                                       ": msExchCost tells a cost of -1,"};
    const Diagnostics *list = directory_diagnostics(directory);
    const Connector *connector;

    put_links_below_one();
    forest_put(directory, 0, "CN=c,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingSMTPConnector", "routingList", "SMTP:*;-2", "routingList",
               "SMTP:*.test;1", NULL);
    forest_put(directory, 0, "CN=d,CN=Connections," MODERN_ROUTING, "objectClass",
               "msExchRoutingGroupConnector", "cost", "-3", NULL);
    build();
    connector = topology->connectors->pdata[0];
    ck_assert_int_eq(address_space_cost(&connector->spaces[0]), 1);
    ck_assert_int_eq(connector_cost(topology->connectors->pdata[1]), 1);
    ck_assert_int_eq(site_link_cost(topology->site_links->pdata[0]), 1);
    ck_assert_int_eq(site_link_cost(topology->site_links->pdata[2]), 1);
    ck_assert_uint_eq(diagnostics_length(list), G_N_ELEMENTS(told));
    for (guint i = 0; i < G_N_ELEMENTS(told); i++)
        ck_assert_ptr_nonnull(strstr(diagnostics_get(list, i)->message, told[i]));
}
END_TEST

START_TEST(a_server_with_settings_is_a_domain_controller)
{
    const DomainController *controller;

    forest_put(directory, 0, "CN=Munich," SITES, "objectClass", "site", NULL);
    forest_put(directory, 0, DC, "objectClass", "server", "dNSHostName", "dc.contoso.test", NULL);
    forest_put(directory, 0, "CN=NTDS Settings," DC, "objectClass", "nTDSDSA", "objectClass",
               _i == 0 ? "nTDSDSA" : "nTDSDSARO", "options", "1", "msDS-Behavior-Version", "3",
               NULL);
    forest_put(directory, 0, "CN=LEFTOVER,CN=Servers,CN=Munich," SITES, "objectClass", "server",
               NULL);
    build();
    check_names(topology->controllers, "DC ");
    controller = g_ptr_array_index(topology->controllers, 0);
    check_names(controller->site->controllers, "DC ");
    ck_assert(controller->global_catalog);
    ck_assert_int_eq(controller->read_only, _i == 1);
    ck_assert_int_eq(controller->level.value, 3);
    ck_assert_str_eq(controller->fqdn, "dc.contoso.test");
    ck_assert_ptr_null(server(DC));
}
END_TEST

START_TEST(an_exchange_server_is_no_domain_controller)
{
    put_2003(EX03, NULL);
    forest_put(directory, 0, "CN=NTDS Settings," EX03, "objectClass", "nTDSDSA", NULL);
    build();
    ck_assert_uint_eq(topology->controllers->len, 0);
    ck_assert_ptr_nonnull(server(EX03));
}
END_TEST

/* --- the whole ---------------------------------------------------------------------------- */

START_TEST(coexistence_needs_both_worlds)
{
    put_2003(EX03, NULL);
    put_server(EX07, _i == 0 ? "Version 8.3 (Build 30083.6)" : "Version 15.1 (Build 32507.6)",
               NULL);
    build();
    ck_assert_int_eq(topology_coexists(topology), _i == 0);
    ck_assert_uint_eq(topology_count_servers(topology, server_is_modern), 1);
}
END_TEST

START_TEST(the_order_of_reading_does_not_show)
{
    static const char *const names[] = {"CN=A,", "CN=B,", "CN=C,"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *dn = g_strconcat(names[(i + (guint)_i) % 3], LEGACY_SERVERS, NULL);

        put_2003(dn, MUNICH);
    }
    put_group(MUNICH);
    build();
    check_names(topology->servers, "A B C ");
    check_names(group(MUNICH)->members, "A B C ");
    for (guint i = 0; i < topology->servers->len; i++)
        ck_assert_uint_eq(((Object *)topology->servers->pdata[i])->number, i);
}
END_TEST

static TCase *group_tests(void)
{
    TCase *tests = tcase_create("organisation");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, special_groups_are_known_by_their_tokens);
    tcase_add_test(tests, absent_is_not_zero);
    tcase_add_loop_test(tests, the_delivery_limit_is_that_of_message_delivery, 0, 2);
    tcase_add_test(tests, two_living_organisations_are_kept);
    tcase_add_test(tests, levels_are_read);
    tcase_add_test(tests, nothing_makes_an_empty_topology);
    tcase_add_test(tests, conflict_copies_are_set_aside_with_all_below_them);
    tcase_add_test(tests, deleted_objects_are_set_aside);
    tcase_add_loop_test(tests, references_lead_to_seven_things, 0, 6);
    tcase_add_loop_test(tests, coexistence_needs_both_worlds, 0, 2);
    tcase_add_loop_test(tests, the_order_of_reading_does_not_show, 0, 3);
    return tests;
}

static TCase *server_tests(void)
{
    TCase *tests = tcase_create("servers");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_server_is_decoded);
    tcase_add_test(tests, roles_say_what_a_server_is);
    tcase_add_loop_test(tests, the_front_end_flag_has_two_names, 0, 2);
    tcase_add_test(tests, members_come_from_either_link_each_once);
    tcase_add_test(tests, the_master_may_be_a_virtual_server);
    tcase_add_test(tests, what_lies_below_a_server_belongs_to_it);
    tcase_add_test(tests, a_store_lies_below_its_server_or_names_it);
    return tests;
}

static TCase *site_tests(void)
{
    TCase *tests = tcase_create("sites");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, sites_links_and_subnets);
    tcase_add_test(tests, costs_below_one_count_as_one_and_are_told);
    tcase_add_loop_test(tests, a_server_with_settings_is_a_domain_controller, 0, 2);
    tcase_add_test(tests, an_exchange_server_is_no_domain_controller);
    return tests;
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("topology");

    suite_add_tcase(suite, group_tests());
    suite_add_tcase(suite, server_tests());
    suite_add_tcase(suite, site_tests());
    return suite;
}
