/*
 * Which domain an object or a computer belongs to, and when something can be said to be missing
 * from one. Several families would otherwise each decide that anew.
 */
#include "rules/domain-contents.h"

#include "rules/computers.h"

#include <string.h>

const Entry *domain_head(const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);

    return head == NULL ? NULL : head->entry;
}

static const Entry *find_below(Directory *directory, const char *rdn, const Dn *parent)
{
    g_autofree char *above = dn_text(parent);
    g_autofree char *text = g_strconcat(rdn, ",", above, NULL);
    const Dn *dn = dn_find(directory_names(directory), text, strlen(text));

    return dn == NULL ? NULL : dn->entry;
}

const Entry *entry_below(const Topology *topology, const char *rdn, const Dn *parent)
{
    return find_below(topology->directory, rdn, parent);
}

static bool partition_is_whole(Directory *directory, const Dn *head)
{
    return find_below(directory, "OU=Domain Controllers", head) != NULL;
}

bool domain_is_whole(const Topology *topology, const Domain *domain)
{
    const Entry *head = domain_head(domain);

    return head != NULL && partition_is_whole(topology->directory, head->dn);
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

/* --- absence ------------------------------------------------------------------------------ */

/* The text behind the first comma that is no part of a name. */
static const char *parent_of(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == ',')
            return at + 1;
    }
    return NULL;
}

/* The head of the partition in which a name lies: its lowest ancestor made of DC alone, unless it
 * is in the configuration, whose name begins with that of a domain; NULL there and for names of
 * another kind. */
static const Dn *domain_head_above(const Dn *dn)
{
    const Dn *below = NULL;

    while (dn->parent != NULL && strcmp(dn->type, "DC") != 0) {
        below = dn;
        dn = dn->parent;
    }
    if (dn->parent == NULL ||
        (below != NULL && g_ascii_strcasecmp(below->value, "Configuration") == 0))
        return NULL;
    return dn;
}

/* Of something below `above`: directly, or further down. */
static bool lacks_surely(Directory *directory, const Dn *above, bool directly)
{
    const Dn *head = domain_head_above(above);

    if (above->entry == NULL && !directory_covers(directory, above))
        return false;
    if (head == NULL || (directly && above != head && above->entry != NULL))
        return true;
    return head->entry != NULL && partition_is_whole(directory, head);
}

bool absence_is_sure(Directory *directory, const char *name)
{
    const char *parent = parent_of(name);

    for (const char *at = parent; at != NULL; at = parent_of(at)) {
        const Dn *dn = dn_find(directory_names(directory), at, strlen(at));

        if (dn != NULL)
            return lacks_surely(directory, dn, at == parent);
    }
    return false;
}

ReferenceState reference_state_in_domain(const Topology *topology, const Value *value)
{
    ReferenceState state = reference_state(topology->directory, value);
    const Dn *dn = value_dn(value);

    if (state == REFERENCE_MISSING && !lacks_surely(topology->directory, dn->parent, true))
        return REFERENCE_UNSEEN;
    return state;
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
