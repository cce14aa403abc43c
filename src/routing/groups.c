/*
 * The graph of routing groups: edges sorted by target, breadth-first searches over it. Groups are
 * known by their numbers, which follow their names, so that every answer is the same for the same
 * directory.
 */
#include "routing/groups.h"

#define NOWHERE G_MAXUINT

typedef struct Edge {
    const RoutingGroup *to;
    const Connector *connector;
} Edge;

struct GroupGraph {
    const Topology *topology;
    GArray **edges; /* of Edge, by number of the group they leave; NULL for none */
};

/* --- building ----------------------------------------------------------------------------- */

/* Dead only when all are known to be gone: one that was not read may well live. */
static bool any_may_live(const Topology *topology, const Bridgehead *bridgeheads, guint count)
{
    for (guint i = 0; i < count; i++) {
        ReferenceState state = bridgehead_state(topology, &bridgeheads[i]);

        if (state == REFERENCE_LIVE || state == REFERENCE_UNSEEN)
            return true;
    }
    return false;
}

/* A connector without a source that lives is ignored by routing (MSExchangeTransport event
 * 5014). */
static bool has_source(const Topology *topology, const Connector *connector)
{
    g_autoptr(GPtrArray) servers = NULL;

    if (connector->source_count > 0)
        return any_may_live(topology, connector->sources, connector->source_count);
    servers = connector_source_servers(connector);
    return servers->len > 0;
}

static void add_edge(GroupGraph *graph, const Connector *connector, const RoutingGroup *to)
{
    GArray **edges = &graph->edges[connector->group->object.number];
    Edge edge = {.to = to, .connector = connector};

    if (*edges == NULL)
        *edges = g_array_new(FALSE, FALSE, sizeof(Edge));
    g_array_append_val(*edges, edge);
}

static void add_routing_group_connector(GroupGraph *graph, const Connector *connector)
{
    if (connector->destination != NULL && has_source(graph->topology, connector) &&
        any_may_live(graph->topology, connector->targets, connector->target_count))
        add_edge(graph, connector, connector->destination);
}

/* MSExchangeTransport event 5028: only a routing group connector may touch the group of 2007. */
static void add_connected_groups(GroupGraph *graph, const Connector *connector)
{
    if (connector->group->official || !has_source(graph->topology, connector))
        return;
    FOR_EACH(const RoutingGroup, group, connector->connected_groups)
        if (!group->official)
            add_edge(graph, connector, group);
}

static void add_connector(GroupGraph *graph, const Connector *connector)
{
    if (connector->group == NULL || !connector_is_enabled(connector))
        return;
    if (connector->kind == CONNECTOR_ROUTING_GROUP)
        add_routing_group_connector(graph, connector);
    else if (connector->kind == CONNECTOR_SMTP || connector->kind == CONNECTOR_X400)
        add_connected_groups(graph, connector);
}

static int compare_places(const Object *a, const Object *b)
{
    return a->number < b->number ? -1 : a->number > b->number;
}

static gint compare_edges(gconstpointer a, gconstpointer b)
{
    const Edge *left = a;
    const Edge *right = b;
    int order = compare_places(&left->to->object, &right->to->object);

    return order != 0 ? order : compare_places(&left->connector->object, &right->connector->object);
}

static guint group_count(const GroupGraph *graph)
{
    return graph->topology->routing_groups->len;
}

GroupGraph *group_graph_new(const Topology *topology)
{
    GroupGraph *graph = g_new0(GroupGraph, 1);

    graph->topology = topology;
    graph->edges = g_new0(GArray *, topology->routing_groups->len);
    FOR_EACH(const Connector, connector, topology->connectors)
        add_connector(graph, connector);
    for (guint i = 0; i < group_count(graph); i++)
        if (graph->edges[i] != NULL)
            g_array_sort(graph->edges[i], compare_edges);
    return graph;
}

void group_graph_free(GroupGraph *graph)
{
    if (graph == NULL)
        return;
    for (guint i = 0; i < group_count(graph); i++)
        g_clear_pointer(&graph->edges[i], g_array_unref);
    g_free(graph->edges);
    g_free(graph);
}

/* --- searching ---------------------------------------------------------------------------- */

/* One way of getting to a group, and the step before it. */
typedef struct State {
    GroupHop hop;  /* the last one; its `to` is the group */
    guint before;  /* index of the state before it, or NOWHERE */
    guint through; /* number of the first group after the start */
} State;

/* A breadth-first search. A group may be come to `limit` times, each time through another neighbour
 * of the start. */
typedef struct Search {
    const GroupGraph *graph;
    const Connector *without;
    GArray *states;   /* of State, in the order of finding */
    guint (*seen)[2]; /* by group number: the neighbours it was reached through */
    guint limit;
} Search;

static void search_begin(Search *search, const GroupGraph *graph, guint limit)
{
    guint count = group_count(graph);

    *search = (Search){.graph = graph, .limit = limit};
    search->states = g_array_new(FALSE, FALSE, sizeof(State));
    search->seen = g_malloc_n(count, sizeof *search->seen);
    for (guint i = 0; i < count; i++)
        search->seen[i][0] = search->seen[i][1] = NOWHERE;
}

static void search_end(Search *search)
{
    g_array_unref(search->states);
    g_free(search->seen);
}

static bool is_new(Search *search, guint group, guint through)
{
    guint *seen = search->seen[group];

    for (guint i = 0; i < search->limit; i++) {
        if (seen[i] == through)
            return false;
        if (seen[i] == NOWHERE) {
            seen[i] = through;
            return true;
        }
    }
    return false;
}

/* Adds what can be reached from `group` in one step. */
static void search_expand(Search *search, const RoutingGroup *group, guint before)
{
    const GArray *edges = search->graph->edges[group->object.number];

    for (guint i = 0; edges != NULL && i < edges->len; i++) {
        const Edge *edge = &g_array_index(edges, Edge, i);
        guint to = edge->to->object.number;
        State state = {.hop = {group, edge->connector, edge->to}, .before = before, .through = to};

        if (before != NOWHERE)
            state.through = g_array_index(search->states, State, before).through;
        if (edge->connector != search->without && is_new(search, to, state.through))
            g_array_append_val(search->states, state);
    }
}

static GArray *hops_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(GroupHop));
}

/* The hops that led to a state. */
static GArray *trace(const Search *search, guint at)
{
    GArray *hops = hops_new();

    while (at != NOWHERE) {
        const State *state = &g_array_index(search->states, State, at);

        g_array_prepend_val(hops, state->hop);
        at = state->before;
    }
    return hops;
}

static GArray *search_path(Search *search, const RoutingGroup *from, const RoutingGroup *to)
{
    search_expand(search, from, NOWHERE);
    for (guint i = 0; i < search->states->len; i++) {
        const RoutingGroup *group = g_array_index(search->states, State, i).hop.to;

        if (group == to)
            return trace(search, i);
        search_expand(search, group, i);
    }
    return NULL;
}

GArray *group_graph_path(const GroupGraph *graph, const RoutingGroup *from, const RoutingGroup *to,
                         const Connector *without)
{
    Search search;
    GArray *path;

    if (from == to)
        return hops_new();
    search_begin(&search, graph, 1);
    search.without = without;
    path = search_path(&search, from, to);
    search_end(&search);
    return path;
}

bool group_graph_reaches(const GroupGraph *graph, const RoutingGroup *from, const RoutingGroup *to)
{
    g_autoptr(GArray) path = group_graph_path(graph, from, to, NULL);

    return path != NULL;
}

/* The hop from a group to the start that makes a way to the group a cycle; FALSE when there is
 * none, or when it would only be the way out and back. */
static bool find_way_back(const GroupGraph *graph, const State *state, const RoutingGroup *start,
                          GroupHop *hop)
{
    const RoutingGroup *group = state->hop.to;
    const GArray *edges = graph->edges[group->object.number];

    if (state->through == group->object.number)
        return false;
    for (guint i = 0; edges != NULL && i < edges->len; i++) {
        const Edge *edge = &g_array_index(edges, Edge, i);

        if (edge->to != start)
            continue;
        *hop = (GroupHop){group, edge->connector, start};
        return true;
    }
    return false;
}

/* Breadth first, the first way that can be closed is a shortest cycle. Two ways to each group are
 * enough: one of them does not begin at the group itself. */
static GArray *search_cycle(Search *search, const RoutingGroup *start)
{
    GroupHop last;

    search_expand(search, start, NOWHERE);
    for (guint i = 0; i < search->states->len; i++) {
        State state = g_array_index(search->states, State, i);

        if (state.hop.to == start)
            continue;
        if (find_way_back(search->graph, &state, start, &last)) {
            GArray *hops = trace(search, i);

            return g_array_append_val(hops, last);
        }
        search_expand(search, state.hop.to, i);
    }
    return NULL;
}

GArray *group_graph_cycle(const GroupGraph *graph, const RoutingGroup *from)
{
    Search search;
    GArray *cycle;

    search_begin(&search, graph, 2);
    cycle = search_cycle(&search, from);
    search_end(&search);
    return cycle;
}

/* --- words -------------------------------------------------------------------------------- */

char *group_path_text(const GArray *hops)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < hops->len; i++) {
        const GroupHop *hop = &g_array_index(hops, GroupHop, i);

        if (i == 0)
            g_string_append(text, hop->from->object.name);
        g_string_append_printf(text, " -[%s, cost %d]-> %s", hop->connector->object.name,
                               connector_cost(hop->connector), hop->to->object.name);
    }
    return g_string_free(text, FALSE);
}
