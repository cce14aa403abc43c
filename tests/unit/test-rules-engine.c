/* The engine: rules that do not exist, rules that cannot see what they need, and what they say of a
 * record that may have been cut off. */
#include "rules/audit.h"

#include "model.h"
#include "said.h"
#include "unit.h"

#define LONDON "CN=London," SITES
#define FRONT "CN=FRONT," MODERN_SERVERS
#define STORE "CN=STORE," MODERN_SERVERS

/* One is enough, wherever it stands, and whether it is to be judged or to be left out. */
static const struct {
    const char *include[3];
    const char *exclude[3];
    const char *error; /* NULL: none */
} selections[] = {
    {{"RG001", NULL}, {"RG001", NULL}, NULL},
    {{"RG001", "RG999"}, {"RG001", NULL}, "no rule is called \"RG999\"; did you mean RG009?"},
    {{"RG999", "RG001"}, {NULL}, "no rule is called \"RG999\"; did you mean RG009?"},
    {{"RG001", NULL},
     {"organisation-mixedmode", NULL},
     "no rule is called \"organisation-mixedmode\"; did you mean organisation-mixed-mode?"},
};

START_TEST(a_rule_that_is_none_is_refused)
{
    AuditOptions options = {.include = selections[_i].include, .exclude = selections[_i].exclude};
    g_autoptr(GError) error = NULL;
    g_autoptr(Audit) audit = NULL;

    build();
    audit = audit_run(topology, &options, &error);
    ck_assert((audit == NULL) == (selections[_i].error != NULL));
    ck_assert_pstr_eq(error == NULL ? NULL : error->message, selections[_i].error);
}
END_TEST

/* A server that shows nothing at all, and one that only lacks what the rule needs. */
START_TEST(what_is_needed_is_seen_on_some_object)
{
    static const char *const expected[] = {
        "0: no right to read the attributes of msExchExchangeServer: not one of the 1 object",
        "0: serialNumber was not read on any of the 1 msExchExchangeServer objects: export it",
    };

    forest_put(directory, 0, FRONT, "objectClass", "msExchExchangeServer",
               _i == 1 ? "msExchServerSite" : NULL, LONDON, NULL);
    build();
    check_said(topology, "CAS005", SCENARIO_AUDIT, expected[_i]);
}
END_TEST

static void put_holder(const char *dn, const char *serial, const char *roles)
{
    forest_put(directory, 0, dn, "objectClass", "msExchExchangeServer", "serialNumber", serial,
               "msExchCurrentServerRoles", roles, "msExchServerSite", LONDON, NULL);
}

/* The finding is about the site and rests on both servers; each of the three stands once at the end
 * of a file that breaks off, and then a site that has nothing to do with it. */
START_TEST(what_may_have_been_cut_off_is_in_doubt)
{
    for (int i = _i + 1; i <= _i + 4; i++)
        switch (i % 4) {
        case 0:
            put(LONDON, "site");
            break;
        case 1:
            put_holder(FRONT, SERIAL_2007_RTM, "4");
            break;
        case 2:
            put_holder(STORE, SERIAL_2007, "2");
            break;
        default:
            put("CN=Oslo," SITES, "site");
        }
    directory_suspect(directory, 0);
    build();
    check_said_only(topology, "CAS005", SCENARIO_AUDIT,
                    _i == 3 ? "found"
                            : "1: the file seems to have been cut off in the middle of the record");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-engine");
    TCase *tests = tcase_create("engine");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_rule_that_is_none_is_refused, 0, G_N_ELEMENTS(selections));
    tcase_add_loop_test(tests, what_is_needed_is_seen_on_some_object, 0, 2);
    tcase_add_loop_test(tests, what_may_have_been_cut_off_is_in_doubt, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
