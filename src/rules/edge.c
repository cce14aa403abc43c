/*
 * EDGE: Edge Transport servers, as far as the directory knows them. They are no members of the
 * forest; what is here is written when an Edge Subscription is imported, and an Edge server without
 * one is not here at all.
 */
#include "rules/facts.h"
#include "rules/rule.h"
#include "rules/words.h"

#include <string.h>

static bool is_edge(const Server *server)
{
    return server_is_edge(server);
}

/* Whether an Edge server's site can be judged; otherwise says why. */
static bool subscription_is_visible(Check *check, const Server *edge)
{
    const Directory *directory = check_topology(check)->directory;

    if (directory_seen(directory, CLASS_msExchExchangeServer, ATTR_msExchServerSite) == 0)
        check_not_assessed(check, 1, "msExchServerSite was not read on any server");
    else if (reference_state(directory, edge->site_value) == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the site that the Edge server is subscribed to was not read");
    else
        return true;
    return false;
}

/* --- EDGE001 ------------------------------------------------------------------------------ */

static void judge_subscription(Check *check, const Server *edge)
{
    ReferenceState state = reference_state(check_topology(check)->directory, edge->site_value);
    Finding *finding;

    if (!subscription_is_visible(check, edge) || edge->site != NULL)
        return;
    finding = check_raise(check, SEVERITY_WARNING, &edge->object,
                          state == REFERENCE_ABSENT
                              ? "Edge server \"%s\" seems to be subscribed to no site: its site %s"
                              : "Edge server \"%s\" is subscribed to a site which %s",
                          edge->object.name, reference_state_text(state));
    finding_cite(finding, &edge->object, ATTR_msExchServerSite, "a living site with hubs");
}

static void check_subscriptions(Check *check)
{
    no_roles_read(check);
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server_is_edge(server))
            judge_subscription(check, server);
}

static const Rule EDGE001 = {
    .id = "EDGE001",
    .slug = "edge-without-subscription-site",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "An Edge server has no valid subscription site",
    .condition = "msExchServerSite of a server with bit 64 in msExchCurrentServerRoles is absent, "
                 "or names no living site. Unsure, hence no error: it is not published that the "
                 "attribute of an Edge server holds its subscription's site.",
    .why = "Hubs of the subscribed site send recipients and settings to the Edge server and "
           "exchange mail with it. Without a site nobody does: what the Edge server knows grows "
           "old, and the connectors made by the subscription lead nowhere.",
    .remedy = "Subscribe the Edge server again, to a site that has hubs. On the Edge server: "
              "New-EdgeSubscription -FileName <file>. On a hub: New-EdgeSubscription -FileData "
              "([byte[]]$(Get-Content -Path <file> -Encoding Byte -ReadCount 0)) -Site <site>.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_subscriptions,
};

/* --- EDGE002, EDGE006 --------------------------------------------------------------------- */

/* Whether a server of the site, of unknown version or with roles not read, may be a hub. */
static bool may_transport(const Site *site)
{
    return site_may_hold(site, FAMILY_2007, FAMILY_SE, ROLE_HUB_TRANSPORT);
}

static void judge_subscribed_site(Check *check, const Server *edge)
{
    g_autoptr(GPtrArray) hubs = NULL;
    g_autofree char *names = NULL;
    Finding *finding;

    if (!subscription_is_visible(check, edge) || edge->site == NULL ||
        site_count(edge->site, server_transports) > 0)
        return;
    if (may_transport(edge->site)) {
        check_not_assessed(check, 1, "version or roles of a server in the site were not read");
        return;
    }
    hubs = servers_where(check_topology(check)->servers, server_transports);
    names = names_of(hubs);
    finding = check_raise(check, SEVERITY_WARNING, &edge->object,
                          "Edge server \"%s\" is subscribed to site \"%s\", which has no Hub "
                          "Transport server (hubs elsewhere: %s)",
                          edge->object.name, edge->site->object.name, names);
    finding_cite(finding, &edge->object, ATTR_msExchServerSite, NULL);
    finding_relate(finding, &edge->site->object);
    finding_relate_all(finding, hubs);
}

static void check_subscribed_sites(Check *check)
{
    no_roles_read(check);
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server_is_edge(server))
            judge_subscribed_site(check, server);
}

static const Rule EDGE002 = {
    .id = "EDGE002",
    .slug = "subscription-site-without-hub",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "An Edge server is subscribed to a site without Hub Transport servers",
    .condition = "msExchServerSite of an Edge server names a site in which no server has bit 32 of "
                 "msExchCurrentServerRoles (from Exchange 2013: bit 2). No error, because it is "
                 "not published that the attribute holds the subscription's site.",
    .why = "The hubs of the subscribed site feed the Edge server, and they are the smart hosts to "
           "which it hands mail from the Internet. Without one, incoming mail waits on the Edge "
           "server and nothing reaches it from inside.",
    .remedy = "Install the Hub Transport role in the site, or subscribe the Edge server to a site "
              "that has hubs: Remove-EdgeSubscription, then New-EdgeSubscription with -Site.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_subscribed_sites,
};

static void judge_last_hub(Check *check, const Site *site)
{
    g_autoptr(GPtrArray) hubs = servers_where(site->servers, server_transports);
    g_autoptr(GPtrArray) edges = servers_where(site->servers, is_edge);
    g_autofree char *names = names_of(edges);
    const Server *hub;
    Finding *finding;

    if (edges->len == 0 || hubs->len != 1 || may_transport(site))
        return;
    hub = g_ptr_array_index(hubs, 0);
    finding = check_raise(check, SEVERITY_WARNING, &hub->object,
                          "\"%s\" is the only Hub Transport server of site \"%s\", to which %s %s "
                          "subscribed",
                          hub->object.name, site->object.name, names,
                          edges->len == 1 ? "is" : "are");
    finding_cite(finding, &hub->object, ATTR_msExchServerSite, NULL);
    finding_relate(finding, &site->object);
    finding_relate_all(finding, edges);
}

static void check_last_hubs(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        judge_last_hub(check, site);
}

static const Rule EDGE006 = {
    .id = "EDGE006",
    .slug = "last-hub-of-subscription-site",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Removing a hub would leave an Edge subscription without one",
    .condition = "A server is the only one with bit 32 of msExchCurrentServerRoles (from Exchange "
                 "2013: bit 2) in a site that an Edge server names in msExchServerSite.",
    .why = "The subscription belongs to the site and does not follow the hub. When its last hub is "
           "removed, mail through the Edge server stops.",
    .remedy = "Before you remove this server, install another hub in the site, or move the "
              "subscription: Remove-EdgeSubscription, then New-EdgeSubscription with -Site.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_last_hubs,
};

/* --- EDGE003 ------------------------------------------------------------------------------ */

static void raise_edge_without_hubs(Check *check, const Server *edge)
{
    finding_cite(check_raise(check, SEVERITY_WARNING, &edge->object,
                             "Edge server \"%s\" has an entry, but no Hub Transport server exists "
                             "in the whole organisation",
                             edge->object.name),
                 &edge->object, ATTR_msExchCurrentServerRoles, NULL);
}

static bool is_exchange_server(const Topology *topology, const char *host)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server_is_called(server, host))
            return true;
    return false;
}

/* The smart hosts that are no Exchange servers, in words. A subscription writes "--" for the hubs
 * of its site. */
static char *foreign_hosts(const Topology *topology, const Connector *connector)
{
    g_auto(GStrv) hosts = connector_smart_hosts(connector);
    GString *text = g_string_new(NULL);

    for (char **host = hosts; *host != NULL; host++)
        if (**host != '\0' && strcmp(*host, "--") != 0 && !is_exchange_server(topology, *host))
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", *host);
    return g_string_free(text, FALSE);
}

static void judge_smart_host(Check *check, const Connector *connector)
{
    g_autofree char *hosts = foreign_hosts(check_topology(check), connector);
    Finding *finding;

    if (connector->kind != CONNECTOR_SMTP || *hosts == '\0')
        return;
    finding = check_raise(check, SEVERITY_INFO, &connector->object,
                          "SMTP connector \"%s\" sends through \"%s\"; were that an Edge server, "
                          "it would only relay, because there is no hub to subscribe it",
                          connector->object.name, hosts);
    finding_cite(finding, &connector->object, ATTR_msExchSmtpSmartHost, NULL);
}

static void check_edge_without_hubs(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || !versions_are_visible(check) ||
        topology_has_server(topology, server_transports))
        return;
    if (check_census(check)->roles_unseen > 0) {
        check_not_assessed(check, check_census(check)->roles_unseen,
                           "the roles of the server were not read");
        return;
    }
    FOR_EACH(const Server, server, topology->servers)
        if (server_is_edge(server))
            raise_edge_without_hubs(check, server);
    FOR_EACH(const Connector, connector, topology->connectors)
        judge_smart_host(check, connector);
}

static const Rule EDGE003 = {
    .id = "EDGE003",
    .slug = "edge-without-any-hub",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "Without a Hub Transport server an Edge server can only relay",
    .condition = "No server has bit 32 of msExchCurrentServerRoles (from Exchange 2013: bit 2), "
                 "and a server object has bit 64 (a warning), or an SMTP connector has a smart "
                 "host (msExchSmtpSmartHost) that is no Exchange server of the organisation "
                 "(information). An Edge server without a subscription is not in the directory: "
                 "whether the smart host is one cannot be told.",
    .why = "Before Exchange 2003 alone an Edge server is a plain smart host with message filters: "
           "no look-up of recipients, no safe senders of users, no domain security, and "
           "settings that nobody brings to it.",
    .remedy = "Accept that, or install a Hub Transport server and subscribe the Edge server to its "
              "site.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchConnector),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_edge_without_hubs,
};

/* --- EDGE004 ------------------------------------------------------------------------------ */

/* The subscription's connector for mail from the Internet: it leads to the hubs of the site. */
static bool is_inbound(const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++)
        if (strcmp(connector->spaces[i].pattern, "--") == 0)
            return true;
    return false;
}

static bool sends_through(const Connector *connector, const Server *edge)
{
    return connector->kind == CONNECTOR_SMTP && connector_is_enabled(connector) &&
           bridgeheads_include(connector->sources, connector->source_count, edge);
}

static bool any_sender_is_unseen(const Topology *topology)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_has_unseen_sender(topology, connector))
            return true;
    return false;
}

static void judge_edge_connectors(Check *check, const Server *edge)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) used = g_ptr_array_new();
    bool inward = false;
    bool outward = false;
    Finding *finding;

    FOR_EACH(Connector, connector, topology->connectors) {
        if (!sends_through(connector, edge))
            continue;
        inward = inward || is_inbound(connector);
        outward = outward || !is_inbound(connector);
        g_ptr_array_add(used, connector);
    }
    if (inward && outward)
        return;
    if (any_sender_is_unseen(topology)) {
        check_not_assessed(check, 1, "a source of some connector was not read");
        return;
    }
    finding = check_raise(check, SEVERITY_WARNING, &edge->object,
                          "No Send connector %s through Edge server \"%s\"",
                          inward    ? "carries mail out"
                          : outward ? "carries mail in"
                                    : "carries mail in or out",
                          edge->object.name);
    finding_cite_object(finding, &edge->object);
    FOR_EACH(const Connector, connector, used)
        finding_cite(finding, &connector->object, ATTR_routingList, NULL);
    finding_relate_all(finding, used);
}

static void check_edge_connectors(Check *check)
{
    const Topology *topology = check_topology(check);

    if (no_roles_read(check) || !topology_has_server(topology, is_edge) ||
        !connectors_are_visible(check))
        return;
    FOR_EACH(const Server, server, topology->servers)
        if (server_is_edge(server))
            judge_edge_connectors(check, server);
}

static const Need connector_needs[] = {
    {CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};

static const Rule EDGE004 = {
    .id = "EDGE004",
    .slug = "edge-without-send-connectors",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "An Edge server is subscribed, but Send connectors do not use it",
    .condition = "Among the enabled Send connectors (msExchRoutingSMTPConnector) whose "
                 "msExchSourceBridgeheadServersDN names the Edge server, none has the address "
                 "space \"--\", which stands for the hubs of its site, or none has another one.",
    .why = "The subscription normally makes two connectors: one from the Edge server to the "
           "Internet, one from the Edge server to the hubs. Without the first no mail leaves "
           "through it; without the second mail from the Internet stays on it.",
    .remedy = "Import the subscription again with -CreateInternetSendConnector $true and "
              "-CreateInboundSendConnector $true, or make the missing one: New-SendConnector "
              "-Usage Internet -AddressSpaces * -SourceTransportServers <Edge server>; "
              "New-SendConnector -Usage Internal -AddressSpaces \"--\" -SmartHosts \"--\" "
              "-SourceTransportServers <Edge server>.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .needs = connector_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector),
    .check = check_edge_connectors,
};

/* --- EDGE005 ------------------------------------------------------------------------------ */

/* whenCreated as YYYYMMDDhhmmss, which text comparison orders; NULL when it was not read. */
static char *created_of(const Server *server)
{
    enum { DIGITS = 14 };
    char *text = entry_text(server->object.entry, ATTR_whenCreated);

    if (text != NULL && strspn(text, "0123456789") == DIGITS) {
        text[DIGITS] = '\0';
        return text;
    }
    g_free(text);
    return NULL;
}

/* The hubs of the subscribed site that are younger than the subscription. */
static GPtrArray *younger_hubs(Check *check, const Server *edge, const char *subscribed)
{
    GPtrArray *younger = g_ptr_array_new();

    FOR_EACH(Server, server, edge->site->servers) {
        g_autofree char *created = NULL;

        if (!server_transports(server))
            continue;
        created = created_of(server);
        if (created == NULL)
            check_not_assessed(check, 1, "whenCreated was not read on the server");
        else if (strcmp(created, subscribed) > 0)
            g_ptr_array_add(younger, server);
    }
    return younger;
}

static void judge_hub_ages(Check *check, const Server *edge)
{
    g_autofree char *subscribed = created_of(edge);
    g_autoptr(GPtrArray) younger = NULL;
    g_autofree char *names = NULL;
    Finding *finding;

    if (!subscription_is_visible(check, edge) || edge->site == NULL)
        return;
    if (subscribed == NULL) {
        check_not_assessed(check, 1, "whenCreated was not read on the server");
        return;
    }
    younger = younger_hubs(check, edge, subscribed);
    if (younger->len == 0)
        return;
    names = names_of(younger);
    finding = check_raise(check, SEVERITY_INFO, &edge->object,
                          "Hubs of site \"%s\" were installed after Edge server \"%s\" was "
                          "subscribed: %s",
                          edge->site->object.name, edge->object.name, names);
    finding_cite(finding, &edge->object, ATTR_whenCreated, NULL);
    FOR_EACH(const Server, server, younger)
        finding_cite(finding, &server->object, ATTR_whenCreated, NULL);
    finding_relate_all(finding, younger);
}

static void check_hub_ages(Check *check)
{
    no_roles_read(check);
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server_is_edge(server))
            judge_hub_ages(check, server);
}

static const Rule EDGE005 = {
    .id = "EDGE005",
    .slug = "hub-younger-than-subscription",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "Hubs were installed after the Edge server was subscribed",
    .condition = "whenCreated of a Hub Transport server in the site that an Edge server names in "
                 "msExchServerSite is later than that of the Edge server's object, which the "
                 "import of the subscription makes. A later renewal leaves no trace here.",
    .why = "The credentials for synchronisation are made for the hubs that are there at the time "
           "of the subscription. A hub that came later takes no part in it.",
    .remedy = "Renew the subscription if that was not done since: export it on the Edge server "
              "and import it on a hub of the site, both with New-EdgeSubscription.",
    .references = "TechNet bb125236, bb310755 (Edge subscriptions)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_hub_ages,
};

const Rule *const edge_rules[] = {&EDGE001, &EDGE002, &EDGE003, &EDGE004, &EDGE005, &EDGE006, NULL};
