/* One line a finding in the form that editors and build tools know: "file:line: severity: message
 * [RULE]". A server stands in the place of the file where there is no line. */
#include "report/audit-formats.h"
#include "report/escape.h"

char *origin_text(const Directory *directory, Origin origin)
{
    bool known = origin.source < directory_source_count(directory);
    const char *name = known ? directory_source(directory, origin.source)->name : "adtopo";

    if (origin.line != 0)
        return g_strdup_printf("%s:%u", name, origin.line);
    if (origin.usn != 0)
        return g_strdup_printf("%s (USN %" G_GUINT64_FORMAT ")", name, origin.usn);
    return g_strdup(name);
}

bool finding_origin(const Finding *finding, Origin *origin)
{
    if (finding->evidence->len > 0) {
        const Evidence *first = &g_array_index(finding->evidence, Evidence, 0);

        *origin = entry_origin(first->entry, first->value);
        return true;
    }
    if (finding->entry == NULL)
        return false;
    *origin = entry_origin(finding->entry, NULL);
    return true;
}

static void write_finding(const Directory *directory, const Finding *finding, Writer *out)
{
    Origin origin = {0};
    g_autofree char *place = NULL;
    g_autofree char *shown_place = NULL;
    g_autofree char *message = escape_text(finding->message);

    /* What concerns the forest as a whole is said of the first source. */
    finding_origin(finding, &origin);
    origin.usn = 0;
    place = origin_text(directory, origin);
    shown_place = escape_text(place);
    writer_print(out, "%s: %s: %s [%s]\n", shown_place, severity_name(finding->severity), message,
                 finding->rule->id);
}

void audit_write_gnu(const Audit *audit, Writer *out)
{
    FOR_EACH(const Finding, finding, audit->findings)
        if (finding_counts(finding))
            write_finding(audit->topology->directory, finding, out);
}
