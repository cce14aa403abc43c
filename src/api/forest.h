#ifndef ADTOPO_API_FOREST_H
#define ADTOPO_API_FOREST_H

#include "model/topology.h"
#include "report/report.h"
#include "routing/failures.h"
#include "rules/audit.h"

#include <adtopo/adtopo.h>
#include <glib.h>

/* What stands behind the public types, for the files of this folder only. */
struct adtopo_forest {
    Topology *topology;
    char **down; /* as named; NULL-terminated */
    Failures *failures;
};

struct adtopo_audit {
    const adtopo_forest *forest;
    Audit *audit;
    GPtrArray *names;   /* the findings' DNs as text, parallel to audit->findings */
    GPtrArray *remarks; /* what to tell about the policy, as text */
};

struct adtopo_policy {
    Policy *policy;
};

struct adtopo_evidence {
    Attestations *attestations;
};

struct adtopo_baseline {
    Baseline *baseline;
};

/* Hands a GError over to the caller's variable and frees it. Returns FALSE, for `return`. */
bool error_take(adtopo_error *error, GError *from);

/* The same for a status and a text. */
bool error_set(adtopo_error *error, enum adtopo_status status, const char *text);

/* From the caller's options, which may be NULL. */
AuditOptions audit_options_from(const adtopo_audit_options *options);

Style style_from(const adtopo_style *style);

#endif
