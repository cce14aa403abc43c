#ifndef ADTOPO_RULES_SITE_COSTS_H
#define ADTOPO_RULES_SITE_COSTS_H

#include "rules/rule.h"

/* The rules of the family SITE about paths between sites; site.c lists them with its own. */
extern const Rule SITE007;
extern const Rule SITE008;
extern const Rule SITE010;
extern const Rule SITE015;
extern const Rule SITE016;
extern const Rule SITE017;

#endif
