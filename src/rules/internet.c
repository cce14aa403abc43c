/*
 * SEND, second part: the ways of mail to the Internet: whether there is one, whose servers it
 * leaves from, and whether it passes the Edge server.
 */
#include "rules/internet.h"

#include "routing/connections.h"
#include "rules/facts.h"
#include "rules/words.h"

#include <string.h>

static const Need way_needs[] = {
    {CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_msExchConnector, ATTR_homeMTA},
    {CLASS_NONE, ATTR_NONE},
};

/* --- ways to the Internet ------------------------------------------------------------------- */

/* Connectors that serve SMTP:*, are enabled and have a living server for which `wanted` holds among
 * those that send for them. */
static GPtrArray *internet_ways(const Topology *topology, bool (*wanted)(const Server *))
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Connector, connector, topology->connectors) {
        g_autoptr(GPtrArray) senders = NULL;
        g_autoptr(GPtrArray) fit = NULL;

        if (!connector_serves_internet(connector) || !connector_is_enabled(connector))
            continue;
        senders = connector_senders(connector);
        fit = servers_where(senders, wanted);
        if (fit->len > 0)
            g_ptr_array_add(found, connector);
    }
    return found;
}

static bool server_lives(const Server *server)
{
    return server != NULL;
}

static bool server_stays(const Server *server)
{
    return !server_is_legacy(server);
}

/* Enabled connectors that serve SMTP:* and whose senders could not all be seen. */
static guint count_unseen_ways(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_serves_internet(connector) && connector_is_enabled(connector) &&
            connector_has_unseen_sender(topology, connector))
            count++;
    return count;
}

/* --- SEND001 ------------------------------------------------------------------------------ */

/* Beside Exchange 2003, whose virtual servers deliver by MX record without any connector, nobody
 * notices until the first users of Exchange 2007 write to outside. */
static Severity no_way_severity(Check *check)
{
    bool step = check_scenario(check) == SCENARIO_LAST;

    return step || topology_coexists(check_topology(check)) ? SEVERITY_ERROR : SEVERITY_WARNING;
}

static void raise_no_way(Check *check)
{
    const Topology *topology = check_topology(check);
    const Organization *organization = topology->organization;
    bool step = check_scenario(check) == SCENARIO_LAST;
    Finding *finding;

    finding = check_raise(check, no_way_severity(check),
                          organization == NULL ? NULL : &organization->object,
                          "No enabled connector with a living source server %sserves SMTP:*, so "
                          "that Exchange 2007 and later have no way to the Internet",
                          step ? "of Exchange 2007 or later " : "");
    if (organization != NULL)
        finding_cite_object(finding, &organization->object);
    FOR_EACH(const Connector, connector, topology->connectors) {
        if (connector->kind != CONNECTOR_SMTP)
            continue;
        finding_cite(finding, &connector->object, ATTR_routingList, "SMTP:*;1");
        if (connector->enabled.present)
            finding_cite(finding, &connector->object, ATTR_msExchSmtpSendEnabled, "TRUE");
        finding_cite_senders(finding, connector);
        finding_relate(finding, &connector->object);
    }
}

static void check_internet_way(Check *check)
{
    const Topology *topology = check_topology(check);
    bool step = check_scenario(check) == SCENARIO_LAST;
    g_autoptr(GPtrArray) ways = internet_ways(topology, step ? server_stays : server_lives);
    guint unseen = count_unseen_ways(topology);

    if (!roles_are_visible(check) || !topology_has_server(topology, server_transports) ||
        !connectors_are_visible(check) || ways->len > 0)
        return;
    if (unseen > 0)
        check_not_assessed(check, unseen, "a source server of the connector was not read");
    else
        raise_no_way(check);
}

const Rule SEND001 = {
    .id = "SEND001",
    .slug = "no-way-to-the-internet",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "No connector leads to the Internet",
    .condition =
        "There are Hub Transport servers, and no enabled SMTP or Send connector has SMTP:* "
        "in routingList and, in msExchSourceBridgeheadServersDN (without any, homeMTA), a living "
        "server that is a Hub Transport, Edge or older one. A warning, as the organisation may be "
        "cut off on purpose; an error "
        "beside Exchange 2003, and before the last Exchange 2003 server goes, when servers "
        "that go do not count.",
    .why =
        "Exchange 2003 sends to the Internet without any connector, by its SMTP virtual servers. "
        "Exchange 2007 does not, and setup creates no Send connector: messages to outside go to "
        "the Unreachable queue.",
    .remedy = "Create one: New-SendConnector -Name Internet -Usage Internet -AddressSpaces "
              "\"SMTP:*;1\" -SourceTransportServers <hubs>, with -SmartHosts <host> "
              "-DNSRoutingEnabled $false where a relay is used; or subscribe an Edge server.",
    .references = "TechNet aa998662 (Send connectors)",
    .needs = way_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_internet_way,
};

/* --- SEND002 ------------------------------------------------------------------------------ */

static bool any_sender(const GPtrArray *connectors, bool (*wanted)(const Server *))
{
    FOR_EACH(const Connector, connector, connectors) {
        g_autoptr(GPtrArray) senders = connector_source_servers(connector);

        FOR_EACH(const Server, sender, senders)
            if (wanted(sender))
                return true;
    }
    return false;
}

static void raise_one_sided(Check *check, const GPtrArray *ways, bool legacy)
{
    static const char older[] = "Exchange 2003 or older";
    static const char newer[] = "Exchange 2007 or later";
    bool grave = legacy && check_scenario(check) == SCENARIO_LAST;
    g_autofree char *names = names_of(ways);
    Finding *finding;

    finding = check_raise(check, grave ? SEVERITY_WARNING : SEVERITY_INFO, NULL,
                          "All mail to the Internet leaves from servers of %s (%s); users on %s "
                          "reach it over the routing group connectors",
                          legacy ? older : newer, names, legacy ? newer : older);
    FOR_EACH(const Connector, connector, ways) {
        finding_cite_senders(finding, connector);
        finding_relate(finding, &connector->object);
    }
}

static void check_one_sided(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) ways = internet_ways(topology, server_lives);
    guint unseen = count_unseen_ways(topology);
    bool legacy = any_sender(ways, server_is_legacy);
    bool modern = any_sender(ways, server_is_modern);

    if (!topology_coexists(topology) || !connectors_are_visible(check) || (legacy && modern))
        return;
    if (unseen > 0)
        check_not_assessed(check, unseen, "a source server of the connector was not read");
    else if (legacy || modern)
        raise_one_sided(check, ways, legacy);
}

const Rule SEND002 = {
    .id = "SEND002",
    .slug = "internet-mail-on-one-side",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "One generation of servers sends all Internet mail",
    .condition = "Exchange 2000/2003 and 2007/2010 coexist, and the living sources of all enabled "
                 "connectors with SMTP:* in routingList are of one generation. Information; a "
                 "warning before the last Exchange 2003 server goes if it is theirs.",
    .why = "The users of the other generation depend on the routing group connectors for every "
           "message to the Internet. And when the side that sends is the one to be removed, "
           "Internet mail has to move first.",
    .remedy = "Decide which side sends. Before Exchange 2003 goes, create a Send connector for "
              "SMTP:* on Hub Transport servers (New-SendConnector), try it, and delete the old "
              "connector.",
    .references = "TechNet bb125223 (message routing in coexistence)",
    .needs = way_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_one_sided,
};

/* --- SEND013 ------------------------------------------------------------------------------ */

static int internet_cost(const Connector *connector)
{
    int cost = G_MAXINT;

    for (guint i = 0; i < connector->space_count; i++)
        if (strcmp(connector->spaces[i].pattern, "*") == 0 &&
            strcmp(connector->spaces[i].type, "SMTP") == 0)
            cost = MIN(cost, address_space_cost(&connector->spaces[i]));
    return cost;
}

/* The cheapest of the ways; all of them when several cost the same. */
static GPtrArray *cheapest_of(const GPtrArray *ways)
{
    GPtrArray *found = g_ptr_array_new();
    int least = G_MAXINT;

    FOR_EACH(const Connector, connector, ways)
        least = MIN(least, internet_cost(connector));
    FOR_EACH(Connector, connector, ways)
        if (internet_cost(connector) == least)
            g_ptr_array_add(found, connector);
    return found;
}

/* Whether a connector sends from, or to, one of the Edge servers. */
static bool connector_uses_edge(const Connector *connector, const GPtrArray *edges)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_auto(GStrv) hosts = connector_smart_hosts(connector);

    FOR_EACH(const Server, sender, senders)
        if (server_is_edge(sender))
            return true;
    FOR_EACH(const Server, edge, edges)
        for (char **host = hosts; *host != NULL; host++)
            if (server_is_called(edge, *host))
                return true;
    return false;
}

static bool smart_host_is_address(const Connector *connector)
{
    return connector->smart_host != NULL && (strchr(connector->smart_host, '[') != NULL ||
                                             g_ascii_isdigit(connector->smart_host[0]));
}

static void judge_cheapest(Check *check, const GPtrArray *cheapest, const GPtrArray *edges)
{
    const Connector *first = g_ptr_array_index(cheapest, 0);
    g_autofree char *names = names_of(edges);
    guint addresses = 0;
    Finding *finding;

    FOR_EACH(const Connector, connector, cheapest) {
        if (connector_uses_edge(connector, edges))
            return;
        addresses += smart_host_is_address(connector);
    }
    if (addresses > 0) {
        check_not_assessed(check, addresses, "the smart host is an address, which is not resolved");
        return;
    }
    finding = check_raise(check, SEVERITY_INFO, &first->object,
                          "Mail to the Internet leaves over connector \"%s\", past the subscribed "
                          "Edge servers (%s)",
                          first->object.name, names);
    finding_cite_senders(finding, first);
    finding_cite(finding, &first->object, ATTR_msExchSmtpSmartHost, NULL);
    finding_cite(finding, &first->object, ATTR_routingList, NULL);
    finding_relate_all(finding, cheapest);
    finding_relate_all(finding, edges);
}

static void check_edge_bypass(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) edges = servers_where(topology->servers, server_is_edge);
    g_autoptr(GPtrArray) ways = internet_ways(topology, server_lives);
    g_autoptr(GPtrArray) cheapest = cheapest_of(ways);

    if (!no_roles_read(check) && edges->len > 0 && connectors_are_visible(check) &&
        cheapest->len > 0)
        judge_cheapest(check, cheapest, edges);
}

const Rule SEND013 = {
    .id = "SEND013",
    .slug = "edge-bypassed",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Mail to the Internet bypasses the Edge server",
    .condition = "An Edge server is subscribed (bit 64 of msExchCurrentServerRoles), and of the "
                 "enabled connectors with SMTP:* in routingList none with the lowest cost has an "
                 "Edge server among its sources or as msExchSmtpSmartHost. Costs of the sites on "
                 "the way are not counted.",
    .why =
        "The Edge server is there to stand between the organisation and the Internet. Mail that "
        "leaves past it is neither filtered nor rewritten there, and does not teach it whom your "
        "users write to.",
    .remedy =
        "Let the subscription make the connectors (New-EdgeSubscription with "
        "-CreateInternetSendConnector $true), or name the Edge server as smart host: "
        "Set-SendConnector -Identity <connector> -SmartHosts <edge> -DNSRoutingEnabled $false.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .needs = way_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_edge_bypass,
};
