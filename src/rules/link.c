/*
 * LINK: link state, and the loops it can cause. Exchange 2003 tells its servers which connectors
 * are down and sends mail around them; Exchange 2007 neither hears nor tells. With more than one
 * way between the two, a message can be handed to and fro for ever.
 */
#include "routing/connections.h"
#include "routing/exit-choice.h"
#include "rules/facts.h"
#include "rules/link-loops.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- connections between the generations --------------------------------------------------- */

/* The enabled routing group connectors between the group of Exchange 2007 and groups in which
 * Exchange 2000/2003 servers live. Two bridgeheads of one connector are one connection. */
typedef struct Crossings {
    GPtrArray *out;  /* of Connector: from Exchange 2007 */
    GPtrArray *back; /* of Connector: to it */
} Crossings;

static Crossings find_crossings(const Topology *topology)
{
    Crossings crossings = {.out = g_ptr_array_new(), .back = g_ptr_array_new()};

    FOR_EACH(Connector, connector, topology->connectors) {
        if (!connector_joins_versions(connector) || !connector_is_enabled(connector))
            continue;
        if (connector->group->official && group_is_legacy(connector->destination))
            g_ptr_array_add(crossings.out, connector);
        else if (connector->destination->official && group_is_legacy(connector->group))
            g_ptr_array_add(crossings.back, connector);
    }
    return crossings;
}

static void crossings_clear(Crossings *crossings)
{
    g_ptr_array_unref(crossings->out);
    g_ptr_array_unref(crossings->back);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Crossings, crossings_clear)

static guint count_legacy_groups(const Topology *topology)
{
    g_autoptr(GPtrArray) groups = legacy_groups(topology);

    return groups->len;
}

static void cite_crossings(Finding *finding, const Crossings *crossings)
{
    const GPtrArray *lists[] = {crossings->out, crossings->back};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        FOR_EACH(const Connector, connector, lists[i]) {
            finding_cite(finding, &connector->object, ATTR_msExchDestinationRGDN, NULL);
            finding_relate(finding, &connector->object);
        }
    }
}

/* --- LINK001 ------------------------------------------------------------------------------ */

static void raise_suppression(Check *check, const Crossings *crossings)
{
    const Topology *topology = check_topology(check);
    const RoutingGroup *modern = topology->official_routing_group;
    g_autoptr(GPtrArray) servers = servers_where(topology->servers, server_keeps_link_state);
    g_autoptr(GArray) cycle = group_graph_cycle(check_group_graph(check), modern);
    g_autofree char *path = cycle == NULL ? NULL : group_path_text(cycle);
    g_autofree char *count = count_of(servers->len, "Exchange 2000/2003 server");
    g_autofree char *out = count_of(crossings->out->len, "connector");
    Finding *finding;

    if (path != NULL)
        finding = check_raise(check, SEVERITY_WARNING, &modern->object,
                              "The generations are joined by %s from Exchange 2007 and "
                              "%u to it, and mail can come back another way than it went (%s); "
                              "whether %s suppress link state cannot be verified",
                              out, crossings->back->len, path, count);
    else
        finding = check_raise(check, SEVERITY_WARNING, &modern->object,
                              "The generations are joined by %s from Exchange 2007 and "
                              "%u to it, and there is more than one routing group of Exchange "
                              "2000/2003; whether %s suppress link state cannot be verified",
                              out, crossings->back->len, count);
    finding_cite_object(finding, &modern->object);
    cite_crossings(finding, crossings);
    finding_relate_all(finding, servers);
}

static void check_suppression(Check *check)
{
    const Topology *topology = check_topology(check);
    g_auto(Crossings) crossings = find_crossings(topology);
    const char *unseen = unseen_connectors(topology);

    if (nothing_to_join(check) || count_legacy_groups(topology) < 2)
        return;
    if (crossings.out->len > 1 || crossings.back->len > 1)
        raise_suppression(check, &crossings);
    else if (unseen != NULL)
        check_not_assessed(check, 0, "%s", unseen);
}

static const Rule LINK001 = {
    .id = "LINK001",
    .slug = "link-state-suppression-unverifiable",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "Several connections join the generations: link state must be suppressed, which the "
             "directory does not show",
    .condition = "More than one enabled routing group connector leads from the group of Exchange "
                 "2007 to groups of Exchange 2000/2003, or back, and there is more than one such "
                 "group. When a chain of connectors leads out to one of them and back from "
                 "another, the finding shows it. Several bridgeheads of one connector are one "
                 "connection.",
    .why = "Exchange 2007 neither reads nor relays link state. An Exchange 2003 server that hears "
           "of a connector that is down may send mail another way, through Exchange 2007, which "
           "sends it back by the way it always takes, for ever. The value that prevents this lies "
           "in each server's registry, where no reader of the directory can see it.",
    .remedy =
        "On every Exchange 2000/2003 server among the related objects set SuppressStateChanges "
        "to 1 (REG_DWORD) below HKLM\\System\\CurrentControlSet\\Services\\RESvc\\Parameters "
        "and restart the SMTP service, the Routing Engine and the MTA; do so before a second "
        "connection is made. Keep an export of the value from each server as the proof this "
        "finding asks for. New connectors and changed costs still spread.",
    .references = "TechNet aa996728; TechNet dd638103",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_suppression,
};

/* --- LINK002 ------------------------------------------------------------------------------ */

static void check_groups_today(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) groups = legacy_groups(topology);
    g_autoptr(GPtrArray) servers = servers_where(topology->servers, server_keeps_link_state);
    g_autofree char *names = names_of(groups);
    g_autofree char *count = count_of(servers->len, "server");
    Finding *finding;

    if (topology->organization == NULL || membership_unread(check) || groups->len < 2)
        return;
    finding = check_raise(check, SEVERITY_INFO, organization_object(topology),
                          "%u routing groups of Exchange 2000/2003 have members (%s); a second "
                          "connection to Exchange 2007 will need link state suppressed on %s",
                          groups->len, names, count);
    FOR_EACH(const RoutingGroup, group, groups) {
        finding_cite_object(finding, &group->object);
        finding_relate(finding, &group->object);
    }
    finding_relate_all(finding, servers);
}

static const Rule LINK002 = {
    .id = "LINK002",
    .slug = "several-legacy-routing-groups",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Several routing groups of Exchange 2000/2003 exist before Exchange 2007 comes",
    .condition = "Two or more routing groups have Exchange 2000/2003 members.",
    .why = "The one pair of connectors that comes with the first hub needs no preparation. As soon "
           "as a second connection is planned, link state has to be suppressed on every Exchange "
           "2000/2003 server first, or mail may loop (LINK001).",
    .remedy = "Plan the registry change (SuppressStateChanges) for all the servers among the "
              "related objects together with the second connector.",
    .references = "TechNet aa996728; Exchange 2010 Pre-Deployment Analyzer, SuppressStateChanges",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer,
                   CLASS_msExchRoutingGroup),
    .check = check_groups_today,
};

/* --- LINK003 ------------------------------------------------------------------------------ */

static void check_cycle(Check *check)
{
    const Topology *topology = check_topology(check);
    const RoutingGroup *modern = topology->official_routing_group;
    g_autoptr(GArray) cycle = NULL;
    g_autofree char *path = NULL;
    Finding *finding;

    if (nothing_to_join(check))
        return;
    cycle = group_graph_cycle(check_group_graph(check), modern);
    if (cycle == NULL && unseen_connectors(topology) != NULL)
        check_not_assessed(check, 0, "%s", unseen_connectors(topology));
    if (cycle == NULL)
        return;
    path = group_path_text(cycle);
    finding = check_raise(check, SEVERITY_WARNING, &modern->object,
                          "Mail can leave Exchange 2007 by one routing group and come back by "
                          "another: %s",
                          path);
    for (guint i = 0; i < cycle->len; i++) {
        const Connector *connector = g_array_index(cycle, GroupHop, i).connector;

        finding_cite(finding, &connector->object, ATTR_cost, NULL);
        finding_relate(finding, &connector->object);
    }
}

static const Rule LINK003 = {
    .id = "LINK003",
    .slug = "cycle-through-modern-routing-group",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A cycle of connectors runs through the routing group of Exchange 2007",
    .condition = "Enabled connectors lead from the group of Exchange 2007 to another, over further "
                 "groups or none, and back from a different one. The shortest such cycle is shown.",
    .why =
        "This is the shape in which a message can go round: Exchange 2003 turns to Exchange 2007 "
        "when a connector on its own side is down, and Exchange 2007, which does not hear of "
        "it, sends the message back.",
    .remedy =
        "Suppress link state on every Exchange 2000/2003 server (LINK001), or take out one of "
        "the connectors so that only one group leads to Exchange 2007 and back.",
    .references = "TechNet aa996728; TechNet bb125223",
    .needs = connector_ways,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_cycle,
};

/* --- LINK004 ------------------------------------------------------------------------------ */

static guint count_hub_sites(const Topology *topology)
{
    g_autoptr(GPtrArray) hubs = hub_servers(topology);
    g_autoptr(GPtrArray) sites = g_ptr_array_new();

    FOR_EACH(const Server, hub, hubs)
        if (hub->site != NULL)
            add_once(sites, hub->site);
    return sites->len;
}

static void raise_single_crossing(Check *check, const Connector *out, const Connector *back,
                                  guint groups, guint sites)
{
    g_autofree char *group_count = count_of(groups, "routing group");
    g_autofree char *site_count_text = count_of(sites, "site");
    g_autoptr(GPtrArray) sources = connector_senders(out);
    g_autofree char *hubs = names_of(sources);
    Finding *finding =
        check_raise(check, SEVERITY_INFO, &out->object,
                    "All mail between %s of Exchange 2000/2003 and the hubs of %s passes \"%s\" "
                    "and \"%s\"%s%s",
                    group_count, site_count_text, out->object.name, back->object.name,
                    sources->len > 0 ? ", by " : "", sources->len > 0 ? hubs : "");

    finding_cite(finding, &out->object, ATTR_msExchDestinationRGDN, NULL);
    finding_cite(finding, &back->object, ATTR_msExchDestinationRGDN, NULL);
    finding_relate(finding, &back->object);
    finding_relate_all(finding, sources);
}

static void check_single_crossing(Check *check)
{
    const Topology *topology = check_topology(check);
    g_auto(Crossings) crossings = find_crossings(topology);
    guint groups = count_legacy_groups(topology);
    guint sites = count_hub_sites(topology);
    const Connector *out;
    const Connector *back;

    if (nothing_to_join(check) || crossings.out->len != 1 || crossings.back->len != 1)
        return;
    if (!sites_are_visible(check))
        return;
    out = g_ptr_array_index(crossings.out, 0);
    back = g_ptr_array_index(crossings.back, 0);
    if (out->destination == back->group && (groups > 1 || sites > 1))
        raise_single_crossing(check, out, back, groups, sites);
}

static const Rule LINK004 = {
    .id = "LINK004",
    .slug = "single-connection-between-versions",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Exactly one connection joins the generations",
    .condition = "One enabled routing group connector leads from Exchange 2007 to Exchange "
                 "2000/2003 and one back between the same two groups, while Exchange 2000/2003 has "
                 "several routing groups or the hubs stand in several sites.",
    .why = "With one connection nothing can loop and link state need not be suppressed. It is also "
           "the one place that all mail between the generations has to pass, however far away "
           "sender and recipient are.",
    .remedy = "Nothing has to be done. Give the connectors more bridgeheads first (CONN007). A "
              "second connection near the traffic may be worth while, but only when link state is "
              "suppressed on every Exchange 2000/2003 server (LINK001).",
    .references = "TechNet aa998186; TechNet dd638103",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_single_crossing,
};

/* --- LINK005 ------------------------------------------------------------------------------ */

/* A connector in a site's own hands, and how many groups' mail passes it by for another one. */
typedef struct Bypass {
    const Connector *own;
    const Connector *taken; /* for the first such group */
    const RoutingGroup *group;
    guint64 own_cost; /* of all connectors on the way to that group */
    guint64 taken_cost;
    guint groups;
} Bypass;

/* The first candidate of a choice whose servers are in the site. */
static const Candidate *first_in_site(const Choice *choice, const Site *site)
{
    for (guint i = 0; i < choice->candidates->len; i++) {
        const Candidate *candidate = &g_array_index(choice->candidates, Candidate, i);

        if (candidate->site == site)
            return candidate;
    }
    return NULL;
}

/* Adds what mail from a site to a group does to the connectors of that site. */
static void judge_exit(Check *check, const SiteTree *sites, const RoutingGroup *group,
                       GHashTable *bypasses)
{
    const RoutingGroup *modern = check_topology(check)->official_routing_group;
    const GroupFilter filter = {group_edge_avoids, modern};
    g_autoptr(GroupTree) tree = group_tree_towards(check_group_net(check), group, &filter);
    g_autoptr(Choice) choice = choose_exit(check_group_net(check), tree, sites, modern, 0);
    const Candidate *best = choice_best(choice);
    const Candidate *own = first_in_site(choice, site_tree_source(sites));
    Bypass *bypass;

    /* Among equals the nearest is best, and nothing is nearer than a site's own. */
    if (own == NULL || own == best)
        return;
    bypass = g_hash_table_lookup(bypasses, own->connector);
    if (bypass == NULL) {
        bypass = g_new0(Bypass, 1);
        *bypass = (Bypass){.own = own->connector,
                           .taken = best->connector,
                           .group = group,
                           .own_cost = own->legacy_cost,
                           .taken_cost = best->legacy_cost};
        g_hash_table_insert(bypasses, (gpointer)own->connector, bypass);
    }
    bypass->groups++;
}

static void raise_bypass(Check *check, const Bypass *bypass, const Site *site)
{
    g_autofree char *groups = count_of(bypass->groups - 1, "further routing group");
    Finding *finding = check_raise(check, SEVERITY_INFO, &bypass->own->object,
                                   "The hubs of site \"%s\" do not use their own connector \"%s\" "
                                   "for mail to \"%s\"%s%s: over "
                                   "\"%s\" in another site the connectors cost %" G_GUINT64_FORMAT
                                   ", over their own %" G_GUINT64_FORMAT,
                                   site->object.name, bypass->own->object.name,
                                   bypass->group->object.name, bypass->groups > 1 ? " and " : "",
                                   bypass->groups > 1 ? groups : "", bypass->taken->object.name,
                                   bypass->taken_cost, bypass->own_cost);

    finding_cite(finding, &bypass->own->object, ATTR_cost, NULL);
    finding_cite(finding, &bypass->taken->object, ATTR_cost, NULL);
    finding_relate(finding, &bypass->taken->object);
    finding_relate(finding, &site->object);
}

static void judge_own_connectors(Check *check, const GPtrArray *connectors, const Site *site,
                                 const GPtrArray *groups)
{
    g_autoptr(SiteTree) tree = site_tree_new(check_site_ways(check)->graph, site);
    g_autoptr(GHashTable) bypasses = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    FOR_EACH(const RoutingGroup, group, groups)
        judge_exit(check, tree, group, bypasses);
    FOR_EACH(const Connector, connector, connectors) {
        const Bypass *bypass = g_hash_table_lookup(bypasses, connector);

        if (bypass != NULL)
            raise_bypass(check, bypass, site);
    }
}

/* The sites whose hubs are sources of the connectors. */
static GPtrArray *source_sites(const GPtrArray *connectors)
{
    GPtrArray *sites = g_ptr_array_new();

    FOR_EACH(const Connector, connector, connectors)
        for (guint i = 0; i < connector->source_count; i++)
            if (connector->sources[i].server != NULL && connector->sources[i].server->site != NULL)
                add_once(sites, connector->sources[i].server->site);
    return sites;
}

static void check_bypass(Check *check)
{
    g_auto(Crossings) crossings = find_crossings(check_topology(check));
    g_autoptr(GPtrArray) groups = legacy_groups(check_topology(check));
    g_autoptr(GPtrArray) sites = source_sites(crossings.out);

    if (nothing_to_join(check) || crossings.out->len < 2 || !links_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites)
        judge_own_connectors(check, crossings.out, site, groups);
}

static const Need bypass_needs[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchDestinationRGDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_cost},
    {CLASS_siteLink, ATTR_cost},
    {CLASS_NONE, ATTR_NONE},
};

static const Rule LINK005 = {
    .id = "LINK005",
    .slug = "own-connector-bypassed",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site's own connector is passed over for a cheaper one elsewhere",
    .condition =
        "A site has a source hub of a routing group connector out of Exchange 2007, but mail from "
        "there to a group that the connector leads to takes a connector of another site, because "
        "the sum of connector costs is lower all the way.",
    .why =
        "For mail to Exchange 2000/2003 the cost of connectors is compared first, and the cost of "
        "site links only among equals. Mail may cross expensive site links inside Exchange 2007 "
        "to leave by the cheaper connector, while the near one idles.",
    .remedy =
        "Unless it is wanted, make the costs equal (Set-RoutingGroupConnector -Cost): then each "
        "site uses the connector that is nearest. Read LINK001 as well.",
    .references = "TechNet bb232193; Professional Windows PowerShell for Exchange Server 2007 SP1, "
                  "chapter 11",
    .needs = bypass_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_siteLink, CLASS_site),
    .check = check_bypass,
};

const Rule *const link_rules[] = {&LINK001, &LINK002, &LINK003, &LINK004,
                                  &LINK005, &LINK006, &LINK007, NULL};
