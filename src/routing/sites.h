#ifndef ADTOPO_ROUTING_SITES_H
#define ADTOPO_ROUTING_SITES_H

#include "model/topology.h"

/*
 * Sites joined by site links. A link of n sites is one hyper-edge, never n(n-1)/2 edges. All links
 * are bridged: connection is transitive, and sites without Exchange pass traffic on.
 */
typedef struct SiteIslands SiteIslands;

/* The connected parts over IP links, and over SMTP links too when asked. */
SiteIslands *site_islands_new(const Topology *topology, bool with_smtp);
void site_islands_free(SiteIslands *islands);

/* The number of the island a site is in, from 0 in the order of the sites. */
guint site_islands_of(const SiteIslands *islands, const Site *site);

bool site_islands_join(const SiteIslands *islands, const Site *a, const Site *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteIslands, site_islands_free)

#endif
