#ifndef ADTOPO_RULES_AG_H
#define ADTOPO_RULES_AG_H

#include "rules/rule.h"

/* The rules of the family AG in ag-leftovers.c; ag.c lists them with its own. */
extern const Rule AG005, AG006, AG007;

#endif
