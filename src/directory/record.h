#ifndef ADTOPO_DIRECTORY_RECORD_H
#define ADTOPO_DIRECTORY_RECORD_H

#include "base/arena.h"
#include "directory/entry.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What a source hands to the directory: one object, decoded from its transport (unfolded, base64
 * undone) but not interpreted. It need only live until directory_admit() returns, except values
 * marked stable, which must outlive the directory (a mapped file).
 */
typedef struct RecordValue {
    const char *data;
    uint32_t length;
    uint32_t line;      /* 0 when the source has no lines */
    uint16_t attribute; /* AttributeId, never ATTR_NONE: unknown attributes are dropped early */
    bool stable;
    bool truncated; /* the attribute came with a range option that does not end in "*" */
    bool checked;   /* its source saw value_is_kept() and no syntax_fault(): it is not seen again */
} RecordValue;

typedef struct Record {
    const char *dn;
    uint32_t dn_length;
    uint32_t line;
    const RecordValue *values;
    uint32_t count;
    uint16_t class_id; /* most derived class, or CLASS_NONE: take it from the objectClass values */
    bool overlaid;     /* made or changed by an overlay */
} Record;

/* A value of an entry as a source would hand it over; a name is written out in `arena`, all other
 * bytes stay where they are. */
RecordValue record_value(Arena *arena, const Entry *entry, uint32_t index);

#endif
