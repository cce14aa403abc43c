/* JSON as every format of ours writes it. Pieces are serialised by jansson and laid into the
 * stream with their lines moved to the right depth; no piece knows where it will stand. */
#include "report/json.h"

#include "base/nearest.h"

#include "report/escape.h"

enum { INDENT = 2 };

static int collect(const char *bytes, size_t length, void *closure)
{
    g_string_append_len(closure, bytes, (gssize)length);
    return 0;
}

/* Bytes that stand for themselves wherever jansson writes them. */
static gsize ordinary_bytes(const char *text, gsize length)
{
    gsize count = 0;

    while (count < length && text[count] >= 0x20 && text[count] < 0x7f)
        count++;
    return count;
}

/* The line feed between values, and the blanks of the depth the next one stands at. */
static void put_line_feed(Writer *out, int depth)
{
    static const char blanks[] = "\n                                ";
    gsize length = 1 + (gsize)depth * INDENT;

    writer_put_length(out, blanks, MIN(length, sizeof blanks - 1));
}

static void put_unicode_escape(Writer *out, gunichar character)
{
    if (character < 0x10000) {
        writer_print(out, "\\u%04x", character);
        return;
    }
    character -= 0x10000;
    writer_print(out, "\\u%04x\\u%04x", 0xd800 + (character >> 10), 0xdc00 + (character & 0x3ff));
}

/* Copies serialised JSON: line feeds stand between values only, all else that is not
 * ordinary stands in strings. */
static void put_serialised(Writer *out, const char *text, gsize length, int depth)
{
    while (length > 0) {
        gsize size = ordinary_bytes(text, length);
        gunichar character;

        if (size > 0) {
            writer_put_length(out, text, size);
        } else if (*text == '\n') {
            size = 1;
            put_line_feed(out, depth);
        } else {
            character = g_utf8_get_char(text);
            size = (gsize)g_utf8_skip[(guchar)*text];
            if (escape_needed(character))
                put_unicode_escape(out, character);
            else
                writer_put_length(out, text, size);
        }
        text += size;
        length -= size;
    }
}

static void put_value(Writer *out, json_t *value, int depth)
{
    g_autoptr(GString) text = g_string_new(NULL);

    json_dump_callback(value, collect, text, JSON_INDENT(INDENT) | JSON_ENCODE_ANY);
    json_decref(value);
    put_serialised(out, text->str, text->len, depth);
}

static void begin_value(JsonStream *stream, const char *key)
{
    if (stream->depth > 0 && !stream->first)
        writer_put(stream->out, ",");
    if (stream->depth > 0)
        put_line_feed(stream->out, stream->depth);
    if (key != NULL)
        writer_print(stream->out, "\"%s\": ", key);
    stream->first = false;
}

void stream_open(JsonStream *stream, const char *key, char bracket)
{
    begin_value(stream, key);
    writer_put_length(stream->out, &bracket, 1);
    stream->depth++;
    stream->first = true;
}

void stream_close(JsonStream *stream, char bracket)
{
    stream->depth--;
    if (!stream->first)
        put_line_feed(stream->out, stream->depth);
    writer_put(stream->out, bracket == '{' ? "}" : "]");
    stream->first = false;
    if (stream->depth == 0)
        writer_put(stream->out, "\n");
}

void stream_value(JsonStream *stream, const char *key, json_t *value)
{
    begin_value(stream, key);
    put_value(stream->out, value, stream->depth);
}

void document_write(Writer *out, json_t *value)
{
    put_value(out, value, 0);
    writer_put(out, "\n");
}

json_t *text_value(const char *text)
{
    g_autofree char *repaired = NULL;

    if (text == NULL)
        return json_null();
    if (g_utf8_validate(text, -1, NULL))
        return json_string_nocheck(text);
    repaired = escape_stray_bytes(text);
    return json_string_nocheck(repaired);
}

json_t *take_text_value(char *text)
{
    json_t *value = text_value(text);

    g_free(text);
    return value;
}

json_t *texts_value(const GPtrArray *texts)
{
    json_t *value = json_array();

    FOR_EACH(const char, text, texts)
        json_array_append_new(value, text_value(text));
    return value;
}

json_t *integer_value(OptionalInteger integer)
{
    return integer.present ? json_integer(integer.value) : json_null();
}

json_t *boolean_value(OptionalBoolean boolean)
{
    return boolean.present ? json_boolean(boolean.value) : json_null();
}

json_t *origin_value(Origin origin)
{
    json_t *value = json_object();

    json_object_set_new(value, "source", json_integer(origin.source));
    if (origin.line == 0 && origin.usn != 0)
        json_object_set_new(value, "usn",
                            take_text_value(g_strdup_printf("%" G_GUINT64_FORMAT, origin.usn)));
    else
        json_object_set_new(value, "line",
                            origin.line != 0 ? json_integer(origin.line) : json_null());
    return value;
}

bool format_is_json(const char *format, bool *json, GError **error)
{
    static const char *const formats[] = {"text", "json"};
    const char *const *chosen = row_named(formats, G_N_ELEMENTS(formats), sizeof *formats, "format",
                                          format, error);

    *json = chosen == &formats[1];
    return chosen != NULL;
}
