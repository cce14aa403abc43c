/* The table of parameters: every threshold of a rule that no product fixes. */
#include "rules/parameter.h"

#include "base/nearest.h"

static const Parameter parameters[PARAMETER_COUNT] = {
    /* The numbers are those of the Exchange Health Checker (ADSiteCount). */
    [PARAMETER_MANY_SITES] = {"many-sites", "SITE019", "sites", 750, 1, 1000000,
                              "From so many sites on the rule speaks."},
    [PARAMETER_TOO_MANY_SITES] = {"too-many-sites", "SITE019", "sites", 1000, 1, 1000000,
                                  "From so many sites on it warns."},
    /* The Exchange Analyzer's number; a domain controller's page ends at 1,000. */
    [PARAMETER_MANY_CONNECTORS] = {"many-connectors", "RG010", "connectors", 900, 1, 1000,
                                   "One routing group may hold so many connectors."},
    [PARAMETER_MANY_OBJECTS] = {"many-objects", "RES014", "objects", 900, 1, 1000,
                                "One container may hold so many objects of one kind."},
    /* Half a year: a delegated installation that has not come by then was forgotten. */
    [PARAMETER_PROVISIONED_DAYS] = {"provisioned-days", "RES010", "days", 180, 1, 36500,
                                    "Provisioned longer ago, a server is warned of."},
    [PARAMETER_LONE_HUB_MAILBOX_SERVERS] = {"lone-hub-mailbox-servers", "HUB003", "Mailbox servers",
                                            2, 1, 1000,
                                            "From so many Mailbox servers on, a site with one Hub "
                                            "Transport server is warned of."},
    [PARAMETER_OBJECTS_CITED] = {"objects-cited", "MGT001 DEC*", "objects", 25, 1, 1000,
                                 "One finding cites so many of the objects that it counts."},
    [PARAMETER_SERVERS_CITED] = {"servers-cited", "ORG006", "servers", 200, 1, 10000,
                                 "The census cites so many servers."},
};

const Parameter *parameter_info(ParameterId id)
{
    return &parameters[id];
}

const Parameter *parameter_named(const char *name, GError **error)
{
    return row_named(parameters, G_N_ELEMENTS(parameters), sizeof *parameters, "parameter", name,
                     error);
}

bool parameter_is_of(const Parameter *parameter, const char *rule)
{
    g_auto(GStrv) rules = g_strsplit(parameter->rules, " ", -1);

    for (char **pattern = rules; *pattern != NULL; pattern++)
        if (g_pattern_match_simple(*pattern, rule))
            return true;
    return false;
}
