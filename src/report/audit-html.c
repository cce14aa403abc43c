/* The audit as one HTML page that stands alone: nothing is fetched, no script runs (the page's own
 * policy forbids both), and it prints. Everything that came out of a directory goes through
 * markup_print(). */
#include "config.h"

#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/markup.h"

#include <string.h>

static const char style[] =
    "\n:root{color-scheme:light dark;--line:#c8c8c8;--soft:#f4f4f4;--error:#b00020;"
    "--warning:#8a5a00;--info:#1a5a96}\n"
    "@media(prefers-color-scheme:dark){:root{--line:#555;--soft:#262626;--error:#ff7b88;"
    "--warning:#f0b34a;--info:#7db8f0}}\n"
    "body{font:15px/1.45 system-ui,sans-serif;max-width:72em;margin:2em auto;padding:0 1em}\n"
    "h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.25em;margin:2em 0 .5em;"
    "border-bottom:1px solid var(--line)}h3{font-size:1em;margin:1.4em 0 .4em}\n"
    "table{border-collapse:collapse;width:100%;font-size:.87em}\n"
    "th,td{text-align:left;vertical-align:top;padding:.25em .6em;border:1px solid var(--line);"
    "overflow-wrap:anywhere}th{background:var(--soft);white-space:nowrap}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dt{font-weight:600}"
    "dd{margin:0;overflow-wrap:anywhere}\n"
    ".error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}\n"
    ".finding{margin:0 0 1em;padding:.1em 0 .1em .8em;border-left:3px solid var(--line)}"
    ".finding p{margin:.3em 0}\n"
    ".verdict{font-size:1.15em;font-weight:600}.remedy{background:var(--soft);padding:.4em .7em}\n"
    "code,.print{font-family:ui-monospace,monospace;font-size:.9em}.print{opacity:.7}\n"
    "@media print{body{max-width:none;margin:0}.finding{break-inside:avoid}}\n";

/* The policy of the page admits its own style sheet, by its hash, and nothing else at all. */
void audit_html_begin(const char *title, Writer *out)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autofree char *hash = NULL;

    g_checksum_update(sum, (const guchar *)style, (gssize)strlen(style));
    g_checksum_get_digest(sum, digest, &length);
    hash = g_base64_encode(digest, length);
    markup_print(out,
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'sha256-%s'\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width\">\n"
                 "<title>%s</title>\n<style>",
                 hash, title);
    writer_put(out, style);
    markup_print(out, "</style>\n</head>\n<body>\n");
}

/* --- what was read ------------------------------------------------------------------------ */

static void write_term(Writer *out, const char *term, const char *text)
{
    markup_print(out, "<dt>%s</dt><dd>%s</dd>\n", term, text);
}

static void write_sources(const Directory *directory, Writer *out)
{
    for (guint i = 0; i < directory_source_count(directory); i++) {
        const SourceInfo *source = directory_source(directory, i);
        g_autofree char *text = g_strdup_printf("%s: %" G_GUINT64_FORMAT " entries%s", source->name,
                                                source->entries,
                                                source->complete ? "" : ", read in part only");

        write_term(out, "Read", text);
    }
}

static void write_summary(const Audit *audit, Writer *out)
{
    const Topology *topology = audit->topology;
    g_autofree char *verdict = audit_verdict_words(audit);
    g_autofree char *name = topology->configuration ? dn_text(topology->configuration) : NULL;
    g_autofree char *down = audit_down_words(audit, false);

    markup_print(out, "<h1>Exchange topology audit</h1>\n<p class=\"verdict\">%s</p>\n", verdict);
    if (!directory_is_complete(topology->directory))
        markup_print(out, "<p class=\"error\">The directory was read in part only: what was not "
                          "read may be wrong as well.</p>\n");
    if (audit->unseen != NULL)
        markup_print(out,
                     "<p class=\"error\">Not all that there is of Exchange was seen: %s.</p>\n",
                     audit->unseen);
    markup_print(out, "<dl>\n");
    write_sources(topology->directory, out);
    write_term(out, "Forest", name != NULL ? name : "no configuration partition found");
    write_term(out, "Exchange",
               topology->organization != NULL ? topology->organization->object.name
                                              : "no Exchange organisation found in what was read");
    if (down != NULL)
        write_term(out, "Down", down);
    if (audit->policy != NULL)
        write_term(out, "Policy", audit->policy->name);
    if (audit->baseline != NULL)
        write_term(out, "Baseline", audit->baseline->name);
    markup_print(out, "</dl>\n");
}

/* --- findings ----------------------------------------------------------------------------- */

static void write_evidence(const Directory *directory, const Evidence *evidence, Writer *out)
{
    AttributeId attribute = evidence->attribute;
    g_autofree char *place = origin_text(directory, entry_origin(evidence->entry, evidence->value));
    g_autofree char *dn = dn_text(evidence->entry->dn);
    g_autofree char *value = evidence->value ? value_text(evidence->value, attribute) : NULL;
    const char *absent = attribute != ATTR_NONE && value == NULL ? "absent" : "";

    markup_print(out, "<tr><td>%s</td><td>%s</td><td>%s</td><td>", place, dn,
                 attribute != ATTR_NONE ? attribute_table[attribute].name : "");
    if (value != NULL)
        markup_print(out, "<code>%s</code>", value);
    else
        markup_print(out, "<em>%s</em>", absent);
    markup_print(out, "</td><td>%s</td></tr>\n", evidence->expected);
}

static void write_evidence_table(const Directory *directory, const Finding *finding, Writer *out)
{
    if (finding->evidence->len == 0)
        return;
    markup_print(out,
                 "<details><summary>Evidence (%u)</summary>\n<table>\n<tr><th>Where</th>"
                 "<th>Object</th><th>Attribute</th><th>Value</th><th>Expected</th></tr>\n",
                 finding->evidence->len);
    for (guint i = 0; i < finding->evidence->len; i++)
        write_evidence(directory, &g_array_index(finding->evidence, Evidence, i), out);
    markup_print(out, "</table></details>\n");
}

static void write_acceptance(const Finding *finding, Writer *out)
{
    const Waiver *waiver = finding->waiver;

    if (waiver != NULL)
        markup_print(out, "<p>Suppressed: %s (%s, until %s)</p>\n", waiver->reason,
                     waiver->owner ? waiver->owner : "no owner",
                     waiver->expires ? waiver->expires : "further notice");
    if (finding->baseline == BASELINE_KNOWN)
        markup_print(out, "<p>Known to the baseline.</p>\n");
}

static void write_finding(const Audit *audit, const Finding *finding, Writer *out)
{
    const Rule *rule = finding->rule;
    const char *severity = severity_name(finding->severity);

    markup_print(out, "<h3><span class=\"%s\">%s</span> %s: %s</h3>\n<div class=\"finding\">\n",
                 severity, severity, rule->id, rule->title);
    markup_print(out, "<p>%s</p>\n", finding->message);
    write_acceptance(finding, out);
    markup_print(out, "<p class=\"remedy\">%s</p>\n",
                 finding->remedy != NULL ? finding->remedy : rule->remedy);
    write_evidence_table(audit->topology->directory, finding, out);
    markup_print(out, "<p class=\"print\">%s</p>\n</div>\n", finding->fingerprint);
}

static void write_findings(const Audit *audit, bool counting, const char *heading, Writer *out)
{
    bool headed = false;

    FOR_EACH(const Finding, finding, audit->findings) {
        if (finding_counts(finding) != counting)
            continue;
        if (!headed)
            markup_print(out, "<h2>%s</h2>\n", heading);
        headed = true;
        write_finding(audit, finding, out);
    }
}

/* --- the rest ----------------------------------------------------------------------------- */

static void write_remarks(const Audit *audit, Writer *out)
{
    g_autoptr(GPtrArray) remarks = audit_remarks(audit);

    FOR_EACH(const char, remark, remarks)
        markup_print(out, "<p class=\"warning\">%s</p>\n", remark);
}

static void write_attestations(const Audit *audit, Writer *out)
{
    if (audit->attestations == NULL)
        return;
    markup_print(out, "<h2>Attested by hand, which changes no verdict</h2>\n<table>\n"
                      "<tr><th>Rule</th><th>Who</th><th>When</th><th>How</th></tr>\n");
    FOR_EACH(const Attestation, attestation, audit->attestations->list)
        markup_print(out, "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
                     attestation->rule->id, attestation->who, attestation->when, attestation->how);
    markup_print(out, "</table>\n");
}

static void write_gaps(const Audit *audit, Writer *out)
{
    if (audit->not_assessed->len == 0)
        return;
    markup_print(out, "<h2>Not assessed: neither right nor wrong</h2>\n<table>\n"
                      "<tr><th>Rule</th><th>Objects</th><th>Why</th></tr>\n");
    FOR_EACH(const NotAssessed, item, audit->not_assessed) {
        g_autofree char *objects = item->objects > 0 ? g_strdup_printf("%u", item->objects) : NULL;

        markup_print(out, "<tr><td>%s</td><td>%s</td><td>%s</td></tr>\n", item->rule->id,
                     objects != NULL ? objects : "all", item->reason);
    }
    markup_print(out, "</table>\n");
}

static void write_diagnostics(const Directory *directory, Writer *out)
{
    const Diagnostics *list = directory_diagnostics(directory);

    if (diagnostics_length(list) == 0)
        return;
    markup_print(out, "<h2>While reading</h2>\n<table>\n"
                      "<tr><th>Where</th><th>Level</th><th>What</th></tr>\n");
    for (guint i = 0; i < diagnostics_length(list); i++) {
        const Diagnostic *diagnostic = diagnostics_get(list, i);
        g_autofree char *place = origin_text(directory, diagnostic->origin);

        markup_print(out, "<tr><td>%s</td><td>%s</td><td>%s</td></tr>\n", place,
                     diagnostic_level_name(diagnostic->level), diagnostic->message);
    }
    markup_print(out, "</table>\n");
}

void audit_html_body(const Audit *audit, Writer *out)
{
    write_summary(audit, out);
    write_remarks(audit, out);
    write_findings(audit, true, "Findings", out);
    write_findings(audit, false, "Suppressed or known", out);
    write_attestations(audit, out);
    write_gaps(audit, out);
    write_diagnostics(audit->topology->directory, out);
    markup_print(out, "<p class=\"print\">%s</p>\n</body>\n</html>\n",
                 PACKAGE_NAME " " PACKAGE_VERSION);
}

void audit_write_html(const Audit *audit, Writer *out)
{
    audit_html_begin(PACKAGE_NAME " audit", out);
    audit_html_body(audit, out);
}
