/* Reading what a policy asserts. Only the form is judged here: what the names mean is known when
 * there is a directory. */
#include "rules/assertion.h"

#include "base/fault.h"

#include <string.h>

enum { MOST_COST = 1000000, MOST_HOPS = 1000 };

static const struct {
    const char *word;
    Loss loss;
} losses[] = {
    {"connector", LOSS_CONNECTOR}, {"site-link", LOSS_SITE_LINK}, {"bridgehead", LOSS_BRIDGEHEAD},
    {"server", LOSS_SERVER},       {"site", LOSS_SITE},
};

/* --- the losses --------------------------------------------------------------------------- */

static bool add_loss(Assertion *assertion, const char *word, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(losses); i++) {
        if (strcmp(losses[i].word, word) != 0)
            continue;
        assertion->survives |= losses[i].loss;
        return true;
    }
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"survives\" is a list of connector, site-link, bridgehead, server and site, of "
                "which any one is lost; not \"%s\"",
                word);
    return false;
}

static bool read_losses(Assertion *assertion, const SettingsFile *file, const char *group,
                        GError **error)
{
    g_autofree char *list = settings_file_text(file, group, "survives");
    g_auto(GStrv) words = list == NULL ? NULL : g_strsplit_set(list, ", \t", -1);

    for (char **word = words; word != NULL && *word != NULL; word++)
        if (**word != '\0' && !add_loss(assertion, *word, error))
            return settings_file_blame(file, group, error);
    return true;
}

/* --- numbers and severity ----------------------------------------------------------------- */

static bool read_most(const SettingsFile *file, const char *group, const char *key, guint64 limit,
                      gint64 *most, GError **error)
{
    g_autofree char *text = settings_file_text(file, group, key);
    guint64 value;

    *most = -1;
    if (text == NULL)
        return true;
    if (!g_ascii_string_to_unsigned(text, 10, 0, limit, &value, NULL)) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is a number from 0 to %" G_GUINT64_FORMAT ", not \"%s\"", key, limit,
                    text);
        return settings_file_blame(file, group, error);
    }
    *most = (gint64)value;
    return true;
}

static bool read_severity(Assertion *assertion, const SettingsFile *file, const char *group,
                          GError **error)
{
    g_autofree char *word = settings_file_text(file, group, "severity");

    assertion->severity = SEVERITY_ERROR;
    if (word == NULL || severity_named(word, &assertion->severity))
        return true;
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"severity\" is one of error, warning, info, not \"%s\"", word);
    return settings_file_blame(file, group, error);
}

/* --- the whole ---------------------------------------------------------------------------- */

/* A key that stands there without a value asserts nothing, and looks as if it did. */
static bool keys_have_values(const SettingsFile *file, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);

    for (char **key = keys; key != NULL && *key != NULL; key++) {
        g_autofree char *value = settings_file_text(file, group, *key);

        if (value != NULL)
            continue;
        g_set_error(error, FAULT, FAULT_USAGE, "the key \"%s\" has no value", *key);
        return settings_file_blame(file, group, error);
    }
    return true;
}

static bool read_places(Assertion *assertion, const SettingsFile *file, const char *group,
                        GError **error)
{
    assertion->from = settings_file_demand(file, group, "from", error);
    if (assertion->from == NULL)
        return false;
    assertion->to = settings_file_demand(file, group, "to", error);
    if (assertion->to == NULL)
        return false;
    assertion->through = settings_file_text(file, group, "through");
    assertion->avoid = settings_file_text(file, group, "avoid");
    if (g_strcmp0(assertion->through, assertion->avoid) != 0 || assertion->avoid == NULL)
        return true;
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"through\" and \"avoid\" name the same: no way can do both");
    return settings_file_blame(file, group, error);
}

static bool read_demands(Assertion *assertion, const SettingsFile *file, const char *group,
                         GError **error)
{
    return read_losses(assertion, file, group, error) &&
           read_most(file, group, "at-most-cost", MOST_COST, &assertion->most_cost, error) &&
           read_most(file, group, "at-most-hops", MOST_HOPS, &assertion->most_hops, error) &&
           read_severity(assertion, file, group, error);
}

Assertion *assertion_parse(const SettingsFile *file, const char *group, GError **error)
{
    static const char *const known[] = {
        "from",         "to",           "through",  "avoid",  "survives",
        "at-most-cost", "at-most-hops", "severity", "reason", NULL};
    g_autoptr(Assertion) assertion = g_new0(Assertion, 1);

    assertion->name = g_strdup(group_argument(group, "assert"));
    assertion->where = g_strdup_printf("%s: [%s]", file->name, group);
    assertion->reason = settings_file_text(file, group, "reason");
    if (!settings_file_knows_keys(file, group, known, error) ||
        !keys_have_values(file, group, error) || !read_places(assertion, file, group, error) ||
        !read_demands(assertion, file, group, error))
        return NULL;
    return g_steal_pointer(&assertion);
}

void assertion_free(Assertion *assertion)
{
    if (assertion == NULL)
        return;
    g_free(assertion->name);
    g_free(assertion->where);
    g_free(assertion->from);
    g_free(assertion->to);
    g_free(assertion->through);
    g_free(assertion->avoid);
    g_free(assertion->reason);
    g_free(assertion);
}

const char *assertion_state_name(const AssertionResult *result)
{
    if (!result->judged)
        return "not-judged";
    return result->failed > 0 ? "fails" : "holds";
}
