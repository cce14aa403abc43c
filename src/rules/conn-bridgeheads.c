/*
 * CONN, the part about bridgeheads: a routing group connector has servers at both ends, and each
 * has to live, to be of the right kind, and to stand in the right group or site.
 */
#include "rules/conn.h"

#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

#include <string.h>

/* One end of a connector: the group there and the bridgeheads that are named for it. */
typedef struct Side {
    const Connector *connector;
    const RoutingGroup *group; /* NULL when it could not be resolved */
    const Bridgehead *heads;
    guint count;
    AttributeId attribute;
    const char *noun;
} Side;

static Side source_side(const Connector *connector)
{
    return (Side){.connector = connector,
                  .group = connector->group,
                  .heads = connector->sources,
                  .count = connector->source_count,
                  .attribute = ATTR_msExchSourceBridgeheadServersDN,
                  .noun = "source"};
}

static Side target_side(const Connector *connector)
{
    return (Side){.connector = connector,
                  .group = connector->destination,
                  .heads = connector->targets,
                  .count = connector->target_count,
                  .attribute = ATTR_msExchTargetBridgeheadServersDN,
                  .noun = "target"};
}

static const char head_unseen[] = "a bridgehead of the connector was not read";

static ReferenceState head_state(const Check *check, const Bridgehead *head)
{
    if (head->server != NULL)
        return REFERENCE_LIVE;
    return reference_state(check_topology(check)->directory, head->value);
}

static bool side_is_unseen(const Check *check, const Side *side)
{
    for (guint i = 0; i < side->count; i++)
        if (head_state(check, &side->heads[i]) == REFERENCE_UNSEEN)
            return true;
    return false;
}

/* Calls `judge` for every routing group connector. */
static void judge_each(Check *check, void (*judge)(Check *, const Connector *))
{
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP)
            judge(check, connector);
}

static void judge_connectors(Check *check, void (*judge)(Check *, const Connector *))
{
    if (!connectors_unread(check))
        judge_each(check, judge);
}

/* For rules that look at the groups at the ends. */
static void judge_joining_connectors(Check *check, void (*judge)(Check *, const Connector *))
{
    if (!connector_ends_unread(check))
        judge_each(check, judge);
}

static void add_complaint(GString *complaints, const char *separator, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void add_complaint(GString *complaints, const char *separator, const char *format, ...)
{
    va_list arguments;

    if (complaints->len > 0)
        g_string_append(complaints, separator);
    va_start(arguments, format);
    g_string_append_vprintf(complaints, format, arguments);
    va_end(arguments);
}

/* --- CONN003 ------------------------------------------------------------------------------ */

static void judge_presence(Check *check, const Connector *connector)
{
    bool no_source = connector->source_count == 0 && connector->home_mta.value == NULL;
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

/* --- CONN004 ------------------------------------------------------------------------------ */

static bool accepts_modern_mail(const Server *server)
{
    return server_has_role(server, ROLE_HUB_TRANSPORT) && !server_is_edge(server);
}

/* Whether nothing can be said: of a version or of roles that are not known. */
static bool is_unclear(const Server *server)
{
    if (server->version.family == FAMILY_UNKNOWN)
        return true;
    return server_is_modern(server) && !server->roles.present;
}

/* The server and what it is instead of a hub: "EX07-CAS1 (Client Access)". */
static void add_not_hub(GString *complaints, const Server *server)
{
    g_autoptr(GPtrArray) roles = server_role_names(server);

    if (server_is_modern(server) && roles->len > 0) {
        g_ptr_array_add(roles, NULL);
        g_autofree char *list = g_strjoinv(", ", (char **)roles->pdata);
        add_complaint(complaints, ", ", "%s (%s)", server->object.name, list);
        return;
    }
    add_complaint(complaints, ", ", "%s (Exchange %s)", server->object.name,
                  family_name(server->version.family));
}

static void judge_modern_side(Check *check, const Side *side)
{
    const Object *object = &side->connector->object;
    g_autoptr(GString) complaints = g_string_new(NULL);
    g_autoptr(GArray) wrong = g_array_new(FALSE, FALSE, sizeof(const Bridgehead *));
    Finding *finding;

    if (side_is_unseen(check, side))
        check_not_assessed(check, 1, "%s", head_unseen);
    for (guint i = 0; i < side->count; i++) {
        const Bridgehead *head = &side->heads[i];

        if (head->server == NULL || accepts_modern_mail(head->server))
            continue;
        if (is_unclear(head->server)) {
            check_not_assessed(check, 1, "the version or the roles of a bridgehead were not read");
            continue;
        }
        add_not_hub(complaints, head->server);
        g_array_append_val(wrong, head);
    }
    if (wrong->len == 0)
        return;
    finding = check_raise(check, SEVERITY_ERROR, object,
                          "Connector \"%s\" names a %s bridgehead that is no Hub Transport server: "
                          "%s",
                          object->name, side->noun, complaints->str);
    for (guint i = 0; i < wrong->len; i++) {
        const Bridgehead *head = g_array_index(wrong, const Bridgehead *, i);

        finding_cite_value(finding, object, side->attribute, head->value, "a Hub Transport server");
        finding_cite(finding, &head->server->object, ATTR_msExchCurrentServerRoles, NULL);
        finding_relate(finding, &head->server->object);
    }
}

static void judge_modern_ends(Check *check, const Connector *connector)
{
    Side sides[] = {source_side(connector), target_side(connector)};

    for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
        if (sides[i].group != NULL && sides[i].group->official)
            judge_modern_side(check, &sides[i]);
}

static void check_modern_ends(Check *check)
{
    judge_joining_connectors(check, judge_modern_ends);
}

const Rule CONN004 = {
    .id = "CONN004",
    .slug = "connector-modern-end-not-hub",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "The Exchange 2007 end of a connector is not a Hub Transport server",
    .condition = "A bridgehead on the side of the routing group of Exchange 2007 "
                 "(msExchSourceBridgeheadServersDN, msExchTargetBridgeheadServersDN) is a server "
                 "whose msExchCurrentServerRoles lacks 32, an Edge server, or older than 2007.",
    .why = "Between the generations mail is handed over by SMTP, which of all Exchange 2007 roles "
           "only Hub Transport speaks inside the organisation. Attempts to the named server fail.",
    .remedy = "Set-RoutingGroupConnector -SourceTransportServers (or -TargetTransportServers for "
              "the connector of the other group) with Hub Transport servers only.",
    .references = "TechNet aa998574",
    .needs = connector_ends,
    .check = check_modern_ends,
};

/* --- CONN005 ------------------------------------------------------------------------------ */

static void judge_legacy_head(const Side *side, const Bridgehead *head, GString *complaints)
{
    const Server *server = head->server;

    if (server == NULL || server->version.family == FAMILY_UNKNOWN)
        return;
    if (!server_keeps_link_state(server))
        add_complaint(complaints, ", ", "%s %s runs Exchange %s", side->noun, server->object.name,
                      family_name(server->version.family));
    else if (server->routing_group != NULL && server->routing_group != side->group)
        add_complaint(complaints, ", ", "%s %s belongs to routing group \"%s\"", side->noun,
                      server->object.name, server->routing_group->object.name);
}

/* Complaints about one end, and the values that they rest on. */
static void judge_legacy_side(Check *check, const Side *side, GString *complaints, GArray *wrong)
{
    const Topology *topology = check_topology(check);

    if (side->group == NULL || group_passes_for_modern(topology, side->group))
        return;
    if (side_is_unseen(check, side))
        check_not_assessed(check, 1, "%s", head_unseen);
    for (guint i = 0; i < side->count; i++) {
        gsize before = complaints->len;
        const Bridgehead *head = &side->heads[i];

        judge_legacy_head(side, head, complaints);
        if (complaints->len > before)
            g_array_append_val(wrong, head);
    }
}

/* Where a connector leads to is judged here; whether it leads there at all, by RG and LINK. */
static void judge_destination(const Check *check, const Connector *connector, GString *complaints)
{
    const Directory *directory = check_topology(check)->directory;
    ReferenceState state = reference_state(directory, connector->destination_value);

    if (connector->destination != NULL || state == REFERENCE_UNSEEN)
        return;
    if (state == REFERENCE_LIVE)
        add_complaint(complaints, ", ", "its destination is no routing group");
    else
        add_complaint(complaints, ", ", "its destination %s", reference_state_text(state));
}

static void judge_spread(const Connector *connector, GString *complaints)
{
    g_autoptr(GPtrArray) servers = connector_target_servers(connector);
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(const Server, server, servers)
        if (server->routing_group != NULL)
            add_once(groups, server->routing_group);
    if (groups->len < 2)
        return;
    names = names_of(groups);
    add_complaint(complaints, ", ", "its targets belong to several routing groups (%s)", names);
}

static void cite_heads(Finding *finding, const Side *side, const GArray *wrong)
{
    const Object *object = &side->connector->object;

    for (guint i = 0; i < wrong->len; i++) {
        const Bridgehead *head = g_array_index(wrong, const Bridgehead *, i);

        finding_cite_value(finding, object, side->attribute, head->value,
                           "an Exchange 2000/2003 server of the group at that end");
        finding_relate(finding, &head->server->object);
    }
}

static void judge_fit(Check *check, const Connector *connector)
{
    g_autoptr(GString) complaints = g_string_new(NULL);
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(const Bridgehead *));
    g_autoptr(GArray) wrong_targets = g_array_new(FALSE, FALSE, sizeof(const Bridgehead *));
    Side source = source_side(connector);
    Side target = target_side(connector);
    Finding *finding;

    judge_destination(check, connector, complaints);
    judge_legacy_side(check, &source, complaints, sources);
    judge_legacy_side(check, &target, complaints, wrong_targets);
    if (wrong_targets->len == 0)
        judge_spread(connector, complaints);
    if (complaints->len == 0)
        return;
    finding = check_raise(check, SEVERITY_ERROR, &connector->object,
                          "Connector \"%s\" does not fit its ends: %s", connector->object.name,
                          complaints->str);
    cite_heads(finding, &source, sources);
    cite_heads(finding, &target, wrong_targets);
    finding_cite(finding, &connector->object, ATTR_msExchDestinationRGDN, NULL);
}

static void check_fit(Check *check)
{
    judge_joining_connectors(check, judge_fit);
}

const Rule CONN005 = {
    .id = "CONN005",
    .slug = "connector-legacy-end-misplaced",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The legacy end of a connector is not an Exchange 2000/2003 server of its group",
    .condition = "At the end of a group of Exchange 2000/2003, a bridgehead runs another version, "
                 "or its msExchHomeRoutingGroup is not that group; or msExchDestinationRGDN is "
                 "absent or leads nowhere; or the targets belong to several groups.",
    .why = "A connector sends from servers of the group it lies in to servers of the group it "
           "names. Routing computes with the group and delivers to the server: where they differ, "
           "mail arrives where nobody expects it, or nowhere.",
    .remedy = "Name bridgeheads that are members of the group at that end "
              "(Set-RoutingGroupConnector, or the connector's pages in Exchange System Manager). "
              "When a server was moved to another group, create the connector anew from there.",
    .references = "TechNet aa998574",
    .needs = connector_ends,
    .check = check_fit,
};

/* --- CONN006 ------------------------------------------------------------------------------ */

/* What became of the bridgeheads of one end. */
typedef struct Losses {
    guint lost;
    guint kept; /* living, or not seen */
    guint unseen;
    ReferenceState state; /* of one that is lost */
} Losses;

static Losses count_losses(const Check *check, const Side *side)
{
    Losses losses = {0};

    for (guint i = 0; i < side->count; i++) {
        ReferenceState state = head_state(check, &side->heads[i]);

        if (reference_dangles(state)) {
            losses.lost++;
            losses.state = state;
        } else {
            losses.kept++;
            losses.unseen += state == REFERENCE_UNSEEN;
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

static void cite_losses(Finding *finding, const Check *check, const Side *side)
{
    for (guint i = 0; i < side->count; i++)
        if (reference_dangles(head_state(check, &side->heads[i])))
            finding_cite_value(finding, &side->connector->object, side->attribute,
                               side->heads[i].value, "a living server");
}

static void judge_losses(Check *check, const Connector *connector)
{
    Side source = source_side(connector);
    Side target = target_side(connector);
    Losses sources = count_losses(check, &source);
    Losses lost_targets = count_losses(check, &target);
    ReferenceState mta = head_state(check, &connector->home_mta);
    bool no_source = sources.kept == 0 && (sources.lost > 0 || reference_dangles(mta));
    bool no_target = lost_targets.kept == 0 && lost_targets.lost > 0;
    g_autoptr(GString) complaints = g_string_new(NULL);
    Finding *finding;

    if (sources.unseen + lost_targets.unseen > 0)
        check_not_assessed(check, 1, "%s", head_unseen);
    add_losses(complaints, &source, &sources);
    add_losses(complaints, &target, &lost_targets);
    if (reference_dangles(mta))
        add_complaint(complaints, " and ", "its home MTA %s", reference_state_text(mta));
    if (complaints->len == 0)
        return;
    finding = check_raise(check, no_source || no_target ? SEVERITY_ERROR : SEVERITY_WARNING,
                          &connector->object, "Connector \"%s\" has lost a server: %s",
                          connector->object.name, complaints->str);
    cite_losses(finding, check, &source);
    cite_losses(finding, check, &target);
    if (reference_dangles(mta))
        finding_cite(finding, &connector->object, ATTR_homeMTA, "the MTA of a living server");
}

static void check_losses(Check *check)
{
    judge_connectors(check, judge_losses);
}

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
                 "was read and does not hold it. An error when no bridgehead is left at that end.",
    .why =
        "Exchange passes over what is gone. With the last bridgehead the connector goes as well; "
        "before that it merely has less to fall back on than the list says.",
    .remedy = "Remove the value and name living servers: Set-RoutingGroupConnector, or the "
              "connector's pages in Exchange System Manager. Where neither tool shows the value, "
              "use ADSI Edit. Delete a connector that serves a group without servers.",
    .references =
        "MSExchangeTransport event 5014 (TechNet ff983866); MSExchangeTransport event 958",
    .needs = connector_ends,
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

    if (side_is_unseen(check, side))
        check_not_assessed(check, 1, "%s", head_unseen);
    else if (single != NULL && (side->count > 0 || !side->group->official))
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
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_single,
};

/* --- CONN008 ------------------------------------------------------------------------------ */

static void judge_source_sites(Check *check, const Connector *connector)
{
    g_autoptr(GPtrArray) servers = connector_source_servers(connector);
    g_autoptr(GPtrArray) sites = g_ptr_array_new();
    g_autofree char *names = NULL;
    Finding *finding;

    FOR_EACH(const Server, server, servers)
        if (server_is_modern(server) && server->site != NULL)
            add_once(sites, server->site);
    if (connector->source_count == 0 || sites->len < 2)
        return;
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

static void check_source_sites(Check *check)
{
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
    .check = check_source_sites,
};
