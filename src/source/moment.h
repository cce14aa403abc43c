#ifndef ADTOPO_SOURCE_MOMENT_H
#define ADTOPO_SOURCE_MOMENT_H

#include "source/rootdse.h"
#include "source/search.h"

/* Asks again for what was asked for, as far as it changed from the update sequence number `least`
 * on. What is taken counts in `reader->entries`. As reader_read_subtree(). */
typedef ReaderResult (*MomentQuestion)(Reader *reader, const char *least, void *closure,
                                       GError **error);

/*
 * One moment out of a reading that took a while. A domain controller numbers its changes
 * (highestCommittedUSN of the rootDSE, uSNChanged of every object; MS-ADTS sections 3.1.1.3.2.10
 * and 3.1.1.1.9): what changed in the partition `base` since `rootdse` was asked is read again by
 * `again` and replaces what was read first, until nothing changes any more. A note says how many
 * objects it were, a warning that the directory did not come to rest. An object deleted in the
 * meantime stays, because an ordinary account may not see that it went.
 *
 * Adds the facts "highestCommittedUSNAfter", "currentTimeAfter" and, where it is not there yet,
 * "invocationId", which names the database that the numbers count in. `rootdse` has the last number
 * and time afterwards, so that what is read next from this server can begin there. Servers that are
 * no domain controllers are asked nothing. Never loses the reading itself: `reader->lost` stays
 * NULL.
 */
void moment_settle(Reader *reader, RootDse *rootdse, const char *base, MomentQuestion again,
                   void *closure);

#endif
