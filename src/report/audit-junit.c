/* The audit in the XML that build servers read as test results: a suite is a family of rules, a
 * test is a rule. Errors and warnings fail it, notes do not, and what could not be assessed is
 * skipped: never a pass. */
#include "config.h"

#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/markup.h"

#include <string.h>

/* The findings and gaps of one rule. */
typedef struct Verdict {
    const Rule *rule;
    GPtrArray *failures; /* of const Finding: errors and warnings that count */
    GPtrArray *others;   /* of const Finding: notes, and what is suppressed or known */
    GPtrArray *gaps;     /* of const NotAssessed */
} Verdict;

static void verdict_clear(gpointer data)
{
    Verdict *verdict = data;

    g_ptr_array_unref(verdict->failures);
    g_ptr_array_unref(verdict->others);
    g_ptr_array_unref(verdict->gaps);
}

static Verdict *verdict_of(GArray *verdicts, const Rule *rule)
{
    for (guint i = 0; i < verdicts->len; i++)
        if (g_array_index(verdicts, Verdict, i).rule == rule)
            return &g_array_index(verdicts, Verdict, i);
    return NULL;
}

static GArray *collect_verdicts(const Audit *audit)
{
    GArray *verdicts = g_array_new(FALSE, FALSE, sizeof(Verdict));

    g_array_set_clear_func(verdicts, verdict_clear);
    FOR_EACH(const Rule, rule, audit->run) {
        Verdict verdict = {.rule = rule,
                           .failures = g_ptr_array_new(),
                           .others = g_ptr_array_new(),
                           .gaps = g_ptr_array_new()};

        g_array_append_val(verdicts, verdict);
    }
    FOR_EACH(Finding, finding, audit->findings) {
        Verdict *verdict = verdict_of(verdicts, finding->rule);
        bool fails = finding_counts(finding) && finding->severity > SEVERITY_INFO;

        g_ptr_array_add(fails ? verdict->failures : verdict->others, finding);
    }
    FOR_EACH(NotAssessed, item, audit->not_assessed)
        g_ptr_array_add(verdict_of(verdicts, item->rule)->gaps, item);
    return verdicts;
}

static bool is_skipped(const Verdict *verdict)
{
    return verdict->failures->len == 0 && verdict->gaps->len > 0;
}

/* "RG" of "RG003". */
static gsize family_length(const Rule *rule)
{
    return strcspn(rule->id, "0123456789");
}

static bool same_family(const Rule *a, const Rule *b)
{
    return family_length(a) == family_length(b) && strncmp(a->id, b->id, family_length(a)) == 0;
}

/* --- one test ----------------------------------------------------------------------------- */

static void write_line(const Audit *audit, const Finding *finding, Writer *out)
{
    Origin origin = {0};
    g_autofree char *place = NULL;

    finding_origin(finding, &origin);
    place = origin_text(audit->topology->directory, origin);
    markup_print(out, "%s: %s: %s", place, severity_name(finding->severity), finding->message);
    if (finding->waiver != NULL)
        markup_print(out, " (suppressed: %s)", finding->waiver->reason);
    else if (finding->baseline == BASELINE_KNOWN)
        markup_print(out, " (known)");
    markup_print(out, "\n");
}

static void write_failure(const Audit *audit, const Verdict *verdict, Writer *out)
{
    const Finding *first;

    if (verdict->failures->len == 0)
        return;
    first = g_ptr_array_index(verdict->failures, 0);
    markup_print(out, "      <failure type=\"%s\" message=\"", severity_name(first->severity));
    if (verdict->failures->len == 1)
        markup_print(out, "%s\">", first->message);
    else
        markup_print(out, "%u findings: %s\">", verdict->failures->len, verdict->rule->title);
    FOR_EACH(const Finding, finding, verdict->failures)
        write_line(audit, finding, out);
    markup_print(out, "%s</failure>\n",
                 first->remedy != NULL ? first->remedy : verdict->rule->remedy);
}

static void write_skipped(const Verdict *verdict, Writer *out)
{
    const NotAssessed *first;

    if (!is_skipped(verdict))
        return;
    first = g_ptr_array_index(verdict->gaps, 0);
    markup_print(out, "      <skipped message=\"%s\"/>\n", first->reason);
}

static void write_output(const Audit *audit, const Verdict *verdict, Writer *out)
{
    if (verdict->others->len == 0)
        return;
    markup_print(out, "      <system-out>");
    FOR_EACH(const Finding, finding, verdict->others)
        write_line(audit, finding, out);
    markup_print(out, "</system-out>\n");
}

static void write_test(const Audit *audit, const Verdict *verdict, Writer *out)
{
    g_autofree char *family = g_strndup(verdict->rule->id, family_length(verdict->rule));

    markup_print(out, "    <testcase classname=\"adtopo.%s\" name=\"%s %s\">\n", family,
                 verdict->rule->id, verdict->rule->slug);
    write_failure(audit, verdict, out);
    write_skipped(verdict, out);
    write_output(audit, verdict, out);
    markup_print(out, "    </testcase>\n");
}

/* --- suites ------------------------------------------------------------------------------- */

static guint end_of_family(const GArray *verdicts, guint from)
{
    const Rule *first = g_array_index(verdicts, Verdict, from).rule;
    guint end = from + 1;

    while (end < verdicts->len && same_family(g_array_index(verdicts, Verdict, end).rule, first))
        end++;
    return end;
}

static void write_counts(const GArray *verdicts, guint from, guint end, Writer *out)
{
    guint failures = 0;
    guint skipped = 0;

    for (guint i = from; i < end; i++) {
        const Verdict *verdict = &g_array_index(verdicts, Verdict, i);

        failures += verdict->failures->len > 0;
        skipped += is_skipped(verdict);
    }
    markup_print(out, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\">\n", end - from,
                 failures, skipped);
}

static void write_suite(const Audit *audit, const GArray *verdicts, guint from, guint end,
                        Writer *out)
{
    const Rule *rule = g_array_index(verdicts, Verdict, from).rule;
    g_autofree char *family = g_strndup(rule->id, family_length(rule));

    markup_print(out, "  <testsuite name=\"%s\"", family);
    write_counts(verdicts, from, end, out);
    for (guint i = from; i < end; i++)
        write_test(audit, &g_array_index(verdicts, Verdict, i), out);
    markup_print(out, "  </testsuite>\n");
}

/* A directory that was read in part is a failure of its own: its silence means nothing. */
static void write_reading(const Audit *audit, Writer *out)
{
    bool complete = audit_is_complete(audit);

    markup_print(out,
                 "  <testsuite name=\"sources\" tests=\"1\" failures=\"0\" errors=\"%u\" "
                 "skipped=\"0\">\n"
                 "    <testcase classname=\"adtopo\" name=\"everything was read\">\n",
                 complete ? 0u : 1u);
    if (!complete)
        markup_print(out, "      <error type=\"partial\" message=\"%s\"/>\n",
                     audit->unseen != NULL ? audit->unseen : "The directory was read in part only");
    markup_print(out, "    </testcase>\n  </testsuite>\n");
}

void audit_junit_begin(Writer *out)
{
    markup_print(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"%s\">\n",
                 PACKAGE_NAME);
}

void audit_junit_body(const Audit *audit, Writer *out)
{
    g_autoptr(GArray) verdicts = collect_verdicts(audit);

    write_reading(audit, out);
    for (guint from = 0; from < verdicts->len;) {
        guint end = end_of_family(verdicts, from);

        write_suite(audit, verdicts, from, end, out);
        from = end;
    }
    markup_print(out, "</testsuites>\n");
}

void audit_write_junit(const Audit *audit, Writer *out)
{
    audit_junit_begin(out);
    audit_junit_body(audit, out);
}
