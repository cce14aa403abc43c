/* From values in the order in which they were read to those of an entry. */
#include "directory/draft.h"

#include <string.h>

enum { SHAPES = 256, FIRST_ROOM = 64 };

/* A value and its attribute. */
typedef struct Draft {
    uint16_t attribute;
    Value value;
} Draft;

/* The attributes of an entry, one for each value. */
typedef struct Shape {
    const uint16_t *attributes;
    guint count;
} Shape;

struct Drafts {
    Arena *arena;
    GArray *values; /* of Draft: room for `count` and more */
    guint count;
    GArray *shape; /* scratch: attributes */
    Shape shapes[SHAPES];
};

Drafts *drafts_new(Arena *arena)
{
    Drafts *drafts = g_new0(Drafts, 1);

    drafts->arena = arena;
    drafts->values = g_array_new(FALSE, FALSE, sizeof(Draft));
    drafts->shape = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    return drafts;
}

void drafts_free(Drafts *drafts)
{
    g_array_unref(drafts->values);
    g_array_unref(drafts->shape);
    g_free(drafts);
}

void drafts_add(Drafts *drafts, uint16_t attribute, Value value)
{
    GArray *values = drafts->values;

    if (drafts->count == values->len)
        g_array_set_size(values, 2 * values->len + FIRST_ROOM);
    g_array_index(values, Draft, drafts->count++) = (Draft){attribute, value};
}

/* --- order -------------------------------------------------------------------------------- */

static int compare_bytes(const Value *a, const Value *b)
{
    int order = memcmp(a->of.bytes, b->of.bytes, MIN(a->length, b->length));

    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

int value_compare(const Value *a, const Value *b)
{
    bool a_name = a->length == VALUE_IS_NAME;
    bool b_name = b->length == VALUE_IS_NAME;

    if (a_name != b_name)
        return a_name ? -1 : 1;
    return a_name ? dn_compare(a->of.dn, b->of.dn) : compare_bytes(a, b);
}

/* Names are interned: one name is one pointer. */
static bool value_equal(const Value *a, const Value *b)
{
    if (a->length == VALUE_IS_NAME || b->length == VALUE_IS_NAME)
        return a->length == b->length && a->of.dn == b->of.dn;
    return compare_bytes(a, b) == 0;
}

static gint compare_drafts(gconstpointer a, gconstpointer b)
{
    const Draft *left = a;
    const Draft *right = b;

    if (left->attribute != right->attribute)
        return left->attribute < right->attribute ? -1 : 1;
    return value_compare(&left->value, &right->value);
}

static bool is_in_order(const Draft *drafts, guint count)
{
    for (guint i = 1; i < count; i++)
        if (compare_drafts(&drafts[i - 1], &drafts[i]) > 0)
            return false;
    return true;
}

/* Few values are the rule, and they come nearly sorted by nothing at all: insertion wins. Where
 * there are many, a list of names, they often come in order. */
static void sort_drafts(Drafts *drafts)
{
    enum { FEW = 48 };
    Draft *at = (Draft *)(void *)drafts->values->data;

    if (drafts->count > FEW) {
        g_array_set_size(drafts->values, drafts->count);
        if (!is_in_order(at, drafts->count))
            g_array_sort(drafts->values, compare_drafts);
        return;
    }
    for (guint i = 1; i < drafts->count; i++) {
        Draft moving = at[i];
        guint j = i;

        for (; j > 0 && compare_drafts(&at[j - 1], &moving) > 0; j--)
            at[j] = at[j - 1];
        at[j] = moving;
    }
}

/* --- shapes ------------------------------------------------------------------------------- */

static Shape *shape_slot(Drafts *drafts, const uint16_t *attributes, guint count)
{
    uint32_t hash = count;

    for (guint i = 0; i < count; i++)
        hash = hash * 31 + attributes[i];
    return &drafts->shapes[(hash ^ hash >> 16) % SHAPES];
}

/* Objects of one kind mostly carry the same attributes: what is kept of them is the list that was
 * kept before, which is smaller and sooner at hand. */
static const uint16_t *keep_attributes(Drafts *drafts, const uint16_t *attributes, guint count)
{
    Shape *shape = shape_slot(drafts, attributes, count);
    size_t size = count * sizeof *attributes;
    uint16_t *kept;

    if (count == 0)
        return NULL;
    if (shape->count == count && memcmp(shape->attributes, attributes, size) == 0)
        return shape->attributes;
    kept = arena_alloc(drafts->arena, size);
    memcpy(kept, attributes, size);
    *shape = (Shape){.attributes = kept, .count = count};
    return kept;
}

void drafts_store(Drafts *drafts, Entry *entry)
{
    guint count = drafts->count;
    Value *values = arena_new_array(drafts->arena, Value, count);
    uint16_t *attributes;
    const Draft *at;

    sort_drafts(drafts);
    at = (const Draft *)(void *)drafts->values->data;
    g_array_set_size(drafts->shape, count);
    attributes = (uint16_t *)(void *)drafts->shape->data;
    entry->count = 0;
    for (guint i = 0; i < count; i++) {
        if (i > 0 && at[i - 1].attribute == at[i].attribute &&
            value_equal(&at[i - 1].value, &at[i].value))
            continue;
        values[entry->count] = at[i].value;
        attributes[entry->count++] = at[i].attribute;
    }
    entry->values = values;
    entry->attributes = keep_attributes(drafts, attributes, entry->count);
    drafts->count = 0;
}
