/*
 * Pictures for Graphviz. Frames are clusters; a stroke to a frame runs to an invisible point in
 * it and is cut off at its border.
 */
#include "report/escape.h"
#include "report/graph-formats.h"

/* Within double quotes: quotes and backslashes get a backslash, and ampersands would begin
 * entities. */
static void put_text(Writer *out, const char *text)
{
    g_autofree char *escaped = escape_text(text);

    for (const char *at = escaped; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            writer_put(out, "\\");
        writer_put_length(out, at, 1);
        if (*at == '&')
            writer_put(out, "amp;");
    }
}

static void put_label(Writer *out, const char *title, const char *detail, const Mark *mark)
{
    g_autofree char *rules = mark_text(mark);

    writer_put(out, "label=\"");
    put_text(out, title);
    if (detail != NULL) {
        writer_put(out, "\\n");
        put_text(out, detail);
    }
    if (rules != NULL) {
        writer_put(out, "\\n");
        put_text(out, rules);
    }
    writer_put(out, "\"");
}

static void put_mark(Writer *out, const Mark *mark, const char *separator)
{
    const char *colour = mark_colour(mark);

    if (colour != NULL)
        writer_print(out, "%scolor=\"%s\"%spenwidth=%d", separator, colour, separator,
                     mark->on_route ? 4 : 2);
}

static void indent(Writer *out, int depth)
{
    writer_print(out, "%*s", depth * 2, "");
}

/* --- shapes ------------------------------------------------------------------------------- */

static const char *frame_word(ShapeKind kind)
{
    static const char *const words[] = {
        [SHAPE_ADMIN_GROUP] = "Administrative group",
        [SHAPE_ROUTING_GROUP] = "Routing group",
        [SHAPE_SITE] = "Site",
    };

    return words[kind];
}

static void write_node(const Shape *shape, int depth, Writer *out)
{
    indent(out, depth);
    writer_print(out, "n%u [", shape->number);
    put_label(out, shape->title, shape->detail, &shape->mark);
    writer_print(out, " fillcolor=\"%s\"", shape_fill(shape));
    if (shape->kind == SHAPE_OUTSIDE)
        writer_put(out, " shape=note");
    else if (shape->kind == SHAPE_LINK)
        writer_put(out, " shape=diamond");
    put_mark(out, &shape->mark, " ");
    writer_put(out, "]\n");
}

static void write_shape(const Shape *shape, int depth, Writer *out);

static void write_frame(const Shape *shape, int depth, Writer *out)
{
    g_autofree char *title = g_strdup_printf("%s %s", frame_word(shape->kind), shape->title);

    indent(out, depth);
    writer_print(out, "subgraph cluster_%u {\n", shape->number);
    indent(out, depth + 1);
    put_label(out, title, shape->detail, &shape->mark);
    writer_print(out, " bgcolor=\"%s\" color=\"#999999\" style=%s labelloc=t", shape_fill(shape),
                 shape->kind == SHAPE_ADMIN_GROUP ? "dashed" : "solid");
    put_mark(out, &shape->mark, " ");
    writer_put(out, "\n");
    indent(out, depth + 1);
    writer_print(out, "n%u [shape=point style=invis width=0 label=\"\"]\n", shape->number);
    FOR_EACH(const Shape, child, shape->children)
        write_shape(child, depth + 1, out);
    indent(out, depth);
    writer_put(out, "}\n");
}

/* Frames are three deep at most. */
static void write_shape(const Shape *shape, int depth, Writer *out)
{
    if (shape_is_frame(shape))
        write_frame(shape, depth, out);
    else
        write_node(shape, depth, out);
}

/* --- strokes ------------------------------------------------------------------------------ */

static void write_stroke(const Stroke *stroke, Writer *out)
{
    static const char *const styles[] = {
        [STROKE_CONNECTOR] = "",
        [STROKE_SPACE] = " style=dashed",
        [STROKE_LINK] = " dir=none",
        [STROKE_SMTP_LINK] = " dir=none style=dotted",
    };

    writer_print(out, "  n%u -> n%u [", stroke->from->number, stroke->to->number);
    put_label(out, stroke->label == NULL ? "" : stroke->label, NULL, &stroke->mark);
    writer_put(out, styles[stroke->kind]);
    if (stroke->mark.down && stroke->kind == STROKE_CONNECTOR)
        writer_put(out, " style=dashed");
    if (shape_is_frame(stroke->from))
        writer_print(out, " ltail=cluster_%u", stroke->from->number);
    if (shape_is_frame(stroke->to))
        writer_print(out, " lhead=cluster_%u", stroke->to->number);
    put_mark(out, &stroke->mark, " ");
    writer_put(out, "]\n");
}

/* --- the whole ---------------------------------------------------------------------------- */

void graph_write_dot(const Picture *picture, Writer *out)
{
    const Organization *organization = picture->topology->organization;

    writer_put(out,
               "digraph adtopo {\n"
               "  graph [compound=true rankdir=LR ranksep=1.2 nodesep=0.4 fontname=\"Helvetica\" "
               "labelloc=b fontsize=12]\n"
               "  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica\" fontsize=11 "
               "color=\"#555555\"]\n"
               "  edge [fontname=\"Helvetica\" fontsize=10 color=\"#555555\"]\n"
               "  label=\"");
    put_text(out, organization == NULL ? "No Exchange organisation" : organization->object.name);
    writer_put(out, "\\norange: up to 2003, blue: 2007, green: 2010 and later; red: error, amber: "
                    "warning, thick: the route");
    if (*picture->down != '\0') {
        writer_put(out, "\\ndown, in grey: ");
        put_text(out, picture->down);
    }
    writer_put(out, "\"\n");
    FOR_EACH(const Shape, shape, picture->top)
        write_shape(shape, 1, out);
    FOR_EACH(const Stroke, stroke, picture->strokes)
        write_stroke(stroke, out);
    writer_put(out, "}\n");
}
