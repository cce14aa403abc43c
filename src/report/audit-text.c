/*
 * The audit for somebody at a terminal: what was read, what is wrong (gravest first, one
 * heading a rule, the remedy once), what could not be judged, and one sentence at the end. What
 * was not seen is said in words everywhere: an empty list alone never stands for health.
 */
#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/escape.h"

#include <string.h>

enum { DIAGNOSTICS_SHOWN = 5 }; /* beside the errors */

static char *counted(guint64 count, const char *one, const char *many)
{
    return g_strdup_printf("%" G_GUINT64_FORMAT " %s", count, count == 1 ? one : many);
}

/* Appends "3 servers" behind a comma, unless there is none of them. */
static void list_count(GString *text, guint count, const char *one, const char *many)
{
    g_autofree char *words = counted(count, one, many);

    if (count > 0)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", words);
}

/* --- what was read ------------------------------------------------------------------------ */

static void write_forest(const Topology *topology, Writer *out)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *name = topology->configuration ? dn_text(topology->configuration) : NULL;

    list_count(text, topology->domains->len, "domain", "domains");
    list_count(text, topology->sites->len, "site", "sites");
    list_count(text, topology->site_links->len, "site link", "site links");
    list_count(text, topology->controllers->len, "domain controller", "domain controllers");
    if (text->len > 0)
        g_string_prepend(text, ": ");
    g_string_prepend(text, name != NULL ? name : "no configuration partition found");
    writer_item(out, 0, "Forest", text->str);
}

static void list_families(const Topology *topology, GString *text)
{
    guint counts[FAMILY_SE + 1] = {0};

    FOR_EACH(const Server, server, topology->servers)
        counts[server->version.family]++;
    for (int family = FAMILY_5_5; family <= FAMILY_SE; family++) {
        g_autofree char *one = g_strdup_printf("server of %s", family_name((Family)family));
        g_autofree char *many = g_strdup_printf("servers of %s", family_name((Family)family));

        list_count(text, counts[family], one, many);
    }
    list_count(text, counts[FAMILY_UNKNOWN], "server of unknown version",
               "servers of unknown version");
}

static const char *mode_words(const Organization *organization)
{
    if (!organization->mixed_mode.present)
        return "mode not known";
    return organization->mixed_mode.value ? "mixed mode" : "native mode";
}

static void write_organization(const Topology *topology, Writer *out)
{
    const Organization *organization = topology->organization;
    g_autoptr(GString) text = g_string_new(NULL);

    list_families(topology, text);
    if (organization == NULL) {
        g_string_append(text, text->len > 0 ? ", but not the organisation that they belong to"
                                            : "no Exchange organisation found in what was read");
        writer_item(out, 0, "Exchange", text->str);
        return;
    }
    list_count(text, topology->admin_groups->len, "administrative group", "administrative groups");
    list_count(text, topology->routing_groups->len, "routing group", "routing groups");
    list_count(text, topology->connectors->len, "connector", "connectors");
    if (text->len > 0)
        g_string_prepend(text, ": ");
    g_string_prepend(text, mode_words(organization));
    g_string_prepend(text, "\", ");
    g_string_prepend(text, organization->object.name);
    g_string_prepend(text, "\"");
    writer_item(out, 0, "Exchange", text->str);
}

/* --- the result in one sentence ------------------------------------------------------------ */

/* Rules may be not assessed for several reasons: each counts once. */
guint rules_not_assessed(const Audit *audit)
{
    const Rule *last = NULL;
    guint count = 0;

    FOR_EACH(const NotAssessed, item, audit->not_assessed) {
        count += item->rule != last;
        last = item->rule;
    }
    return count;
}

char *audit_hidden_words(const Audit *audit)
{
    GString *text = g_string_new(NULL);

    list_count(text, audit->hidden[SEVERITY_WARNING], "warning", "warnings");
    list_count(text, audit->hidden[SEVERITY_INFO], "note", "notes");
    if (text->len > 0)
        g_string_append(text, " below the threshold not shown");
    return g_string_free(text, text->len == 0);
}

static void append_hidden(GString *text, const Audit *audit)
{
    g_autofree char *hidden = audit_hidden_words(audit);

    if (hidden != NULL)
        g_string_append_printf(text, "; %s", hidden);
}

static void append_assertions(GString *text, const Audit *audit)
{
    if (audit->assertions->len > 0)
        g_string_append_printf(text, "; %u of %u assertions hold", assertions_holding(audit),
                               audit->assertions->len);
}

static void append_accepted(GString *text, const Audit *audit)
{
    guint known = 0;

    for (int severity = SEVERITY_INFO; severity <= SEVERITY_ERROR; severity++)
        known += audit->counts[severity] - audit->fresh[severity];
    if (known > 0)
        g_string_append_printf(text, "; %u known", known);
    if (audit->suppressed > 0)
        g_string_append_printf(text, "; %u suppressed", audit->suppressed);
}

char *audit_verdict_words(const Audit *audit)
{
    GString *text;

    if (audit->run->len == 0)
        return g_strdup("No rule was selected: nothing was judged");
    text = g_string_new(NULL);
    list_count(text, audit->fresh[SEVERITY_ERROR], "error", "errors");
    list_count(text, audit->fresh[SEVERITY_WARNING], "warning", "warnings");
    list_count(text, audit->fresh[SEVERITY_INFO], "note", "notes");
    if (text->len == 0)
        g_string_append(text, audit->baseline != NULL ? "No new findings" : "No findings");
    append_accepted(text, audit);
    append_hidden(text, audit);
    append_assertions(text, audit);
    g_string_append_printf(text, "; %u of %u rules not assessed", rules_not_assessed(audit),
                           audit->run->len);
    return g_string_free(text, FALSE);
}

/* --- what could not be judged ------------------------------------------------------------- */

static void append_rule(GString *rules, const NotAssessed *item)
{
    g_string_append_printf(rules, "%s%s", rules->len > 0 ? ", " : "", item->rule->id);
    if (item->objects > 0)
        g_string_append_printf(rules, " (%u object%s)", item->objects,
                               item->objects == 1 ? "" : "s");
}

/* Reasons in the order in which they come first, each with its rules. */
static GPtrArray *group_by_reason(const GPtrArray *not_assessed, GHashTable *rules_by_reason)
{
    GPtrArray *reasons = g_ptr_array_new();

    FOR_EACH(const NotAssessed, item, not_assessed) {
        GString *rules = g_hash_table_lookup(rules_by_reason, item->reason);

        if (rules == NULL) {
            rules = g_string_new(NULL);
            g_hash_table_insert(rules_by_reason, item->reason, rules);
            g_ptr_array_add(reasons, item->reason);
        }
        append_rule(rules, item);
    }
    return reasons;
}

static void free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

void audit_text_not_assessed(const Audit *audit, Writer *out)
{
    g_autoptr(GHashTable) rules = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_string);
    g_autoptr(GPtrArray) reasons = group_by_reason(audit->not_assessed, rules);

    if (reasons->len == 0)
        return;
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, "NOT ASSESSED");
    writer_put(out, " ");
    writer_wrap(out, 13, 0, "(neither right nor wrong: it could not be seen)");
    for (guint i = 0; i < reasons->len; i++) {
        const char *reason = g_ptr_array_index(reasons, i);
        const GString *which = g_hash_table_lookup(rules, reason);
        g_autofree char *text = g_strdup_printf("%s: %s", which->str, reason);

        writer_put(out, "  - ");
        writer_wrap(out, 4, 4, text);
    }
}

/* --- oddities of the input ---------------------------------------------------------------- */

static void write_diagnostic(const Directory *directory, const Diagnostic *diagnostic, Writer *out)
{
    g_autofree char *place = origin_text(directory, diagnostic->origin);
    g_autofree char *text = g_strdup_printf(
        "%s: %s: %s", place, diagnostic_level_name(diagnostic->level), diagnostic->message);

    writer_put(out, "  - ");
    writer_wrap(out, 4, 4, text);
}

/* Writes those of one level, gravest level first by the caller; returns how many were left
 * out. */
static guint write_level(const Directory *directory, DiagnosticLevel level, Writer *out)
{
    const Diagnostics *list = directory_diagnostics(directory);
    guint most = out->verbose ? G_MAXUINT : level == DIAGNOSTIC_NOTE ? 0 : DIAGNOSTICS_SHOWN;
    guint written = 0;

    for (guint i = 0; i < diagnostics_length(list) && written < most; i++) {
        const Diagnostic *diagnostic = diagnostics_get(list, i);

        if (diagnostic->level != level)
            continue;
        write_diagnostic(directory, diagnostic, out);
        written++;
    }
    return diagnostics_count(list, level) - written;
}

void audit_text_remarks(const Directory *directory, Writer *out)
{
    const Diagnostics *list = directory_diagnostics(directory);
    g_autoptr(GString) rest = g_string_new(NULL);

    if (diagnostics_length(list) == 0)
        return;
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, "WHILE READING");
    writer_put(out, "\n");
    list_count(rest, write_level(directory, DIAGNOSTIC_ERROR, out), "error", "errors");
    list_count(rest, write_level(directory, DIAGNOSTIC_WARNING, out), "warning", "warnings");
    list_count(rest, write_level(directory, DIAGNOSTIC_NOTE, out), "note", "notes");
    if (rest->len > 0)
        writer_print(out, "  - and %s more%s\n", rest->str, out->verbose ? "" : " (-v shows them)");
}

/* --- the whole ---------------------------------------------------------------------------- */

static void write_closing(const Audit *audit, Writer *out)
{
    const Topology *topology = audit->topology;
    g_autofree char *verdict = audit_verdict_words(audit);
    g_autoptr(GString) text = g_string_new(verdict);

    g_string_append_c(text, '.');
    if (audit->unseen != NULL)
        g_string_append_printf(text, " Not all that there is of Exchange was seen: %s.",
                               audit->unseen);
    else if (topology->organization == NULL)
        g_string_append(text, " There is no Exchange organisation in what was read, so nothing "
                              "about Exchange was judged.");
    if (!directory_is_complete(topology->directory))
        g_string_append(text,
                        " The directory was read in PART only: what was not read may be wrong "
                        "as well.");
    writer_put(out, "\n");
    writer_wrap(out, 0, 0, text->str);
}

void audit_text_head(const Topology *topology, Writer *out)
{
    audit_text_sources(topology->directory, out);
    write_forest(topology, out);
    write_organization(topology, out);
}

void audit_write_text(const Audit *audit, Writer *out)
{
    g_autofree char *verdict = audit_verdict_words(audit);

    audit_text_head(audit->topology, out);
    audit_text_down(audit, false, out);
    writer_item(out, 0, "Result", verdict);
    audit_text_findings(audit, out);
    audit_text_accepted(audit, out);
    audit_text_not_assessed(audit, out);
    audit_text_remarks(audit->topology->directory, out);
    write_closing(audit, out);
}
