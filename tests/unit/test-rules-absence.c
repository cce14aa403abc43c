/* rules/absence.h: what it takes to say that something is missing from a domain partition. */
#include "rules/absence.h"

#include "model.h"
#include "unit.h"

#include <string.h>

#define DOMAIN "DC=contoso,DC=test"
#define GROUPS "OU=Groups," DOMAIN

/* What was read of the domain. */
enum {
    HEAD = 1,
    CONTROLLERS = 2,
    UNIT = 4,      /* OU=Groups */
    MEMBER = 8,    /* a group in it */
    NEIGHBOUR = 16 /* a group in another unit */
};

static void put_domain(unsigned parts)
{
    if ((parts & HEAD) != 0)
        put(DOMAIN, "domainDNS");
    if ((parts & CONTROLLERS) != 0)
        put("OU=Domain Controllers," DOMAIN, "organizationalUnit");
    if ((parts & UNIT) != 0)
        put(GROUPS, "organizationalUnit");
    if ((parts & MEMBER) != 0)
        put("CN=Here," GROUPS, "group");
    if ((parts & NEIGHBOUR) != 0)
        put("CN=There,OU=Elsewhere," DOMAIN, "group");
}

static const struct {
    const char *name;
    unsigned parts;
    bool sure;
} absences[] = {
    {"CN=Gone," GROUPS, 0, false},
    {"CN=Gone," GROUPS, HEAD, false},
    {"CN=Gone," GROUPS, HEAD | UNIT, false},
    {"CN=Gone," GROUPS, HEAD | UNIT | MEMBER, true},
    {"CN=Gone," GROUPS, HEAD | MEMBER, true},
    {"CN=Gone\\, for good," GROUPS, HEAD | UNIT | MEMBER, true},
    {"CN=Gone\\\\," GROUPS, HEAD | UNIT | MEMBER, true},
    {"CN=Gone," GROUPS, HEAD | UNIT | NEIGHBOUR, false},
    {"CN=Gone," GROUPS, HEAD | CONTROLLERS | UNIT | NEIGHBOUR, false},
    {"CN=Gone,OU=Third," DOMAIN, HEAD | CONTROLLERS | UNIT | MEMBER, false},
    {"CN=Gone,OU=Third," DOMAIN, HEAD | CONTROLLERS | UNIT | MEMBER | NEIGHBOUR, true},
    {"CN=Gone,OU=Third," DOMAIN, HEAD | UNIT | MEMBER | NEIGHBOUR, false},
    {"CN=Gone,OU=Third," DOMAIN, CONTROLLERS | UNIT | MEMBER | NEIGHBOUR, false},
    {"CN=Gone,OU=Third,DC=fabrikam,DC=test", HEAD | CONTROLLERS | UNIT | MEMBER | NEIGHBOUR, false},
    {"CN=Gone," SITES, 0, true},
    {"CN=Gone,CN=Nowhere," SITES, 0, true},
    {"CN=Gone", HEAD, false},
    {"CN=Gone\\", HEAD, false},
    {"CN=Gone\\\0," GROUPS, HEAD | UNIT | MEMBER, false}, /* nothing behind its end counts */
    {"CN=Gone," CONFIGURATION, 0, true},
};

START_TEST(absence_takes_evidence)
{
    put_domain(absences[_i].parts);
    build();
    ck_assert_msg(absence_is_sure(directory, absences[_i].name, CLASS_group) == absences[_i].sure,
                  "%s", absences[_i].name);
}
END_TEST

/* Two containers that something names, and nobody read. */
START_TEST(a_name_that_was_met_is_no_evidence)
{
    static const char *const met[] = {"CN=Nowhere,CN=Services," CONFIGURATION,
                                      "CN=Nowhere,CN=Configuration,DC=fabrikam,DC=test"};
    g_autofree char *gone = g_strconcat("CN=Gone,", met[_i], NULL);

    dn_intern(directory_names(directory), met[_i], strlen(met[_i]), NULL);
    build();
    ck_assert(absence_is_sure(directory, gone, CLASS_group) == (_i == 0));
}
END_TEST

START_TEST(a_lost_record_may_be_the_one)
{
    put_domain(HEAD | UNIT | MEMBER);
    directory_lose(directory, 0, NULL, 0);
    build();
    ck_assert(!absence_is_sure(directory, "CN=Gone," GROUPS, CLASS_group));
}
END_TEST

/* Of what came for another reason than its class. */
START_TEST(some_objects_prove_nothing_of_their_class)
{
    put_domain(HEAD | UNIT);
    if (_i == 0)
        forest_put(directory, 0, "CN=List," GROUPS, "objectClass", "group",
                   "msExchExpansionServerName", "/o=Contoso/cn=EX03", NULL);
    else if (_i == 1)
        put("CN=Here\\0ACNF:5d3e8a07-4c1f-4b0e-9f0a-2f6d1b7c9e11," GROUPS, "group");
    else
        put("CN=Anna," GROUPS, "user");
    build();
    ck_assert(!absence_is_sure(directory, "CN=Gone," GROUPS, CLASS_group));
}
END_TEST

static const struct {
    const char *container; /* directly below the domain's head; NULL: none */
    bool lacks;
} containers[] = {
    {NULL, false},
    {"CN=Users," DOMAIN, false},
    {"CN=computers," DOMAIN, false},
    {"CN=Program Data," DOMAIN, true},
};

START_TEST(a_domain_lacks_a_container)
{
    forest_put(directory, 0, "CN=CONTOSO,CN=Partitions," CONFIGURATION, "objectClass", "crossRef",
               "nCName", DOMAIN, "systemFlags", "3", NULL);
    put_domain(HEAD);
    if (containers[_i].container != NULL)
        put(containers[_i].container, "container");
    build();
    ck_assert_uint_eq(topology->domains->len, 1);
    ck_assert(domain_lacks(topology, g_ptr_array_index(topology->domains, 0), "CN=Lost",
                           CLASS_container) == containers[_i].lacks);
    ck_assert_uint_eq(count_domains_unsearched(topology, CLASS_group), 1);
}
END_TEST

START_TEST(a_domain_that_was_not_read_lacks_nothing)
{
    forest_put(directory, 0, "CN=CONTOSO,CN=Partitions," CONFIGURATION, "objectClass", "crossRef",
               "nCName", DOMAIN, "systemFlags", "3", NULL);
    build();
    ck_assert(!domain_lacks(topology, g_ptr_array_index(topology->domains, 0), "CN=Lost",
                            CLASS_container));
    ck_assert(
        !domain_was_searched(topology, g_ptr_array_index(topology->domains, 0), CLASS_container));
}
END_TEST

START_TEST(a_domain_that_was_read_throughout_was_searched)
{
    forest_put(directory, 0, "CN=CONTOSO,CN=Partitions," CONFIGURATION, "objectClass", "crossRef",
               "nCName", DOMAIN, "systemFlags", "3", NULL);
    put_domain(HEAD | CONTROLLERS | UNIT | MEMBER | NEIGHBOUR);
    build();
    ck_assert_uint_eq(count_domains_unsearched(topology, CLASS_group), 0);
    ck_assert_uint_eq(count_domains_unsearched(topology, CLASS_user), 1);
}
END_TEST

static const struct {
    const char *value;
    unsigned parts;
    ReferenceState state;
} references[] = {
    {"CN=Here," GROUPS, HEAD | UNIT | MEMBER, REFERENCE_LIVE},
    {"CN=Gone," GROUPS, HEAD | UNIT | MEMBER, REFERENCE_MISSING},
    {"CN=Gone," GROUPS, HEAD | UNIT, REFERENCE_UNSEEN},
    {"CN=Gone," GROUPS, 0, REFERENCE_UNSEEN},
    {"CN=Gone,CN=Administrative Groups," ORGANIZATION, 0, REFERENCE_MISSING},
};

START_TEST(a_reference_into_a_domain_is_missing_or_unseen)
{
    const Dn *dn;

    forest_put(directory, 0, "CN=LON-DC1,CN=Servers,CN=London," SITES, "objectClass", "server",
               "serverReference", references[_i].value, NULL);
    put_domain(references[_i].parts);
    build();
    dn = name("CN=LON-DC1,CN=Servers,CN=London," SITES);
    ck_assert_int_eq(reference_state_in_domain(
                         topology, entry_value(dn->entry, ATTR_serverReference), CLASS_group),
                     references[_i].state);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-absence");
    TCase *tests = tcase_create("absence");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, absence_takes_evidence, 0, G_N_ELEMENTS(absences));
    tcase_add_loop_test(tests, a_name_that_was_met_is_no_evidence, 0, 2);
    tcase_add_test(tests, a_lost_record_may_be_the_one);
    tcase_add_loop_test(tests, some_objects_prove_nothing_of_their_class, 0, 3);
    tcase_add_loop_test(tests, a_domain_lacks_a_container, 0, G_N_ELEMENTS(containers));
    tcase_add_test(tests, a_domain_that_was_not_read_lacks_nothing);
    tcase_add_test(tests, a_domain_that_was_read_throughout_was_searched);
    tcase_add_loop_test(tests, a_reference_into_a_domain_is_missing_or_unseen, 0,
                        G_N_ELEMENTS(references));
    suite_add_tcase(suite, tests);
    return suite;
}
