/*
 * SEND, first part: the servers behind the connectors that lead out of the organisation (SMTP and
 * Send connectors, X.400 and foreign ones): whether there are any, whether they can send, and
 * whether routing can reach them. What the connectors send where is judged in internet.c
 * and address-spaces.c.
 */
#include "rules/address-spaces.h"
#include "rules/facts.h"
#include "rules/internet.h"
#include "rules/own-domains.h"
#include "rules/rg.h"
#include "rules/rule.h"
#include "rules/virtual-servers.h"
#include "rules/words.h"

#include "routing/group-paths.h"
#include "routing/sites.h"

static const Need source_needs[] = {{CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
                                    {CLASS_NONE, ATTR_NONE}};

/* --- SEND004 ------------------------------------------------------------------------------ */

static void check_no_source(Check *check)
{
    if (!connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors) {
        Finding *finding;

        if (!connector_leads_out(connector) || connector->source_count > 0 ||
            connector->home_mta.value != NULL)
            continue;
        finding = check_raise(check, SEVERITY_ERROR, &connector->object,
                              "Connector \"%s\" has neither a source server nor a home MTA",
                              connector->object.name);
        finding_cite(finding, &connector->object, ATTR_msExchSourceBridgeheadServersDN,
                     "the server that sends");
        finding_cite(finding, &connector->object, ATTR_homeMTA, NULL);
    }
}

static const Need home_needs[] = {{CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
                                  {CLASS_mailGateway, ATTR_homeMTA},
                                  {CLASS_NONE, ATTR_NONE}};

static const Rule SEND004 = {
    .id = "SEND004",
    .slug = "send-connector-without-source",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A connector has no source server",
    .condition = "msExchSourceBridgeheadServersDN and homeMTA are both absent on an SMTP or Send "
                 "connector, an X.400 connector or a foreign connector.",
    .why = "Routing passes the connector over. Its address spaces are as good as not there, and "
           "mail for them leaves another way or not at all.",
    .remedy =
        "Name source servers: Set-SendConnector -Identity <connector> "
        "-SourceTransportServers <servers>, or in ESM the local bridgeheads of the connector. "
        "Delete the connector if nobody needs it.",
    .references = "MSExchangeTransport event 5014 (TechNet ff983866)",
    .needs = home_needs,
    .reads = READS(CLASS_msExchRoutingSMTPConnector),
    .check = check_no_source,
};

/* --- SEND005 ------------------------------------------------------------------------------ */

/* Why a named sender cannot send, to follow its name; NULL when it can or cannot be seen. */
static const char *sender_fault(const Topology *topology, const Bridgehead *sender)
{
    ReferenceState state = bridgehead_state(topology, sender);
    const Server *server = sender->server;

    if (server == NULL && reference_dangles(state))
        return reference_state_text(state);
    if (server == NULL)
        return state == REFERENCE_UNSEEN ? NULL : "is no Exchange server";
    if (server_is_placed(server) && server->roles.present && !server_transports(server))
        return "is no Hub Transport server";
    return NULL;
}

/* What a reader calls the sender: for a lost one the server that the name contains. */
static char *sender_name(const Bridgehead *sender)
{
    const Dn *dn = value_dn(sender->value);

    if (sender->server != NULL)
        return g_strdup(sender->server->object.name);
    if (dn == NULL)
        return value_text(sender->value, ATTR_msExchSourceBridgeheadServersDN);
    for (const Dn *up = dn; up->parent != NULL && up->parent->value != NULL; up = up->parent)
        if (g_ascii_strcasecmp(up->parent->value, "Servers") == 0)
            return dn_plain_name(up);
    return dn_plain_name(dn);
}

/* The senders that are named: the sources or, without any, the home MTA. */
static const Bridgehead *named_senders(const Connector *connector, guint *count)
{
    if (connector->source_count > 0) {
        *count = connector->source_count;
        return connector->sources;
    }
    *count = connector->home_mta.value != NULL ? 1 : 0;
    return &connector->home_mta;
}

static void judge_senders(Check *check, const Connector *connector)
{
    const Topology *topology = check_topology(check);
    AttributeId attribute = connector->source_count > 0 ? ATTR_msExchSourceBridgeheadServersDN
                                                        : ATTR_homeMTA;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) faulty = g_array_new(FALSE, FALSE, sizeof(const Bridgehead *));
    guint count;
    const Bridgehead *senders = named_senders(connector, &count);
    Finding *finding;

    for (guint i = 0; i < count; i++) {
        const Bridgehead *sender = &senders[i];
        const char *fault = sender_fault(topology, sender);
        g_autofree char *name = fault == NULL ? NULL : sender_name(sender);

        if (fault == NULL)
            continue;
        g_string_append_printf(text, "%s%s %s", faulty->len > 0 ? "; " : "", name, fault);
        g_array_append_val(faulty, sender);
    }
    if (faulty->len == 0)
        return;
    finding = check_raise(
        check, faulty->len == count ? SEVERITY_ERROR : SEVERITY_WARNING, &connector->object,
        "Connector \"%s\" names %s that cannot send: %s", connector->object.name,
        faulty->len == count ? "only source servers" : "source servers", text->str);
    for (guint i = 0; i < faulty->len; i++)
        finding_cite_value(finding, &connector->object, attribute,
                           g_array_index(faulty, const Bridgehead *, i)->value,
                           "a living Hub Transport, Edge or Exchange 2003 server");
}

/* --- who reaches them --------------------------------------------------------------------- */

/* Whether mail from a site can enter a connector out of the group of Exchange 2007: over site links
 * to one of its source servers. Where one of them is in no site that was read, it is taken for
 * granted. */
static bool site_reaches_exit(const SiteIslands *islands, const Site *site,
                              const Connector *connector)
{
    g_autoptr(GPtrArray) sources = connector_source_servers(connector);

    FOR_EACH(const Server, source, sources)
        if (source->site == NULL || site_islands_join(islands, site, source->site))
            return true;
    return sources->len == 0;
}

/* The connectors out of the group of Exchange 2007 from which mail gets to one of the legacy
 * senders without coming back to it (of Connector); the caller unrefs. */
static GPtrArray *exits_towards(Check *check, const GPtrArray *senders)
{
    const RoutingGroup *own = check_topology(check)->official_routing_group;
    const GroupFilter filter = {group_edge_avoids, own};
    GPtrArray *exits = g_ptr_array_new();
    guint count;
    const GroupEdge *edges = group_net_edges(check_group_net(check), own, &count);

    FOR_EACH(const Server, sender, senders) {
        g_autoptr(GroupTree) tree = NULL;

        if (!server_is_legacy(sender) || sender->routing_group == NULL)
            continue;
        tree = group_tree_towards(check_group_net(check), sender->routing_group, &filter);
        for (guint i = 0; i < count; i++)
            if (group_tree_reaches(tree, edges[i].to))
                g_ptr_array_add(exits, (gpointer)(uintptr_t)edges[i].connector);
    }
    return exits;
}

/* Whether a hub of `site` can hand mail to one of the senders, which may be behind an exit. */
static bool site_reaches_sender(const SiteIslands *islands, const Site *site,
                                const GPtrArray *senders, const GPtrArray *exits)
{
    FOR_EACH(const Server, sender, senders)
        if (sender->site != NULL && site_islands_join(islands, site, sender->site))
            return true;
    FOR_EACH(const Connector, connector, exits)
        if (site_reaches_exit(islands, site, connector))
            return true;
    return false;
}

/* A legacy sender of which it cannot be told how mail gets there. */
static bool any_is_nowhere(const Topology *topology, const GPtrArray *senders)
{
    FOR_EACH(const Server, sender, senders)
        if (server_is_legacy(sender) &&
            (topology->official_routing_group == NULL || sender->routing_group == NULL))
            return true;
    return false;
}

static bool server_has_place(const Server *server)
{
    return server->site != NULL || server_is_legacy(server);
}

static void judge_reach(Check *check, const Connector *connector, const SiteIslands *islands,
                        const GPtrArray *hub_sites)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_autoptr(GPtrArray) placed = servers_where(senders, server_has_place);
    g_autoptr(GPtrArray) cut_off = g_ptr_array_new();
    g_autoptr(GPtrArray) exits = NULL;
    g_autofree char *names = NULL;
    Finding *finding;

    if (placed->len < senders->len || placed->len == 0 || !connector_is_enabled(connector) ||
        connector_has_unseen_sender(check_topology(check), connector))
        return;
    if (any_is_nowhere(check_topology(check), placed)) {
        check_not_assessed(check, 1,
                           "the way to the routing group of a source server was not read");
        return;
    }
    exits = exits_towards(check, placed);
    FOR_EACH(Site, site, hub_sites)
        if (!site_reaches_sender(islands, site, placed, exits))
            g_ptr_array_add(cut_off, site);
    if (cut_off->len == 0)
        return;
    names = names_of(cut_off);
    finding = check_raise(check, SEVERITY_ERROR, &connector->object,
                          "No path leads from Hub Transport servers in %s to a source server of "
                          "connector \"%s\"",
                          names, connector->object.name);
    FOR_EACH(const Site, site, cut_off)
        finding_cite_object(finding, &site->object);
    finding_cite_senders(finding, connector);
    finding_relate_all(finding, senders);
}

/* Whether hubs may have mail for the connector: for one of X.400 or SMTP that only joins routing
 * groups of Exchange 2000/2003 they have none. */
static bool serves_hubs(Check *check, const Connector *connector)
{
    if (!connector_leads_out(connector))
        return false;
    if (connector->connected.count == 0 || connector->space_count > 0)
        return true;
    if (directory_seen(check_topology(check)->directory, CLASS_mailGateway, ATTR_routingList) == 0)
        check_not_assessed(check, 1, "the address spaces of the connector were not read");
    return false;
}

/* Over which routing groups Exchange 2003 servers are in reach. */
static bool connector_targets_unread(Check *check)
{
    const Directory *directory = check_topology(check)->directory;
    ClassId id = CLASS_msExchRoutingGroupConnector;

    return attribute_unread(check, directory_of_class(directory, id)->len, id,
                            ATTR_msExchTargetBridgeheadServersDN);
}

static void check_senders(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) hub_sites = sites_with(topology, server_transports);
    g_autoptr(SiteIslands) islands = NULL;

    if (!connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, topology->connectors) {
        if (!connector_leads_out(connector))
            continue;
        judge_senders(check, connector);
        if (connector_has_unseen_sender(topology, connector))
            check_not_assessed(check, 1, "a source server of the connector was not read");
    }
    if (!links_are_visible(check) || connector_targets_unread(check))
        return;
    islands = site_islands_new(topology, false);
    FOR_EACH(const Connector, connector, topology->connectors)
        if (serves_hubs(check, connector))
            judge_reach(check, connector, islands, hub_sites);
}

static const Need reach_needs[] = {
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};

static const Rule SEND005 = {
    .id = "SEND005",
    .slug = "send-connector-source-unfit",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A connector's source server is gone, has the wrong role, or is out of reach",
    .condition =
        "A value of msExchSourceBridgeheadServersDN (without any, homeMTA) names something "
        "deleted, missing or not below an Exchange server, or a server of Exchange 2007 or "
        "later without the Hub Transport role that is no Edge server. A warning as long as "
        "another source is fit. An error too when Hub Transport servers of some site reach "
        "no source, over IP site links or, for Exchange 2003 servers, over a connector from the "
        "routing group of Exchange 2007 to whose source servers IP site links lead; but not for a "
        "connector that has connected routing groups (connectedDomains) and no address space.",
    .why = "A source that cannot send carries nothing. When it is the only one, or nobody reaches "
           "it, routing drops the connector there, and mail for its address spaces has no way out.",
    .remedy =
        "Replace the source servers: Set-SendConnector -Identity <connector> "
        "-SourceTransportServers <hubs>, or in ESM the local bridgeheads of the connector. If "
        "the source is sound but out of reach, repair the site links or routing group "
        "connectors.",
    .references =
        "MSExchangeTransport event 5016 (TechNet ff981396), event 5014 (TechNet ff983866)",
    .needs = reach_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .misses = MISSES(CLASS_siteLink, CLASS_site, CLASS_msExchConnector),
    .check = check_senders,
};

/* --- SEND006 ------------------------------------------------------------------------------ */

/* Mail for an Edge server passes through the site that it is subscribed to. */
static bool server_has_site(const Server *server)
{
    return server_is_modern(server) && server->site != NULL;
}

static guint count_sites(const GPtrArray *servers)
{
    g_autoptr(GHashTable) sites = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Server, server, servers)
        g_hash_table_add(sites, server->site);
    return g_hash_table_size(sites);
}

/* "EX07-MUC1 in Munich, EX07-SEA1 in Seattle". */
static char *places_of(const GPtrArray *servers)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(const Server, server, servers)
        g_string_append_printf(text, "%s%s in %s", text->len > 0 ? ", " : "", server->object.name,
                               server->site->object.name);
    return g_string_free(text, FALSE);
}

static void judge_source_sites(Check *check, const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_autoptr(GPtrArray) placed = servers_where(senders, server_has_site);
    g_autofree char *places = NULL;
    Finding *finding;

    if (count_sites(placed) < 2)
        return;
    places = places_of(placed);
    finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                          "Connector \"%s\" has source servers in different sites: %s",
                          connector->object.name, places);
    finding_cite_senders(finding, connector);
    FOR_EACH(const Server, server, placed)
        finding_cite(finding, &server->object, ATTR_msExchServerSite, NULL);
    finding_relate_all(finding, placed);
}

static void check_source_sites(Check *check)
{
    if (!connectors_are_visible(check) || !sites_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector_leads_out(connector))
            judge_source_sites(check, connector);
}

static const Rule SEND006 = {
    .id = "SEND006",
    .slug = "send-connector-sources-in-different-sites",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "The source servers of a connector stand in different sites",
    .condition = "Source servers of Exchange 2007 or later on one SMTP, Send, X.400 or foreign "
                 "connector name different sites in msExchServerSite; for an Edge server that is "
                 "the site it is subscribed to.",
    .why = "From each site routing uses the sources in the nearest of these sites only. There is "
           "neither load balancing nor failover between sites, whatever the list of sources seems "
           "to promise.",
    .remedy =
        "Keep the sources of one site (Set-SendConnector -Identity <connector> "
        "-SourceTransportServers <hubs>) and make a second connector for the other site, with "
        "a cost of its own.",
    .references = "MSExchangeTransport event 5026",
    .needs = source_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_source_sites,
};

/* --- SEND007 ------------------------------------------------------------------------------ */

static void judge_generations(Check *check, const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_autoptr(GPtrArray) legacy = servers_where(senders, server_is_legacy);
    g_autoptr(GPtrArray) modern = servers_where(senders, server_is_modern);
    g_autofree char *legacy_names = names_of(legacy);
    g_autofree char *modern_names = names_of(modern);
    Finding *finding;

    if (legacy->len == 0 || modern->len == 0)
        return;
    finding = check_raise(check, SEVERITY_ERROR, &connector->object,
                          "Connector \"%s\" has source servers of Exchange 2003 or older (%s) and "
                          "of Exchange 2007 or later (%s)",
                          connector->object.name, legacy_names, modern_names);
    finding_cite_senders(finding, connector);
    FOR_EACH(const Server, server, senders)
        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
    finding_relate_all(finding, senders);
}

static void check_source_generations(Check *check)
{
    if (!connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector_leads_out(connector))
            judge_generations(check, connector);
}

static const Rule SEND007 = {
    .id = "SEND007",
    .slug = "send-connector-mixed-sources",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A connector has source servers of both generations",
    .condition = "The servers named in msExchSourceBridgeheadServersDN of one connector are, by "
                 "serialNumber, partly of Exchange 2003 or older and partly of Exchange 2007 or "
                 "later.",
    .why = "A connector lies in one routing group and serves the servers of that group. Servers of "
           "the two generations are never in one group, so some of these sources belong to "
           "another, and routing finds none of them where it looks.",
    .remedy = "Make two connectors with the same address spaces, one in the routing group of each "
              "generation, and give them different costs.",
    .references = "TechNet aa998574 (New-RoutingGroupConnector), aa998186 (routing in coexistence)",
    .needs = source_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_source_generations,
};

const Rule *const send_rules[] = {&SEND001, &SEND002, &SEND003, &SEND004, &SEND005,
                                  &SEND006, &SEND007, &SEND008, &SEND009, &SEND010,
                                  &SEND011, &SEND012, &SEND013, NULL};
