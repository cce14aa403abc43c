#ifndef ADTOPO_RULES_CHECK_H
#define ADTOPO_RULES_CHECK_H

#include "routing/groups.h"
#include "rules/audit.h"
#include "rules/sight.h"
#include "rules/site-ways.h"

/* What several rules look at, made once, by the first that asks for it, though rules run side by
 * side; what is made does not change any more. It begins with the topology alone. */
typedef struct Workbench {
    const Topology *topology;
    GroupGraph *group_graph;
    GroupNet *group_net;
    SiteWays *site_ways;
    Census *census;
} Workbench;

void workbench_clear(Workbench *workbench);

/* The engine's side of a running check: what the functions of rule.h work on. */
struct Check {
    Audit *audit; /* where findings go: the rule's own part of the audit */
    Workbench *workbench;
    const Rule *rule;
    const Policy *policy;            /* or NULL */
    const PreparationLevel *planned; /* likewise */
    unsigned scenarios;              /* all that are being judged */
    Scenario scenario;               /* the one of the running rule */
    const char *no_organization;     /* why it is not known whether there is one, or NULL */
    const Sight *sight;              /* what the reader was evidently not allowed to see */
};

/* An audit of nothing yet, and its lists by themselves, as each rule has them. */
Audit *audit_new(const Topology *topology);
void audit_make_lists(Audit *audit);

/* Sets aside and counts what is below the threshold, orders the rest, and names each for good. */
void audit_settle(Audit *audit, Severity least);

/* What a rule could not assess for that reason, or NULL; adds such a thing, which must not be there
 * yet; puts them all in order. */
NotAssessed *audit_find_open(const Audit *audit, const Rule *rule, const char *reason);
void audit_add_open(Audit *audit, const Rule *rule, guint objects, const char *reason);
void audit_order_open(Audit *audit);

/* Counts the settled findings by severity, once it is known which are suppressed or not new. */
void audit_count(Audit *audit);

/* A finding without evidence; takes the message. */
Finding *finding_new(const Rule *rule, Severity severity, const Entry *entry, char *message);

/* What identifies a finding over runs: 32 hex digits; the caller frees it. */
char *finding_fingerprint(const Finding *finding);

#endif
