/* The catalogue of rules, and one rule at length. All of it is printed from the rule objects and
 * what belongs to them: there is no second text that could differ. */
#include "base/nearest.h"
#include "report/json.h"
#include "report/rule-facts.h"
#include "report/table.h"
#include "rules/example.h"
#include "rules/selection.h"

/* --- the list ----------------------------------------------------------------------------- */

static json_t *catalogue_value(void)
{
    json_t *rules = json_array();
    guint count;
    const Rule *const *all = rule_catalogue(&count);

    for (guint i = 0; i < count; i++)
        json_array_append_new(rules, rule_value(all[i]));
    return rules;
}

static void write_table(Writer *out)
{
    static const Column columns[] = {
        {"id", "RULE", 0},
        {"severity", "AT WORST", 0},
        {"decidedBy", "DECIDED BY", COLUMN_VERBOSE},
        {"slug", "SLUG", COLUMN_VERBOSE},
        {"title", "WHAT IS WRONG", 0},
        {NULL, NULL, 0},
    };
    json_t *rules = catalogue_value();

    table_write(out, columns, rules);
    json_decref(rules);
}

static void write_json(Writer *out)
{
    document_write(out, json_pack("{s:o}", "rules", catalogue_value()));
}

typedef struct ListFormat {
    const char *name;
    void (*write)(Writer *out);
} ListFormat;

static const ListFormat list_formats[] = {
    {"text", write_table},
    {"json", write_json},
    {"markdown", catalogue_write_markdown},
};

const char *catalogue_format(size_t index)
{
    return index < G_N_ELEMENTS(list_formats) ? list_formats[index].name : NULL;
}

bool catalogue_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error)
{
    const ListFormat *chosen = row_named(list_formats, G_N_ELEMENTS(list_formats),
                                         sizeof *list_formats, "format", format, error);
    Writer out;

    if (chosen == NULL)
        return false;
    writer_open(&out, style, sink, closure);
    chosen->write(&out);
    return writer_close(&out, error);
}

/* --- one rule ----------------------------------------------------------------------------- */

static void write_paragraph(Writer *out, const char *label, const char *text)
{
    writer_put(out, "\n");
    writer_item(out, 0, label, text);
}

static void write_parameters(const Rule *rule, Writer *out)
{
    g_autoptr(GPtrArray) parameters = rule_parameters(rule);

    FOR_EACH(const Parameter, parameter, parameters) {
        g_autofree char *about = parameter_text(parameter);
        g_autofree char *text = g_strdup_printf("%s: %s", parameter->name, about);

        write_paragraph(out, "Parameter", text);
    }
}

/* As a file: with what it takes to see it raise the rule. */
static void write_changes(const Example *example, Writer *out)
{
    g_autofree char *command = example_command(example);

    writer_print(out, "# %s\n", command);
    if (example->policy != NULL) {
        g_auto(GStrv) lines = g_strsplit(example->policy, "\n", -1);

        writer_print(out, "# %s.policy:\n", example->rule);
        for (char **line = lines; *line != NULL; line++)
            if (**line != '\0')
                writer_print(out, "#   %s\n", *line);
    }
    writer_print(out, "\n%s", example->changes);
}

static void write_example(const Rule *rule, Writer *out)
{
    const Example *example = example_of(rule);

    if (example == NULL) {
        write_paragraph(out, "Example", "None: nothing in a directory raises it.");
        return;
    }
    write_paragraph(out, "Example", example->shows);
    writer_put(out, "\n");
    write_changes(example, out);
}

static void explain_as_text(const Rule *rule, Writer *out)
{
    g_autofree char *heading = g_strdup_printf("%s  %s", rule->id, rule->slug);
    g_autofree char *speaks_in = rule_scenarios_text(rule);
    g_autofree char *attributes = rule_attributes_text(rule);
    g_autofree char *needs = rule_needs_text(rule);

    writer_paint(out, PAINT_HEADING, heading);
    writer_put(out, "\n");
    writer_wrap(out, 0, 0, rule->title);
    writer_put(out, "\n");
    writer_item(out, 0, "At worst", severity_name(rule->severity));
    writer_item(out, 0, "Speaks in", speaks_in);
    writer_item(out, 0, "Decided by", decidability_text(rule->decided));
    write_paragraph(out, "Raised when", rule->condition);
    write_paragraph(out, "Why", rule->why);
    write_paragraph(out, "Remedy", rule->remedy);
    write_paragraph(out, "Sources", rule->references);
    if (*attributes != '\0')
        writer_item(out, 0, "Reads", attributes);
    if (*needs != '\0')
        writer_item(out, 0, "Needs", needs);
    write_parameters(rule, out);
    write_example(rule, out);
}

static void explain_as_json(const Rule *rule, Writer *out)
{
    document_write(out, rule_value(rule));
}

/* What no directory raises has no changes: a comment that says so is LDIF too. */
static void explain_as_ldif(const Rule *rule, Writer *out)
{
    const Example *example = example_of(rule);

    if (example == NULL)
        writer_print(out, "# %s: nothing in a directory raises it\n", rule->id);
    else
        write_changes(example, out);
}

typedef struct RuleFormat {
    const char *name;
    void (*write)(const Rule *rule, Writer *out);
} RuleFormat;

static const RuleFormat rule_formats[] = {
    {"text", explain_as_text},
    {"json", explain_as_json},
    {"ldif", explain_as_ldif},
};

const char *explain_format(size_t index)
{
    return index < G_N_ELEMENTS(rule_formats) ? rule_formats[index].name : NULL;
}

bool explain_write(const char *name, const char *format, const Style *style, Sink sink,
                   void *closure, GError **error)
{
    const RuleFormat *chosen = row_named(rule_formats, G_N_ELEMENTS(rule_formats),
                                         sizeof *rule_formats, "format", format, error);
    const Rule *rule = chosen == NULL ? NULL : rule_find(name);
    Writer out;

    if (chosen == NULL)
        return false;

    if (rule == NULL) {
        set_unknown_rule(error, name);
        return false;
    }
    writer_open(&out, style, sink, closure);
    chosen->write(rule, &out);
    return writer_close(&out, error);
}
