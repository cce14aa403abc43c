/* Scratch files and printed directories. */
#include "scratch.h"

#include <glib/gstdio.h>
#include <unistd.h>

char *scratch_file(const char *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    char *path = NULL;
    int fd = g_file_open_tmp("adtopo-XXXXXX.ldif", &path, &error);

    g_assert_no_error(error);
    close(fd);
    g_file_set_contents(path, bytes, (gssize)length, &error);
    g_assert_no_error(error);
    return path;
}

void scratch_free(char *path)
{
    g_unlink(path);
    g_free(path);
}

static void print_line(GString *out, uint32_t line)
{
    if (line != 0)
        g_string_append_printf(out, " @%u", line);
    g_string_append_c(out, '\n');
}

static void print_entry(GString *out, const Entry *entry)
{
    g_autofree char *dn = dn_text(entry->dn);

    g_string_append_printf(out, "%s%s", dn, entry->overlaid ? " (overlaid)" : "");
    print_line(out, entry->line);
    if (entry->class_id != CLASS_NONE)
        g_string_append_printf(out, "  class: %s\n", class_table[entry->class_id].name);
    for (uint32_t i = 0; i < entry->count; i++) {
        AttributeId attribute = (AttributeId)entry->attributes[i];
        g_autofree char *text = value_text(&entry->values[i], attribute);
        bool cut = entry->truncated == attribute;

        g_string_append_printf(out, "  %s%s: %s", attribute_table[attribute].name,
                               cut ? " (cut)" : "", text);
        print_line(out, entry->values[i].line);
    }
}

static void print_diagnostics(GString *out, const Diagnostics *list)
{
    static const char *const levels[] = {"note", "warning", "error"};

    for (guint i = 0; i < diagnostics_length(list); i++) {
        const Diagnostic *diagnostic = diagnostics_get(list, i);

        g_string_append_printf(out, "! %s %u: %s\n", levels[diagnostic->level],
                               diagnostic->origin.line, diagnostic->message);
    }
}

char *directory_print(Directory *directory)
{
    GString *out = g_string_new(NULL);
    const GPtrArray *entries;

    directory_seal(directory);
    entries = directory_entries(directory);
    for (guint i = 0; i < entries->len; i++)
        print_entry(out, g_ptr_array_index(entries, i));
    print_diagnostics(out, directory_diagnostics(directory));
    if (directory_source_count(directory) > 0 && !directory_source(directory, 0)->complete)
        g_string_append(out, "partial\n");
    return g_string_free(out, FALSE);
}
