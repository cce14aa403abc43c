/* rules/domain-contents.h: which domain an object, a server or a mailbox belongs to. */
#include "rules/domain-contents.h"

#include "model.h"
#include "said.h"
#include "unit.h"

#define ROOT "DC=contoso,DC=test"
#define CHILD "DC=eu," ROOT
#define OTHER "DC=adatum,DC=test"
#define CONTAINER SYSTEM_OBJECTS ","
#define GUID "5d3e8a07-4c1f-4b0e-9f0a-2f6d1b7c9e11,"

static void put_domain(const char *name, const char *head, const char *dns)
{
    g_autofree char *dn = g_strdup_printf("CN=%s,CN=Partitions," CONFIGURATION, name);

    forest_put(directory, 0, dn, "objectClass", "crossRef", "nCName", head, "dnsRoot", dns,
               "systemFlags", "3", NULL);
}

/* The names stand in another order than the heads. */
static void put_domains(void)
{
    put_domain("B-ROOT", ROOT, "contoso.test");
    put_domain("A-CHILD", CHILD, "eu.contoso.test");
    put_domain("C-OTHER", OTHER, "adatum.test");
    put_domain("D-SHORT", "DC=short", "short");
}

static const struct {
    const char *dn;
    const char *domain; /* NULL: none */
} places[] = {
    {"CN=Anna,CN=Users," ROOT, "B-ROOT"},   {"CN=Anna,CN=Users," CHILD, "A-CHILD"},
    {"CN=Anna,CN=Users," OTHER, "C-OTHER"}, {"CN=Anna,DC=short", "D-SHORT"},
    {"CN=Anna,DC=elsewhere,DC=test", NULL},
};

START_TEST(an_object_is_in_the_closest_domain)
{
    const Domain *domain;

    put_domains();
    forest_put(directory, 0, places[_i].dn, "objectClass", "user", NULL);
    build();
    domain = domain_of(topology, name(places[_i].dn));
    ck_assert_pstr_eq(domain == NULL ? NULL : domain->object.name, places[_i].domain);
}
END_TEST

/* Whichever was read first. */
START_TEST(of_two_references_to_a_domain_the_first_counts)
{
    put_domain("B-SECOND", ROOT, "contoso.test");
    put_domain("A-FIRST", ROOT, "contoso.test");
    forest_put(directory, 0, places[0].dn, "objectClass", "user", NULL);
    build();
    ck_assert_str_eq(domain_of(topology, name(places[0].dn))->object.name, "A-FIRST");
}
END_TEST

static const struct {
    const char *host;
    const char *domain;
} hosts[] = {
    {"ex03.contoso.test", "B-ROOT"},
    {"ex03.EU.contoso.test", "A-CHILD"},
    {"ex03", NULL},
    {"ex03.nowhere.test", NULL},
    {NULL, NULL},
};

START_TEST(a_host_is_in_the_domain_of_its_name)
{
    const Domain *domain;

    put_domains();
    build();
    domain = domain_of_host(topology, hosts[_i].host);
    ck_assert_pstr_eq(domain == NULL ? NULL : domain->object.name, hosts[_i].domain);
}
END_TEST

/* The names of domains in a set, in order, each followed by a blank. */
static void check_domains(GHashTable *found, const char *expected)
{
    g_autoptr(GString) names = g_string_new(NULL);

    FOR_EACH(const Domain, domain, topology->domains)
        if (g_hash_table_contains(found, domain))
            g_string_append_printf(names, "%s ", domain->object.name);
    ck_assert_str_eq(names->str, expected);
}

static void put_exchange(const char *dn, const char *host)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", "networkAddress", host, NULL);
}

/* By its account where that was read, be it the only one, by its name otherwise; servers that are
 * not asked for count for nothing. */
START_TEST(a_server_is_in_the_domain_of_its_account)
{
    g_autoptr(GHashTable) found = NULL;

    put_domains();
    put_exchange(EX03, "ncacn_ip_tcp:ex03.contoso.test");
    put_exchange("CN=EX04," LEGACY_SERVERS, "ncacn_ip_tcp:ex04.adatum.test");
    put_server(EX07, "Version 8.3 (Build 30083.6)", NULL);
    forest_put(directory, 0, "CN=EX03,CN=Computers," CHILD, "objectClass", "computer",
               "sAMAccountName", "EX03$", NULL);
    if (_i == 0)
        forest_put(directory, 0, "CN=EX07,CN=Computers,DC=short", "objectClass", "computer",
                   "sAMAccountName", "EX07$", NULL);
    build();
    found = domains_of_servers(topology, server_is_legacy);
    check_domains(found, "A-CHILD C-OTHER ");
}
END_TEST

START_TEST(mailboxes_are_told_by_store_or_server)
{
    g_autoptr(GHashTable) found = NULL;

    put_domains();
    forest_put(directory, 0, "CN=Anna,CN=Users," ROOT, "objectClass", "user", "homeMDB",
               "CN=Store," EX03, NULL);
    forest_put(directory, 0, "CN=Ben,CN=Users," CHILD, "objectClass", "user",
               "msExchHomeServerName", "/o=Contoso/cn=EX03", NULL);
    forest_put(directory, 0, "CN=Eve,CN=Users," OTHER, "objectClass", "user", NULL);
    build();
    found = domains_of_mailboxes(topology);
    check_domains(found, "A-CHILD B-ROOT ");
}
END_TEST

START_TEST(system_objects_stand_below_the_head)
{
    static const char *const containers[] = {CONTAINER ROOT, SYSTEM_OBJECTS "\\0ACNF:" GUID ROOT,
                                             SYSTEM_OBJECTS "\\0ADEL:" GUID ROOT, CONTAINER CHILD};
    g_autoptr(GPtrArray) found = NULL;

    put_domain("ROOT", ROOT, "contoso.test");
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        forest_put(directory, 0, containers[i], "objectClass", "msExchSystemObjectsContainer",
                   NULL);
    build();
    found = system_objects_of(topology, g_ptr_array_index(topology->domains, 0));
    ck_assert_uint_eq(found->len, 2);
    ck_assert_ptr_eq(((const Entry *)found->pdata[0])->dn, name(CONTAINER ROOT));
}
END_TEST

/* With no domain, one, two, and two of which one was read. */
START_TEST(domains_that_were_not_read_are_said)
{
    static const char *const expected[] = {
        "0: no domain partition was read: export it whole with ldifde -f domain.ldf -d",
        "1: the domain partition DC=contoso,DC=test was not read: export it",
        "2: the domain partitions of A-CHILD and B-ROOT were not read: export each",
        "1: the domain partition DC=eu,DC=contoso,DC=test was not read: export it",
        "nothing",
    };

    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               "Version 6.5 (Build 7638.2: Service Pack 2)", "legacyExchangeDN",
               "/o=Contoso/cn=EX03", NULL);
    put_server(EX07, "Version 8.3 (Build 30083.6)", NULL);
    if (_i > 0)
        put_domain("B-ROOT", ROOT, "contoso.test");
    if (_i > 1)
        put_domain("A-CHILD", CHILD, "eu.contoso.test");
    if (_i > 2)
        forest_put(directory, 0, ROOT, "objectClass", "domainDNS", NULL);
    if (_i > 3)
        forest_put(directory, 0, CHILD, "objectClass", "domainDNS", NULL);
    build();
    check_said(topology, "DEC010", SCENARIO_LAST, expected[_i]);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-domains");
    TCase *tests = tcase_create("domains");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, an_object_is_in_the_closest_domain, 0, G_N_ELEMENTS(places));
    tcase_add_test(tests, of_two_references_to_a_domain_the_first_counts);
    tcase_add_loop_test(tests, a_host_is_in_the_domain_of_its_name, 0, G_N_ELEMENTS(hosts));
    tcase_add_loop_test(tests, a_server_is_in_the_domain_of_its_account, 0, 2);
    tcase_add_test(tests, mailboxes_are_told_by_store_or_server);
    tcase_add_test(tests, system_objects_stand_below_the_head);
    tcase_add_loop_test(tests, domains_that_were_not_read_are_said, 0, 5);
    suite_add_tcase(suite, tests);
    return suite;
}
