#ifndef ADTOPO_RULES_LINK_LOOPS_H
#define ADTOPO_RULES_LINK_LOOPS_H

#include "rules/rule.h"

/* The rules of the family LINK about what link state makes of mail and its own news; link.c lists
 * them with its own. */
extern const Rule LINK006;
extern const Rule LINK007;

#endif
