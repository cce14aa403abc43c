#ifndef ADTOPO_RULES_READINESS_H
#define ADTOPO_RULES_READINESS_H

#include <glib.h>

/*
 * The readiness checks that Exchange setup documents, topic by topic, and which of our rules
 * answers them. What needs the machine, its registry, DNS, the stores or the account of whoever
 * runs setup is in no directory: it is listed as such and never counts as passed.
 */
typedef enum Answerable { ANSWERED, ANSWERED_IN_PART, ANSWERED_NOWHERE } Answerable;

typedef struct Readiness {
    const char *topics; /* the names of the topics, with blanks between several */
    const char *check;  /* what they check, in our words */
    Answerable answer;
    const char *rules; /* ids with blanks between; empty: none */
} Readiness;

/* All of them; *count is the number of rows, which is less than that of topics. */
const Readiness *readiness_table(guint *count);

/* "directory", "in part", "not decidable": static. */
const char *answerable_text(Answerable answer);

/* What only a person can check before a setup, or before a removal; NULL ends the list. */
extern const char *const checks_before_setup[];
extern const char *const checks_before_removal[];

/* Which rights which step of setup needs, and where it runs; a NULL step ends the list. */
typedef struct SetupRight {
    const char *step;
    const char *rights;
    const char *where;
} SetupRight;

extern const SetupRight setup_rights[];

#endif
