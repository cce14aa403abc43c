/* A record is turned into an entry here and nowhere else: attributes that nobody reads go, names
 * are interned, bytes copied unless their source outlives the directory. */
#include "directory/from-record.h"

#include <string.h>

/* Whether a value is the relative name over again, as Active Directory gives every object its
 * `name` and most their `cn`. */
static bool repeats_name(const RecordValue *value, const Dn *dn)
{
    return value->length == dn->length && memcmp(value->data, dn->value, dn->length) == 0;
}

/* A cn is mostly the text of the name, which whoever compares them need not read then. */
static Value take_bytes(Directory *directory, const Dn *dn, const RecordValue *from)
{
    const char *bytes = from->data;

    if (from->attribute == ATTR_cn && repeats_name(from, dn)) {
        bytes = dn->value;
    } else if (!from->stable && from->length > 0) {
        char *copy = arena_text(directory_arena(directory), from->length);

        bytes = memcpy(copy, from->data, from->length);
    }
    return (Value){.of.bytes = bytes, .length = from->length, .line = from->line};
}

/* A name that is none is kept as bytes: it is evidence of its own. */
static Value take_value(Directory *directory, const Dn *dn, const RecordValue *from)
{
    Dn *named = NULL;

    if (attribute_table[from->attribute].syntax == SYNTAX_DN && from->length > 0)
        named = dn_intern(directory_names(directory), from->data, from->length, NULL);
    if (named != NULL && named->parent != NULL)
        return (Value){.of.dn = named, .length = VALUE_IS_NAME, .line = from->line};
    return take_bytes(directory, dn, from);
}

/* Whether a value says nothing that is not known without it. */
static bool is_superfluous(const RecordValue *value, const Dn *dn)
{
    if (value->attribute == ATTR_name)
        return repeats_name(value, dn);
    return !value->checked &&
           !value_is_kept((AttributeId)value->attribute, value->data, value->length);
}

/* Whether what was read of the object before holds the value: it was told of then. */
static bool had_value(const Entry *before, const RecordValue *value)
{
    guint count = 0;
    const Value *values = before == NULL
                              ? NULL
                              : entry_values(before, (AttributeId)value->attribute, &count);

    for (guint i = 0; i < count; i++) {
        uint32_t length;
        const char *bytes = value_bytes(&values[i], &length);

        if (length == value->length && memcmp(bytes, value->data, length) == 0)
            return true;
    }
    return false;
}

/* Without a word, a default would stand in the place of what somebody set. */
static void note_fault(Directory *directory, uint32_t source, const Dn *dn,
                       const RecordValue *value)
{
    const AttributeInfo *about = &attribute_table[value->attribute];
    const char *fault = syntax_fault(about->syntax, value->data, value->length);
    Origin origin = {.source = source, .line = value->line};
    g_autofree char *name = NULL;
    g_autofree char *shown = NULL;

    if (fault == NULL || had_value(dn->entry, value))
        return;
    name = dn_text(dn);
    shown = diagnostic_quote(value->data, value->length);
    diagnose(directory_diagnostics(directory), DIAGNOSTIC_WARNING, origin,
             "%s: %s %s is %s, and taken as not there", name, about->name, shown, fault);
}

Entry *entry_from_record(Directory *directory, Drafts *drafts, uint32_t source,
                         const Record *record, Dn *dn)
{
    Entry *entry = arena_new_of(directory_arena(directory), Entry);
    ClassId id = (ClassId)record->class_id;

    *entry = (Entry){
        .dn = dn, .line = record->line, .source = (uint16_t)source, .overlaid = record->overlaid};
    for (uint32_t i = 0; i < record->count; i++) {
        const RecordValue *from = &record->values[i];

        if (from->attribute == ATTR_objectClass) {
            if (record->class_id == CLASS_NONE)
                id = class_most_derived(id, from->data, from->length);
            continue;
        }
        if (from->truncated)
            entry->truncated = from->attribute;
        if (!attribute_table[from->attribute].read || is_superfluous(from, dn))
            continue;
        if (!from->checked)
            note_fault(directory, source, dn, from);
        drafts_add(drafts, from->attribute, take_value(directory, dn, from));
    }
    entry->class_id = (uint16_t)id;
    drafts_store(drafts, entry);
    return entry;
}
