/* Which domain an object or a computer belongs to. Several families would otherwise each decide
 * that anew. */
#include "rules/domain-contents.h"

#include "rules/computers.h"

#include <string.h>

const Entry *domain_head(const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);

    return head == NULL ? NULL : head->entry;
}

const Entry *entry_below(const Topology *topology, const char *rdn, const Dn *parent)
{
    g_autofree char *above = dn_text(parent);
    g_autofree char *text = g_strconcat(rdn, ",", above, NULL);
    const Dn *dn = dn_find(directory_names(topology->directory), text, strlen(text));

    return dn == NULL ? NULL : dn->entry;
}

GPtrArray *system_objects_of(const Topology *topology, const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Entry, entry,
             directory_of_class(topology->directory, CLASS_msExchSystemObjectsContainer))
        if (entry->dn->parent == head && dn_mangling(entry->dn) != MANGLED_DELETED)
            g_ptr_array_add(found, entry);
    return found;
}

const Domain *domain_of(const Topology *topology, const Dn *dn)
{
    const Domain *found = NULL;
    unsigned depth = 0;

    FOR_EACH(const Domain, domain, topology->domains) {
        const Dn *head = value_dn(domain->naming_context);

        if (head != NULL && head->depth > depth && dn_is_below(dn, head)) {
            found = domain;
            depth = head->depth;
        }
    }
    return found;
}

const Domain *domain_of_host(const Topology *topology, const char *fqdn)
{
    const char *dot = fqdn == NULL ? NULL : strchr(fqdn, '.');

    if (dot == NULL)
        return NULL;
    FOR_EACH(const Domain, domain, topology->domains)
        if (domain->dns_name != NULL && g_ascii_strcasecmp(domain->dns_name, dot + 1) == 0)
            return domain;
    return NULL;
}

/* --- who is in which domain --------------------------------------------------------------- */

static void note_domain(GHashTable *domains, const Domain *domain)
{
    if (domain != NULL)
        g_hash_table_add(domains, (gpointer)(uintptr_t)domain);
}

GHashTable *domains_of_servers(const Topology *topology, bool (*wanted)(const Server *))
{
    g_autoptr(GHashTable) computers = computers_by_name(topology->directory);
    GHashTable *domains = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Server, server, topology->servers) {
        const Entry *computer;

        if (server_is_edge(server) || !wanted(server))
            continue;
        computer = computer_of(server, computers);
        note_domain(domains, computer != NULL ? domain_of(topology, computer->dn)
                                              : domain_of_host(topology, server->fqdn));
    }
    return domains;
}

GHashTable *domains_of_mailboxes(const Topology *topology)
{
    GHashTable *domains = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Entry, entry, directory_of_class(topology->directory, CLASS_user))
        if (entry_has(entry, ATTR_homeMDB) || entry_has(entry, ATTR_msExchHomeServerName))
            note_domain(domains, domain_of(topology, entry->dn));
    return domains;
}
