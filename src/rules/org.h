#ifndef ADTOPO_RULES_ORG_H
#define ADTOPO_RULES_ORG_H

#include "rules/rule.h"

/* The family ORG is written in two files: org.c (mode, number, census), org-versions.c (which
 * versions of Exchange are there, and which may be). */

extern const Rule ORG002, ORG003, ORG005, ORG007;

#endif
