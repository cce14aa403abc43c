/* TRK: message tracking, which changes tools where a message changes versions. */
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/rule.h"
#include "rules/words.h"

/* Servers at connectors between the versions (of Server, each once), of one side. */
static GPtrArray *hand_over_servers(const Topology *topology, bool (*wanted)(const Server *))
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(const Connector, connector, topology->connectors) {
        g_autoptr(GPtrArray) ends = NULL;
        g_autoptr(GPtrArray) others = NULL;

        if (!connector_joins_versions(connector))
            continue;
        ends = connector_source_servers(connector);
        others = connector_target_servers(connector);
        g_ptr_array_extend(ends, others, NULL, NULL);
        FOR_EACH(const Server, server, ends)
            if (wanted(server))
                add_once(found, server);
    }
    return found;
}

static void raise_two_halves(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) modern = hand_over_servers(topology, server_is_modern);
    g_autoptr(GPtrArray) legacy = hand_over_servers(topology, server_is_legacy);
    g_autofree char *modern_names = names_of(modern);
    g_autofree char *legacy_names = names_of(legacy);
    Finding *finding;

    if (modern->len == 0 || legacy->len == 0)
        return;
    finding = check_raise(check, SEVERITY_INFO, organization_object(topology),
                          "Messages between the versions are traced in two halves: as far as %s "
                          "with the tools of Exchange 2007, as far as %s with those of Exchange "
                          "2003",
                          modern_names, legacy_names);
    finding_cite_object(finding, organization_object(topology));
    finding_relate_all(finding, modern);
    finding_relate_all(finding, legacy);
}

static void judge_tracking(Check *check, const Server *server)
{
    if (!server_is_legacy(server) || !server->tracking.present || server->tracking.value)
        return;
    finding_cite(check_raise(check, SEVERITY_INFO, &server->object,
                             "Message tracking is off on \"%s\" (Exchange %s): no message can be "
                             "traced across it",
                             server->object.name, family_name(server->version.family)),
                 &server->object, ATTR_messageTrackingEnabled, "TRUE");
}

static void check_tracking(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!topology_coexists(topology) || topology->organization == NULL)
        return;
    connector_ends_unread(check);
    if (!sources_unread(check))
        raise_two_halves(check);
    FOR_EACH(const Server, server, topology->servers)
        judge_tracking(check, server);
}

static const Rule TRK001 = {
    .id = "TRK001",
    .slug = "tracking-in-two-halves",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Messages that cross versions are traced with two tools",
    .condition = "Exchange 2000/2003 and 2007/2010 servers coexist: the bridgeheads of the "
                 "connectors between them are named. Besides, every Exchange 2000/2003 server on "
                 "which messageTrackingEnabled is FALSE.",
    .why = "The tracking logs of Exchange 2007 name other events, and Exchange 2007 has no WMI "
           "provider for the Message Tracking Center of Exchange 2003. A trace ends at the "
           "bridgehead and has to be taken up with the other tool.",
    .remedy = "Trace on Exchange 2007 with Get-MessageTrackingLog until the message is handed to "
              "the Exchange 2003 bridgehead, then with the Message Tracking Center of ESM. Turn "
              "tracking on for every bridgehead (ESM, server, Properties, General).",
    .references = "Exchange 2007 help: Get-MessageTrackingLog",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer,
                   CLASS_msExchConnector),
    .check = check_tracking,
};

const Rule *const trk_rules[] = {&TRK001, NULL};
