#ifndef ADTOPO_RULES_ASSERTION_SCOPE_H
#define ADTOPO_RULES_ASSERTION_SCOPE_H

#include "model/topology.h"
#include "routing/endpoint.h"
#include "rules/policy.h"

#include <glib.h>
#include <stdbool.h>

/* What the words of an assertion mean in one directory. */

/* A place that mail comes from or goes to. */
typedef struct AssertedPlace {
    char *text; /* as the routing engine is asked for it */
    char *name; /* as a reader is told: "site:Munich", "smtp:*" */
    Endpoint *what;
} AssertedPlace;

typedef struct AssertionScope {
    GPtrArray *from;   /* of AssertedPlace */
    GPtrArray *to;     /* of AssertedPlace */
    Endpoint *through; /* or NULL */
    Endpoint *avoid;   /* or NULL */
} AssertionScope;

/* NULL and FAULT_USAGE, naming the place in the policy, when something is named that is not there,
 * or may be one of several things, or when the way is to avoid one of its own ends. */
AssertionScope *assertion_scope_new(const Topology *topology, const Assertion *assertion,
                                    GError **error);
void assertion_scope_free(AssertionScope *scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssertionScope, assertion_scope_free)

/* What keeps the ways of mail from being judged at all, in words: records that were lost, rights
 * that are missing, no organisation. NULL when nothing does; the caller frees it. */
char *ways_unseen(const Topology *topology);

/*
 * Whether every assertion of the policy names what is there, in `today` or in `then`, what a plan
 * makes of it (NULL: there is no plan). FALSE and FAULT_USAGE as above. A directory in which the
 * ways of mail cannot be judged is not asked: what it lacks may have been lost.
 */
bool assertions_name_things(const Policy *policy, const Topology *today, const Topology *then,
                            GError **error);

#endif
