#ifndef ADTOPO_RULES_PARAMETER_H
#define ADTOPO_RULES_PARAMETER_H

#include <glib.h>
#include <stdbool.h>

/* Thresholds that are advice rather than law: a policy may move them. */
typedef enum ParameterId {
    PARAMETER_MANY_SITES,
    PARAMETER_TOO_MANY_SITES,
    PARAMETER_MANY_CONNECTORS,
    PARAMETER_MANY_OBJECTS,
    PARAMETER_PROVISIONED_DAYS,
    PARAMETER_LONE_HUB_MAILBOX_SERVERS,
    PARAMETER_OBJECTS_CITED,
    PARAMETER_SERVERS_CITED,
    PARAMETER_COUNT,
} ParameterId;

typedef struct Parameter {
    const char *name;  /* in a policy: "many-sites" */
    const char *rules; /* whose threshold it is: "SITE019", or patterns with blanks between */
    const char *unit;  /* what the number counts: "sites" */
    guint usual;       /* where the policy says nothing */
    guint least;
    guint most;
    const char *about; /* what it decides, as a sentence */
} Parameter;

/* By id; static. */
const Parameter *parameter_info(ParameterId id);

/* By name; NULL and FAULT_USAGE, which names the nearest and all there are, when there is none. */
const Parameter *parameter_named(const char *name, GError **error);

/* Whether the rule with this id asks for it. */
bool parameter_is_of(const Parameter *parameter, const char *rule);

#endif
