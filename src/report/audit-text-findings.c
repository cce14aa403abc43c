/* The part of the text report that tells what is wrong: findings by rule and severity, what each
 * rests on, and the remedy. */
#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/escape.h"

#include <string.h>

enum {
    FINDINGS_SHOWN = 25, /* of one rule */
    EVIDENCE_SHOWN = 3,  /* of one finding */
    VALUE_SHOWN = 160,   /* characters of one value */
};

static Paint severity_paint(Severity severity)
{
    static const Paint paints[] = {
        [SEVERITY_INFO] = PAINT_NOTE,
        [SEVERITY_WARNING] = PAINT_WARNING,
        [SEVERITY_ERROR] = PAINT_ERROR,
    };

    return paints[severity];
}

/* The name without what all names of the organisation, or else of the partition, have in common:
 * "CN=EX03,CN=Servers,CN=Munich,...". */
static char *short_name(const Topology *topology, const Dn *dn)
{
    const Dn *common = topology->configuration;
    const Dn *groups;
    g_autofree char *full = dn_text(dn);
    g_autofree char *rest = NULL;

    if (topology->organization != NULL && dn_is_below(dn, topology->organization->object.entry->dn))
        common = topology->organization->object.entry->dn;
    if (common == NULL || common == dn || !dn_is_below(dn, common))
        return g_steal_pointer(&full);
    groups = dn_at_depth(dn, common->depth + 1u);
    if (groups != dn && g_ascii_strcasecmp(groups->value, "Administrative Groups") == 0)
        common = groups;
    rest = dn_text(common);
    return g_strdup_printf("%.*s,...", (int)(strlen(full) - strlen(rest) - 1), full);
}

static void append_value(GString *text, const Topology *topology, const Evidence *evidence,
                         bool verbose)
{
    const Dn *dn = value_dn(evidence->value);
    g_autofree char *value = dn != NULL && !verbose
                                 ? short_name(topology, dn)
                                 : value_text(evidence->value, evidence->attribute);
    g_autofree char *shown = escape_text(value);

    if (!verbose && g_utf8_strlen(shown, -1) > VALUE_SHOWN) {
        *g_utf8_offset_to_pointer(shown, VALUE_SHOWN) = '\0';
        g_string_append_printf(text, " = %s ...", shown);
        return;
    }
    g_string_append_printf(text, " = %s", shown);
}

/* "forest.ldif:127: EX03: serialNumber = Version 6.5 (expected: …)". The object is named
 * where it is not the finding's own. */
static char *evidence_text(const Topology *topology, const Finding *finding,
                           const Evidence *evidence, bool verbose)
{
    GString *text = g_string_new(NULL);
    Origin origin = entry_origin(evidence->entry, evidence->value);
    g_autofree char *place = origin_text(topology->directory, origin);

    g_string_append_printf(text, "%s:", place);
    if (evidence->attribute == ATTR_NONE || verbose) {
        const Dn *dn = evidence->entry->dn;
        g_autofree char *name = verbose ? dn_text(dn) : short_name(topology, dn);
        g_string_append_printf(text, " %s", name);
    } else if (evidence->entry != finding->entry) {
        g_autofree char *name = dn_plain_name(evidence->entry->dn);
        g_string_append_printf(text, " %s:", name);
    }
    if (evidence->attribute != ATTR_NONE)
        g_string_append_printf(text, " %s", attribute_table[evidence->attribute].name);
    if (evidence->attribute != ATTR_NONE && evidence->value == NULL)
        g_string_append(text, " is absent");
    if (evidence->value != NULL)
        append_value(text, topology, evidence, verbose);
    if (evidence->expected != NULL)
        g_string_append_printf(text, " (expected: %s)", evidence->expected);
    return g_string_free(text, FALSE);
}

static void write_evidence(const Topology *topology, const Finding *finding, Writer *out)
{
    guint count = finding->evidence->len;
    guint shown = out->verbose ? count : MIN(count, (guint)EVIDENCE_SHOWN);

    for (guint i = 0; i < shown; i++) {
        const Evidence *evidence = &g_array_index(finding->evidence, Evidence, i);
        g_autofree char *text = evidence_text(topology, finding, evidence, out->verbose);

        writer_put(out, "      ");
        writer_wrap(out, 6, 8, text);
    }
    if (shown < count)
        writer_print(out, "      and %u more\n", count - shown);
}

static void write_finding(const Topology *topology, const Finding *finding, Writer *out)
{
    writer_put(out, "  - ");
    writer_wrap(out, 4, 4, finding->message);
    write_evidence(topology, finding, out);
    if (finding->remedy != NULL)
        writer_item(out, 4, "Remedy", finding->remedy);
}

static const Finding *finding_at(const GPtrArray *findings, guint index)
{
    return g_ptr_array_index(findings, index);
}

/* Where the findings of the same rule and severity end that begin at `from`. */
static guint end_of_group(const GPtrArray *findings, guint from)
{
    const Finding *first = finding_at(findings, from);
    guint end = from + 1;

    while (end < findings->len && finding_at(findings, end)->rule == first->rule &&
           finding_at(findings, end)->severity == first->severity)
        end++;
    return end;
}

static void write_group_heading(const Finding *finding, Writer *out)
{
    g_autofree char *severity = g_ascii_strup(severity_name(finding->severity), -1);
    int column = text_columns(severity) + 1;
    g_autofree char *text = g_strdup_printf("%s: %s", finding->rule->id, finding->rule->title);

    writer_put(out, "\n");
    writer_paint(out, severity_paint(finding->severity), severity);
    writer_put(out, " ");
    writer_wrap(out, column, 4, text);
}

static void write_group(const Topology *topology, const GPtrArray *findings, guint from, guint end,
                        Writer *out)
{
    const Finding *first = finding_at(findings, from);
    guint shown_end = out->verbose ? end : MIN(end, from + FINDINGS_SHOWN);
    bool rule_remedy = false;

    write_group_heading(first, out);
    for (guint i = from; i < shown_end; i++) {
        write_finding(topology, finding_at(findings, i), out);
        rule_remedy |= finding_at(findings, i)->remedy == NULL;
    }
    if (shown_end < end)
        writer_print(out, "  and %u more of this rule (-v shows all)\n", end - shown_end);
    if (rule_remedy)
        writer_item(out, 2, "Remedy", first->rule->remedy);
}

void audit_text_findings(const Audit *audit, Writer *out)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new();

    FOR_EACH(Finding, finding, audit->findings)
        if (finding_counts(finding))
            g_ptr_array_add(shown, finding);
    for (guint from = 0; from < shown->len;) {
        guint end = end_of_group(shown, from);

        write_group(audit->topology, shown, from, end, out);
        from = end;
    }
}
