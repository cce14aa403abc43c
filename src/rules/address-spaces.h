#ifndef ADTOPO_RULES_ADDRESS_SPACES_H
#define ADTOPO_RULES_ADDRESS_SPACES_H

#include "rules/rule.h"

/* The rules of the family SEND about address spaces; send.c lists them with its own. */
extern const Rule SEND003;
extern const Rule SEND008;
extern const Rule SEND009;

#endif
