/* Taking the text of a distinguished name apart (RFC 4514, and what older writers made of it). */
#include "directory/rdn.h"

#include <string.h>

size_t rdn_skip_blanks(const char *text, size_t at, size_t length)
{
    while (at < length && text[at] == ' ')
        at++;
    return at;
}

/* Drops `<GUID=…>;` and `<SID=…>;`, which extended-DN listings put before a name. */
static size_t skip_extensions(const char *text, size_t length)
{
    size_t at = rdn_skip_blanks(text, 0, length);

    while (at < length && text[at] == '<') {
        const char *close = memchr(text + at, '>', length - at);

        if (close == NULL)
            break;
        at = rdn_skip_blanks(text, (size_t)(close - text) + 1, length);
        if (at < length && text[at] == ';')
            at = rdn_skip_blanks(text, at + 1, length);
    }
    return at;
}

/* The end of the first relative name: an unescaped, unquoted separator. */
static bool find_separator(const char *text, size_t length, Rdn *rdn)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < length; i++) {
        char c = text[i];

        if (c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ',' || c == ';'))
            break;
        else if (!quoted && c == '+')
            rdn->compound = true;
    }
    rdn->end = MIN(i, length);
    return !quoted && i <= length;
}

static bool is_type(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '.')
            return false;
    return length > 0;
}

static bool ends_escaped(const char *text, size_t length)
{
    size_t slashes = 0;

    while (slashes < length && text[length - 1 - slashes] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

bool rdn_split(const char *text, size_t length, Rdn *rdn)
{
    const char *equals;
    size_t start;
    size_t end;

    *rdn = (Rdn){.type = text};
    if (!find_separator(text, length, rdn))
        return false;
    equals = memchr(text, '=', rdn->end);
    if (equals == NULL)
        return false;
    rdn->type_length = (size_t)(equals - text);
    while (rdn->type_length > 0 && text[rdn->type_length - 1] == ' ')
        rdn->type_length--;
    start = rdn_skip_blanks(text, (size_t)(equals - text) + 1, rdn->end);
    end = rdn->end;
    while (end > start && text[end - 1] == ' ' && !ends_escaped(text + start, end - 1 - start))
        end--;
    rdn->value = text + start;
    rdn->value_length = end - start;
    return is_type(rdn->type, rdn->type_length) && rdn->value_length > 0;
}

bool rdn_unescape(const char *text, size_t length, GString *out)
{
    size_t i = 0;

    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        text++;
        length -= 2;
    }
    for (; i < length; i++) {
        if (text[i] != '\\') {
            g_string_append_c(out, text[i]);
            continue;
        }
        if (++i >= length)
            return false;
        if (i + 1 < length && g_ascii_isxdigit(text[i]) && g_ascii_isxdigit(text[i + 1])) {
            int byte = g_ascii_xdigit_value(text[i]) * 16 + g_ascii_xdigit_value(text[i + 1]);

            g_string_append_c(out, (char)byte);
            i++;
        } else {
            g_string_append_c(out, text[i]);
        }
    }
    return true;
}

const char *rdn_trim(const char *text, size_t *length)
{
    size_t start = skip_extensions(text, *length);
    size_t end = *length;

    if (end == 0) /* there may be no text at all */
        return text;
    while (end > start && text[end - 1] == ' ' && !ends_escaped(text, end - 1))
        end--;
    *length = end - start;
    return text + start;
}
