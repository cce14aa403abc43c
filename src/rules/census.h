#ifndef ADTOPO_RULES_CENSUS_H
#define ADTOPO_RULES_CENSUS_H

#include "model/topology.h"

/* Numbers of servers that many rules ask for, counted once an audit. The words are those of
 * facts.h. */
typedef struct Census {
    guint unknown;      /* of unknown version */
    guint placed;       /* server_is_placed() */
    guint roles_unseen; /* server_roles_unseen() */
    guint site_unseen;  /* placed, naming a site that was not read */
} Census;

/* Counts; the caller frees the result. */
Census *census_take(const Topology *topology);

#endif
