/*
 * DEC, the part about what old servers hold and what only they can look after: mailboxes, public
 * folders, offline address books, the Mailbox Manager, the Recipient Update Service.
 */
#include "rules/dec.h"

#include "rules/entries.h"
#include "rules/recipients.h"

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

const Rule DEC001 = {
    .id = "DEC001",
    .slug = "last-server-holds-mailboxes",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "Mailboxes are left on servers older than Exchange 2007",
    .condition =
        "homeMDB of a user outside CN=Microsoft Exchange System Objects leads to a store of "
        "a server older than Exchange 2007.",
    .why =
        "Setup does not remove a server that holds mailboxes, and a mailbox whose server is gone "
        "is lost to its user.",
    .remedy = "Move-Mailbox from the Exchange 2007 side, resource and service mailboxes as well.",
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_mailboxes,
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

const Rule DEC003 = {
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
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchPublicMDB),
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

    FOR_EACH(Entry, tree, trees)
        if (lies_in_old_group(topology, tree))
            g_ptr_array_add(left, tree);
    raise_step(check, SEVERITY_WARNING, left, ATTR_NONE,
               "public folder hierarchy still lies in an administrative group of 2000/2003",
               "public folder hierarchies still lie in administrative groups of 2000/2003");
}

const Rule DEC004 = {
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
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchAdminGroup, CLASS_msExchPFTree),
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

static const Need book_needs[] = {{CLASS_msExchOAB, ATTR_offLineABServer}, {CLASS_NONE, ATTR_NONE}};

const Rule DEC005 = {
    .id = "DEC005",
    .slug = "last-server-makes-address-books",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Offline address books are still made by servers older than Exchange 2007",
    .condition = "offLineABServer of an msExchOAB leads to a server older than Exchange 2007.",
    .why = "Nobody makes the book afterwards, and Outlook keeps the last one it got.",
    .remedy = "Move-OfflineAddressBook -Identity <book> -Server <2007 mailbox server>.",
    .references = DEC_GUIDES,
    .needs = book_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOAB),
    .check = check_address_books,
};

static void check_manager(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = living_entries(topology, CLASS_msExchRecipientPolicy);
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    FOR_EACH(Entry, policy, policies)
        if (entry_has(policy, ATTR_msExchMailboxManagerMode))
            g_ptr_array_add(left, policy);
    raise_step(check, SEVERITY_WARNING, left, ATTR_msExchMailboxManagerMode,
               "recipient policy still runs the Mailbox Manager",
               "recipient policies still run the Mailbox Manager");
}

const Rule DEC006 = {
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
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRecipientPolicy),
    .check = check_manager,
};

/* --- DEC008 ------------------------------------------------------------------------------- */

static void check_update_services(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = living_entries(topology, CLASS_msExchAddressListService);

    raise_step(check, SEVERITY_ERROR, services, ATTR_msExchAddressListServiceLink,
               "Recipient Update Service is left", "Recipient Update Services are left");
}

const Rule DEC008 = {
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
    .references = DEC_GUIDES,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_update_services,
};
