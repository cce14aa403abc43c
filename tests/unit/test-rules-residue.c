/* What rules say of references, copies, old names and leftovers that a test puts there. */
#include "model.h"
#include "said.h"
#include "unit.h"

#define CONFLICT "\\0ACNF:01234567-89ab-cdef-0123-456789abcdef"
#define EX03B "CN=EX03B," LEGACY_SERVERS
#define EX07B "CN=EX07B," MODERN_SERVERS

/* --- RES001: references that lead nowhere ------------------------------------------------- */

/* Of a copy that a conflict left RES002 speaks. */
START_TEST(the_only_reference_of_its_kind_is_judged)
{
    put_2003(EX03, NULL);
    put_with(_i == 0 ? "CN=Microsoft MTA," EX03 : "CN=Microsoft MTA" CONFLICT "," EX03, "mTA",
             "msExchResponsibleMTAServer", "CN=Gone," LEGACY_SERVERS);
    build();
    check_said(topology, "RES001", SCENARIO_AUDIT, _i == 0 ? "found" : "nothing");
}
END_TEST

START_TEST(a_link_with_two_living_sites_may_name_a_dead_one)
{
    put_2003(EX03, NULL);
    put("CN=Munich," SITES, "site");
    put("CN=Seattle," SITES, "site");
    forest_put(directory, 0, "CN=Link," TRANSPORT_IP, "objectClass", "siteLink", "siteList",
               "CN=Munich," SITES, "siteList", "CN=Seattle," SITES, "siteList", "CN=Gone," SITES,
               NULL);
    build();
    check_said(topology, "RES001", SCENARIO_AUDIT, "found");
}
END_TEST

/* --- RES002: copies of conflicts ---------------------------------------------------------- */

START_TEST(copies_that_other_rules_judge_are_left_to_them)
{
    put_2003(EX03, NULL);
    put(_i == 0 ? "CN=Exchange Routing Group (DWBGZMFD01QNBJR)" CONFLICT
                  ",CN=Routing Groups," MODERN_GROUP
                : "CN=Munich" CONFLICT "," LEGACY_ROUTING,
        "msExchRoutingGroup");
    build();
    check_said(topology, "RES002", SCENARIO_AUDIT, _i == 0 ? "nothing" : "found");
}
END_TEST

/* A back link is the other end of what the copy itself says. */
START_TEST(a_back_link_refers_to_no_copy)
{
    put_2003(EX03, NULL);
    put("CN=Policy" CONFLICT ",CN=System Policies," LEGACY_GROUP, "msExchPrivateMDBPolicy");
    put_with("CN=Store," EX03, "msExchPrivateMDB",
             _i == 0 ? "msExchOwningPFTreeBL" : "msExchOwningPFTree",
             "CN=Policy" CONFLICT ",CN=System Policies," LEGACY_GROUP);
    build();
    check_raised(topology, "RES002",
                 _i == 0 ? "\"Policy\" is the copy that a replication conflict left; no object of "
                           "its name survives"
                         : "\"Policy\" is the copy that a replication conflict left; no object of "
                           "its name survives; it is referred to by Store");
}
END_TEST

/* --- RES003: the lost and found ----------------------------------------------------------- */

START_TEST(without_a_configuration_nothing_is_lost)
{
    directory_free(directory);
    directory = directory_new();
    directory_add_source(directory, SOURCE_LDIF, "other.ldif");
    put("CN=Some,DC=contoso,DC=test", "user");
    build();
    check_said(topology, "RES003", SCENARIO_AUDIT, "0: no organisation was found, but");
}
END_TEST

/* --- RES008: old names -------------------------------------------------------------------- */

static const struct {
    const char *dn;
    const char *class_name;
    const char *name;
    const char *said;
} old_names[] = {
    {"CN=Second,CN=Administrative Groups," ORGANIZATION, "msExchAdminGroup", "Second", "found"},
    {"CN=Second,CN=Administrative Groups," ORGANIZATION, "msExchAdminGroup", "/o=", "nothing"},
    {"CN=Store," EX03, "msExchPrivateMDB", "Store", "found"},
    {"CN=Store," EX03, "msExchPrivateMDB", "/o=Contoso", "nothing"},
    {EX03B, "msExchExchangeServer", "/o=Contoso", "nothing"},
    {"CN=EX02," LEGACY_SERVERS, "msExchExchangeServer", "EX02", "found"},
};

START_TEST(old_names_begin_alike)
{
    put_with("CN=Third,CN=Administrative Groups," ORGANIZATION, "msExchAdminGroup",
             "legacyExchangeDN", "/o=Contoso/ou=Third");
    put_with(EX03, "msExchExchangeServer", "legacyExchangeDN", "/o=Contoso/cn=EX03");
    put_with(old_names[_i].dn, old_names[_i].class_name, "legacyExchangeDN", old_names[_i].name);
    build();
    check_said(topology, "RES008", SCENARIO_AUDIT, old_names[_i].said);
}
END_TEST

/* --- RES009: what every server has -------------------------------------------------------- */

START_TEST(a_cluster_node_needs_no_roles)
{
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "networkAddress", "ncacn_ip_tcp:ex07.contoso.test",
               "msExchCurrentServerRoles", "2", NULL);
    forest_put(directory, 0, EX07B, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "networkAddress", "ncacn_ip_tcp:ex07b.contoso.test",
               _i == 0 ? "msExchClusterStorageType" : NULL, "1", NULL);
    build();
    check_said(topology, "RES009", SCENARIO_AUDIT, _i == 0 ? "nothing" : "found");
}
END_TEST

/* --- RES006: empty groups with connectors ------------------------------------------------- */

/* Members are known when both ends of the link were shown: by one server's group and by one group's
 * members, on whichever list. */
START_TEST(both_ends_show_that_members_were_read)
{
    put_with(MUNICH, "msExchRoutingGroup",
             _i == 0 ? "msExchRoutingGroupMembersDN" : "msExchRoutingGroupMembersBL", EX03);
    put_group(SEATTLE);
    put_2003(EX03, MUNICH);
    put("CN=Connections," SEATTLE, "msExchConnectors");
    put_with("CN=Out,CN=Connections," SEATTLE, "msExchRoutingGroupConnector",
             "msExchDestinationRGDN", MUNICH);
    build();
    check_said(topology, "RES006", SCENARIO_AUDIT, "found");
}
END_TEST

/* By neither end, by the group's alone, and by the server's alone. */
START_TEST(members_that_one_end_hides_are_left_open)
{
    if (_i == 1)
        put_with(MUNICH, "msExchRoutingGroup", "msExchRoutingGroupMembersDN", EX03);
    else
        put_group(MUNICH);
    put_group(SEATTLE);
    put_2003(EX03, _i == 2 ? MUNICH : NULL);
    put("CN=Connections," SEATTLE, "msExchConnectors");
    put_with("CN=Out,CN=Connections," SEATTLE, "msExchRoutingGroupConnector",
             "msExchDestinationRGDN", SEATTLE);
    build();
    check_said(topology, "RES006", SCENARIO_AUDIT, "1: the members of the routing group were not");
}
END_TEST

/* --- RES012: what leads to a server that goes ---------------------------------------------- */

START_TEST(a_back_link_of_something_unread_counts)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2003, "msExchConferenceMailboxBL", "CN=Elsewhere,DC=contoso,DC=test", NULL);
    build();
    check_said(topology, "RES012", SCENARIO_LAST, "found");
}
END_TEST

/* --- RES014: crowds ----------------------------------------------------------------------- */

START_TEST(crowds_matter_to_the_tools_of_2003)
{
    put_server(EX03, _i == 0 ? SERIAL_2003 : SERIAL_2007, NULL);
    put("CN=Recipient Policies," ORGANIZATION, "msExchRecipientPolicyContainer");
    for (int i = 0; i < 901; i++) {
        g_autofree char *dn = g_strdup_printf("CN=P%d,CN=Recipient Policies," ORGANIZATION, i);

        put(dn, "msExchRecipientPolicy");
    }
    build();
    check_said(topology, "RES014", SCENARIO_AUDIT, _i == 0 ? "found" : "nothing");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-residue");
    TCase *tests = tcase_create("residue");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, the_only_reference_of_its_kind_is_judged, 0, 2);
    tcase_add_test(tests, a_link_with_two_living_sites_may_name_a_dead_one);
    tcase_add_loop_test(tests, copies_that_other_rules_judge_are_left_to_them, 0, 2);
    tcase_add_loop_test(tests, a_back_link_refers_to_no_copy, 0, 2);
    tcase_add_test(tests, without_a_configuration_nothing_is_lost);
    tcase_add_loop_test(tests, old_names_begin_alike, 0, G_N_ELEMENTS(old_names));
    tcase_add_loop_test(tests, a_cluster_node_needs_no_roles, 0, 2);
    tcase_add_loop_test(tests, both_ends_show_that_members_were_read, 0, 2);
    tcase_add_loop_test(tests, members_that_one_end_hides_are_left_open, 0, 3);
    tcase_add_test(tests, a_back_link_of_something_unread_counts);
    tcase_add_loop_test(tests, crowds_matter_to_the_tools_of_2003, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
