/*
 * The reverse index: who names an object that shall go. Every attribute that holds names is looked
 * at, so that nothing is missed for want of a rule about it; a table says what the known ones stand
 * for. Back links on the object itself tell of referrers in partitions that were not read.
 */
#include "rules/references.h"

#include "base/fold.h"
#include "rules/computers.h"

typedef struct Meaning {
    AttributeId attribute;
    ReferenceStep step;
    bool blocks;
} Meaning;

static const Meaning meanings[] = {
    {ATTR_homeMDB, STEP_MAILBOXES, true},
    {ATTR_msExchHomePublicMDB, STEP_PUBLIC_FOLDERS, true},
    {ATTR_siteFolderServer, STEP_PUBLIC_FOLDERS, true},
    {ATTR_msExchOwningPFTree, STEP_PUBLIC_FOLDERS, true},
    {ATTR_offLineABServer, STEP_ADDRESS_BOOK, true},
    {ATTR_msExchUseOAB, STEP_ADDRESS_BOOK, true},
    {ATTR_msExchSourceBridgeheadServersDN, STEP_MAIL_FLOW, true},
    {ATTR_msExchTargetBridgeheadServersDN, STEP_GROUP_CONNECTORS, true},
    {ATTR_msExchDestinationRGDN, STEP_GROUP_CONNECTORS, true},
    {ATTR_connectedDomains, STEP_MAIL_FLOW, true},
    {ATTR_homeMTA, STEP_MAIL_FLOW, true},
    {ATTR_msExchAddressListServiceLink, STEP_UPDATE_SERVICE, true},
    {ATTR_msExchHomeSyncService, STEP_UPDATE_SERVICE, true},
    {ATTR_msExchRoutingMasterDN, STEP_ROUTING_GROUP, true},
    {ATTR_msExchHomeRoutingGroup, STEP_ROUTING_GROUP, true},
    {ATTR_msExchRoutingGroupMembersDN, STEP_ROUTING_GROUP, false},
    {ATTR_msExchExpansionServerName, STEP_EXPANSION, true},
    {ATTR_msExchHomeServerName, STEP_MAILBOXES, true},
    {ATTR_member, STEP_MEMBERSHIP, false},
};

static const struct {
    const char *title;
    const char *advice;
} steps[STEP_COUNT] = {
    [STEP_MAILBOXES] = {"Mailboxes", "Move them with Move-Mailbox (from the Exchange 2007 side)."},
    [STEP_PUBLIC_FOLDERS] =
        {"Public folders", "Add replicas elsewhere, wait until they are full, remove those here "
                           "(MoveAllReplicas.ps1), and let hierarchy, stores and site folders name "
                           "a database that stays."},
    [STEP_ADDRESS_BOOK] = {"Offline address books",
                           "Let another server generate them (Move-OfflineAddressBook) and let "
                           "mailbox databases name one that stays."},
    [STEP_MAIL_FLOW] = {"Mail flow", "Give each connector a source that stays, or delete it once "
                                     "mail takes another way; outside, mail must come in "
                                     "elsewhere first."},
    [STEP_EXPANSION] = {"Expansion of groups",
                        "Set-DistributionGroup -ExpansionServer $null, or name a server that "
                        "stays."},
    [STEP_UPDATE_SERVICE] = {"Recipient Update Service and synchronisation",
                             "Re-point them to a 2000/2003 server that stays. With the last one, "
                             "delete those of the domains in Exchange System Manager, and that of "
                             "the enterprise with ADSI Edit."},
    [STEP_ROUTING_GROUP] = {"Routing group",
                            "Make another member the routing master; move members to another "
                            "group before a group goes."},
    [STEP_GROUP_CONNECTORS] = {"Routing group connectors",
                               "Give each another bridgehead, or delete the pair: last of all, "
                               "just before the server is uninstalled."},
    [STEP_MEMBERSHIP] = {"Groups of its computer account",
                         "Take the account out of ExchangeLegacyInterop and of the groups of "
                         "Exchange servers once no connector ends there."},
    [STEP_OTHER] = {"Other references", "Look at each: what was read does not tell what depends on "
                                        "it."},
};

const ClassId *referring_classes(guint *count)
{
    static const ClassId classes[] = {
        CLASS_msExchExchangeServer,
        CLASS_msExchMDB,
        CLASS_msExchAdminGroup,
        CLASS_msExchOAB,
        CLASS_msExchPFTree,
        CLASS_msExchConnector,
        CLASS_msExchRoutingGroup,
        CLASS_msExchAddressListService,
        CLASS_group,
    };

    *count = G_N_ELEMENTS(classes);
    return classes;
}

const char *step_title(ReferenceStep step)
{
    return steps[step].title;
}

const char *step_advice(ReferenceStep step)
{
    return steps[step].advice;
}

static const Meaning *meaning_of(AttributeId attribute)
{
    for (guint i = 0; i < G_N_ELEMENTS(meanings); i++)
        if (meanings[i].attribute == attribute)
            return &meanings[i];
    return NULL;
}

/* The forward link, where the attribute is a computed back link: those have odd numbers (MS-ADTS
 * section 3.1.1.1.6), and what is no link has a negative one. */
static AttributeId forward_of(AttributeId attribute)
{
    const AttributeInfo *info = &attribute_table[attribute];

    return info->link % 2 == 1 ? info->partner : attribute;
}

/* A bridgehead of a routing group connector goes last, one of any other connector with the mail. */
static ReferenceStep step_of(const Entry *from, AttributeId attribute)
{
    const Meaning *meaning = meaning_of(attribute);

    if (meaning == NULL)
        return STEP_OTHER;
    if (meaning->step == STEP_MAIL_FLOW && from != NULL &&
        class_is_a((ClassId)from->class_id, CLASS_msExchRoutingGroupConnector))
        return STEP_GROUP_CONNECTORS;
    if (attribute == ATTR_homeMTA && from != NULL &&
        class_is_a((ClassId)from->class_id, CLASS_person))
        return STEP_MAILBOXES;
    return meaning->step;
}

/* --- finding ------------------------------------------------------------------------------ */

/* What goes: names, and the legacy names of servers, which some attributes use instead. */
typedef struct Going {
    const Topology *topology;
    GHashTable *names;    /* of Dn, as a set */
    GHashTable *legacy;   /* folded legacyExchangeDN to const Entry */
    GHashTable *accounts; /* Dn of computer accounts, which stay, to const Entry of their servers */
    GPtrArray *found;     /* of Reference */
} Going;

static bool goes(const Going *going, const Dn *dn)
{
    for (; dn != NULL; dn = dn->parent)
        if (g_hash_table_contains(going->names, dn))
            return true;
    return false;
}

static const Entry *nearest_entry(const Dn *dn)
{
    while (dn != NULL && dn->entry == NULL)
        dn = dn->parent;
    return dn == NULL ? NULL : dn->entry;
}

/* Whether a routing group keeps members that want a master: that of Exchange 2007 needs
 * none, whatever is named (rule RG008). */
static bool wants_master(const Going *going, const Entry *group)
{
    const RoutingGroup *found = topology_routing_group(going->topology, group->dn);

    if (found == NULL)
        return true;
    if (found->official)
        return false;
    FOR_EACH(const Server, member, found->members)
        if (!goes(going, member->object.entry->dn))
            return true;
    return false;
}

/* Values of a link vanish with the object that they name (MS-ADTS section 3.1.1.1.6). Membership of
 * a routing group needs no other hand than that, nor does the master of one that wants none. */
static bool goes_along(const Going *going, const Reference *reference)
{
    AttributeId attribute = forward_of(reference->attribute);

    return attribute == ATTR_msExchRoutingGroupMembersDN ||
           (attribute == ATTR_msExchRoutingMasterDN && reference->from != NULL &&
            !wants_master(going, reference->from));
}

static void add_reference(const Going *going, Reference reference)
{
    Reference *copy = g_new(Reference, 1);
    const Meaning *meaning;

    *copy = reference;
    meaning = meaning_of(forward_of(copy->attribute));
    copy->follows = goes_along(going, copy);
    copy->blocks = meaning != NULL && meaning->blocks && !copy->follows;
    g_ptr_array_add(going->found, copy);
}

/* Of an object that stays: the names in it that lie in what goes. */
static void collect_forward(const Going *going, const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        AttributeId attribute = (AttributeId)entry->attributes[i];
        Dn *dn = value_dn(&entry->values[i]);

        if (dn == NULL || forward_of(attribute) != attribute || !goes(going, dn))
            continue;
        add_reference(going, (Reference){.step = step_of(entry, attribute),
                                         .from = entry,
                                         .from_name = entry->dn,
                                         .attribute = attribute,
                                         .value = &entry->values[i],
                                         .to = nearest_entry(dn)});
    }
}

/* Of a group: the computer accounts of servers that go. */
static void collect_membership(const Going *going, const Entry *entry)
{
    guint count;
    const Value *values = entry_values(entry, ATTR_member, &count);

    for (guint i = 0; i < count && g_hash_table_size(going->accounts) > 0; i++) {
        const Dn *dn = value_dn(&values[i]);
        const Entry *server = dn == NULL ? NULL : g_hash_table_lookup(going->accounts, dn);

        if (server != NULL)
            add_reference(going, (Reference){.step = STEP_MEMBERSHIP,
                                             .from = entry,
                                             .from_name = entry->dn,
                                             .attribute = ATTR_member,
                                             .value = &values[i],
                                             .to = server});
    }
}

/* Of an object that goes: back links to objects that were not read. */
static void collect_back(const Going *going, const Entry *entry)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        AttributeId attribute = (AttributeId)entry->attributes[i];
        Dn *dn = value_dn(&entry->values[i]);

        if (dn == NULL || forward_of(attribute) == attribute || dn->entry != NULL ||
            goes(going, dn))
            continue;
        add_reference(going, (Reference){.step = step_of(NULL, forward_of(attribute)),
                                         .from_name = dn,
                                         .attribute = attribute,
                                         .value = &entry->values[i],
                                         .to = entry,
                                         .back = true});
    }
}

/* Of an object that stays: servers named by their legacyExchangeDN. */
static void collect_legacy(const Going *going, const Entry *entry, AttributeId attribute,
                           ReferenceStep step)
{
    g_autofree char *text = entry_text(entry, attribute);
    g_autofree char *folded = text == NULL ? NULL : fold_string(text);
    const Entry *server = folded == NULL ? NULL : g_hash_table_lookup(going->legacy, folded);

    if (server != NULL)
        add_reference(going, (Reference){.step = step,
                                         .from = entry,
                                         .from_name = entry->dn,
                                         .attribute = attribute,
                                         .value = entry_value(entry, attribute),
                                         .to = server});
}

/* Those of one attribute were found in the order of its values, and keep it. */
static gint compare_references(gconstpointer a, gconstpointer b)
{
    const Reference *left = *(const Reference *const *)a;
    const Reference *right = *(const Reference *const *)b;
    int order;

    if (left->step != right->step)
        return left->step < right->step ? -1 : 1;
    order = dn_compare(left->from_name, right->from_name);
    return order != 0 ? order : (int)left->attribute - (int)right->attribute;
}

/* What else a server that goes is called: its legacy name, and its computer account if that was
 * read. */
static void note_server(const Going *going, const Entry *server, const Entry *account)
{
    g_autofree char *legacy = entry_text(server, ATTR_legacyExchangeDN);

    if (legacy != NULL)
        g_hash_table_insert(going->legacy, fold_string(legacy), (gpointer)server);
    if (account != NULL)
        g_hash_table_insert(going->accounts, account->dn, (gpointer)server);
}

/* Those that are named, and those below a group that is. */
static void note_servers(const Going *going)
{
    g_autoptr(GHashTable) computers = computers_by_name(going->topology->directory);

    FOR_EACH(const Server, server, going->topology->servers) {
        const Entry *entry = server->object.entry;

        if (goes(going, entry->dn))
            note_server(going, entry, computer_of(server, computers));
    }
}

static void collect(const Going *going, const Entry *entry)
{
    if (dn_mangling(entry->dn) != MANGLED_NOT)
        return;
    if (goes(going, entry->dn)) {
        collect_back(going, entry);
        return;
    }
    collect_forward(going, entry);
    collect_membership(going, entry);
    collect_legacy(going, entry, ATTR_msExchExpansionServerName, STEP_EXPANSION);
    if (!entry_has(entry, ATTR_homeMDB))
        collect_legacy(going, entry, ATTR_msExchHomeServerName, STEP_MAILBOXES);
}

GPtrArray *references_to(const Topology *topology, const GPtrArray *objects)
{
    Going going = {
        .topology = topology,
        .names = g_hash_table_new(NULL, NULL),
        .legacy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .accounts = g_hash_table_new(NULL, NULL),
        .found = g_ptr_array_new_with_free_func(g_free),
    };

    FOR_EACH(const Entry, object, objects)
        g_hash_table_add(going.names, object->dn);
    note_servers(&going);
    FOR_EACH(const Entry, entry, directory_entries(topology->directory))
        collect(&going, entry);
    g_hash_table_unref(going.names);
    g_hash_table_unref(going.legacy);
    g_hash_table_unref(going.accounts);
    g_ptr_array_sort(going.found, compare_references);
    return going.found;
}
