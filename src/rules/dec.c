/*
 * DEC: what has to be gone before the last Exchange 2000/2003 server is, one rule a step, in
 * the order of the guides. Each sums up in one finding what rules about single objects say one
 * by one, so that the list can be worked off from top to bottom.
 */
#include "base/fold.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/recipients.h"
#include "rules/routing-groups.h"
#include "rules/well-known.h"
#include "rules/words.h"

enum { CITED = 25 };

#define GUIDES "TechNet bb288905 (removing the last Exchange 2000/2003 server)"

/* --- what all steps share ----------------------------------------------------------------- */

static bool old_servers_exist(const Topology *topology)
{
    return topology_count_servers(topology, server_is_legacy) > 0;
}

/* Whether there is somebody to take over: else it is no migration, but the end of Exchange. */
static bool is_migration(const Topology *topology)
{
    return old_servers_exist(topology) && topology_count_servers(topology, server_is_modern) > 0;
}

/* One finding for all objects (of const Entry) in the way of a step; none when there is none. The
 * text goes on behind their number and before their names. */
static void raise_step(Check *check, Severity severity, const GPtrArray *blockers,
                       AttributeId attribute, const char *one, const char *many)
{
    const Organization *organization = check_topology(check)->organization;
    g_autoptr(GPtrArray) objects = entry_objects(blockers);
    g_autofree char *names = names_of(objects);
    Finding *finding;

    if (blockers->len == 0)
        return;
    finding = check_raise(check, severity, organization == NULL ? NULL : &organization->object,
                          "%u %s: %s", blockers->len, blockers->len == 1 ? one : many, names);
    for (guint i = 0; i < MIN(objects->len, (guint)CITED); i++) {
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

/* The objects of a class whose attribute leads to a server older than 2007; unref it. */
static GPtrArray *pointing_at_old(const Topology *topology, ClassId class_id, AttributeId attribute)
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

static void add_entry(GPtrArray *entries, const Object *object)
{
    g_ptr_array_add(entries, (gpointer)object->entry);
}

/* --- DEC001 ------------------------------------------------------------------------------- */

static void check_mailboxes(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) users = mailbox_users(topology);
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    if (!old_servers_exist(topology))
        return;
    FOR_EACH(Entry, user, users) {
        const Server *server = mailbox_server(topology, user);

        if (server != NULL && server_is_legacy(server))
            g_ptr_array_add(left, user);
    }
    raise_step(check, SEVERITY_ERROR, left, ATTR_homeMDB,
               "mailbox is still on a server older than Exchange 2007",
               "mailboxes are still on servers older than Exchange 2007");
    report_mailboxes_unread(check);
}

static const Rule DEC001 = {
    .id = "DEC001",
    .slug = "last-server-holds-mailboxes",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .title = "Mailboxes are left on servers older than Exchange 2007",
    .condition =
        "homeMDB of a user outside CN=Microsoft Exchange System Objects leads to a store of "
        "a server older than Exchange 2007.",
    .why =
        "Setup does not remove a server that holds mailboxes, and a mailbox whose server is gone "
        "is lost to its user.",
    .remedy = "Move-Mailbox from the Exchange 2007 side, resource and service mailboxes as well.",
    .references = GUIDES,
    .check = check_mailboxes,
};

/* --- DEC002 ------------------------------------------------------------------------------- */

static bool leaves_by_modern(const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_senders(connector);

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

static const Rule DEC002 = {
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
    .references = GUIDES,
    .check = check_internet_mail,
};

/* --- DEC003, DEC004 ----------------------------------------------------------------------- */

static void check_public_stores(Check *check)
{
    g_autoptr(GPtrArray) stores = g_ptr_array_new();

    FOR_EACH(const Store, store, check_topology(check)->stores)
        if (store->public_folders && store->server != NULL && server_is_legacy(store->server))
            add_entry(stores, &store->object);
    raise_step(check, SEVERITY_ERROR, stores, ATTR_NONE,
               "public folder store is still on a server older than Exchange 2007",
               "public folder stores are still on servers older than Exchange 2007");
    if (stores->len > 0)
        check_not_assessed(check, stores->len,
                           "to be verified by hand: that no replica is left in the store (Public "
                           "Folder Instances in Exchange System Manager)");
}

static const Rule DEC003 = {
    .id = "DEC003",
    .slug = "last-server-holds-public-folders",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_IN_PART,
    .title = "Public folder stores are left on servers older than Exchange 2007",
    .condition =
        "An msExchPublicMDB lies below a server older than Exchange 2007. Whether it still "
        "holds replicas is in the store alone.",
    .why = "What has its only replica there is lost with the store: folders, free/busy times, "
           "offline address books.",
    .remedy = "MoveAllReplicas.ps1, or Manage Replicas in Exchange System Manager; wait until the "
              "store is empty, then delete it.",
    .references = GUIDES,
    .check = check_public_stores,
};

static bool lies_in_old_group(const Topology *topology, const Entry *entry)
{
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (!group->official && dn_is_below(entry->dn, group->object.entry->dn))
            return true;
    return false;
}

static void check_hierarchies(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) trees = living_entries(topology, CLASS_msExchPFTree);
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    if (!old_servers_exist(topology))
        return;
    FOR_EACH(Entry, tree, trees)
        if (lies_in_old_group(topology, tree))
            g_ptr_array_add(left, tree);
    raise_step(check, SEVERITY_WARNING, left, ATTR_NONE,
               "public folder hierarchy still lies in an administrative group of 2000/2003",
               "public folder hierarchies still lie in administrative groups of 2000/2003");
}

static const Rule DEC004 = {
    .id = "DEC004",
    .slug = "hierarchy-still-in-old-group",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "The public folder hierarchy has to be moved before the last server goes",
    .condition = "An msExchPFTree lies below an administrative group without the token of Exchange "
                 "2007.",
    .why = "Only Exchange System Manager moves it, and it needs an old server to work with. If the "
           "group is deleted one day, the hierarchy goes with it.",
    .remedy =
        "In Exchange System Manager make a Folders container in the group of Exchange 2007 and "
        "drag the hierarchy there (PF006).",
    .references = GUIDES,
    .check = check_hierarchies,
};

/* --- DEC005, DEC006 ----------------------------------------------------------------------- */

static void check_address_books(Check *check)
{
    g_autoptr(GPtrArray)
        books = pointing_at_old(check_topology(check), CLASS_msExchOAB, ATTR_offLineABServer);

    raise_step(check, SEVERITY_ERROR, books, ATTR_offLineABServer,
               "offline address book is generated by a server older than Exchange 2007",
               "offline address books are generated by servers older than Exchange 2007");
}

static const Rule DEC005 = {
    .id = "DEC005",
    .slug = "last-server-makes-address-books",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Offline address books are still made by servers older than Exchange 2007",
    .condition = "offLineABServer of an msExchOAB leads to a server older than Exchange 2007.",
    .why = "Nobody makes the book afterwards, and Outlook keeps the last one it got.",
    .remedy = "Move-OfflineAddressBook -Identity <book> -Server <2007 mailbox server>.",
    .references = GUIDES,
    .check = check_address_books,
};

static void check_manager(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = living_entries(topology, CLASS_msExchRecipientPolicy);
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    if (!old_servers_exist(topology))
        return;
    FOR_EACH(Entry, policy, policies)
        if (entry_has(policy, ATTR_msExchMailboxManagerMode))
            g_ptr_array_add(left, policy);
    raise_step(check, SEVERITY_WARNING, left, ATTR_msExchMailboxManagerMode,
               "recipient policy still runs the Mailbox Manager",
               "recipient policies still run the Mailbox Manager");
}

static const Rule DEC006 = {
    .id = "DEC006",
    .slug = "mailbox-manager-before-last-server",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Mailbox Manager policies have to go before the last server does",
    .condition = "An msExchRecipientPolicy has msExchMailboxManagerMode.",
    .why = "Only Exchange System Manager can take the settings out, and policies that hold nothing "
           "else break the cmdlets of Exchange 2007 for e-mail address policies.",
    .remedy = "Delete them, or their page Mailbox Manager Settings, in Exchange System Manager "
              "(POL002).",
    .references = GUIDES,
    .check = check_manager,
};

/* --- DEC007, DEC009: connectors ------------------------------------------------------------ */

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

static const Rule DEC007 = {
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
    .references = GUIDES,
    .check = check_group_connectors,
};

static void check_other_connectors(Check *check)
{
    g_autoptr(GPtrArray) connectors = connectors_of_old(check_topology(check), false);

    raise_step(check, SEVERITY_ERROR, connectors, ATTR_msExchSourceBridgeheadServersDN,
               "connector out of the organisation is served by a server older than Exchange 2007",
               "connectors out of the organisation are served by servers older than Exchange 2007");
}

static const Rule DEC009 = {
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
    .references = GUIDES ", setup readiness check ServerIsSourceForSendConnector",
    .check = check_other_connectors,
};

/* --- DEC008 ------------------------------------------------------------------------------- */

static void check_update_services(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = living_entries(topology, CLASS_msExchAddressListService);

    if (!old_servers_exist(topology))
        return;
    raise_step(check, SEVERITY_ERROR, services, ATTR_msExchAddressListServiceLink,
               "Recipient Update Service is left", "Recipient Update Services are left");
}

static const Rule DEC008 = {
    .id = "DEC008",
    .slug = "update-services-before-last-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Recipient Update Services have to be deleted before the last server goes",
    .condition = "An msExchAddressListService exists.",
    .why = "Setup does not remove a server to which one is assigned; Exchange 2007 has no use for "
           "them.",
    .remedy = "Delete those of the domains in Exchange System Manager, then that of the enterprise "
              "configuration with ADSI Edit (RUS007).",
    .references = GUIDES,
    .check = check_update_services,
};

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
    report_domains_unread(check, "(msExchExpansionServerName=*)");
}

static bool has_modern_member(const RoutingGroup *group)
{
    return group_has_member(group, server_is_modern);
}

static void check_duties(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) masters = g_ptr_array_new();
    g_autoptr(GPtrArray) folders = NULL;

    if (!old_servers_exist(topology))
        return;
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->master != NULL && server_is_legacy(group->master) && has_modern_member(group))
            add_entry(masters, &group->object);
    raise_step(check, SEVERITY_ERROR, masters, ATTR_msExchRoutingMasterDN,
               "routing group with Exchange 2007 has an old server as its master",
               "routing groups with Exchange 2007 have an old server as their master");
    folders = pointing_at_old(topology, CLASS_msExchAdminGroup, ATTR_siteFolderServer);
    raise_step(check, SEVERITY_WARNING, folders, ATTR_siteFolderServer,
               "administrative group has its site folders on a server older than Exchange 2007",
               "administrative groups have their site folders on servers older than Exchange 2007");
    check_expansion(check);
}

static const Rule DEC010 = {
    .id = "DEC010",
    .slug = "last-server-has-duties",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
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
    .references = GUIDES ", setup readiness check ServerIsGroupExpansionServer",
    .check = check_duties,
};

/* --- DEC011 ------------------------------------------------------------------------------- */

static const ClassId vanishing_features[] = {
    CLASS_msExchKeyManagementServer,
    CLASS_msExchProtocolCfgIMVirtualServer,
    CLASS_msExchChatNetwork,
    CLASS_msExchChatVirtualNetwork,
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

    if (!old_servers_exist(topology))
        return;
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
        "Mail, cc:Mail, SNADS, PROFS, a gateway).",
    .why = "Exchange 2007 has none of them: with the last server the feature is gone, and setup "
           "cannot bring it back.",
    .remedy = "Replace or give up each (the LEG rules say how), or keep one Exchange 2003 server.",
    .references = GUIDES,
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
    .references = "ORG005; " GUIDES,
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
    .references = GUIDES "; Exchange team, empty Servers container (store driver event 1020)",
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
    .title = "ExchangeLegacyInterop still has members",
    .condition = "The group to which otherWellKnownObjects points has values of member.",
    .why =
        "Members may submit mail to hubs as if they were Exchange 2003 bridgeheads; when those are "
        "gone, nobody should.",
    .remedy = "Take the members out when the last server is removed; keep the group.",
    .references = "TechNet bb288907; " GUIDES,
    .check = check_interop,
};

const Rule *const dec_rules[] = {&DEC001, &DEC002, &DEC003, &DEC004, &DEC005,
                                 &DEC006, &DEC007, &DEC008, &DEC009, &DEC010,
                                 &DEC011, &DEC012, &DEC013, &DEC014, NULL};
