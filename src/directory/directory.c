/* The set of entries: what sources admit and overlays change, and what is asked of it once it is
 * sealed. */
#include "directory/directory.h"

#include "base/crew.h"
#include "directory/container.h"
#include "directory/draft.h"
#include "directory/from-record.h"
#include "directory/index.h"
#include "directory/losses.h"
#include "directory/order.h"
#include "directory/unite.h"

#include <string.h>

typedef struct Kept {
    gpointer data;
    GDestroyNotify release;
} Kept;

/* An attribute that was read of no object of a class. */
typedef struct Unread {
    ClassId class_id;
    AttributeId attribute;
} Unread;

struct Directory {
    Arena *arena;
    DnTable *names;
    Diagnostics *diagnostics;
    GPtrArray *sources; /* of SourceInfo */
    GArray *kept;       /* of Kept */
    Drafts *drafts;     /* scratch */
    GPtrArray *entries;
    Losses losses;
    Index index;
    const Dn *latest; /* the object admitted last */
    GArray *unread;   /* of Unread */
    guint bare;       /* records that came without objectClass, whatever they are about */
    bool removed;
    bool thinned[CLASS_COUNT]; /* per exact class: an overlay took an object out */
    bool sealed;
};

static void source_free(gpointer data)
{
    SourceInfo *source = data;

    g_free(source->name);
    g_clear_pointer(&source->facts, g_hash_table_unref);
    g_free(source);
}

Directory *directory_new(void)
{
    Directory *directory = g_new0(Directory, 1);

    directory->arena = arena_new();
    directory->names = dn_table_new(directory->arena);
    directory->diagnostics = diagnostics_new();
    directory->sources = g_ptr_array_new_with_free_func(source_free);
    directory->kept = g_array_new(FALSE, FALSE, sizeof(Kept));
    directory->drafts = drafts_new(directory->arena);
    directory->entries = g_ptr_array_new();
    directory->unread = g_array_new(FALSE, FALSE, sizeof(Unread));
    losses_init(&directory->losses);
    return directory;
}

void directory_free(Directory *directory)
{
    if (directory == NULL)
        return;
    index_clear(&directory->index);
    losses_clear(&directory->losses);
    g_array_unref(directory->unread);
    g_ptr_array_unref(directory->entries);
    g_ptr_array_unref(directory->sources);
    drafts_free(directory->drafts);
    diagnostics_free(directory->diagnostics);
    dn_table_free(directory->names);
    arena_free(directory->arena);
    for (guint i = 0; i < directory->kept->len; i++) {
        Kept *kept = &g_array_index(directory->kept, Kept, i);

        kept->release(kept->data);
    }
    g_array_unref(directory->kept);
    g_free(directory);
}

Arena *directory_arena(Directory *directory)
{
    return directory->arena;
}

DnTable *directory_names(Directory *directory)
{
    return directory->names;
}

Diagnostics *directory_diagnostics(const Directory *directory)
{
    return directory->diagnostics;
}

void directory_keep(Directory *directory, gpointer data, GDestroyNotify release)
{
    Kept kept = {.data = data, .release = release};

    g_array_append_val(directory->kept, kept);
}

/* --- sources ------------------------------------------------------------------------------ */

uint32_t directory_add_source(Directory *directory, SourceKind kind, const char *name)
{
    SourceInfo *source = g_new0(SourceInfo, 1);

    source->kind = kind;
    source->name = g_strdup(name);
    source->complete = true;
    source->searched = kind == SOURCE_LDAP;
    g_ptr_array_add(directory->sources, source);
    return directory->sources->len - 1;
}

SourceInfo *directory_source(const Directory *directory, uint32_t number)
{
    return g_ptr_array_index(directory->sources, number);
}

guint directory_source_count(const Directory *directory)
{
    return directory->sources->len;
}

bool directory_is_complete(const Directory *directory)
{
    for (guint i = 0; i < directory->sources->len; i++)
        if (!directory_source(directory, i)->complete)
            return false;
    return true;
}

void source_add_fact(SourceInfo *source, const char *name, const char *value)
{
    if (value == NULL)
        return;
    if (source->facts == NULL)
        source->facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(source->facts, g_strdup(name), g_strdup(value));
}

static void set_partly_read(Directory *directory, uint32_t source)
{
    directory_source(directory, source)->complete = false;
}

void directory_set_incomplete(Directory *directory, uint32_t source)
{
    set_partly_read(directory, source);
    directory->losses.anything = true;
}

void directory_lose(Directory *directory, uint32_t source, const char *name, size_t length)
{
    Dn *dn = dn_intern(directory->names, name, length, NULL);

    set_partly_read(directory, source);
    if (dn != NULL && dn->parent != NULL)
        g_hash_table_add(directory->losses.names, dn);
    else
        directory->losses.anything = true;
}

/* The value that was written last. */
static uint32_t last_value(const Entry *entry)
{
    uint32_t last = 0;

    for (uint32_t i = 1; i < entry->count; i++)
        if (entry->values[i].line > entry->values[last].line)
            last = i;
    return last;
}

/* Whether no other object stands below the same top: the name was cut off itself. */
static bool is_alone(const Directory *directory, const Entry *entry)
{
    const Dn *top = dn_at_depth(entry->dn, 1);

    for (guint i = 0; i < directory->entries->len; i++) {
        const Entry *other = g_ptr_array_index(directory->entries, i);

        if (other != entry && dn_at_depth(other->dn, 1) == top)
            return false;
    }
    return directory->entries->len > 1;
}

/* Whether a record cannot have been meant to end as it does: in a name that is none or leads out of
 * its own directory. */
static bool ends_early(const Directory *directory, const Entry *entry)
{
    uint32_t last = last_value(entry);
    const Dn *dn;

    if (entry->count == 0)
        return is_alone(directory, entry);
    if (attribute_table[entry->attributes[last]].syntax != SYNTAX_DN)
        return false;
    dn = value_dn(&entry->values[last]);
    return dn == NULL || dn_at_depth(dn, 1) != dn_at_depth(entry->dn, 1);
}

void directory_suspect(Directory *directory, uint32_t source)
{
    Entry *latest = directory->latest == NULL ? NULL : directory->latest->entry;

    directory_source(directory, source)->cut_off = true;
    directory->losses.anything = true;
    if (latest == NULL)
        return;
    latest->cut = true;
    if (ends_early(directory, latest))
        set_partly_read(directory, source);
}

/* --- admission ---------------------------------------------------------------------------- */

static Dn *record_name(Directory *directory, uint32_t source, const Record *record)
{
    g_autoptr(GError) error = NULL;
    Origin origin = {.source = source, .line = record->line};
    Dn *dn = dn_intern_record(directory->names, record->dn, record->dn_length, &error);

    if (dn != NULL && dn->parent != NULL)
        return dn;
    diagnose(directory->diagnostics, DIAGNOSTIC_ERROR, origin, "record skipped: %s",
             error != NULL ? error->message : "its name is empty");
    directory_set_incomplete(directory, source);
    return NULL;
}

static void put(Directory *directory, Entry *entry)
{
    entry->dn->entry = entry;
    g_ptr_array_add(directory->entries, entry);
}

bool directory_admit(Directory *directory, uint32_t source, const Record *record)
{
    Dn *dn = record_name(directory, source, record);
    Entry *entry;

    if (dn == NULL)
        return false;
    directory_source(directory, source)->entries++;
    entry = entry_from_record(directory, directory->drafts, source, record, dn);
    directory->bare += entry->class_id == CLASS_NONE;
    if (entry->truncated != ATTR_NONE)
        set_partly_read(directory, source);
    if (dn->entry == NULL)
        put(directory, entry);
    else
        entry_unite(directory, directory->drafts, dn->entry, entry);
    directory->latest = dn;
    return true;
}

bool directory_replace(Directory *directory, uint32_t source, const Record *record)
{
    Dn *dn = record_name(directory, source, record);
    Entry *entry;

    if (dn == NULL)
        return false;
    entry = entry_from_record(directory, directory->drafts, source, record, dn);
    directory->bare += entry->class_id == CLASS_NONE;
    if (dn->entry == NULL)
        put(directory, entry);
    else
        *dn->entry = *entry;
    return true;
}

void directory_remove(Directory *directory, Dn *dn)
{
    dn->entry = NULL;
    directory->removed = true;
}

void directory_set_unread(Directory *directory, ClassId id, AttributeId attribute)
{
    Unread unread = {id, attribute};

    g_array_append_val(directory->unread, unread);
}

bool directory_was_thinned(const Directory *directory, ClassId id)
{
    for (ClassId concrete = CLASS_NONE; concrete < CLASS_COUNT; concrete++)
        if (directory->thinned[concrete] && class_is_a(concrete, id))
            return true;
    return false;
}

/* --- the seal ----------------------------------------------------------------------------- */

/* That it is gone is no sign that objects of its class, or what it shows, could not be seen. */
static void note_removed(Directory *directory, const Entry *entry)
{
    directory->thinned[entry->class_id] = true;
    entry_note_listed(entry);
    index_remember(&directory->index, entry);
}

/* An entry that was removed, or removed and added again, stands in the list once too often. */
static void drop_removed(Directory *directory)
{
    GPtrArray *entries = directory->entries;
    guint kept = 0;

    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = g_ptr_array_index(entries, i);

        if (entry->dn->entry == entry)
            g_ptr_array_index(entries, kept++) = entry;
        else if (entry->dn->entry == NULL)
            note_removed(directory, entry);
    }
    g_ptr_array_set_size(entries, (gint)kept);
}

static void lose_unclassed(Directory *directory, uint32_t source)
{
    const Entry *first = NULL;
    g_autofree char *name = NULL;
    guint count = 0;

    for (guint i = 0; i < directory->entries->len; i++) {
        const Entry *entry = g_ptr_array_index(directory->entries, i);

        if (entry->source != source || !entry_is_unclassed(entry))
            continue;
        first = count++ == 0 || entry->line < first->line ? entry : first;
        g_hash_table_add(directory->losses.names, entry->dn);
        directory_remove(directory, entry->dn);
    }
    if (first == NULL)
        return;
    directory->losses.unclassed += count;
    name = dn_text(first->dn);
    set_partly_read(directory, source);
    diagnose(directory->diagnostics, DIAGNOSTIC_ERROR, entry_origin(first, NULL),
             "%u record%s of the configuration came without objectClass, which tells what an "
             "object is, and count%s as not read, first %s: export objectClass too",
             count, count == 1 ? "" : "s", count == 1 ? "s" : "", name);
}

static void lose_all_unclassed(Directory *directory)
{
    for (uint32_t i = 0; directory->bare > 0 && i < directory->sources->len; i++)
        lose_unclassed(directory, i);
}

/* From so many entries on a second thread is worth its while. */
enum { MANY_ENTRIES = 5000 };

/* Two things that do not touch each other: putting names in order, and counting. */
typedef struct Settling {
    Directory *directory;
    GPtrArray *sorted;
} Settling;

static void forget_unread(Directory *directory)
{
    for (guint i = 0; i < directory->unread->len; i++) {
        const Unread *unread = &g_array_index(directory->unread, Unread, i);

        index_forget(&directory->index, unread->class_id, unread->attribute);
    }
}

static void settle(guint piece, gpointer data)
{
    Settling *settling = data;
    Directory *directory = settling->directory;

    if (piece == 0) {
        settling->sorted = entries_sorted(directory->entries);
    } else {
        index_count(&directory->index, directory->entries);
        forget_unread(directory);
        losses_settle(&directory->losses, directory->entries);
    }
}

void directory_seal(Directory *directory)
{
    Settling settling = {.directory = directory};

    if (directory->sealed)
        return;
    lose_all_unclassed(directory);
    if (directory->removed)
        drop_removed(directory);
    crew_run(2, directory->entries->len < MANY_ENTRIES ? 1 : 2, settle, &settling);
    g_ptr_array_unref(directory->entries);
    directory->entries = settling.sorted;
    index_list(&directory->index, directory->entries);
    arena_settle(directory->arena); /* what is made of entries takes little more of it */
    directory->sealed = true;
}

/* --- asking ------------------------------------------------------------------------------- */

const GPtrArray *directory_entries(const Directory *directory)
{
    return directory->entries;
}

const GPtrArray *directory_of_class(const Directory *directory, ClassId id)
{
    g_assert(directory->sealed);
    return directory->index.lists[id];
}

guint directory_unclassed(const Directory *directory)
{
    g_assert(directory->sealed);
    return directory->losses.unclassed;
}

guint directory_seen(const Directory *directory, ClassId id, AttributeId attribute)
{
    return index_seen(&directory->index, id, attribute);
}

/* Who may list one object of a container may list them all (MS-ADTS section 5.1.3.2, the right List
 * Contents); of one that shows none, nobody knows what it holds. */
static bool is_listed(const Directory *directory, const Dn *container)
{
    return !directory->sealed || container->entry->listed;
}

/* Not one object of the class was read that the name would have: a filter by class passed over them
 * all, and that this one is missing cannot be told. */
static bool was_filtered(const Directory *directory, const Dn *dn)
{
    ClassId id = class_by_place(dn);

    return directory->sealed && id != CLASS_NONE && directory->index.lists[id]->len == 0;
}

bool directory_covers(const Directory *directory, const Dn *dn)
{
    const Dn *missing = dn;

    if (dn->parent == NULL || directory->losses.anything || losses_hold(&directory->losses, dn))
        return false;
    while (missing->parent->entry == NULL) {
        missing = missing->parent;
        if (missing->parent == NULL || losses_hold(&directory->losses, missing))
            return false;
    }
    if (was_filtered(directory, missing) || !is_listed(directory, missing->parent))
        return false;
    return missing == dn || container_at(missing) == NULL;
}

bool directory_may_lack(const Directory *directory, ClassId id)
{
    g_assert(directory->sealed);
    return losses_may_hold(&directory->losses, id);
}

Dn *directory_configuration(const Directory *directory)
{
    const GPtrArray *heads = directory_of_class(directory, CLASS_configuration);
    Dn *found = NULL;

    if (heads->len > 0)
        return ((const Entry *)g_ptr_array_index(heads, 0))->dn;
    for (guint i = 0; i < directory->entries->len && found == NULL; i++)
        found = configuration_above(((Entry *)g_ptr_array_index(directory->entries, i))->dn);
    return found;
}
