/* Files that are read whole. GLib's own function would read an endless device until memory is
 * gone; here is a limit. */
#include "base/text-file.h"

#include "base/fault.h"

#include <errno.h>
#include <stdio.h>

enum { CHUNK = 65536 };

/* Editors put a mark of the byte order before UTF-8, where it says nothing. */
static void drop_mark(GString *text)
{
    static const char mark[] = "\xef\xbb\xbf";

    if (g_str_has_prefix(text->str, mark))
        g_string_erase(text, 0, sizeof mark - 1);
}

/* Everything that the stream has to give, or NULL. */
static GString *read_stream(FILE *stream, const char *path, GError **error)
{
    g_autofree char *chunk = g_malloc(CHUNK);
    GString *text = g_string_new(NULL);
    gsize got;

    while ((got = fread(chunk, 1, CHUNK, stream)) > 0 && text->len + got <= TEXT_FILE_MOST)
        g_string_append_len(text, chunk, (gssize)got);
    if (got == 0 && !ferror(stream))
        return text;
    if (got == 0)
        fault_of_file(error, FAULT_USAGE, "read", path, errno);
    else
        g_set_error(error, FAULT, FAULT_USAGE, "%s is larger than %d MB, which no such file is",
                    path, TEXT_FILE_MOST / (1024 * 1024));
    g_string_free(text, TRUE);
    return NULL;
}

char *text_file_read(const char *path, gsize *length, GError **error)
{
    FILE *stream = fopen(path, "rbe");
    GString *text;

    if (stream == NULL) {
        fault_of_file(error, FAULT_USAGE, "read", path, errno);
        return NULL;
    }
    text = read_stream(stream, path, error);
    fclose(stream);
    if (text == NULL)
        return NULL;
    drop_mark(text);
    *length = text->len;
    return g_string_free(text, FALSE);
}
