#ifndef ADTOPO_MODEL_DECODE_H
#define ADTOPO_MODEL_DECODE_H

#include "base/arena.h"
#include "directory/entry.h"
#include "model/object.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The table-driven part of decoding: which attribute goes into which field of an object. What takes
 * more than one value of one attribute is done by the functions that link objects.
 */
typedef enum FieldKind {
    FIELD_INTEGER, /* OptionalInteger */
    FIELD_BOOLEAN, /* OptionalBoolean */
    FIELD_TEXT,    /* const char *: the first value, NUL-terminated; NULL when absent or empty */
    FIELD_VALUE,   /* const Value *: the first value; NULL when absent */
    FIELD_VALUES,  /* Values */
} FieldKind;

typedef struct Field {
    uint16_t attribute;
    uint16_t offset;
    FieldKind kind;
} Field;

/* FIELD(INTEGER, Site, flags, msExchTransportSiteFlags) */
#define FIELD(kind, Type, member, attribute)                   \
    {                                                          \
        ATTR_##attribute, offsetof(Type, member), FIELD_##kind \
    }

/* Fills the fields of `object`, which was zeroed, from `entry`. Values that do not parse, or do not
 * fit, count as absent. Text is copied to the arena, all else is borrowed from the entry. */
void object_decode(Arena *arena, const Entry *entry, void *object, const Field *fields,
                   guint count);

/* The single decoders, for links that need them. */
OptionalInteger decode_integer(const Entry *entry, AttributeId attribute);
OptionalBoolean decode_boolean(const Entry *entry, AttributeId attribute);
const char *decode_text(Arena *arena, const Value *value);

#endif
