/* rules/references.h: who still names what is to go, and in which order that has to be undone. */
#include "rules/references.h"

#include "model.h"
#include "unit.h"

#include <string.h>

#define OLD_NAME "/o=Contoso/ou=First/cn=Configuration/cn=Servers/cn=EX03"
#define STORE "CN=Store,CN=InformationStore," EX03
#define MTA "CN=Microsoft MTA," EX03
#define KEPT "CN=KEPT," LEGACY_SERVERS
#define PEOPLE "CN=Users,DC=contoso,DC=test"
#define RGC "CN=RGC,CN=Connections," SEATTLE
#define SMTP "CN=SMTP,CN=Connections," SEATTLE

/* EX03 in Munich with a store and an MTA, and another server in a group of its own. */
static void put_organization(void)
{
    put_group(MUNICH);
    put_group(SEATTLE);
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2003, "legacyExchangeDN", OLD_NAME, "msExchHomeRoutingGroup", MUNICH, NULL);
    put_2003(KEPT, SEATTLE);
    put_with(STORE, "msExchPrivateMDB", "msExchOwningServer", EX03);
    put_with(MTA, "mTA", "msExchResponsibleMTAServer", EX03);
}

/* "STEP FROM ATTRIBUTE TO", and how it is to be taken, a line each. */
static char *references_text(const char *dn)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    g_autoptr(GPtrArray) references = NULL;
    GString *text = g_string_new(NULL);

    g_ptr_array_add(objects, name(dn)->entry);
    references = references_to(topology, objects);
    FOR_EACH(const Reference, reference, references) {
        g_autofree char *from = dn_plain_name(reference->from_name);
        g_autofree char *to = dn_plain_name(reference->to->dn);

        g_string_append_printf(text, "%d %s %s %s%s%s%s%s\n", reference->step, from,
                               attribute_table[reference->attribute].name, to,
                               reference->blocks ? " blocks" : "",
                               reference->follows ? " follows" : "", reference->back ? " back" : "",
                               reference->from == NULL ? " unread" : "");
    }
    return g_string_free(text, FALSE);
}

static void check_references(const char *dn, const char *expected)
{
    g_autofree char *text = NULL;

    build();
    text = references_text(dn);
    ck_assert_str_eq(text, expected);
}

START_TEST(what_lies_within_is_no_reference)
{
    put_organization();
    check_references(EX03, "");
}
END_TEST

/* One object that names the server or something in it, and what that means. */
static const struct {
    const char *dn;
    const char *class_name;
    const char *attribute;
    const char *value;
    const char *expected;
} single[] = {
    {"CN=A," PEOPLE, "user", "homeMDB", STORE, "0 A homeMDB Store blocks\n"},
    {"CN=A," PEOPLE, "user", "homeMTA", MTA, "0 A homeMTA Microsoft MTA blocks\n"},
    {"CN=A," PEOPLE, "user", "msExchHomeServerName", OLD_NAME,
     "0 A msExchHomeServerName EX03 blocks\n"},
    {"CN=A," PEOPLE, "user", "msExchHomeServerName",
     "/O=CONTOSO/ou=first/cn=configuration/"
     "cn=servers/cn=ex03",
     "0 A msExchHomeServerName EX03 blocks\n"},
    {"CN=A," PEOPLE, "user", "msExchHomeServerName", OLD_NAME "X", ""},
    {"CN=A," PEOPLE, "group", "msExchExpansionServerName", OLD_NAME,
     "4 A msExchExpansionServerName EX03 blocks\n"},
    {RGC, "msExchRoutingGroupConnector", "msExchSourceBridgeheadServersDN", "CN=1,CN=SMTP," EX03,
     "7 RGC msExchSourceBridgeheadServersDN EX03 blocks\n"},
    {RGC, "msExchRoutingGroupConnector", "homeMTA", MTA, "7 RGC homeMTA Microsoft MTA blocks\n"},
    {SMTP, "msExchRoutingSMTPConnector", "msExchSourceBridgeheadServersDN", "CN=1,CN=SMTP," EX03,
     "3 SMTP msExchSourceBridgeheadServersDN EX03 blocks\n"},
    {SMTP, "msExchRoutingSMTPConnector", "homeMTA", MTA, "3 SMTP homeMTA Microsoft MTA blocks\n"},
    {"CN=Book," LEGACY_GROUP, "msExchOAB", "offLineABServer", EX03,
     "2 Book offLineABServer EX03 blocks\n"},
    {"CN=Site Object," SITES, "server", "serverReference", EX03,
     "9 Site Object serverReference EX03\n"},
    {"CN=MTA," KEPT, "mTA", "msExchResponsibleMTAServer", EX03,
     "9 MTA msExchResponsibleMTAServer EX03\n"},
    {"CN=B\\0ADEL:9ed5a032-38f1-0a84-3c6b-a0a1170a4458," PEOPLE, "user", "homeMDB", STORE, ""},
    {"CN=A," PEOPLE, "user", "homeMDB", "CN=Store,CN=InformationStore," KEPT, ""},
};

START_TEST(a_name_is_a_reference)
{
    put_organization();
    put_with(single[_i].dn, single[_i].class_name, single[_i].attribute, single[_i].value);
    check_references(EX03, single[_i].expected);
}
END_TEST

/* The legacy name says nothing that the store does not say. */
START_TEST(a_mailbox_counts_once)
{
    put_organization();
    forest_put(directory, 0, "CN=A," PEOPLE, "objectClass", "user", "homeMDB", STORE,
               "msExchHomeServerName", OLD_NAME, NULL);
    check_references(EX03, "0 A homeMDB Store blocks\n");
}
END_TEST

/* Those who were read have told it themselves, those who go have no say. */
START_TEST(a_back_link_tells_of_who_was_not_read)
{
    static const char *const members[] = {"CN=UNREAD," LEGACY_SERVERS, KEPT, "CN=UNREAD," MUNICH};
    static const char *const expected[] = {
        "6 UNREAD msExchRoutingGroupMembersBL Munich blocks back unread\n", "", ""};

    put_2003(KEPT, NULL);
    put_with(MUNICH, "msExchRoutingGroup", "msExchRoutingGroupMembersBL", members[_i]);
    put_with(SEATTLE, "msExchRoutingGroup", "msExchRoutingGroupMembersBL", MUNICH);
    check_references(MUNICH, expected[_i]);
}
END_TEST

/* Of two groups that go, the first has the member whose name comes second. */
START_TEST(those_who_were_not_read_stand_in_their_order)
{
    put_with(MUNICH, "msExchRoutingGroup", "msExchRoutingGroupMembersBL", "CN=B," LEGACY_SERVERS);
    put_with(SEATTLE, "msExchRoutingGroup", "msExchRoutingGroupMembersBL", "CN=A," LEGACY_SERVERS);
    check_references(LEGACY_ROUTING, "6 A msExchRoutingGroupMembersBL Seattle blocks back unread\n"
                                     "6 B msExchRoutingGroupMembersBL Munich blocks back unread\n");
}
END_TEST

/* Members vanish with the server, and with the last of them the need for a master; a group that was
 * not decoded may have some. */
START_TEST(a_group_is_left_by_its_members)
{
    static const char *const expected[] = {
        "6 Munich msExchRoutingGroupMembersDN EX03 follows\n"
        "6 Munich msExchRoutingMasterDN EX03 follows\n",
        "6 Munich msExchRoutingGroupMembersDN EX03 follows\n"
        "6 Munich msExchRoutingMasterDN EX03 blocks\n",
        "6 Group msExchRoutingGroupMembersDN EX03 follows\n"
        "6 Group msExchRoutingMasterDN EX03 blocks\n",
    };

    put_organization();
    if (_i < 2)
        lose(MUNICH);
    forest_put(directory, 0, _i < 2 ? MUNICH : "CN=Group," SITES, "objectClass",
               _i < 2 ? "msExchRoutingGroup" : "container", "msExchRoutingMasterDN", EX03,
               "msExchRoutingGroupMembersDN", "CN=1,CN=SMTP," EX03, NULL);
    if (_i == 1)
        put_2003("CN=SECOND," LEGACY_SERVERS, MUNICH);
    check_references(EX03, expected[_i]);
}
END_TEST

/* Exchange 2007 has no use for a master, whoever stays. */
START_TEST(the_group_of_2007_wants_no_master)
{
    forest_put(directory, 0, MODERN_ROUTING, "objectClass", "msExchRoutingGroup",
               "msExchRoutingMasterDN", EX07, NULL);
    put_server(EX07, SERIAL_2007, MODERN_ROUTING);
    put_server("CN=SECOND," MODERN_SERVERS, SERIAL_2007, MODERN_ROUTING);
    check_references(EX07, "6 Exchange Routing Group (DWBGZMFD01QNBJR) msExchRoutingMasterDN EX07 "
                           "follows\n");
}
END_TEST

/* The computer's account stays; so does that of another server. */
START_TEST(an_account_is_a_member)
{
    put_organization();
    put_with("CN=EX03," PEOPLE, "computer", "sAMAccountName", "EX03$");
    put_with("CN=KEPT," PEOPLE, "computer", "sAMAccountName", "KEPT$");
    forest_put(directory, 0, "CN=Interop," PEOPLE, "objectClass", "group", "member",
               "CN=EX03," PEOPLE, "member", "CN=KEPT," PEOPLE, NULL);
    check_references(EX03, "8 Interop member EX03\n");
}
END_TEST

/* By its legacy name and by its account, as if it had been named alone. */
START_TEST(a_server_goes_with_its_group)
{
    put_organization();
    forest_put(directory, 0, LEGACY_GROUP, "objectClass", "msExchAdminGroup", NULL);
    put_with("CN=A," PEOPLE, "user", "msExchHomeServerName", OLD_NAME);
    put_with("CN=B," PEOPLE, "group", "msExchExpansionServerName", OLD_NAME);
    put_with("CN=EX03," PEOPLE, "computer", "sAMAccountName", "EX03$");
    put_with("CN=Interop," PEOPLE, "group", "member", "CN=EX03," PEOPLE);
    check_references(LEGACY_GROUP, "0 A msExchHomeServerName EX03 blocks\n"
                                   "4 B msExchExpansionServerName EX03 blocks\n"
                                   "8 Interop member EX03\n");
}
END_TEST

/* By step, then by who refers, root first, then by attribute, then by what is named. */
START_TEST(references_stand_in_the_order_of_removal)
{
    put_organization();
    put_with("CN=Book," LEGACY_GROUP, "msExchOAB", "offLineABServer", EX03);
    put_with("CN=B," PEOPLE, "user", "homeMDB", STORE);
    put_with("CN=A," PEOPLE, "user", "homeMDB", STORE);
    put_with("CN=Z,OU=Staff," PEOPLE, "user", "homeMDB", STORE);
    forest_put(directory, 0, SMTP, "objectClass", "msExchRoutingSMTPConnector", "homeMTA", MTA,
               "msExchSourceBridgeheadServersDN", "CN=2,CN=SMTP," EX03,
               "msExchSourceBridgeheadServersDN", "CN=Other,CN=InformationStore," EX03,
               "msExchSourceBridgeheadServersDN", STORE, NULL);
    check_references(EX03, "0 A homeMDB Store blocks\n"
                           "0 B homeMDB Store blocks\n"
                           "0 Z homeMDB Store blocks\n"
                           "2 Book offLineABServer EX03 blocks\n"
                           "3 SMTP homeMTA Microsoft MTA blocks\n"
                           "3 SMTP msExchSourceBridgeheadServersDN EX03 blocks\n"
                           "3 SMTP msExchSourceBridgeheadServersDN Store blocks\n"
                           "3 SMTP msExchSourceBridgeheadServersDN EX03 blocks\n");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-references");
    TCase *tests = tcase_create("references");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_lies_within_is_no_reference);
    tcase_add_loop_test(tests, a_name_is_a_reference, 0, G_N_ELEMENTS(single));
    tcase_add_test(tests, a_mailbox_counts_once);
    tcase_add_loop_test(tests, a_back_link_tells_of_who_was_not_read, 0, 3);
    tcase_add_test(tests, those_who_were_not_read_stand_in_their_order);
    tcase_add_loop_test(tests, a_group_is_left_by_its_members, 0, 3);
    tcase_add_test(tests, the_group_of_2007_wants_no_master);
    tcase_add_test(tests, an_account_is_a_member);
    tcase_add_test(tests, a_server_goes_with_its_group);
    tcase_add_test(tests, references_stand_in_the_order_of_removal);
    suite_add_tcase(suite, tests);
    return suite;
}
