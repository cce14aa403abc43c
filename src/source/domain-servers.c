/* Domains and domain controllers out of CN=Partitions and CN=Sites, before there is a topology. */
#include "source/domain-servers.h"

/* systemFlags of a crossRef whose partition is a domain. */
enum { FLAG_DOMAIN = 2 };

static bool is_there(const Entry *entry)
{
    return entry_is_live(entry) && dn_mangling(entry->dn) == MANGLED_NOT;
}

/* --- Domain controllers ---------------------------------------------------------------------- */

static bool holds_partition(const Entry *settings, const Dn *head)
{
    static const AttributeId lists[] = {ATTR_msDS_HasDomainNCs, ATTR_msDS_hasMasterNCs,
                                        ATTR_hasMasterNCs};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        guint count;
        const Value *values = entry_values(settings, lists[i], &count);

        for (guint v = 0; v < count; v++)
            if (value_dn(&values[v]) == head)
                return true;
    }
    return false;
}

/* The host of the NTDS Settings' server object. */
static void add_host(DomainPartition *partition, const Entry *settings)
{
    const Entry *server = settings->dn->parent->entry;
    char *host = server == NULL ? NULL : entry_text(server, ATTR_dNSHostName);

    if (host != NULL)
        g_ptr_array_add(partition->hosts, host);
}

static int compare_hosts(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static void find_hosts(DomainPartition *partition, const Directory *directory)
{
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry->class_id == CLASS_nTDSDSA && is_there(entry) &&
            holds_partition(entry, partition->head))
            add_host(partition, entry);
    }
    g_ptr_array_sort(partition->hosts, compare_hosts);
}

/* --- Domains --------------------------------------------------------------------------------- */

static void partition_free(gpointer data)
{
    DomainPartition *partition = data;

    g_free(partition->dns);
    g_ptr_array_unref(partition->hosts);
    g_free(partition);
}

static bool is_domain(const Entry *entry)
{
    int64_t flags;

    return entry->class_id == CLASS_crossRef && is_there(entry) &&
           entry_integer(entry, ATTR_systemFlags, &flags) && (flags & FLAG_DOMAIN) != 0;
}

static void add_partition(GPtrArray *partitions, const Directory *directory, const Entry *reference)
{
    Dn *head = value_dn(entry_value(reference, ATTR_nCName));
    DomainPartition *partition;

    if (head == NULL)
        return;
    partition = g_new(DomainPartition, 1);
    *partition = (DomainPartition){.head = head,
                                   .dns = entry_text(reference, ATTR_dnsRoot),
                                   .hosts = g_ptr_array_new_with_free_func(g_free)};
    find_hosts(partition, directory);
    g_ptr_array_add(partitions, partition);
}

static int root_first(gconstpointer a, gconstpointer b, gpointer data)
{
    const DomainPartition *left = *(const DomainPartition *const *)a;
    const DomainPartition *right = *(const DomainPartition *const *)b;
    const Dn *root = data;

    if ((left->head == root) != (right->head == root))
        return left->head == root ? -1 : 1;
    return dn_compare(left->head, right->head);
}

GPtrArray *domain_partitions(const Directory *directory, const Dn *configuration)
{
    GPtrArray *partitions = g_ptr_array_new_with_free_func(partition_free);
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++)
        if (is_domain(g_ptr_array_index(entries, i)))
            add_partition(partitions, directory, g_ptr_array_index(entries, i));
    g_ptr_array_sort_with_data(partitions, root_first, configuration->parent);
    return partitions;
}

char **partition_names(const Directory *directory)
{
    GPtrArray *names = g_ptr_array_new();
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        char *name = entry->class_id == CLASS_crossRef ? entry_text(entry, ATTR_nCName) : NULL;

        if (name != NULL)
            g_ptr_array_add(names, name);
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
