/* The formats of an audit's report by name, and the few words that several formats share. */
#include "report/report.h"

#include "base/fault.h"
#include "report/audit-formats.h"
#include "report/nearest.h"

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

static const Format *find_format(const char *name, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (name == NULL || g_str_equal(formats[i].name, name))
            return &formats[i];
        g_ptr_array_add(known, (gpointer)formats[i].name);
    }
    set_unknown_name(error, "format", name, known);
    return NULL;
}

bool report_write(const Audit *audit, const char *format, const Style *style, Sink sink,
                  void *closure, GError **error)
{
    const Format *chosen = find_format(format, error);
    Writer out;

    if (chosen == NULL)
        return false;
    writer_open(&out, style, sink, closure);
    chosen->write(audit, &out);
    return writer_close(&out, error);
}

bool format_is_json(const char *format, bool *json, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    *json = g_strcmp0(format, "json") == 0;
    if (*json || format == NULL || g_str_equal(format, "text"))
        return true;
    g_ptr_array_add(known, (gpointer) "text");
    g_ptr_array_add(known, (gpointer) "json");
    set_unknown_name(error, "format", format, known);
    return false;
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
