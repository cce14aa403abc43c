#ifndef ADTOPO_DIRECTORY_FROM_RECORD_H
#define ADTOPO_DIRECTORY_FROM_RECORD_H

#include "directory/directory.h"
#include "directory/draft.h"

/* The entry that a record tells of, in the directory's arena and not yet among its entries. Values
 * that are none of their attribute's syntax are told of, once for each object. `drafts` is empty
 * and is so again. */
Entry *entry_from_record(Directory *directory, Drafts *drafts, uint32_t source,
                         const Record *record, Dn *dn);

#endif
