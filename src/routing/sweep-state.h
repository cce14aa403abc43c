#ifndef ADTOPO_ROUTING_SWEEP_STATE_H
#define ADTOPO_ROUTING_SWEEP_STATE_H

#include "routing/sweep.h"

/*
 * The inside of a sweep, for the files that make it: the ways before anything is taken out, and
 * what there is to be taken out.
 */

/* What is taken out together. */
typedef struct Cut {
    GPtrArray *connectors; /* of const Connector */
    GPtrArray *sites;      /* of const Site: none of its servers carries mail any more */
    GPtrArray *links;      /* of const SiteLink */
} Cut;

typedef struct Element {
    SweepKind kind;
    const Object *object;
    Cut cut;
    GHashTable *servers; /* of const Server: those that die with it */
    GHashTable *lost;    /* with pairs: the ways that it loses alone, as keys */
    GPtrArray *loops;    /* with pairs: of SweepLoop: what goes round when it alone is down */
    GPtrArray *spaces;   /* with pairs: of char: what it alone is the sole connector for */
} Element;

typedef struct Sweeper {
    Sweep *sweep;
    const Topology *topology;
    const GroupNet *net;
    const Failures *failures;
    Element *base; /* what is down all the time; every element has it in its cut */
    bool suppressed;
    guint places;
    GPtrArray *groups;     /* of const RoutingGroup: those with servers */
    guint64 *group_costs;  /* by number of the destination, then of the source */
    GHashTable *edges;     /* const Connector → GPtrArray of const GroupEdge */
    GroupTree *tree;       /* towards a group, something taken out */
    GroupTree *heard;      /* the same, connectors of 2007 left in */
    GPtrArray *carriers;   /* of const Site: those with servers that carry mail */
    GHashTable *link_uses; /* const SiteLink → GArray of SweepWay */
    GHashTable *site_uses; /* const Site → GArray of SweepWay: hub sites inside paths */
    GHashTable *users;     /* const Server → GPtrArray of const Connector that name it */
    GHashTable *spaces;    /* "smtp:*" → GPtrArray of const Connector */
    GHashTable *exits;     /* const RoutingGroup, to which several connectors of 2007 lead at the
                              same cost → GPtrArray of const Connector: those that are taken */
    GPtrArray *elements;   /* of Element */
    guint32 *parts;        /* by place: which sites are joined before anything is taken out */
    guint trees_left;
} Sweeper;

#define NO_WAY G_MAXUINT64 /* all bits set */

/* The ways before: measures groups and sites into the sweeper. */
void sweeper_measure(Sweeper *sweeper, const SiteGraph *sites);

/* Finds the groups to which 2007 has several ways of one cost; notes which connectors are taken
 * from the source of a tree (NULL: from a site that is not known); and tells whether any site takes
 * a connector of 2007 that lies on a least-cost path to a group. */
void sweeper_find_contested(Sweeper *sweeper);
void sweeper_note_exits(Sweeper *sweeper, const SiteTree *sites);
bool sweeper_takes_exit(const Sweeper *sweeper, const GroupEdge *edge, const RoutingGroup *to);

/* Collects the elements: what is down all the time, and what is taken out. */
void sweeper_collect(Sweeper *sweeper);

/* Adds to a cut the sites and connectors that a server of `a` was the last of to live, when the
 * servers of `b` (NULL: none) are dead as well. */
void sweeper_add_dead(const Sweeper *sweeper, Cut *cut, const Element *a, const Element *b);
void element_free(gpointer element);

/* Compares the ways when `cut` is taken out with those before. */
void sweeper_compare(Sweeper *sweeper, const Cut *cut, Removal *removal);

/* Takes from a removal what comes of what is down all the time by itself. A way that is another one
 * by then and changes again is told from there on. */
void sweeper_forget_base(const Sweeper *sweeper, Removal *removal);

/* Takes from a removal the loops (of SweepLoop) and spaces (of char) that are known. */
void sweeper_drop_loops(Removal *removal, const GPtrArray *known);
void sweeper_drop_spaces(Removal *removal, const GPtrArray *known);

/* By place, the first carrier that a site is joined to in the graph of a tree, as a mark of its
 * part; G_MAXUINT32 for what is no carrier. The caller frees it. */
guint32 *sweeper_parts(const Sweeper *sweeper, SiteTree *tree);

/* Lists (of anything) by address, and in any such table the one behind a key, which is made when
 * there is none. Where the table frees its keys it takes this one. */
GHashTable *lists_new(void);
GPtrArray *list_at(GHashTable *lists, gpointer key);

static inline guint32 place_of_site(const Site *site)
{
    return site->object.number;
}

static inline guint32 place_of_group(const Sweeper *sweeper, const RoutingGroup *group)
{
    return sweeper->topology->sites->len + group->object.number;
}

/* The cost of a way between groups before, or NO_WAY. */
static inline guint64 *cost_at(const Sweeper *sweeper, const RoutingGroup *to,
                               const RoutingGroup *from)
{
    guint count = sweeper->topology->routing_groups->len;

    return &sweeper->group_costs[(gsize)to->object.number * count + from->object.number];
}

/* Whether an edge lies on a least-cost path to a group. */
static inline bool edge_is_tight(const Sweeper *sweeper, const GroupEdge *edge,
                                 const RoutingGroup *to)
{
    guint64 here = *cost_at(sweeper, to, edge->from);
    guint64 there = *cost_at(sweeper, to, edge->to);

    return there != NO_WAY && here == there + edge->cost;
}

/* A way as a key: never 0. */
static inline gsize way_key(const Sweeper *sweeper, const SweepWay *way)
{
    return (gsize)way->from * sweeper->places + way->to + 1;
}

static inline GArray *ways_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(SweepWay));
}

static inline void ways_add(GArray *ways, guint32 from, guint32 to, guint64 before, guint64 after)
{
    SweepWay way = {.from = from, .to = to, .before = before, .after = after};

    g_array_append_val(ways, way);
}

#endif
