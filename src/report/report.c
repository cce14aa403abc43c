/* The formats of an audit's report by name, and the few words that several formats share. */
#include "report/report.h"

#include "base/nearest.h"
#include "report/audit-formats.h"

typedef struct Format {
    const char *name;
    void (*write)(const Audit *audit, Writer *out);
} Format;

static const Format formats[] = {
    {"text", audit_write_text},
    {"json", audit_write_json},
    {"gnu", audit_write_gnu},
    {"sarif", audit_write_sarif},
    {"junit", audit_write_junit},
    {"csv", audit_write_csv},
    {"html", audit_write_html},
    {"nagios", audit_write_nagios},
    {"openmetrics", audit_write_openmetrics},
    {"baseline", audit_write_baseline},
    {"remedy", audit_write_remedy},
    {"undo", audit_write_undo},
};

bool report_write(const Audit *audit, const char *format, const Style *style, Sink sink,
                  void *closure, GError **error)
{
    const Format *chosen = row_named(formats, G_N_ELEMENTS(formats), sizeof *formats, "format",
                                     format, error);
    Writer out;

    if (chosen == NULL)
        return false;
    writer_open(&out, style, sink, closure);
    chosen->write(audit, &out);
    return writer_close(&out, error);
}

const char *decidability_text(Decidability decided)
{
    static const char *const texts[] = {
        [DECIDED_FULLY] = "directory",
        [DECIDED_WITH_DOMAIN] = "directory and domain",
        [DECIDED_IN_PART] = "in part",
        [DECIDED_BY_HAND] = "by hand",
    };

    return texts[decided];
}

const char *diagnostic_level_name(DiagnosticLevel level)
{
    static const char *const names[] = {
        [DIAGNOSTIC_NOTE] = "note",
        [DIAGNOSTIC_WARNING] = "warning",
        [DIAGNOSTIC_ERROR] = "error",
    };

    return names[level];
}

bool directory_is_complete(const Directory *directory)
{
    for (guint i = 0; i < directory_source_count(directory); i++)
        if (!directory_source(directory, i)->complete)
            return false;
    return true;
}
