/* Text in markup. One function writes everything, so that no name can be forgotten. */
#include "report/markup.h"

#include "report/escape.h"

#include <string.h>

char *markup_text(const char *text)
{
    g_autofree char *visible = escape_text(text);
    g_autofree char *escaped = g_markup_escape_text(visible, -1);
    GString *result = g_string_new(escaped);

    /* Two code points that Unicode knows and XML does not. */
    g_string_replace(result, "\xef\xbf\xbe", "\\u{fffe}", 0);
    g_string_replace(result, "\xef\xbf\xbf", "\\u{ffff}", 0);
    return g_string_free(result, FALSE);
}

static void put_argument(Writer *out, char kind, va_list *arguments)
{
    g_autofree char *text = NULL;

    if (kind == 'u') {
        writer_print(out, "%u", va_arg(*arguments, guint));
        return;
    }
    g_assert(kind == 's');
    text = markup_text(va_arg(*arguments, const char *));
    writer_put(out, text);
}

void markup_print(Writer *out, const char *format, ...)
{
    va_list arguments;
    const char *mark;

    va_start(arguments, format);
    while ((mark = strchr(format, '%')) != NULL) {
        writer_put_length(out, format, (gsize)(mark - format));
        put_argument(out, mark[1], &arguments);
        format = mark + 2;
    }
    va_end(arguments);
    writer_put(out, format);
}
