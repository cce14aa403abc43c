/* One object met twice: what either record says of it is kept, and where they differ it is told. */
#include "directory/unite.h"

/* Stamps that every domain controller writes for itself, or at its own moment. */
static bool is_stamp(uint16_t attribute)
{
    return attribute == ATTR_whenChanged || attribute == ATTR_uSNChanged ||
           attribute == ATTR_uSNCreated;
}

static bool same_values(const Value *a, guint a_count, const Value *b, guint b_count)
{
    for (guint i = 0; a_count == b_count && i < a_count; i++)
        if (value_compare(&a[i], &b[i]) != 0)
            return false;
    return a_count == b_count;
}

static void note_difference(Directory *directory, const Entry *winner, const Entry *other,
                            uint16_t attribute)
{
    g_autofree char *name = dn_text(winner->dn);
    const SourceInfo *taken = directory_source(directory, winner->source);
    const SourceInfo *left = directory_source(directory, other->source);

    diagnose(directory_diagnostics(directory), DIAGNOSTIC_WARNING, entry_origin(other, NULL),
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
            order = -value_compare(&a->values[i], &b->values[i]);
    }
    return order >= 0;
}

static void draft_attribute(Drafts *drafts, const Value *values, guint count, uint16_t attribute,
                            bool foreign)
{
    for (guint i = 0; i < count; i++) {
        Value value = values[i];

        if (foreign)
            value.line = 0; /* the entry names one source; this line is another's */
        drafts_add(drafts, attribute, value);
    }
}

/* The winner's attributes, and those that only the other has. */
static void merge(Directory *directory, Drafts *drafts, Entry *winner, const Entry *other)
{
    for (uint32_t i = 0; i < winner->count; i++)
        drafts_add(drafts, winner->attributes[i], winner->values[i]);
    for (uint32_t i = 0; i < other->count;) {
        uint16_t attribute = other->attributes[i];
        guint own;
        guint count;
        const Value *theirs = entry_values(other, (AttributeId)attribute, &count);
        const Value *ours = entry_values(winner, (AttributeId)attribute, &own);

        if (ours == NULL)
            draft_attribute(drafts, theirs, count, attribute, winner->source != other->source);
        else if (!is_stamp(attribute) && !same_values(ours, own, theirs, count))
            note_difference(directory, winner, other, attribute);
        i += count;
    }
    drafts_store(drafts, winner);
    if (class_is_a((ClassId)other->class_id, (ClassId)winner->class_id) ||
        winner->class_id == CLASS_NONE)
        winner->class_id = other->class_id;
}

void entry_unite(Directory *directory, Drafts *drafts, Entry *known, const Entry *met)
{
    Entry copy = *known;

    if (wins(known, met)) {
        merge(directory, drafts, known, met);
    } else {
        *known = *met;
        merge(directory, drafts, known, &copy);
    }
}
