/*
 * PF: public folders, the folders for free/busy and offline address books among them. The directory
 * tells which stores, hierarchies and servers are meant to serve them; which folder has replicas
 * where is known to the stores alone. Here: the stores; see pf.h for the rest.
 */
#include "rules/pf.h"

#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/words.h"

/* --- what several of these rules ask ------------------------------------------------------ */

static bool has_public_store(const Topology *topology)
{
    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders)
            return true;
    return false;
}

bool stores_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0)
        return false;
    if (topology->stores->len > 0 ||
        directory_of_class(topology->directory, CLASS_msExchInformationStore)->len > 0)
        return true;
    check_not_assessed(check, 0, "neither stores nor CN=InformationStore of any server were read");
    return false;
}

/* What is wrong with a reference that should lead to a public folder store; NULL: nothing, or it
 * was not read, which *unseen tells. */
static const char *public_store_fault(const Topology *topology, const Value *value, bool *unseen)
{
    ReferenceState state = reference_state(topology->directory, value);
    const Store *store = topology_store(topology, value_dn(value));

    *unseen = state == REFERENCE_UNSEEN;
    if (state == REFERENCE_ABSENT || state == REFERENCE_UNSEEN)
        return NULL;
    if (state != REFERENCE_LIVE)
        return reference_state_text(state);
    return store != NULL && store->public_folders ? NULL : "is no public folder store";
}

/* --- PF001 -------------------------------------------------------------------------------- */

static void relate_public_stores(Finding *finding, const AdminGroup *group)
{
    FOR_EACH(const Server, server, group->servers)
        FOR_EACH(const Store, store, server->below->stores)
            if (store->public_folders)
                finding_relate(finding, &store->object);
}

static Finding *judge_site_folder(Check *check, const char *kind, const Object *object)
{
    const Topology *topology = check_topology(check);
    const Value *value = entry_value(object->entry, ATTR_siteFolderServer);
    bool deleted = reference_state(topology->directory, value) == REFERENCE_DELETED;
    bool unseen;
    const char *fault = public_store_fault(topology, value, &unseen);
    Finding *finding;

    if (unseen)
        check_not_assessed(check, 1, "the store that siteFolderServer names was not read");
    if (fault == NULL)
        return NULL;
    finding = check_raise(check, deleted ? SEVERITY_ERROR : SEVERITY_WARNING, object,
                          "%s \"%s\" keeps its system folders in a store which %s", kind,
                          object->name, fault);
    return finding_cite_value(finding, object, ATTR_siteFolderServer, value,
                              "the name of a living public folder store");
}

static void check_site_folder_server(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) books = living_entries(topology, CLASS_msExchOAB);

    FOR_EACH(const AdminGroup, group, topology->admin_groups) {
        Finding *finding;

        if (group->official)
            continue;
        finding = judge_site_folder(check, "Administrative group", &group->object);
        if (finding != NULL)
            relate_public_stores(finding, group);
    }
    FOR_EACH(const Entry, entry, books) {
        Object book = entry_object(entry);

        judge_site_folder(check, "Offline address book", &book);
    }
    if (has_public_store(topology) &&
        directory_seen(topology->directory, CLASS_msExchAdminGroup, ATTR_siteFolderServer) == 0)
        check_not_assessed(check, topology->admin_groups->len,
                           "siteFolderServer was not read on any administrative group");
}

static const Rule PF001 = {
    .id = "PF001",
    .slug = "site-folder-server-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "The store that keeps a group's system folders is gone",
    .condition = "siteFolderServer of an administrative group without " ADMIN_GROUP_TOKEN
                 ", or of an offline address book, leads to a deleted object: an error. It does "
                 "not exist, is a conflict's copy or is no msExchPublicMDB: a warning.",
    .why =
        "The store named there makes and looks after the folders for free/busy times and offline "
        "address books of the group. When it is gone nobody does, and Outlook 2003 and earlier "
        "find neither.",
    .remedy = "With ADSI Edit, set siteFolderServer to the name of a living public folder store "
              "of the group, and add replicas of the system folders to that store.",
    .references = "Exchange Analyzer articles on siteFolderServer, among them TechNet aa997118",
    .reads = READS(CLASS_msExchAdminGroup),
    .check = check_site_folder_server,
};

/* --- PF007, PF008 ------------------------------------------------------------------------- */

static bool is_mailbox_server_of_2007(const Server *server)
{
    return server_uses_routing_group(server) && server_has_role(server, ROLE_MAILBOX);
}

static bool holds_public_store(const Topology *topology, bool (*wanted)(const Server *))
{
    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders && store->server != NULL && wanted(store->server))
            return true;
    return false;
}

static void check_modern_public_store(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) servers = servers_where(topology->servers, is_mailbox_server_of_2007);
    Finding *finding;

    if (!topology_coexists(topology) || !stores_are_visible(check) || !roles_are_visible(check) ||
        servers->len == 0 || holds_public_store(topology, server_is_modern))
        return;
    finding = check_raise(check, SEVERITY_WARNING, organization_object(topology),
                          "No Exchange 2007 or later server has a public folder store, although "
                          "Exchange 2000/2003 servers exist");
    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders)
            finding_cite_object(finding, &store->object);
    finding_relate_all(finding, servers);
}

static const Rule PF007 = {
    .id = "PF007",
    .slug = "no-modern-public-store",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "No public folder store on Exchange 2007 or later",
    .condition = "In coexistence with 2000/2003, with Mailbox servers of 2007 or 2010, no "
                 "msExchPublicMDB belongs to a server of version 8 or later. Which Outlook "
                 "versions are in use the directory does not tell.",
    .why = "Outlook 2003 and the 2000/2003 servers take free/busy times and offline address books "
           "from public folders. Without a store on the new side users there depend on the old "
           "servers for them, and the folders cannot be moved.",
    .remedy = "Make one: New-PublicFolderDatabase on a Mailbox server, and add replicas of the "
              "system folders to it.",
    .references = "TechNet bb288905; Exchange Analyzer article on a missing public folder database",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchPublicMDB),
    .check = check_modern_public_store,
};

/* A legacy store goes with its server; what matters is whom a newer one depends on. */
static const Server *legacy_dependence(const Topology *topology, const Store *store)
{
    const Value *value = entry_value(store->object.entry, ATTR_msExchHomePublicMDB);
    const Store *home = topology_store(topology, value_dn(value));

    if (store->server == NULL || !server_is_modern(store->server) || home == NULL ||
        home->server == NULL || !server_is_legacy(home->server))
        return NULL;
    return home->server;
}

/* A store on 2000/2003 goes with its server: until then, one of either generation serves it. */
static const char *expected_public_store(const Store *store)
{
    return store->server != NULL && server_is_legacy(store->server)
               ? "a living public folder store"
               : "a living public folder store of Exchange 2007 or later";
}

static void raise_default_store(Check *check, const Store *store, Severity severity,
                                const char *words, const char *detail)
{
    const Server *server = store->server;
    Finding *finding = check_raise(
        check, severity, &store->object, "Mailbox store \"%s\"%s%s%s %s %s", store->object.name,
        server == NULL ? "" : " on \"", server == NULL ? "" : server->object.name,
        server == NULL ? "" : "\"", words, detail);

    finding_cite(finding, &store->object, ATTR_msExchHomePublicMDB, expected_public_store(store));
    if (server != NULL)
        finding_relate(finding, &server->object);
}

static void judge_default_store(Check *check, const Store *store)
{
    const Topology *topology = check_topology(check);
    const Value *value = entry_value(store->object.entry, ATTR_msExchHomePublicMDB);
    bool last = check_scenario(check) == SCENARIO_LAST;
    const Server *legacy = legacy_dependence(topology, store);
    bool unseen;
    const char *fault = public_store_fault(topology, value, &unseen);

    if (unseen)
        check_not_assessed(check, 1, "the store that msExchHomePublicMDB names was not read");
    if (fault != NULL)
        raise_default_store(check, store, SEVERITY_ERROR,
                            "sends its users for public folders to an object which", fault);
    else if (legacy != NULL)
        raise_default_store(check, store, last ? SEVERITY_ERROR : SEVERITY_WARNING,
                            "sends its users for public folders to the older server",
                            legacy->object.name);
}

static void check_default_stores(Check *check)
{
    FOR_EACH(const Store, store, check_topology(check)->stores)
        if (!store->public_folders)
            judge_default_store(check, store);
}

static const Rule PF008 = {
    .id = "PF008",
    .slug = "default-public-store-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A mailbox store's public folder store is gone or old",
    .condition =
        "msExchHomePublicMDB of a mailbox store leads to no living public folder store: an "
        "error. That of a store on 2007 or later leads to one on 2000/2003: a warning, "
        "and an error before the last of them goes.",
    .why = "Outlook starts at that store for public folders, free/busy times and address books. "
           "Setup associates the stores of a new Exchange 2007 server with any public folder "
           "store there is, an Exchange 2003 one too.",
    .remedy = "On Exchange 2007 or later: Set-MailboxDatabase -Identity <store> "
              "-PublicFolderDatabase <public store>. On 2000/2003, whose stores it cannot change: "
              "Default public store among the properties of the store in Exchange System "
              "Manager.",
    .references = "TechNet bb288905",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchPrivateMDB),
    .check = check_default_stores,
};

/* --- PF009 -------------------------------------------------------------------------------- */

static void check_replicas(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autofree char *names = names_of(topology->admin_groups);

    if (has_public_store(topology))
        check_not_assessed(check, 0,
                           "to be verified by hand: that the free/busy folder of each "
                           "administrative group that was ever in use (%s), named after the "
                           "group's legacyExchangeDN, and the offline address book folders have "
                           "replicas on living servers",
                           names);
}

static const Rule PF009 = {
    .id = "PF009",
    .slug = "system-folder-replicas",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_BY_HAND,
    .title = "Replicas of the system folders cannot be seen in the directory",
    .condition = "Never raised: which store holds a replica of which folder is written in the "
                 "stores. The directory only tells which administrative groups, by their "
                 "legacyExchangeDN, need a free/busy folder.",
    .why = "Free/busy times and offline address books vanish with the last replica of their "
           "folders, mostly with the old server that nobody thought of.",
    .remedy = "Get-PublicFolder -Recurse \\NON_IPM_SUBTREE | Format-List Identity, Replicas on "
              "Exchange 2007, or Public Folder Instances in Exchange System Manager; add replicas "
              "with AddReplicatoPFRecursive.ps1.",
    .references = "TechNet bb288905; Exchange Team Blog, 5 May 2010, on public folder replication",
    .check = check_replicas,
};

const Rule *const pf_rules[] = {&PF001, &PF002, &PF003, &PF004, &PF005, &PF006,
                                &PF007, &PF008, &PF009, &PF010, NULL};
