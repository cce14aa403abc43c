/* A rule object in words and as JSON, with what belongs to it: parameters and an example. */
#include "report/rule-facts.h"

#include "report/json.h"
#include "rules/example.h"

#include <string.h>

/* --- lists of names ----------------------------------------------------------------------- */

static const struct {
    Scenario scenario;
    const char *name;
} scenarios[] = {
    {SCENARIO_AUDIT, "audit"},
    {SCENARIO_PREFLIGHT, "preflight"},
    {SCENARIO_LAST, "last-legacy"},
    {SCENARIO_NEXT, "later-versions"},
};

static void add_name(GPtrArray *names, char *name)
{
    if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_free(name);
    else
        g_ptr_array_add(names, name);
}

static GPtrArray *scenario_names(const Rule *rule)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < G_N_ELEMENTS(scenarios); i++)
        if ((rule->scenarios & scenarios[i].scenario) != 0)
            add_name(names, g_strdup(scenarios[i].name));
    return names;
}

/* What the rule must be able to see: "msExchRoutingGroup.cn". */
static GPtrArray *need_names(const Rule *rule)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++)
        add_name(names, g_strdup_printf("%s.%s", class_table[need->class_id].name,
                                        attribute_table[need->attribute].name));
    return names;
}

/* Whether a word of a sentence is meant as an attribute: "cost" and "name" are words as well, and
 * count where the condition is about nothing but what they hold. */
static bool is_attribute(const char *word, gsize length)
{
    AttributeId id = attribute_lookup(word, length);
    const char *name = id == ATTR_NONE ? NULL : attribute_table[id].name;
    bool exact = name != NULL && strlen(name) == length && strncmp(name, word, length) == 0;

    for (gsize i = 1; exact && i < length; i++)
        if (g_ascii_isupper(word[i]) || word[i] == '-')
            return true;
    return exact && strcmp(name, "cost") == 0;
}

/* The attributes that the condition names, and those that the rule needs. */
static GPtrArray *attribute_names(const Rule *rule)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (const char *at = rule->condition; *at != '\0';) {
        gsize length = strspn(at, letters);

        if (length > 0 && is_attribute(at, length))
            add_name(names, g_strndup(at, length));
        at += MAX(length, 1);
    }
    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++)
        add_name(names, g_strdup(attribute_table[need->attribute].name));
    return names;
}

/* Takes the names. */
static char *joined(GPtrArray *names)
{
    char *text;

    g_ptr_array_add(names, NULL);
    text = g_strjoinv(", ", (char **)names->pdata);
    g_ptr_array_unref(names);
    return text;
}

char *rule_scenarios_text(const Rule *rule)
{
    return joined(scenario_names(rule));
}

char *rule_attributes_text(const Rule *rule)
{
    return joined(attribute_names(rule));
}

char *rule_needs_text(const Rule *rule)
{
    return joined(need_names(rule));
}

/* --- parameters --------------------------------------------------------------------------- */

GPtrArray *rule_parameters(const Rule *rule)
{
    GPtrArray *found = g_ptr_array_new();

    for (guint id = 0; id < PARAMETER_COUNT; id++)
        if (parameter_is_of(parameter_info((ParameterId)id), rule->id))
            g_ptr_array_add(found, (gpointer)(uintptr_t)parameter_info((ParameterId)id));
    return found;
}

char *parameter_text(const Parameter *parameter)
{
    return g_strdup_printf("%s %u %s, unless the policy says another number from %u to %u.",
                           parameter->about, parameter->usual, parameter->unit, parameter->least,
                           parameter->most);
}

/* --- JSON --------------------------------------------------------------------------------- */

/* Takes the names. */
static json_t *names_value(GPtrArray *names)
{
    json_t *list = json_array();

    FOR_EACH(const char, name, names)
        json_array_append_new(list, text_value(name));
    g_ptr_array_unref(names);
    return list;
}

static json_t *parameters_value(const Rule *rule)
{
    g_autoptr(GPtrArray) parameters = rule_parameters(rule);
    json_t *list = json_array();

    FOR_EACH(const Parameter, parameter, parameters) {
        json_t *value = json_object();

        json_object_set_new(value, "name", text_value(parameter->name));
        json_object_set_new(value, "about", text_value(parameter->about));
        json_object_set_new(value, "unit", text_value(parameter->unit));
        json_object_set_new(value, "default", json_integer(parameter->usual));
        json_object_set_new(value, "least", json_integer(parameter->least));
        json_object_set_new(value, "most", json_integer(parameter->most));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *example_value(const Rule *rule)
{
    const Example *example = example_of(rule);
    json_t *value;

    if (example == NULL)
        return json_null();
    value = json_object();
    json_object_set_new(value, "shows", text_value(example->shows));
    json_object_set_new(value, "organization", text_value(example->organization));
    json_object_set_new(value, "command", take_text_value(example_command(example)));
    json_object_set_new(value, "policy", text_value(example->policy));
    json_object_set_new(value, "changes", text_value(example->changes));
    return value;
}

json_t *rule_value(const Rule *rule)
{
    json_t *value = json_object();

    json_object_set_new(value, "id", text_value(rule->id));
    json_object_set_new(value, "slug", text_value(rule->slug));
    json_object_set_new(value, "severity", text_value(severity_name(rule->severity)));
    json_object_set_new(value, "scenarios", names_value(scenario_names(rule)));
    json_object_set_new(value, "decidedBy", text_value(decidability_text(rule->decided)));
    json_object_set_new(value, "title", text_value(rule->title));
    json_object_set_new(value, "condition", text_value(rule->condition));
    json_object_set_new(value, "attributes", names_value(attribute_names(rule)));
    json_object_set_new(value, "why", text_value(rule->why));
    json_object_set_new(value, "remedy", text_value(rule->remedy));
    json_object_set_new(value, "references", text_value(rule->references));
    json_object_set_new(value, "needs", names_value(need_names(rule)));
    json_object_set_new(value, "parameters", parameters_value(rule));
    json_object_set_new(value, "example", example_value(rule));
    return value;
}
