/*
 * Breadth-first searches over the net of routing groups. Its edges are sorted by the numbers of the
 * groups, which follow their names, so that every answer is the same for the same directory.
 */
#include "routing/groups.h"

#include "routing/group-paths.h"

#define NOWHERE G_MAXUINT

struct GroupGraph {
    GroupNet *net;
    guint group_count;
};

GroupGraph *group_graph_new(const Topology *topology)
{
    GroupGraph *graph = g_new(GroupGraph, 1);

    *graph = (GroupGraph){.net = group_net_new(topology),
                          .group_count = topology->routing_groups->len};
    return graph;
}

void group_graph_free(GroupGraph *graph)
{
    if (graph == NULL)
        return;
    group_net_free(graph->net);
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
    guint count = graph->group_count;

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
    guint count;
    const GroupEdge *edges = group_net_edges(search->graph->net, group, &count);

    for (guint i = 0; i < count; i++) {
        const GroupEdge *edge = &edges[i];
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
    guint count;
    const GroupEdge *edges = group_net_edges(graph->net, group, &count);

    if (state->through == group->object.number)
        return false;
    for (guint i = 0; i < count; i++) {
        if (edges[i].to != start)
            continue;
        *hop = (GroupHop){group, edges[i].connector, start};
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
