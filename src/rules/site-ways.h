#ifndef ADTOPO_RULES_SITE_WAYS_H
#define ADTOPO_RULES_SITE_WAYS_H

#include "model/topology.h"
#include "routing/site-paths.h"
#include "routing/site-traffic.h"

/* The paths between the Exchange sites, counted once for all rules about them. */
typedef struct SiteWays {
    GPtrArray *sites; /* of const Site: those whose servers move mail */
    GPtrArray *hubs;  /* of const Site: those of them whose servers hand it over */
    SiteGraph *graph;
    SiteTraffic *traffic;
} SiteWays;

SiteWays *site_ways_new(const Topology *topology);
void site_ways_free(SiteWays *ways);

/* "Munich > London > Seattle", where there is a path. The caller frees it. */
char *site_ways_path_text(const SiteWays *ways, const Site *from, const Site *to);

#endif
