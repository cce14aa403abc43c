/* What rules share: routes, the map of groups, the count of servers. */
#include "rules/check.h"

void workbench_init(Workbench *workbench, const Topology *topology)
{
    *workbench = (Workbench){.topology = topology};
    g_mutex_init(&workbench->mutex);
}

void workbench_clear(Workbench *workbench)
{
    group_graph_free(workbench->group_graph);
    group_net_free(workbench->group_net);
    site_ways_free(workbench->site_ways);
    g_free(workbench->census);
    g_mutex_clear(&workbench->mutex);
}

const GroupGraph *check_group_graph(Check *check)
{
    Workbench *bench = check->workbench;

    g_mutex_lock(&bench->mutex);
    if (bench->group_graph == NULL)
        bench->group_graph = group_graph_new(bench->topology);
    g_mutex_unlock(&bench->mutex);
    return bench->group_graph;
}

const GroupNet *check_group_net(Check *check)
{
    Workbench *bench = check->workbench;

    g_mutex_lock(&bench->mutex);
    if (bench->group_net == NULL)
        bench->group_net = group_net_new(bench->topology);
    g_mutex_unlock(&bench->mutex);
    return bench->group_net;
}

const SiteWays *check_site_ways(Check *check)
{
    Workbench *bench = check->workbench;

    g_mutex_lock(&bench->mutex);
    if (bench->site_ways == NULL)
        bench->site_ways = site_ways_new(bench->topology);
    g_mutex_unlock(&bench->mutex);
    return bench->site_ways;
}

const Census *check_census(Check *check)
{
    Workbench *bench = check->workbench;

    g_mutex_lock(&bench->mutex);
    if (bench->census == NULL)
        bench->census = census_take(bench->topology);
    g_mutex_unlock(&bench->mutex);
    return bench->census;
}
