/* AG, the part about administrative groups without any server, and what is left in them. */
#include "rules/ag.h"

#include "rules/routing-groups.h"
#include "rules/words.h"

/* Rules that blame a group for having no servers must have seen some. */
static bool servers_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len > 0)
        return true;
    if (topology->admin_groups->len > 0)
        check_not_assessed(check, 0, "no server object was read at all");
    return false;
}

/* --- AG005, AG006 ------------------------------------------------------------------------- */

static bool is_empty_legacy_group(const AdminGroup *group)
{
    return !group->official && group->servers->len == 0;
}

static bool runs_2010(const Server *server)
{
    return server->version.family >= FAMILY_2010;
}

static void raise_empty_container(Check *check, const AdminGroup *group, bool store_driver)
{
    Finding *finding = check_raise(
        check, store_driver ? SEVERITY_ERROR : SEVERITY_WARNING, &group->object,
        "Administrative group \"%s\" has an empty Servers container%s", group->object.name,
        store_driver ? ", on which public folder replication with Exchange 2010 fails" : "");

    finding_cite_entry(finding, group->servers_container);
    finding_cite(finding, &group->object, ATTR_legacyExchangeDN, NULL);
}

static void check_empty_servers_container(Check *check)
{
    const Topology *topology = check_topology(check);
    bool store_driver = check_scenario(check) == SCENARIO_NEXT ||
                        topology_has_server(topology, runs_2010);

    if (!servers_are_visible(check))
        return;
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (is_empty_legacy_group(group) && group->servers_container != NULL)
            raise_empty_container(check, group, store_driver);
}

const Rule AG005 = {
    .id = "AG005",
    .slug = "empty-servers-container",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A legacy administrative group has an empty Servers container",
    .condition = "An administrative group without " ADMIN_GROUP_TOKEN " has a container of class "
                 "msExchServersContainer with no server below it. An error once Exchange 2010 or "
                 "later is installed or planned, a warning before.",
    .why =
        "The store driver of Exchange 2010 looks for a server in the container and fails when it "
        "finds none: public folder replication stops (event 1020).",
    .remedy = "Delete the empty Servers container, and only that, with ADSI Edit. Keep the "
              "administrative group itself: see AG006.",
    .references = "Exchange Team Blog, 5 May 2010, on empty legacy administrative groups",
    .reads = READS(CLASS_msExchAdminGroup),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_empty_servers_container,
};

static int compare_name_to_entry(const void *name, const void *entry)
{
    return dn_compare(name, (*(const Entry *const *)entry)->dn);
}

/* Entries are in the order of their names: what lies below one follows it without a gap. */
static guint entries_below(const Directory *directory, const Dn *dn)
{
    const GPtrArray *entries = directory_entries(directory);
    const gpointer *at = bsearch(dn, entries->pdata, entries->len, sizeof *entries->pdata,
                                 compare_name_to_entry);
    guint first = at == NULL ? entries->len : (guint)(at - entries->pdata) + 1;
    guint count = 0;

    for (guint i = first; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (!dn_is_below(entry->dn, dn))
            break;
        count++;
    }
    return count;
}

/* A public folder hierarchy below the group goes with it when the group is deleted by force. */
static void cite_hierarchies(Finding *finding, const Directory *directory, const Dn *dn)
{
    FOR_EACH(const Entry, tree, directory_of_class(directory, CLASS_msExchPFTree))
        if (dn_is_below(tree->dn, dn))
            finding_cite_entry(finding, tree);
}

static void raise_empty_group(Check *check, const AdminGroup *group)
{
    const Directory *directory = check_topology(check)->directory;
    const Dn *dn = group->object.entry->dn;
    g_autofree char *objects = count_of(entries_below(directory, dn), "object");
    Finding *finding = check_raise(check, SEVERITY_INFO, &group->object,
                                   "Administrative group \"%s\" has no servers any more, but still "
                                   "%s below it",
                                   group->object.name, objects);

    finding_cite(finding, &group->object, ATTR_legacyExchangeDN, NULL);
    cite_hierarchies(finding, directory, dn);
    check_not_assessed(check, 1,
                       "how many recipients still carry the group in legacyExchangeDN is in the "
                       "domain partitions: count them before the group is touched");
}

static void check_empty_group(Check *check)
{
    if (!servers_are_visible(check))
        return;
    FOR_EACH(const AdminGroup, group, check_topology(check)->admin_groups)
        if (is_empty_legacy_group(group))
            raise_empty_group(check, group);
}

const Rule AG006 = {
    .id = "AG006",
    .slug = "empty-legacy-group",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .title = "A legacy administrative group is empty: keep it, or know why not",
    .condition = "An administrative group without " ADMIN_GROUP_TOKEN " has no server below it.",
    .why =
        "Mailboxes that were moved keep the old group in legacyExchangeDN: free/busy folders and "
        "replies to old mail are found through it. Deleting the group by force has also "
        "destroyed the public folder hierarchy where that lay in it.",
    .remedy =
        "Leave the group. If it must go, first move the public folder hierarchy out of it and "
        "re-home legacyExchangeDN as the vendor describes.",
    .references = "Exchange Team Blog, 5 May 2010; TechNet bb288905",
    .reads = READS(CLASS_msExchAdminGroup),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_empty_group,
};

/* --- AG007 -------------------------------------------------------------------------------- */

static bool any_group_has_members(const AdminGroup *group)
{
    FOR_EACH(const RoutingGroup, routing, group->routing_groups)
        if (routing->members->len > 0)
            return true;
    return false;
}

static void raise_routing_without_servers(Check *check, const AdminGroup *group)
{
    bool modern = topology_has_server(check_topology(check), server_is_modern);
    g_autofree char *names = names_of(group->routing_groups);
    Finding *finding = check_raise(check, modern ? SEVERITY_WARNING : SEVERITY_ERROR,
                                   &group->object,
                                   "Administrative group \"%s\" has no servers, but holds routing "
                                   "groups that have members elsewhere: %s",
                                   group->object.name, names);

    finding_cite_object(finding, &group->object);
    FOR_EACH(const RoutingGroup, routing, group->routing_groups)
        finding_relate(finding, &routing->object);
}

static void check_routing_without_servers(Check *check)
{
    const Topology *topology = check_topology(check);
    bool visible = members_were_read(topology->directory);

    if (!servers_are_visible(check))
        return;
    FOR_EACH(const AdminGroup, group, topology->admin_groups) {
        if (!is_empty_legacy_group(group) || group->routing_groups->len == 0)
            continue;
        if (any_group_has_members(group))
            raise_routing_without_servers(check, group);
        else if (!visible)
            check_not_assessed(check, 1,
                               "the members of the routing groups were not read "
                               "(msExchHomeRoutingGroup, msExchRoutingGroupMembersDN)");
    }
}

const Rule AG007 = {
    .id = "AG007",
    .slug = "routing-groups-without-servers",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Routing groups lie in an administrative group that has no servers",
    .condition = "An administrative group without " ADMIN_GROUP_TOKEN " has routing groups with "
                 "members (msExchHomeRoutingGroup), but no server of its own. An error among "
                 "2000/2003 servers alone, a warning in coexistence.",
    .why = "Routing information of such groups may not spread dynamically among 2000/2003 servers.",
    .remedy =
        "In Exchange System Manager, move the routing groups into an administrative group that "
        "has servers (native mode only).",
    .references = "Exchange Analyzer article on routing groups without a Servers container",
    .reads = READS(CLASS_msExchAdminGroup, CLASS_msExchRoutingGroup),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_routing_without_servers,
};
