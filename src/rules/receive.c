/*
 * HUB, second part: the receive connectors of Hub Transport servers: whether other servers, clients
 * and the Internet find a door, and whether it is clear which one.
 */
#include "rules/receive.h"

#include "rules/bindings.h"
#include "rules/facts.h"
#include "rules/words.h"

#include <string.h>

/* --- HUB005, HUB006 --------------------------------------------------- */

static const Need receive_needs[] = {
    {CLASS_msExchSmtpReceiveConnector, ATTR_msExchSmtpReceiveBindings}, {CLASS_NONE, ATTR_NONE}};

enum { PORT_SMTP = 25, PORT_SUBMISSION = 587 };

/* Whether a port of a server is open: a connector whose state was not read leaves it unknown. */
typedef enum Door { DOOR_NONE, DOOR_UNKNOWN, DOOR_OPEN } Door;

static bool connector_listens(const ReceiveConnector *connector, guint port)
{
    for (guint i = 0; i < connector->bindings.count; i++) {
        Binding binding;

        if (binding_parse(&connector->bindings.items[i], &binding) && binding.port == port)
            return true;
    }
    return false;
}

static Door connector_door(const ReceiveConnector *connector, guint port)
{
    if (!connector_listens(connector, port))
        return DOOR_NONE;
    if (!connector->enabled.present)
        return DOOR_UNKNOWN;
    return connector->enabled.value ? DOOR_OPEN : DOOR_NONE;
}

static Door server_door(const Server *server, guint port)
{
    Door best = DOOR_NONE;

    FOR_EACH(const ReceiveConnector, connector, server->below->receive_connectors)
        best = MAX(best, connector_door(connector, port));
    return best;
}

static bool receive_connectors_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);
    guint hubs = topology_count_servers(topology, server_is_hub);

    if (!roles_are_visible(check))
        return false;
    if (topology->receive_connectors->len > 0)
        return true;
    if (hubs > 0)
        check_not_assessed(check, hubs,
                           "no receive connector was read: export what lies below CN=Protocols of "
                           "the servers");
    return false;
}

static void cite_receive_connectors(Finding *finding, const Server *server)
{
    FOR_EACH(const ReceiveConnector, connector, server->below->receive_connectors) {
        finding_cite(finding, &connector->object, ATTR_msExchSmtpReceiveBindings, NULL);
        finding_cite(finding, &connector->object, ATTR_msExchSmtpReceiveEnabled, NULL);
    }
}

/* Setup makes the container with the server: where neither that was read nor what it holds, nobody
 * looked. */
static bool receive_connectors_unread(const Topology *topology, const Server *server)
{
    g_autofree char *name = dn_text(server->object.entry->dn);
    g_autofree char *text = g_strconcat("CN=SMTP Receive Connectors,CN=Protocols,", name, NULL);
    const Dn *container = dn_find(directory_names(topology->directory), text, strlen(text));

    return server->below->receive_connectors == NULL &&
           (container == NULL || container->entry == NULL);
}

static void judge_port(Check *check, const Server *hub, guint port, Severity severity)
{
    Door door = server_door(hub, port);
    Finding *finding;

    if (door == DOOR_OPEN)
        return;
    if (receive_connectors_unread(check_topology(check), hub)) {
        check_not_assessed(check, 1,
                           "the receive connectors of the server were not read: export what lies "
                           "below its CN=Protocols");
        return;
    }
    if (door == DOOR_UNKNOWN) {
        check_not_assessed(check, 1,
                           "msExchSmtpReceiveEnabled was not read on the receive connector");
        return;
    }
    finding = check_raise(check, severity, &hub->object,
                          "Hub Transport server \"%s\" has no enabled receive connector on port %u",
                          hub->object.name, port);
    finding_cite_object(finding, &hub->object);
    cite_receive_connectors(finding, hub);
}

static void check_port(Check *check, guint port, Severity severity)
{
    if (!receive_connectors_are_visible(check))
        return;
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server_is_hub(server))
            judge_port(check, server, port, severity);
}

static void check_smtp_port(Check *check)
{
    check_port(check, PORT_SMTP, SEVERITY_ERROR);
}

static void check_submission_port(Check *check)
{
    check_port(check, PORT_SUBMISSION, SEVERITY_INFO);
}

const Rule HUB005 = {
    .id = "HUB005",
    .slug = "hub-without-port-25",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A Hub Transport server does not listen on port 25",
    .condition = "Below CN=SMTP Receive Connectors,CN=Protocols of a Hub Transport server (2007, "
                 "2010) no receive connector with msExchSmtpReceiveEnabled TRUE has a value of "
                 "msExchSmtpReceiveBindings with port 25. Names of connectors do not count.",
    .why =
        "Other Hub Transport servers, Exchange 2003 bridgeheads and Edge servers deliver on port "
        "25. None of them can hand a message to this one.",
    .remedy =
        "Enable the connector \"Default <server>\" (Set-ReceiveConnector -Identity "
        "<connector> -Enabled $true), give it back its port (-Bindings 0.0.0.0:25), or make a "
        "new one: New-ReceiveConnector -Name <name> -Usage Internal -Bindings 0.0.0.0:25 "
        "-RemoteIPRanges 0.0.0.0-255.255.255.255.",
    .references = "TechNet aa998212 (receive connectors)",
    .needs = receive_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchSmtpReceiveConnector),
    .check = check_smtp_port,
};

const Rule HUB006 = {
    .id = "HUB006",
    .slug = "hub-without-port-587",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "A Hub Transport server does not listen on port 587",
    .condition = "No receive connector of a Hub Transport server (2007, 2010) with "
                 "msExchSmtpReceiveEnabled TRUE has a value of msExchSmtpReceiveBindings with port "
                 "587. Whether anyone uses POP or IMAP is not in the directory.",
    .why =
        "Setup makes a connector for the clients of POP and IMAP, which submit their mail there. "
        "Where such clients exist, they cannot send through this server.",
    .remedy = "If POP or IMAP clients send mail: New-ReceiveConnector -Name \"Client <server>\" "
              "-Usage Client -Bindings 0.0.0.0:587 -RemoteIPRanges 0.0.0.0-255.255.255.255.",
    .references = "TechNet aa998212 (receive connectors)",
    .needs = receive_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchSmtpReceiveConnector),
    .check = check_submission_port,
};

/* --- HUB007 ------------------------------------------------------------------------------- */

static BindingOverlap connectors_overlap(const ReceiveConnector *a, const ReceiveConnector *b)
{
    BindingOverlap most = OVERLAP_NONE;

    for (guint i = 0; i < a->bindings.count; i++) {
        Binding left;

        if (!binding_parse(&a->bindings.items[i], &left))
            continue;
        for (guint j = 0; j < b->bindings.count; j++) {
            Binding right;

            if (binding_parse(&b->bindings.items[j], &right))
                most = MAX(most, binding_overlap(&left, &right));
        }
    }
    return most;
}

/* A range that both list; NULL when there is none. */
static const Value *shared_range(const ReceiveConnector *a, const ReceiveConnector *b)
{
    for (guint i = 0; i < a->ranges.count; i++) {
        AddressRange left;

        if (!address_range_parse(&a->ranges.items[i], &left))
            continue;
        for (guint j = 0; j < b->ranges.count; j++) {
            AddressRange right;

            if (address_range_parse(&b->ranges.items[j], &right) &&
                address_range_equal(&left, &right))
                return &a->ranges.items[i];
        }
    }
    return NULL;
}

static bool receives(const ReceiveConnector *connector)
{
    return !connector->enabled.present || connector->enabled.value;
}

static void raise_collision(Check *check, const ReceiveConnector *a, const ReceiveConnector *b,
                            BindingOverlap overlap, const Value *range)
{
    g_autofree char *text = value_text(range, ATTR_msExchSmtpReceiveRemoteIPRanges);
    bool same = overlap == OVERLAP_SAME;
    Finding *finding;

    finding = check_raise(check, same ? SEVERITY_ERROR : SEVERITY_WARNING, &b->object,
                          "Receive connectors \"%s\" and \"%s\" listen on %s port for the same "
                          "senders, %s",
                          a->object.name, b->object.name,
                          same ? "one address and" : "overlapping addresses and one", text);
    finding_cite(finding, &b->object, ATTR_msExchSmtpReceiveBindings, NULL);
    finding_cite(finding, &a->object, ATTR_msExchSmtpReceiveBindings, NULL);
    finding_cite(finding, &b->object, ATTR_msExchSmtpReceiveRemoteIPRanges, NULL);
    finding_cite_value(finding, &a->object, ATTR_msExchSmtpReceiveRemoteIPRanges, range, NULL);
    finding_relate(finding, &a->object);
}

static void judge_collision(Check *check, const ReceiveConnector *a, const ReceiveConnector *b)
{
    BindingOverlap overlap = connectors_overlap(a, b);
    const Value *range;

    if (overlap == OVERLAP_NONE)
        return;
    if (a->ranges.count == 0 || b->ranges.count == 0) {
        check_not_assessed(check, 1,
                           "msExchSmtpReceiveRemoteIPRanges was not read on a receive connector");
        return;
    }
    range = shared_range(a, b);
    if (range != NULL)
        raise_collision(check, a, b, overlap, range);
}

static void check_collisions(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        FOR_EACH(const ReceiveConnector, a, server->below->receive_connectors)
            FOR_EACH(const ReceiveConnector, b, server->below->receive_connectors)
                if (a->object.number < b->object.number && receives(a) && receives(b))
                    judge_collision(check, a, b);
    }
}

static const Need collision_needs[] = {
    {CLASS_msExchSmtpReceiveConnector, ATTR_msExchSmtpReceiveBindings},
    {CLASS_msExchSmtpReceiveConnector, ATTR_msExchSmtpReceiveRemoteIPRanges},
    {CLASS_NONE, ATTR_NONE}};

const Rule HUB007 = {
    .id = "HUB007",
    .slug = "receive-connectors-collide",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Two receive connectors of a server collide",
    .condition =
        "Two receive connectors of one server, neither disabled, have the same address and "
        "port in msExchSmtpReceiveBindings and the same range in "
        "msExchSmtpReceiveRemoteIPRanges. A warning when only one of them is bound to all "
        "addresses: which one answers is then not documented.",
    .why = "The server picks the connector for a session by local address, port and the sender's "
           "address. With two equal ones the choice is left to chance, and with it who may submit "
           "or relay.",
    .remedy = "Give one of the two another address or port (Set-ReceiveConnector -Bindings) or "
              "narrower senders (-RemoteIPRanges), or delete it (Remove-ReceiveConnector).",
    .references = "TechNet aa998212 (receive connectors)",
    .needs = collision_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_collisions,
};

/* --- HUB008 ------------------------------------------------------------------------------- */

/* Whether Exchange 2000/2003 servers deliver to the hub over a routing group connector. */
static bool hub_takes_legacy_mail(const Topology *topology, const Server *hub)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_joins_versions(connector) && connector->destination->official &&
            bridgeheads_include(connector->targets, connector->target_count, hub))
            return true;
    return false;
}

/* No mechanism at all is certain; which bit stands for which is not published. */
static void judge_authentication(Check *check, const ReceiveConnector *connector)
{
    int64_t mechanisms;

    if (connector_door(connector, PORT_SMTP) == DOOR_NONE)
        return;
    if (!entry_integer(connector->object.entry, ATTR_msExchSMTPReceiveInboundSecurityFlag,
                       &mechanisms) ||
        mechanisms != 0) {
        check_not_assessed(check, 1,
                           "permission groups stand in security descriptors, which are not read, "
                           "and the bits of msExchSMTPReceiveInboundSecurityFlag are not "
                           "published: see Get-ReceiveConnector on the hub");
        return;
    }
    finding_cite(check_raise(check, SEVERITY_INFO, &connector->object,
                             "Receive connector \"%s\" of \"%s\" allows no authentication, but "
                             "Exchange 2000 or 2003 bridgeheads deliver to this server",
                             connector->object.name, connector->server->object.name),
                 &connector->object, ATTR_msExchSMTPReceiveInboundSecurityFlag,
                 "Exchange Server authentication");
}

static void check_legacy_admission(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!receive_connectors_are_visible(check))
        return;
    FOR_EACH(const Server, hub, topology->servers) {
        if (!server_is_hub(hub) || !hub_takes_legacy_mail(topology, hub))
            continue;
        FOR_EACH(const ReceiveConnector, connector, hub->below->receive_connectors)
            judge_authentication(check, connector);
    }
}

static const Need admission_needs[] = {
    {CLASS_msExchSmtpReceiveConnector, ATTR_msExchSmtpReceiveBindings},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};

const Rule HUB008 = {
    .id = "HUB008",
    .slug = "hub-may-refuse-legacy-servers",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "A hub's port 25 may not admit Exchange 2003 servers",
    .condition = "A Hub Transport server is the target of a routing group connector from Exchange "
                 "2000/2003, and msExchSMTPReceiveInboundSecurityFlag of an enabled receive "
                 "connector on port 25 is 0: no authentication at all (unsure, the bits are not "
                 "published). Any other value, and the permission groups, have to be looked at by "
                 "hand.",
    .why = "The connector that setup makes admits Exchange servers, legacy Exchange servers and "
           "users who authenticate. If it was replaced or tightened, bridgeheads are refused, and "
           "their mail queues up.",
    .remedy = "On the hub: Set-ReceiveConnector -Identity <connector> -AuthMechanism "
              "Tls,Integrated,BasicAuth,BasicAuthRequireTLS,ExchangeServer -PermissionGroups "
              "ExchangeUsers,ExchangeServers,ExchangeLegacyServers.",
    .references = "TechNet aa998212 (receive connectors), aa998574 (New-RoutingGroupConnector)",
    .needs = admission_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_legacy_admission,
};

/* --- HUB009 ------------------------------------------------------------------------------- */

static bool any_hub_listens(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server_transports(server) && server_door(server, PORT_SMTP) != DOOR_NONE)
            return true;
    return false;
}

static void check_inbound_door(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) hubs = servers_where(topology->servers, server_transports);
    Finding *finding;

    if (!roles_are_visible(check) || hubs->len == 0 ||
        topology_has_server(topology, server_is_edge))
        return;
    if (topology_has_server(topology, server_is_legacy) || any_hub_listens(topology) ||
        topology->receive_connectors->len == 0) {
        check_not_assessed(check, 0,
                           "whether a server admits anonymous senders stands in security "
                           "descriptors, which are not read: see Get-ReceiveConnector, "
                           "PermissionGroups, on the server that takes mail from the Internet");
        return;
    }
    finding = check_raise(check, SEVERITY_INFO, NULL,
                          "No Edge server is subscribed and no server listens on port 25, so that "
                          "no door for mail from the Internet can be seen");
    FOR_EACH(const Server, hub, hubs)
        cite_receive_connectors(finding, hub);
    finding_relate_all(finding, hubs);
}

const Rule HUB009 = {
    .id = "HUB009",
    .slug = "no-door-for-internet-mail",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "No door for mail from the Internet can be seen",
    .condition = "There is no Edge subscription (a server with bit 64 of "
                 "msExchCurrentServerRoles), no Exchange 2000/2003 server, and no enabled receive "
                 "connector on port 25. Where there is such a connector, whether it admits "
                 "anonymous senders is a matter of its security descriptor and is not assessed.",
    .why = "It is often said that the connector on port 25 takes mail from any sender. By the "
           "product's documentation it does not: anonymous senders, which is what the Internet is, "
           "are refused until they are allowed.",
    .remedy = "Subscribe an Edge server (New-EdgeSubscription), or allow anonymous senders on the "
              "one connector that faces the Internet: Set-ReceiveConnector -Identity <connector> "
              "-PermissionGroups AnonymousUsers,ExchangeUsers,ExchangeServers,"
              "ExchangeLegacyServers.",
    .references = "TechNet aa998212 (receive connectors), bb125236 (Edge subscriptions)",
    .needs = receive_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchSmtpReceiveConnector),
    .check = check_inbound_door,
};
