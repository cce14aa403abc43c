/*
 * CONN, the part about the presence of bridgeheads: at both ends of a routing group connector there
 * have to be servers, alive, more than one, and on the near side in one site.
 */
#include "rules/conn.h"

#include "rules/conn-sides.h"
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- CONN003 ------------------------------------------------------------------------------ */

/* Either attribute tells of a sender: that there is none takes both. */
static bool has_no_source(Check *check, const Connector *connector)
{
    static const AttributeId senders[] = {ATTR_msExchSourceBridgeheadServersDN, ATTR_homeMTA};

    if (connector->source_count > 0 || connector->home_mta.value != NULL)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(senders); i++)
        if (attribute_unread(check, 1, CLASS_msExchRoutingGroupConnector, senders[i]))
            return false;
    return true;
}

static void judge_presence(Check *check, const Connector *connector)
{
    bool no_source = has_no_source(check, connector);
    bool no_target = connector->target_count == 0;
    bool modern = connector->group != NULL && connector->group->official;
    const char *what = no_source && no_target ? "neither source nor target bridgeheads"
                       : no_source            ? "no source bridgehead"
                                              : "no target bridgehead";
    Finding *finding;

    if (!no_source && !no_target)
        return;
    finding = check_raise(check, no_target || modern ? SEVERITY_ERROR : SEVERITY_WARNING,
                          &connector->object, "Connector \"%s\" has %s", connector->object.name,
                          what);
    if (no_target)
        finding_cite(finding, &connector->object, ATTR_msExchTargetBridgeheadServersDN,
                     "at least one server");
    if (no_source) {
        finding_cite(finding, &connector->object, ATTR_msExchSourceBridgeheadServersDN,
                     "at least one server");
        finding_cite(finding, &connector->object, ATTR_homeMTA, NULL);
    }
}

static void check_presence(Check *check)
{
    judge_connectors(check, judge_presence);
}

const Rule CONN003 = {
    .id = "CONN003",
    .slug = "connector-without-bridgehead",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A connector has no bridgehead at one of its ends",
    .condition = "msExchTargetBridgeheadServersDN of a routing group connector is absent, or "
                 "msExchSourceBridgeheadServersDN and homeMTA both are. Missing sources are a "
                 "warning in a group of Exchange 2000/2003, where none can stand for every server "
                 "of the group.",
    .why = "Routing leaves such a connector out (event 5014), and mail takes a detour or waits.",
    .remedy = "Name living servers at both ends: Set-RoutingGroupConnector -SourceTransportServers "
              "-TargetTransportServers, or in Exchange System Manager the pages General and Remote "
              "Bridgehead of the connector. Delete it if nobody misses it.",
    .references = "MSExchangeTransport event 5014 (TechNet ff983866); TechNet aa998574",
    .needs = connector_ends,
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_presence,
};

/* --- CONN006 ------------------------------------------------------------------------------ */

/* What became of the bridgeheads of one end. */
typedef struct Losses {
    guint lost;
    guint kept;           /* living, or not seen */
    ReferenceState state; /* of one that is lost */
} Losses;

static Losses count_losses(const Topology *topology, const Side *side)
{
    Losses losses = {0};

    for (guint i = 0; i < side->count; i++) {
        ReferenceState state = bridgehead_state(topology, &side->heads[i]);

        if (reference_dangles(state)) {
            losses.lost++;
            losses.state = state;
        } else {
            losses.kept++;
        }
    }
    return losses;
}

static void add_losses(GString *complaints, const Side *side, const Losses *losses)
{
    guint all = losses->lost + losses->kept;

    if (losses->lost == 0)
        return;
    if (all == 1)
        add_complaint(complaints, " and ", "its only %s bridgehead %s", side->noun,
                      reference_state_text(losses->state));
    else if (losses->lost == 1)
        add_complaint(complaints, " and ", "one of its %u %s bridgeheads %s", all, side->noun,
                      reference_state_text(losses->state));
    else
        add_complaint(complaints, " and ", "%u of its %u %s bridgeheads are gone", losses->lost,
                      all, side->noun);
}

static void cite_losses(Finding *finding, const Topology *topology, const Side *side)
{
    for (guint i = 0; i < side->count; i++)
        if (reference_dangles(bridgehead_state(topology, &side->heads[i])))
            finding_cite_value(finding, &side->connector->object, side->attribute,
                               side->heads[i].value, "a living server");
}

/* Without sources that is who sends, but in a group of Exchange 2000/2003 every server may. */
static bool home_mta_sends(const Topology *topology, const Connector *connector)
{
    return connector->source_count == 0 && hidden_sources(topology) == NULL &&
           (connector->group == NULL || connector->group->official);
}

static void judge_losses(Check *check, const Connector *connector)
{
    const Topology *topology = check_topology(check);
    Side source = source_side(connector);
    Side target = target_side(connector);
    Losses sources = count_losses(topology, &source);
    Losses lost_targets = count_losses(topology, &target);
    ReferenceState mta = bridgehead_state(topology, &connector->home_mta);
    bool no_source = home_mta_sends(topology, connector) ? reference_dangles(mta)
                                                         : sources.kept == 0 && sources.lost > 0;
    bool no_target = lost_targets.kept == 0 && lost_targets.lost > 0;
    g_autoptr(GString) complaints = g_string_new(NULL);
    Finding *finding;

    if (!side_is_unseen(check, &source))
        side_is_unseen(check, &target);
    add_losses(complaints, &source, &sources);
    add_losses(complaints, &target, &lost_targets);
    if (reference_dangles(mta))
        add_complaint(complaints, " and ", "its home MTA %s", reference_state_text(mta));
    if (complaints->len == 0)
        return;
    finding = check_raise(check, no_source || no_target ? SEVERITY_ERROR : SEVERITY_WARNING,
                          &connector->object, "Connector \"%s\" has lost a server: %s",
                          connector->object.name, complaints->str);
    cite_losses(finding, topology, &source);
    cite_losses(finding, topology, &target);
    if (reference_dangles(mta))
        finding_cite_value(finding, &connector->object, ATTR_homeMTA, connector->home_mta.value,
                           "the MTA of a living server");
}

static void check_losses(Check *check)
{
    judge_connectors(check, judge_losses);
}

static const Need bridgeheads_need[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_homeMTA},
    {CLASS_NONE, ATTR_NONE},
};

const Rule CONN006 = {
    .id = "CONN006",
    .slug = "connector-bridgehead-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A connector names a bridgehead that is deleted or missing",
    .condition = "A value of msExchSourceBridgeheadServersDN, msExchTargetBridgeheadServersDN or "
                 "homeMTA of a routing group connector leads to no server: it is deleted "
                 "(\\0ADEL: in the name), a conflict copy (\\0ACNF:), no name, or its container "
                 "was read and does not hold it. An error when no bridgehead is left at that end; "
                 "where no source is named, every server of a group of Exchange 2000/2003 is one.",
    .why =
        "Exchange passes over what is gone. With the last bridgehead the connector goes as well; "
        "before that it merely has less to fall back on than the list says.",
    .remedy = "Remove the value and name living servers: Set-RoutingGroupConnector, or the "
              "connector's pages in Exchange System Manager. Where neither tool shows the value, "
              "use ADSI Edit. Delete a connector that serves a group without servers.",
    .references =
        "MSExchangeTransport event 5014 (TechNet ff983866); MSExchangeTransport event 958",
    .needs = bridgeheads_need,
    .check = check_losses,
};

/* --- CONN007 ------------------------------------------------------------------------------ */

/* Servers beside `single` that could stand at its end of a connector. */
static GPtrArray *substitutes(const Side *side, const Server *single)
{
    GPtrArray *found = g_ptr_array_new();
    bool modern = side->group->official;
    const GPtrArray *pool = modern ? single->site->servers : side->group->members;

    FOR_EACH(Server, server, pool) {
        bool fits = modern ? server_is_hub(server)
                           : server_keeps_link_state(server) && !server_is_front_end(server) &&
                                 !server->clustered;

        if (server != single && fits)
            g_ptr_array_add(found, server);
    }
    return found;
}

/* The one living server of an end; NULL when there are more or none, or when it is of the wrong
 * kind, which CONN004 and CONN005 report. */
static const Server *single_server(const Side *side, const GPtrArray *servers)
{
    g_autoptr(GPtrArray) distinct = g_ptr_array_new();
    const Server *single;

    FOR_EACH(const Server, server, servers)
        add_once(distinct, server);
    if (side->group == NULL || distinct->len != 1)
        return NULL;
    single = g_ptr_array_index(distinct, 0);
    if (side->group->official)
        return server_is_hub(single) && single->site != NULL ? single : NULL;
    return server_keeps_link_state(single) ? single : NULL;
}

static void describe_single(const Side *side, const Server *single, GString *complaints,
                            GPtrArray *others)
{
    g_autoptr(GPtrArray) spare = substitutes(side, single);
    g_autofree char *names = names_of(spare);

    g_ptr_array_extend(others, spare, NULL, NULL);
    if (spare->len == 0)
        add_complaint(complaints, ", and ",
                      "one %s bridgehead, %s, and there is no other server for it", side->noun,
                      single->object.name);
    else
        add_complaint(complaints, ", and ",
                      "one %s bridgehead, %s, although %s could serve as well", side->noun,
                      single->object.name, names);
}

static void judge_redundancy(Check *check, const Side *side, const GPtrArray *servers,
                             GString *complaints, GPtrArray *others)
{
    const Server *single = single_server(side, servers);

    if (!side_is_unseen(check, side) && single != NULL &&
        (side->count > 0 || !side->group->official))
        describe_single(side, single, complaints, others);
}

static void judge_single(Check *check, const Connector *connector)
{
    Side source = source_side(connector);
    Side target = target_side(connector);
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);
    g_autoptr(GPtrArray) takers = connector_target_servers(connector);
    g_autoptr(GString) complaints = g_string_new(NULL);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    Finding *finding;

    judge_redundancy(check, &source, senders, complaints, others);
    judge_redundancy(check, &target, takers, complaints, others);
    if (complaints->len == 0)
        return;
    finding = check_raise(check, others->len > 0 ? SEVERITY_WARNING : SEVERITY_INFO,
                          &connector->object, "Connector \"%s\" has %s", connector->object.name,
                          complaints->str);
    finding_cite(finding, &connector->object, ATTR_msExchSourceBridgeheadServersDN, NULL);
    finding_cite(finding, &connector->object, ATTR_msExchTargetBridgeheadServersDN, NULL);
    finding_relate_all(finding, others);
}

static void check_single(Check *check)
{
    if (!membership_unread(check))
        judge_joining_connectors(check, judge_single);
}

const Rule CONN007 = {
    .id = "CONN007",
    .slug = "connector-single-bridgehead",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A connector has one bridgehead at one of its ends",
    .condition = "Exactly one living server stands at one end of a routing group connector. A "
                 "warning when another could stand beside it: a hub of the same site, or a member "
                 "of the same group that is neither a front-end nor clustered; information when "
                 "there is none.",
    .why = "When that server is down, nothing passes the connector. Setup names only the first hub "
           "and the one legacy server it was told of; adding more is the administrator's part.",
    .remedy = "Add one or two of the servers named: Set-RoutingGroupConnector "
              "-SourceTransportServers or -TargetTransportServers, which replace the whole list, "
              "or in Exchange System Manager the pages General and Remote Bridgehead.",
    .references = "TechNet dd638103; TechNet aa998581; Professional Windows PowerShell for "
                  "Exchange Server 2007 SP1, "
                  "chapter 11",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_single,
};

/* --- CONN008 ------------------------------------------------------------------------------ */

static bool is_at_unseen_site(const Server *server)
{
    return server_is_modern(server) && server->site == NULL;
}

/* What was not read may be the second site. */
static void report_unseen_sources(Check *check, const Connector *connector,
                                  const GPtrArray *servers)
{
    g_autoptr(GPtrArray) lost = servers_where(servers, is_at_unseen_site);
    Side source = source_side(connector);

    if (!side_is_unseen(check, &source) && lost->len > 0)
        check_not_assessed(check, 1, "the site of a source bridgehead is not known");
}

static void judge_source_sites(Check *check, const Connector *connector)
{
    g_autoptr(GPtrArray) servers = connector_source_servers(connector);
    g_autoptr(GPtrArray) sites = g_ptr_array_new();
    g_autofree char *names = NULL;
    Finding *finding;

    if (connector->source_count < 2)
        return;
    FOR_EACH(const Server, server, servers)
        if (server_is_modern(server) && server->site != NULL)
            add_once(sites, server->site);
    if (sites->len < 2) {
        report_unseen_sources(check, connector, servers);
        return;
    }
    names = names_of(sites);
    finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                          "The source hubs of connector \"%s\" stand in %u sites (%s), of which "
                          "routing uses the nearest only",
                          connector->object.name, sites->len, names);
    finding_cite(finding, &connector->object, ATTR_msExchSourceBridgeheadServersDN,
                 "servers of one site");
    FOR_EACH(const Server, server, servers)
        finding_cite(finding, &server->object, ATTR_msExchServerSite, NULL);
    finding_relate_all(finding, sites);
}

/* Before Exchange 2007 no connector need name its sources. */
static void check_source_sites(Check *check)
{
    const Topology *topology = check_topology(check);
    const GPtrArray *connectors = directory_of_class(topology->directory,
                                                     CLASS_msExchRoutingGroupConnector);

    if (topology_has_server(topology, server_is_modern))
        attribute_unread(check, connectors->len, CLASS_msExchRoutingGroupConnector,
                         ATTR_msExchSourceBridgeheadServersDN);
    judge_connectors(check, judge_source_sites);
}

const Rule CONN008 = {
    .id = "CONN008",
    .slug = "connector-sources-in-several-sites",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "The source hubs of one connector stand in different sites",
    .condition = "The Exchange 2007 servers in msExchSourceBridgeheadServersDN of a routing group "
                 "connector name more than one site (msExchServerSite).",
    .why = "Routing takes the sources of the nearest site only and logs event 5026: the others "
           "neither share the load nor stand in when the first fail.",
    .remedy =
        "Keep the sources of one site (Set-RoutingGroupConnector -SourceTransportServers), and "
        "make a second connector for the hubs of the other. Read LINK001 before: it may be a "
        "second connection between the generations.",
    .references = "MSExchangeTransport event 5026",
    .needs = connector_destinations,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .check = check_source_sites,
};
