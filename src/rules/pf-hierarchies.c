/* PF, the part about hierarchies: the trees of public folders, their stores and their place. */
#include "rules/pf.h"

#include "rules/entries.h"

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

const Rule PF005 = {
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
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchPublicMDB),
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
                !topology_has_server(check_topology(check), server_is_legacy);

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

    if (topology->official_admin_group == NULL || !topology_has_server(topology, server_is_modern))
        return;
    FOR_EACH(const Entry, entry, trees) {
        Object tree = entry_object(entry);

        if (is_mapi_tree(entry))
            judge_place(check, &tree);
    }
}

static const Need tree_types[] = {{CLASS_msExchPFTree, ATTR_msExchPFTreeType},
                                  {CLASS_NONE, ATTR_NONE}};

const Rule PF006 = {
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
    .needs = tree_types,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchAdminGroup, CLASS_msExchPFTree),
    .check = check_hierarchy_place,
};
