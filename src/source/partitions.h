#ifndef ADTOPO_SOURCE_PARTITIONS_H
#define ADTOPO_SOURCE_PARTITIONS_H

#include "source/plan.h"
#include "source/rootdse.h"
#include "source/search.h"

/* Where on a server the partitions are, and what it will be asked about them. */

/* The name of the configuration partition. On a server that does not name it: the entry
 * CN=Configuration below a naming context, or a naming context that is one. NULL when there is none
 * to be seen. The caller frees it. */
char *partition_configuration(Reader *reader, const RootDse *rootdse);

/* The schema partition of that configuration; NULL when nothing tells. The caller frees it. */
char *partition_schema(const RootDse *rootdse, const char *configuration);

/* All that will be asked over this connection. Asks itself whether there is a configuration
 * partition where the rootDSE names none. The caller frees it. */
SearchPlan *partition_plan(Connection *connection, const RootDse *rootdse);

#endif
