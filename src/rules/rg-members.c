/*
 * RG, the part about members: servers of each generation belong into groups of their own, and the
 * two ends of the link between server and group have to agree.
 */
#include "rules/rg.h"

#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* Cites what makes a server a member: its home link, or the entries of the group's own list. */
static void cite_membership(Finding *finding, const Server *server, const RoutingGroup *group,
                            const char *expected)
{
    guint count;
    const Value *listed = entry_values(group->object.entry, ATTR_msExchRoutingGroupMembersDN,
                                       &count);

    finding_cite(finding, &server->object, ATTR_msExchHomeRoutingGroup, expected);
    finding_relate(finding, &group->object);
    if (value_dn(server->home_group_value) == group->object.entry->dn)
        return;
    for (guint i = 0; i < count; i++) {
        const Dn *dn = value_dn(&listed[i]);

        if (dn != NULL && dn_is_below(dn, server->object.entry->dn))
            finding_cite_value(finding, &group->object, ATTR_msExchRoutingGroupMembersDN,
                               &listed[i], NULL);
    }
}

/* --- RG001 -------------------------------------------------------------------------------- */

/* 2007 and 2010 servers that a group of the old world counts among its members, with the group. */
static GHashTable *modern_strays(const Topology *topology)
{
    GHashTable *strays = g_hash_table_new(NULL, NULL);

    FOR_EACH(RoutingGroup, group, topology->routing_groups) {
        if (group_passes_for_modern(topology, group))
            continue;
        FOR_EACH(Server, member, group->members)
            if (server_uses_routing_group(member))
                g_hash_table_insert(strays, member, group);
    }
    return strays;
}

/* The names that groups bear in the computed back link. A server among them has its home link,
 * whether that was read or not. */
static GHashTable *back_linked_names(const Topology *topology)
{
    GHashTable *names = g_hash_table_new(NULL, NULL);

    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        guint count;
        const Value *values = entry_values(group->object.entry, ATTR_msExchRoutingGroupMembersBL,
                                           &count);

        for (guint i = 0; i < count; i++)
            if (value_dn(&values[i]) != NULL)
                g_hash_table_add(names, value_dn(&values[i]));
    }
    return names;
}

static void raise_without_home(Check *check, const Server *server, ReferenceState state)
{
    Finding *finding;

    if (state == REFERENCE_ABSENT)
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "Server \"%s\" runs Exchange %s and names no routing group",
                              server->object.name, family_name(server->version.family));
    else
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "Server \"%s\" runs Exchange %s and names a routing group that %s",
                              server->object.name, family_name(server->version.family),
                              state == REFERENCE_LIVE ? "is none" : reference_state_text(state));
    finding_cite(finding, &server->object, ATTR_msExchHomeRoutingGroup,
                 "the routing group of Exchange 2007");
}

/* Whether the home link leads straight to the group: so it is with almost every server. */
static bool is_at_home(const Server *server)
{
    return server->routing_group != NULL &&
           value_dn(server->home_group_value) == server->routing_group->object.entry->dn;
}

static void judge_modern_home(Check *check, const Server *server, GHashTable *back_linked)
{
    const Directory *directory = check_topology(check)->directory;
    ReferenceState state;

    if (is_at_home(server) || server_is_edge(server) || server_is_provisioned_only(server))
        return;
    state = reference_state(directory, server->home_group_value);
    if (state == REFERENCE_UNSEEN) {
        if (!name_holds_token(server->home_group_value))
            check_not_assessed(check, 1, "the routing group that a server names was not read");
        return;
    }
    if (state == REFERENCE_ABSENT && g_hash_table_contains(back_linked, server->object.entry->dn))
        return;
    if (state == REFERENCE_ABSENT && !server->roles.present) {
        check_not_assessed(check, 1,
                           "the roles of the server were not read: Edge servers are in no "
                           "routing group");
        return;
    }
    raise_without_home(check, server, state);
}

static void check_modern_outside(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) strays = modern_strays(topology);
    g_autoptr(GHashTable) back_linked = back_linked_names(topology);

    if (attribute_unread(check, topology_count_servers(topology, needs_dedicated_group),
                         CLASS_msExchExchangeServer, ATTR_msExchHomeRoutingGroup))
        return;
    FOR_EACH(const Server, server, topology->servers) {
        const RoutingGroup *group;

        if (!server_uses_routing_group(server))
            continue;
        group = g_hash_table_lookup(strays, server);
        if (group != NULL)
            cite_membership(check_raise(check, SEVERITY_ERROR, &server->object,
                                        "Server \"%s\" runs Exchange %s and belongs to routing "
                                        "group \"%s\"",
                                        server->object.name, family_name(server->version.family),
                                        group->object.name),
                            server, group, "the routing group of Exchange 2007");
        else
            judge_modern_home(check, server, back_linked);
    }
}

const Rule RG001 = {
    .id = "RG001",
    .slug = "modern-server-outside-its-routing-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2007 or 2010 server is not in the dedicated routing group",
    .condition = "msExchHomeRoutingGroup of a 2007 or 2010 server is missing, leads nowhere, or "
                 "names a group whose name lacks " ROUTING_GROUP_TOKEN "; or such a group lists "
                 "the server. Where no group has the token, RG004 speaks instead. Edge servers, "
                 "and servers that were merely provisioned, are reported only when they belong to "
                 "a group of Exchange 2000/2003.",
    .why = "Every Exchange 2007 and 2010 server has to be in the one group that setup made for "
           "them. Outside it, Exchange 2000/2003 treats the server as one of its own and the other "
           "hubs do not find it.",
    .remedy = "Put the value back to \"Exchange Routing Group (" ROUTING_GROUP_TOKEN ")\", or "
              "remove Exchange from the server and install it again. Moving servers of these "
              "versions out of their group is not supported.",
    .references = "Exchange Analyzer article on routing group membership "
                  "(msExchRoutingGroupMembersBL), TechNet aa996595",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_modern_outside,
};

/* --- RG002 -------------------------------------------------------------------------------- */

static void raise_legacy_inside(Check *check, const Server *server, const RoutingGroup *group)
{
    g_autofree char *product = product_of(server);

    cite_membership(check_raise(check, SEVERITY_ERROR, &server->object,
                                "Server \"%s\" runs Exchange %s and is a member of the routing "
                                "group of Exchange 2007",
                                server->object.name, product),
                    server, group, "a routing group of Exchange 2000/2003");
}

static void check_legacy_inside(Check *check)
{
    if (members_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups) {
        if (!group->official)
            continue;
        FOR_EACH(const Server, member, group->members)
            if (server_is_legacy(member))
                raise_legacy_inside(check, member, group);
    }
}

const Rule RG002 = {
    .id = "RG002",
    .slug = "legacy-server-in-modern-routing-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2000/2003 server is a member of the routing group of Exchange 2007",
    .condition = "A group with " ROUTING_GROUP_TOKEN " in its name has a member older than 2007, "
                 "by the server's msExchHomeRoutingGroup or by the group's "
                 "msExchRoutingGroupMembersDN.",
    .why = "The versions cannot share a routing group: inside one, Exchange 2003 talks to its "
           "neighbours directly, which Exchange 2007 does not answer, and Exchange 2007 logs an "
           "error and finds no route to the server's mailboxes.",
    .remedy = "In Exchange System Manager create or choose a routing group of Exchange 2000/2003, "
              "drag the server into its Members folder, and join that group to the one of "
              "Exchange 2007 with New-RoutingGroupConnector.",
    .references = "MSExchangeTransport routing event on a legacy server in the Exchange 2007/2010 "
                  "routing group; TechNet aa998186",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_legacy_inside,
};

/* --- RG003 -------------------------------------------------------------------------------- */

static void judge_mixture(Check *check, const RoutingGroup *group)
{
    g_autoptr(GPtrArray) legacy = servers_where(group->members, server_is_legacy);
    g_autoptr(GPtrArray) modern = servers_where(group->members, server_is_modern);
    g_autofree char *legacy_names = names_of(legacy);
    g_autofree char *modern_names = names_of(modern);
    Finding *finding;

    if (legacy->len == 0 || modern->len == 0)
        return;
    finding = check_raise(check, SEVERITY_ERROR, &group->object,
                          "Routing group \"%s\" mixes versions: older than 2007 %s %s, 2007 or "
                          "later %s %s",
                          group->object.name, legacy->len == 1 ? "is" : "are", legacy_names,
                          modern->len == 1 ? "is" : "are", modern_names);
    finding_cite_object(finding, &group->object);
    finding_relate_all(finding, group->official ? legacy : modern);
}

static void check_mixtures(Check *check)
{
    if (members_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups)
        judge_mixture(check, group);
}

const Rule RG003 = {
    .id = "RG003",
    .slug = "routing-group-mixed-versions",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A routing group holds servers of both generations",
    .condition = "A routing group has members older than 2007 and members of 2007 or later. One "
                 "finding a group, beside RG001 and RG002 for the single servers.",
    .why = "Only a routing group connector may carry mail between the generations, and a connector "
           "leads from one group to another: inside one group there is no way.",
    .remedy = "Treat each server as RG001 or RG002 says. The related objects are the servers that "
              "have to leave.",
    .references = "TechNet aa998186; TechNet dd638103",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_mixtures,
};

/* --- RG009 -------------------------------------------------------------------------------- */

static void list_servers(const Topology *topology, const RoutingGroup *group, AttributeId attribute,
                         GHashTable *listed)
{
    guint count;
    const Value *values = entry_values(group->object.entry, attribute, &count);

    for (guint i = 0; i < count; i++) {
        const Dn *dn = value_dn(&values[i]);
        Server *server = dn == NULL ? NULL : topology_server(topology, dn);

        if (server != NULL)
            g_hash_table_add(listed, server);
    }
}

/* The servers that groups themselves list. Groups that list nobody, or were cut off while being
 * read, prove nothing against their members: these are added. */
static GHashTable *listed_servers(const Topology *topology)
{
    GHashTable *listed = g_hash_table_new(NULL, NULL);

    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        const Entry *entry = group->object.entry;

        list_servers(topology, group, ATTR_msExchRoutingGroupMembersDN, listed);
        list_servers(topology, group, ATTR_msExchRoutingGroupMembersBL, listed);
        if (entry->truncated != ATTR_NONE || !entry_has(entry, ATTR_msExchRoutingGroupMembersDN)) {
            FOR_EACH(Server, member, group->members)
                g_hash_table_add(listed, member);
        }
    }
    return listed;
}

static void raise_homeless(Check *check, const Server *server, ReferenceState state)
{
    g_autofree char *product = product_of(server);
    Finding *finding;

    if (server->routing_group != NULL)
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "The home routing group of server \"%s\" (Exchange %s) %s, although "
                              "group \"%s\" lists it",
                              server->object.name, product, reference_state_text(state),
                              server->routing_group->object.name);
    else
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "The home routing group of server \"%s\" (Exchange %s) %s",
                              server->object.name, product, reference_state_text(state));
    finding_cite(finding, &server->object, ATTR_msExchHomeRoutingGroup, "a living routing group");
    if (server->routing_group != NULL)
        finding_relate(finding, &server->routing_group->object);
}

static void raise_unlisted(Check *check, const Server *server)
{
    const RoutingGroup *group = server->routing_group;
    Finding *finding =
        check_raise(check, SEVERITY_WARNING, &server->object,
                    "Server \"%s\" names routing group \"%s\" as its home, but no group lists "
                    "the server or anything below it",
                    server->object.name, group->object.name);

    finding_cite(finding, &server->object, ATTR_msExchHomeRoutingGroup, NULL);
    finding_cite_object(finding, &group->object);
    finding_relate(finding, &group->object);
}

static void judge_legacy_home(Check *check, const Server *server, GHashTable *listed)
{
    const Directory *directory = check_topology(check)->directory;
    ReferenceState state = reference_state(directory, server->home_group_value);

    if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the routing group that a server names was not read");
    else if (state == REFERENCE_LIVE && !is_at_home(server))
        raise_without_home(check, server, state);
    else if (state != REFERENCE_LIVE)
        raise_homeless(check, server, state);
    else if (!g_hash_table_contains(listed, server))
        raise_unlisted(check, server);
}

static void check_homeless(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) listed = listed_servers(topology);
    g_autoptr(GHashTable) back_linked = back_linked_names(topology);

    if (attribute_unread(check, topology_count_servers(topology, server_keeps_link_state),
                         CLASS_msExchExchangeServer, ATTR_msExchHomeRoutingGroup))
        return;
    if (directory_seen(topology->directory, CLASS_msExchRoutingGroup,
                       ATTR_msExchRoutingGroupMembersBL) == 0)
        attribute_unread(check, topology_count_servers(topology, server_keeps_link_state),
                         CLASS_msExchRoutingGroup, ATTR_msExchRoutingGroupMembersDN);
    FOR_EACH(const Server, server, topology->servers) {
        bool absent = server->home_group_value == NULL;

        if (!server_keeps_link_state(server))
            continue;
        if (absent && g_hash_table_contains(back_linked, server->object.entry->dn))
            continue;
        judge_legacy_home(check, server, listed);
    }
}

const Rule RG009 = {
    .id = "RG009",
    .slug = "legacy-server-without-routing-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2000/2003 server has no home routing group",
    .condition = "msExchHomeRoutingGroup of a 2000/2003 server is absent or leads nowhere. A "
                 "warning when it is sound, but the groups list their members "
                 "(msExchRoutingGroupMembersDN, msExchRoutingGroupMembersBL) and none lists the "
                 "server, its SMTP virtual server or its MTA.",
    .why = "Routing places a mailbox store by the routing group of its server. Without one, no "
           "route to the stores can be computed.",
    .remedy = "Add the server to a routing group in Exchange System Manager. Where only one of the "
              "two sides is missing, check first that replication of the configuration partition "
              "is healthy, and read again from another domain controller.",
    .references = "MSExchangeTransport event 5006",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRoutingGroup),
    .check = check_homeless,
};
