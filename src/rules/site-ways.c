/* Which sites the rules about paths have in mind: those that send mail to each other. */
#include "rules/site-ways.h"

#include "rules/facts.h"

SiteWays *site_ways_new(const Topology *topology)
{
    SiteWays *ways = g_new0(SiteWays, 1);

    ways->sites = sites_with(topology, server_moves_mail);
    ways->hubs = sites_with(topology, server_transports);
    ways->graph = site_graph_new(topology);
    ways->traffic = site_traffic_new(topology, ways->graph, ways->sites, ways->hubs);
    return ways;
}

void site_ways_free(SiteWays *ways)
{
    if (ways == NULL)
        return;
    g_ptr_array_unref(ways->sites);
    g_ptr_array_unref(ways->hubs);
    site_graph_free(ways->graph);
    site_traffic_free(ways->traffic);
    g_free(ways);
}

char *site_ways_path_text(const SiteWays *ways, const Site *from, const Site *to)
{
    g_autoptr(SiteTree) tree = site_tree_new(ways->graph, from);
    g_autoptr(GArray) path = site_tree_path(tree, to);
    GString *text = g_string_new(from->object.name);

    for (guint i = 0; i < path->len; i++)
        g_string_append_printf(text, " > %s", g_array_index(path, SiteHop, i).to->object.name);
    return g_string_free(text, FALSE);
}
