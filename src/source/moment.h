#ifndef ADTOPO_SOURCE_MOMENT_H
#define ADTOPO_SOURCE_MOMENT_H

#include "source/rootdse.h"
#include "source/search.h"

/*
 * One moment out of a reading that took a while. A domain controller numbers its changes
 * (highestCommittedUSN of the rootDSE, uSNChanged of every object; MS-ADTS sections 3.1.1.3.2.10
 * and 3.1.1.1.9): what changed below `base` since `before` was asked is read again and replaces
 * what was read first, until nothing changes any more. A note says how many objects it were, a
 * warning that the directory did not come to rest. An object deleted in the meantime stays,
 * because an ordinary account may not see that it went.
 *
 * Adds the facts "highestCommittedUSNAfter", "currentTimeAfter" and "invocationId", the last of
 * which names the database that the numbers count in. Servers that are no domain controllers are
 * asked nothing. Never loses the reading itself: `reader->lost` stays NULL.
 */
void moment_settle(Reader *reader, const RootDse *before, const char *base);

#endif
