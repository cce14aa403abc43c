/* Which rows of `show` are about what is down. Rows know their objects by name only. */
#include "report/show-rows.h"

/* A set of DNs as rows have them. */
static GHashTable *names_of_down(const Topology *topology, const Failures *failures)
{
    const GPtrArray *const lists[] = {topology->sites, topology->servers, topology->connectors};
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(const Object, object, lists[i])
            if (object_is_down(failures, object))
                g_hash_table_add(names, dn_text(object->entry->dn));
    return names;
}

static void mark(json_t *rows, const GHashTable *names)
{
    size_t index;
    json_t *row;

    json_array_foreach(rows, index, row) {
        const char *dn = json_string_value(json_object_get(row, "dn"));

        if (dn != NULL && g_hash_table_contains((GHashTable *)names, dn))
            json_object_set_new(row, "down", json_true());
        mark(json_object_get(row, "children"), names);
    }
}

void rows_mark_down(json_t *rows, const Topology *topology, const Failures *failures)
{
    g_autoptr(GHashTable) names = NULL;

    if (!failures_any(failures))
        return;
    names = names_of_down(topology, failures);
    mark(rows, names);
}
