#ifndef ADTOPO_RULES_SETTINGS_FILE_H
#define ADTOPO_RULES_SETTINGS_FILE_H

#include <glib.h>
#include <stdbool.h>

/*
 * Files in the form of GLib's key files, read strictly: a group or key that stands twice would
 * silently lose one of its values, and one that nobody knows would do nothing. All failures are
 * FAULT_USAGE and name the file.
 */
typedef struct SettingsFile {
    GKeyFile *keys;
    char *name;
} SettingsFile;

SettingsFile *settings_file_parse(const char *text, gsize length, const char *name, GError **error);
void settings_file_free(SettingsFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SettingsFile, settings_file_free)

/* FALSE when the group has a key that is not among `known` (NULL-terminated). */
bool settings_file_knows_keys(const SettingsFile *file, const char *group, const char *const *known,
                              GError **error);

/* The value as it stands there, without blanks around it; NULL when there is none or an empty one.
 * The caller frees it. */
char *settings_file_text(const SettingsFile *file, const char *group, const char *key);

/* Whether the key is there, be it without a value. */
bool settings_file_has(const SettingsFile *file, const char *group, const char *key);

/* As settings_file_text(); a missing one is an error. */
char *settings_file_demand(const SettingsFile *file, const char *group, const char *key,
                           GError **error);

/* Puts the file's name and the group in front of the error's text. Returns FALSE. */
bool settings_file_blame(const SettingsFile *file, const char *group, GError **error);

/* What follows `word` and a blank in the name of a group ("suppress lab" gives "lab"), or NULL. */
const char *group_argument(const char *group, const char *word);

/* Seconds since 1970 of "2007-03-31T12:00:00Z" and the like, or of the end of the day of
 * "2007-03-31", in UTC where nothing else is said. FALSE when the text is neither. */
bool deadline_parse(const char *text, gint64 *end);

#endif
