/* What rules share: routes, the map of groups, the count of servers. Each is made by the first rule
 * that asks for it, while those that ask for another go on. */
#include "rules/check.h"

void workbench_clear(Workbench *workbench)
{
    group_graph_free(workbench->group_graph);
    group_net_free(workbench->group_net);
    site_ways_free(workbench->site_ways);
    g_free(workbench->census);
}

const GroupGraph *check_group_graph(Check *check)
{
    Workbench *bench = check->workbench;

    if (g_once_init_enter(&bench->group_graph))
        g_once_init_leave(&bench->group_graph, group_graph_new(bench->topology));
    return bench->group_graph;
}

const GroupNet *check_group_net(Check *check)
{
    Workbench *bench = check->workbench;

    if (g_once_init_enter(&bench->group_net))
        g_once_init_leave(&bench->group_net, group_net_new(bench->topology));
    return bench->group_net;
}

const SiteWays *check_site_ways(Check *check)
{
    Workbench *bench = check->workbench;

    if (g_once_init_enter(&bench->site_ways))
        g_once_init_leave(&bench->site_ways, site_ways_new(bench->topology));
    return bench->site_ways;
}

const Census *check_census(Check *check)
{
    Workbench *bench = check->workbench;

    if (g_once_init_enter(&bench->census))
        g_once_init_leave(&bench->census, census_take(bench->topology));
    return bench->census;
}
