#ifndef ADTOPO_RULES_AUDIT_H
#define ADTOPO_RULES_AUDIT_H

#include "rules/assertion.h"
#include "rules/attestation.h"
#include "rules/baseline.h"
#include "rules/policy.h"
#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* What became of one suppression of the policy. */
typedef enum WaiverState {
    WAIVER_USED,
    WAIVER_UNUSED,     /* its rules were judged, and there is no such finding */
    WAIVER_EXPIRED,    /* or there is no time to judge by */
    WAIVER_NOT_JUDGED, /* its rules were not selected, or could not be assessed */
} WaiverState;

typedef struct WaiverUse {
    const Waiver *waiver;
    WaiverState state;
    guint findings; /* that it fits, whether or not it holds them back */
} WaiverUse;

/*
 * One run of the rules over one topology. Rules never stop each other, and what one raises does not
 * depend on the order in which they run. Results are in report order and do not change any more.
 */
typedef struct Audit {
    const Topology *topology; /* borrowed */
    GPtrArray *findings;      /* of Finding, sorted by finding_compare() */
    GPtrArray *not_assessed;  /* of NotAssessed, by rule id, then reason */
    GPtrArray *run;           /* of const Rule: those that were selected, in catalogue order */
    char *unseen; /* what was not seen of the organisation, or that there is one; or NULL */
    guint counts[SEVERITY_ERROR + 1]; /* of findings, without the suppressed ones */
    guint fresh[SEVERITY_ERROR + 1];  /* of those, without what the baseline knows */
    guint suppressed;                 /* findings that the policy holds back */
    const Policy *policy;             /* borrowed, or NULL */
    GArray *waivers;                  /* of WaiverUse, in the policy's order */
    GArray *assertions;               /* of AssertionResult, in the policy's order */
    const Baseline *baseline;         /* borrowed, or NULL */
    const Attestations *attestations; /* borrowed, or NULL */
    const char *const *down; /* borrowed: what was taken as down; NULL-terminated, or NULL */
    guint hidden[SEVERITY_ERROR + 1]; /* findings below the threshold: not among `findings` */
    bool planned; /* part of a preflight: evidence may be for what is not there yet */
    guint gone;   /* fingerprints of the baseline that were not found again */
} Audit;

typedef struct AuditOptions {
    const char *const *include; /* NULL-terminated patterns of ids or slugs (* and ?); NULL: all */
    const char *const *exclude;
    Severity least;                   /* findings below are left out and not counted */
    const Policy *policy;             /* or NULL; its include yields to the one above */
    const Baseline *baseline;         /* or NULL */
    const Attestations *attestations; /* or NULL */
    const char *const *down; /* what does not answer; NULL-terminated, or NULL. Where an assertion
                                is judged, mail goes as it does then; other rules judge the
                                configuration. What a topology has not (after a plan) is passed
                                over */
    bool now_known;          /* whether there is a time to judge expiry by */
    gint64 now;              /* seconds since 1970 */
    bool names_checked; /* assertions_name_things() was asked: a name that is not there fails */
    const PreparationLevel *planned; /* what setup is planned to prepare for; NULL: none is */
    unsigned scenarios; /* 0: SCENARIO_AUDIT, and SCENARIO_NEXT where 2010 or later runs */
} AuditOptions;

/* Judges `topology`, which must outlive the result, as policy and baseline must. NULL and
 * FAULT_USAGE when a pattern matches no rule, or an assertion names what is not there: a misspelt
 * name must not look like health. */
Audit *audit_run(const Topology *topology, const AuditOptions *options, GError **error);
void audit_free(Audit *audit);

/* What the rules that `options` select look at in domain partitions (of DomainPart), for whoever
 * reads a directory to be judged: in any scenario, because the directory has a say in which one. */
unsigned audit_domain_parts(const AuditOptions *options);

/* What was taken as down and what that means for the result, or for that of a plan, in words
 * without a full stop; NULL when nothing was. The caller frees it. */
char *audit_down_words(const Audit *audit, bool plan);

/* Whether everything that rules judge by could be read: all of every source, and whether there is
 * an Exchange organisation. Else no silence means health. */
bool audit_is_complete(const Audit *audit);

/* How many findings are below the threshold, and how many assertions hold. */
guint audit_hidden(const Audit *audit);
guint assertions_holding(const Audit *audit);

/* Whether evidence may be for something: not where its rule was run, found nothing and left nothing
 * open. What is hidden, or not there yet in a plan, is given the benefit of the doubt. */
bool attestation_is_needed(const Audit *audit, const Attestation *attestation);

/* What to tell about suppressions and evidence that need somebody's attention: of char, a sentence
 * each; unref it. */
GPtrArray *audit_remarks(const Audit *audit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Audit, audit_free)

#endif
