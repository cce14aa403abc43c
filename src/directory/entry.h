#ifndef ADTOPO_DIRECTORY_ENTRY_H
#define ADTOPO_DIRECTORY_ENTRY_H

#include "base/diagnostic.h"
#include "directory/dn.h"
#include "directory/vocabulary.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * One value of an attribute: a name when the attribute has DN syntax, `length` bytes otherwise, not
 * NUL-terminated and possibly inside a mapped file. A value that should be a name and is none is
 * kept as bytes. Read it through value_dn() and value_bytes().
 */
typedef struct Value {
    union {
        const char *bytes;
        Dn *dn;
    } of;
    uint32_t length; /* VALUE_IS_NAME for a name */
    uint32_t line;   /* of the source, 0 when it has no lines */
} Value;

#define VALUE_IS_NAME UINT32_MAX

/*
 * One object as it was read: the attributes of the vocabulary that are marked `read`, nothing else.
 * Values are sorted by attribute and, within one, by value, so that the order of reading does not
 * show. Immutable once the directory is sealed; lives in the directory's arena.
 */
typedef struct Entry {
    Dn *dn;
    const Value *values;
    const uint16_t *attributes; /* attributes[i] is the AttributeId of values[i] */
    uint32_t count;
    uint32_t line;      /* of the record's dn */
    uint16_t source;    /* number of the source, as in Origin */
    uint16_t class_id;  /* most derived class that the vocabulary knows; CLASS_NONE: came without */
    uint16_t truncated; /* an attribute whose values were cut off (range), ATTR_NONE otherwise */
    bool overlaid : 1;  /* changed or added in memory by an overlay */
    bool listed : 1;    /* something right below it was read, or was there before an overlay */
    bool cut : 1;       /* its record may lack values: the file seems to end in the middle of it */
    void *object;       /* the topology's object for this entry, set while the model is built */
} Entry;

/* The values of an attribute and their number; NULL and 0 when it is absent. */
const Value *entry_values(const Entry *entry, AttributeId attribute, guint *count);

/* The first value, or NULL. */
const Value *entry_value(const Entry *entry, AttributeId attribute);

bool entry_has(const Entry *entry, AttributeId attribute);

/* Whether the entry is what its name stands for: not removed, and not replaced by another one. */
static inline bool entry_is_live(const Entry *entry)
{
    return entry->dn->entry == entry;
}

/* Tells the object above, if there is one, that something below it was read. */
static inline void entry_note_listed(const Entry *entry)
{
    Entry *above = entry->dn->parent->entry;

    if (above != NULL)
        above->listed = true;
}

/* The name, or NULL when the value is none. */
static inline Dn *value_dn(const Value *value)
{
    return value != NULL && value->length == VALUE_IS_NAME ? value->of.dn : NULL;
}

/* The bytes and their number; NULL and 0 for a name. */
const char *value_bytes(const Value *value, uint32_t *length);

/* Decoded first values. FALSE, and *value untouched, when absent or malformed. */
bool entry_integer(const Entry *entry, AttributeId attribute, int64_t *value);
bool entry_boolean(const Entry *entry, AttributeId attribute, bool *value);

/* What a value is that those two cannot read, in words that fit behind "is"; NULL for one that they
 * can, and for all other syntaxes. Static. */
const char *syntax_fault(Syntax syntax, const char *bytes, uint32_t length);

/* A NUL-terminated copy of the first value, or NULL; the caller frees it. For DN syntax the name's
 * text. Bytes that are not UTF-8 are kept. */
char *entry_text(const Entry *entry, AttributeId attribute);

/* A value as text, for evidence: names as dn_text(), GUIDs in their usual form, other octet strings
 * in hex; the caller frees it. */
char *value_text(const Value *value, AttributeId attribute);

/* The objectGUID in the form 6b29fc40-ca47-1067-b31d-00dd010662da (the first three fields are
 * stored little-endian, MS-DTYP 2.3.4.2), or NULL; the caller frees it. */
char *entry_guid(const Entry *entry);

/* Where a value (or, for NULL, the record) stands. A live source has no lines; its origin carries
 * the entry's uSNChanged. */
Origin entry_origin(const Entry *entry, const Value *value);

#endif
