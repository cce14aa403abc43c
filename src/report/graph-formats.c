/* What all formats of a picture share: its colours, the words of its marks, and which formats there
 * are. */
#include "report/graph-formats.h"

#include "base/nearest.h"

/* --- the look ----------------------------------------------------------------------------- */

char *mark_text(const Mark *mark)
{
    enum { SHOWN = 4 };
    GString *text;

    if (mark->rules == NULL)
        return NULL;
    text = g_string_new(NULL);
    for (guint i = 0; i < mark->rules->len && i < SHOWN; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
                               (const char *)mark->rules->pdata[i]);
    if (mark->rules->len > SHOWN)
        g_string_append_printf(text, " and %u more", mark->rules->len - SHOWN);
    return g_string_free(text, FALSE);
}

const char *mark_colour(const Mark *mark)
{
    if (mark->rules != NULL)
        return mark->severity == SEVERITY_ERROR ? "#c62828" : "#e07b00";
    if (mark->on_route)
        return "#1a56db";
    return mark->down ? "#9e9e9e" : NULL;
}

const char *shape_fill(const Shape *shape)
{
    switch (shape->kind) {
    case SHAPE_ADMIN_GROUP:
        return "#fafafa";
    case SHAPE_ROUTING_GROUP:
        return "#f0f0f0";
    case SHAPE_SITE:
        return shape->hub ? "#d9e6d9" : "#eaf3ea";
    case SHAPE_LINK:
    case SHAPE_OUTSIDE:
        return "#ffffff";
    case SHAPE_SERVER:
        break;
    }
    if (shape->family == FAMILY_UNKNOWN)
        return "#dddddd";
    if (shape->family <= FAMILY_2003)
        return "#f6d9a8";
    return shape->family == FAMILY_2007 ? "#bcd9f5" : "#c4e3b5";
}

/* --- formats ------------------------------------------------------------------------------ */

typedef struct Format {
    const char *name;
    void (*write)(const Picture *picture, Writer *out);
} Format;

static const Format formats[] = {
    {"dot", graph_write_dot},
    {"mermaid", graph_write_mermaid},
    {"graphml", graph_write_graphml},
};

bool graph_write(const Picture *picture, const char *format, Sink sink, void *closure,
                 GError **error)
{
    const Format *chosen = row_named(formats, G_N_ELEMENTS(formats), sizeof *formats, "format",
                                     format, error);
    Writer out;

    if (chosen == NULL)
        return false;
    writer_open(&out, NULL, sink, closure);
    chosen->write(picture, &out);
    return writer_close(&out, error);
}
