/* Entries without a type of their own, dressed as objects for findings and words. */
#include "rules/entries.h"

Object entry_object(const Entry *entry)
{
    return (Object){.entry = entry, .name = entry->dn->value};
}

GPtrArray *living_entries(const Topology *topology, ClassId class_id)
{
    const GPtrArray *entries = directory_of_class(topology->directory, class_id);
    GPtrArray *living = g_ptr_array_sized_new(entries->len);

    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = entries->pdata[i];

        ahead_entries(entries, i, entries->len);
        if (dn_mangling(entry->dn) == MANGLED_NOT)
            g_ptr_array_add(living, entry);
    }
    return living;
}

GPtrArray *entry_objects(const GPtrArray *entries)
{
    GPtrArray *objects = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const Entry, entry, entries) {
        Object *object = g_new(Object, 1);

        *object = entry_object(entry);
        g_ptr_array_add(objects, object);
    }
    return objects;
}
