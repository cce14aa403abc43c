/* The formats of a preflight in which the verdict and the checks of the plan stand before what an
 * audit says of today: findings about today alone could look like a go. */
#include "config.h"

#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/markup.h"
#include "report/preflight.h"

/* --- html --------------------------------------------------------------------------------- */

static void write_html_verdict(const Preflight *preflight, Writer *out)
{
    bool go = preflight->verdict == VERDICT_GO;

    markup_print(out, "<h1>Exchange topology plan</h1>\n<p>%s</p>\n", preflight->plan);
    markup_print(out, "<p class=\"verdict%s\">%s</p>\n<ul>\n", go ? "" : " error",
                 preflight_verdict_words(preflight));
    FOR_EACH(const char, reason, preflight->reasons)
        markup_print(out, "<li>%s</li>\n", reason);
    markup_print(out, "</ul>\n");
}

static void write_html_checks(const Preflight *preflight, Writer *out)
{
    static const char *const classes[] = {"", "info", "error", "warning"};

    if (preflight->checks->len == 0)
        return;
    markup_print(out, "<h2>The plan</h2>\n<table>\n"
                      "<tr><th>State</th><th>Check</th><th>What</th></tr>\n");
    FOR_EACH(const PlanCheck, check, preflight->checks)
        markup_print(out, "<tr><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>\n",
                     classes[check->state], plan_state_name(check->state), check->subject,
                     check->text);
    markup_print(out, "</table>\n");
}

static void write_html_appearing(const Preflight *preflight, Writer *out)
{
    if (preflight->appearing->len == 0)
        return;
    markup_print(out, "<h2>New findings when the plan is done</h2>\n<table>\n"
                      "<tr><th>Rule</th><th>Severity</th><th>What</th></tr>\n");
    FOR_EACH(const Finding, finding, preflight->appearing)
        markup_print(out, "<tr><td>%s</td><td class=\"%s\">%s</td><td>%s</td></tr>\n",
                     finding->rule->id, severity_name(finding->severity),
                     severity_name(finding->severity), finding->message);
    markup_print(out, "</table>\n");
}

void preflight_write_html(const Preflight *preflight, Writer *out)
{
    audit_html_begin(PACKAGE_NAME " preflight", out);
    write_html_verdict(preflight, out);
    write_html_checks(preflight, out);
    write_html_appearing(preflight, out);
    audit_html_body(preflight->audit, out);
}

/* --- junit -------------------------------------------------------------------------------- */

/* A test of the plan: what failed fails it, and what could not be seen is skipped. */
static void write_test(Writer *out, const char *name, PlanState state, const char *text)
{
    markup_print(out, "    <testcase classname=\"adtopo.plan\" name=\"%s\">\n", name);
    if (state == PLAN_FAILED)
        markup_print(out, "      <failure type=\"error\" message=\"%s\"/>\n", text);
    else if (state == PLAN_UNSEEN)
        markup_print(out, "      <skipped message=\"%s\"/>\n", text);
    else
        markup_print(out, "      <system-out>%s</system-out>\n", text);
    markup_print(out, "    </testcase>\n");
}

/* Findings count for it as checks do, so that it is a test of its own. */
static void write_verdict_test(const Preflight *preflight, PlanState state, Writer *out)
{
    g_autoptr(GString) text = g_string_new(preflight_verdict_words(preflight));

    FOR_EACH(const char, reason, preflight->reasons)
        g_string_append_printf(text, "; %s", reason);
    write_test(out, "verdict", state, text->str);
}

static guint count_checks(const Preflight *preflight, PlanState state)
{
    guint count = 0;

    FOR_EACH(const PlanCheck, check, preflight->checks)
        count += check->state == state;
    return count;
}

void preflight_write_junit(const Preflight *preflight, Writer *out)
{
    static const PlanState states[] = {
        [VERDICT_GO] = PLAN_PASSED,
        [VERDICT_NO_GO] = PLAN_FAILED,
        [VERDICT_CANNOT_TELL] = PLAN_UNSEEN,
    };
    PlanState verdict = states[preflight->verdict];

    audit_junit_begin(out);
    markup_print(out,
                 "  <testsuite name=\"plan\" tests=\"%u\" failures=\"%u\" errors=\"0\" "
                 "skipped=\"%u\">\n",
                 preflight->checks->len + 1,
                 count_checks(preflight, PLAN_FAILED) + (verdict == PLAN_FAILED),
                 count_checks(preflight, PLAN_UNSEEN) + (verdict == PLAN_UNSEEN));
    write_verdict_test(preflight, verdict, out);
    FOR_EACH(const PlanCheck, check, preflight->checks)
        write_test(out, check->subject, check->state, check->text);
    markup_print(out, "  </testsuite>\n");
    audit_junit_body(preflight->audit, out);
}

/* --- openmetrics -------------------------------------------------------------------------- */

/* The true one of the three is 1, as of a state set. */
void preflight_write_openmetrics(const Preflight *preflight, Writer *out)
{
    metrics_family(out, "adtopo_plan_verdict", "gauge", "1 for the verdict on the plan.");
    for (Verdict verdict = VERDICT_GO; verdict <= VERDICT_CANNOT_TELL; verdict++)
        writer_print(out, "adtopo_plan_verdict{verdict=\"%s\"} %u\n", verdict_name(verdict),
                     verdict == preflight->verdict ? 1u : 0u);
    metrics_family(out, "adtopo_plan_checks", "gauge", "Checks of the plan by what they say.");
    for (PlanState state = PLAN_PASSED; state <= PLAN_UNSEEN; state++)
        writer_print(out, "adtopo_plan_checks{state=\"%s\"} %u\n", plan_state_name(state),
                     count_checks(preflight, state));
    audit_write_openmetrics(preflight->audit, out);
}
