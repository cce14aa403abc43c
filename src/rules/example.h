#ifndef ADTOPO_RULES_EXAMPLE_H
#define ADTOPO_RULES_EXAMPLE_H

#include "rules/rule.h"

/*
 * What raises a rule: changes to one of the bundled organisations, in LDIF. The table is made of
 * fixtures/rules when the library is built, and what it says is what the tests try.
 */
typedef struct Example {
    const char *rule;         /* its id */
    const char *organization; /* "exchange-2003.ldif", in fixtures */
    const char *scenario;     /* "audit", "preflight", or "last": the last old server goes */
    const char *shows;        /* what is wrong then, in sentences */
    const char *policy;       /* the text of a policy that is needed, or NULL */
    const char *changes;      /* change records */
} Example;

/* In the order of the ids; a rule of NULL ends it. */
extern const Example example_table[];

/* The example of a rule; NULL where there is none, as for what no directory decides. Static. */
const Example *example_of(const Rule *rule);

/* The command that shows it, with the files called ID.ldif and ID.policy. The caller frees it. */
char *example_command(const Example *example);

#endif
