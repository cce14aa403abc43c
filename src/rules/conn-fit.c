/*
 * CONN, the part about the kind of bridgeheads: those of the group of Exchange 2007 have to be
 * hubs, those of another group Exchange 2000/2003 servers that belong to it.
 */
#include "rules/conn.h"

#include "rules/conn-sides.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- CONN004 ------------------------------------------------------------------------------ */

static bool accepts_modern_mail(const Server *server)
{
    return server_has_role(server, ROLE_HUB_TRANSPORT) && !server_is_edge(server);
}

/* Whether nothing can be said: of a version or of roles that are not known. */
static bool is_unclear(const Server *server)
{
    if (server_version_unseen(server))
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

    side_is_unseen(check, side);
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
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_modern_ends,
};

/* --- CONN005 ------------------------------------------------------------------------------ */

static void judge_legacy_head(const Side *side, const Bridgehead *head, GString *complaints)
{
    const Server *server = head->server;

    if (server == NULL || server_version_unseen(server))
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
    side_is_unseen(check, side);
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

    if (reference_dangles(state) || state == REFERENCE_ABSENT)
        add_complaint(complaints, ", ", "its destination %s", reference_state_text(state));
    else if (state == REFERENCE_LIVE && connector->destination == NULL)
        add_complaint(complaints, ", ", "its destination is no routing group");
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

/* Where nothing says the destination, the model takes the group that all targets share. */
static void advise_destination(Finding *finding, const Connector *connector)
{
    const RoutingGroup *group = connector->destination;
    g_autofree char *dn = NULL;

    if (connector->destination_value != NULL || group == NULL)
        return;
    dn = dn_text(group->object.entry->dn);
    finding_advise(finding,
                   "Its targets belong to routing group \"%s\": if it is to lead there, enter %s "
                   "in msExchDestinationRGDN, or create the connector anew.",
                   group->object.name, dn);
    finding_relate(finding, &group->object);
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
    finding_cite(finding, &connector->object, ATTR_msExchDestinationRGDN,
                 connector->destination_value == NULL ? "the name of a routing group" : NULL);
    if (sources->len == 0 && wrong_targets->len == 0)
        advise_destination(finding, connector);
}

static void check_fit(Check *check)
{
    if (!members_unread(check))
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
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_fit,
};
