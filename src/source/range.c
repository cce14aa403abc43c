/* Attribute descriptions of a server's answer: name and range option. */
#include "source/range.h"

#include <string.h>

size_t attribute_name_length(const char *description, size_t length)
{
    const char *semicolon = memchr(description, ';', length);

    return semicolon == NULL ? length : (size_t)(semicolon - description);
}

/* "0-1499" or "1500-*". */
static bool parse_bounds(const char *text, AttributeRange *range)
{
    g_auto(GStrv) bounds = g_strsplit(text, "-", 2);

    if (g_strv_length(bounds) != 2 ||
        !g_ascii_string_to_unsigned(bounds[0], 10, 0, G_MAXUINT32, &range->first, NULL))
        return false;
    range->final = g_str_equal(bounds[1], "*");
    range->last = range->first;
    return range->final ||
           g_ascii_string_to_unsigned(bounds[1], 10, range->first, G_MAXUINT32, &range->last, NULL);
}

bool attribute_range(const char *description, size_t length, AttributeRange *range)
{
    size_t name = attribute_name_length(description, length);
    g_autofree char *text = NULL;
    g_auto(GStrv) options = NULL;

    if (name == length)
        return false;
    text = g_strndup(description + name + 1, length - name - 1);
    options = g_strsplit(text, ";", -1);
    for (char **option = options; *option != NULL; option++)
        if (g_ascii_strncasecmp(*option, "range=", 6) == 0)
            return parse_bounds(*option + 6, range);
    return false;
}
