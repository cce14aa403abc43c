/* Computer accounts and the Exchange servers they belong to. */
#include "rules/computers.h"

#include "base/fold.h"

#include <string.h>

/* An account's name ends in a dollar sign, a computer's does not. */
static void trim_account(char *name)
{
    if (g_str_has_suffix(name, "$"))
        name[strlen(name) - 1] = '\0';
}

GHashTable *computers_by_name(const Directory *directory)
{
    static const AttributeId names[] = {ATTR_sAMAccountName, ATTR_dNSHostName};
    GHashTable *computers = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);

    FOR_EACH(Entry, entry, directory_of_class(directory, CLASS_computer)) {
        for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
            char *name = dn_mangling(entry->dn) != MANGLED_NOT ? NULL : entry_text(entry, names[i]);

            if (name == NULL)
                continue;
            trim_account(name);
            g_hash_table_insert(computers, name, entry);
        }
    }
    return computers;
}

const Entry *computer_of(const Server *server, GHashTable *computers)
{
    const Entry *found = NULL;

    if (g_hash_table_size(computers) == 0)
        return NULL; /* without domains read there are none: the names need no hash */
    if (server->fqdn != NULL)
        found = g_hash_table_lookup(computers, server->fqdn);
    return found != NULL ? found : g_hash_table_lookup(computers, server->object.name);
}
