/* Hostile text made harmless. Everything that is neither plainly visible nor a blank is
 * written as a visible escape, so that two different names never look alike for an invisible
 * reason. */
#include "report/escape.h"

#include <string.h>

gboolean escape_needed(gunichar character)
{
    switch (g_unichar_type(character)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return TRUE;
    default:
        return FALSE;
    }
}

static void append_character(GString *out, const char *text, gsize size)
{
    gunichar character = g_utf8_get_char(text);

    if (!escape_needed(character))
        g_string_append_len(out, text, (gssize)size);
    else if (character < 0x80)
        g_string_append_printf(out, "\\x%02x", character);
    else
        g_string_append_printf(out, "\\u{%04x}", character);
}

/* The number of bytes of the character at `text`, or 0 when it is none. A NUL is a character
 * here: GLib's validation would stop at it. */
static gsize character_size(const char *text, gsize length)
{
    gunichar character = g_utf8_get_char_validated(text, (gssize)length);

    if (*text == '\0')
        return 1;
    if (character == (gunichar)-1 || character == (gunichar)-2)
        return 0;
    return (gsize)g_utf8_skip[(guchar)*text];
}

static gsize plain_ascii(const char *text, gsize length)
{
    gsize count = 0;

    while (count < length && text[count] >= 0x20 && text[count] < 0x7f)
        count++;
    return count;
}

void escape_append(GString *out, const char *text, gsize length)
{
    while (length > 0) {
        gsize size = plain_ascii(text, length);

        if (size > 0) {
            g_string_append_len(out, text, (gssize)size);
        } else if ((size = character_size(text, length)) > 0) {
            append_character(out, text, size);
        } else {
            size = 1;
            g_string_append_printf(out, "\\x%02x", (guchar)*text);
        }
        text += size;
        length -= size;
    }
}

char *escape_text(const char *text)
{
    GString *out = g_string_new(NULL);

    if (text != NULL)
        escape_append(out, text, strlen(text));
    return g_string_free(out, FALSE);
}

char *escape_stray_bytes(const char *text)
{
    GString *out = g_string_new(NULL);
    const char *end;

    while (!g_utf8_validate(text, -1, &end)) {
        g_string_append_len(out, text, end - text);
        g_string_append_printf(out, "\\x%02x", (guchar)*end);
        text = end + 1;
    }
    g_string_append(out, text);
    return g_string_free(out, FALSE);
}
