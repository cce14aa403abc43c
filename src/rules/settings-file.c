/* Strict reading of key files. GLib parses them; what it tolerates, and what it would refuse in
 * words without a line number, is looked for here. */
#include "rules/settings-file.h"

#include "base/fault.h"

#include <stdint.h>
#include <string.h>

/* --- lines -------------------------------------------------------------------------------- */

/* Where the reading stands: what was met, "[group]" or "[group]" and a key, and the last group. */
typedef struct Lines {
    GHashTable *met;
    char *group;
} Lines;

static const char *take_group(Lines *lines, const char *line)
{
    if (!g_str_has_suffix(line, "]") || strcspn(line + 1, "[]") != strlen(line) - 2 ||
        line[1] == ']')
        return "is no group: one is a name in brackets, such as [rules]";
    g_free(lines->group);
    lines->group = g_strdup(line);
    return g_hash_table_add(lines->met, g_strdup(line)) ? NULL : "stands there twice";
}

/* Cuts the line down to its key. */
static const char *take_key(Lines *lines, char *line)
{
    char *end = strchr(line, '=');

    if (end == NULL || end == line)
        return "is neither a group, [name], nor key = value; a comment begins with #";
    *end = '\0';
    g_strchomp(line);
    if (strpbrk(line, "[]") != NULL)
        return "is no key: one has no brackets";
    if (lines->group == NULL)
        return "stands before the first group: a line such as [rules] has to come first";
    return g_hash_table_add(lines->met, g_strdup_printf("%s\n%s", lines->group, line))
               ? NULL
               : "stands there twice";
}

/* What is wrong with a line, in words that fit behind it; NULL: nothing. */
static const char *take_line(Lines *lines, char *line)
{
    g_strstrip(line);
    if (*line == '\0' || *line == '#')
        return NULL;
    return *line == '[' ? take_group(lines, line) : take_key(lines, line);
}

static bool lines_are_sound(const char *text, const char *name, GError **error)
{
    Lines lines = {.met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    g_auto(GStrv) split = g_strsplit(text, "\n", -1);
    const char *fault = NULL;

    for (guint i = 0; split[i] != NULL && fault == NULL; i++) {
        fault = take_line(&lines, split[i]);
        if (fault != NULL)
            g_set_error(error, FAULT, FAULT_USAGE, "%s:%u: \"%s\" %s", name, i + 1, split[i],
                        fault);
    }
    g_hash_table_unref(lines.met);
    g_free(lines.group);
    return fault == NULL;
}

/* --- reading ------------------------------------------------------------------------------ */

static bool is_text(const char *text, gsize length, const char *name, GError **error)
{
    if (g_utf8_validate(text, (gssize)length, NULL))
        return true;
    g_set_error(error, FAULT, FAULT_USAGE, "%s is no text in UTF-8", name);
    return false;
}

SettingsFile *settings_file_parse(const char *text, gsize length, const char *name, GError **error)
{
    g_autoptr(GKeyFile) keys = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    SettingsFile *file;

    if (!is_text(text, length, name, error) || !lines_are_sound(text, name, error))
        return NULL;
    if (!g_key_file_load_from_data(keys, text, length, G_KEY_FILE_NONE, &cause)) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s: %s", name, cause->message);
        return NULL;
    }
    file = g_new(SettingsFile, 1);
    *file = (SettingsFile){.keys = g_steal_pointer(&keys), .name = g_strdup(name)};
    return file;
}

void settings_file_free(SettingsFile *file)
{
    if (file == NULL)
        return;
    g_key_file_unref(file->keys);
    g_free(file->name);
    g_free(file);
}

bool settings_file_knows_keys(const SettingsFile *file, const char *group, const char *const *known,
                              GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)(uintptr_t)known);

    for (char **key = keys; key != NULL && *key != NULL; key++) {
        if (g_strv_contains(known, *key))
            continue;
        g_set_error(error, FAULT, FAULT_USAGE, "unknown key \"%s\"; known are %s", *key, list);
        return settings_file_blame(file, group, error);
    }
    return true;
}

char *settings_file_text(const SettingsFile *file, const char *group, const char *key)
{
    g_autofree char *value = g_key_file_get_value(file->keys, group, key, NULL);

    if (value == NULL || *g_strstrip(value) == '\0')
        return NULL;
    return g_steal_pointer(&value);
}

bool settings_file_has(const SettingsFile *file, const char *group, const char *key)
{
    return g_key_file_has_key(file->keys, group, key, NULL);
}

char *settings_file_demand(const SettingsFile *file, const char *group, const char *key,
                           GError **error)
{
    char *value = settings_file_text(file, group, key);

    if (value != NULL)
        return value;
    g_set_error(error, FAULT, FAULT_USAGE, "the key \"%s\" is missing", key);
    settings_file_blame(file, group, error);
    return NULL;
}

bool settings_file_blame(const SettingsFile *file, const char *group, GError **error)
{
    g_prefix_error(error, "%s: [%s]: ", file->name, group);
    return false;
}

const char *group_argument(const char *group, const char *word)
{
    gsize length = strlen(word);

    if (!g_str_has_prefix(group, word) || group[length] != ' ')
        return NULL;
    group += length;
    while (*group == ' ')
        group++;
    return *group != '\0' ? group : NULL;
}

bool deadline_parse(const char *text, gint64 *end)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autofree char *midnight = g_strconcat(text, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) day = g_date_time_new_from_iso8601(midnight, utc);
    g_autoptr(GDateTime) exact = g_date_time_new_from_iso8601(text, utc);
    enum { DAY = 24 * 60 * 60 };

    if (exact != NULL)
        *end = g_date_time_to_unix(exact);
    else if (day != NULL)
        *end = g_date_time_to_unix(day) + DAY;
    return exact != NULL || day != NULL;
}
