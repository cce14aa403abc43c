#ifndef ADTOPO_DIRECTORY_DRAFT_H
#define ADTOPO_DIRECTORY_DRAFT_H

#include "base/arena.h"
#include "directory/entry.h"

/* Values on their way into an entry, which holds them in an order of its own. */
typedef struct Drafts Drafts;

Drafts *drafts_new(Arena *arena);
void drafts_free(Drafts *drafts);

void drafts_add(Drafts *drafts, uint16_t attribute, Value value);

/* Makes the values added since the last time those of the entry: sorted, each once (Active
 * Directory prints dSCorePropagationData twice and means one). */
void drafts_store(Drafts *drafts, Entry *entry);

/* The order of an attribute's values: names first, then bytes. */
int value_compare(const Value *a, const Value *b);

#endif
