/* rules/finding.h: what tells a finding from others, run after run, and the order of a report. */
#include "rules/check.h"
#include "rules/entries.h"

#include "model.h"
#include "unit.h"

#include <string.h>

#define LONDON "CN=London," SITES
#define LINK "CN=Link," TRANSPORT_IP
#define DEAD_LINK "CN=Dead Link," TRANSPORT_IP
#define FOLDED_LONDON "cn=london,cn=sites,cn=configuration,dc=contoso,dc=test\n"
#define FOLDED_LINK \
    "cn=link,cn=ip,cn=inter-site transports,cn=sites,cn=configuration,dc=contoso,dc=test\n"
#define FOLDED_DEAD_LINK \
    "cn=dead link,cn=ip,cn=inter-site transports,cn=sites,cn=configuration,dc=contoso,dc=test\n"
#define GUID_OF_EX03 "33323130-3534-3736-3839-616263646566\n"

/* --- fingerprints ------------------------------------------------------------------------- */

/* What a fingerprint is made of: were it anything else, the baselines that people keep would know
 * nothing any more. */
static const struct {
    const char *about; /* NULL: the forest */
    const char *name;
    const char *cited; /* NULL: nothing */
    AttributeId attribute;
    const char *text;
} fingerprints[] = {
    {NULL, NULL, NULL, ATTR_NONE, "RG003\n"},
    {LONDON, NULL, NULL, ATTR_NONE, "RG003\n" FOLDED_LONDON},
    {EX03, NULL, NULL, ATTR_NONE, "RG003\n" GUID_OF_EX03},
    {NULL, "To London", NULL, ATTR_NONE, "RG003\nTo London\nSMTP:*\n"},
    {LONDON, "To London", NULL, ATTR_NONE, "RG003\n" FOLDED_LONDON "To London\nSMTP:*\n"},
    {LONDON, NULL, LONDON, ATTR_NONE, "RG003\n" FOLDED_LONDON "\n"},
    {LONDON, NULL, LONDON, ATTR_location, "RG003\n" FOLDED_LONDON "location\n"},
    {LINK, NULL, LINK, ATTR_cost, "RG003\n" FOLDED_LINK "cost\n10"},
    {EX03, NULL, EX03, ATTR_serialNumber, "RG003\n" GUID_OF_EX03 "serialNumber\nversion 6.5"},
    {LINK, NULL, LINK, ATTR_siteList, "RG003\n" FOLDED_LINK "siteList\n" FOLDED_LONDON},
    {LINK, NULL, LINK, ATTR_siteObject, "RG003\n" FOLDED_LINK "siteObject\n" GUID_OF_EX03},
    {DEAD_LINK, NULL, DEAD_LINK, ATTR_siteList,
     "RG003\n" FOLDED_DEAD_LINK "siteList\ncn=gone,cn=sites,cn=configuration,dc=contoso,dc=test\n"},
    {LONDON, NULL, LINK, ATTR_cost, "RG003\n" FOLDED_LONDON FOLDED_LINK "cost\n10"},
    {LONDON, NULL, EX03, ATTR_NONE, "RG003\n" FOLDED_LONDON GUID_OF_EX03 "\n"},
    {NULL, NULL, LINK, ATTR_cost, "RG003\n" FOLDED_LINK "cost\n10"},
    {NULL, "To London", LINK, ATTR_cost, "RG003\nTo London\nSMTP:*\n" FOLDED_LINK "cost\n10"},
};

static void put_objects(void)
{
    put(LONDON, "site");
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
               "VERSION  6.5", "objectGUID", "0123456789abcdef", NULL);
    forest_put(directory, 0, LINK, "objectClass", "siteLink", "cost", "10", "siteList", LONDON,
               "siteObject", EX03, NULL);
    put_with(DEAD_LINK, "siteLink", "siteList", "CN=Gone," SITES);
    build();
}

static const Entry *entry_of(const char *dn)
{
    return dn == NULL ? NULL : name(dn)->entry;
}

/* What may change without the finding becoming another one. */
static void embellish(Finding *finding)
{
    Object link = entry_object(entry_of(LINK));

    if (finding->evidence->len > 0)
        finding_cite(finding, &link, ATTR_siteList, "more than one");
    finding_relate(finding, &link);
    finding_advise(finding, "Ask somebody");
}

START_TEST(a_fingerprint_is_of_what_is_found_and_where)
{
    int number = _i / 2;
    bool more = _i % 2 == 1;
    g_autofree char *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
                                                              fingerprints[number].text, -1);
    g_autofree char *fingerprint = NULL;
    Finding *finding;

    put_objects();
    finding = finding_new(rule_find("RG003"), more ? SEVERITY_ERROR : SEVERITY_INFO,
                          entry_of(fingerprints[number].about), g_strdup(more ? "more" : "less"));
    if (fingerprints[number].name != NULL)
        finding_distinguish(finding, fingerprints[number].name, "SMTP:*");
    if (fingerprints[number].cited != NULL) {
        Object cited = entry_object(entry_of(fingerprints[number].cited));

        finding_cite(finding, &cited, fingerprints[number].attribute, NULL);
    }
    if (more)
        embellish(finding);
    fingerprint = finding_fingerprint(finding);
    ck_assert_uint_eq(strlen(fingerprint), 32);
    ck_assert_msg(g_str_has_prefix(expected, fingerprint), "%d: %s", number,
                  fingerprints[number].text);
    finding_free(finding);
}
END_TEST

/* --- order -------------------------------------------------------------------------------- */

/* As they stand in a report. */
static const struct {
    Severity severity;
    const char *rule;
    const char *about;
    const char *message;
} ordered[] = {
    {SEVERITY_ERROR, "RG003", NULL, "b"},     {SEVERITY_ERROR, "RG004", LONDON, "a"},
    {SEVERITY_WARNING, "AG001", NULL, "b"},   {SEVERITY_WARNING, "AG001", NULL, "c"},
    {SEVERITY_WARNING, "AG001", SITES, "b"},  {SEVERITY_WARNING, "AG001", LINK, "b"},
    {SEVERITY_WARNING, "AG001", LONDON, "a"}, {SEVERITY_WARNING, "AG001", LONDON, "b"},
    {SEVERITY_INFO, "AG001", NULL, "a"},
};

static Finding *finding_at(int number)
{
    return finding_new(rule_find(ordered[number].rule), ordered[number].severity,
                       entry_of(ordered[number].about), g_strdup(ordered[number].message));
}

START_TEST(a_report_has_an_order)
{
    put_objects();
    for (int i = 0; i < (int)G_N_ELEMENTS(ordered); i++) {
        Finding *left = finding_at(_i);
        Finding *right = finding_at(i);
        int order = finding_compare(&left, &right);

        ck_assert_msg((order > 0) - (order < 0) == (_i > i) - (_i < i), "%d, %d: %d", _i, i, order);
        finding_free(left);
        finding_free(right);
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-findings");
    TCase *tests = tcase_create("findings");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_fingerprint_is_of_what_is_found_and_where, 0,
                        2 * (int)G_N_ELEMENTS(fingerprints));
    tcase_add_loop_test(tests, a_report_has_an_order, 0, (int)G_N_ELEMENTS(ordered));
    suite_add_tcase(suite, tests);
    return suite;
}
