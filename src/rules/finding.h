#ifndef ADTOPO_RULES_FINDING_H
#define ADTOPO_RULES_FINDING_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Rule Rule;
typedef struct Waiver Waiver;

typedef enum Severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* "info", "warning", "error": static. */
const char *severity_name(Severity severity);

/* FALSE when no severity bears the name, or it is NULL. */
bool severity_named(const char *name, Severity *severity);

/* How a finding compares with those that were there before. */
typedef enum BaselineState {
    BASELINE_NONE, /* there is no baseline */
    BASELINE_NEW,
    BASELINE_KNOWN, /* it was there, and no less grave */
} BaselineState;

/* What a finding rests on: one attribute of one object, as it was read. */
typedef struct Evidence {
    const Entry *entry;
    AttributeId attribute; /* ATTR_NONE: the object itself */
    const Value *value;    /* NULL: the attribute is absent, or the object itself is meant */
    char *expected;        /* what should stand there, or NULL */
} Evidence;

/* A rule's verdict about one object. Owned by the audit. */
typedef struct Finding {
    const Rule *rule;
    Severity severity;
    const Entry *entry;   /* the object the finding is about; NULL: the forest as a whole */
    char *name;           /* what it goes by beside the object, or NULL: of an assertion */
    char *detail;         /* goes with the name */
    char *message;        /* one sentence that names the objects */
    char *remedy;         /* this finding's own words, or NULL: the rule's */
    GArray *evidence;     /* of Evidence, in the order in which the rule gave it */
    GPtrArray *related;   /* of const Entry: other objects involved */
    char *fingerprint;    /* 32 hex digits */
    const Waiver *waiver; /* why it does not count, or NULL */
    BaselineState baseline;
} Finding;

/* A rule, or a rule for some objects, that could not be judged. */
typedef struct NotAssessed {
    const Rule *rule;
    char *reason;
    guint objects; /* how many it concerns; 0 when the whole rule */
} NotAssessed;

void finding_free(Finding *finding);

/* Whether it is neither suppressed nor known to the baseline. */
bool finding_counts(const Finding *finding);

/* Severity (error first), rule id, name of the object root first, message. */
gint finding_compare(gconstpointer a, gconstpointer b);

#endif
