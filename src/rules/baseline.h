#ifndef ADTOPO_RULES_BASELINE_H
#define ADTOPO_RULES_BASELINE_H

#include "rules/finding.h"

#include <glib.h>

/* The findings of an earlier audit, by fingerprint. Written and read as JSON by
 * report/baseline.h. */
typedef struct Baseline {
    char *name;             /* of the file */
    GHashTable *severities; /* fingerprint → GUINT_TO_POINTER(Severity) */
} Baseline;

Baseline *baseline_new(const char *name);
void baseline_free(Baseline *baseline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Baseline, baseline_free)

/* Of two findings with one fingerprint the graver counts. The fingerprint is copied. */
void baseline_add(Baseline *baseline, const char *fingerprint, Severity severity);

/* "new" or "known": static; NULL for BASELINE_NONE. */
const char *baseline_state_name(BaselineState state);

/* BASELINE_NEW also for what has become graver since: nobody agreed to that. */
BaselineState baseline_compare(const Baseline *baseline, const Finding *finding);

#endif
