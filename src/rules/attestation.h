#ifndef ADTOPO_RULES_ATTESTATION_H
#define ADTOPO_RULES_ATTESTATION_H

#include "rules/rule.h"

#include <glib.h>

/*
 * What somebody looked up by hand, because no directory holds it:
 *
 *     [evidence link state]
 *     rule = LINK001
 *     who = A. Administrator
 *     when = 2007-03-30
 *     how = reg query on each of the six servers, exports kept with change 4711
 *
 * An attestation is printed with the result. It takes nothing away: neither a finding, nor the word
 * that the rule was not assessed.
 */
typedef struct Attestation {
    char *name;
    const Rule *rule;
    char *who;
    char *when; /* a day or a moment, as it was written */
    char *how;
} Attestation;

typedef struct Attestations {
    char *name;      /* of the file */
    GPtrArray *list; /* of Attestation, in the order of the file */
} Attestations;

/* NULL and FAULT_USAGE, naming the file and the place, when the text is not sound, or attests what
 * the directory alone decides. `name` is copied. */
Attestations *attestations_parse(const char *text, gsize length, const char *name, GError **error);
void attestations_free(Attestations *attestations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Attestations, attestations_free)

/* "A. Administrator, 2007-03-30: reg query on ...": the caller frees it. */
char *attestation_text(const Attestation *attestation);

#endif
