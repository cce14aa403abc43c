#ifndef ADTOPO_RULES_POL_H
#define ADTOPO_RULES_POL_H

#include "rules/rule.h"

/* The family POL is written in three files: pol.c (policies and their templates), pol-domains.c
 * (the domains of templates), pol-filters.c. */

extern const Rule POL005, POL007, POL010;
extern const Rule POL008, POL009;

#endif
