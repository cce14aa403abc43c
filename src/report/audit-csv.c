/* The audit as a table for spreadsheets, RFC 4180. Spreadsheets take a field that begins with
 * certain characters for a formula, and names come from a directory that others write: such a
 * field gets an apostrophe in front. */
#include "report/audit-formats.h"
#include "report/escape.h"

#include <string.h>

static bool starts_formula(const char *text)
{
    return *text != '\0' && strchr("=+-@", *text) != NULL;
}

static void put_field(Writer *out, bool first, const char *text)
{
    g_autofree char *visible = escape_text(text);
    GString *field = g_string_new(visible);

    if (starts_formula(visible))
        g_string_prepend_c(field, '\'');
    if (strpbrk(field->str, ",\"") != NULL) {
        g_string_replace(field, "\"", "\"\"", 0);
        g_string_prepend_c(field, '"');
        g_string_append_c(field, '"');
    }
    if (!first)
        writer_put(out, ",");
    writer_put(out, field->str);
    g_string_free(field, TRUE);
}

static void put_row(Writer *out, const char *const *fields, guint count)
{
    for (guint i = 0; i < count; i++)
        put_field(out, i == 0, fields[i]);
    writer_put(out, "\r\n");
}

static const char *status_of(const Finding *finding)
{
    if (finding->waiver != NULL)
        return "suppressed";
    return baseline_state_name(finding->baseline);
}

static const char *class_of(const Entry *entry)
{
    return entry != NULL && entry->class_id != CLASS_NONE ? class_table[entry->class_id].name
                                                          : NULL;
}

static void write_finding(const Directory *directory, const Finding *finding, Writer *out)
{
    const Entry *entry = finding->entry;
    const Rule *rule = finding->rule;
    Origin origin = {0};
    bool placed = finding_origin(finding, &origin);
    g_autofree char *place = placed ? origin_text(directory, origin) : NULL;
    g_autofree char *dn = entry != NULL ? dn_text(entry->dn) : NULL;
    g_autofree char *guid = entry != NULL ? entry_guid(entry) : NULL;
    const char *const fields[] = {
        rule->id,
        rule->slug,
        severity_name(finding->severity),
        dn,
        class_of(entry),
        guid,
        finding->message,
        finding->remedy != NULL ? finding->remedy : rule->remedy,
        place,
        status_of(finding),
        finding->waiver != NULL ? finding->waiver->reason : NULL,
        finding->fingerprint,
    };

    put_row(out, fields, G_N_ELEMENTS(fields));
}

static void write_gap(const NotAssessed *item, Writer *out)
{
    const char *const fields[] = {item->rule->id, item->rule->slug,
                                  "not assessed", NULL,
                                  NULL,           NULL,
                                  item->reason,   NULL,
                                  NULL,           NULL,
                                  NULL,           NULL};

    put_row(out, fields, G_N_ELEMENTS(fields));
}

void audit_write_csv(const Audit *audit, Writer *out)
{
    static const char *const heads[] = {"rule",   "slug",   "severity",      "dn",
                                        "class",  "guid",   "message",       "remedy",
                                        "origin", "status", "justification", "fingerprint"};

    put_row(out, heads, G_N_ELEMENTS(heads));
    FOR_EACH(const Finding, finding, audit->findings)
        write_finding(audit->topology->directory, finding, out);
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        write_gap(item, out);
}
