/* The catalogue in Markdown: a section a rule, everything in it, for those who read or print it as
 * a document. */
#include "report/rule-facts.h"
#include "rules/example.h"

#include <string.h>

/* What would be taken for markup is marked not to be. */
static void write_text(Writer *out, const char *text)
{
    g_autoptr(GString) safe = g_string_new(NULL);

    for (; *text != '\0'; text++) {
        if (strchr("\\`*_<>[]|#", *text) != NULL)
            g_string_append_c(safe, '\\');
        g_string_append_c(safe, *text);
    }
    writer_put(out, safe->str);
}

static void write_point(Writer *out, const char *label, const char *text)
{
    if (*text == '\0')
        return;
    writer_print(out, "- **%s:** ", label);
    write_text(out, text);
    writer_put(out, "\n");
}

static void write_parameters(Writer *out, const Rule *rule)
{
    g_autoptr(GPtrArray) parameters = rule_parameters(rule);

    FOR_EACH(const Parameter, parameter, parameters) {
        g_autofree char *text = parameter_text(parameter);
        g_autofree char *label = g_strdup_printf("Parameter `%s`", parameter->name);

        write_point(out, label, text);
    }
}

static void write_example(Writer *out, const Rule *rule)
{
    const Example *example = example_of(rule);
    g_autofree char *command = example == NULL ? NULL : example_command(example);

    if (example == NULL)
        return;
    writer_put(out, "\nAn example: ");
    write_text(out, example->shows);
    writer_print(out, "\n\n```\n%s\n```\n", command);
    if (example->policy != NULL)
        writer_print(out, "\n```ini\n%s```\n", example->policy);
    writer_print(out, "\n```ldif\n%s```\n", example->changes);
}

static void write_rule(Writer *out, const Rule *rule)
{
    g_autofree char *scenarios = rule_scenarios_text(rule);
    g_autofree char *attributes = rule_attributes_text(rule);

    writer_print(out, "\n## %s: %s\n\n", rule->id, rule->slug);
    write_text(out, rule->title);
    writer_put(out, ".\n\n");
    write_point(out, "At worst", severity_name(rule->severity));
    write_point(out, "Speaks in", scenarios);
    write_point(out, "Decided by", decidability_text(rule->decided));
    write_point(out, "Raised when", rule->condition);
    write_point(out, "Attributes read", attributes);
    write_point(out, "Why", rule->why);
    write_point(out, "Remedy", rule->remedy);
    write_point(out, "Sources", rule->references);
    write_parameters(out, rule);
    write_example(out, rule);
}

void catalogue_write_markdown(Writer *out)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    writer_print(out, "# The %u rules of adtopo\n", count);
    for (guint i = 0; i < count; i++)
        write_rule(out, rules[i]);
}
