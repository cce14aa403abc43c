#ifndef ADTOPO_RULES_PREFLIGHT_H
#define ADTOPO_RULES_PREFLIGHT_H

#include "model/future.h"
#include "routing/route.h"
#include "rules/audit.h"
#include "rules/references.h"

#include <glib.h>

/*
 * Judging a plan: the organisation as it is, by the rules of the plan's scenario; the plan
 * itself, by checks of its own; and the organisation as it would be, by the rules of a running
 * organisation. Two kinds of plan: setup of an Exchange 2007 server, and the removal of
 * something old.
 */
typedef enum Verdict { VERDICT_GO, VERDICT_NO_GO, VERDICT_CANNOT_TELL } Verdict;

/* "go", "no-go", "cannot-tell": static. */
const char *verdict_name(Verdict verdict);

/* What a check of the plan says. Only FAILED makes a no-go, only UNSEEN a "cannot tell". */
typedef enum PlanState { PLAN_PASSED, PLAN_NOTED, PLAN_FAILED, PLAN_UNSEEN } PlanState;

/* "passed", "noted", "failed", "unseen": static. */
const char *plan_state_name(PlanState state);

typedef struct PlanCheck {
    const char *subject; /* static: "bridgehead", "global catalog" */
    PlanState state;
    char *text; /* one sentence without a full stop */
} PlanCheck;

/* A way of mail that is another one when the plan is done. */
typedef struct PlanRoute {
    char *from;   /* "site:Munich", "rg:London" */
    char *to;     /* likewise */
    char *before; /* "site:Munich > rg:London, by connector …"; NULL: there is none */
    char *after;  /* likewise */
    Route *way;   /* the new one, with its reasons; of the organisation then */
} PlanRoute;

/* A plan as it was typed. All is borrowed, NULL where it was not given. */
typedef struct PlanWords {
    int service_pack;              /* of Exchange 2007: 0 to 3 */
    const char *site;              /* NULL: the organisation is judged, and no server planned */
    const char *roles;             /* "hub,mailbox"; NULL: hub */
    const char *bridgehead;        /* a 2000/2003 server */
    const char *computer;          /* NULL: NEW-EX07 */
    const char *const *connectors; /* "FROM:TO", routing groups or servers; "2007" is the new one */
    const char *removed;           /* a server, group or connector, or "last-legacy" */
} PlanWords;

typedef struct Preflight {
    const Topology *today; /* borrowed */
    Topology *then;        /* NULL: nothing is planned, or nothing to be read from it */
    Audit *audit;          /* of today, in the scenario of the plan */
    Audit *running_today;  /* both by the rules of a running organisation; NULL without `then` */
    Audit *running_then;
    GPtrArray *appearing;  /* of const Finding: those of running_then that today has not */
    GPtrArray *vanishing;  /* of const Finding */
    GPtrArray *checks;     /* of PlanCheck */
    GPtrArray *routes;     /* of PlanRoute: those that change */
    GPtrArray *removed;    /* of const Entry: what would go; empty for a setup */
    GPtrArray *references; /* of Reference: what stands in the way of that */
    GPtrArray *reasons;    /* of char: why the verdict is none of "go" */
    char *plan;            /* the plan in one sentence */
    const Site *site;      /* of the planned server; or NULL */
    bool edge;             /* that is an Edge Transport server */
    bool removal;
    bool final; /* with it goes the last server older than 2007 */
    Verdict verdict;
} Preflight;

/*
 * Judges a plan; `options` select rules as for an audit (its scenarios are not used), `blocking` is
 * the severity from which a finding forbids going on; above SEVERITY_ERROR none does. FAULT_USAGE
 * for words that fit nothing in the directory.
 */
Preflight *preflight_run(const Topology *today, const PlanWords *words, const AuditOptions *options,
                         int blocking, GError **error);
void preflight_free(Preflight *preflight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Preflight, preflight_free)

#endif
