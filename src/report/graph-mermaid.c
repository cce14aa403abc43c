/* Pictures for Mermaid, which Markdown viewers draw: a flowchart with subgraphs. */
#include "report/escape.h"
#include "report/graph-formats.h"

#include <string.h>

/* Within double quotes: what Mermaid or the HTML it makes would take for its own becomes an
 * entity. */
static void put_text(Writer *out, const char *text)
{
    g_autofree char *escaped = escape_text(text);

    for (const char *at = escaped; *at != '\0'; at++) {
        if (strchr("\"#&<>`;\\", *at) != NULL)
            writer_print(out, "#%d;", *at);
        else
            writer_put_length(out, at, 1);
    }
}

static void put_label(Writer *out, const char *title, const char *detail, const Mark *mark)
{
    g_autofree char *rules = mark_text(mark);

    writer_put(out, "\"");
    put_text(out, title);
    if (detail != NULL) {
        writer_put(out, "<br/>");
        put_text(out, detail);
    }
    if (rules != NULL) {
        writer_put(out, "<br/>");
        put_text(out, rules);
    }
    writer_put(out, "\"");
}

static void indent(Writer *out, int depth)
{
    writer_print(out, "%*s", depth * 2, "");
}

/* --- shapes ------------------------------------------------------------------------------- */

static void write_shape(const Shape *shape, int depth, Writer *out);

static void write_frame(const Shape *shape, int depth, Writer *out)
{
    indent(out, depth);
    writer_print(out, "subgraph n%u[", shape->number);
    put_label(out, shape->title, shape->detail, &shape->mark);
    writer_put(out, "]\n");
    FOR_EACH(const Shape, child, shape->children)
        write_shape(child, depth + 1, out);
    indent(out, depth);
    writer_put(out, "end\n");
}

static void write_node(const Shape *shape, int depth, Writer *out)
{
    static const char *const brackets[][2] = {
        [SHAPE_SERVER] = {"[", "]"},
        [SHAPE_LINK] = {"{", "}"},
        [SHAPE_OUTSIDE] = {"([", "])"},
    };

    indent(out, depth);
    writer_print(out, "n%u%s", shape->number, brackets[shape->kind][0]);
    put_label(out, shape->title, shape->detail, &shape->mark);
    writer_print(out, "%s\n", brackets[shape->kind][1]);
}

/* A frame without anything in it is drawn like a node. */
static void write_shape(const Shape *shape, int depth, Writer *out)
{
    if (shape_is_frame(shape))
        write_frame(shape, depth, out);
    else
        write_node(shape, depth, out);
}

static void write_style(const Shape *shape, Writer *out)
{
    const char *colour = mark_colour(&shape->mark);

    writer_print(out, "  style n%u fill:%s,color:#000000", shape->number, shape_fill(shape));
    if (colour != NULL)
        writer_print(out, ",stroke:%s,stroke-width:%dpx", colour, shape->mark.on_route ? 4 : 2);
    writer_put(out, "\n");
}

/* --- strokes ------------------------------------------------------------------------------ */

static void write_stroke(const Stroke *stroke, Writer *out)
{
    static const char *const lines[] = {
        [STROKE_CONNECTOR] = "-->",
        [STROKE_SPACE] = "-.->",
        [STROKE_LINK] = "---",
        [STROKE_SMTP_LINK] = "-.-",
    };

    writer_print(out, "  n%u %s", stroke->from->number, lines[stroke->kind]);
    if (stroke->label != NULL) {
        writer_put(out, "|");
        put_label(out, stroke->label, NULL, &stroke->mark);
        writer_put(out, "|");
    }
    writer_print(out, " n%u\n", stroke->to->number);
}

static void write_stroke_style(const Stroke *stroke, guint number, Writer *out)
{
    const char *colour = mark_colour(&stroke->mark);

    if (colour != NULL)
        writer_print(out, "  linkStyle %u stroke:%s,stroke-width:%dpx\n", number, colour,
                     stroke->mark.on_route ? 4 : 2);
}

void graph_write_mermaid(const Picture *picture, Writer *out)
{
    writer_put(out, "flowchart LR\n");
    FOR_EACH(const Shape, shape, picture->top)
        write_shape(shape, 1, out);
    FOR_EACH(const Stroke, stroke, picture->strokes)
        write_stroke(stroke, out);
    FOR_EACH(const Shape, shape, picture->shapes)
        write_style(shape, out);
    for (guint i = 0; i < picture->strokes->len; i++)
        write_stroke_style(picture->strokes->pdata[i], i, out);
}
