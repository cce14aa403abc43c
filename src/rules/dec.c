/*
 * DEC: what has to be gone before the last Exchange 2000/2003 server is, one rule a step, in
 * the order of the guides. Each sums up in one finding what rules about single objects say one
 * by one, so that the list can be worked off from top to bottom.
 */
#include "rules/dec.h"

#include "base/fold.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/rg.h"
#include "rules/routing-groups.h"
#include "rules/well-known.h"
#include "rules/words.h"

/* --- what all steps share ----------------------------------------------------------------- */

bool old_servers_exist(const Topology *topology)
{
    return topology_has_server(topology, server_is_legacy);
}

/* Whether there is somebody to take over: else it is no migration, but the end of Exchange. */
static bool is_migration(const Topology *topology)
{
    return old_servers_exist(topology) && topology_has_server(topology, server_is_modern);
}

void raise_step(Check *check, Severity severity, const GPtrArray *blockers, AttributeId attribute,
                const char *one, const char *many)
{
    const Topology *topology = check_topology(check);
    const Organization *organization = topology->organization;
    g_autoptr(GPtrArray) objects = entry_objects(blockers);
    g_autofree char *names = names_of(objects);
    guint most = check_parameter(check, PARAMETER_OBJECTS_CITED);
    Finding *finding;

    if (blockers->len == 0 || !old_servers_exist(topology))
        return;
    finding = check_raise(check, severity, organization == NULL ? NULL : &organization->object,
                          "%u %s: %s", blockers->len, blockers->len == 1 ? one : many, names);
    for (guint i = 0; i < MIN(objects->len, most); i++) {
        const Object *object = g_ptr_array_index(objects, i);

        if (attribute == ATTR_NONE)
            finding_cite_object(finding, object);
        else
            finding_cite(finding, object, attribute, NULL);
    }
    finding_relate_all(finding, objects);
}

static const Server *server_named(const Topology *topology, const Entry *entry,
                                  AttributeId attribute)
{
    const Dn *dn = value_dn(entry_value(entry, attribute));

    return dn == NULL ? NULL : topology_server(topology, dn);
}

GPtrArray *pointing_at_old(const Topology *topology, ClassId class_id, AttributeId attribute)
{
    g_autoptr(GPtrArray) all = living_entries(topology, class_id);
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Entry, entry, all) {
        const Server *server = server_named(topology, entry, attribute);

        if (server != NULL && server_is_legacy(server))
            g_ptr_array_add(found, entry);
    }
    return found;
}

void add_entry(GPtrArray *entries, const Object *object)
{
    g_ptr_array_add(entries, (gpointer)object->entry);
}

/* --- DEC010 ------------------------------------------------------------------------------- */

/* Folded legacyExchangeDN of the old servers, as a set. */
static GHashTable *old_legacy_names(const Topology *topology)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    FOR_EACH(const Server, server, topology->servers) {
        g_autofree char *name = entry_text(server->object.entry, ATTR_legacyExchangeDN);

        if (name != NULL && server_is_legacy(server))
            g_hash_table_add(names, fold_string(name));
    }
    return names;
}

static void check_expansion(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) old = old_legacy_names(topology);
    g_autoptr(GPtrArray) groups = g_ptr_array_new();

    FOR_EACH(Entry, entry, directory_entries(topology->directory)) {
        g_autofree char *name = entry_text(entry, ATTR_msExchExpansionServerName);
        g_autofree char *folded = name == NULL ? NULL : fold_string(name);

        if (folded != NULL && g_hash_table_contains(old, folded))
            g_ptr_array_add(groups, entry);
    }
    raise_step(check, SEVERITY_ERROR, groups, ATTR_msExchExpansionServerName,
               "group is expanded on a server older than Exchange 2007",
               "groups are expanded on servers older than Exchange 2007");
    report_domains_unread(check);
}

static bool has_modern_member(const RoutingGroup *group)
{
    return group_has_member(group, server_is_modern);
}

static void check_masters(Check *check)
{
    g_autoptr(GPtrArray) masters = g_ptr_array_new();
    guint judged = 0;

    FOR_EACH(const RoutingGroup, group, check_topology(check)->routing_groups) {
        if (!has_modern_member(group))
            continue;
        judged++;
        if (group->master != NULL && server_is_legacy(group->master))
            add_entry(masters, &group->object);
    }
    raise_step(check, SEVERITY_ERROR, masters, ATTR_msExchRoutingMasterDN,
               "routing group with Exchange 2007 has an old server as its master",
               "routing groups with Exchange 2007 have an old server as their master");
    attribute_unread(check, judged, CLASS_msExchRoutingGroup, ATTR_msExchRoutingMasterDN);
}

/* Where nothing names a store, none need be there: DEC003 speaks of those that are. */
static void check_site_folders(Check *check)
{
    g_autoptr(GPtrArray) folders = pointing_at_old(check_topology(check), CLASS_msExchAdminGroup,
                                                   ATTR_siteFolderServer);

    raise_step(check, SEVERITY_WARNING, folders, ATTR_siteFolderServer,
               "administrative group has its site folders on a server older than Exchange 2007",
               "administrative groups have their site folders on servers older than Exchange 2007");
}

static void check_duties(Check *check)
{
    if (!old_servers_exist(check_topology(check)))
        return;
    check_masters(check);
    check_site_folders(check);
    check_expansion(check);
}

static const Need duty_needs[] = {{CLASS_msExchExchangeServer, ATTR_legacyExchangeDN},
                                  {CLASS_NONE, ATTR_NONE}};

static const Rule DEC010 = {
    .id = "DEC010",
    .slug = "last-server-has-duties",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_GROUPS,
    .title =
        "Servers older than Exchange 2007 still expand groups, lead groups or keep site folders",
    .condition =
        "An error when msExchExpansionServerName of a group is the legacyExchangeDN of such "
        "a server, or msExchRoutingMasterDN of a routing group with Exchange 2007 members "
        "leads to one; a warning when siteFolderServer of an administrative group does.",
    .why = "Groups are not expanded, link state has no master, and the folders for free/busy times "
           "have no owner when the server is gone.",
    .remedy = "Set-DistributionGroup -ExpansionServer $null; make another member the master; let "
              "siteFolderServer name a public folder database of Exchange 2007 (ADSI Edit).",
    .references = DEC_GUIDES ", setup readiness check ServerIsGroupExpansionServer",
    .needs = duty_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_duties,
};

/* --- DEC011 ------------------------------------------------------------------------------- */

static const ClassId vanishing_features[] = {
    CLASS_msExchKeyManagementServer,
    CLASS_msExchProtocolCfgIMVirtualServer,
    CLASS_msExchChatVirtualNetwork,
    CLASS_msExchChatProtocol,
    CLASS_msExchConferenceSite,
    CLASS_msExchCalendarConnector,
    CLASS_mailGateway,
};

/* SMTP connectors are gateways by class; Exchange 2007 has them as well. */
static bool is_smtp(const Entry *entry)
{
    return class_is_a((ClassId)entry->class_id, CLASS_msExchRoutingSMTPConnector);
}

static void check_features(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) found = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(vanishing_features); i++) {
        g_autoptr(GPtrArray) entries = living_entries(topology, vanishing_features[i]);

        FOR_EACH(Entry, entry, entries)
            if (!is_smtp(entry) && !g_ptr_array_find(found, entry, NULL))
                g_ptr_array_add(found, entry);
    }
    raise_step(check, SEVERITY_ERROR, found, ATTR_NONE,
               "component that only Exchange 2000/2003 has is left",
               "components that only Exchange 2000/2003 has are left");
}

static const Rule DEC011 = {
    .id = "DEC011",
    .slug = "features-vanish-with-last-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Components exist that only Exchange 2000/2003 can run",
    .condition =
        "An object of key management, instant messaging, chat, conferencing or the calendar "
        "connector exists, or a connector other than SMTP (X.400, Notes, GroupWise, MS "
        "Mail, cc:Mail, SNADS, PROFS, a gateway). The container of chat communities alone "
        "proves nothing.",
    .why = "Exchange 2007 has none of them: with the last server the feature is gone, and setup "
           "cannot bring it back.",
    .remedy = "Replace or give up each (the LEG rules say how), or keep one Exchange 2003 server.",
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_features,
};

/* --- DEC012 to DEC014: afterwards ---------------------------------------------------------- */

static GPtrArray *old_servers(const Topology *topology)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(const Server, server, topology->servers)
        if (server_is_legacy(server))
            add_entry(found, &server->object);
    return found;
}

static void check_no_return(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) servers = old_servers(topology);

    if (is_migration(topology))
        raise_step(check, SEVERITY_INFO, servers, ATTR_serialNumber,
                   "server is left of Exchange 2000/2003, after which none can be added again",
                   "servers are left of Exchange 2000/2003, after which none can be added again");
}

static const Rule DEC012 = {
    .id = "DEC012",
    .slug = "point-of-no-return",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "The removal of the last server cannot be undone",
    .condition = "Servers older than Exchange 2007 exist beside newer ones: always told.",
    .why = "An organisation with Exchange 2007 and later alone does not take an Exchange 2000 or "
           "2003 server again.",
    .remedy = "Switch the last server off for some weeks before it is uninstalled.",
    .references = "ORG005; " DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_no_return,
};

static void check_kept_groups(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) groups = g_ptr_array_new();

    if (!is_migration(topology))
        return;
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (!group->official)
            add_entry(groups, &group->object);
    raise_step(check, SEVERITY_INFO, groups, ATTR_legacyExchangeDN,
               "administrative group of 2000/2003 has to be kept when its servers are gone",
               "administrative groups of 2000/2003 have to be kept when their servers are gone");
}

static const Rule DEC013 = {
    .id = "DEC013",
    .slug = "keep-old-administrative-groups",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Administrative groups of 2000/2003 stay when their servers are gone",
    .condition = "An administrative group without the token of Exchange 2007 exists beside servers "
                 "of 2007 or later: always told.",
    .why =
        "legacyExchangeDN of mailboxes, and the folders for free/busy times, are named after the "
        "group; without it delegates and replies to old messages fail.",
    .remedy = "Keep the group; delete only its empty Servers container, once public folders have "
              "moved (AG005, AG006).",
    .references = DEC_GUIDES "; Exchange team, empty Servers container (store driver event 1020)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchAdminGroup),
    .check = check_kept_groups,
};

static void check_interop(Check *check)
{
    const Topology *topology = check_topology(check);
    WellKnown interop = well_known_find(topology, WELL_KNOWN_INTEROP);
    g_autoptr(GPtrArray) group = g_ptr_array_new();

    if (!is_migration(topology))
        return;
    if (interop.state != REFERENCE_LIVE) {
        check_not_assessed(check, 0,
                           "the group ExchangeLegacyInterop was not read: export the root "
                           "domain's groups with their member attribute");
        return;
    }
    if (entry_has(interop.entry, ATTR_member))
        g_ptr_array_add(group, (gpointer)interop.entry);
    raise_step(check, SEVERITY_INFO, group, ATTR_member,
               "group for mail between the versions has members to be taken out afterwards",
               "groups for mail between the versions have members to be taken out afterwards");
}

static const Rule DEC014 = {
    .id = "DEC014",
    .slug = "interop-group-left-over",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_HEAD,
    .title = "ExchangeLegacyInterop still has members",
    .condition = "The group to which otherWellKnownObjects points has values of member.",
    .why =
        "Members may submit mail to hubs as if they were Exchange 2003 bridgeheads; when those are "
        "gone, nobody should.",
    .remedy = "Take the members out when the last server is removed; keep the group.",
    .references = "TechNet bb288907; " DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_group),
    .check = check_interop,
};

const Rule *const dec_rules[] = {&DEC001, &DEC002, &DEC003, &DEC004, &DEC005,
                                 &DEC006, &DEC007, &DEC008, &DEC009, &DEC010,
                                 &DEC011, &DEC012, &DEC013, &DEC014, NULL};
