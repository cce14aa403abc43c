/* Which rules a pattern means, for options and policies alike. */
#include "rules/selection.h"

#include "base/fault.h"
#include "base/nearest.h"

bool rule_matches(const Rule *rule, const char *pattern)
{
    g_autofree char *upper = g_ascii_strup(pattern, -1);
    g_autofree char *slug = g_ascii_strup(rule->slug, -1);

    return g_pattern_match_simple(upper, rule->id) || g_pattern_match_simple(upper, slug);
}

bool rule_matches_any(const Rule *rule, const char *const *patterns)
{
    for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
        if (rule_matches(rule, patterns[i]))
            return true;
    return false;
}

void set_unknown_rule(GError **error, const char *name)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    guint count;
    const Rule *const *rules = rule_catalogue(&count);
    const char *nearest;

    for (guint i = 0; i < count; i++) {
        g_ptr_array_add(known, (gpointer)rules[i]->id);
        g_ptr_array_add(known, (gpointer)rules[i]->slug);
    }
    nearest = nearest_name(name, known);
    if (nearest != NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "no rule is called \"%s\"; did you mean %s?", name,
                    nearest);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no rule is called \"%s\"; \"adtopo rules\" lists all of them", name);
}

bool pattern_names_rule(const char *pattern, GError **error)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    for (guint i = 0; i < count; i++)
        if (rule_matches(rules[i], pattern))
            return true;
    set_unknown_rule(error, pattern);
    return false;
}

bool patterns_name_rules(const char *const *patterns, GError **error)
{
    for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
        if (!pattern_names_rule(patterns[i], error))
            return false;
    return true;
}
