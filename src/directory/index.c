/* What is looked up by class: lists, and counts that tell what a reader may see. */
#include "directory/index.h"

#include "directory/ahead.h"

/* Of top there is no list: it would be one of everything. */
static bool is_listed(ClassId id)
{
    return id != CLASS_NONE && id != CLASS_top;
}

/* So many entries of one class with the same list of attributes. */
typedef struct Run {
    const Entry *entry;
    guint length;
} Run;

static void note_seen(Index *index, const Run *run)
{
    const Entry *entry = run->entry;
    guint **seen = &index->seen[entry->class_id];

    if (*seen == NULL)
        *seen = g_new0(guint, ATTR_COUNT);
    for (uint32_t i = 0; i < entry->count; i++)
        if (i == 0 || entry->attributes[i] != entry->attributes[i - 1])
            (*seen)[entry->attributes[i]] += run->length;
}

static void count_run(Index *index, const Run *run)
{
    index->counts[run->entry->class_id] += run->length;
    note_seen(index, run);
}

void index_remember(Index *index, const Entry *entry)
{
    Run run = {entry, 1};

    note_seen(index, &run);
}

static bool is_alike(const Entry *a, const Entry *b)
{
    return a->class_id == b->class_id && a->attributes == b->attributes && a->count == b->count;
}

void index_count(Index *index, const GPtrArray *entries)
{
    Run run = {0};

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        ahead_entries(entries, i, entries->len);
        if (run.length > 0 && !is_alike(entry, run.entry)) {
            count_run(index, &run);
            run.length = 0;
        }
        run.entry = entry;
        run.length++;
    }
    if (run.length > 0)
        count_run(index, &run);
}

/* Lists as long as they have to be, because those of a large organisation are large. */
static void make_lists(Index *index)
{
    guint lengths[CLASS_COUNT] = {0};

    for (guint i = 0; i < CLASS_COUNT; i++)
        for (ClassId id = (ClassId)i; is_listed(id); id = class_table[id].superior)
            lengths[id] += index->counts[i];
    for (guint i = 0; i < CLASS_COUNT; i++)
        index->lists[i] = g_ptr_array_sized_new(lengths[i]);
}

void index_list(Index *index, const GPtrArray *entries)
{
    make_lists(index);
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = g_ptr_array_index(entries, i);

        ahead_entries(entries, i, entries->len);
        entry_note_listed(entry);
        for (ClassId id = (ClassId)entry->class_id; is_listed(id); id = class_table[id].superior)
            g_ptr_array_add(index->lists[id], entry);
    }
}

void index_forget(Index *index, ClassId id, AttributeId attribute)
{
    if (index->seen[id] != NULL)
        index->seen[id][attribute] = 0;
}

void index_clear(Index *index)
{
    for (guint i = 0; i < CLASS_COUNT; i++) {
        g_clear_pointer(&index->lists[i], g_ptr_array_unref);
        g_free(index->seen[i]);
    }
}

guint index_seen(const Index *index, ClassId id, AttributeId attribute)
{
    guint total = 0;

    for (guint i = 0; i < CLASS_COUNT; i++)
        if (index->seen[i] != NULL && index->seen[i][attribute] > 0 && class_is_a((ClassId)i, id))
            total += index->seen[i][attribute];
    return total;
}
