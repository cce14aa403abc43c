/* Writing LDIF. Comments are escaped for people; values are not, since base64 carries any bytes. */
#include "report/ldif.h"

#include "report/escape.h"

#include <string.h>

enum { COLUMNS = 76 };

/* The first line takes 76 columns, the further ones 75 behind the blank that marks them. */
static void put_folded(Writer *out, const char *text, gsize length)
{
    gsize size = MIN(length, (gsize)COLUMNS);

    writer_put_length(out, text, size);
    for (gsize at = size; at < length; at += size) {
        size = MIN(length - at, (gsize)COLUMNS - 1);
        writer_put(out, "\n ");
        writer_put_length(out, text + at, size);
    }
    writer_put(out, "\n");
}

/* RFC 2849's SAFE-STRING, without blanks at the end, which editors and mail programs take away. */
static bool is_safe(const char *bytes, gsize length)
{
    if (length > 0 && (strchr(" :<", bytes[0]) != NULL || bytes[length - 1] == ' '))
        return false;
    for (gsize i = 0; i < length; i++)
        if (bytes[i] < 0x20 || bytes[i] >= 0x7f)
            return false;
    return true;
}

void text_ldif_begin(Writer *out)
{
    writer_put(out, "version: 1\n\n");
}

void text_ldif_comment(Writer *out, const char *text)
{
    g_autofree char *visible = escape_text(text);
    g_auto(GStrv) words = g_strsplit(visible, " ", -1);
    gsize column = 1;

    writer_put(out, "#");
    for (char **word = words; *word != NULL; word++) {
        if (column > 1 && column + 1 + strlen(*word) > COLUMNS) {
            writer_put(out, "\n#");
            column = 1;
        }
        writer_print(out, " %s", *word);
        column += 1 + strlen(*word);
    }
    writer_put(out, "\n");
}

void text_ldif_line(Writer *out, const char *name, const char *bytes, gsize length)
{
    GString *line = g_string_new(name);

    if (is_safe(bytes, length)) {
        g_string_append(line, ": ");
        g_string_append_len(line, bytes, (gssize)length);
    } else {
        g_autofree char *encoded = g_base64_encode((const guchar *)bytes, length);

        g_string_append_printf(line, ":: %s", encoded);
    }
    put_folded(out, line->str, line->len);
    g_string_free(line, TRUE);
}

void text_ldif_string(Writer *out, const char *name, const char *text)
{
    text_ldif_line(out, name, text, strlen(text));
}

void text_ldif_dn(Writer *out, const char *name, const Dn *dn)
{
    g_autofree char *text = dn_text(dn);

    text_ldif_string(out, name, text);
}

void text_ldif_value(Writer *out, const char *name, const Value *value)
{
    const Dn *dn = value_dn(value);
    uint32_t length;
    const char *bytes;

    if (dn != NULL) {
        text_ldif_dn(out, name, dn);
        return;
    }
    bytes = value_bytes(value, &length);
    text_ldif_line(out, name, bytes, length);
}
