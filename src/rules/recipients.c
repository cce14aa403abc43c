/* Users and the servers of their mailboxes. */
#include "rules/recipients.h"

#include "rules/domains.h"
#include "rules/entries.h"

static bool is_of_system(const Entry *entry)
{
    for (const Dn *dn = entry->dn->parent; dn != NULL; dn = dn->parent)
        if (dn->entry != NULL && dn->entry->class_id == CLASS_msExchSystemObjectsContainer)
            return true;
    return false;
}

GPtrArray *mailbox_users(const Topology *topology)
{
    g_autoptr(GPtrArray) users = living_entries(topology, CLASS_user);
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Entry, user, users)
        if (entry_has(user, ATTR_homeMDB) && !is_of_system(user))
            g_ptr_array_add(found, user);
    return found;
}

Server *mailbox_server(const Topology *topology, const Entry *user)
{
    const Dn *dn = value_dn(entry_value(user, ATTR_homeMDB));
    const Store *store = topology_store(topology, dn);

    return store != NULL ? store->server : topology_server(topology, dn);
}

static bool any_domain_was_read(const Topology *topology)
{
    FOR_EACH(const Domain, domain, topology->domains)
        if (domain_was_read(domain))
            return true;
    return false;
}

void report_mailboxes_unread(Check *check)
{
    const Topology *topology = check_topology(check);

    report_domains_unread(check);
    if (any_domain_was_read(topology) &&
        directory_seen(topology->directory, CLASS_user, ATTR_homeMDB) == 0)
        check_not_assessed(check, 0, "no user with a mailbox (homeMDB) was read");
}
