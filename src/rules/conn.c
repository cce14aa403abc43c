/*
 * CONN: routing group connectors. Whether the generations are joined at all, both ways, and what
 * stands beside what. Bridgeheads, restrictions and the group ExchangeLegacyInterop have files of
 * their own.
 */
#include "rules/conn.h"

#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

#include <string.h>

/* --- CONN001 ------------------------------------------------------------------------------ */

static bool lives_in_modern_group(const Server *server)
{
    return server_uses_routing_group(server) && !server_is_edge(server) &&
           !server_is_provisioned_only(server);
}

/* Back-ends of 2000/2003 that could take the legacy end of a connector. */
static bool is_candidate(const Server *server)
{
    return server_keeps_link_state(server) && !server_is_front_end(server) && !server->clustered &&
           server->routing_group != NULL && !server->routing_group->official;
}

static bool generations_are_joined(const Topology *topology)
{
    FOR_EACH(const Connector, connector, topology->connectors) {
        if (connector_joins_versions(connector))
            return true;
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->group != NULL &&
            connector->group->official &&
            reference_state(topology->directory, connector->destination_value) == REFERENCE_UNSEEN)
            return true;
    }
    return false;
}

static void raise_unjoined(Check *check)
{
    const Topology *topology = check_topology(check);
    const Object *group = &topology->official_routing_group->object;
    g_autoptr(GPtrArray) hubs = hub_servers(topology);
    g_autoptr(GPtrArray) candidates = servers_where(topology->servers, is_candidate);
    g_autofree char *hub_names = names_of(hubs);
    g_autofree char *candidate_names = names_of(candidates);
    Finding *finding = check_raise(
        check, hubs->len > 0 ? SEVERITY_ERROR : SEVERITY_INFO, group,
        "No routing group connector joins \"%s\" with a group of Exchange 2000/2003", group->name);

    finding_cite_object(finding, group);
    finding_relate_all(finding, hubs);
    finding_relate_all(finding, candidates);
    if (hubs->len == 0)
        finding_advise(finding,
                       "The connectors come with the first Hub Transport server: give its setup "
                       "one of these servers as /LegacyRoutingServer: %s.",
                       candidate_names);
    else
        finding_advise(finding,
                       "In the Exchange Management Shell: New-RoutingGroupConnector -Name <name> "
                       "-SourceTransportServers <hub> -TargetTransportServers <2003 server> -Cost "
                       "1 -Bidirectional $true -PublicFolderReferralsEnabled $true. Hubs: %s. "
                       "Exchange 2000/2003 back-ends: %s.",
                       hub_names, candidate_names);
}

static void check_unjoined(Check *check)
{
    const Topology *topology = check_topology(check);
    const char *unseen = unseen_connectors(topology);

    if (generations_are_joined(topology) || !topology_has_server(topology, lives_in_modern_group) ||
        !topology_has_server(topology, server_keeps_link_state))
        return;
    if (topology->official_routing_group == NULL)
        check_not_assessed(check, 0, "the routing group of Exchange 2007 was not found");
    else if (unseen != NULL)
        check_not_assessed(check, 0, "%s", unseen);
    else
        raise_unjoined(check);
}

static const Rule CONN001 = {
    .id = "CONN001",
    .slug = "no-connector-between-versions",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "No connector joins Exchange 2007 with Exchange 2000/2003",
    .condition = "Servers of both generations exist, and no msExchRoutingGroupConnector leads "
                 "(msExchDestinationRGDN) from the routing group of Exchange 2007 to another or "
                 "back. Information while Exchange 2007 has no Hub Transport server yet.",
    .why = "No mail passes between the generations, in either direction. The usual cause is an "
           "unattended setup of the first hub that was not told of a legacy routing server.",
    .remedy = "Create a pair of connectors in the Exchange Management Shell: "
              "New-RoutingGroupConnector -Name <name> -SourceTransportServers <hub> "
              "-TargetTransportServers <2003 server> -Bidirectional $true.",
    .references = "TechNet aa998574; TechNet aa998186; Exchange 2007 help: mail flow between "
                  "Exchange 2003 and a Hub Transport server",
    .needs = connector_destinations,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_unjoined,
};

/* --- CONN002 ------------------------------------------------------------------------------ */

/* Whether a connector of `from`, working or not, leads straight to `to`. */
static bool leads_straight(const RoutingGroup *from, const RoutingGroup *to)
{
    FOR_EACH(const Connector, connector, from->connectors) {
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->destination == to)
            return true;
        if (!from->official && !to->official &&
            g_ptr_array_find(connector->connected_groups, to, NULL))
            return true;
    }
    return false;
}

static void raise_one_way(Check *check, const Connector *connector, const char *unseen)
{
    const RoutingGroup *from = connector->group;
    const RoutingGroup *to = connector->destination;
    g_autoptr(GArray) path = group_graph_path(check_group_graph(check), to, from, NULL);
    g_autofree char *way = path == NULL ? NULL : group_path_text(path);
    Finding *finding;

    if (way != NULL)
        finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                              "Connector \"%s\" leads from routing group \"%s\" to \"%s\" and none "
                              "leads straight back; mail returns by %s",
                              connector->object.name, from->object.name, to->object.name, way);
    else
        finding = check_raise(check, unseen != NULL ? SEVERITY_WARNING : SEVERITY_ERROR,
                              &connector->object,
                              "Connector \"%s\" leads from routing group \"%s\" to \"%s\" and "
                              "there is no way back%s",
                              connector->object.name, from->object.name, to->object.name,
                              unseen != NULL ? " among the connectors that were seen" : "");
    finding_cite(finding, &connector->object, ATTR_msExchDestinationRGDN, NULL);
    finding_relate(finding, &from->object);
    finding_relate(finding, &to->object);
}

static void judge_ways_back(Check *check, const RoutingGroup *group, const char *unseen)
{
    g_autoptr(GPtrArray) connectors = connectors_by_destination(group, false);

    for (guint i = 0; i < connectors->len; i = destination_run_end(connectors, i)) {
        const Connector *connector = g_ptr_array_index(connectors, i);
        const RoutingGroup *to = connector->destination;

        if (to != group && to->members->len > 0 && !leads_straight(to, group))
            raise_one_way(check, connector, unseen);
    }
}

static void check_one_way(Check *check)
{
    const Topology *topology = check_topology(check);
    const char *unseen = unseen_connectors(topology);

    if (connector_ends_unread(check) || homes_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->members->len > 0)
            judge_ways_back(check, group, unseen);
}

static const Rule CONN002 = {
    .id = "CONN002",
    .slug = "connector-one-way",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A connector exists in one direction only",
    .condition = "A routing group connector leads from one group with members to another, and none "
                 "leads back (msExchDestinationRGDN; between groups of Exchange 2000/2003 a "
                 "connected routing group of an SMTP or X.400 connector counts as well). An error "
                 "when no other chain of connectors leads back, a warning otherwise.",
    .why = "A connector carries mail one way; the way back is an object of its own in the other "
           "group. New-RoutingGroupConnector makes only one of them unless told otherwise. One way "
           "alone is allowed, but replies then take a detour or have no way at all.",
    .remedy = "Create the connector back: New-RoutingGroupConnector with source and target "
              "exchanged, or in Exchange System Manager a connector in the other group.",
    .references = "TechNet aa998574; TechNet aa998186",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_one_way,
};

/* --- CONN009 ------------------------------------------------------------------------------ */

static void judge_costs(Check *check, const Connector *there)
{
    const Connector *back = cheapest_between(there->destination, there->group);
    Finding *finding;

    if (back == NULL || connector_cost(there) == connector_cost(back))
        return;
    finding = check_raise(check, SEVERITY_INFO, &there->object,
                          "From routing group \"%s\" to \"%s\" costs %d (\"%s\"), the way back %d "
                          "(\"%s\")",
                          there->group->object.name, there->destination->object.name,
                          connector_cost(there), there->object.name, connector_cost(back),
                          back->object.name);
    finding_cite(finding, &there->object, ATTR_cost, NULL);
    finding_cite(finding, &back->object, ATTR_cost, NULL);
    finding_relate(finding, &back->object);
}

static void check_costs(Check *check)
{
    if (connector_ends_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups) {
        g_autoptr(GPtrArray) connectors = connectors_by_destination(group, true);

        for (guint i = 0; i < connectors->len; i = destination_run_end(connectors, i)) {
            const Connector *connector = g_ptr_array_index(connectors, i);

            /* Each pair once: from the group that comes first. */
            if (dn_compare(group->object.entry->dn, connector->destination->object.entry->dn) < 0)
                judge_costs(check, connector);
        }
    }
}

static const Rule CONN009 = {
    .id = "CONN009",
    .slug = "connector-costs-asymmetric",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "The two directions between two groups cost differently",
    .condition = "cost of the cheapest enabled routing group connector from one group to another "
                 "differs from that of the cheapest one back. An absent cost counts as 1, which "
                 "New-RoutingGroupConnector sets by default, and so does one below 1.",
    .why = "Routing each way by its own cost is allowed, and the usual reason why mail goes out "
           "here and comes back there.",
    .remedy = "Unless it is wanted, make the costs equal: Set-RoutingGroupConnector -Cost, or in "
              "Exchange System Manager the General page of the connector of Exchange 2000/2003.",
    .references = "TechNet aa998574; Professional Windows PowerShell for Exchange Server 2007 SP1, "
                  "chapter 11",
    .needs = connector_costs,
    .check = check_costs,
};

/* --- CONN012 ------------------------------------------------------------------------------ */

/* The token is found however the value is written: as a name, or in a form of old. */
static bool text_holds_token(const Value *value)
{
    g_autofree char *text = value_text(value, ATTR_connectedDomains);
    g_autofree char *upper = g_ascii_strup(text, -1);

    return strstr(upper, ROUTING_GROUP_TOKEN) != NULL;
}

static bool names_modern_group(const Connector *connector)
{
    FOR_EACH(const RoutingGroup, group, connector->connected_groups)
        if (group->official)
            return true;
    for (guint i = 0; i < connector->connected.count; i++)
        if (text_holds_token(&connector->connected.items[i]))
            return true;
    return false;
}

static void judge_ignored(Check *check, const Connector *connector)
{
    bool inside = connector->group != NULL && connector->group->official;
    bool sure = !inside || connector->connected_groups->len > 0;
    const char *kind = connector->kind == CONNECTOR_SMTP ? "SMTP" : "X.400";
    Finding *finding;

    if (!inside && !names_modern_group(connector))
        return;
    if (inside)
        finding = check_raise(check, sure ? SEVERITY_ERROR : SEVERITY_WARNING, &connector->object,
                              "%s connector \"%s\" lies in the routing group of Exchange 2007 and "
                              "names connected routing groups, which Exchange 2007 ignores",
                              kind, connector->object.name);
    else
        finding = check_raise(check, SEVERITY_ERROR, &connector->object,
                              "%s connector \"%s\" names the routing group of Exchange 2007 as "
                              "connected, which Exchange 2007 ignores",
                              kind, connector->object.name);
    finding_cite(finding, &connector->object, ATTR_connectedDomains, "no value");
    finding_relate_all(finding, connector->connected_groups);
}

static void check_ignored(Check *check)
{
    if (connectors_unread(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if ((connector->kind == CONNECTOR_SMTP || connector->kind == CONNECTOR_X400) &&
            connector->connected.count > 0)
            judge_ignored(check, connector);
}

static const Rule CONN012 = {
    .id = "CONN012",
    .slug = "connector-ignored-by-modern-routing",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "An SMTP or X.400 connector is meant to join a group with that of Exchange 2007",
    .condition = "connectedDomains of an SMTP or X.400 connector names the routing group of "
                 "Exchange 2007, or such a connector lies in that group and has a value. A "
                 "warning in the second case when the values name no group that was read: how "
                 "they are written is not published.",
    .why = "Only a routing group connector may join the group of Exchange 2007 with another. "
           "Exchange 2007 logs event 5028 and leaves the connector out; Exchange 2003 uses it, so "
           "that mail goes one way or is handed to and fro.",
    .remedy = "Remove the connected routing group from the connector and create a pair of routing "
              "group connectors instead: New-RoutingGroupConnector -Bidirectional $true.",
    .references = "MSExchangeTransport event 5028 (TechNet ff985691)",
    .reads = READS(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_ignored,
};

/* --- CONN017 ------------------------------------------------------------------------------ */

static void raise_parallel(Check *check, const GPtrArray *connectors, guint from, guint end)
{
    const Connector *first = g_ptr_array_index(connectors, from);
    bool legacy = !first->group->official;
    g_autoptr(GPtrArray) equal = g_ptr_array_new();
    g_autofree char *names = NULL;
    Finding *finding;

    for (guint i = from; i < end; i++)
        g_ptr_array_add(equal, g_ptr_array_index(connectors, i));
    names = names_of(equal);
    finding = check_raise(check, SEVERITY_INFO, &first->object,
                          "%u connectors lead from routing group \"%s\" to \"%s\" at cost %d, and "
                          "%s: %s",
                          equal->len, first->group->object.name, first->destination->object.name,
                          connector_cost(first),
                          legacy ? "share the load" : "which one is used cannot be foretold",
                          names);
    FOR_EACH(const Connector, connector, equal) {
        finding_cite(finding, &connector->object, ATTR_cost, NULL);
        finding_relate(finding, &connector->object);
    }
}

static guint cost_run_end(const GPtrArray *connectors, guint from, guint limit)
{
    const Connector *first = g_ptr_array_index(connectors, from);
    guint end = from + 1;

    while (end < limit &&
           connector_cost(g_ptr_array_index(connectors, end)) == connector_cost(first))
        end++;
    return end;
}

static void judge_parallels(Check *check, const RoutingGroup *group)
{
    g_autoptr(GPtrArray) connectors = connectors_by_destination(group, true);
    guint from = 0;

    while (from < connectors->len) {
        guint end = cost_run_end(connectors, from, destination_run_end(connectors, from));

        if (end - from > 1)
            raise_parallel(check, connectors, from, end);
        from = end;
    }
}

static void check_parallels(Check *check)
{
    if (connector_ends_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups)
        judge_parallels(check, group);
}

static const Rule CONN017 = {
    .id = "CONN017",
    .slug = "connectors-parallel-at-equal-cost",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Parallel connectors between the same two groups cost the same",
    .condition = "Two or more enabled routing group connectors of one group have the same "
                 "msExchDestinationRGDN and the same cost.",
    .why = "Exchange 2000/2003 spreads mail over connectors of equal cost. Exchange 2007 takes the "
           "one whose source hubs are nearest by site cost, and beyond that the choice is not "
           "documented. Either way it is hard to say where a message went.",
    .remedy =
        "Give the connectors different costs, or keep one of them and give it the bridgeheads "
        "of all: Set-RoutingGroupConnector -SourceTransportServers -TargetTransportServers.",
    .references = "TechNet bb232193; TechNet aa998574",
    .needs = connector_costs,
    .check = check_parallels,
};

const Rule *const conn_rules[] = {
    &CONN001, &CONN002, &CONN003, &CONN004, &CONN005, &CONN006, &CONN007, &CONN008, &CONN009,
    &CONN010, &CONN011, &CONN012, &CONN013, &CONN014, &CONN015, &CONN016, &CONN017, NULL,
};
