#ifndef ADTOPO_RULES_RES_H
#define ADTOPO_RULES_RES_H

#include "rules/rule.h"

/* The family RES is written in two files: res.c (references, copies, strays), res-servers.c (what
 * is wrong with server objects and what lies below them). */

extern const Rule RES004, RES005, RES009, RES010, RES011, RES012, RES013;

#endif
