/* The list of diagnostics. It is bounded, because a hostile file could raise one a line. */
#include "base/diagnostic.h"

enum { LEVELS = DIAGNOSTIC_ERROR + 1 };

struct Diagnostics {
    GPtrArray *kept;
    guint counts[LEVELS];
};

static void diagnostic_free(gpointer data)
{
    Diagnostic *diagnostic = data;

    g_free(diagnostic->message);
    g_free(diagnostic);
}

Diagnostics *diagnostics_new(void)
{
    Diagnostics *list = g_new0(Diagnostics, 1);

    list->kept = g_ptr_array_new_with_free_func(diagnostic_free);
    return list;
}

void diagnostics_free(Diagnostics *list)
{
    if (list == NULL)
        return;
    g_ptr_array_unref(list->kept);
    g_free(list);
}

static void keep(Diagnostics *list, DiagnosticLevel level, Origin origin, char *message)
{
    Diagnostic *diagnostic = g_new(Diagnostic, 1);

    *diagnostic = (Diagnostic){.level = level, .origin = origin, .message = message};
    g_ptr_array_add(list->kept, diagnostic);
}

char *diagnostic_quote(const char *text, size_t length)
{
    enum { SHOWN = 60 };
    size_t shown = SHOWN;

    if (length <= SHOWN)
        return g_strdup_printf("\"%.*s\"", (int)length, text);
    while (shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80)
        shown--;
    return g_strdup_printf("\"%.*s...\"", (int)shown, text);
}

void diagnose(Diagnostics *list, DiagnosticLevel level, Origin origin, const char *format, ...)
{
    va_list arguments;

    if (list->counts[level]++ >= DIAGNOSTIC_LIMIT)
        return;
    va_start(arguments, format);
    keep(list, level, origin, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

void diagnostics_append(Diagnostics *list, const Diagnostics *from, uint32_t line_offset)
{
    guint room[LEVELS];

    for (guint level = 0; level < LEVELS; level++) {
        guint had = list->counts[level];

        room[level] = had < DIAGNOSTIC_LIMIT ? DIAGNOSTIC_LIMIT - had : 0;
        list->counts[level] += from->counts[level];
    }
    for (guint i = 0; i < from->kept->len; i++) {
        const Diagnostic *next = diagnostics_get(from, i);
        Origin origin = next->origin;

        if (room[next->level] == 0)
            continue;
        room[next->level]--;
        if (origin.line != 0)
            origin.line += line_offset;
        keep(list, next->level, origin, g_strdup(next->message));
    }
}

guint diagnostics_count(const Diagnostics *list, DiagnosticLevel level)
{
    return list->counts[level];
}

guint diagnostics_length(const Diagnostics *list)
{
    return list->kept->len;
}

const Diagnostic *diagnostics_get(const Diagnostics *list, guint index)
{
    return g_ptr_array_index(list->kept, index);
}
