/* An entry's record, written anew with other values. */
#include "source/rewrite.h"

#include "base/fold.h"

#include <string.h>

Rewrite rewrite_new(void)
{
    return (Rewrite){arena_new(), g_array_new(FALSE, FALSE, sizeof(RecordValue))};
}

void rewrite_clear(Rewrite *rewrite)
{
    g_array_unref(rewrite->values);
    arena_free(rewrite->arena);
}

RecordValue *rewrite_value(const Rewrite *rewrite, guint index)
{
    return &g_array_index(rewrite->values, RecordValue, index);
}

RecordValue rewrite_copy(const Rewrite *rewrite, const Entry *entry, uint32_t index, bool lines)
{
    RecordValue copy = record_value(rewrite->arena, entry, index);

    if (!lines)
        copy.line = 0;
    return copy;
}

/* Takes an entry's values into the rewrite, with the lines of its source or without. */
void rewrite_take(Rewrite *rewrite, const Entry *entry, bool lines)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        RecordValue value = rewrite_copy(rewrite, entry, i, lines);

        g_array_append_val(rewrite->values, value);
    }
}

static bool same_name(Directory *directory, const RecordValue *a, const RecordValue *b)
{
    DnTable *names = directory_names(directory);
    Dn *left = dn_intern(names, a->data, a->length, NULL);

    return left != NULL && left == dn_intern(names, b->data, b->length, NULL);
}

/* Values are compared as their syntax says: names as names, strings without regard to case. */
static bool same_value(Directory *directory, const RecordValue *a, const RecordValue *b)
{
    if (a->attribute != b->attribute)
        return false;
    if (a->length == b->length && memcmp(a->data, b->data, a->length) == 0)
        return true;
    switch (attribute_table[a->attribute].syntax) {
    case SYNTAX_DN:
        return same_name(directory, a, b);
    case SYNTAX_STRING:
    case SYNTAX_BOOLEAN:
        return fold_equal(a->data, a->length, b->data, b->length);
    default:
        return false;
    }
}

int rewrite_find(Directory *directory, const Rewrite *rewrite, const RecordValue *wanted)
{
    for (guint i = 0; i < rewrite->values->len; i++)
        if (same_value(directory, rewrite_value(rewrite, i), wanted))
            return (int)i;
    return -1;
}

guint rewrite_count(const Rewrite *rewrite, AttributeId attribute)
{
    guint count = 0;

    for (guint i = 0; i < rewrite->values->len; i++)
        count += rewrite_value(rewrite, i)->attribute == attribute ? 1 : 0;
    return count;
}

void rewrite_drop(Rewrite *rewrite, AttributeId attribute)
{
    for (guint i = rewrite->values->len; i > 0; i--)
        if (rewrite_value(rewrite, i - 1)->attribute == attribute)
            g_array_remove_index(rewrite->values, i - 1);
}

void rewrite_add_text(Rewrite *rewrite, AttributeId attribute, const char *text, uint32_t line)
{
    RecordValue value = {
        .data = arena_strndup(rewrite->arena, text, strlen(text)),
        .length = (uint32_t)strlen(text),
        .line = line,
        .attribute = (uint16_t)attribute,
    };

    g_array_append_val(rewrite->values, value);
}

/* Puts the rewrite in place of the entry of that name, or makes it one. */
void rewrite_store(Directory *directory, const Rewrite *rewrite, const char *dn, uint32_t source,
                   uint32_t line, uint16_t class_id)
{
    Record record = {
        .dn = dn,
        .dn_length = (uint32_t)strlen(dn),
        .line = line,
        .values = (const RecordValue *)(void *)rewrite->values->data,
        .count = rewrite->values->len,
        .class_id = class_id,
        .overlaid = true,
    };

    directory_replace(directory, source, &record);
}
