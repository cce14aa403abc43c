/* The part of the text report that tells what was accepted: findings that the policy suppresses, on
 * whose word and why, those that the baseline knows, and suppressions that need attention. */
#include "report/audit-parts.h"

static void write_heading(Writer *out, const char *heading)
{
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, heading);
    writer_put(out, "\n");
}

static void write_point(Writer *out, const char *text)
{
    writer_put(out, "  - ");
    writer_wrap(out, 4, 4, text);
}

static void append_waiver(GString *text, const Waiver *waiver)
{
    g_string_append_printf(text, " (%s", waiver->reason);
    if (waiver->owner != NULL)
        g_string_append_printf(text, "; %s", waiver->owner);
    if (waiver->expires != NULL)
        g_string_append_printf(text, "; until %s", waiver->expires);
    g_string_append_c(text, ')');
}

static void write_suppressed(const Audit *audit, Writer *out)
{
    if (audit->suppressed == 0)
        return;
    write_heading(out, "SUPPRESSED by the policy");
    FOR_EACH(const Finding, finding, audit->findings) {
        g_autoptr(GString) text = g_string_new(finding->rule->id);

        if (finding->waiver == NULL)
            continue;
        g_string_append_printf(text, ": %s", finding->message);
        append_waiver(text, finding->waiver);
        write_point(out, text->str);
    }
}

static bool any_known(const Audit *audit)
{
    FOR_EACH(const Finding, finding, audit->findings)
        if (finding->baseline == BASELINE_KNOWN && finding->waiver == NULL)
            return true;
    return false;
}

static void write_known(const Audit *audit, Writer *out)
{
    if (audit->gone == 0 && !any_known(audit))
        return;
    write_heading(out, "KNOWN to the baseline, and not counted as new");
    FOR_EACH(const Finding, finding, audit->findings) {
        g_autofree char *text = g_strdup_printf("%s: %s", finding->rule->id, finding->message);

        if (finding->baseline == BASELINE_KNOWN && finding->waiver == NULL)
            write_point(out, text);
    }
    if (audit->gone > 0)
        writer_print(out, "  - %u of the baseline %s not found any more\n", audit->gone,
                     audit->gone == 1 ? "was" : "were");
}

static void write_remarks(const Audit *audit, Writer *out)
{
    g_autoptr(GPtrArray) remarks = audit_remarks(audit);

    if (remarks->len > 0)
        write_heading(out, "POLICY OR EVIDENCE needs attention");
    FOR_EACH(const char, remark, remarks)
        write_point(out, remark);
}

static char *assertion_words(const AssertionResult *result)
{
    const Assertion *assertion = result->assertion;
    g_autoptr(GString) text = g_string_new(assertion->name);

    g_string_append_printf(text, " %s (%s to %s", assertion_state_name(result), assertion->from,
                           assertion->to);
    if (result->ways > 1)
        g_string_append_printf(text, ": %u ways, %u fail", result->ways, result->failed);
    if (assertion->reason != NULL)
        g_string_append_printf(text, "; %s", assertion->reason);
    g_string_append_c(text, ')');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void write_assertions(const Audit *audit, Writer *out)
{
    if (audit->assertions->len == 0 || !out->verbose)
        return;
    write_heading(out, "ASSERTED by the policy");
    for (guint i = 0; i < audit->assertions->len; i++) {
        g_autofree char *text =
            assertion_words(&g_array_index(audit->assertions, AssertionResult, i));

        write_point(out, text);
    }
}

static void write_attestations(const Audit *audit, Writer *out)
{
    if (audit->attestations == NULL || audit->attestations->list->len == 0)
        return;
    write_heading(out, "ATTESTED by hand (which changes no verdict)");
    FOR_EACH(const Attestation, attestation, audit->attestations->list) {
        g_autofree char *who = attestation_text(attestation);
        g_autofree char *text = g_strdup_printf("%s: %s (%s)", attestation->rule->id, who,
                                                attestation->name);

        write_point(out, text);
    }
}

void audit_text_accepted(const Audit *audit, Writer *out)
{
    write_suppressed(audit, out);
    write_known(audit, out);
    write_assertions(audit, out);
    write_attestations(audit, out);
    write_remarks(audit, out);
}
