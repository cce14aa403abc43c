/* Asks single rules. */
#include "said.h"

#include "rules/audit.h"

#include "unit.h"

static Audit *ask(const Topology *topology, const char *rule, Scenario scenario)
{
    const char *include[] = {rule, NULL};
    AuditOptions options = {.include = include, .scenarios = scenario};

    return audit_run(topology, &options, NULL);
}

static char *said(const Topology *topology, const char *rule, Scenario scenario)
{
    g_autoptr(Audit) audit = ask(topology, rule, scenario);
    GString *text = g_string_new(audit->findings->len > 0 ? "found" : NULL);

    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        g_string_append_printf(text, "%u: %s", item->objects, item->reason);
    if (text->len == 0)
        g_string_append(text, "nothing");
    return g_string_free(text, FALSE);
}

void check_said_only(const Topology *topology, const char *rule, Scenario scenario,
                     const char *expected)
{
    g_autofree char *text = said(topology, rule, scenario);

    ck_assert_str_eq(text, expected);
}

void check_said(const Topology *topology, const char *rule, Scenario scenario,
                const char *beginning)
{
    g_autofree char *text = said(topology, rule, scenario);

    ck_assert_msg(g_str_has_prefix(text, beginning), "%s", text);
}

void check_raised(const Topology *topology, const char *rule, const char *message)
{
    g_autoptr(Audit) audit = ask(topology, rule, SCENARIO_AUDIT);

    ck_assert_uint_eq(audit->findings->len, message == NULL ? 0 : 1);
    FOR_EACH(const Finding, finding, audit->findings)
        ck_assert_str_eq(finding->message, message);
}

void check_weight(const Topology *topology, const char *rule, Scenario scenario, Severity severity)
{
    g_autoptr(Audit) audit = ask(topology, rule, scenario);

    ck_assert_uint_eq(audit->findings->len, 1);
    FOR_EACH(const Finding, finding, audit->findings)
        ck_assert_int_eq(finding->severity, severity);
}

void check_advised(const Topology *topology, const char *rule, bool advised)
{
    g_autoptr(Audit) audit = ask(topology, rule, SCENARIO_AUDIT);
    const Finding *finding;

    ck_assert_uint_gt(audit->findings->len, 0);
    finding = g_ptr_array_index(audit->findings, 0);
    ck_assert((finding->remedy != NULL) == advised);
}
