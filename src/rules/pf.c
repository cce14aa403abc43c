/*
 * PF: public folders, the folders for free/busy and offline address books among them. The directory
 * tells which stores, hierarchies and servers are meant to serve them; which folder has replicas
 * where is known to the stores alone.
 */
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/rule.h"
#include "rules/words.h"

/* --- what several of these rules ask ------------------------------------------------------ */

/* msExchVersion of objects that Exchange 2013 or later made: 0.20 (15.0.0.0). */
#define VERSION_OF_2013 INT64_C(88218628259840)

static guint count_stores(const Topology *topology, bool public_folders)
{
    guint count = 0;

    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders == public_folders)
            count++;
    return count;
}

/* Whether stores could be seen, were there any: those of 2000 to 2007 lie below their servers.
 * FALSE without a word where there is no server to have one. */
static bool stores_are_visible(Check *check)
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
        FOR_EACH(const Store, store, server->stores)
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
    if (count_stores(topology, true) > 0 &&
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
    .check = check_site_folder_server,
};

/* --- PF002, PF003, PF004: who generates the offline address books -------------------------- */

/* From Exchange 2013 on a mailbox, not a server, generates the book. */
static bool is_generated_by_server(const Entry *book)
{
    int64_t version;

    return !entry_integer(book, ATTR_msExchVersion, &version) || version < VERSION_OF_2013;
}

static const Value *generation_value(const Entry *book)
{
    return entry_value(book, ATTR_offLineABServer);
}

static const Server *generation_server(const Topology *topology, const Entry *book)
{
    return topology_server(topology, value_dn(generation_value(book)));
}

static void judge_generation(Check *check, const Object *book)
{
    const Topology *topology = check_topology(check);
    ReferenceState state = reference_state(topology->directory, generation_value(book->entry));
    const char *fault = state == REFERENCE_LIVE ? "is none" : reference_state_text(state);

    if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the server that offLineABServer names was not read");
    if (state == REFERENCE_UNSEEN || generation_server(topology, book->entry) != NULL)
        return;
    finding_cite(check_raise(check, SEVERITY_ERROR, book,
                             "The server that should generate offline address book \"%s\" %s",
                             book->name, fault),
                 book, ATTR_offLineABServer, "the name of a living Exchange server");
}

static void check_generation_server(Check *check)
{
    g_autoptr(GPtrArray) books = living_entries(check_topology(check), CLASS_msExchOAB);

    FOR_EACH(const Entry, entry, books) {
        Object book = entry_object(entry);

        if (is_generated_by_server(entry))
            judge_generation(check, &book);
    }
}

static const Need book_needs[] = {{CLASS_msExchOAB, ATTR_offLineABServer}, {CLASS_NONE, ATTR_NONE}};

static const Rule PF002 = {
    .id = "PF002",
    .slug = "oab-server-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The server that should generate an offline address book is gone",
    .condition = "offLineABServer of an offline address book (msExchOAB) is absent or leads to no "
                 "living server. Books that Exchange 2013 or later made (msExchVersion 0.20) are "
                 "left out: a mailbox generates them.",
    .why = "Nobody generates the book any more: Outlook in cached mode works with the last one it "
           "got. Setup of the Client Access role stops on it.",
    .remedy = "Name a living mailbox server: Move-OfflineAddressBook -Identity <book> -Server "
              "<server>, or the properties of the list in Exchange System Manager.",
    .references = "Setup readiness check OffLineABServerDeleted; Exchange Analyzer article on "
                  "offLineABServer",
    .needs = book_needs,
    .check = check_generation_server,
};

static void raise_legacy_generation(Check *check, const Object *book, const Server *server)
{
    bool last = check_scenario(check) == SCENARIO_LAST;
    Finding *finding =
        check_raise(check, last ? SEVERITY_ERROR : SEVERITY_INFO, book,
                    "Offline address book \"%s\" is generated by \"%s\", which runs Exchange %s",
                    book->name, server->object.name, family_name(server->version.family));

    finding_cite(finding, book, ATTR_offLineABServer, "a server of Exchange 2007 or later");
    finding_cite(finding, book, ATTR_msExchOABVirtualDirectoriesLink, NULL);
    finding_relate(finding, &server->object);
}

static void check_legacy_generation(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) books = living_entries(topology, CLASS_msExchOAB);

    /* Among 2000/2003 servers alone there is nobody to take over. */
    if (topology_count_servers(topology, server_is_modern) == 0)
        return;
    FOR_EACH(const Entry, entry, books) {
        const Server *server = generation_server(topology, entry);
        Object book = entry_object(entry);

        if (server != NULL && server_is_legacy(server))
            raise_legacy_generation(check, &book, server);
    }
}

static const Rule PF003 = {
    .id = "PF003",
    .slug = "oab-generated-by-legacy-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "An offline address book is still generated by an Exchange 2000/2003 server",
    .condition = "offLineABServer of an offline address book leads to a server of a version below "
                 "8, and there are servers of 2007 or later. Information; an error before the last "
                 "Exchange 2000/2003 server goes.",
    .why = "The book ends with the server. Only a book generated by Exchange 2007 can be "
           "distributed over the web, as Outlook 2007 likes it.",
    .remedy = "Move-OfflineAddressBook -Identity <book> -Server <2007 mailbox server>; then "
              "Set-OfflineAddressBook -VirtualDirectories for distribution over the web.",
    .references = "TechNet bb288905",
    .needs = book_needs,
    .check = check_legacy_generation,
};

static void check_front_end_generation(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) books = living_entries(topology, CLASS_msExchOAB);

    FOR_EACH(const Entry, entry, books) {
        const Server *server = generation_server(topology, entry);
        Object book = entry_object(entry);
        Finding *finding;

        if (server == NULL || !server_is_front_end(server))
            continue;
        finding = check_raise(check, SEVERITY_ERROR, &book,
                              "Offline address book \"%s\" is to be generated by \"%s\", a "
                              "front-end server",
                              book.name, server->object.name);
        finding_cite(finding, &book, ATTR_offLineABServer, "a back-end server");
        finding_cite(finding, &server->object, ATTR_msExchServerRole, NULL);
        finding_relate(finding, &server->object);
    }
}

static const Rule PF004 = {
    .id = "PF004",
    .slug = "oab-generated-by-front-end",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An offline address book is to be generated by a front-end server",
    .condition = "offLineABServer of an offline address book leads to a server whose "
                 "msExchServerRole (else serverRole) is not 0.",
    .why = "A front-end holds no stores in use, which generation needs: the book is not built.",
    .remedy =
        "Name a back-end or an Exchange 2007 mailbox server instead: Move-OfflineAddressBook, "
        "or the properties of the list in Exchange System Manager.",
    .references = "Exchange Analyzer article on offline address lists and front-end servers",
    .needs = book_needs,
    .check = check_front_end_generation,
};

/* --- PF005, PF006: hierarchies ------------------------------------------------------------- */

/* The hierarchies that stores name (of Dn); free the set. */
static GHashTable *owned_trees(const Topology *topology)
{
    GHashTable *owned = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Store, store, topology->stores)
        g_hash_table_add(owned,
                         value_dn(entry_value(store->object.entry, ATTR_msExchOwningPFTree)));
    return owned;
}

static void raise_unowned_tree(Check *check, const Object *tree)
{
    finding_cite(check_raise(check, SEVERITY_WARNING, tree,
                             "No store holds the public folder hierarchy \"%s\"", tree->name),
                 tree, ATTR_msExchOwningPFTreeBL, "the public folder stores of the hierarchy");
}

static void raise_stray_store(Check *check, const Store *store, ReferenceState state)
{
    Finding *finding;

    if (state == REFERENCE_ABSENT)
        finding = check_raise(check, SEVERITY_ERROR, &store->object,
                              "Public folder store \"%s\" belongs to no hierarchy",
                              store->object.name);
    else
        finding = check_raise(check, SEVERITY_ERROR, &store->object,
                              "Public folder store \"%s\" belongs to a hierarchy which %s",
                              store->object.name, reference_state_text(state));
    finding_cite(finding, &store->object, ATTR_msExchOwningPFTree,
                 "the name of a living msExchPFTree");
}

/* Deleting a hierarchy takes the links to it along, so that absence counts; unless it is that of
 * the attribute from what was read. Without any hierarchy no store can have one. */
static bool owners_are_visible(const Topology *topology, const GPtrArray *trees)
{
    return trees->len == 0 ||
           directory_seen(topology->directory, CLASS_msExchPublicMDB, ATTR_msExchOwningPFTree) > 0;
}

static void judge_owning_tree(Check *check, const Store *store)
{
    const Value *value = entry_value(store->object.entry, ATTR_msExchOwningPFTree);
    ReferenceState state = reference_state(check_topology(check)->directory, value);

    if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the hierarchy of the public folder store was not read");
    else if (state != REFERENCE_LIVE)
        raise_stray_store(check, store, state);
}

static void check_hierarchies(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) trees = living_entries(topology, CLASS_msExchPFTree);
    g_autoptr(GHashTable) owned = owned_trees(topology);

    if (!stores_are_visible(check))
        return;
    if (!owners_are_visible(topology, trees)) {
        check_not_assessed(check, trees->len,
                           "msExchOwningPFTree was not read on any public folder store");
        return;
    }
    FOR_EACH(const Store, store, topology->stores)
        if (store->public_folders)
            judge_owning_tree(check, store);
    FOR_EACH(const Entry, entry, trees) {
        Object tree = entry_object(entry);

        if (!g_hash_table_contains(owned, entry->dn) &&
            !entry_has(entry, ATTR_msExchOwningPFTreeBL))
            raise_unowned_tree(check, &tree);
    }
}

static const Rule PF005 = {
    .id = "PF005",
    .slug = "hierarchy-without-store",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A public folder hierarchy has no store, or a store no hierarchy",
    .condition =
        "No store's msExchOwningPFTree leads to a hierarchy (msExchPFTree): a warning. "
        "msExchOwningPFTree of a public folder store is absent or leads to no living object: an "
        "error.",
    .why = "Stores whose hierarchy object is gone, mostly with an administrative group that was "
           "deleted whole, mount without their folders, and mail to public folders finds no "
           "route. A hierarchy that no store holds serves nobody.",
    .remedy = "Link a store to the hierarchy. If the object was deleted, make a new one of class "
              "msExchPFTree with ADSI Edit and link the public folder stores, and then the mail "
              "objects of the folders, to it. Where public folders were given up, delete the "
              "hierarchy.",
    .references = "MSExchangeTransport event 5010; Exchange Team Blog, 12 May 2010, on deleted "
                  "public folder trees",
    .misses = MISSES(CLASS_msExchPublicMDB, CLASS_msExchPFTree),
    .check = check_hierarchies,
};

static bool is_mapi_tree(const Entry *tree)
{
    int64_t type;

    return !entry_integer(tree, ATTR_msExchPFTreeType, &type) || type == 1;
}

static const AdminGroup *group_above(const Topology *topology, const Dn *dn)
{
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (dn_is_below(dn, group->object.entry->dn))
            return group;
    return NULL;
}

/* In coexistence the hierarchy may stay where it is until the end draws near. */
static Severity misplaced_severity(const Check *check)
{
    bool last = check_scenario(check) == SCENARIO_LAST ||
                topology_count_servers(check_topology(check), server_is_legacy) == 0;

    return last ? SEVERITY_WARNING : SEVERITY_INFO;
}

static void judge_place(Check *check, const Object *tree)
{
    const Topology *topology = check_topology(check);
    const AdminGroup *group = group_above(topology, tree->entry->dn);
    Finding *finding;

    if (group == NULL || group->official)
        return;
    finding = check_raise(check, misplaced_severity(check), tree,
                          "Public folder hierarchy \"%s\" still lies in administrative group "
                          "\"%s\"",
                          tree->name, group->object.name);
    finding_cite_object(finding, tree);
    finding_relate(finding, &group->object);
    finding_relate(finding, &topology->official_admin_group->object);
}

static void check_hierarchy_place(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) trees = living_entries(topology, CLASS_msExchPFTree);

    if (topology->official_admin_group == NULL ||
        topology_count_servers(topology, server_is_modern) == 0)
        return;
    FOR_EACH(const Entry, entry, trees) {
        Object tree = entry_object(entry);

        if (is_mapi_tree(entry))
            judge_place(check, &tree);
    }
}

static const Rule PF006 = {
    .id = "PF006",
    .slug = "hierarchy-in-legacy-group",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "The public folder hierarchy still lies in an administrative group of 2000/2003",
    .condition = "A hierarchy of type 1 (msExchPFTreeType; absent counts as 1) lies below an "
                 "administrative group without " ADMIN_GROUP_TOKEN " although servers of 2007 or "
                 "later exist. Information in coexistence; a warning when the last older server is "
                 "about to go or gone.",
    .why = "Whoever clears away the old administrative group takes the hierarchy, and with it the "
           "public folders of the whole organisation, along.",
    .remedy = "In Exchange System Manager, make a Folders container in the group of Exchange 2007 "
              "and drag the hierarchy there. Do it while an Exchange 2003 server is left.",
    .references = "TechNet bb288905; Exchange Team Blog, 12 May 2010, on deleted public folder "
                  "trees",
    .check = check_hierarchy_place,
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
    finding = check_raise(check, SEVERITY_WARNING, &topology->organization->object,
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

static void raise_default_store(Check *check, const Store *store, Severity severity,
                                const char *words, const char *detail)
{
    const Server *server = store->server;
    Finding *finding = check_raise(
        check, severity, &store->object, "Mailbox store \"%s\"%s%s%s %s %s", store->object.name,
        server == NULL ? "" : " on \"", server == NULL ? "" : server->object.name,
        server == NULL ? "" : "\"", words, detail);

    finding_cite(finding, &store->object, ATTR_msExchHomePublicMDB,
                 "a living public folder store of Exchange 2007 or later");
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
    .remedy = "Set-MailboxDatabase -Identity <store> -PublicFolderDatabase <public store>.",
    .references = "TechNet bb288905",
    .check = check_default_stores,
};

/* --- PF009, PF010 ------------------------------------------------------------------------- */

static void check_replicas(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autofree char *names = names_of(topology->admin_groups);

    if (count_stores(topology, true) > 0)
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

static void check_store_without_book(Check *check)
{
    FOR_EACH(const Store, store, check_topology(check)->stores)
        if (!store->public_folders && !entry_has(store->object.entry, ATTR_msExchUseOAB))
            finding_cite(check_raise(check, SEVERITY_INFO, &store->object,
                                     "Mailbox store \"%s\" names no offline address book",
                                     store->object.name),
                         &store->object, ATTR_msExchUseOAB, "the name of an offline address book");
}

static const Need store_needs[] = {{CLASS_msExchPrivateMDB, ATTR_msExchUseOAB},
                                   {CLASS_NONE, ATTR_NONE}};

static const Rule PF010 = {
    .id = "PF010",
    .slug = "store-without-oab",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A mailbox store names no offline address book",
    .condition = "msExchUseOAB is absent on a mailbox store, while other stores have it.",
    .why = "Its users get the default offline address book, which need not be the one meant for "
           "them.",
    .remedy = "Set-MailboxDatabase -Identity <store> -OfflineAddressBook <book>, where the default "
              "is not what is wanted.",
    .references = "TechNet aa997667 (Exchange Analyzer)",
    .needs = store_needs,
    .check = check_store_without_book,
};

const Rule *const pf_rules[] = {&PF001, &PF002, &PF003, &PF004, &PF005, &PF006,
                                &PF007, &PF008, &PF009, &PF010, NULL};
