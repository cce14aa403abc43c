#ifndef ADTOPO_ROUTING_SITE_TRAFFIC_H
#define ADTOPO_ROUTING_SITE_TRAFFIC_H

#include "routing/site-paths.h"

/*
 * The chosen paths between all of some sites, counted and not kept: one tree a site, and a second
 * one by the directory's costs where any link has a cost for Exchange. Pairs are ordered: there
 * and back are two. Time is that of the trees; memory is linear in sites and links. The longest
 * path is sought between some of these sites only: those whose servers hand mail over.
 */
typedef struct SiteTraffic {
    guint *by_link;         /* by number of the site link: pairs whose path uses it */
    guint *changed_by_link; /* pairs that take another path than by the directory's costs alone,
                               where the link is on one of the two */
    guint *through_site;    /* by number of the site: pairs whose path crosses it */
    guint tied;             /* pairs with another path of equal cost */
    const Site *tied_from;  /* the first of them, by the order of the sites */
    const Site *tied_to;
    const Site *far_from; /* the first pair of the longest path between hubs; NULL without one */
    const Site *far_to;
    guint64 far_cost;
} SiteTraffic;

/* `sites` (of const Site) are ends of paths, `hubs` some of them; the graph, by Exchange's costs,
 * has them all. */
SiteTraffic *site_traffic_new(const Topology *topology, const SiteGraph *graph,
                              const GPtrArray *sites, const GPtrArray *hubs);
void site_traffic_free(SiteTraffic *traffic);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteTraffic, site_traffic_free)

#endif
