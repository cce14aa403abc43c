/* Suggestions for mistyped names: a wrong name is an error, never a guess that is acted upon. */
#include "base/nearest.h"

#include "base/fault.h"

#include <string.h>

enum { CLOSE_ENOUGH = 2, LONGEST = 64 };

/* Levenshtein's distance, one row at a time. Both texts are at most LONGEST bytes. */
static guint slips_between(const char *a, const char *b)
{
    guint row[LONGEST + 1];
    guint length = (guint)strlen(b);

    for (guint j = 0; j <= length; j++)
        row[j] = j;
    for (guint i = 1; a[i - 1] != '\0'; i++) {
        guint diagonal = row[0];

        row[0] = i;
        for (guint j = 1; j <= length; j++) {
            guint other = g_ascii_tolower(a[i - 1]) != g_ascii_tolower(b[j - 1]);
            guint best = MIN(diagonal + other, MIN(row[j], row[j - 1]) + 1);

            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[length];
}

const char *nearest_name(const char *name, const GPtrArray *known)
{
    const char *nearest = NULL;
    guint least = CLOSE_ENOUGH + 1;

    if (strlen(name) > LONGEST)
        return NULL;
    for (guint i = 0; i < known->len; i++) {
        const char *candidate = g_ptr_array_index(known, i);
        guint slips = strlen(candidate) <= LONGEST ? slips_between(name, candidate) : least;

        if (slips < least) {
            least = slips;
            nearest = candidate;
        }
    }
    return nearest;
}

char *nearest_hint(const char *name, const GPtrArray *known)
{
    const char *nearest = nearest_name(name, known);

    return nearest == NULL ? g_strdup("") : g_strdup_printf(" (did you mean \"%s\"?)", nearest);
}

/* FAULT_USAGE: unknown `kind` "name"; did you mean …; known are …. */
static void set_unknown_name(GError **error, const char *kind, const char *name,
                             const GPtrArray *known)
{
    const char *nearest = nearest_name(name, known);
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "unknown %s \"%s\"", kind, name);
    if (nearest != NULL)
        g_string_append_printf(text, "; did you mean %s?", nearest);
    for (guint i = 0; i < known->len; i++)
        g_string_append_printf(text, "%s%s", i == 0 ? " (known: " : ", ",
                               (const char *)g_ptr_array_index(known, i));
    g_string_append(text, ")");
    g_set_error_literal(error, FAULT, FAULT_USAGE, text->str);
}

const void *row_named(const void *rows, size_t count, size_t size, const char *kind,
                      const char *name, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    for (size_t i = 0; i < count; i++) {
        const void *row = (const char *)rows + i * size;
        const char *const *row_name = row;

        if (name == NULL || g_str_equal(*row_name, name))
            return row;
        g_ptr_array_add(known, (gpointer)*row_name);
    }
    set_unknown_name(error, kind, name, known);
    return NULL;
}
