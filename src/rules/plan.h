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

/* Whether all that is named was found, and what setup is to connect is known: what a plan with gaps
 * would make of the organisation, nobody can tell. */
static inline bool plan_is_whole(const Plan *plan)
{
    bool connects = plan->setup_connects || plan->bridgehead == NULL || !plan->first_hub;

    return connects && plan->gaps->len == 0;
}

/* "Exchange 2007 SP3, Hub Transport, on NEW-EX07 in site Munich": the caller frees it. */
char *plan_text(const Plan *plan);

/* Fills preflight->reasons and sets the verdict. Wants all the rest: audits, checks and routes.
 * `scenario` is that of preflight->audit. */
void preflight_decide(Preflight *preflight, unsigned scenario, int blocking);

/* Adds the checks of a planned setup to preflight->checks. */
void plan_check(Preflight *preflight, const Plan *plan, const PlanWords *words);

/* Its part about the computer that the server goes on (rule PRE022). */
void plan_check_computer(Preflight *preflight, const Plan *plan, const PlanWords *words);

/* Whether a computer can have the name; FAULT_USAGE, which says why not. */
bool plan_computer_is_possible(const char *name, GError **error);

/* Whether a server is older than Exchange 2007, or may be: its version was not read, and it stands
 * outside the administrative group in which all servers of 2007 and later are. */
bool server_may_be_legacy(const Server *server);

/* What the words to --decommission name (of const Entry): a server, a group or a connector by name
 * or DN, or all servers that are 2000/2003, or may be. NULL and FAULT_USAGE where they fit nothing,
 * or several, and FAULT_SOURCE where what they may fit was not read. */
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

/* Adds the checks of the servers at the ends of connectors: the one that is named to setup, and
 * those that --connector names or leaves to be chosen. */
void plan_check_bridgeheads(Preflight *preflight, const Plan *plan, const PlanWords *words);

/* The bridgehead of a group that is named without one: its master if that will do, else the first
 * member that does; where none surely does, one that may, and else any. NULL: no member is
 * known. */
const Server *plan_choose_bridgehead(const Topology *today, const RoutingGroup *group);

/* Whether it may not have been read which servers are members of a routing group; or, where one is
 * given, of which that server is. */
bool plan_membership_unread(const Topology *today, const Server *server);

/* Whether an end is on the side of Exchange 2007. */
static inline bool planned_end_is_modern(const PlannedEnd *end)
{
    return end->group == NULL || end->group->official;
}

#endif
