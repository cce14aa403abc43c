#ifndef ADTOPO_DIRECTORY_INDEX_H
#define ADTOPO_DIRECTORY_INDEX_H

#include "directory/entry.h"

#include <glib.h>

/* Entries by class, and how many of a class show an attribute. */
typedef struct Index {
    guint counts[CLASS_COUNT];     /* per exact class */
    guint *seen[CLASS_COUNT];      /* per exact class and attribute; NULL where there is no entry */
    GPtrArray *lists[CLASS_COUNT]; /* of Entry whose class is or derives from it, but of top */
} Index;

/* Counts entries in any order; lists them in the order they have. */
void index_count(Index *index, const GPtrArray *entries);
void index_list(Index *index, const GPtrArray *entries);

/* Counts the attributes of an entry that is gone: that they can be seen does not depend on it. */
void index_remember(Index *index, const Entry *entry);

/* Counts no entry of this very class as one that shows the attribute. */
void index_forget(Index *index, ClassId id, AttributeId attribute);
void index_clear(Index *index);

/* How many entries whose class is or derives from `id` show the attribute, or did. */
guint index_seen(const Index *index, ClassId id, AttributeId attribute);

#endif
