/*
 * Guesses about files that are not LDIF. People hand over what they have: csvde's output, AdFind's,
 * a report in HTML, a picture. Saying which is worth more than a complaint about a missing colon.
 */
#include "source/looks.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { LOOK = 1024 };

typedef struct Magic {
    const char *bytes;
    size_t length;
    const char *name;
} Magic;

#define MAGIC(bytes, name)             \
    {                                  \
        bytes, sizeof(bytes) - 1, name \
    }

static const Magic magics[] = {
    MAGIC("\xff\xd8\xff", "a JPEG picture"),
    MAGIC("\x89PNG", "a PNG picture"),
    MAGIC("GIF8", "a GIF picture"),
    MAGIC("%PDF", "a PDF document"),
    MAGIC("PK\x03\x04", "a ZIP archive or an Office document"),
    MAGIC("\xd0\xcf\x11\xe0", "an Office document"),
    MAGIC("BZh", "data packed with bzip2 (gzip is read, bzip2 is not)"),
    MAGIC("\xfd"
          "7zXZ",
          "data packed with xz (gzip is read, xz is not)"),
    MAGIC("\x28\xb5\x2f\xfd", "data packed with zstd (gzip is read, zstd is not)"),
    MAGIC("\x7f"
          "ELF",
          "a program"),
    MAGIC("MZ", "a Windows program"),
    MAGIC("SQLite format 3", "a database"),
    MAGIC("AdFind ", "AdFind output"),
    MAGIC("<!DOCTYPE html", "a web page"),
    MAGIC("<!doctype html", "a web page"),
    MAGIC("<html", "a web page"),
    MAGIC("<", "XML"),
    MAGIC("{", "JSON"),
    MAGIC("[", "JSON"),
};

static bool is_binary(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte == 0 || (byte < 0x20 && strchr("\t\n\r\f\x1a\x1b", byte) == NULL))
            return true;
    }
    return false;
}

/* Every other byte of plain text in UTF-16 is nought. */
static bool is_unmarked_utf16(const char *text, size_t length)
{
    if (length < 4)
        return false;
    return (text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0) ||
           (text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0);
}

static const char *magic_name(const char *text, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(magics); i++)
        if (length >= magics[i].length && memcmp(text, magics[i].bytes, magics[i].length) == 0)
            return magics[i].name;
    return NULL;
}

/* A separator on the first line before any colon: the heading of a table. */
static const char *table_name(const char *text, size_t length)
{
    const char *end = memchr(text, '\n', length);
    size_t line = end != NULL ? (size_t)(end - text) : length;
    const char *colon = memchr(text, ':', line);

    if (colon != NULL)
        line = (size_t)(colon - text);
    if (memchr(text, ',', line) != NULL)
        return "comma separated values";
    if (memchr(text, '\t', line) != NULL)
        return "tab separated values";
    return memchr(text, ';', line) != NULL ? "values separated by semicolons" : NULL;
}

/* AdFind prints its attributes as ">name: value" below "dn:". */
static bool is_adfind(const char *text, size_t length)
{
    return g_strstr_len(text, (gssize)length, "\n>") != NULL &&
           g_strstr_len(text, (gssize)length, "dn:") != NULL;
}

const char *text_looks_like(const char *text, size_t size, uint32_t *line)
{
    const char *end = text + size;
    const char *name;
    size_t length;

    *line = 1;
    for (; text < end && (*text == '\n' || *text == '\r'); text++)
        *line += *text == '\n';
    length = MIN((size_t)(end - text), (size_t)LOOK);
    name = magic_name(text, length);
    if (name == NULL && is_unmarked_utf16(text, length))
        name = "UTF-16 without a byte order mark";
    if (name == NULL && is_binary(text, length))
        name = "binary data";
    if (name == NULL && is_adfind(text, length))
        name = "AdFind output";
    return name != NULL ? name : table_name(text, length);
}
