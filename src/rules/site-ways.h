#ifndef ADTOPO_RULES_SITE_WAYS_H
#define ADTOPO_RULES_SITE_WAYS_H

#include "model/topology.h"
#include "routing/site-paths.h"

/*
 * The chosen paths between all sites whose servers move mail, counted once for all rules about
 * them. Pairs are ordered: there and back are two.
 */
typedef struct SiteWays {
    const Topology *topology;
    GPtrArray *sites;       /* of const Site: those whose servers move mail */
    guint *by_link;         /* by number of the site link: pairs whose path uses it */
    guint *changed_by_link; /* pairs that take another path than by the directory's costs alone,
                               where the link is on one of the two */
    guint *through_site;    /* by number of the site: pairs whose path crosses it */
    guint tied;             /* pairs with another path of equal cost */
    const Site *tied_from;  /* the first of them */
    const Site *tied_to;
    const Site *far_from; /* the pair of the longest path, or NULL without a path */
    const Site *far_to;
    guint64 far_cost;
    SiteGraph *graph;
} SiteWays;

SiteWays *site_ways_new(const Topology *topology);
void site_ways_free(SiteWays *ways);

/* "Munich > London > Seattle"; NULL where there is no path. The caller frees it. */
char *site_ways_path_text(const SiteWays *ways, const Site *from, const Site *to);

#endif
