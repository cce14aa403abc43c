/*
 * A copy of a directory that can be changed while the original stays sealed: the way to judge
 * what is planned without reading a second time, which a pipe does not allow and a server may
 * not repeat.
 */
#include "directory/branch.h"

#include <string.h>

/* A record on its way from one directory into another. */
typedef struct Carrier {
    GArray *values; /* of RecordValue */
    Arena *names;   /* of names as text, which need only live until the record is admitted */
} Carrier;

static void carry_entry(Carrier *carrier, Directory *to, const Entry *entry)
{
    g_autofree char *name = dn_text(entry->dn);
    Record record = {
        .dn = name,
        .dn_length = (uint32_t)strlen(name),
        .line = entry->line,
        .class_id = entry->class_id,
        .overlaid = entry->overlaid,
    };

    g_array_set_size(carrier->values, 0);
    arena_reset(carrier->names);
    for (uint32_t i = 0; i < entry->count; i++) {
        RecordValue value = record_value(carrier->names, entry, i);

        g_array_append_val(carrier->values, value);
    }
    record.values = (const RecordValue *)(const void *)carrier->values->data;
    record.count = carrier->values->len;
    directory_admit(to, entry->source, &record);
}

static void carry_sources(Directory *to, const Directory *from)
{
    for (guint i = 0; i < directory_source_count(from); i++) {
        const SourceInfo *source = directory_source(from, i);
        uint32_t number = directory_add_source(to, source->kind, source->name);

        directory_source(to, number)->searched = source->searched;
        if (!source->complete)
            directory_set_incomplete(to, number);
        if (source->cut_off)
            directory_suspect(to, number);
    }
}

Directory *directory_branch(const Directory *from)
{
    const GPtrArray *entries = directory_entries(from);
    Carrier carrier = {g_array_new(FALSE, FALSE, sizeof(RecordValue)), arena_new()};
    Directory *to = directory_new();

    carry_sources(to, from);
    for (guint i = 0; i < entries->len; i++)
        carry_entry(&carrier, to, g_ptr_array_index(entries, i));
    g_array_unref(carrier.values);
    arena_free(carrier.names);
    return to;
}
