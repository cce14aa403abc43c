/* The manners of monitoring plug-ins, as the guidelines for their development have them. */
#include "cli/monitoring.h"

#include <stdio.h>

enum { STATE_OK, STATE_WARNING, STATE_CRITICAL, STATE_UNKNOWN };

bool monitoring_wanted(const Options *options)
{
    return g_strcmp0(options->format, "nagios") == 0;
}

int monitoring_status(const adtopo_audit *audit)
{
    enum adtopo_status errors = adtopo_audit_status(audit, ADTOPO_SEVERITY_ERROR);
    enum adtopo_status warnings = adtopo_audit_status(audit, ADTOPO_SEVERITY_WARNING);

    if (errors == ADTOPO_PARTIAL || adtopo_audit_rules(audit) == 0)
        return STATE_UNKNOWN;
    if (errors == ADTOPO_FOUND)
        return STATE_CRITICAL;
    return warnings == ADTOPO_FOUND ? STATE_WARNING : STATE_OK;
}

int monitoring_verdict(const adtopo_preflight *preflight)
{
    static const int states[] = {
        [ADTOPO_GO] = STATE_OK,
        [ADTOPO_NO_GO] = STATE_CRITICAL,
        [ADTOPO_CANNOT_TELL] = STATE_UNKNOWN,
    };

    return states[adtopo_preflight_verdict(preflight)];
}

int monitoring_failed(enum adtopo_status status, const Options *options)
{
    if (status == ADTOPO_OK || !monitoring_wanted(options))
        return (int)status;
    puts("ADTOPO UNKNOWN - nothing could be judged, standard error says why");
    return STATE_UNKNOWN;
}
