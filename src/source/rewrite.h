#ifndef ADTOPO_SOURCE_REWRITE_H
#define ADTOPO_SOURCE_REWRITE_H

#include "base/arena.h"
#include "directory/directory.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A record in the making: an entry is changed by writing its record anew and admitting that in its
 * place, so that there is one way only from values to an entry.
 */
typedef struct Rewrite {
    Arena *arena;
    GArray *values; /* of RecordValue */
} Rewrite;

Rewrite rewrite_new(void);
void rewrite_clear(Rewrite *rewrite);

/* Takes an entry's values into the rewrite, with the lines of its source or without. */
void rewrite_take(Rewrite *rewrite, const Entry *entry, bool lines);

/* One of them, for the rewrite but not in it yet. */
RecordValue rewrite_copy(const Rewrite *rewrite, const Entry *entry, uint32_t index, bool lines);

RecordValue *rewrite_value(const Rewrite *rewrite, guint index);

/* The place of a value, compared as its syntax says: names as names, strings without regard to
 * case. -1 when there is none. */
int rewrite_find(Directory *directory, const Rewrite *rewrite, const RecordValue *wanted);

guint rewrite_count(const Rewrite *rewrite, AttributeId attribute);
void rewrite_drop(Rewrite *rewrite, AttributeId attribute);
void rewrite_add_text(Rewrite *rewrite, AttributeId attribute, const char *text, uint32_t line);

/* Puts the rewrite in place of the entry of that name, or makes it one. */
void rewrite_store(Directory *directory, const Rewrite *rewrite, const char *dn, uint32_t source,
                   uint32_t line, uint16_t class_id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rewrite, rewrite_clear)

#endif
