#ifndef ADTOPO_ROUTING_SITE_GRAPH_H
#define ADTOPO_ROUTING_SITE_GRAPH_H

#include "routing/site-paths.h"

/*
 * The inside of the site graph and its trees, for the files that search it. Sites are known by
 * their rank, the place of their name in the order of name_order(): comparing ranks is comparing
 * names. Links are known by their place among the IP links.
 */
typedef struct SiteArc SiteArc;

struct SiteGraph {
    guint site_count;
    guint link_count;
    const Site **sites; /* by rank */
    guint *ranks;       /* by number of the site */
    const SiteLink **links;
    guint64 *costs;       /* by link */
    guint *member_starts; /* by link, and one more: where its members begin in `members` */
    guint *members;       /* ranks */
    guint *arc_starts;    /* by rank, and one more: where its links begin in `arcs` */
    SiteArc *arcs;
};

/* A link as one of its sites sees it. Most links have two sites: for them the arc alone says all
 * that a search wants to know, and lies beside the other arcs of its site. */
struct SiteArc {
    guint64 cost;
    guint link;
    guint beyond; /* rank of the other site; SEVERAL where there is more than one */
};

#define SEVERAL G_MAXUINT

/* How a site is reached. */
typedef struct Reach {
    guint64 cost; /* UNREACHED where it is not */
    guint32 hops;
    guint32 parent; /* rank of the site before it; its own for the source */
    guint32 link;   /* the link between the two */
} Reach;

#define UNREACHED G_MAXUINT64

struct SiteTree {
    const SiteGraph *graph;
    guint source;
    Reach *reaches; /* by rank */
    guint *order;   /* ranks of the reached sites: each behind those on the way to it */
    guint reached;  /* how many */
    guint8 *fired;  /* by link of several: its members were offered a way */
    struct LabelHeap *heap;
};

/* Whether `reach` is what comes of going on from `from` over a link of that cost. */
static inline bool reach_follows(const Reach *reach, const Reach *from, guint64 cost)
{
    return from->cost != UNREACHED && from->cost + cost == reach->cost &&
           from->hops + 1 == reach->hops;
}

#endif
