#ifndef ADTOPO_RULES_AUDIT_H
#define ADTOPO_RULES_AUDIT_H

#include "rules/rule.h"

#include <glib.h>

/*
 * One run of the rules over one topology. Rules never stop each other, and what one raises does not
 * depend on the order in which they run. Results are in report order and do not change any more.
 */
typedef struct Audit {
    const Topology *topology; /* borrowed */
    GPtrArray *findings;      /* of Finding, sorted by finding_compare() */
    GPtrArray *not_assessed;  /* of NotAssessed, by rule id, then reason */
    GPtrArray *run;           /* of const Rule: those that were selected, in catalogue order */
    guint counts[SEVERITY_ERROR + 1];
} Audit;

typedef struct AuditOptions {
    const char *const *include; /* NULL-terminated patterns of ids or slugs (* and ?); NULL: all */
    const char *const *exclude;
    Severity least;             /* findings below are left out and not counted */
    unsigned scenarios;         /* 0: SCENARIO_AUDIT, and SCENARIO_NEXT where 2010 or later runs */
} AuditOptions;

/* Judges `topology`, which must outlive the result. NULL and FAULT_USAGE when a pattern matches no
 * rule: a misspelt selection must not look like health. */
Audit *audit_run(const Topology *topology, const AuditOptions *options, GError **error);
void audit_free(Audit *audit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Audit, audit_free)

#endif
