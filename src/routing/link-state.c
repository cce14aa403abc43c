/* Loops and islands: what becomes of link state where Exchange 2007 stands between legacy
 * groups. */
#include "routing/link-state.h"

#include "routing/connections.h"

/* --- loops -------------------------------------------------------------------------------- */

/* A search for loops around one 2007 group. */
typedef struct LoopSearch {
    const GroupNet *net;
    const RoutingGroup *modern;
    bool suppressed;
    GroupTree *fixed;   /* towards the destination, nothing down */
    GroupTree *changed; /* towards it, one connector down */
    GPtrArray *loops;
} LoopSearch;

static void loop_free(gpointer data)
{
    MessageLoop *loop = data;

    g_ptr_array_unref(loop->cycle);
    g_free(loop);
}

static bool is_other(const GroupEdge *edge, gconstpointer connector)
{
    return edge->connector != connector;
}

static void add_loop(LoopSearch *search, LoopCause cause, const RoutingGroup *destination,
                     const Connector *connector, GPtrArray *cycle)
{
    MessageLoop *loop = g_new0(MessageLoop, 1);

    *loop = (MessageLoop){.cause = cause,
                          .destination = destination,
                          .connector = connector,
                          .restriction = connector_restriction(connector),
                          .cycle = g_ptr_array_ref(cycle)};
    g_ptr_array_add(search->loops, loop);
}

GPtrArray *message_cycle(const GroupTree *changed, const GroupEdge *first)
{
    g_autoptr(GPtrArray) path = NULL;
    GPtrArray *cycle;

    if (!group_tree_reaches(changed, first->to))
        return NULL;
    path = group_tree_path_through(changed, first->to, first->from);
    if (path == NULL)
        return NULL;
    cycle = g_ptr_array_new();
    g_ptr_array_add(cycle, (gpointer)first);
    FOR_EACH(GroupEdge, edge, path) {
        g_ptr_array_add(cycle, edge);
        if (edge->to == first->from)
            break;
    }
    return cycle;
}

/* Whether the group behind `first` turns back to 2007 when a connector further on is lost. */
static void try_loss(LoopSearch *search, const RoutingGroup *destination, const GroupEdge *first,
                     const Connector *lost)
{
    GroupFilter filter = {is_other, lost};
    bool restricted = connector_restriction(lost) != ATTR_NONE;
    g_autoptr(GPtrArray) cycle = NULL;

    if (search->suppressed && !restricted)
        return;
    group_tree_move(search->changed, destination, &filter);
    cycle = message_cycle(search->changed, first);
    if (cycle == NULL)
        return;
    if (!search->suppressed)
        add_loop(search, LOOP_FAILURE, destination, lost, cycle);
    if (restricted)
        add_loop(search, LOOP_RESTRICTION, destination, lost, cycle);
}

/* Only connectors on the group's present path can change its mind. */
static void search_first(LoopSearch *search, const RoutingGroup *destination,
                         const GroupEdge *first)
{
    g_autoptr(GPtrArray) path = group_tree_path(search->fixed, first->to);

    FOR_EACH(const GroupEdge, edge, path)
        try_loss(search, destination, first, edge->connector);
}

static void search_destination(LoopSearch *search, const RoutingGroup *destination)
{
    g_autoptr(GPtrArray) choices = NULL;

    group_tree_move(search->fixed, destination, NULL);
    choices = group_tree_choices(search->fixed, search->modern);
    FOR_EACH(const GroupEdge, first, choices)
        search_first(search, destination, first);
}

GPtrArray *message_loops(const GroupNet *net, bool suppressed)
{
    const Topology *topology = group_net_topology(net);
    LoopSearch search = {
        .net = net, .modern = topology->official_routing_group, .suppressed = suppressed};

    search.loops = g_ptr_array_new_with_free_func(loop_free);
    if (search.modern == NULL)
        return search.loops;
    search.fixed = group_tree_towards(net, search.modern, NULL);
    search.changed = group_tree_towards(net, search.modern, NULL);
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (!group->official)
            search_destination(&search, group);
    group_tree_free(search.fixed);
    group_tree_free(search.changed);
    return search.loops;
}

/* --- suppression -------------------------------------------------------------------------- */

static bool has_member(const RoutingGroup *group, bool (*wanted)(const Server *))
{
    FOR_EACH(const Server, server, group->members)
        if (wanted(server))
            return true;
    return false;
}

static bool keeps_link_state(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

static bool is_in_link_state(const RoutingGroup *group)
{
    return !group->official && has_member(group, keeps_link_state);
}

/* The connectors between 2007 and legacy groups, in the direction that has more. */
static guint count_crossings(const GroupNet *net)
{
    guint crossings[2] = {0, 0};

    FOR_EACH(const RoutingGroup, group, group_net_topology(net)->routing_groups) {
        guint count;
        const GroupEdge *edges = group_net_edges(net, group, &count);

        for (guint i = 0; i < count; i++)
            if (group->official != edges[i].to->official)
                crossings[group->official]++;
    }
    return MAX(crossings[0], crossings[1]);
}

static bool has_failure_loop(const GroupNet *net)
{
    g_autoptr(GPtrArray) loops = message_loops(net, false);

    return loops->len > 0;
}

Suppression link_state_suppression(const GroupNet *net)
{
    const Topology *topology = group_net_topology(net);
    guint legacy = 0;

    if (topology_count_servers(topology, server_is_hub) == 0)
        return SUPPRESSION_NEEDLESS;
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        legacy += is_in_link_state(group);
    if (legacy < 2 || count_crossings(net) < 2)
        return SUPPRESSION_NEEDLESS;
    return has_failure_loop(net) ? SUPPRESSION_REQUIRED : SUPPRESSION_RECOMMENDED;
}

/* --- islands ------------------------------------------------------------------------------ */

static guint find_root(guint *parents, guint group)
{
    while (parents[group] != group) {
        parents[group] = parents[parents[group]];
        group = parents[group];
    }
    return group;
}

static void join_neighbours(const GroupNet *net, const RoutingGroup *group, guint *parents)
{
    guint count;
    const GroupEdge *edges = group_net_edges(net, group, &count);

    for (guint i = 0; i < count; i++) {
        guint a = find_root(parents, group->object.number);
        guint b = find_root(parents, edges[i].to->object.number);

        if (!edges[i].to->official)
            parents[MAX(a, b)] = MIN(a, b);
    }
}

GPtrArray *link_state_islands(const GroupNet *net)
{
    const GPtrArray *groups = group_net_topology(net)->routing_groups;
    g_autofree guint *parents = g_new(guint, groups->len);
    g_autofree GPtrArray **lists = g_new0(GPtrArray *, groups->len);
    GPtrArray *islands = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < groups->len; i++)
        parents[i] = i;
    FOR_EACH(const RoutingGroup, group, groups)
        if (!group->official)
            join_neighbours(net, group, parents);
    FOR_EACH(RoutingGroup, group, groups) {
        guint root = find_root(parents, group->object.number);

        if (!is_in_link_state(group))
            continue;
        if (lists[root] == NULL) {
            lists[root] = g_ptr_array_new();
            g_ptr_array_add(islands, lists[root]);
        }
        g_ptr_array_add(lists[root], group);
    }
    return islands;
}
