#ifndef ADTOPO_ROUTING_CHOICE_H
#define ADTOPO_ROUTING_CHOICE_H

#include "model/topology.h"
#include "routing/criterion.h"
#include "routing/group-paths.h"

#include <glib.h>
#include <stdbool.h>

/*
 * A choice between connectors: the candidates in the order of preference, each with its keys for
 * the criteria of that choice, and what was refused beforehand. Every criterion is "less is
 * better".
 */
typedef struct Choice Choice;

/* A criterion and the word for it in reasons: "legacy cost" in "legacy cost 20 > 10". */
typedef struct Measure {
    Criterion criterion;
    const char *word;
} Measure;

enum { CHOICE_MEASURES = 5 };

/* A number, or for names a text, which counts in the order of name_order(). */
typedef struct Key {
    guint64 value;
    const char *text;
} Key;

typedef struct Candidate {
    const Connector *connector;
    const AddressSpace *space; /* NULL where groups are to be joined */
    const GroupEdge *edge;     /* the first step into another group, or NULL */
    const Site *site;          /* where the 2007 servers are that send, or NULL */
    guint64 legacy_cost;       /* of routing group connectors, and of an old group's space */
    guint64 site_cost;         /* to `site` */
    Key keys[CHOICE_MEASURES];
} Candidate;

/* One that was not taken, and why: "RGC Munich", "legacy cost 20 > 10". */
typedef struct Rejected {
    char *candidate;
    char *reason;
} Rejected;

/* A list of Rejected that owns its strings. */
GArray *rejected_new(void);
void rejected_add(GArray *list, const char *candidate, const char *format, ...) G_GNUC_PRINTF(3, 4);
void rejected_extend(GArray *list, const GArray *more);

/* Adds what is not there yet. */
void rejected_merge(GArray *list, const GArray *more);
bool rejected_equal(const Rejected *a, const Rejected *b);

struct Choice {
    const Measure *measures;
    guint measure_count;
    GArray *candidates; /* of Candidate, the best first */
    GArray *rejected;   /* of Rejected: those that were no candidates */
    GPtrArray *ignored; /* of const Connector: would have served, had they no flaw */
    GPtrArray *cut_off; /* of const Connector: would serve, but no site path leads to them */
    const Connector *contested; /* what another reading of the sources prefers, or NULL */
    bool too_small;             /* size kept at least one from being a candidate */
    bool down;                  /* all candidates are known to be down */
};

Choice *choice_new(const Measure *measures, guint count);
void choice_free(Choice *choice);

/* Puts the candidates in order; equal ones in the order of the topology. */
void choice_settle(Choice *choice);

/* The best one, or NULL when there is none. */
const Candidate *choice_best(const Choice *choice);

/* What told the best from the first that is worse; DECIDED_ONLY when none is. */
Criterion choice_criterion(const Choice *choice);

/* How many of the best are equal in every measure. */
guint choice_equals(const Choice *choice);

/* Everything that was not taken, with reasons, as Rejected; the caller unrefs. Equals of the best
 * are left out. */
GArray *choice_rejected(const Choice *choice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Choice, choice_free)

#endif
