#ifndef ADTOPO_REPORT_GRAPH_H
#define ADTOPO_REPORT_GRAPH_H

#include "model/topology.h"
#include "rules/audit.h"
#include "routing/route.h"

#include <glib.h>
#include <stdbool.h>

/*
 * A picture of the topology: frames within frames, servers in them, and strokes between them. It
 * says what is to be seen; the formats say how that is written. Texts in it are not escaped.
 */
typedef enum ShapeKind {
    SHAPE_ADMIN_GROUP, /* the first three are frames */
    SHAPE_ROUTING_GROUP,
    SHAPE_SITE,
    SHAPE_SERVER,
    SHAPE_LINK,    /* a site link of three and more sites */
    SHAPE_OUTSIDE, /* an address space */
} ShapeKind;

/* What is wrong with a shape or stroke, and whether a message passes it. */
typedef struct Mark {
    GPtrArray *rules;  /* of const char: ids of rules that raised something, each once; or NULL */
    Severity severity; /* the gravest of them */
    bool on_route;
    bool down; /* for the time being */
} Mark;

typedef struct Shape {
    ShapeKind kind;
    guint number;
    char *title;
    char *detail;  /* a further line, or NULL */
    Family family; /* of a server */
    bool hub;      /* a hub site */
    Mark mark;
    GPtrArray *children; /* of Shape, owned by the picture */
} Shape;

typedef enum StrokeKind {
    STROKE_CONNECTOR,
    STROKE_SPACE,
    STROKE_LINK,
    STROKE_SMTP_LINK
} StrokeKind;

/* Links have no direction. */
typedef struct Stroke {
    StrokeKind kind;
    const Shape *from;
    const Shape *to;
    char *label; /* or NULL */
    Mark mark;
} Stroke;

typedef struct Picture {
    const Topology *topology;
    GPtrArray *shapes;  /* of Shape, all of them */
    GPtrArray *top;     /* of Shape: those in no other one */
    GPtrArray *strokes; /* of Stroke */
    char *down;         /* what is down, in words; empty for nothing */
} Picture;

/*
 * Draws a view: "routing" (groups, their servers and connectors), "sites" (sites, their servers and
 * links) or "both" (also for NULL), in which the sites stand inside the routing group of Exchange
 * 2007. Warnings and errors of `audit`, the hops of `route` (either may be NULL) and what is down
 * are marked. NULL and FAULT_USAGE for an unknown view.
 */
Picture *picture_new(const Topology *topology, const char *view, const Audit *audit,
                     const Route *route, const Failures *failures, GError **error);
void picture_free(Picture *picture);

static inline bool shape_is_frame(const Shape *shape)
{
    return shape->kind <= SHAPE_SITE;
}

/* "CONN007, RG003", at most a few; NULL for none. The caller frees it. */
char *mark_text(const Mark *mark);

/* The colours that all formats share: "#rrggbb". NULL for a mark that needs none. */
const char *shape_fill(const Shape *shape);
const char *mark_colour(const Mark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Picture, picture_free)

#endif
