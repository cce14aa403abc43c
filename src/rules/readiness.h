#ifndef ADTOPO_RULES_READINESS_H
#define ADTOPO_RULES_READINESS_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

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

/* What only a person can check before a plan is carried out; a NULL text ends the list. */
typedef struct HandCheck {
    const char *text;
    bool (*concerns)(const Topology *topology); /* NULL: every organisation */
} HandCheck;

/* Those of the removal of some objects (of const Entry, of one kind: servers, groups or
 * connectors), and of a setup where there are none. */
const HandCheck *hand_checks(const GPtrArray *removed);

/* Whether there is anything to be checked in this organisation. */
bool hand_check_concerns(const HandCheck *check, const Topology *topology);

/* Which rights which step needs, and where it runs; a NULL step ends the list. */
typedef struct StepRight {
    const char *step;
    const char *rights;
    const char *where;
} StepRight;

/* Likewise. */
const StepRight *step_rights(const GPtrArray *removed);

#endif
