/* The formats of a preflight by name, and the table of setup's readiness checks. */
#include "report/preflight.h"

#include "report/escape.h"
#include "report/json.h"
#include "report/report.h"
#include "report/table.h"
#include "rules/readiness.h"

/* For monitoring: the verdict, and why it is none of "go", in one line. */
static void write_nagios(const Preflight *preflight, Writer *out)
{
    static const char *const states[] = {
        [VERDICT_GO] = "OK - go",
        [VERDICT_NO_GO] = "CRITICAL - no-go",
        [VERDICT_CANNOT_TELL] = "UNKNOWN - cannot tell",
    };
    const char *mark = ": ";

    writer_print(out, "ADTOPO %s", states[preflight->verdict]);
    FOR_EACH(const char, reason, preflight->reasons) {
        g_autofree char *visible = escape_text(reason);

        writer_put(out, mark);
        writer_put(out, g_strdelimit(visible, "|", '/'));
        mark = "; ";
    }
    writer_put(out, "\n");
}

typedef struct Format {
    const char *name;
    void (*write)(const Preflight *preflight, Writer *out);
} Format;

static const Format formats[] = {
    {"text", preflight_write_text},   {"json", preflight_write_json},
    {"nagios", write_nagios},         {"html", preflight_write_html},
    {"junit", preflight_write_junit}, {"openmetrics", preflight_write_openmetrics},
};

bool preflight_write(const Preflight *preflight, const char *format, const Style *style, Sink sink,
                     void *closure, GError **error)
{
    const char *name = format == NULL ? formats[0].name : format;

    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        Writer out;

        if (!g_str_equal(formats[i].name, name))
            continue;
        writer_open(&out, style, sink, closure);
        formats[i].write(preflight, &out);
        return writer_close(&out, error);
    }
    return report_write(preflight->audit, format, style, sink, closure, error);
}

/* --- readiness checks --------------------------------------------------------------------- */

/* The rules of a row that this catalogue has. */
static json_t *known_rules(const Readiness *row)
{
    g_auto(GStrv) ids = g_strsplit(row->rules, " ", -1);
    json_t *rules = json_array();

    for (char **id = ids; *id != NULL; id++)
        if (rule_find(*id) != NULL)
            json_array_append_new(rules, text_value(*id));
    return rules;
}

static json_t *topic_value(const Readiness *row, const char *topic)
{
    json_t *value = json_object();
    json_t *rules = known_rules(row);
    bool covered = row->answer != ANSWERED_NOWHERE && json_array_size(rules) > 0;

    json_object_set_new(value, "name", text_value(topic));
    json_object_set_new(value, "check", text_value(row->check));
    json_object_set_new(value, "decided",
                        text_value(answerable_text(covered ? row->answer : ANSWERED_NOWHERE)));
    json_object_set_new(value, "rules", rules);
    return value;
}

static json_t *topics_value(void)
{
    json_t *topics = json_array();
    guint count;
    const Readiness *rows = readiness_table(&count);

    for (guint i = 0; i < count; i++) {
        g_auto(GStrv) names = g_strsplit(rows[i].topics, " ", -1);

        for (char **name = names; *name != NULL; name++)
            json_array_append_new(topics, topic_value(&rows[i], *name));
    }
    return topics;
}

bool readiness_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error)
{
    static const Column columns[] = {
        {"name", "READINESS CHECK", 0},
        {"decided", "DECIDED BY", 0},
        {"rules", "RULES", 0},
        {"check", "WHAT IS CHECKED", 0},
        {NULL, NULL, 0},
    };
    json_t *topics;
    bool json;
    Writer out;

    if (!format_is_json(format, &json, error))
        return false;
    topics = topics_value();
    writer_open(&out, style, sink, closure);
    if (json) {
        document_write(&out, json_pack("{s:o}", "readiness", topics));
    } else {
        table_write(&out, columns, topics);
        json_decref(topics);
    }
    return writer_close(&out, error);
}
