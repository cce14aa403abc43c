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
    GPtrArray *elements;   /* of Element */
    guint32 *parts;        /* by place: which sites are joined before anything is taken out */
    guint trees_left;
} Sweeper;

#define NO_WAY G_MAXUINT64 /* all bits set */

/* The ways before: measures groups and sites into the sweeper. */
void sweeper_measure(Sweeper *sweeper, const SiteGraph *sites);

/* Collects the elements: what is taken out. */
void sweeper_collect(Sweeper *sweeper);

/* Adds to a cut the sites and connectors that a server of `a` was the last of to live, when the
 * servers of `b` (NULL: none) are dead as well. */
void sweeper_add_dead(const Sweeper *sweeper, Cut *cut, const Element *a, const Element *b);
void element_free(gpointer element);

/* Compares the ways when `cut` is taken out with those before. */
void sweeper_compare(Sweeper *sweeper, const Cut *cut, Removal *removal);

/* By place, the first carrier that a site is joined to in the graph of a tree, as a mark of its
 * part; G_MAXUINT32 for what is no carrier. The caller frees it. */
guint32 *sweeper_parts(const Sweeper *sweeper, SiteTree *tree);

/* Lists (of anything) by address; the one behind a key is made when there is none. */
GHashTable *lists_new(void);
GPtrArray *list_at(GHashTable *lists, gpointer key);

/* What a connector's address space is called, and the key that it has among the spaces of a
 * sweeper. The caller frees them. */
char *space_text(const AddressSpace *space);
char *space_key(const AddressSpace *space);

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
