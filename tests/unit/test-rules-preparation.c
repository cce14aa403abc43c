/* What rules say of domains, their controllers and groups, and of the schema, before setup. */
#include "model.h"
#include "said.h"
#include "unit.h"

#include <string.h>

#define ROOT "DC=contoso,DC=test"
#define CHILD "DC=eu," ROOT
#define SYSTEM_OBJECTS "CN=Microsoft Exchange System Objects"
#define COPY "\\0ACNF:01234567-89ab-cdef-0123-456789abcdef"
#define SCHEMA "CN=Schema," CONFIGURATION
#define UNIT "OU=Microsoft Exchange Security Groups," ROOT
#define DC1 "CN=DC1,CN=Servers,CN=London," SITES

static void put_domain(const char *name, const char *head)
{
    g_autofree char *dn = g_strdup_printf("CN=%s,CN=Partitions," CONFIGURATION, name);

    forest_put(directory, 0, dn, "objectClass", "crossRef", "nCName", head, "systemFlags", "3",
               NULL);
    put(head, "domainDNS");
}

/* --- PRE011: system objects twice --------------------------------------------------------- */

START_TEST(two_containers_stop_setup_of_2013)
{
    put_domain("ROOT", ROOT);
    put(SYSTEM_OBJECTS "," ROOT, "msExchSystemObjectsContainer");
    put(SYSTEM_OBJECTS COPY "," ROOT, "msExchSystemObjectsContainer");
    put_server(EX07, _i == 0 ? SERIAL_2010 : SERIAL_2013, NULL);
    build();
    check_weight(topology, "PRE011", SCENARIO_NEXT, _i == 0 ? SEVERITY_WARNING : SEVERITY_ERROR);
}
END_TEST

/* --- PRE020: the class group -------------------------------------------------------------- */

static const struct {
    const char *first;
    const char *second;
    const char *said;
} auxiliaries[] = {
    {"msExchBaseClass", NULL, "nothing"},
    {"mailRecipient", "msExchBaseClass", "nothing"},
    {"mailRecipient", NULL, "found"},
};

/* Other classes have no need of it. */
START_TEST(the_class_group_keeps_its_auxiliary_class)
{
    put_with("CN=Computer," SCHEMA, "classSchema", "lDAPDisplayName", "computer");
    forest_put(directory, 0, "CN=Group," SCHEMA, "objectClass", "classSchema", "lDAPDisplayName",
               "group", "auxiliaryClass", auxiliaries[_i].first,
               auxiliaries[_i].second == NULL ? NULL : "auxiliaryClass", auxiliaries[_i].second,
               NULL);
    put_with("CN=User," SCHEMA, "classSchema", "lDAPDisplayName", "user");
    build();
    check_said_only(topology, "PRE020", SCENARIO_AUDIT, auxiliaries[_i].said);
}
END_TEST

/* --- PRE002, PRE003, PRE004: levels --------------------------------------------------------- */

START_TEST(exchange_2000_writes_no_level_of_the_organization)
{
    put_server(EX03, _i == 0 ? SERIAL_2000 : SERIAL_2003, NULL);
    build();
    check_said_only(topology, "PRE002", SCENARIO_AUDIT,
                    _i == 0 ? "nothing" : "1: objectVersion of the organisation was not read");
}
END_TEST

/* With the container lost in reading it is not known whether its copy is the one in use. */
START_TEST(a_copy_tells_no_level_where_the_container_was_lost)
{
    static const char lost[] = SYSTEM_OBJECTS "," ROOT;

    put_server(EX07, SERIAL_2007, NULL);
    put_domain("ROOT", ROOT);
    put_with(SYSTEM_OBJECTS COPY "," ROOT, "msExchSystemObjectsContainer", "objectVersion", "6936");
    if (_i == 1)
        directory_lose(directory, 0, lost, strlen(lost));
    build();
    check_said(topology, "PRE003", SCENARIO_AUDIT,
               _i == 0 ? "found" : "1: records were lost in reading");
}
END_TEST

/* The first level of 2007 is none of 2000/2003. */
START_TEST(a_domain_of_2007_may_have_its_legacy_permissions)
{
    put_2003(EX03, NULL);
    put(SCHEMA, "dMD");
    put_with("CN=ms-Exch-Schema-Version-Pt," SCHEMA, "attributeSchema", "rangeUpper", "10637");
    put_domain("ROOT", ROOT);
    put_with(SYSTEM_OBJECTS "," ROOT, "msExchSystemObjectsContainer", "objectVersion",
             _i == 0 ? "10627" : "10628");
    build();
    check_said(topology, "PRE004", SCENARIO_AUDIT, _i == 0 ? "found" : "1: to be verified by hand");
}
END_TEST

/* --- PRE007, PRE010: the schema master ---------------------------------------------------- */

START_TEST(a_schema_master_that_is_gone_is_told_once)
{
    put_2003(EX03, NULL);
    put_with(SCHEMA, "dMD", "fSMORoleOwner",
             "CN=NTDS Settings\\0ADEL:01234567-89ab-cdef-0123-456789abcdef,CN=Deleted "
             "Objects," CONFIGURATION);
    build();
    check_weight(topology, "PRE007", SCENARIO_PREFLIGHT, SEVERITY_ERROR);
    check_said_only(topology, "PRE010", SCENARIO_PREFLIGHT, "nothing");
}
END_TEST

/* --- PRE001, PRE021: the schema and the first server --------------------------------------- */

START_TEST(a_schema_without_exchange_is_told_before_setup)
{
    put(SCHEMA, "dMD");
    build();
    check_weight(topology, "PRE001", SCENARIO_PREFLIGHT, SEVERITY_INFO);
}
END_TEST

START_TEST(without_an_organization_no_schema_is_wanted)
{
    lose(ORGANIZATION);
    build();
    check_said(topology, "PRE001", SCENARIO_AUDIT, "0: the organisation was not read");
}
END_TEST

START_TEST(one_server_is_a_choice)
{
    put_group(MUNICH);
    put_2003(EX03, _i == 0 ? MUNICH : NULL);
    put_server(EX07, SERIAL_2007, MUNICH);
    build();
    check_weight(topology, "PRE021", SCENARIO_PREFLIGHT,
                 _i == 0 ? SEVERITY_INFO : SEVERITY_WARNING);
}
END_TEST

/* --- PRE009, PRE023: domain controllers --------------------------------------------------- */

static void put_controller(const char *options)
{
    put("CN=London," SITES, "site");
    put_with(DC1, "server", "dNSHostName", "dc1.contoso.test");
    put_with("CN=NTDS Settings," DC1, "nTDSDSA", "options", options);
}

START_TEST(one_controller_may_lack_its_hotfix)
{
    if (_i > 0)
        put_controller("1");
    build();
    check_said(topology, "PRE009", SCENARIO_PREFLIGHT,
               _i == 0 ? "nothing" : "1: to be verified by hand: that the domain controller");
}
END_TEST

START_TEST(a_server_that_is_no_catalog_does_not_work)
{
    put_controller(_i == 0 ? "0" : "1");
    forest_put(directory, 0, EX07, "objectClass", "msExchExchangeServer", "serialNumber",
               SERIAL_2007, "networkAddress", "ncacn_ip_tcp:dc1.contoso.test", NULL);
    build();
    check_weight(topology, "PRE023", SCENARIO_AUDIT, _i == 0 ? SEVERITY_ERROR : SEVERITY_WARNING);
}
END_TEST

/* Then the name of a server tells nothing, whether it was read or not. */
START_TEST(without_controllers_read_no_name_is_asked_for)
{
    put_server(EX07, SERIAL_2007, NULL);
    put("CN=London," SITES, "site");
    put_with("CN=DC1,CN=Servers,CN=London," SITES, "server", "dNSHostName", "dc1.contoso.test");
    build();
    check_said_only(topology, "PRE023", SCENARIO_AUDIT,
                    "0: no domain controller was read: export the servers below "
                    "CN=Sites,CN=Configuration with their NTDS Settings");
}
END_TEST

/* --- PRE019: default containers ----------------------------------------------------------- */

START_TEST(a_container_that_was_read_is_enough)
{
    put_server(EX07, SERIAL_2010, NULL);
    put_domain("ROOT", ROOT);
    if (_i == 0)
        put("CN=Computers," ROOT, "container");
    build();
    check_said_only(topology, "PRE019", SCENARIO_NEXT,
                    _i == 0 ? "nothing" : "1: the containers of the domain were not read");
}
END_TEST

/* --- PRE013, PRE014: groups --------------------------------------------------------------- */

START_TEST(the_members_of_a_second_group_are_counted)
{
    put(UNIT, "organizationalUnit");
    forest_put(directory, 0, "CN=Exchange Servers1," UNIT, "objectClass", "group", "member",
               "CN=A," ROOT, "member", "CN=B," ROOT, "member", "CN=C," ROOT, NULL);
    build();
    check_raised(topology, "PRE013",
                 "The group \"Exchange Servers1\" (3 members) looks like a second \"Exchange "
                 "Servers\"; the one in use is another");
}
END_TEST

/* Without servers in it, by the level of its system objects. */
START_TEST(a_domain_that_was_prepared_once_has_its_groups)
{
    static const char *const levels[] = {NULL, "6936", "10628", ""};

    put_domain("ROOT", ROOT);
    put_domain("CHILD", CHILD);
    put(("CN=Users," CHILD), "container");
    put_with("CN=Some,CN=Users," CHILD, "group", "sAMAccountName", "Some");
    put_2003(EX03, NULL);
    if (levels[_i] != NULL)
        forest_put(directory, 0, SYSTEM_OBJECTS "," CHILD, "objectClass",
                   "msExchSystemObjectsContainer", *levels[_i] == '\0' ? NULL : "objectVersion",
                   levels[_i], NULL);
    build();
    check_said_only(topology, "PRE014", SCENARIO_PREFLIGHT, _i == 1 ? "found" : "nothing");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-preparation");
    TCase *tests = tcase_create("preparation");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, two_containers_stop_setup_of_2013, 0, 2);
    tcase_add_loop_test(tests, the_class_group_keeps_its_auxiliary_class, 0,
                        G_N_ELEMENTS(auxiliaries));
    tcase_add_loop_test(tests, exchange_2000_writes_no_level_of_the_organization, 0, 2);
    tcase_add_loop_test(tests, a_copy_tells_no_level_where_the_container_was_lost, 0, 2);
    tcase_add_loop_test(tests, a_domain_of_2007_may_have_its_legacy_permissions, 0, 2);
    tcase_add_test(tests, a_schema_master_that_is_gone_is_told_once);
    tcase_add_test(tests, a_schema_without_exchange_is_told_before_setup);
    tcase_add_test(tests, without_an_organization_no_schema_is_wanted);
    tcase_add_loop_test(tests, one_server_is_a_choice, 0, 2);
    tcase_add_loop_test(tests, one_controller_may_lack_its_hotfix, 0, 2);
    tcase_add_loop_test(tests, a_server_that_is_no_catalog_does_not_work, 0, 2);
    tcase_add_test(tests, without_controllers_read_no_name_is_asked_for);
    tcase_add_loop_test(tests, a_container_that_was_read_is_enough, 0, 2);
    tcase_add_test(tests, the_members_of_a_second_group_are_counted);
    tcase_add_loop_test(tests, a_domain_that_was_prepared_once_has_its_groups, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
