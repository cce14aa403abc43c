#ifndef ADTOPO_RULES_RES_H
#define ADTOPO_RULES_RES_H

#include "rules/rule.h"

/* The family RES is written in four files: res.c (references, groups, connectors, containers),
 * res-copies.c (what replication left behind), res-names.c (names), res-servers.c (what is wrong
 * with server objects and what lies below them). */

extern const Rule RES002, RES003;
extern const Rule RES004, RES008;
extern const Rule RES005, RES009, RES010, RES011, RES012, RES013;

#endif
