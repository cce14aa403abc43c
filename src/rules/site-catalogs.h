#ifndef ADTOPO_RULES_SITE_CATALOGS_H
#define ADTOPO_RULES_SITE_CATALOGS_H

#include "rules/rule.h"

/* The rules of the family SITE about global catalogs; site.c lists them with its own. */
extern const Rule SITE011;
extern const Rule SITE012;
extern const Rule SITE018;

#endif
