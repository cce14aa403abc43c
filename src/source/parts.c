/* Attributes that came in parts: whether all of them did, between the first value and the last. */
#include "source/parts.h"

#include "directory/record.h"

/* The part of an attribute that lines with a range option have brought. */
typedef struct Part {
    uint16_t attribute;
    AttributeRange range;
} Part;

GArray *parts_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(Part));
}

/* The lines of one part come one after the other. */
void parts_note(GArray *parts, const Name *name)
{
    Part part = {.attribute = name->attribute, .range = name->range};

    if (parts->len > 0) {
        const Part *last = &g_array_index(parts, Part, parts->len - 1);

        if (last->attribute == part.attribute && last->range.first == part.range.first &&
            last->range.final == part.range.final)
            return;
    }
    g_array_append_val(parts, part);
}

/* What is known of an attribute that came in parts. */
enum PartState { PART_NONE = 0, PART_WHOLE = 1, PART_CUT = 2, PART_FILLED = 4 };

static gint compare_parts(gconstpointer a, gconstpointer b)
{
    const Part *left = a;
    const Part *right = b;

    if (left->attribute != right->attribute)
        return left->attribute < right->attribute ? -1 : 1;
    if (left->range.first != right->range.first)
        return left->range.first < right->range.first ? -1 : 1;
    return (int)left->range.final - (int)right->range.final;
}

/* For each attribute that came in parts: whether they go from 0 to "*" without a gap. */
static void judge_parts(GArray *parts, uint8_t *states)
{
    guint64 next = 0;

    g_array_sort(parts, compare_parts);
    for (guint i = 0; i < parts->len; i++) {
        const Part *part = &g_array_index(parts, Part, i);
        uint8_t *state = &states[part->attribute];

        if (*state == PART_NONE) {
            *state = PART_CUT;
            next = 0;
        }
        if (part->range.first > next)
            continue;
        if (part->range.final)
            *state = PART_WHOLE;
        next = MAX(next, part->range.last + 1);
    }
}

/* A server sends the plain attribute, empty, beside the first part: it is no value. */
void parts_unite(GArray *parts, GArray *values, guint first)
{
    uint8_t states[ATTR_COUNT] = {PART_NONE};
    RecordValue *all = (RecordValue *)(void *)values->data;
    guint kept = first;

    judge_parts(parts, states);
    for (guint i = first; i < values->len; i++)
        if (all[i].length > 0 && states[all[i].attribute] != PART_NONE)
            states[all[i].attribute] |= PART_FILLED;
    for (guint i = first; i < values->len; i++) {
        uint8_t state = states[all[i].attribute];

        if (all[i].length == 0 && (state & PART_FILLED) != 0)
            continue;
        all[i].truncated = (state & PART_CUT) != 0;
        all[kept++] = all[i];
    }
    g_array_set_size(values, kept);
}
