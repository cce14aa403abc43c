#ifndef ADTOPO_RULES_PARAMETER_H
#define ADTOPO_RULES_PARAMETER_H

#include <glib.h>
#include <stdbool.h>

/* Thresholds that are advice rather than law: a policy may move them. */
typedef enum ParameterId {
    PARAMETER_MANY_SITES,
    PARAMETER_TOO_MANY_SITES,
    PARAMETER_MANY_CONNECTORS,
    PARAMETER_COUNT,
} ParameterId;

typedef struct Parameter {
    const char *name; /* in a policy: "many-sites" */
    guint usual;      /* where the policy says nothing */
    guint least;
    guint most;
} Parameter;

/* By id; static. */
const Parameter *parameter_info(ParameterId id);

/* By name; FALSE when there is none of that name. */
bool parameter_find(const char *name, ParameterId *id);

#endif
