/* What ldapsearch and ldbsearch write between the entries. */
#include "source/listing.h"

#include <glib.h>

enum { SHOWN_RESULT = 160 };

bool listing_begins(const Line *line)
{
    static const char *const words[] = {"search", "result", "ref", "extended"};

    if (line->kind != LINE_ATTRIBUTE)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (line_is(line, words[i]))
            return true;
    return false;
}

/* "result: 4 Size limit exceeded"; NULL for success. */
static char *failure_text(Parser *parser)
{
    size_t length;
    const char *text = parser_text(parser, &length);

    if (text == NULL || (length >= 1 && text[0] == '0' && (length == 1 || text[1] == ' ')))
        return NULL;
    return g_strdup_printf("the search that made this listing ended with result %.*s",
                           (int)MIN(length, (size_t)SHOWN_RESULT), text);
}

char *listing_take(Parser *parser, uint32_t *line)
{
    char *failure = NULL;

    for (; parser->line.kind != LINE_END; parser_next(parser)) {
        if (failure != NULL || parser->line.kind != LINE_ATTRIBUTE ||
            !line_is(&parser->line, "result"))
            continue;
        *line = parser->line.number;
        failure = failure_text(parser);
    }
    return failure;
}
