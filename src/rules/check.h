#ifndef ADTOPO_RULES_CHECK_H
#define ADTOPO_RULES_CHECK_H

#include "routing/groups.h"
#include "rules/audit.h"
#include "rules/site-ways.h"

/* The engine's side of a running check: what the functions of rule.h work on. */
struct Check {
    Audit *audit;
    const Rule *rule;
    const Policy *policy;    /* or NULL */
    unsigned scenarios;      /* all that are being judged */
    Scenario scenario;       /* the one of the running rule */
    GroupGraph *group_graph; /* NULL until a rule asks for it */
    GroupNet *group_net;     /* likewise */
    SiteWays *site_ways;     /* likewise */
    Census census;
    bool census_taken;
    char *unseen; /* what the reader was not allowed to see; NULL: nothing evident */
};

/* A finding without evidence; takes the message. */
Finding *finding_new(const Rule *rule, Severity severity, const Entry *entry, char *message);

/* What identifies a finding over runs: 32 hex digits; the caller frees it. */
char *finding_fingerprint(const Finding *finding);

#endif
