/* rules/sight.h: by which signs it shows that objects, or what they hold, could not be seen. */
#include "rules/sight.h"

#include "model.h"
#include "said.h"
#include "unit.h"

#define LONDON "CN=London," SITES
#define OSLO "CN=Oslo," SITES
#define SUBNETS "CN=Subnets," SITES
#define GONE "CN=GONE," LEGACY_SERVERS
#define STORE "CN=Store,CN=InformationStore," EX03
#define GATEWAY "CN=Gateway,CN=Connections," LEGACY_ROUTING
#define VIEWER "read with an Exchange View-Only Administrator"
#define EVERYBODY "Authenticated Users have it unless it was taken away"
#define BARE_ONE ": not one of the 1 object shows any, which takes Read Property; "
#define BARE_TWO ": not one of the 2 objects shows any, which takes Read Property; "
#define BARE_SOME ": 1 of the 2 objects shows none, which takes Read Property; "
#define NO_RIGHT "no right to read the attributes of "
#define NO_LIST                                                                                 \
    ", there is no right to list them (List Contents on their container), or the export lacks " \
    "them; "

static void check_gap(ClassId id, const char *expected)
{
    g_autoptr(Sight) sight = sight_new(topology);
    g_autofree char *gap = sight_gap(sight, id);

    ck_assert_pstr_eq(gap, expected);
}

/* --- bare objects ------------------------------------------------------------------------- */

static const char *const shown[] = {"cn", "name", "objectGUID", "objectCategory",
                                    "msExchTransportSiteFlags"};

START_TEST(names_are_all_that_a_bare_object_shows)
{
    put_with(LONDON, "site", shown[_i], _i == 3 ? SITES : "0123456789abcdef");
    build();
    ck_assert(sight_is_bare(name(LONDON)->entry) == (_i < 4));
}
END_TEST

/* Two objects, the second of which may lack or show something. */
static const struct {
    const char *class_name;
    const char *first;
    const char *second;
    const char *shown; /* by the second one, or NULL */
    ClassId asked;
    const char *gap;
} bare[] = {
    {"msExchExchangeServer", EX03, NULL, NULL, CLASS_msExchExchangeServer,
     NO_RIGHT "msExchExchangeServer" BARE_ONE VIEWER},
    {"msExchExchangeServer", EX03, EX07, NULL, CLASS_msExchExchangeServer,
     NO_RIGHT "msExchExchangeServer" BARE_TWO VIEWER},
    {"msExchExchangeServer", EX03, EX07, "serialNumber", CLASS_msExchExchangeServer,
     NO_RIGHT "every msExchExchangeServer" BARE_SOME VIEWER},
    {"msExchExchangeServer", EX07, EX03, "serialNumber", CLASS_msExchExchangeServer,
     NO_RIGHT "every msExchExchangeServer" BARE_SOME VIEWER},
    {"msExchPrivateMDB", STORE, NULL, NULL, CLASS_msExchMDB,
     NO_RIGHT "msExchPrivateMDB" BARE_ONE VIEWER},
    {"site", LONDON, OSLO, NULL, CLASS_site, NO_RIGHT "site" BARE_TWO EVERYBODY},
    {"group", "CN=Staff,CN=Users,DC=contoso,DC=test", NULL, NULL, CLASS_group,
     NO_RIGHT "group" BARE_ONE "read with an account of the domain that may read them"},
    {"mailGateway", GATEWAY, NULL, NULL, CLASS_mailGateway, NO_RIGHT "mailGateway" BARE_ONE VIEWER},
    {"mailGateway", "CN=Gateway," SITES, NULL, NULL, CLASS_mailGateway,
     NO_RIGHT "mailGateway" BARE_ONE EVERYBODY},
};

START_TEST(what_is_bare_could_not_be_read)
{
    put(bare[_i].first, bare[_i].class_name);
    if (bare[_i].second != NULL)
        forest_put(directory, 0, bare[_i].second, "objectClass", bare[_i].class_name,
                   bare[_i].shown, "shown", NULL);
    build();
    check_gap(bare[_i].asked, bare[_i].gap);
}
END_TEST

START_TEST(without_an_organisation_nothing_is_known_to_be_of_it)
{
    lose(ORGANIZATION);
    put(GATEWAY, "mailGateway");
    build();
    check_gap(CLASS_mailGateway, NO_RIGHT "mailGateway" BARE_ONE EVERYBODY);
}
END_TEST

/* --- objects that did not come ------------------------------------------------------------ */

/* A store names an address book: one that is not there, one that is, one that is known to be gone,
 * and an object of another kind. */
static const struct {
    const char *named;
    const char *gap;
} books[] = {
    {"CN=Book," GONE, "no msExchOAB was seen: as msExchUseOAB names some" NO_LIST VIEWER},
    {"CN=Book," EX03, NULL},
    {"CN=Book\\0ADEL:9ed5a032-38f1-0a84-3c6b-a0a1170a4458," GONE, NULL},
    {"CN=Book\\0ACNF:9ed5a032-38f1-0a84-3c6b-a0a1170a4458," GONE, NULL},
    {EX03, NULL},
};

START_TEST(what_is_named_is_there)
{
    put_2003(EX03, NULL);
    put_with(STORE, "msExchPrivateMDB", "msExchUseOAB", books[_i].named);
    if (_i == 1)
        put_with(books[_i].named, "msExchOAB", "systemFlags", "0");
    build();
    check_gap(CLASS_msExchOAB, books[_i].gap);
}
END_TEST

/* Groups and servers stand below an organisation. */
START_TEST(what_stands_below_another_tells_of_it)
{
    directory_free(directory);
    directory = directory_new();
    directory_add_source(directory, SOURCE_LDIF, "other.ldif");
    put_with(CONFIGURATION, "configuration", "name", "Configuration");
    if (_i == 0)
        put_with(LEGACY_GROUP, "msExchAdminGroup", "msExchAdminGroupMode", "0");
    else
        put_2003(EX03, NULL);
    build();
    check_gap(CLASS_msExchOrganizationContainer,
              "no msExchOrganizationContainer was seen: unless there is none" NO_LIST VIEWER);
}
END_TEST

/* One site wants no link, two want some. */
START_TEST(where_there_are_sites_there_are_links)
{
    put_with(LONDON, "site", "msExchTransportSiteFlags", "0");
    if (_i > 0)
        put_with(OSLO, "site", "msExchTransportSiteFlags", "0");
    if (_i > 1)
        put_with("CN=Link," TRANSPORT_IP, "siteLink", "cost", "1");
    if (_i > 2)
        lose("CN=Link," TRANSPORT_IP);
    build();
    check_gap(CLASS_siteLink,
              _i == 1 ? "no siteLink was seen: unless there is none" NO_LIST EVERYBODY : NULL);
}
END_TEST

/* Of an administrative group itself something was read, of its servers nothing; of one that was not
 * read there is nothing left, as its neighbours show. */
#define LOST_SERVER "CN=LOST,CN=Servers,CN=Second,CN=Administrative Groups," ORGANIZATION
#define NAMED(class_name, dn) \
    "not every " class_name " was read: " dn " is named somewhere and did not come; " VIEWER

static const struct {
    const char *named;
    bool group; /* whether the group was read */
    ClassId asked;
    const char *gap;
} unread[] = {
    {LOST_SERVER, true, CLASS_msExchExchangeServer, NAMED("msExchExchangeServer", LOST_SERVER)},
    {"CN=1,CN=SMTP,CN=Protocols," LOST_SERVER, true, CLASS_msExchExchangeServer,
     NAMED("msExchExchangeServer", LOST_SERVER)},
    {"CN=1,CN=SMTP,CN=Protocols," LOST_SERVER, true, CLASS_protocolCfgSMTPServer,
     NAMED("protocolCfgSMTPServer", "CN=1,CN=SMTP,CN=Protocols," LOST_SERVER)},
    {LOST_SERVER, true, CLASS_msExchRoutingGroup, NULL},
    {LOST_SERVER, false, CLASS_msExchExchangeServer, NULL},
    {"CN=LOST\\0ADEL:9ed5a032-38f1-0a84-3c6b-a0a1170a4458,CN=Servers,CN=Second,"
     "CN=Administrative Groups," ORGANIZATION,
     true, CLASS_msExchExchangeServer, NULL},
    {"CN=LOST,CN=Servers,CN=Second,CN=Configuration,DC=fabrikam,DC=test", true,
     CLASS_msExchExchangeServer, NULL},
    {GONE, true, CLASS_msExchExchangeServer, NULL},
};

START_TEST(what_is_named_where_nothing_was_read_is_unread)
{
    put_with(ORGANIZATION, "msExchOrganizationContainer", "whenChanged", "20080115090000.0Z");
    put_with("CN=Administrative Groups," ORGANIZATION, "msExchAdminGroupContainer", "whenChanged",
             "20080115090000.0Z");
    put_with(LEGACY_SERVERS, "msExchServersContainer", "whenChanged", "20080115090000.0Z");
    put_2003(EX03, NULL);
    put_with("CN=1,CN=SMTP,CN=Protocols," EX03, "protocolCfgSMTPServer", "homeMTA",
             unread[_i].named);
    if (unread[_i].group)
        put_with("CN=Second,CN=Administrative Groups," ORGANIZATION, "msExchAdminGroup",
                 "whenChanged", "20080115090000.0Z");
    build();
    check_gap(unread[_i].asked, unread[_i].gap);
}
END_TEST

/* What an object seems to lack that shows nothing but its name; with a date it does lack it. */
START_TEST(what_is_bare_lacks_nothing_for_sure)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", "networkAddress",
               "ncacn_ip_tcp:ex03.contoso.test", NULL);
    if (_i == 0)
        put("CN=BARE," LEGACY_SERVERS, "msExchExchangeServer");
    else
        put_with("CN=BARE," LEGACY_SERVERS, "msExchExchangeServer", "whenChanged",
                 "20080115090000.0Z");
    build();
    check_said(topology, "ORG003", SCENARIO_AUDIT,
               _i == 0 ? "1: the object shows nothing but its name: read with an account that may"
                       : "found");
}
END_TEST

/* --- many objects ------------------------------------------------------------------------- */

/* So many entries in all, what stands at the ends of their order among them: they are looked at in
 * portions, and what is told of them does not show it. */
static const guint amounts[] = {20000, 20001, 39999, 40000, 45000};

START_TEST(many_objects_are_seen_as_few_are)
{
    g_autofree char *expected = NULL;
    guint count;

    put(GATEWAY, "mailGateway");
    put_with("CN=ZZZ," SITES, "serversContainer", "siteObject", LONDON);
    count = amounts[_i] - (guint)directory_source(directory, 0)->entries;
    expected = g_strdup_printf(NO_RIGHT "subnet: not one of the %u objects shows any, which takes "
                                        "Read Property; " EVERYBODY,
                               count);
    for (guint i = 0; i < count; i++) {
        g_autofree char *dn = g_strdup_printf("CN=%u," SUBNETS, i);

        put(dn, "subnet");
    }
    build();
    check_gap(CLASS_subnet, expected);
    check_gap(CLASS_mailGateway, NO_RIGHT "mailGateway" BARE_ONE VIEWER);
    check_gap(CLASS_site, "no site was seen: as siteObject names some" NO_LIST EVERYBODY);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-sight");
    TCase *tests = tcase_create("sight");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, names_are_all_that_a_bare_object_shows, 0, G_N_ELEMENTS(shown));
    tcase_add_loop_test(tests, what_is_bare_could_not_be_read, 0, G_N_ELEMENTS(bare));
    tcase_add_test(tests, without_an_organisation_nothing_is_known_to_be_of_it);
    tcase_add_loop_test(tests, what_is_named_is_there, 0, G_N_ELEMENTS(books));
    tcase_add_loop_test(tests, what_stands_below_another_tells_of_it, 0, 2);
    tcase_add_loop_test(tests, where_there_are_sites_there_are_links, 0, 4);
    tcase_add_loop_test(tests, what_is_named_where_nothing_was_read_is_unread, 0,
                        G_N_ELEMENTS(unread));
    tcase_add_loop_test(tests, what_is_bare_lacks_nothing_for_sure, 0, 2);
    tcase_add_loop_test(tests, many_objects_are_seen_as_few_are, 0, G_N_ELEMENTS(amounts));
    suite_add_tcase(suite, tests);
    return suite;
}
