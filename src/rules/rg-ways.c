/*
 * RG, the part about ways: whether each routing group is connected, whether mail gets from one
 * generation to the other and back, and how the map of groups lies upon the map of sites.
 */
#include "rules/rg.h"

#include "routing/connections.h"
#include "routing/group-paths.h"
#include "rules/conn-sides.h"
#include "rules/controllers.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- RG005 -------------------------------------------------------------------------------- */

/* Every group that a connector between groups starts from or leads to. */
static GHashTable *connected_groups(const Topology *topology)
{
    GHashTable *groups = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Connector, connector, topology->connectors) {
        bool joins = connector->kind == CONNECTOR_ROUTING_GROUP || connector->connected.count > 0;

        if (!joins || connector->kind == CONNECTOR_FOREIGN)
            continue;
        if (connector->group != NULL)
            g_hash_table_add(groups, connector->group);
        if (connector->destination != NULL)
            g_hash_table_add(groups, connector->destination);
        FOR_EACH(RoutingGroup, group, connector->connected_groups)
            g_hash_table_add(groups, group);
    }
    return groups;
}

/* Groups that mail could go to: those with members. */
static guint count_inhabited(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->members->len > 0)
            count++;
    return count;
}

static void raise_unconnected(Check *check, const RoutingGroup *group, bool alone)
{
    g_autofree char *servers = count_of(group->members->len, "server");
    g_autofree char *stores = count_of(group_count_mailbox_stores(group), "mailbox store");
    Finding *finding =
        check_raise(check, alone ? SEVERITY_INFO : SEVERITY_ERROR, &group->object,
                    alone ? "Routing group \"%s\" (%s, %s) has no connector; it is the only one"
                          : "Routing group \"%s\" (%s, %s) has no connector to or from any other",
                    group->object.name, servers, stores);

    finding_cite_object(finding, &group->object);
    finding_relate_all(finding, group->members);
    if (alone)
        finding_advise(finding, "Nothing has to be done now: the first Hub Transport server brings "
                                "a pair of connectors with it when setup is given a legacy routing "
                                "server.");
}

static void check_unconnected(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) connected = connected_groups(topology);
    const char *unseen = unseen_connectors(topology);
    bool alone = count_inhabited(topology) < 2;

    if (homes_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        if (!group_is_legacy(group) || g_hash_table_contains(connected, group))
            continue;
        if (unseen != NULL)
            check_not_assessed(check, 1, "%s", unseen);
        else
            raise_unconnected(check, group, alone);
    }
}

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

const Rule RG005 = {
    .id = "RG005",
    .slug = "routing-group-unconnected",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A routing group of Exchange 2000/2003 has no connector at all",
    .condition = "A group with Exchange 2000/2003 members neither holds nor is the target of a "
                 "routing group connector (msExchDestinationRGDN), nor of an SMTP or X.400 "
                 "connector with connected routing groups (connectedDomains). Information when "
                 "it is the only group with members.",
    .why =
        "Mail into and out of the group has no way. Before the first Exchange 2007 server comes, "
        "every group has to be connected: Exchange 2007 reaches the others through one.",
    .remedy = "In Exchange System Manager create a routing group connector from the group to a "
              "neighbour, and answer yes when it offers to create the way back.",
    .references = "TechNet aa998186",
    .needs = server_versions,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector),
    .check = check_unconnected,
};

/* --- RG006, RG007 ------------------------------------------------------------------------- */

/* Mail from Exchange 2007 to a group, or from a group to Exchange 2007. */
typedef enum Direction { FROM_MODERN, TO_MODERN } Direction;

static bool crosses(Check *check, const RoutingGroup *group, Direction direction)
{
    const GroupGraph *graph = check_group_graph(check);

    FOR_EACH(const RoutingGroup, other, check_topology(check)->routing_groups) {
        const RoutingGroup *from = direction == FROM_MODERN ? other : group;
        const RoutingGroup *to = direction == FROM_MODERN ? group : other;

        if (other->official && group_graph_reaches(graph, from, to))
            return true;
    }
    return false;
}

/* The groups to which connectors that routing uses lead from a group. */
static GPtrArray *next_groups(Check *check, const RoutingGroup *group)
{
    GPtrArray *found = g_ptr_array_new();
    guint count;
    const GroupEdge *edges = group_net_edges(check_group_net(check), group, &count);

    for (guint i = 0; i < count; i++)
        add_once(found, edges[i].to);
    return found;
}

/* The connectors of a group that were to join it to others, and that routing leaves out. */
static GPtrArray *unused_connectors(Check *check, const RoutingGroup *group)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Connector, connector, group->connectors)
        if (connector_joins_groups(connector) &&
            connector_link_flaw(check_topology(check), connector) != CONNECTOR_SOUND)
            g_ptr_array_add(found, connector);
    return found;
}

/* "Interop to Munich" has no target server; "B" is disabled: a few of them. */
static char *unused_text(Check *check, const GPtrArray *connectors)
{
    enum { SHOWN = 3 };
    const Topology *topology = check_topology(check);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < MIN(connectors->len, (guint)SHOWN); i++) {
        const Connector *connector = g_ptr_array_index(connectors, i);

        add_complaint(text, "; ", "\"%s\" %s", connector->object.name,
                      connector_flaw_text(connector_link_flaw(topology, connector)));
    }
    if (connectors->len > SHOWN)
        add_complaint(text, "; ", "and %u more", connectors->len - SHOWN);
    return g_strdup(text->str);
}

/* Where the connectors of a group lead, in words, and why those lead nowhere that do not. */
static char *way_out_of(Check *check, const GPtrArray *next, const GPtrArray *unused)
{
    g_autofree char *names = names_of(next);
    g_autofree char *flaws = unused_text(check, unused);

    if (next->len == 0 && unused->len == 0)
        return g_strdup("no connector leads out of it");
    if (unused->len == 0)
        return g_strdup_printf("its connectors lead to %s", names);
    if (next->len == 0)
        return g_strdup_printf("routing uses none of its connectors: %s", flaws);
    return g_strdup_printf("its connectors lead to %s, and routing uses no others: %s", names,
                           flaws);
}

/* First what may be repaired, then what mail does reach, then whose mail it is. */
static void relate_crossing(Finding *finding, const RoutingGroup *group, const GPtrArray *next,
                            const GPtrArray *unused)
{
    finding_cite_object(finding, &group->object);
    finding_relate_all(finding, unused);
    finding_relate_all(finding, next);
    finding_relate_all(finding, group->members);
}

static void raise_unreached(Check *check, const RoutingGroup *group)
{
    const RoutingGroup *modern = check_topology(check)->official_routing_group;
    g_autoptr(GPtrArray) next = next_groups(check, modern);
    g_autoptr(GPtrArray) unused = unused_connectors(check, modern);
    g_autofree char *way = way_out_of(check, next, unused);
    g_autofree char *servers = count_of(group->members->len, "server");
    g_autofree char *stores = count_of(group_count_mailbox_stores(group), "mailbox store");
    Finding *finding =
        check_raise(check, SEVERITY_ERROR, &group->object,
                    "The routing group of Exchange 2007 has no way to \"%s\" (%s, %s): %s",
                    group->object.name, servers, stores, way);

    relate_crossing(finding, group, next, unused);
}

static void raise_cut_off(Check *check, const RoutingGroup *group)
{
    g_autoptr(GPtrArray) next = next_groups(check, group);
    g_autoptr(GPtrArray) unused = unused_connectors(check, group);
    g_autofree char *way = way_out_of(check, next, unused);
    g_autofree char *servers = count_of(group->members->len, "server");
    Finding *finding = check_raise(check, SEVERITY_ERROR, &group->object,
                                   "Routing group \"%s\" (%s) has no way to Exchange 2007: %s",
                                   group->object.name, servers, way);

    relate_crossing(finding, group, next, unused);
}

static bool role_is_unread(const Server *server)
{
    return server_uses_routing_group(server) && !server->roles.present;
}

static bool no_hub(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology_has_server(topology, server_is_hub))
        return false;
    if (topology_has_server(topology, role_is_unread))
        check_not_assessed(check, 0, "the roles of Exchange 2007 servers were not read");
    return true;
}

/* Both rules: without a hub there is nothing yet that could send or accept mail. */
static void check_crossing(Check *check, Direction direction,
                           void (*raise)(Check *, const RoutingGroup *))
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) groups = legacy_groups(topology);
    const char *unseen = unseen_connectors(topology);

    if (homes_unread(check) || no_hub(check))
        return;
    FOR_EACH(const RoutingGroup, group, groups) {
        if (topology->official_routing_group == NULL)
            check_not_assessed(check, 1, "the routing group of Exchange 2007 was not found");
        else if (crosses(check, group, direction))
            continue;
        else if (unseen != NULL)
            check_not_assessed(check, 1, "%s", unseen);
        else
            raise(check, group);
    }
}

static void check_unreached(Check *check)
{
    check_crossing(check, FROM_MODERN, raise_unreached);
}

const Rule RG006 = {
    .id = "RG006",
    .slug = "routing-group-unreachable",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Exchange 2007 cannot reach a routing group of Exchange 2000/2003",
    .condition =
        "A Hub Transport server exists, and no chain of enabled connectors with servers at "
        "both ends leads from the routing group of Exchange 2007 to a group with Exchange "
        "2000/2003 members. SMTP and X.400 connectors with connected routing groups count between "
        "groups of "
        "Exchange 2000/2003 only.",
    .why = "Mail for every mailbox in the group stays in the Unreachable queue of the hubs, which "
           "log event 5006 for each of its databases.",
    .remedy = "Create the missing direction: New-RoutingGroupConnector -SourceTransportServers "
              "<hub> -TargetTransportServers <2003 server of the group>, or in Exchange System "
              "Manager a connector to the group from one that Exchange 2007 reaches.",
    .references = "TechNet aa998186; MSExchangeTransport event 5006",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_unreached,
};

static void check_cut_off(Check *check)
{
    check_crossing(check, TO_MODERN, raise_cut_off);
}

const Rule RG007 = {
    .id = "RG007",
    .slug = "routing-group-cut-off",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A routing group of Exchange 2000/2003 cannot reach Exchange 2007",
    .condition =
        "A Hub Transport server exists, and no chain of enabled connectors with servers at "
        "both ends leads from a group with Exchange 2000/2003 members to the routing group of "
        "Exchange 2007.",
    .why = "Mail from the group to Exchange 2007 mailboxes collects in \"Messages with an "
           "unreachable destination\" on its Exchange 2003 servers.",
    .remedy = "Create a routing group connector from the group, or from one that it reaches, to a "
              "hub: New-RoutingGroupConnector -SourceTransportServers <2003 server> "
              "-TargetTransportServers <hub>.",
    .references = "TechNet aa998186; Exchange 2007 help: mail flow between Exchange 2003 and a Hub "
                  "Transport server",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_cut_off,
};

/* --- RG011 -------------------------------------------------------------------------------- */

/* Where a server of Exchange 2000/2003 stands: in the site of the domain controller that it is as
 * well; it has none of its own (msExchServerSite came with Exchange 2007). */
static const Site *site_of(const Server *server, GHashTable *controllers)
{
    const DomainController *controller = NULL;

    if (server->fqdn != NULL)
        controller = g_hash_table_lookup(controllers, server->fqdn);
    return controller == NULL ? NULL : controller->site;
}

/* The matrix of groups and sites, read both ways. */
typedef struct Matrix {
    GHashTable *sites;  /* RoutingGroup → GPtrArray of Site */
    GHashTable *groups; /* Site → GPtrArray of RoutingGroup */
    guint unknown;      /* servers of which the site is not known */
} Matrix;

static void matrix_note(GHashTable *table, const void *key, const void *item)
{
    GPtrArray *items = g_hash_table_lookup(table, key);

    if (items == NULL) {
        items = g_ptr_array_new();
        g_hash_table_insert(table, (gpointer)(uintptr_t)key, items);
    }
    add_once(items, item);
}

static void matrix_fill(Matrix *matrix, const Topology *topology)
{
    g_autoptr(GHashTable) controllers = controllers_by_host(topology);

    FOR_EACH(const Server, server, topology->servers) {
        const RoutingGroup *group = server->routing_group;
        const Site *site;

        if (!server_keeps_link_state(server) || (group != NULL && group->official))
            continue;
        site = site_of(server, controllers);
        if (site == NULL || group == NULL) {
            matrix->unknown++;
            continue;
        }
        matrix_note(matrix->sites, group, site);
        matrix_note(matrix->groups, site, group);
    }
}

static void judge_group_places(Check *check, const RoutingGroup *group, const GPtrArray *sites)
{
    g_autofree char *names = NULL;
    Finding *finding;

    if (sites == NULL || sites->len < 2)
        return;
    names = names_of(sites);
    finding = check_raise(check, SEVERITY_INFO, &group->object,
                          "The servers of routing group \"%s\" stand in %u sites: %s",
                          group->object.name, sites->len, names);
    finding_cite_object(finding, &group->object);
    finding_relate_all(finding, sites);
}

static void judge_site_places(Check *check, const Site *site, const GPtrArray *groups)
{
    g_autofree char *names = NULL;
    Finding *finding;

    if (groups == NULL || groups->len < 2)
        return;
    names = names_of(groups);
    finding = check_raise(check, SEVERITY_INFO, &site->object,
                          "The Exchange 2000/2003 servers in site \"%s\" belong to %u routing "
                          "groups: %s",
                          site->object.name, groups->len, names);
    finding_cite_object(finding, &site->object);
    finding_relate_all(finding, groups);
}

static GHashTable *new_table(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static void check_mirroring(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) sites = new_table();
    g_autoptr(GHashTable) groups = new_table();
    Matrix matrix = {.sites = sites, .groups = groups};

    matrix_fill(&matrix, topology);
    if (matrix.unknown > 0)
        check_not_assessed(check, matrix.unknown,
                           "the site of an Exchange 2000/2003 server stands in the directory only "
                           "where it is a domain controller too: compare its address with the "
                           "subnets by hand");
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        judge_group_places(check, group, g_hash_table_lookup(sites, group));
    FOR_EACH(const Site, site, topology->sites)
        judge_site_places(check, site, g_hash_table_lookup(groups, site));
}

const Rule RG011 = {
    .id = "RG011",
    .slug = "routing-groups-differ-from-sites",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "Routing groups and sites do not mirror each other",
    .condition = "Exchange 2000/2003 servers of one routing group stand in several sites, or those "
                 "of one site belong to several groups. Their site is known only when they are "
                 "domain controllers as well (dNSHostName equal to the ncacn_ip_tcp: value of "
                 "networkAddress); the others are not assessed.",
    .why = "The usual design was one routing group for each well-connected place, close to the "
           "sites. Exchange 2007 routes by sites: where the two maps differ, its mail takes other "
           "ways than that of Exchange 2003.",
    .remedy =
        "Nothing has to change. Use the two maps when deciding where hubs and further routing "
        "group connectors belong.",
    .references = "TechNet aa998186",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_mirroring,
};
