/*
 * A message's way over routing groups: out of the 2007 group by static cost, and through the legacy
 * groups by cost and link state.
 */
#include "routing/walk.h"

#include "routing/connections.h"
#include "routing/exit-choice.h"

static const Measure step_measures[] = {{DECIDED_LEGACY_COST, "legacy cost"}};

/* --- through a connector ------------------------------------------------------------------ */

static void share_sites(Walk *walk, const GPtrArray *sites)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const Site, site, sites)
        g_ptr_array_add(names, g_strdup_printf("site:%s", site->object.name));
    walk_share(walk, names);
}

/* Into the 2007 group: the site of the target server that takes the message; of several, any. */
static void enter_modern(Walk *walk, const Connector *connector)
{
    g_autoptr(GPtrArray) targets = connector_takers(connector);
    g_autoptr(GPtrArray) sites = g_ptr_array_new();

    FOR_EACH(const Server, server, targets)
        if (server->site != NULL && !server_is_down(walk->failures, server) &&
            !g_ptr_array_find(sites, server->site, NULL))
            g_ptr_array_add(sites, server->site);
    walk->site = sites->len > 0 ? sites->pdata[0] : NULL;
    share_sites(walk, sites);
}

bool walk_connector(Walk *walk, const GroupEdge *edge)
{
    const Connector *connector = edge->connector;

    if (walk->route->connector == NULL)
        walk->route->connector = connector;
    if (connector_is_down(walk->failures, connector))
        return walk_queue(walk, "Connector %s is down: the message waits for it.",
                          connector->object.name);
    walk_step(walk, edge->from->object.name, edge->to->object.name, connector->object.entry,
              ATTR_cost);
    walk_say(walk, "Connector %s leads from %s to %s.", connector->object.name,
             edge->from->object.name, edge->to->object.name);
    walk->group = edge->to;
    walk->site = NULL;
    if (edge->to->official)
        enter_modern(walk, connector);
    walk_stop(walk, walk->site, walk->group, true);
    return true;
}

/* --- what is common to both worlds -------------------------------------------------------- */

static bool touches(const Connector *connector, const RoutingGroup *group)
{
    return connector->group == group || connector->destination == group ||
           g_ptr_array_find(connector->connected_groups, group, NULL);
}

/* Connectors at either end that cannot be used: the reader may have counted on them. */
static void mention_flawed(Walk *walk, const RoutingGroup *to)
{
    const Topology *topology = router_topology(walk->router);

    if (walk->explained)
        return;
    FOR_EACH(const Connector, connector, topology->connectors) {
        ConnectorFlaw flaw;

        if (!connector_joins_groups(connector) || !touches(connector, walk->group) ||
            (!touches(connector, to) && connector->group != walk->group))
            continue;
        flaw = connector_link_flaw(topology, connector);
        if (flaw == CONNECTOR_SOUND)
            continue;
        rejected_add(walk->route->rejected, connector->object.name, "it %s",
                     connector_flaw_text(flaw));
        walk_notice(walk, "connector-ignored", &connector->object, connector_flaw_event(flaw));
    }
}

static void set_vector(Walk *walk, guint64 legacy_cost)
{
    if (walk->route->has_vector)
        return;
    walk->route->has_vector = true;
    walk->route->legacy_cost = legacy_cost;
}

static const GroupEdge *first_too_small(const GPtrArray *path, guint64 size)
{
    FOR_EACH(const GroupEdge, edge, path)
        if (connector_is_too_small(edge->connector, size))
            return edge;
    return NULL;
}

/* A connector from here that is part of a way only for smaller messages: it refuses the message
 * itself, or another one farther on does. */
static void reject_narrow(Walk *walk, Choice *choice, const GroupTree *any, const GroupEdge *edge)
{
    guint64 size = walk->question->size;
    g_autoptr(GPtrArray) path = NULL;
    const GroupEdge *narrow;

    if (!choice_fits(choice, edge->connector, size))
        return;
    path = group_tree_path(any, edge->to);
    narrow = first_too_small(path, size);
    if (narrow == NULL)
        return;
    choice->too_small = true;
    rejected_add(choice->rejected, edge->connector->object.name,
                 "on from %s, connector %s has size limit %d KiB, below the message's size",
                 narrow->from->object.name, narrow->connector->object.name,
                 narrow->connector->size_limit.value);
}

/* What would lead there were the message smaller; `tree` is towards there, for its size. */
static void reject_all_narrow(Walk *walk, Choice *choice, const GroupTree *tree,
                              const RoutingGroup *to, const Failures *failures)
{
    EdgeRule rule = {.failures = failures, .avoid = walk->group};
    EdgeRule here = {.failures = failures};
    GroupFilter filter = edge_rule_filter(&rule);
    g_autoptr(GroupTree) any = NULL;
    guint count;
    const GroupEdge *edges = group_net_edges(router_groups(walk->router), walk->group, &count);

    if (walk->question->size == 0)
        return;
    any = group_tree_towards(router_groups(walk->router), to, &filter);
    for (guint i = 0; i < count; i++)
        if (!group_tree_reaches(tree, edges[i].to) && group_tree_reaches(any, edges[i].to) &&
            edge_rule_allows(&edges[i], &here))
            reject_narrow(walk, choice, any, &edges[i]);
}

/* --- out of the 2007 group ---------------------------------------------------------------- */

/* A connector in the sender's own site that was left for one farther away. */
static void mention_bypassed(Walk *walk, const Choice *choice)
{
    const Candidate *best = choice_best(choice);

    if (walk->site == NULL || best->site == walk->site)
        return;
    for (guint i = 1; i < choice->candidates->len; i++) {
        const Candidate *other = &g_array_index(choice->candidates, Candidate, i);

        if (other->site == walk->site)
            walk_notice(walk, "local-rgc-bypassed", &other->connector->object, 0);
    }
}

static void explain_exit(Walk *walk, const Choice *choice)
{
    const Candidate *best = choice_best(choice);
    Criterion criterion = choice_criterion(choice);

    walk_explain(walk, choice);
    mention_bypassed(walk, choice);
    set_vector(walk, best->legacy_cost);
    if (walk->route->connector == NULL)
        walk->route->connector = best->connector;
    walk_say(walk,
             "Exchange 2007 takes connector %s in site %s: the whole way costs %" G_GUINT64_FORMAT
             " over routing groups, and %" G_GUINT64_FORMAT " over sites to get to it.",
             best->connector->object.name, best->site->object.name, best->legacy_cost,
             best->site_cost);
    if (criterion == DECIDED_HOPS || criterion == DECIDED_NAME ||
        criterion == DECIDED_CONNECTOR_NAME)
        walk_say(walk,
                 "What decides between connectors of equal cost is undocumented; the rules for "
                 "sites were applied.");
}

bool walk_out(Walk *walk, const RoutingGroup *to)
{
    const GroupNet *net = router_groups(walk->router);
    EdgeRule rule = {.size = walk->question->size, .avoid = walk->group};
    GroupFilter filter = edge_rule_filter(&rule);
    g_autoptr(GroupTree) tree = group_tree_towards(net, to, &filter);
    g_autoptr(SiteTree) made = NULL;
    g_autoptr(Choice) choice = NULL;
    const Candidate *best;

    if (walk->group == NULL)
        return walk_end(walk, ROUTE_UNREACHABLE,
                        "There is no Exchange 2007 routing group, so nothing leads out of it.");
    mention_flawed(walk, to);
    choice = choose_exit(net, tree, walk_tree(walk, &made), walk->group, walk->question->size);
    reject_all_narrow(walk, choice, tree, to, NULL);
    best = choice_best(choice);
    if (best == NULL) {
        walk_explain(walk, choice);
        return walk_refuse(walk, choice, to);
    }
    explain_exit(walk, choice);
    return walk_sites(walk, best->site) && walk_connector(walk, best->edge);
}

/* --- on through legacy groups ------------------------------------------------------------- */

/* What each connector from here costs, all the way, without coming back here. */
static Choice *choose_step(Walk *walk, const RoutingGroup *to, const Failures *failures)
{
    const GroupNet *net = router_groups(walk->router);
    EdgeRule rule = {.size = walk->question->size, .failures = failures, .avoid = walk->group};
    EdgeRule here = {.failures = failures};
    GroupFilter filter = edge_rule_filter(&rule);
    g_autoptr(GroupTree) tree = group_tree_towards(net, to, &filter);
    Choice *choice = choice_new(step_measures, G_N_ELEMENTS(step_measures));
    guint count;
    const GroupEdge *edges = group_net_edges(net, walk->group, &count);

    for (guint i = 0; i < count; i++) {
        Candidate candidate = {.connector = edges[i].connector, .edge = &edges[i]};

        if (!group_tree_reaches(tree, edges[i].to) || !edge_rule_allows(&edges[i], &here) ||
            !choice_fits(choice, edges[i].connector, rule.size))
            continue;
        candidate.legacy_cost = group_tree_cost(tree, edges[i].to) + edges[i].cost;
        candidate.keys[0].value = candidate.legacy_cost;
        g_array_append_val(choice->candidates, candidate);
    }
    choice_settle(choice);
    reject_all_narrow(walk, choice, tree, to, failures);
    return choice;
}

static void add_name(GPtrArray *names, char *name)
{
    if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_free(name);
    else
        g_ptr_array_add(names, name);
}

/* The equal next groups share the load; where there is one only, the equal connectors to it do. */
static void share_steps(Walk *walk, const Choice *choice)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *connectors = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < choice_equals(choice); i++) {
        const Candidate *candidate = &g_array_index(choice->candidates, Candidate, i);

        add_name(groups, g_strdup_printf("rg:%s", candidate->edge->to->object.name));
        add_name(connectors, g_strdup_printf("connector:%s", candidate->connector->object.name));
    }
    if (groups->len > 1) {
        walk_share(walk, groups);
        g_ptr_array_unref(connectors);
    } else {
        walk_share(walk, connectors);
        g_ptr_array_unref(groups);
    }
}

static void mention_dead(Walk *walk)
{
    guint count;
    const GroupEdge *edges = group_net_edges(router_groups(walk->router), walk->group, &count);

    for (guint i = 0; i < count; i++)
        if (connector_is_down(walk->failures, edges[i].connector))
            rejected_add(walk->route->rejected, edges[i].connector->object.name, "it is down");
}

/* With link state, dead connectors are avoided; where nothing else leads there they stay in the
 * table, and the message goes on to the dead one and waits (so Exchange 2003; the statement is from
 * experience, not from a document). */
static Choice *choose_by_link_state(Walk *walk, const RoutingGroup *to)
{
    Choice *choice;

    if (walk->question->suppressed || !failures_any(walk->failures))
        return choose_step(walk, to, NULL);
    choice = choose_step(walk, to, walk->failures);
    if (choice_best(choice) != NULL) {
        mention_dead(walk);
        return choice;
    }
    choice_free(choice);
    return choose_step(walk, to, NULL);
}

bool walk_on(Walk *walk, const RoutingGroup *to)
{
    g_autoptr(Choice) choice = NULL;
    const Candidate *best;

    mention_flawed(walk, to);
    choice = choose_by_link_state(walk, to);
    best = choice_best(choice);
    walk_explain(walk, choice);
    if (best == NULL)
        return walk_refuse(walk, choice, to);
    share_steps(walk, choice);
    set_vector(walk, best->legacy_cost);
    return walk_connector(walk, best->edge);
}
