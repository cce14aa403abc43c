#ifndef ADTOPO_RULES_RG_WAYS_H
#define ADTOPO_RULES_RG_WAYS_H

#include "rules/rule.h"

/* The rules of the family RG about ways between groups; rg.c lists them with its own. */
extern const Rule RG005;
extern const Rule RG006;
extern const Rule RG007;
extern const Rule RG011;

#endif
