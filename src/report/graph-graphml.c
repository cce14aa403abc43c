/* Pictures for graph editors (yEd, Gephi, networkx): GraphML with nested graphs for the frames. */
#include "report/escape.h"
#include "report/graph-formats.h"

/* Everything that is no printable character was made one before. */
static void put_data(Writer *out, const char *key, const char *text)
{
    g_autofree char *escaped = NULL;
    g_autofree char *markup = NULL;

    if (text == NULL)
        return;
    escaped = escape_text(text);
    markup = g_markup_escape_text(escaped, -1);
    writer_print(out, "<data key=\"%s\">%s</data>", key, markup);
}

static void put_mark(Writer *out, const Mark *mark)
{
    g_autofree char *rules = mark_text(mark);

    put_data(out, "findings", rules);
    if (mark->rules != NULL)
        put_data(out, "severity", severity_name(mark->severity));
    if (mark->on_route)
        put_data(out, "route", "true");
    if (mark->down)
        put_data(out, "down", "true");
}

static void write_shape(const Shape *shape, Writer *out)
{
    static const char *const kinds[] = {
        [SHAPE_ADMIN_GROUP] = "admin-group",
        [SHAPE_ROUTING_GROUP] = "routing-group",
        [SHAPE_SITE] = "site",
        [SHAPE_SERVER] = "server",
        [SHAPE_LINK] = "site-link",
        [SHAPE_OUTSIDE] = "address-space",
    };

    writer_print(out, "<node id=\"n%u\">", shape->number);
    put_data(out, "name", shape->title);
    put_data(out, "kind", kinds[shape->kind]);
    put_data(out, "detail", shape->detail);
    put_data(out, "fill", shape_fill(shape));
    put_mark(out, &shape->mark);
    if (shape->children->len > 0) {
        writer_print(out, "\n<graph id=\"g%u\" edgedefault=\"directed\">\n", shape->number);
        FOR_EACH(const Shape, child, shape->children)
            write_shape(child, out);
        writer_put(out, "</graph>");
    }
    writer_put(out, "</node>\n");
}

static void write_stroke(const Stroke *stroke, guint number, Writer *out)
{
    static const char *const kinds[] = {
        [STROKE_CONNECTOR] = "connector",
        [STROKE_SPACE] = "address-space",
        [STROKE_LINK] = "site-link",
        [STROKE_SMTP_LINK] = "smtp-site-link",
    };
    bool directed = stroke->kind == STROKE_CONNECTOR || stroke->kind == STROKE_SPACE;

    writer_print(out, "<edge id=\"e%u\" source=\"n%u\" target=\"n%u\" directed=\"%s\">", number,
                 stroke->from->number, stroke->to->number, directed ? "true" : "false");
    put_data(out, "label", stroke->label);
    put_data(out, "stroke", kinds[stroke->kind]);
    put_mark(out, &stroke->mark);
    writer_put(out, "</edge>\n");
}

/* A key: its name, and what it is a property of. */
static const char *const keys[][2] = {
    {"name", "node"},  {"kind", "node"},   {"detail", "node"},  {"fill", "node"},
    {"label", "edge"}, {"stroke", "edge"}, {"findings", "all"}, {"severity", "all"},
    {"route", "all"},  {"down", "all"},
};

void graph_write_graphml(const Picture *picture, Writer *out)
{
    writer_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        writer_print(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"string\"/>\n",
                     keys[i][0], keys[i][1], keys[i][0]);
    writer_put(out, "<graph id=\"adtopo\" edgedefault=\"directed\">\n");
    FOR_EACH(const Shape, shape, picture->top)
        write_shape(shape, out);
    for (guint i = 0; i < picture->strokes->len; i++)
        write_stroke(picture->strokes->pdata[i], i, out);
    writer_put(out, "</graph>\n</graphml>\n");
}
