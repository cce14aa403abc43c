#ifndef ADTOPO_RULES_POL_DOMAINS_H
#define ADTOPO_RULES_POL_DOMAINS_H

#include "rules/rule.h"

/* The rules of the family POL about domains; pol.c lists them with its own. */
extern const Rule POL005;
extern const Rule POL007;
extern const Rule POL010;

#endif
