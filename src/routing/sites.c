/* The islands of sites: a union of sets over the sites' numbers, one pass over the links. */
#include "routing/sites.h"

struct SiteIslands {
    guint count;
    guint *parents; /* while building: a site of the same island, or the site itself */
    guint *islands; /* by site number */
};

static guint find_root(guint *parents, guint site)
{
    while (parents[site] != site) {
        parents[site] = parents[parents[site]];
        site = parents[site];
    }
    return site;
}

/* The smaller number stands for the island, so that numbering follows the order of the sites. */
static void join(guint *parents, guint a, guint b)
{
    guint left = find_root(parents, a);
    guint right = find_root(parents, b);

    parents[MAX(left, right)] = MIN(left, right);
}

static void join_link(SiteIslands *islands, const SiteLink *link)
{
    const Site *first = link->sites->len > 0 ? g_ptr_array_index(link->sites, 0) : NULL;

    FOR_EACH(const Site, site, link->sites)
        join(islands->parents, first->object.number, site->object.number);
}

static void number_islands(SiteIslands *islands)
{
    guint next = 0;

    for (guint site = 0; site < islands->count; site++) {
        guint root = find_root(islands->parents, site);

        islands->islands[site] = root == site ? next++ : islands->islands[root];
    }
}

SiteIslands *site_islands_new(const Topology *topology, bool with_smtp)
{
    SiteIslands *islands = g_new0(SiteIslands, 1);

    islands->count = topology->sites->len;
    islands->parents = g_new(guint, islands->count);
    islands->islands = g_new(guint, islands->count);
    for (guint site = 0; site < islands->count; site++)
        islands->parents[site] = site;
    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->ip || with_smtp)
            join_link(islands, link);
    number_islands(islands);
    return islands;
}

void site_islands_free(SiteIslands *islands)
{
    if (islands == NULL)
        return;
    g_free(islands->parents);
    g_free(islands->islands);
    g_free(islands);
}

guint site_islands_of(const SiteIslands *islands, const Site *site)
{
    return islands->islands[site->object.number];
}

bool site_islands_join(const SiteIslands *islands, const Site *a, const Site *b)
{
    return site_islands_of(islands, a) == site_islands_of(islands, b);
}
