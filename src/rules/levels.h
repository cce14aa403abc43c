#ifndef ADTOPO_RULES_LEVELS_H
#define ADTOPO_RULES_LEVELS_H

#include "model/topology.h"

#include <glib.h>

/*
 * The levels that setup writes when it prepares a forest, by product, and the functional levels
 * that products need. The numbers of Exchange 2000 to 2010 are those of the TechNet wiki article
 * 2772; those of 2013 and later, of Microsoft's pages on preparing Active Directory.
 */
typedef struct PreparationLevel {
    Family family;
    uint8_t service_pack; /* 0: the first release, and all of 2013 and later */
    const char *product;  /* "2007 SP2" */
    int schema;           /* rangeUpper of ms-Exch-Schema-Version-Pt */
    int organization;     /* objectVersion of the organisation; 0: none is written */
    int domain;           /* objectVersion of CN=Microsoft Exchange System Objects */
} PreparationLevel;

enum { NO_NEED = -1 };

/* What preparing for that product writes at the least: the row of its family and service pack, or
 * of the nearest lower one. NULL for an unknown family and for 5.5. */
const PreparationLevel *level_of(Family family, unsigned service_pack);

/* The highest level that a living server asks for, or NULL: Edge servers, which no forest is
 * prepared for, and provisioned ones count for nothing. */
const PreparationLevel *level_of_newest(const Topology *topology);

/* The products that write this number: "2007 SP2 or 2010"; "above 2007 SP3, below 2010 SP1" and the
 * like where none does; the caller frees it. */
char *schema_level_name(int level);
char *organization_level_name(int level);
char *domain_level_name(int level);

/* The forest functional level (msDS-Behavior-Version of CN=Partitions) that a version needs;
 * NO_NEED for those that take any. */
int forest_level_needed(Family family);

/* "Windows Server 2008 R2"; static. "an unknown level" for a number not published. */
const char *functional_level_name(int level);

#endif
