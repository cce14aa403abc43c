/* What was not read although it is there: records that were lost, names that others stand below. */
#include "directory/losses.h"

#include "base/fold.h"
#include "directory/ahead.h"
#include "directory/container.h"

void losses_init(Losses *losses)
{
    *losses = (Losses){.names = g_hash_table_new(NULL, NULL)};
}

void losses_clear(Losses *losses)
{
    g_hash_table_unref(losses->names);
}

/* Of what lies right below the configuration Active Directory shows some to administrators only,
 * such as NTDS Quotas: to others their names alone, and nothing in them is of use here. */
static bool is_of_no_concern(const Entry *entry, const Dn *configuration)
{
    static const char *const wanted[] = {"Services", "Sites", "Partitions"};

    if (entry->count > 0 || entry->dn->parent != configuration)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (name_equal(entry->dn->value, wanted[i]))
            return false;
    return true;
}

bool entry_is_unclassed(const Entry *entry)
{
    const Dn *configuration;

    if (!entry_is_live(entry) || entry->class_id != CLASS_NONE)
        return false;
    configuration = configuration_above(entry->dn);
    return configuration != NULL && !is_of_no_concern(entry, configuration);
}

/* In a domain, objects of any class stand anywhere. */
static void note_domain_loss(Losses *losses)
{
    for (guint i = CLASS_NONE + 1; i < CLASS_COUNT; i++)
        if (class_table[i].partition == PARTITION_DOMAIN)
            losses->lacks[i] = true;
}

/* What a lost record was follows from where it stood. */
static void note_losses(Losses *losses)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, losses->names);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        Dn *dn = key;

        if (dn->entry != NULL)
            continue;
        losses->lacks[class_by_place(dn)] = true;
        if (configuration_above(dn) == NULL)
            note_domain_loss(losses);
    }
}

/* What was read below a name shows that there is an object of that name: no directory keeps one
 * without what it stands in. */
static void note_unread_parents(Losses *losses, const GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        Dn *dn = ((Entry *)g_ptr_array_index(entries, i))->dn->parent;

        ahead_entries(entries, i, entries->len);
        for (; dn != NULL && dn->parent != NULL && dn->entry == NULL; dn = dn->parent)
            g_hash_table_add(losses->names, dn);
    }
}

void losses_settle(Losses *losses, const GPtrArray *entries)
{
    note_losses(losses);
    note_unread_parents(losses, entries);
}

bool losses_hold(const Losses *losses, const Dn *dn)
{
    return dn->entry == NULL && g_hash_table_contains(losses->names, dn);
}

bool losses_may_hold(const Losses *losses, ClassId id)
{
    for (guint i = CLASS_NONE + 1; i < CLASS_COUNT; i++)
        if (losses->lacks[i] && (class_is_a((ClassId)i, id) || class_is_a(id, (ClassId)i)))
            return true;
    return losses->anything;
}
