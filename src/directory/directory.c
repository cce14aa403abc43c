/*
 * The set of entries. A record is turned into an entry here and nowhere else: unknown attributes
 * are gone already, names are interned, values sorted, bytes copied unless their source outlives
 * us.
 */
#include "directory/directory.h"

#include "directory/container.h"
#include "directory/order.h"

#include <string.h>

typedef struct Kept {
    gpointer data;
    GDestroyNotify release;
} Kept;

/* A value on its way into an entry. */
typedef struct Draft {
    uint16_t attribute;
    Value value;
} Draft;

struct Directory {
    Arena *arena;
    DnTable *names;
    Diagnostics *diagnostics;
    GPtrArray *sources; /* of SourceInfo */
    GArray *kept;       /* of Kept */
    GArray *drafts;     /* scratch */
    GPtrArray *entries;
    GHashTable *lost; /* of Dn: records that could not be read */
    GPtrArray *by_class[CLASS_COUNT];
    guint *seen[CLASS_COUNT]; /* per exact class: how many entries have each attribute */
    bool lacks[CLASS_COUNT];  /* a lost record may have been of that class */
    bool lacks_anything;      /* objects of any name may be missing */
    const Dn *latest;         /* the object admitted last */
    bool removed;
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
    directory->drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
    directory->entries = g_ptr_array_new();
    directory->lost = g_hash_table_new(NULL, NULL);
    return directory;
}

void directory_free(Directory *directory)
{
    if (directory == NULL)
        return;
    for (guint i = 0; i < CLASS_COUNT; i++) {
        g_clear_pointer(&directory->by_class[i], g_ptr_array_unref);
        g_free(directory->seen[i]);
    }
    g_hash_table_unref(directory->lost);
    g_ptr_array_unref(directory->entries);
    g_ptr_array_unref(directory->sources);
    g_array_unref(directory->drafts);
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
    directory->lacks_anything = true;
}

void directory_lose(Directory *directory, uint32_t source, const char *name, size_t length)
{
    Dn *dn = dn_intern(directory->names, name, length, NULL);

    set_partly_read(directory, source);
    if (dn != NULL && dn->parent != NULL)
        g_hash_table_add(directory->lost, dn);
    else
        directory->lacks_anything = true;
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

/* Whether a record cannot have been meant to end as it does: in a name that is none or leads out of
 * its own directory. */
static bool ends_early(const Entry *entry)
{
    uint32_t last = last_value(entry);
    const Dn *dn;

    if (entry->count == 0 || attribute_table[entry->attributes[last]].syntax != SYNTAX_DN)
        return false;
    dn = value_dn(&entry->values[last]);
    return dn == NULL || dn_at_depth(dn, 1) != dn_at_depth(entry->dn, 1);
}

void directory_suspect(Directory *directory, uint32_t source)
{
    Entry *latest = directory->latest == NULL ? NULL : directory->latest->entry;

    directory_source(directory, source)->cut_off = true;
    directory->lacks_anything = true;
    if (latest == NULL)
        return;
    latest->cut = true;
    if (ends_early(latest))
        set_partly_read(directory, source);
}

/* --- from record to entry ----------------------------------------------------------------- */

static Value take_bytes(Directory *directory, const RecordValue *from)
{
    const char *bytes = from->data;

    if (!from->stable && from->length > 0) {
        char *copy = arena_text(directory->arena, from->length);

        bytes = memcpy(copy, from->data, from->length);
    }
    return (Value){.of.bytes = bytes, .length = from->length, .line = from->line};
}

/* A name that is none is kept as bytes: it is evidence of its own. */
static Value take_value(Directory *directory, const RecordValue *from)
{
    Dn *dn = NULL;

    if (attribute_table[from->attribute].syntax == SYNTAX_DN && from->length > 0)
        dn = dn_intern(directory->names, from->data, from->length, NULL);
    if (dn != NULL && dn->parent != NULL)
        return (Value){.of.dn = dn, .length = VALUE_IS_NAME, .line = from->line};
    return take_bytes(directory, from);
}

static int compare_bytes(const Value *a, const Value *b)
{
    int order = memcmp(a->of.bytes, b->of.bytes, MIN(a->length, b->length));

    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

static int compare_values(const Value *a, const Value *b)
{
    bool a_name = a->length == VALUE_IS_NAME;
    bool b_name = b->length == VALUE_IS_NAME;

    if (a_name != b_name)
        return a_name ? -1 : 1;
    return a_name ? dn_compare(a->of.dn, b->of.dn) : compare_bytes(a, b);
}

static gint compare_drafts(gconstpointer a, gconstpointer b)
{
    const Draft *left = a;
    const Draft *right = b;

    if (left->attribute != right->attribute)
        return left->attribute < right->attribute ? -1 : 1;
    return compare_values(&left->value, &right->value);
}

/* Few values are the rule, and they come nearly sorted by nothing at all: insertion wins. */
static void sort_drafts(GArray *drafts)
{
    enum { FEW = 48 };
    Draft *at = (Draft *)(void *)drafts->data;

    if (drafts->len > FEW) {
        g_array_sort(drafts, compare_drafts);
        return;
    }
    for (guint i = 1; i < drafts->len; i++) {
        Draft moving = at[i];
        guint j = i;

        for (; j > 0 && compare_drafts(&at[j - 1], &moving) > 0; j--)
            at[j] = at[j - 1];
        at[j] = moving;
    }
}

/* Fixes the drafts as the entry's values; the same value twice (Active Directory prints
 * dSCorePropagationData so) counts once. */
static void store_values(Directory *directory, Entry *entry)
{
    const Draft *drafts = (const Draft *)(void *)directory->drafts->data;
    guint count = directory->drafts->len;
    Value *values = arena_new_array(directory->arena, Value, count);
    uint16_t *attributes = (void *)arena_alloc(directory->arena, count * sizeof(uint16_t));
    guint kept = 0;

    for (guint i = 0; i < count; i++) {
        if (i > 0 && compare_drafts(&drafts[i - 1], &drafts[i]) == 0)
            continue;
        values[kept] = drafts[i].value;
        attributes[kept++] = drafts[i].attribute;
    }
    entry->values = values;
    entry->attributes = attributes;
    entry->count = kept;
}

/* Whether a value says nothing that is not known without it. Active Directory gives every object a
 * `name` that is its relative name. */
static bool is_superfluous(const RecordValue *value, const Dn *dn)
{
    if (value->attribute == ATTR_name)
        return value->length == dn->length && memcmp(value->data, dn->value, dn->length) == 0;
    return !value_is_kept((AttributeId)value->attribute, value->data, value->length);
}

static Entry *entry_new(Directory *directory, uint32_t source, const Record *record, Dn *dn)
{
    Entry *entry = arena_new_of(directory->arena, Entry);
    ClassId id = (ClassId)record->class_id;

    *entry = (Entry){
        .dn = dn, .line = record->line, .source = (uint16_t)source, .overlaid = record->overlaid};
    g_array_set_size(directory->drafts, 0);
    for (uint32_t i = 0; i < record->count; i++) {
        const RecordValue *from = &record->values[i];
        Draft draft = {.attribute = from->attribute};

        if (from->attribute == ATTR_objectClass) {
            if (record->class_id == CLASS_NONE)
                id = class_most_derived(id, from->data, from->length);
            continue;
        }
        if (from->truncated)
            entry->truncated = from->attribute;
        if (!attribute_table[from->attribute].read || is_superfluous(from, dn))
            continue;
        draft.value = take_value(directory, from);
        g_array_append_val(directory->drafts, draft);
    }
    entry->class_id = (uint16_t)id;
    sort_drafts(directory->drafts);
    store_values(directory, entry);
    return entry;
}

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

/* --- one object met twice ----------------------------------------------------------------- */

/* Stamps that every domain controller writes for itself, or at its own moment. */
static bool is_stamp(uint16_t attribute)
{
    return attribute == ATTR_whenChanged || attribute == ATTR_uSNChanged ||
           attribute == ATTR_uSNCreated;
}

static bool same_values(const Value *a, guint a_count, const Value *b, guint b_count)
{
    for (guint i = 0; a_count == b_count && i < a_count; i++)
        if (compare_values(&a[i], &b[i]) != 0)
            return false;
    return a_count == b_count;
}

static void note_difference(Directory *directory, const Entry *winner, const Entry *other,
                            uint16_t attribute)
{
    g_autofree char *name = dn_text(winner->dn);
    const SourceInfo *taken = directory_source(directory, winner->source);
    const SourceInfo *left = directory_source(directory, other->source);

    diagnose(directory->diagnostics, DIAGNOSTIC_WARNING, entry_origin(other, NULL),
             "%s: %s differs between %s line %u and %s line %u; took the former", name,
             attribute_table[attribute].name, taken->name, winner->line, left->name, other->line);
}

/* The later change wins; without a later one the smaller text, so that order does not matter. */
static bool wins(const Entry *a, const Entry *b)
{
    g_autofree char *left = entry_text(a, ATTR_whenChanged);
    g_autofree char *right = entry_text(b, ATTR_whenChanged);
    int order = g_strcmp0(left, right);

    for (uint32_t i = 0; order == 0 && i < MIN(a->count, b->count); i++) {
        order = (int)b->attributes[i] - (int)a->attributes[i];
        if (order == 0)
            order = -compare_values(&a->values[i], &b->values[i]);
    }
    return order >= 0;
}

static void draft_attribute(Directory *directory, const Value *values, guint count,
                            uint16_t attribute, bool foreign)
{
    for (guint i = 0; i < count; i++) {
        Draft draft = {.attribute = attribute, .value = values[i]};

        if (foreign)
            draft.value.line = 0; /* the entry names one source; this line is another's */
        g_array_append_val(directory->drafts, draft);
    }
}

/* The winner's attributes, and those that only the other has. */
static void merge(Directory *directory, Entry *winner, const Entry *other)
{
    bool more = false;

    g_array_set_size(directory->drafts, 0);
    for (uint32_t i = 0; i < winner->count; i++)
        draft_attribute(directory, &winner->values[i], 1, winner->attributes[i], false);
    for (uint32_t i = 0; i < other->count;) {
        uint16_t attribute = other->attributes[i];
        guint own;
        guint count;
        const Value *theirs = entry_values(other, (AttributeId)attribute, &count);
        const Value *ours = entry_values(winner, (AttributeId)attribute, &own);

        if (ours == NULL)
            draft_attribute(directory, theirs, count, attribute, winner->source != other->source);
        else if (!is_stamp(attribute) && !same_values(ours, own, theirs, count))
            note_difference(directory, winner, other, attribute);
        more |= ours == NULL;
        i += count;
    }
    if (more) {
        sort_drafts(directory->drafts);
        store_values(directory, winner);
    }
    if (winner->class_id == CLASS_NONE)
        winner->class_id = other->class_id;
}

static void unite(Directory *directory, Entry *known, const Entry *met)
{
    Entry copy = *known;

    if (wins(known, met)) {
        merge(directory, known, met);
    } else {
        *known = *met;
        merge(directory, known, &copy);
    }
}

/* --- admission ---------------------------------------------------------------------------- */

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
    entry = entry_new(directory, source, record, dn);
    if (entry->truncated != ATTR_NONE)
        set_partly_read(directory, source);
    if (dn->entry == NULL)
        put(directory, entry);
    else
        unite(directory, dn->entry, entry);
    directory->latest = dn;
    return true;
}

bool directory_replace(Directory *directory, uint32_t source, const Record *record)
{
    Dn *dn = record_name(directory, source, record);
    Entry *entry;

    if (dn == NULL)
        return false;
    entry = entry_new(directory, source, record, dn);
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

/* --- the seal ----------------------------------------------------------------------------- */

/* An entry that was removed, or removed and added again, stands in the list once too often. */
static void drop_removed(Directory *directory)
{
    GPtrArray *entries = directory->entries;
    guint kept = 0;

    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = g_ptr_array_index(entries, i);

        if (entry->dn->entry == entry)
            g_ptr_array_index(entries, kept++) = entry;
    }
    g_ptr_array_set_size(entries, (gint)kept);
}

static void count_attributes(Directory *directory, const Entry *entry)
{
    guint *seen = directory->seen[entry->class_id];

    if (seen == NULL)
        seen = directory->seen[entry->class_id] = g_new0(guint, ATTR_COUNT);
    for (uint32_t i = 0; i < entry->count; i++)
        if (i == 0 || entry->attributes[i] != entry->attributes[i - 1])
            seen[entry->attributes[i]]++;
}

/* Of top there is no list: it would be one of everything. */
static bool is_listed(ClassId id)
{
    return id != CLASS_NONE && id != CLASS_top;
}

/* Lists as long as they have to be, because those of a large organisation are large. */
static void make_lists(Directory *directory)
{
    guint counts[CLASS_COUNT] = {0};

    for (guint i = 0; i < directory->entries->len; i++) {
        const Entry *entry = g_ptr_array_index(directory->entries, i);

        for (ClassId id = (ClassId)entry->class_id; is_listed(id); id = class_table[id].superior)
            counts[id]++;
    }
    for (guint i = 0; i < CLASS_COUNT; i++)
        directory->by_class[i] = g_ptr_array_sized_new(counts[i]);
}

/* Under its class and every class above. */
static void index_entry(Directory *directory, Entry *entry)
{
    for (ClassId id = (ClassId)entry->class_id; is_listed(id); id = class_table[id].superior)
        g_ptr_array_add(directory->by_class[id], entry);
    count_attributes(directory, entry);
}

/* The head of the partition lies below a domain's name, or below a lone GUID in AD LDS: an object
 * further down may bear the same name. */
static bool is_configuration_head(const Dn *dn)
{
    const Dn *above = dn->parent;

    return g_ascii_strcasecmp(dn->value, "Configuration") == 0 && strcmp(dn->type, "CN") == 0 &&
           (strcmp(above->type, "DC") == 0 || above->depth <= 1);
}

static Dn *configuration_above(Dn *dn)
{
    while (dn->parent != NULL && !is_configuration_head(dn))
        dn = dn->parent;
    return dn->parent != NULL ? dn : NULL;
}

/* In a domain, objects of any class stand anywhere. */
static void note_domain_loss(Directory *directory)
{
    for (guint i = CLASS_NONE + 1; i < CLASS_COUNT; i++)
        if (class_table[i].partition == PARTITION_DOMAIN)
            directory->lacks[i] = true;
}

/* What a lost record was follows from where it stood. */
static void note_losses(Directory *directory)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, directory->lost);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        Dn *dn = key;

        if (dn->entry != NULL)
            continue;
        directory->lacks[class_by_place(dn)] = true;
        if (configuration_above(dn) == NULL)
            note_domain_loss(directory);
    }
}

/* What was read below a name shows that there is an object of that name: no directory keeps one
 * without what it stands in. */
static void note_unread_parents(Directory *directory)
{
    for (guint i = 0; i < directory->entries->len; i++) {
        Dn *dn = ((Entry *)g_ptr_array_index(directory->entries, i))->dn->parent;

        for (; dn != NULL && dn->parent != NULL && dn->entry == NULL; dn = dn->parent)
            g_hash_table_add(directory->lost, dn);
    }
}

void directory_seal(Directory *directory)
{
    if (directory->sealed)
        return;
    if (directory->removed)
        drop_removed(directory);
    entries_sort(directory->entries);
    make_lists(directory);
    for (guint i = 0; i < directory->entries->len; i++)
        index_entry(directory, g_ptr_array_index(directory->entries, i));
    note_losses(directory);
    note_unread_parents(directory);
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
    return directory->by_class[id];
}

guint directory_seen(const Directory *directory, ClassId id, AttributeId attribute)
{
    guint total = 0;

    for (guint i = 0; i < CLASS_COUNT; i++)
        if (directory->seen[i] != NULL && class_is_a((ClassId)i, id))
            total += directory->seen[i][attribute];
    return total;
}

/* Not one object of the class was read that the name would have: a filter by class passed over them
 * all, and that this one is missing cannot be told. */
static bool was_filtered(const Directory *directory, const Dn *dn)
{
    ClassId id = class_by_place(dn);

    return directory->sealed && id != CLASS_NONE && directory->by_class[id]->len == 0;
}

static bool is_lost(const Directory *directory, const Dn *dn)
{
    return dn->entry == NULL && g_hash_table_contains(directory->lost, dn);
}

bool directory_covers(const Directory *directory, const Dn *dn)
{
    const Dn *missing = dn;

    if (dn->parent == NULL || directory->lacks_anything || is_lost(directory, dn))
        return false;
    while (missing->parent->entry == NULL) {
        missing = missing->parent;
        if (missing->parent == NULL || is_lost(directory, missing))
            return false;
    }
    if (was_filtered(directory, missing))
        return false;
    return missing == dn || container_at(missing) == NULL;
}

bool directory_may_lack(const Directory *directory, ClassId id)
{
    g_assert(directory->sealed);
    for (guint i = CLASS_NONE + 1; i < CLASS_COUNT; i++)
        if (directory->lacks[i] && (class_is_a((ClassId)i, id) || class_is_a(id, (ClassId)i)))
            return true;
    return directory->lacks_anything;
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
