/* Reading a policy, and asking it. Nothing in here knows about an audit; rules/acceptance.c applies
 * what a policy says. */
#include "rules/policy.h"

#include "base/fault.h"
#include "base/fold.h"
#include "rules/selection.h"
#include "rules/settings-file.h"

#include <string.h>

/* --- memory ------------------------------------------------------------------------------- */

static void waiver_free(gpointer data)
{
    Waiver *waiver = data;

    g_free(waiver->name);
    g_free(waiver->rules);
    g_free(waiver->object);
    g_free(waiver->reason);
    g_free(waiver->owner);
    g_free(waiver->expires);
    g_free(waiver);
}

static void override_free(gpointer data)
{
    g_free(((SeverityOverride *)data)->rules);
    g_free(data);
}

static Policy *policy_new(const char *name)
{
    Policy *policy = g_new0(Policy, 1);

    policy->name = g_strdup(name);
    policy->overrides = g_ptr_array_new_with_free_func(override_free);
    policy->waivers = g_ptr_array_new_with_free_func(waiver_free);
    policy->assertions = g_ptr_array_new_with_free_func((GDestroyNotify)assertion_free);
    for (guint id = 0; id < PARAMETER_COUNT; id++)
        policy->parameters[id] = parameter_info((ParameterId)id)->usual;
    return policy;
}

void policy_free(Policy *policy)
{
    if (policy == NULL)
        return;
    g_free(policy->name);
    g_strfreev(policy->include);
    g_strfreev(policy->exclude);
    g_ptr_array_unref(policy->overrides);
    g_ptr_array_unref(policy->waivers);
    g_ptr_array_unref(policy->assertions);
    g_free(policy);
}

/* --- [rules] ------------------------------------------------------------------------------ */

/* A list with commas, semicolons or blanks between; NULL for no list. One with nothing in it would
 * select all rules, or none. */
static bool read_patterns(const SettingsFile *file, const char *key, char ***patterns,
                          GError **error)
{
    g_autofree char *list = settings_file_text(file, "rules", key);
    g_auto(GStrv) parts = g_strsplit_set(list == NULL ? "" : list, ",; \t", -1);
    g_autoptr(GPtrArray) items = NULL;

    if (!settings_file_has(file, "rules", key))
        return true;
    items = g_ptr_array_new();
    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0')
            continue;
        if (!pattern_names_rule(*part, error))
            return settings_file_blame(file, "rules", error);
        g_ptr_array_add(items, *part);
    }
    if (items->len == 0) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s takes rules such as RG*,CONN002, not \"%s\"",
                    key, list == NULL ? "" : list);
        return settings_file_blame(file, "rules", error);
    }
    g_ptr_array_add(items, NULL);
    *patterns = g_strdupv((char **)items->pdata);
    return true;
}

static bool read_rules(Policy *policy, const SettingsFile *file, const char *group, GError **error)
{
    static const char *const known[] = {"include", "exclude", NULL};

    return settings_file_knows_keys(file, group, known, error) &&
           read_patterns(file, "include", &policy->include, error) &&
           read_patterns(file, "exclude", &policy->exclude, error);
}

/* --- [severity] --------------------------------------------------------------------------- */

static bool read_override(Policy *policy, const SettingsFile *file, const char *group,
                          const char *rules, GError **error)
{
    g_autofree char *word = settings_file_text(file, group, rules);
    SeverityOverride *override;
    Severity severity;

    if (!pattern_names_rule(rules, error))
        return settings_file_blame(file, group, error);
    if (!severity_named(word, &severity)) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s is one of error, warning, info, not \"%s\"",
                    rules, word != NULL ? word : "");
        return settings_file_blame(file, group, error);
    }
    override = g_new(SeverityOverride, 1);
    *override = (SeverityOverride){.rules = g_strdup(rules), .severity = severity};
    g_ptr_array_add(policy->overrides, override);
    return true;
}

static bool read_severities(Policy *policy, const SettingsFile *file, const char *group,
                            GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);

    for (char **key = keys; key != NULL && *key != NULL; key++)
        if (!read_override(policy, file, group, *key, error))
            return false;
    return true;
}

/* --- [parameters] ------------------------------------------------------------------------- */

static bool read_parameter(Policy *policy, const SettingsFile *file, const char *group,
                           const char *name, GError **error)
{
    g_autofree char *text = settings_file_text(file, group, name);
    const Parameter *info = parameter_named(name, error);
    guint64 value;

    if (info == NULL)
        return settings_file_blame(file, group, error);
    if (text == NULL ||
        !g_ascii_string_to_unsigned(text, 10, info->least, info->most, &value, NULL)) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s is a number of %s from %u to %u, not \"%s\"",
                    name, info->unit, info->least, info->most, text != NULL ? text : "");
        return settings_file_blame(file, group, error);
    }
    policy->parameters[info - parameter_info((ParameterId)0)] = (guint)value;
    return true;
}

static bool read_parameters(Policy *policy, const SettingsFile *file, const char *group,
                            GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);

    for (char **key = keys; key != NULL && *key != NULL; key++)
        if (!read_parameter(policy, file, group, *key, error))
            return false;
    return true;
}

/* --- [suppress NAME] ---------------------------------------------------------------------- */

static bool read_end(Waiver *waiver, const SettingsFile *file, const char *group, GError **error)
{
    waiver->end = G_MAXINT64;
    waiver->expires = settings_file_text(file, group, "expires");
    if (waiver->expires == NULL || deadline_parse(waiver->expires, &waiver->end))
        return true;
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"expires\" is a day such as 2007-03-31, or a time, not \"%s\"", waiver->expires);
    return settings_file_blame(file, group, error);
}

static bool read_waiver(Policy *policy, const SettingsFile *file, const char *group, GError **error)
{
    static const char *const known[] = {"rule", "object", "reason", "owner", "expires", NULL};
    Waiver *waiver = g_new0(Waiver, 1);

    g_ptr_array_add(policy->waivers, waiver);
    waiver->name = g_strdup(group_argument(group, "suppress"));
    waiver->owner = settings_file_text(file, group, "owner");
    if (!settings_file_knows_keys(file, group, known, error))
        return false;
    waiver->rules = settings_file_demand(file, group, "rule", error);
    if (waiver->rules == NULL)
        return false;
    if (!pattern_names_rule(waiver->rules, error))
        return settings_file_blame(file, group, error);
    waiver->object = settings_file_demand(file, group, "object", error);
    if (waiver->object == NULL)
        return false;
    waiver->reason = settings_file_demand(file, group, "reason", error);
    return waiver->reason != NULL && read_end(waiver, file, group, error);
}

/* --- [assert NAME] ------------------------------------------------------------------------ */

static bool read_assertion(Policy *policy, const SettingsFile *file, const char *group,
                           GError **error)
{
    Assertion *assertion = assertion_parse(file, group, error);

    if (assertion != NULL)
        g_ptr_array_add(policy->assertions, assertion);
    return assertion != NULL;
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool read_group(Policy *policy, const SettingsFile *file, const char *group, GError **error)
{
    if (g_str_equal(group, "rules"))
        return read_rules(policy, file, group, error);
    if (g_str_equal(group, "severity"))
        return read_severities(policy, file, group, error);
    if (g_str_equal(group, "parameters"))
        return read_parameters(policy, file, group, error);
    if (group_argument(group, "suppress") != NULL)
        return read_waiver(policy, file, group, error);
    if (group_argument(group, "assert") != NULL)
        return read_assertion(policy, file, group, error);
    g_set_error(error, FAULT, FAULT_USAGE,
                "unknown group; known are rules, severity, parameters, suppress NAME and "
                "assert NAME");
    return settings_file_blame(file, group, error);
}

Policy *policy_parse(const char *text, gsize length, const char *name, GError **error)
{
    g_autoptr(SettingsFile) file = settings_file_parse(text, length, name, error);
    g_autoptr(Policy) policy = NULL;
    g_auto(GStrv) groups = NULL;

    if (file == NULL)
        return NULL;
    policy = policy_new(name);
    groups = g_key_file_get_groups(file->keys, NULL);
    for (char **group = groups; *group != NULL; group++)
        if (!read_group(policy, file, *group, error))
            return NULL;
    return g_steal_pointer(&policy);
}

const SeverityOverride *policy_override(const Policy *policy, const Rule *rule)
{
    const SeverityOverride *last = NULL;

    FOR_EACH(const SeverityOverride, override, policy->overrides)
        if (rule_matches(rule, override->rules))
            last = override;
    return last;
}

/* --- what a suppression means ------------------------------------------------------------- */

static bool fold_matches(const char *pattern, const char *text)
{
    g_autofree char *folded_pattern = fold_string(pattern);
    g_autofree char *folded_text = fold_string(text);

    return g_pattern_match_simple(folded_pattern, folded_text);
}

static bool is_pattern(const char *text)
{
    return strpbrk(text, "*?") != NULL;
}

/* A pattern is compared with the DN as it is printed, and with the name alone. */
static bool pattern_matches(const char *pattern, const Entry *entry)
{
    g_autofree char *dn = dn_text(entry->dn);
    g_autofree char *name = dn_plain_name(entry->dn);

    return fold_matches(pattern, dn) || fold_matches(pattern, name);
}

static bool name_matches(const char *wanted, const Entry *entry)
{
    g_autofree char *name = dn_plain_name(entry->dn);
    g_autofree char *guid = entry_guid(entry);

    return fold_equal(name, strlen(name), wanted, strlen(wanted)) ||
           (guid != NULL && g_ascii_strcasecmp(guid, wanted) == 0);
}

bool waiver_fits(const Waiver *waiver, Directory *directory, const Finding *finding)
{
    const char *object = waiver->object;

    if (!rule_matches(finding->rule, waiver->rules))
        return false;
    if (g_str_equal(object, "*") || g_strcmp0(object, finding->name) == 0)
        return true;
    if (finding->entry == NULL)
        return false;
    if (is_pattern(object))
        return pattern_matches(object, finding->entry);
    return dn_find(directory_names(directory), object, strlen(object)) == finding->entry->dn ||
           name_matches(object, finding->entry);
}
