/* One object met twice: what either record says of it is kept, and where they differ it is told. */
#include "directory/unite.h"

#include <string.h>

/* Stamps that every domain controller writes for itself, or at its own moment. */
static bool is_stamp(uint16_t attribute)
{
    return attribute == ATTR_whenChanged || attribute == ATTR_uSNChanged ||
           attribute == ATTR_uSNCreated;
}

/* Domain controllers fill back links from the links that they hold, and the object's change tells
 * nothing of it. */
static bool is_back_link(uint16_t attribute)
{
    return attribute_table[attribute].link % 2 == 1;
}

static int compare_ages(const Entry *a, const Entry *b)
{
    g_autofree char *left = entry_text(a, ATTR_whenChanged);
    g_autofree char *right = entry_text(b, ATTR_whenChanged);

    return g_strcmp0(left, right);
}

/* --- telling of differences --------------------------------------------------------------- */

/* All values that an entry has of an attribute. */
typedef struct Side {
    const Entry *entry;
    const Value *values;
    guint count;
} Side;

static Side side_of(const Entry *entry, uint16_t attribute)
{
    Side side = {.entry = entry};

    side.values = entry_values(entry, (AttributeId)attribute, &side.count);
    return side;
}

/* Values are sorted. */
static bool same_values(const Side *a, const Side *b)
{
    for (guint i = 0; a->count == b->count && i < a->count; i++)
        if (value_compare(&a->values[i], &b->values[i]) != 0)
            return false;
    return a->count == b->count;
}

static bool side_has(const Side *side, const Value *value)
{
    for (guint i = 0; i < side->count; i++)
        if (value_compare(&side->values[i], value) == 0)
            return true;
    return false;
}

/* The first value of a side that the other has not. */
static char *own_value(const Side *side, const Side *other, uint16_t attribute)
{
    for (guint i = 0; i < side->count; i++)
        if (!side_has(other, &side->values[i])) {
            g_autofree char *text = value_text(&side->values[i], (AttributeId)attribute);

            return diagnostic_quote(text, strlen(text));
        }
    return g_strdup("nothing more");
}

/* Where neither record is the newer, what was taken may be the wrong one. */
static void note_difference(Directory *directory, const Side *taken, const Side *left,
                            uint16_t attribute)
{
    bool disputed = !is_back_link(attribute) && compare_ages(taken->entry, left->entry) == 0;
    g_autofree char *name = dn_text(taken->entry->dn);
    g_autofree char *former = own_value(taken, left, attribute);
    g_autofree char *latter = own_value(left, taken, attribute);
    SourceInfo *source = directory_source(directory, left->entry->source);

    diagnose(directory_diagnostics(directory), disputed ? DIAGNOSTIC_ERROR : DIAGNOSTIC_WARNING,
             entry_origin(left->entry, NULL),
             "%s: %s differs between %s line %u (%s) and %s line %u (%s); took the former%s", name,
             attribute_table[attribute].name,
             directory_source(directory, taken->entry->source)->name, taken->entry->line, former,
             source->name, left->entry->line, latter,
             disputed ? ", and neither is newer: read one export, or the newer" : "");
    if (disputed)
        source->complete = false;
}

/* --- uniting ------------------------------------------------------------------------------ */

/* The later change wins; without a later one the smaller text, so that order does not matter. */
static bool wins(const Entry *a, const Entry *b)
{
    int order = compare_ages(a, b);

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
        Side ours = side_of(winner, attribute);
        Side theirs = side_of(other, attribute);

        if (ours.values == NULL)
            draft_attribute(drafts, theirs.values, theirs.count, attribute,
                            winner->source != other->source);
        else if (!is_stamp(attribute) && !same_values(&ours, &theirs))
            note_difference(directory, &ours, &theirs, attribute);
        i += theirs.count;
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
