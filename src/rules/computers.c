/* Computer accounts and the Exchange servers they belong to. */
#include "rules/computers.h"

GHashTable *computers_by_name(const Directory *directory)
{
    static const AttributeId names[] = {ATTR_sAMAccountName, ATTR_dNSHostName};
    GHashTable *computers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    FOR_EACH(Entry, entry, directory_of_class(directory, CLASS_computer)) {
        for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
            g_autofree char *name = entry_text(entry, names[i]);

            if (name != NULL && dn_mangling(entry->dn) == MANGLED_NOT)
                g_hash_table_insert(computers, g_ascii_strdown(name, -1), entry);
        }
    }
    return computers;
}

const Entry *computer_of(const Server *server, GHashTable *computers)
{
    g_autofree char *fqdn = server->fqdn == NULL ? NULL : g_ascii_strdown(server->fqdn, -1);
    g_autofree char *account = g_strdup_printf("%s$", server->object.name);
    g_autofree char *lower = g_ascii_strdown(account, -1);
    const Entry *found = fqdn == NULL ? NULL : g_hash_table_lookup(computers, fqdn);

    return found != NULL ? found : g_hash_table_lookup(computers, lower);
}
