/*
 * RG: routing groups. Exchange 2007 and 2010 live in one group of their own and Exchange 2000/2003
 * in others; who is in which, and who leads each group. Here are the groups themselves; their
 * members are in rg-members.c, the ways between them in rg-ways.c.
 */
#include "rules/rg.h"

#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

#include <string.h>

bool needs_dedicated_group(const Server *server)
{
    return server_uses_routing_group(server) && !server_is_edge(server) &&
           !server_is_provisioned_only(server);
}

bool name_holds_token(const Value *value)
{
    const Dn *dn = value_dn(value);
    g_autofree char *name = dn == NULL ? NULL : g_ascii_strup(dn->value, -1);

    return name != NULL && strstr(name, ROUTING_GROUP_TOKEN) != NULL;
}

/* --- RG004 -------------------------------------------------------------------------------- */

/* A group without the token where the dedicated one should be was most likely renamed. */
static const RoutingGroup *renamed_group(const Topology *topology)
{
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->admin_group != NULL && group->admin_group->official)
            return group;
    return NULL;
}

static void raise_no_group(Check *check, Severity severity)
{
    const Topology *topology = check_topology(check);
    const RoutingGroup *renamed = renamed_group(topology);
    const Object *organization = organization_object(topology);
    g_autofree char *names = names_of(topology->routing_groups);
    Finding *finding;

    if (renamed != NULL) {
        finding = check_raise(check, severity, &renamed->object,
                              "No routing group bears the name that Exchange 2007 looks for; "
                              "\"%s\" lies where it should be and was most likely renamed",
                              renamed->object.name);
        finding_cite(finding, &renamed->object, ATTR_cn,
                     "Exchange Routing Group (" ROUTING_GROUP_TOKEN ")");
        return;
    }
    finding = check_raise(check, severity, organization,
                          "Exchange 2007 or 2010 servers exist, but their routing group does "
                          "not; the routing groups are %s",
                          names);
    if (organization != NULL)
        finding_cite_object(finding, organization);
    finding_relate_all(finding, topology->routing_groups);
}

static GPtrArray *official_groups(const Topology *topology)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(RoutingGroup, group, topology->routing_groups)
        if (group->official)
            g_ptr_array_add(found, group);
    return found;
}

static void raise_several_groups(Check *check, Severity severity, const GPtrArray *groups)
{
    const Topology *topology = check_topology(check);
    Finding *finding = check_raise(
        check, severity, organization_object(topology),
        "%u routing groups bear the token of Exchange 2007; there can be one", groups->len);

    FOR_EACH(const RoutingGroup, group, groups)
        finding_relate(finding_cite(finding, &group->object, ATTR_cn, NULL), &group->object);
}

/* Where the administrative group itself has lost its name, AG003 speaks. */
static void judge_place(Check *check, Severity severity, const RoutingGroup *group)
{
    const AdminGroup *wanted = check_topology(check)->official_admin_group;
    Finding *finding;

    if (wanted == NULL)
        return;
    if (group->admin_group == NULL) {
        check_not_assessed(check, 1,
                           "the administrative group around a routing group was not read");
        return;
    }
    if (group->admin_group->official)
        return;
    finding = check_raise(check, severity, &group->object,
                          "Routing group \"%s\" lies in administrative group \"%s\" instead of "
                          "\"%s\"",
                          group->object.name, group->admin_group->object.name, wanted->object.name);
    finding_cite_object(finding, &group->object);
    finding_relate(finding, &group->admin_group->object);
    finding_relate(finding, &wanted->object);
}

/* Whether a server names a group with the token that was not read: then it may well exist. */
static bool dedicated_group_is_unseen(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (name_holds_token(server->home_group_value) &&
            reference_state(topology->directory, server->home_group_value) == REFERENCE_UNSEEN)
            return true;
    return false;
}

static void check_dedicated_group(Check *check)
{
    const Topology *topology = check_topology(check);
    Severity severity = check_scenario(check) == SCENARIO_PREFLIGHT ? SEVERITY_INFO
                                                                    : SEVERITY_ERROR;
    g_autoptr(GPtrArray) official = official_groups(topology);

    if (!topology_has_server(topology, needs_dedicated_group))
        return;
    if (official->len == 0 &&
        (topology->routing_groups->len == 0 || dedicated_group_is_unseen(topology))) {
        check_not_assessed(check, 0, "the routing group of Exchange 2007 was not read");
        return;
    }
    if (official->len == 0)
        raise_no_group(check, severity);
    if (official->len > 1)
        raise_several_groups(check, severity, official);
    FOR_EACH(const RoutingGroup, group, official)
        judge_place(check, severity, group);
}

static const Rule RG004 = {
    .id = "RG004",
    .slug = "modern-routing-group-missing",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The routing group of Exchange 2007 is missing, renamed, duplicated or misplaced",
    .condition = "Exchange 2007 or 2010 servers exist, and no routing group, or more than one, has "
                 "the token " ROUTING_GROUP_TOKEN " in its name, or the one that has it does not "
                 "lie in the administrative group with the token " ADMIN_GROUP_TOKEN ".",
    .why =
        "Exchange 2007 finds its own routing group by that name and place. Renaming or moving it "
        "is not supported: routing, setup and the management shell stop working with it.",
    .remedy = "Give the group its name \"Exchange Routing Group (" ROUTING_GROUP_TOKEN ")\" back "
              "and let it lie below CN=Routing Groups of \"Exchange Administrative Group "
              "(" ADMIN_GROUP_TOKEN ")\". Of two, keep the one that the servers' "
              "msExchHomeRoutingGroup names.",
    .references = "TechNet dd638103",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchAdminGroup),
    .misses = MISSES(CLASS_msExchRoutingGroup),
    .check = check_dedicated_group,
};

/* --- RG008 -------------------------------------------------------------------------------- */

static void raise_master(Check *check, const RoutingGroup *group, const char *complaint)
{
    Severity severity = group->members->len > 1 ? SEVERITY_ERROR : SEVERITY_WARNING;
    g_autofree char *names = names_of(group->members);
    Finding *finding = check_raise(check, severity, &group->object,
                                   "The master of routing group \"%s\" %s", group->object.name,
                                   complaint);

    finding_cite(finding, &group->object, ATTR_msExchRoutingMasterDN, names);
    if (group->master != NULL)
        finding_relate(finding, &group->master->object);
}

static void judge_master(Check *check, const RoutingGroup *group)
{
    const Directory *directory = check_topology(check)->directory;
    ReferenceState state = reference_state(directory, group->master_value);
    g_autofree char *complaint = NULL;

    if (group->master != NULL && group->master->routing_group == group)
        return;
    if (group->master != NULL)
        complaint = g_strdup_printf("is server \"%s\", which is not a member of the group",
                                    group->master->object.name);
    else if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1,
                           "the server that is named as routing group master was not read");
    else if (state == REFERENCE_LIVE)
        complaint = g_strdup("is no Exchange server");
    else
        complaint = g_strdup_printf("%s", reference_state_text(state));
    if (complaint != NULL)
        raise_master(check, group, complaint);
}

static void check_masters(Check *check)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new();

    if (members_unread(check))
        return;
    FOR_EACH(RoutingGroup, group, check_topology(check)->routing_groups)
        if (!group->official && group_has_member(group, server_keeps_link_state))
            g_ptr_array_add(groups, group);
    if (attribute_unread(check, groups->len, CLASS_msExchRoutingGroup, ATTR_msExchRoutingMasterDN))
        return;
    FOR_EACH(const RoutingGroup, group, groups)
        judge_master(check, group);
}

static const Rule RG008 = {
    .id = "RG008",
    .slug = "routing-group-master-missing",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The routing group master is missing, deleted or not a member of its group",
    .condition =
        "msExchRoutingMasterDN of a group with Exchange 2000/2003 members is absent, leads "
        "nowhere, or names something that is not a server of that group. A warning where "
        "the group has one member. The group of Exchange 2007 uses no master, and an "
        "empty group needs none.",
    .why = "The master collects the link state of its group and hands it to the others. Without it "
           "each server keeps an old table: changed connectors and connectors that are down are "
           "not heard of, and event 958 is logged.",
    .remedy = "In Exchange System Manager open the group's Members folder, choose a server that "
              "will stay, and choose Set as Master.",
    .references =
        "Exchange Analyzer article on the routing group master; MSExchangeTransport event "
        "958",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_masters,
};

/* --- RG010 -------------------------------------------------------------------------------- */

static guint count_kind(const RoutingGroup *group, ConnectorKind kind)
{
    guint count = 0;

    FOR_EACH(const Connector, connector, group->connectors)
        if (connector->kind == kind)
            count++;
    return count;
}

static void check_crowded(Check *check)
{
    guint most = check_parameter(check, PARAMETER_MANY_CONNECTORS);

    if (groups_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups) {
        if (group->connectors->len <= most)
            continue;
        finding_cite_object(
            check_raise(check, SEVERITY_WARNING, &group->object,
                        "Routing group \"%s\" holds %u connectors (%u routing group, %u SMTP, %u "
                        "X.400, %u foreign), more than %u",
                        group->object.name, group->connectors->len,
                        count_kind(group, CONNECTOR_ROUTING_GROUP),
                        count_kind(group, CONNECTOR_SMTP), count_kind(group, CONNECTOR_X400),
                        count_kind(group, CONNECTOR_FOREIGN), most),
            &group->object);
    }
}

static const Rule RG010 = {
    .id = "RG010",
    .slug = "routing-group-crowded",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A routing group holds more than 900 connectors",
    .condition = "More than 900 connector objects (parameter many-connectors) of any class lie "
                 "below the group's CN=Connections.",
    .why =
        "Exchange 2000/2003 and its tools read connectors in one page, which a domain controller "
        "ends after 1,000 objects by default. What lies beyond is not seen: neither used for "
        "routing nor shown.",
    .remedy = "Merge connectors (one may have many address spaces and bridgeheads), delete those "
              "that nothing uses any more, or split the routing group.",
    .references = "Exchange Analyzer article on connectors in a routing group; TechNet aa997020",
    .check = check_crowded,
};

const Rule *const rg_rules[] = {&RG001, &RG002, &RG003, &RG004, &RG005, &RG006,
                                &RG007, &RG008, &RG009, &RG010, &RG011, NULL};
