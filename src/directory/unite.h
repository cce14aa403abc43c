#ifndef ADTOPO_DIRECTORY_UNITE_H
#define ADTOPO_DIRECTORY_UNITE_H

#include "directory/directory.h"
#include "directory/draft.h"

/* Makes `known` hold what it and `met`, another record of the same object, say together, as
 * directory_admit() tells. `drafts` is empty and is so again. */
void entry_unite(Directory *directory, Drafts *drafts, Entry *known, const Entry *met);

#endif
