#ifndef ADTOPO_MODEL_OBJECT_H
#define ADTOPO_MODEL_OBJECT_H

#include "directory/ahead.h"
#include "directory/directory.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What every object of the topology begins with. */
typedef struct Object {
    const Entry *entry;
    const char *name; /* the relative name without escapes: "Munich" */
    guint number;     /* its place in the topology's list of its kind, from 0 */
} Object;

/* A decoded value that knows whether it was there: absent is not zero. */
typedef struct OptionalInteger {
    bool present;
    int32_t value;
} OptionalInteger;

typedef struct OptionalBoolean {
    bool present;
    bool value;
} OptionalBoolean;

/* All values of one attribute, borrowed from the entry. */
typedef struct Values {
    const Value *items;
    guint count;
} Values;

/* What a reference leads to. Only LIVE is an object that counts; only the next three are dangling;
 * UNSEEN means that what was read does not tell. */
typedef enum ReferenceState {
    REFERENCE_ABSENT,    /* no value */
    REFERENCE_LIVE,      /* an object that was read */
    REFERENCE_MISSING,   /* its container was read, and it is not there */
    REFERENCE_DELETED,   /* a tombstone: "\0ADEL:" in the name, or below CN=Deleted Objects */
    REFERENCE_CONFLICT,  /* a replication conflict's copy: "\0ACNF:" in the name */
    REFERENCE_MALFORMED, /* not a distinguished name */
    REFERENCE_UNSEEN,    /* in a partition or subtree that was not read */
} ReferenceState;

/* The state of a reference; NULL is ABSENT. */
ReferenceState reference_state(const Directory *directory, const Value *value);

/* MISSING, DELETED, CONFLICT or MALFORMED. */
bool reference_dangles(ReferenceState state);

/* The state in words that fit after "which": "is deleted", "does not exist", … Static text. */
const char *reference_state_text(ReferenceState state);

/*
 * Iterates over a GPtrArray: FOR_EACH(const Server, server, topology->servers) { … }. `break` and
 * `continue` do what they say; the array is evaluated once, and NULL is an empty one.
 */
#define FOR_EACH(Type, item, array)                                                     \
    for (const GPtrArray *item##_in = (array); item##_in != NULL; item##_in = NULL)     \
        for (Type **item##_at = (Type **)(void *)item##_in->pdata, *item = NULL;        \
             (guint)(item##_at - (Type **)(void *)item##_in->pdata) < item##_in->len && \
             (item = *item##_at) != NULL;                                               \
             item##_at++)

/* In a loop over an array of objects that looks at an attribute of their entries, at the one with
 * number `at`: what it comes to next. */
AHEAD_FUNCTION void ahead_objects(const GPtrArray *objects, guint at, AttributeId attribute)
{
    if (at + AHEAD_FAR >= objects->len)
        return;
    ahead_entry(((const Object *)objects->pdata[at + AHEAD_FAR])->entry);
    ahead_value(((const Object *)objects->pdata[at + AHEAD_NEAR])->entry, attribute);
    ahead_value_target(((const Object *)objects->pdata[at + AHEAD_NEXT])->entry, attribute);
}

#endif
