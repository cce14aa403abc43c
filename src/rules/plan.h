#ifndef ADTOPO_RULES_PLAN_H
#define ADTOPO_RULES_PLAN_H

#include "rules/preflight.h"

#include <glib.h>
#include <stdbool.h>

/* The plan of a preflight, from words to objects, and the checks of the plan itself. For
 * preflight.c only. */
typedef struct Plan {
    SetupPlan setup;          /* site is NULL: no server is planned */
    const Server *bridgehead; /* NULL: none was named, or it is among the gaps */
    GPtrArray *connections;   /* of PlannedConnection: that of setup first */
    GPtrArray *gaps;          /* of char: what the plan names and nobody read, with the reason */
    bool first_hub;           /* a hub is planned, and there is none yet */
    bool setup_connects;      /* the first of the connections is that of setup */
} Plan;

/* Fits the words to the directory. FAULT_USAGE where a name fits several objects, or nothing, and
 * it is sure that there is nothing. */
bool plan_resolve(Plan *plan, const Topology *today, const PlanWords *words, GError **error);
void plan_clear(Plan *plan);

/* "Exchange 2007 SP3, Hub Transport, on NEW-EX07 in site Munich": the caller frees it. */
char *plan_text(const Plan *plan);

/* Adds the checks of a planned setup to preflight->checks. */
void plan_check(Preflight *preflight, const Plan *plan, const PlanWords *words);

/* Its part about the computer that the server goes on (rule PRE022). */
void plan_check_computer(Preflight *preflight, const Plan *plan, const PlanWords *words);

/* Whether a computer can have the name; FAULT_USAGE, which says why not. */
bool plan_computer_is_possible(const char *name, GError **error);

/* What the words to --decommission name (of const Entry): a server, a group or a connector by name
 * or DN, or all 2000/2003 servers. NULL and FAULT_USAGE where they fit nothing, or several, and
 * FAULT_SOURCE where what they may fit was not read. */
GPtrArray *plan_removed(const Topology *today, const char *words, GError **error);

/* Adds the checks of a planned removal to preflight->checks. */
void plan_check_removal(Preflight *preflight);

/* Says how many assertions of the policy hold after the plan; nothing where there are none. */
void plan_check_assertions(Preflight *preflight);

/* Adds one check; the text is printf form. */
void preflight_add_check(Preflight *preflight, const char *subject, PlanState state,
                         const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Fills preflight->routes: between the sites with mail servers of 2007 and later and the groups of
 * older ones, as far as the plan changes them. The planned site may be NULL. */
void plan_compare_routes(Preflight *preflight, const Site *planned);
void plan_route_free(gpointer route);

/* Whether a 2000/2003 server can be setup's legacy routing server; otherwise why not, in words that
 * fit behind its name. The caller frees it; NULL: it can. */
char *bridgehead_fault(const Server *server);

#endif
