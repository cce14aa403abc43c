/* Which routing group connector Exchange 2007 takes out of its own routing group. */
#include "routing/exit-choice.h"

#include "routing/connections.h"

static const Measure exit_measures[] = {
    {DECIDED_LEGACY_COST, "legacy cost"}, {DECIDED_SITE_COST, "site cost"}, {DECIDED_HOPS, "links"},
    {DECIDED_NAME, "site name"},          {DECIDED_CONNECTOR_NAME, "name"},
};

G_STATIC_ASSERT(G_N_ELEMENTS(exit_measures) <= CHOICE_MEASURES);

static bool is_nearer(const SiteTree *sites, const Site *site, const Site *best)
{
    if (sites != NULL && !site_tree_reaches(sites, site))
        return false;
    if (best == NULL)
        return true;
    return sites != NULL && site_tree_compare(sites, site, best) < 0;
}

const Site *connector_source_site(const Connector *connector, const SiteTree *sites)
{
    g_autoptr(GPtrArray) servers = connector_senders(connector);
    const Site *best = NULL;

    FOR_EACH(const Server, server, servers)
        if (server->site != NULL && is_nearer(sites, server->site, best))
            best = server->site;
    return best;
}

static void add_exit(Choice *choice, const GroupTree *tree, const SiteTree *sites,
                     const GroupEdge *edge)
{
    const Site *site = connector_source_site(edge->connector, sites);
    Candidate candidate = {.connector = edge->connector, .edge = edge, .site = site};

    if (site == NULL) {
        rejected_add(choice->rejected, edge->connector->object.name,
                     "there is no path to a site of its source servers (event 5016)");
        g_ptr_array_add(choice->cut_off, (gpointer)edge->connector);
        return;
    }
    candidate.legacy_cost = tree == NULL ? 0 : group_tree_cost(tree, edge->to) + edge->cost;
    candidate.site_cost = sites == NULL ? 0 : site_tree_cost(sites, site);
    candidate.keys[0].value = candidate.legacy_cost;
    candidate.keys[1].value = candidate.site_cost;
    candidate.keys[2].value = sites == NULL ? 0 : site_tree_hops(sites, site);
    candidate.keys[3].text = site->object.name;
    candidate.keys[4].text = edge->connector->object.name;
    g_array_append_val(choice->candidates, candidate);
}

bool choice_fits(Choice *choice, const Connector *connector, guint64 size)
{
    if (!connector_is_too_small(connector, size))
        return true;
    choice->too_small = true;
    rejected_add(choice->rejected, connector->object.name,
                 "size limit %d KiB is below the message's size", connector->size_limit.value);
    return false;
}

Choice *choose_exit(const GroupNet *net, const GroupTree *tree, const SiteTree *sites,
                    const RoutingGroup *from, guint64 size)
{
    Choice *choice = choice_new(exit_measures, G_N_ELEMENTS(exit_measures));
    guint count;
    const GroupEdge *edges = group_net_edges(net, from, &count);

    for (guint i = 0; i < count; i++)
        if (group_tree_reaches(tree, edges[i].to) && choice_fits(choice, edges[i].connector, size))
            add_exit(choice, tree, sites, &edges[i]);
    choice_settle(choice);
    return choice;
}

Choice *rank_exits(const GroupNet *net, const SiteTree *sites, const RoutingGroup *from)
{
    Choice *choice = choice_new(exit_measures, G_N_ELEMENTS(exit_measures));
    guint count;
    const GroupEdge *edges = group_net_edges(net, from, &count);

    for (guint i = 0; i < count; i++)
        add_exit(choice, NULL, sites, &edges[i]);
    choice_settle(choice);
    return choice;
}
