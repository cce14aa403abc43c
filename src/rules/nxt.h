#ifndef ADTOPO_RULES_NXT_H
#define ADTOPO_RULES_NXT_H

#include "rules/rule.h"

/* The rules of the family NXT in nxt-obstacles.c; nxt.c lists them with its own. */
extern const Rule NXT007, NXT008, NXT009, NXT010;

#endif
