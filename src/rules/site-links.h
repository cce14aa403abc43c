#ifndef ADTOPO_RULES_SITE_LINKS_H
#define ADTOPO_RULES_SITE_LINKS_H

#include "rules/rule.h"

/* The rules of the family SITE about what joins sites; site.c lists them with its own. */
extern const Rule SITE003;
extern const Rule SITE004;
extern const Rule SITE005;
extern const Rule SITE006;

#endif
