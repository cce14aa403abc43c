/*
 * Which connector a site of Exchange 2007 takes where several come to the same cost. 2007 shares no
 * load: each site has one that it always takes (routing/exit-choice.h), and mail waits only where
 * that one is down.
 */
#include "routing/sweep-state.h"

#include "routing/exit-choice.h"

static const GroupEdge *exits_of_modern(const Sweeper *sweeper, guint *count)
{
    return group_net_edges(sweeper->net, sweeper->topology->official_routing_group, count);
}

static guint count_tight(const Sweeper *sweeper, const RoutingGroup *to)
{
    guint tight = 0;
    guint count;
    const GroupEdge *edges = exits_of_modern(sweeper, &count);

    for (guint i = 0; i < count; i++)
        tight += edge_is_tight(sweeper, &edges[i], to);
    return tight;
}

void sweeper_find_contested(Sweeper *sweeper)
{
    FOR_EACH(const RoutingGroup, to, sweeper->groups)
        if (count_tight(sweeper, to) > 1)
            g_hash_table_insert(sweeper->exits, (gpointer)to, g_ptr_array_new());
}

static const Connector *first_tight(const Sweeper *sweeper, const Choice *ranked,
                                    const RoutingGroup *to)
{
    for (guint i = 0; i < ranked->candidates->len; i++) {
        const Candidate *candidate = &g_array_index(ranked->candidates, Candidate, i);

        if (edge_is_tight(sweeper, candidate->edge, to))
            return candidate->connector;
    }
    return NULL;
}

void sweeper_note_exits(Sweeper *sweeper, const SiteTree *sites)
{
    g_autoptr(Choice) ranked = NULL;
    GHashTableIter iter;
    gpointer to;
    gpointer taken;

    if (g_hash_table_size(sweeper->exits) == 0)
        return;
    ranked = rank_exits(sweeper->net, sites, sweeper->topology->official_routing_group);
    g_hash_table_iter_init(&iter, sweeper->exits);
    while (g_hash_table_iter_next(&iter, &to, &taken)) {
        const Connector *connector = first_tight(sweeper, ranked, to);

        if (connector != NULL && !g_ptr_array_find(taken, connector, NULL))
            g_ptr_array_add(taken, (gpointer)connector);
    }
}

bool sweeper_takes_exit(const Sweeper *sweeper, const GroupEdge *edge, const RoutingGroup *to)
{
    GPtrArray *taken = g_hash_table_lookup(sweeper->exits, to);

    return taken == NULL || g_ptr_array_find(taken, edge->connector, NULL);
}
