/* The formats of an audit's report by name, and the few words that several formats share. */
#include "report/report.h"

#include "base/nearest.h"
#include "report/audit-formats.h"

typedef struct Format {
    const char *name;
    void (*write)(const Audit *audit, Writer *out);
    bool beside; /* goes into a file beside the report of an audit; these come last */
} Format;

static const Format formats[] = {
    {"text", audit_write_text, false},
    {"json", audit_write_json, false},
    {"gnu", audit_write_gnu, false},
    {"sarif", audit_write_sarif, false},
    {"junit", audit_write_junit, false},
    {"csv", audit_write_csv, false},
    {"html", audit_write_html, false},
    {"nagios", audit_write_nagios, false},
    {"openmetrics", audit_write_openmetrics, false},
    {"baseline", audit_write_baseline, true},
    {"remedy", audit_write_remedy, true},
    {"undo", audit_write_undo, true},
};

const char *report_format(size_t index, bool plan)
{
    return index < G_N_ELEMENTS(formats) && !(plan && formats[index].beside) ? formats[index].name
                                                                             : NULL;
}

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
