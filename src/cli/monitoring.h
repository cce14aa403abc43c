#ifndef ADTOPO_CLI_MONITORING_H
#define ADTOPO_CLI_MONITORING_H

#include "cli/options.h"

#include <stdbool.h>

/* --format nagios: the program is a monitoring plug-in, and ends as those do: 0 for OK, 1 for
 * WARNING, 2 for CRITICAL, 3 for UNKNOWN, which is also whatever kept it from judging. */

bool monitoring_wanted(const Options *options);

/* The plug-in's status for an audit that was written. */
int monitoring_status(const adtopo_audit *audit);

/* The same for a plan. */
int monitoring_verdict(const adtopo_preflight *preflight);

/* For what could not be judged, or not be told, a wrong command line too: says so where plug-ins
 * are read, on standard output. Without --format nagios, and for ADTOPO_OK, the status itself. */
int monitoring_failed(enum adtopo_status status, const Options *options);

#endif
