#ifndef ADTOPO_RULES_WELL_KNOWN_H
#define ADTOPO_RULES_WELL_KNOWN_H

#include "model/topology.h"
#include "source/domain-part.h"

#include <glib.h>

/*
 * The pointers by which Exchange finds its security groups: otherWellKnownObjects, values of the
 * form "B:32:<32 hex digits>:<name>". They stand on CN=Microsoft Exchange,CN=Services; a published
 * setup error names CN=Configuration, so both are read. What they point to lies in a domain
 * partition, which is often not read.
 */
typedef struct WellKnown {
    const Entry *holder;  /* of the pointer; of any pointer when this one is ABSENT; or NULL */
    const Value *value;   /* NULL when ABSENT */
    ReferenceState state; /* of what it points to */
    const Entry *entry;   /* when LIVE */
} WellKnown;

enum { WELL_KNOWN_GUID = 32 };

/* The groups by the GUIDs of their pointers. */
#define WELL_KNOWN_INTEROP DOMAIN_INTEROP_GROUP
#define WELL_KNOWN_SERVERS "A7D2016C83F003458132789EEB127B84"
#define WELL_KNOWN_ORGANIZATION_ADMINS "C262A929D691B74A9E068728F8F842EA"
#define WELL_KNOWN_RECIPIENT_ADMINS "DB72C41D49580A4DB304FE6981E56297"
#define WELL_KNOWN_VIEW_ONLY_ADMINS "1A9E39D35ABE5747B979FFC0C6E5EA26"
#define WELL_KNOWN_FOLDER_ADMINS "45FA417B3574DC4E929BC4B059699792"

/* The pointer with that GUID. */
WellKnown well_known_find(const Topology *topology, const char *guid);

/* Every pointer (of WellKnown), in the order of its holder and value; unref the array. */
GArray *well_known_all(const Topology *topology);

/* The name a pointer leads to, as written; the caller frees it. */
char *well_known_target(const WellKnown *pointer);

#endif
