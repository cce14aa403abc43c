/* The catalogue of rules, as a list and one rule at length. All of it is printed from the rule
 * objects: there is no second text that could differ. */
#include "base/fault.h"
#include "report/json.h"
#include "report/nearest.h"
#include "report/table.h"

static const struct {
    Scenario scenario;
    const char *name;
} scenarios[] = {
    {SCENARIO_AUDIT, "audit"},
    {SCENARIO_PREFLIGHT, "preflight"},
    {SCENARIO_LAST, "last-legacy"},
    {SCENARIO_NEXT, "later-versions"},
};

static json_t *scenarios_value(const Rule *rule)
{
    json_t *names = json_array();

    for (guint i = 0; i < G_N_ELEMENTS(scenarios); i++)
        if ((rule->scenarios & scenarios[i].scenario) != 0)
            json_array_append_new(names, text_value(scenarios[i].name));
    return names;
}

/* What the rule must be able to see: ["msExchRoutingGroup.cn", …]. */
static json_t *needs_value(const Rule *rule)
{
    json_t *needs = json_array();

    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++)
        json_array_append_new(
            needs, take_text_value(g_strdup_printf("%s.%s", class_table[need->class_id].name,
                                                   attribute_table[need->attribute].name)));
    return needs;
}

static json_t *rule_value(const Rule *rule)
{
    json_t *value = json_object();

    json_object_set_new(value, "id", text_value(rule->id));
    json_object_set_new(value, "slug", text_value(rule->slug));
    json_object_set_new(value, "severity", text_value(severity_name(rule->severity)));
    json_object_set_new(value, "scenarios", scenarios_value(rule));
    json_object_set_new(value, "decidedBy", text_value(decidability_text(rule->decided)));
    json_object_set_new(value, "title", text_value(rule->title));
    json_object_set_new(value, "condition", text_value(rule->condition));
    json_object_set_new(value, "why", text_value(rule->why));
    json_object_set_new(value, "remedy", text_value(rule->remedy));
    json_object_set_new(value, "references", text_value(rule->references));
    json_object_set_new(value, "needs", needs_value(rule));
    return value;
}

static json_t *catalogue_value(void)
{
    json_t *rules = json_array();
    guint count;
    const Rule *const *all = rule_catalogue(&count);

    for (guint i = 0; i < count; i++)
        json_array_append_new(rules, rule_value(all[i]));
    return rules;
}

bool catalogue_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error)
{
    static const Column columns[] = {
        {"id", "RULE", 0},
        {"severity", "AT WORST", 0},
        {"decidedBy", "DECIDED BY", COLUMN_VERBOSE},
        {"slug", "SLUG", COLUMN_VERBOSE},
        {"title", "WHAT IS WRONG", 0},
        {NULL, NULL, 0},
    };
    json_t *rules;
    bool json;
    Writer out;

    if (!format_is_json(format, &json, error))
        return false;
    rules = catalogue_value();
    writer_open(&out, style, sink, closure);
    if (json) {
        document_write(&out, json_pack("{s:o}", "rules", rules));
    } else {
        table_write(&out, columns, rules);
        json_decref(rules);
    }
    return writer_close(&out, error);
}

static void write_list(Writer *out, const char *label, json_t *names)
{
    g_autofree char *text = cell_text(names);

    writer_item(out, 0, label, text);
    json_decref(names);
}

static void write_paragraph(Writer *out, const char *label, const char *text)
{
    writer_put(out, "\n");
    writer_item(out, 0, label, text);
}

static void explain_as_text(const Rule *rule, Writer *out)
{
    g_autofree char *heading = g_strdup_printf("%s  %s", rule->id, rule->slug);

    writer_paint(out, PAINT_HEADING, heading);
    writer_put(out, "\n");
    writer_wrap(out, 0, 0, rule->title);
    writer_put(out, "\n");
    writer_item(out, 0, "At worst", severity_name(rule->severity));
    write_list(out, "Speaks in", scenarios_value(rule));
    writer_item(out, 0, "Decided by", decidability_text(rule->decided));
    write_paragraph(out, "Raised when", rule->condition);
    write_paragraph(out, "Why", rule->why);
    write_paragraph(out, "Remedy", rule->remedy);
    write_paragraph(out, "Sources", rule->references);
    if (rule->needs != NULL)
        write_list(out, "Needs", needs_value(rule));
}

static void set_unknown_rule(GError **error, const char *name)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    guint count;
    const Rule *const *all = rule_catalogue(&count);
    const char *nearest;

    for (guint i = 0; i < count; i++) {
        g_ptr_array_add(known, (gpointer)all[i]->id);
        g_ptr_array_add(known, (gpointer)all[i]->slug);
    }
    nearest = nearest_name(name, known);
    if (nearest != NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "unknown rule \"%s\"; did you mean %s?", name,
                    nearest);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "unknown rule \"%s\"; \"adtopo rules\" lists all of them", name);
}

bool explain_write(const char *name, const char *format, const Style *style, Sink sink,
                   void *closure, GError **error)
{
    const Rule *rule = rule_find(name);
    bool json;
    Writer out;

    if (rule == NULL) {
        set_unknown_rule(error, name);
        return false;
    }
    if (!format_is_json(format, &json, error))
        return false;
    writer_open(&out, style, sink, closure);
    if (json)
        document_write(&out, rule_value(rule));
    else
        explain_as_text(rule, &out);
    return writer_close(&out, error);
}
