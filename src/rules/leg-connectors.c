/* LEG, the part about connectors to other mail systems that no later version has: what was read of
 * them is told, and where none could be seen, that. */
#include "rules/leg.h"

#include "rules/entries.h"
#include "rules/routing-groups.h"

/* --- LEG008 to LEG010, LEG013, LEG014 ----------------------------------------------------- */

static void check_mail_connectors_of_2000(Check *check)
{
    connectors_unread(check);
    raise_components(check, component_severity(check), CLASS_mSMailConnector, "MS Mail connector");
    raise_components(check, component_severity(check), CLASS_msExchccMailConnector,
                     "cc:Mail connector");
}

const Rule LEG008 = {
    .id = "LEG008",
    .slug = "ms-mail-connector",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A connector to MS Mail or cc:Mail exists",
    .condition = "An object of class mSMailConnector or msExchccMailConnector exists.",
    .why = "The last version with these connectors is Exchange 2000. Mail to those systems ends "
           "with its last server.",
    .remedy = "Migrate the other system or reach it over SMTP, and delete the connector; else keep "
              "one Exchange 2000 server.",
    .references = "TechNet bb288905",
    .check = check_mail_connectors_of_2000,
};

/* What LEG009 lists besides Notes and GroupWise; the classes that other rules judge are out. */
static bool is_other_gateway(ClassId class_id)
{
    static const ClassId others[] = {
        CLASS_msExchRoutingSMTPConnector,
        CLASS_x400Link,
        CLASS_mSMailConnector,
        CLASS_msExchccMailConnector,
        CLASS_msExchNotesConnector,
        CLASS_msExchGroupWiseConnector,
        CLASS_msExchCalendarConnector,
        CLASS_msExchSNADSConnector,
        CLASS_msExchOVVMConnector,
    };

    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (class_is_a(class_id, others[i]))
            return false;
    return true;
}

static void check_foreign_connectors(Check *check)
{
    g_autoptr(GPtrArray) gateways = living_entries(check_topology(check), CLASS_mailGateway);
    Severity severity = component_severity(check);

    connectors_unread(check);
    raise_components(check, severity, CLASS_msExchNotesConnector, "Lotus Notes connector");
    raise_components(check, severity, CLASS_msExchGroupWiseConnector, "GroupWise connector");
    FOR_EACH(const Entry, entry, gateways)
        if (is_other_gateway((ClassId)entry->class_id))
            raise_component(check, severity, entry, "Gateway of another maker");
}

const Rule LEG009 = {
    .id = "LEG009",
    .slug = "notes-or-groupwise-connector",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A connector to Notes, GroupWise or another foreign system exists",
    .condition = "An object of class msExchNotesConnector or msExchGroupWiseConnector exists, or "
                 "any other mailGateway that is neither an SMTP nor an X.400 connector nor one of "
                 "LEG008, LEG013 and LEG014. An error before the last Exchange 2000/2003 server "
                 "goes, a warning otherwise.",
    .why = "Exchange 2007 runs none of these connectors. An Exchange 2003 server can serve the "
           "whole organisation with them, as long as there is one.",
    .remedy = "Keep one Exchange 2003 server for the connector, or replace it: for Notes by "
              "Microsoft Transporter, for others by SMTP.",
    .references = "TechNet bb288905; Exchange 2007, discontinued features",
    .check = check_foreign_connectors,
};

static void check_x400(Check *check)
{
    connectors_unread(check);
    raise_components(check, component_severity(check), CLASS_x400Link, "X.400 connector");
    raise_components(check, component_severity(check), CLASS_transportStack,
                     "X.400 transport stack");
}

const Rule LEG010 = {
    .id = "LEG010",
    .slug = "x400-connector",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "An X.400 connector or transport stack exists",
    .condition = "An object of class x400Link (rFC1006X400Link, x25X400Link, tP4X400Link, "
                 "rASX400Link) or transportStack exists. An error before the last Exchange "
                 "2000/2003 server goes, a warning otherwise.",
    .why = "Exchange 2007 has no message transfer agent and no X.400. What goes over such a "
           "connector needs an Exchange 2000/2003 server at its end.",
    .remedy = "Between routing groups, use a routing group connector instead. For a foreign X.400 "
              "system, keep an Exchange 2003 server or agree on SMTP with the other side.",
    .references = "Exchange Analyzer article on X.400 connectors; Exchange 2007, discontinued "
                  "features",
    .check = check_x400,
};

static void check_calendar_connector(Check *check)
{
    connectors_unread(check);
    raise_components(check, SEVERITY_WARNING, CLASS_msExchCalendarConnector, "Calendar connector");
}

const Rule LEG013 = {
    .id = "LEG013",
    .slug = "calendar-connector",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A Calendar connector exists",
    .condition = "An object of class msExchCalendarConnector exists.",
    .why = "It gives Notes and GroupWise users free/busy times and takes theirs; it ends with the "
           "last Exchange 2000/2003 server.",
    .remedy = "Retire it together with the connector it goes with (LEG009).",
    .references = "Exchange 2000 documentation on optional components",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_calendar_connector,
};

static void check_host_connectors(Check *check)
{
    connectors_unread(check);
    raise_components(check, SEVERITY_WARNING, CLASS_msExchSNADSConnector, "SNADS connector");
    raise_components(check, SEVERITY_WARNING, CLASS_msExchOVVMConnector, "OfficeVision connector");
}

const Rule LEG014 = {
    .id = "LEG014",
    .slug = "host-mail-connector",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A SNADS or OfficeVision connector exists",
    .condition = "An object of class msExchSNADSConnector or msExchOVVMConnector exists.",
    .why = "No version since Exchange 2003 has these connectors to mail of IBM hosts.",
    .remedy = "Migrate the other system or reach it over SMTP; else keep the server that runs the "
              "connector.",
    .references = "Exchange 2000 documentation on optional components",
    .check = check_host_connectors,
};
