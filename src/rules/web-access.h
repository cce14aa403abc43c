#ifndef ADTOPO_RULES_WEB_ACCESS_H
#define ADTOPO_RULES_WEB_ACCESS_H

#include "rules/rule.h"

/* The rules of the family CAS about virtual directories; cas.c lists them with its own. */
extern const Rule CAS003;
extern const Rule CAS004;
extern const Rule CAS006;

#endif
