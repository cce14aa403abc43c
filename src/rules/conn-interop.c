/*
 * CONN, the part about ExchangeLegacyInterop: the group whose members may hand mail to Exchange
 * 2007 hubs. The configuration partition only points to it; the group and the computer accounts
 * live in domain partitions, which are often not read.
 */
#include "rules/conn.h"

#include "rules/computers.h"
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/sight.h"
#include "rules/well-known.h"
#include "rules/words.h"

/* --- members ------------------------------------------------------------------------------ */

/* Everybody in a group, through groups in it. */
typedef struct Membership {
    GHashTable *entries; /* const Entry */
    bool complete;       /* FALSE when a member, or all of the list, may not have been read */
} Membership;

static void take_members(const Entry *group, Membership *membership, GPtrArray *groups)
{
    guint count;
    const Value *values = entry_values(group, ATTR_member, &count);

    if (group->truncated == ATTR_member || sight_is_bare(group))
        membership->complete = false;
    for (guint i = 0; i < count; i++) {
        const Dn *dn = value_dn(&values[i]);
        Entry *entry = dn == NULL ? NULL : dn->entry;

        if (entry == NULL)
            membership->complete = false;
        else if (g_hash_table_add(membership->entries, entry) &&
                 class_is_a((ClassId)entry->class_id, CLASS_group))
            g_ptr_array_add(groups, entry);
    }
}

/* Where no group shows a member, this one may have some all the same. */
static Membership members_of(const Directory *directory, const Entry *group)
{
    Membership membership = {.entries = g_hash_table_new(NULL, NULL),
                             .complete = directory_seen(directory, CLASS_group, ATTR_member) > 0};
    g_autoptr(GPtrArray) groups = g_ptr_array_new();

    take_members(group, &membership, groups);
    for (guint i = 0; i < groups->len; i++)
        take_members(g_ptr_array_index(groups, i), &membership, groups);
    return membership;
}

/* --- bridgeheads -------------------------------------------------------------------------- */

typedef enum Duty { DUTY_NONE, DUTY_TAKES, DUTY_SENDS } Duty;

static void note_duty(GHashTable *duties, const Server *server, Duty duty)
{
    Duty known = (Duty)GPOINTER_TO_INT(g_hash_table_lookup(duties, server));

    if (server_keeps_link_state(server) && duty > known)
        g_hash_table_insert(duties, (gpointer)(uintptr_t)server, GINT_TO_POINTER((int)duty));
}

/* The Exchange 2000/2003 servers at connectors between the generations → Duty. */
static GHashTable *legacy_bridgeheads(const Topology *topology)
{
    GHashTable *duties = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Connector, connector, topology->connectors) {
        g_autoptr(GPtrArray) sources = NULL;
        g_autoptr(GPtrArray) takers = NULL;

        if (!connector_joins_versions(connector))
            continue;
        sources = connector_source_servers(connector);
        takers = connector_target_servers(connector);
        FOR_EACH(const Server, server, sources)
            note_duty(duties, server, DUTY_SENDS);
        FOR_EACH(const Server, server, takers)
            note_duty(duties, server, DUTY_TAKES);
    }
    return duties;
}

/* --- CONN010 ------------------------------------------------------------------------------ */

static const char domain_unread[] =
    "the domain partition that holds ExchangeLegacyInterop and the computer accounts was not read: "
    "export it with objectClass, member, dNSHostName and sAMAccountName";

static const char *why_group_is_unread(const WellKnown *interop)
{
    if (interop->holder == NULL)
        return "otherWellKnownObjects of CN=Microsoft Exchange was not read";
    if (interop->state == REFERENCE_UNSEEN)
        return domain_unread;
    return "ExchangeLegacyInterop does not exist: see CONN011";
}

static void raise_outsider(Check *check, const Server *server, Duty duty, const Entry *computer,
                           const WellKnown *interop)
{
    const Object group = {.entry = interop->entry, .name = "ExchangeLegacyInterop"};
    const Object account = {.entry = computer, .name = server->object.name};
    bool certain = duty == DUTY_SENDS && !server->clustered;
    Finding *finding =
        check_raise(check, certain ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                    duty == DUTY_SENDS
                        ? "Server \"%s\" sends mail to Exchange 2007, but its computer account is "
                          "no member of ExchangeLegacyInterop"
                        : "Server \"%s\" is named as target for mail from Exchange 2007, but its "
                          "computer account is no member of ExchangeLegacyInterop",
                    server->object.name);

    finding_cite_object(finding, &account);
    finding_cite_object(finding, &group);
    finding_relate(finding, &account);
    finding_relate(finding, &group);
}

static void judge_membership(Check *check, const Server *server, Duty duty,
                             const WellKnown *interop, const Membership *membership,
                             GHashTable *computers)
{
    const Entry *computer = computer_of(server, computers);
    bool outside = computer != NULL && !g_hash_table_contains(membership->entries, computer);

    if (computer == NULL)
        check_not_assessed(check, 1, "the computer account of the server was not read");
    else if (outside && !membership->complete)
        check_not_assessed(check, 1, "not all members of ExchangeLegacyInterop were read");
    else if (outside)
        raise_outsider(check, server, duty, computer, interop);
}

static void check_membership(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) duties = legacy_bridgeheads(topology);
    g_autoptr(GHashTable) computers = NULL;
    guint count = g_hash_table_size(duties);
    WellKnown interop = well_known_find(topology, WELL_KNOWN_INTEROP);
    Membership membership;

    if (connector_ends_unread(check) || sources_unread(check) || count == 0)
        return;
    if (interop.entry == NULL) {
        check_not_assessed(check, count, "%s", why_group_is_unread(&interop));
        return;
    }
    membership = members_of(topology->directory, interop.entry);
    computers = computers_by_name(topology->directory);
    FOR_EACH(const Server, server, topology->servers) {
        Duty duty = (Duty)GPOINTER_TO_INT(g_hash_table_lookup(duties, server));

        if (duty != DUTY_NONE)
            judge_membership(check, server, duty, &interop, &membership, computers);
    }
    g_hash_table_unref(membership.entries);
}

const Rule CONN010 = {
    .id = "CONN010",
    .slug = "bridgehead-not-in-legacy-interop",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS | DOMAIN_GROUPS,
    .title = "A legacy bridgehead is not in ExchangeLegacyInterop",
    .condition = "The computer account (by dNSHostName, else sAMAccountName) of an Exchange "
                 "2000/2003 server that is source of a connector to Exchange 2007 is no member, "
                 "directly or through groups, of the group that otherWellKnownObjects of "
                 "CN=Microsoft Exchange points to. A warning for servers that are targets only, "
                 "and for clustered ones, where it is unsure which account counts.",
    .why =
        "Members of the group may hand mail to Exchange 2007 hubs. A server outside it is refused, "
        "and its mail to Exchange 2007 queues. Setup and the cmdlets add the sources they are "
        "told of; bridgeheads added in Exchange System Manager are the usual gap.",
    .remedy = "Add the computer account to ExchangeLegacyInterop in Active Directory Users and "
              "Computers, and restart the server once the change has replicated, so that it gets "
              "a new ticket. Set-RoutingGroupConnector -SourceTransportServers adds the sources "
              "too.",
    .references = "TechNet aa998574; TechNet aa998581; TechNet bb288907",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_membership,
};

/* --- CONN011 ------------------------------------------------------------------------------ */

static void raise_missing_group(Check *check, const WellKnown *interop)
{
    const Object holder = {.entry = interop->holder, .name = "Microsoft Exchange"};
    Finding *finding;

    if (interop->value == NULL)
        finding = check_raise(check, SEVERITY_ERROR, &holder,
                              "No group is registered as ExchangeLegacyInterop, although the "
                              "generations coexist");
    else
        finding = check_raise(check, SEVERITY_ERROR, &holder,
                              "The group registered as ExchangeLegacyInterop %s, although the "
                              "generations coexist",
                              reference_state_text(interop->state));
    if (interop->value != NULL)
        finding_cite_value(finding, &holder, ATTR_otherWellKnownObjects, interop->value,
                           "a living group");
    else
        finding_cite(finding, &holder, ATTR_otherWellKnownObjects,
                     "B:32:" WELL_KNOWN_INTEROP ":<name of the group>");
}

static Object *object_copy(const Object *object)
{
    Object *copy = g_new(Object, 1);

    *copy = *object;
    return copy;
}

/* Computers (of Object) in the group that stand at no connector between the generations any
 * more. */
static GPtrArray *strangers_in(const Topology *topology, const Membership *membership)
{
    g_autoptr(GHashTable) duties = legacy_bridgeheads(topology);
    g_autoptr(GHashTable) computers = computers_by_name(topology->directory);
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    GPtrArray *strangers = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const Server, server, topology->servers) {
        if (g_hash_table_contains(duties, server))
            g_hash_table_add(wanted, (gpointer)(uintptr_t)computer_of(server, computers));
    }
    FOR_EACH(Entry, entry, directory_of_class(topology->directory, CLASS_computer)) {
        Object computer = {.entry = entry, .name = entry->dn->value};

        if (g_hash_table_contains(membership->entries, entry) &&
            !g_hash_table_contains(wanted, entry))
            g_ptr_array_add(strangers, object_copy(&computer));
    }
    return strangers;
}

static void raise_strangers(Check *check, const WellKnown *interop, const GPtrArray *strangers)
{
    const Object group = {.entry = interop->entry, .name = "ExchangeLegacyInterop"};
    g_autofree char *names = names_of(strangers);
    Finding *finding = check_raise(check, SEVERITY_WARNING, &group,
                                   "ExchangeLegacyInterop has members that stand at no connector "
                                   "to Exchange 2007: %s",
                                   names);

    finding_cite_object(finding, &group);
    finding_relate_all(finding, strangers);
    finding_advise(finding, "Remove these computers from the group in Active Directory Users and "
                            "Computers, unless they are nodes of a clustered bridgehead.");
}

static void raise_leftovers(Check *check, const WellKnown *interop)
{
    const Object group = {.entry = interop->entry, .name = "ExchangeLegacyInterop"};

    Finding *finding = check_raise(check, SEVERITY_INFO, &group,
                                   "ExchangeLegacyInterop still has members, although no server "
                                   "older than Exchange 2007 is left");

    finding_cite(finding, &group, ATTR_member, "no value");
    finding_advise(finding, "Remove the members in Active Directory Users and Computers; the group "
                            "itself stays.");
}

static void judge_members(Check *check, const WellKnown *interop, bool coexists)
{
    Membership membership;
    g_autoptr(GPtrArray) strangers = NULL;

    if (!coexists) {
        if (entry_has(interop->entry, ATTR_member))
            raise_leftovers(check, interop);
        return;
    }
    membership = members_of(check_topology(check)->directory, interop->entry);
    if (!membership.complete)
        check_not_assessed(check, 1, "not all members of ExchangeLegacyInterop were read");
    strangers = strangers_in(check_topology(check), &membership);
    if (strangers->len > 0)
        raise_strangers(check, interop, strangers);
    g_hash_table_unref(membership.entries);
}

static void check_interop_group(Check *check)
{
    const Topology *topology = check_topology(check);
    WellKnown interop = well_known_find(topology, WELL_KNOWN_INTEROP);
    bool coexists = topology_coexists(topology);

    if (!coexists && (!topology_has_server(topology, server_is_modern) ||
                      topology_has_server(topology, server_is_legacy)))
        return;
    if (interop.entry != NULL)
        judge_members(check, &interop, coexists);
    else if (interop.holder == NULL)
        check_not_assessed(check, 0, "otherWellKnownObjects of CN=Microsoft Exchange was not read");
    else if (interop.state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "%s", domain_unread);
    else if (coexists)
        raise_missing_group(check, &interop);
}

const Rule CONN011 = {
    .id = "CONN011",
    .slug = "legacy-interop-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS | DOMAIN_GROUPS,
    .title = "ExchangeLegacyInterop is missing, or holds strangers",
    .condition = "In coexistence, no value of otherWellKnownObjects of CN=Microsoft Exchange bears "
                 "the GUID of ExchangeLegacyInterop, or the one that does leads nowhere: an error. "
                 "A computer among its members is at no connector between the generations: a "
                 "warning (the nodes of a clustered bridgehead may be members rightly). Members "
                 "where no server older than 2007 is left: information.",
    .why = "Without the group no Exchange 2000/2003 server may hand mail to Exchange 2007 hubs. "
           "Computers that are no bridgeheads any more keep a right they do not need.",
    .remedy = "Setup /PrepareAD creates the group and its registration again; then add the "
              "computer accounts of the legacy bridgeheads. Remove strangers in Active Directory "
              "Users and Computers.",
    .references = "TechNet bb288907; TechNet aa998574",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_group),
    .check = check_interop_group,
};
