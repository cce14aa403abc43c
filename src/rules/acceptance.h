#ifndef ADTOPO_RULES_ACCEPTANCE_H
#define ADTOPO_RULES_ACCEPTANCE_H

#include "rules/audit.h"

/*
 * What an organisation has accepted, applied to the findings of an audit: severities, suppressions,
 * the baseline. Nothing is taken out; findings are only marked. Used by the engine, in this order.
 */

/* Gives findings the severities that the policy wants, and marks the suppressed ones. */
void acceptance_apply_policy(Audit *audit, const AuditOptions *options);

/* Marks findings as new or known; they must have their fingerprints. */
void acceptance_apply_baseline(Audit *audit, const Baseline *baseline);

#endif
