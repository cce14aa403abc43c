/*
 * Putting entries in order. Comparing two names means climbing both to the root, and an export has
 * them in no particular order but with siblings near each other and often in order already. So
 * names are gathered below their parents, each family is sorted by itself, and the tree is walked.
 */
#include "directory/order.h"

#include "base/fold.h"
#include "directory/ahead.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_WORDS = 2, KEY_BYTES = KEY_WORDS * sizeof(guint64) };

/* A name with the beginning of its folded value, which decides most comparisons: as numbers whose
 * order is that of the bytes. */
typedef struct Keyed {
    guint64 key[KEY_WORDS];
    Dn *dn;
} Keyed;

/* The names right below a name, for each that has some. */
typedef struct Families {
    GHashTable *families; /* Dn → GPtrArray of Dn */
    const Dn *parent;     /* the one that was asked for last, and its family: many come in a row */
    GPtrArray *family;
} Families;

static GPtrArray *find_family(const Families *families, const Dn *parent)
{
    return parent->inner ? g_hash_table_lookup(families->families, parent) : NULL;
}

static GPtrArray *family_of(Families *families, Dn *parent);

static GPtrArray *family_new(Families *families, Dn *parent)
{
    GPtrArray *family = g_ptr_array_new();

    g_hash_table_insert(families->families, parent, family);
    if (parent->parent != NULL)
        g_ptr_array_add(family_of(families, parent->parent), parent);
    return family;
}

/* The family of `parent`, made together with those of its ancestors. */
static GPtrArray *family_of(Families *families, Dn *parent)
{
    GPtrArray *family;

    if (parent == families->parent)
        return families->family;
    family = find_family(families, parent);
    if (family == NULL)
        family = family_new(families, parent);
    families->parent = parent;
    families->family = family;
    return family;
}

static bool is_in_order(const GPtrArray *family)
{
    for (guint i = 1; i < family->len; i++)
        if (dn_compare(family->pdata[i - 1], family->pdata[i]) > 0)
            return false;
    return true;
}

static gint compare_keyed(gconstpointer a, gconstpointer b)
{
    const Keyed *left = a;
    const Keyed *right = b;

    for (guint i = 0; i < KEY_WORDS; i++)
        if (left->key[i] != right->key[i])
            return left->key[i] < right->key[i] ? -1 : 1;
    return dn_compare(left->dn, right->dn);
}

static void set_key(Keyed *keyed, const GString *folded)
{
    memcpy(keyed->key, folded->str, MIN(folded->len, (gsize)KEY_BYTES));
    for (guint i = 0; i < KEY_WORDS; i++)
        keyed->key[i] = GUINT64_FROM_BE(keyed->key[i]);
}

static void sort_family(GPtrArray *family)
{
    g_autofree Keyed *keyed = g_new0(Keyed, family->len);
    g_autoptr(GString) folded = g_string_new(NULL);

    for (guint i = 0; i < family->len; i++) {
        Dn *dn = family->pdata[i];

        ahead_names(family, i);
        g_string_truncate(folded, 0);
        fold_append(folded, dn->value, strlen(dn->value));
        set_key(&keyed[i], folded);
        keyed[i].dn = dn;
    }
    qsort(keyed, family->len, sizeof *keyed, compare_keyed);
    for (guint i = 0; i < family->len; i++)
        family->pdata[i] = keyed[i].dn;
}

/* A parent before its children. Names are at most DN_MAX_DEPTH deep, and so is the recursion. */
static void walk(const Families *families, GPtrArray *family, GPtrArray *out)
{
    if (!is_in_order(family))
        sort_family(family);
    for (guint i = 0; i < family->len; i++) {
        const Dn *dn = family->pdata[i];
        GPtrArray *below = find_family(families, dn);

        ahead_names(family, i);
        if (dn->entry != NULL)
            g_ptr_array_add(out, dn->entry);
        if (below != NULL)
            walk(families, below, out);
    }
}

static Dn *root_of(const Entry *entry)
{
    return dn_at_depth(entry->dn, 0);
}

/* Puts every entry's name into its family. A family has its own head put where that belongs; what
 * has something below it may thus be there already, and comes last. */
static void gather(Families *families, const GPtrArray *entries)
{
    g_autoptr(GPtrArray) inner = g_ptr_array_new();

    for (guint i = 0; i < entries->len; i++) {
        Dn *dn = ((const Entry *)entries->pdata[i])->dn;
        GPtrArray *family = family_of(families, dn->parent);

        ahead_entries(entries, i, entries->len);
        g_ptr_array_add(dn->inner ? inner : family, dn);
    }
    for (guint i = 0; i < inner->len; i++) {
        Dn *dn = inner->pdata[i];

        if (find_family(families, dn) == NULL)
            g_ptr_array_add(family_of(families, dn->parent), dn);
    }
}

GPtrArray *entries_sorted(const GPtrArray *entries)
{
    GPtrArray *sorted = g_ptr_array_sized_new(entries->len);
    g_autoptr(GHashTable)
        table = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    Families families = {.families = table};

    gather(&families, entries);
    if (entries->len > 0)
        walk(&families, family_of(&families, root_of(entries->pdata[0])), sorted);
    return sorted;
}
