#ifndef ADTOPO_DIRECTORY_LOSSES_H
#define ADTOPO_DIRECTORY_LOSSES_H

#include "directory/entry.h"

#include <glib.h>
#include <stdbool.h>

/* Objects that there are, or may be, and that were not read. */
typedef struct Losses {
    GHashTable *names;       /* of Dn */
    bool anything;           /* objects of any name may be missing */
    guint unclassed;         /* those lost for want of objectClass */
    bool lacks[CLASS_COUNT]; /* a lost record may have been of that class; known when settled */
} Losses;

void losses_init(Losses *losses);
void losses_clear(Losses *losses);

/* Whether nobody can tell what an entry of a configuration partition is, because no record of it
 * had objectClass, and it may be one that matters. */
bool entry_is_unclassed(const Entry *entry);

/* Once all entries are there: what the lost records were, and what else the names tell of. */
void losses_settle(Losses *losses, const GPtrArray *entries);

/* Whether the object of that name is known to be lost; whether one that is or derives from `id` may
 * be. */
bool losses_hold(const Losses *losses, const Dn *dn);
bool losses_may_hold(const Losses *losses, ClassId id);

#endif
