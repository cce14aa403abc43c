#ifndef ADTOPO_RULES_CONN_H
#define ADTOPO_RULES_CONN_H

#include "rules/rule.h"

/* The rules of the family CONN that have files of their own; conn.c lists them with the rest. */

/* conn-bridgeheads.c */
extern const Rule CONN003;
extern const Rule CONN006;
extern const Rule CONN007;
extern const Rule CONN008;

/* conn-fit.c */
extern const Rule CONN004;
extern const Rule CONN005;

/* conn-interop.c */
extern const Rule CONN010;
extern const Rule CONN011;

/* conn-limits.c */
extern const Rule CONN013;
extern const Rule CONN014;
extern const Rule CONN015;
extern const Rule CONN016;

#endif
