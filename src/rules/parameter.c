/* The table of parameters. */
#include "rules/parameter.h"

#include <string.h>

static const Parameter parameters[PARAMETER_COUNT] = {
    /* SITE019: from this many sites on a note, and a warning. The numbers are those of the
     * Exchange Health Checker. */
    [PARAMETER_MANY_SITES] = {"many-sites", 750, 1, 1000000},
    [PARAMETER_TOO_MANY_SITES] = {"too-many-sites", 1000, 1, 1000000},
    /* RG010: above this many connectors in one routing group. The Exchange Analyzer's number; a
     * domain controller's page ends at 1,000. */
    [PARAMETER_MANY_CONNECTORS] = {"many-connectors", 900, 1, 1000},
};

const Parameter *parameter_info(ParameterId id)
{
    return &parameters[id];
}

bool parameter_find(const char *name, ParameterId *id)
{
    for (guint i = 0; i < PARAMETER_COUNT; i++) {
        if (strcmp(parameters[i].name, name) != 0)
            continue;
        *id = (ParameterId)i;
        return true;
    }
    return false;
}
