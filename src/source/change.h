#ifndef ADTOPO_SOURCE_CHANGE_H
#define ADTOPO_SOURCE_CHANGE_H

#include "base/arena.h"
#include "directory/record.h"

#include <glib.h>
#include <stdbool.h>

/*
 * An LDIF change record (RFC 2849): kept apart from content, so that a file of changes can be laid
 * over a directory in memory (`--apply`) and never counts as what the directory holds.
 */
typedef enum ChangeKind { CHANGE_ADD, CHANGE_DELETE, CHANGE_MODIFY, CHANGE_RENAME } ChangeKind;

typedef enum ModificationKind {
    MODIFICATION_ADD,
    MODIFICATION_DELETE,
    MODIFICATION_REPLACE,
} ModificationKind;

/* One clause of a modify record. An attribute that is not read has ATTR_NONE: to be skipped. */
typedef struct Modification {
    ModificationKind kind;
    AttributeId attribute;
    uint32_t line;
    GArray *values; /* of RecordValue; empty: the whole attribute */
} Modification;

typedef struct Change {
    ChangeKind kind;
    char *dn;
    uint32_t dn_length;
    uint32_t line;
    uint32_t source;          /* number of the source that it was read from */
    uint16_t class_id;        /* CHANGE_ADD: most derived class, or CLASS_NONE */
    GArray *values;           /* CHANGE_ADD: of RecordValue */
    GPtrArray *modifications; /* CHANGE_MODIFY: of Modification */
    char *new_rdn;            /* CHANGE_RENAME */
    char *new_superior;       /* CHANGE_RENAME: or NULL */
    bool delete_old_rdn;
    Arena *arena; /* what the values point into */
} Change;

void change_free(Change *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Change, change_free)

#endif
