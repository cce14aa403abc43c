#ifndef ADTOPO_RULES_OWN_DOMAINS_H
#define ADTOPO_RULES_OWN_DOMAINS_H

#include "rules/rule.h"

/* The rule of the family SEND about domains that are the organisation's own; send.c lists it with
 * its own. */
extern const Rule SEND010;

#endif
