#ifndef ADTOPO_RULES_POLICY_H
#define ADTOPO_RULES_POLICY_H

#include "rules/assertion.h"
#include "rules/finding.h"
#include "rules/parameter.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What an organisation decided about its audits: which rules run, how grave they are, which
 * findings it lives with, why, on whose word, and until when. Read from a file in the form of
 * GLib's key files:
 *
 *     [rules]
 *     include = RG*, CONN*
 *     exclude = SITE019
 *
 *     [severity]
 *     VER001 = error
 *
 *     [parameters]
 *     many-sites = 2000
 *
 *     [suppress lab front-end]
 *     rule = VER001
 *     object = CN=EX03-FE1,CN=Servers,…
 *     reason = replaced in April
 *     owner = Messaging team
 *     expires = 2007-04-30
 *
 * and assertions about the ways of mail, which rules/assertion.h has an example of.
 *
 * Groups, keys, rules and values that are not known make the whole policy wrong, since a
 * misspelt line would do nothing and say nothing. A policy does not change once it is read.
 */

/* One "[suppress NAME]": findings are waived. Values are taken literally: backslashes need no
 * doubling. */
struct Waiver {
    char *name;
    char *rules;  /* pattern */
    char *object; /* a DN, an objectGUID, a name, or a pattern of a DN or name; "*": anything */
    char *reason;
    char *owner;   /* or NULL */
    char *expires; /* as written, or NULL: never */
    gint64 end;    /* the first second at which it no longer holds, since 1970; G_MAXINT64: never */
};

typedef struct SeverityOverride {
    char *rules; /* pattern */
    Severity severity;
} SeverityOverride;

typedef struct Policy {
    char *name;     /* of the file */
    char **include; /* patterns of rules; NULL where the policy says nothing */
    char **exclude;
    GPtrArray *overrides;  /* of SeverityOverride, in the order of the file */
    GPtrArray *waivers;    /* of Waiver, likewise */
    GPtrArray *assertions; /* of Assertion, likewise */
    guint parameters[PARAMETER_COUNT];
} Policy;

/* NULL and FAULT_USAGE, naming the file and the place, when the text is no sound policy. `name` is
 * copied. */
Policy *policy_parse(const char *text, gsize length, const char *name, GError **error);
void policy_free(Policy *policy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Policy, policy_free)

/* The last override that fits the rule, or NULL. */
const SeverityOverride *policy_override(const Policy *policy, const Rule *rule);

/* Whether the suppression means this finding, expired or not. */
bool waiver_fits(const Waiver *waiver, Directory *directory, const Finding *finding);

#endif
