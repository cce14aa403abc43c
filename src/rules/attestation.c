/* Reading what was attested. A rule that the directory decides wants no witness: a file that offers
 * one is refused, and not read as if it said something. */
#include "rules/attestation.h"

#include "base/fault.h"
#include "rules/selection.h"
#include "rules/settings-file.h"

static void attestation_free(gpointer data)
{
    Attestation *attestation = data;

    g_free(attestation->name);
    g_free(attestation->who);
    g_free(attestation->when);
    g_free(attestation->how);
    g_free(attestation);
}

void attestations_free(Attestations *attestations)
{
    if (attestations == NULL)
        return;
    g_free(attestations->name);
    g_ptr_array_unref(attestations->list);
    g_free(attestations);
}

static const Rule *read_rule(const SettingsFile *file, const char *group, GError **error)
{
    g_autofree char *name = settings_file_demand(file, group, "rule", error);
    const Rule *rule = name == NULL ? NULL : rule_find(name);

    if (name == NULL)
        return NULL;
    if (rule != NULL && rule->decided != DECIDED_FULLY)
        return rule;
    if (rule == NULL)
        set_unknown_rule(error, name);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "the directory decides %s: nothing is to be attested", rule->id);
    settings_file_blame(file, group, error);
    return NULL;
}

static bool read_when(Attestation *attestation, const SettingsFile *file, const char *group,
                      GError **error)
{
    gint64 end;

    attestation->when = settings_file_demand(file, group, "when", error);
    if (attestation->when == NULL)
        return false;
    if (deadline_parse(attestation->when, &end))
        return true;
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"when\" is a day such as 2007-03-31, or a time, not \"%s\"", attestation->when);
    return settings_file_blame(file, group, error);
}

static bool read_attestation(Attestations *attestations, const SettingsFile *file,
                             const char *group, GError **error)
{
    static const char *const known[] = {"rule", "who", "when", "how", NULL};
    Attestation *attestation = g_new0(Attestation, 1);

    g_ptr_array_add(attestations->list, attestation);
    attestation->name = g_strdup(group_argument(group, "evidence"));
    if (attestation->name == NULL) {
        g_set_error(error, FAULT, FAULT_USAGE, "unknown group; known is evidence NAME");
        return settings_file_blame(file, group, error);
    }
    if (!settings_file_knows_keys(file, group, known, error))
        return false;
    attestation->rule = read_rule(file, group, error);
    if (attestation->rule == NULL || !read_when(attestation, file, group, error))
        return false;
    attestation->who = settings_file_demand(file, group, "who", error);
    if (attestation->who == NULL)
        return false;
    attestation->how = settings_file_demand(file, group, "how", error);
    return attestation->how != NULL;
}

Attestations *attestations_parse(const char *text, gsize length, const char *name, GError **error)
{
    g_autoptr(SettingsFile) file = settings_file_parse(text, length, name, error);
    g_autoptr(Attestations) attestations = NULL;
    g_auto(GStrv) groups = NULL;

    if (file == NULL)
        return NULL;
    attestations = g_new0(Attestations, 1);
    attestations->name = g_strdup(name);
    attestations->list = g_ptr_array_new_with_free_func(attestation_free);
    groups = g_key_file_get_groups(file->keys, NULL);
    for (char **group = groups; *group != NULL; group++)
        if (!read_attestation(attestations, file, *group, error))
            return NULL;
    return g_steal_pointer(&attestations);
}

char *attestation_text(const Attestation *attestation)
{
    return g_strdup_printf("%s, %s: %s", attestation->who, attestation->when, attestation->how);
}
