/* Buffered output and the layout of text. Widths are counted in terminal columns, not in bytes or
 * characters, so that names in any script line up. */
#include "report/writer.h"

#include "base/fault.h"
#include "report/escape.h"

#include <string.h>

enum { FLUSH_AT = 1 << 16, DEFAULT_WIDTH = 80, LEAST_WIDTH = 20, LABEL_WIDTH = 11 };

void writer_open(Writer *out, const Style *style, Sink sink, void *closure)
{
    static const Style plain = {0};

    if (style == NULL)
        style = &plain;
    *out = (Writer){
        .sink = sink,
        .closure = closure,
        .buffer = g_string_sized_new(FLUSH_AT + FLUSH_AT / 4),
        .width = MAX(style->width == 0 ? DEFAULT_WIDTH : style->width, LEAST_WIDTH),
        .label_width = LABEL_WIDTH,
        .colour = style->colour,
        .verbose = style->verbose,
    };
}

static void flush(Writer *out)
{
    if (!out->failed && out->buffer->len > 0)
        out->failed = !out->sink(out->buffer->str, out->buffer->len, out->closure);
    g_string_truncate(out->buffer, 0);
}

bool writer_close(Writer *out, GError **error)
{
    flush(out);
    g_string_free(out->buffer, TRUE);
    out->buffer = NULL;
    if (out->failed)
        g_set_error_literal(error, FAULT, FAULT_SOURCE, "the output could not be written");
    return !out->failed;
}

void writer_put_length(Writer *out, const char *text, gsize length)
{
    g_string_append_len(out->buffer, text, (gssize)length);
    if (out->buffer->len >= FLUSH_AT)
        flush(out);
}

void writer_put(Writer *out, const char *text)
{
    writer_put_length(out, text, strlen(text));
}

void writer_print(Writer *out, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_string_append_vprintf(out->buffer, format, arguments);
    va_end(arguments);
    if (out->buffer->len >= FLUSH_AT)
        flush(out);
}

void writer_paint(Writer *out, Paint paint, const char *text)
{
    static const char *const codes[] = {
        [PAINT_HEADING] = "\033[1m",
        [PAINT_ERROR] = "\033[1;31m",
        [PAINT_WARNING] = "\033[1;33m",
        [PAINT_NOTE] = "\033[36m",
    };

    if (!out->colour || paint == PAINT_PLAIN) {
        writer_put(out, text);
        return;
    }
    writer_put(out, codes[paint]);
    writer_put(out, text);
    writer_put(out, "\033[0m");
}

int character_columns(gunichar character)
{
    /* Nothing before the first combining mark is special. */
    if (character < 0x300)
        return 1;
    if (g_unichar_iszerowidth(character))
        return 0;
    return g_unichar_iswide(character) ? 2 : 1;
}

int text_columns(const char *text)
{
    int columns = 0;

    for (; *text != '\0'; text = g_utf8_next_char(text))
        columns += character_columns(g_utf8_get_char(text));
    return columns;
}

/* How much of `word` fits into `room` columns, at least one character; a comma is a good
 * place. */
static gsize fitting_bytes(const char *word, gsize length, int room)
{
    gsize used = 0;
    gsize after_comma = 0;
    int columns = 0;

    while (used < length) {
        const char *at = word + used;

        columns += character_columns(g_utf8_get_char(at));
        if (columns > room && used > 0)
            break;
        used += (gsize)(g_utf8_next_char(at) - at);
        if (*at == ',')
            after_comma = used;
    }
    return used < length && after_comma > 0 ? after_comma : used;
}

static void new_line(Writer *out, int indent)
{
    writer_print(out, "\n%*s", indent, "");
}

/* One word that is longer than a line, in pieces; returns the column behind it. */
static int put_long_word(Writer *out, int column, int indent, const char *word, gsize length)
{
    while (length > 0) {
        gsize size = fitting_bytes(word, length, out->width - column);

        writer_put_length(out, word, size);
        if (size == length) {
            g_autofree char *rest = g_strndup(word, size);
            return column + text_columns(rest);
        }
        word += size;
        length -= size;
        new_line(out, indent);
        column = indent;
    }
    return column;
}

/* Puts a word on this line if it fits there, else on the next; returns the column behind it. */
static int put_word(Writer *out, int column, int indent, bool first, const char *word)
{
    int columns = text_columns(word);
    int gap = first ? 0 : 1;

    if (column + gap + columns <= out->width) {
        writer_print(out, "%*s%s", gap, "", word);
        return column + gap + columns;
    }
    if (!first || (column > indent && indent + columns <= out->width)) {
        new_line(out, indent);
        column = indent;
    }
    return put_long_word(out, column, indent, word, strlen(word));
}

void writer_wrap(Writer *out, int column, int indent, const char *text)
{
    g_autofree char *escaped = escape_text(text);
    g_auto(GStrv) words = g_strsplit(escaped, " ", -1);
    bool first = true;

    /* On a very narrow terminal a deep indent would leave no room. */
    indent = MIN(indent, out->width / 2);
    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0')
            continue;
        column = put_word(out, column, indent, first, *word);
        first = false;
    }
    writer_put(out, "\n");
}

void writer_item(Writer *out, int indent, const char *label, const char *text)
{
    int gap = MAX(out->label_width - text_columns(label), 1);

    writer_print(out, "%*s", indent, "");
    writer_paint(out, PAINT_HEADING, label);
    writer_print(out, "%*s", gap, "");
    writer_wrap(out, indent + text_columns(label) + gap, indent + out->label_width, text);
}
