#ifndef ADTOPO_RULES_RECEIVE_H
#define ADTOPO_RULES_RECEIVE_H

#include "rules/rule.h"

/* The rules of the family HUB about receive connectors; hub.c lists them with its own. */
extern const Rule HUB005;
extern const Rule HUB006;
extern const Rule HUB007;
extern const Rule HUB008;
extern const Rule HUB009;

#endif
