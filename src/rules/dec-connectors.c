/* DEC, the part about mail: the ways that end on old servers. */
#include "rules/dec.h"

#include "rules/facts.h"

/* What tells who sends, and whither: a connector whose ends were not read is not one of new servers
 * for that. */
static const Need internet_needs[] = {
    {CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};
static const Need group_needs[] = {
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};
static const Need sender_needs[] = {
    {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
    {CLASS_mailGateway, ATTR_homeMTA},
    {CLASS_NONE, ATTR_NONE},
};

/* --- DEC002 ------------------------------------------------------------------------------- */

static bool leaves_by_modern(const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);

    FOR_EACH(const Server, server, senders)
        if (server_is_modern(server))
            return true;
    return false;
}

static void check_internet_mail(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) old = g_ptr_array_new();
    bool modern = false;

    if (!old_servers_exist(topology) || !connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, topology->connectors) {
        if (!connector_leads_out(connector) || !connector_serves_internet(connector))
            continue;
        if (leaves_by_modern(connector))
            modern = true;
        else
            add_entry(old, &connector->object);
    }
    if (!modern)
        raise_step(check, SEVERITY_ERROR, old, ATTR_msExchSourceBridgeheadServersDN,
                   "connector carries all Internet mail, by servers older than Exchange 2007",
                   "connectors carry all Internet mail, by servers older than Exchange 2007");
    check_not_assessed(check, 0,
                       "to be verified by hand: that MX records and the firewall do not "
                       "lead Internet mail to servers older than Exchange 2007");
}

const Rule DEC002 = {
    .id = "DEC002",
    .slug = "internet-mail-needs-last-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_IN_PART,
    .title = "Internet mail still passes servers older than Exchange 2007",
    .condition =
        "Connectors serve SMTP:*, and none of them has a source server of Exchange 2007 or "
        "later. The way in (MX records, firewall) is in no directory.",
    .why = "With the last server the only way to the Internet goes.",
    .remedy = "New-SendConnector -AddressSpaces \"SMTP:*;1\" on Hub Transport or Edge servers, let "
              "MX records and the firewall lead to them, try both ways, then delete the old "
              "connectors.",
    .references = DEC_GUIDES,
    .needs = internet_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchConnector),
    .check = check_internet_mail,
};

/* --- DEC007, DEC009 ------------------------------------------------------------ */

static bool names_old_server(const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_autoptr(GPtrArray) targets = connector_target_servers(connector);

    FOR_EACH(const Server, server, senders)
        if (server_is_legacy(server))
            return true;
    FOR_EACH(const Server, server, targets)
        if (server_is_legacy(server))
            return true;
    return false;
}

static GPtrArray *connectors_of_old(const Topology *topology, bool within)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(const Connector, connector, topology->connectors)
        if ((connector->kind == CONNECTOR_ROUTING_GROUP) == within && names_old_server(connector))
            add_entry(found, &connector->object);
    return found;
}

static void check_group_connectors(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) connectors = connectors_of_old(topology, true);
    bool last = topology_count_servers(topology, server_is_legacy) == 1;

    raise_step(check, last ? SEVERITY_WARNING : SEVERITY_INFO, connectors, ATTR_NONE,
               "routing group connector ends on a server older than Exchange 2007",
               "routing group connectors end on servers older than Exchange 2007");
}

const Rule DEC007 = {
    .id = "DEC007",
    .slug = "group-connectors-go-last",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Routing group connectors are deleted last, just before the server is removed",
    .condition =
        "A routing group connector has a source or target server older than Exchange 2007. "
        "A warning when just one such server is left.",
    .why = "As long as a mailbox, folder or connector is left behind them, mail needs them; setup "
           "does not remove a bridgehead.",
    .remedy = "Remove-RoutingGroupConnector for both directions, when every other step is done.",
    .references = DEC_GUIDES,
    .needs = group_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_group_connectors,
};

static void check_other_connectors(Check *check)
{
    g_autoptr(GPtrArray) connectors = connectors_of_old(check_topology(check), false);

    raise_step(check, SEVERITY_ERROR, connectors, ATTR_msExchSourceBridgeheadServersDN,
               "connector out of the organisation is served by a server older than Exchange 2007",
               "connectors out of the organisation are served by servers older than Exchange 2007");
}

const Rule DEC009 = {
    .id = "DEC009",
    .slug = "last-server-serves-connectors",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Connectors out of the organisation are served by servers older than Exchange 2007",
    .condition =
        "An SMTP, X.400 or foreign connector has a source bridgehead, or without any a home "
        "MTA, on a server older than Exchange 2007.",
    .why = "Setup does not remove the source of a connector, and its address spaces lose their way "
           "out.",
    .remedy = "Make Send connectors on Exchange 2007 for the address spaces that are still wanted, "
              "then delete the old connectors.",
    .references = DEC_GUIDES ", setup readiness check ServerIsSourceForSendConnector",
    .needs = sender_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchConnector),
    .check = check_other_connectors,
};
