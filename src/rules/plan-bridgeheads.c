/*
 * The servers that a plan puts at the ends of routing group connectors: that which is named to
 * setup of the first hub, and those of connectors that are planned beside it. Whether each will do,
 * which others would, and what of that was not read.
 */
#include "rules/plan.h"
#include "rules/routing-groups.h"
#include "rules/sight.h"
#include "rules/words.h"

enum { BUILD_2003_SP2 = 7638, BUILD_2000_SP3 = 6249 };

/* What is asked of a server, the most first. */
typedef enum Duty {
    DUTY_JOIN,   /* of Exchange 2000/2003, connected with 2007 */
    DUTY_WITHIN, /* of Exchange 2000/2003, connected with its like, as front-ends may be */
    DUTY_HUB,    /* of Exchange 2007 and 2010 */
    DUTY_COUNT,
} Duty;

/* --- what is wrong ------------------------------------------------------------------------ */

/* msExchServerAutoStart of the virtual servers: FALSE on every one means that none listens. */
static bool smtp_is_off(const Server *server)
{
    FOR_EACH(const VirtualServer, smtp, server->below->virtual_servers) {
        bool starts;

        if (!entry_boolean(smtp->object.entry, ATTR_msExchServerAutoStart, &starts) || starts)
            return false;
    }
    return true;
}

/* One without it starts; but where none has it, it was not read. */
static bool starts_are_unread(const Topology *today)
{
    return directory_seen(today->directory, CLASS_protocolCfgSMTPServer,
                          ATTR_msExchServerAutoStart) == 0;
}

/* None, or none that shows anything. */
static bool smtp_is_bare(const Server *server)
{
    FOR_EACH(const VirtualServer, smtp, server->below->virtual_servers)
        if (!sight_is_bare(smtp->object.entry))
            return false;
    return true;
}

static bool smtp_may_be_unread(const Topology *today, const Server *server)
{
    return smtp_is_bare(server) ||
           (smtp_is_off(server) &&
            directory_may_lack(today->directory, CLASS_protocolCfgSMTPServer));
}

bool plan_membership_unread(const Topology *today, const Server *server)
{
    const Value *group = server == NULL
                             ? NULL
                             : entry_value(server->object.entry, ATTR_msExchHomeRoutingGroup);

    return !members_were_read(today->directory) ||
           directory_may_lack(today->directory, CLASS_msExchRoutingGroup) ||
           reference_state(today->directory, group) == REFERENCE_UNSEEN;
}

static bool group_may_be_unread(const Topology *today, const Server *server)
{
    return server->routing_group == NULL && plan_membership_unread(today, server);
}

/* Zero is written on servers that are none (KB 322887): where no server has either attribute, they
 * were not read. */
static bool front_ends_unread(const Topology *today)
{
    return directory_seen(today->directory, CLASS_msExchExchangeServer, ATTR_msExchServerRole) ==
               0 &&
           directory_seen(today->directory, CLASS_msExchExchangeServer, ATTR_serverRole) == 0;
}

/* The version and service pack that setup's legacy routing server needs; else what is wrong. */
static char *version_fault(const Server *server)
{
    const Version *version = &server->version;
    g_autofree char *product = product_of(server);

    if (version->family != FAMILY_2000 && version->family != FAMILY_2003)
        return g_strdup_printf("runs Exchange %s, not 2000 or 2003", product);
    if (version->family == FAMILY_2003 && version->build < BUILD_2003_SP2)
        return g_strdup_printf("runs Exchange %s, not Service Pack 2", product);
    if (version->family == FAMILY_2000 && version->build < BUILD_2000_SP3)
        return g_strdup_printf("runs Exchange %s, not Service Pack 3", product);
    return NULL;
}

/* What is surely wrong with a server, in words that fit behind its name; NULL: nothing is. The
 * caller frees it. */
static char *fault_of(const Topology *today, const Server *server, Duty duty)
{
    char *fault;

    if (server_version_unseen(server))
        return NULL;
    if (duty == DUTY_HUB)
        return server->roles.present && !server_is_hub(server)
                   ? g_strdup("is no Hub Transport server")
                   : NULL;
    fault = version_fault(server);
    if (fault != NULL)
        return fault;
    if (duty == DUTY_JOIN && server_is_front_end(server))
        return g_strdup("is a front-end server");
    if (server->routing_group == NULL && !group_may_be_unread(today, server))
        return g_strdup("is in no routing group");
    if (smtp_is_off(server) && !smtp_may_be_unread(today, server))
        return g_strdup("has no SMTP virtual server that starts (msExchServerAutoStart is FALSE)");
    return NULL;
}

/* What of a server was not read that tells whether it will do, in words; NULL: all was. */
static const char *unread_of(const Topology *today, const Server *server, Duty duty)
{
    if (server_version_unseen(server))
        return "the version";
    if (duty == DUTY_HUB)
        return server->roles.present ? NULL : "the list of roles";
    if (duty == DUTY_JOIN && front_ends_unread(today))
        return "the front-end flag (msExchServerRole)";
    if (group_may_be_unread(today, server))
        return "the routing group";
    if (smtp_may_be_unread(today, server))
        return "an SMTP virtual server";
    return starts_are_unread(today) ? "msExchServerAutoStart of the SMTP virtual server" : NULL;
}

static PlanState state_of(const Topology *today, const Server *server, Duty duty)
{
    g_autofree char *fault = fault_of(today, server, duty);

    if (fault != NULL)
        return PLAN_FAILED;
    return unread_of(today, server, duty) != NULL ? PLAN_UNSEEN : PLAN_PASSED;
}

/* --- which could be it -------------------------------------------------------------------- */

/* The first of the members that is in such a state; NULL: none is. */
static const Server *member_in_state(const Topology *today, const RoutingGroup *group,
                                     PlanState state)
{
    const Server *master = group->master;

    if (master != NULL && master->routing_group == group &&
        state_of(today, master, DUTY_JOIN) == state)
        return master;
    FOR_EACH(const Server, member, group->members)
        if (state_of(today, member, DUTY_JOIN) == state)
            return member;
    return NULL;
}

const Server *plan_choose_bridgehead(const Topology *today, const RoutingGroup *group)
{
    static const PlanState states[] = {PLAN_PASSED, PLAN_UNSEEN, PLAN_FAILED};
    const Server *chosen = NULL;

    for (guint i = 0; chosen == NULL && i < G_N_ELEMENTS(states); i++)
        chosen = member_in_state(today, group, states[i]);
    return chosen;
}

/* Those of a group, or of all servers where it is NULL, in words. */
static char *candidates(const Topology *today, const RoutingGroup *group, Duty duty)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();

    FOR_EACH(Server, server, group == NULL ? today->servers : group->members)
        if (!server->clustered && state_of(today, server, duty) == PLAN_PASSED)
            g_ptr_array_add(found, server);
    return names_of(found);
}

/* --- the checks --------------------------------------------------------------------------- */

static void add_passed(Preflight *preflight, const char *subject, const Server *server, Duty duty)
{
    g_autofree char *product = product_of(server);

    if (duty == DUTY_HUB)
        preflight_add_check(preflight, subject, PLAN_PASSED, "\"%s\" is a Hub Transport server",
                            server->object.name);
    else
        preflight_add_check(
            preflight, subject, PLAN_PASSED,
            "\"%s\" runs Exchange %s, %shas an SMTP virtual server and is in "
            "routing group \"%s\"%s",
            server->object.name, product, duty == DUTY_JOIN ? "is no front-end, " : "",
            server->routing_group->object.name,
            server->clustered ? "; it is clustered: a plain server is simpler" : "");
}

/* A server that is to stand for a group, or for any where it is NULL. */
static void judge(Preflight *preflight, const char *subject, const Server *server,
                  const RoutingGroup *group, Duty duty)
{
    const Topology *today = preflight->today;
    const char *unread = unread_of(today, server, duty);
    g_autofree char *fault = fault_of(today, server, duty);
    g_autofree char *known = candidates(today, group, duty);

    if (fault != NULL)
        preflight_add_check(
            preflight, subject, PLAN_FAILED, "\"%s\" %s; those %sthat could be the bridgehead: %s",
            server->object.name, fault, group == NULL ? "" : "of its routing group ", known);
    else if (unread != NULL)
        preflight_add_check(preflight, subject, PLAN_UNSEEN,
                            "%s of \"%s\" was not read, so it cannot be told whether it will do",
                            unread, server->object.name);
    else
        add_passed(preflight, subject, server, duty);
}

/* Whether what was not read may hold a hub, so that the one that is planned is not the first. */
static bool hub_may_be_unread(const Topology *today)
{
    FOR_EACH(const Server, server, today->servers)
        if (server_version_unseen(server) ||
            (server_uses_routing_group(server) && !server->roles.present))
            return true;
    return directory_may_lack(today->directory, CLASS_msExchExchangeServer);
}

static void check_no_bridgehead(Preflight *preflight, const Plan *plan)
{
    g_autofree char *known = candidates(preflight->today, NULL, DUTY_JOIN);

    if (!plan->first_hub || !topology_has_server(preflight->today, server_is_legacy))
        return;
    if (hub_may_be_unread(preflight->today))
        preflight_add_check(preflight, "bridgehead", PLAN_UNSEEN,
                            "no Hub Transport server was found, but not every server was read with "
                            "its roles: if this is the first, it needs a bridgehead of Exchange "
                            "2000/2003 (--bridgehead)");
    else
        preflight_add_check(preflight, "bridgehead", PLAN_FAILED,
                            "the first hub needs a bridgehead of Exchange 2000/2003 "
                            "(--bridgehead; setup /LegacyRoutingServer), or no mail passes between "
                            "the versions; those that could be it: %s",
                            known);
}

static Duty duty_of(const PlannedEnd *end, const PlannedEnd *other)
{
    if (planned_end_is_modern(end))
        return DUTY_HUB;
    return planned_end_is_modern(other) ? DUTY_JOIN : DUTY_WITHIN;
}

/* A server at several ends is judged once, by the most that is asked of it. */
static void judge_end(Preflight *preflight, GPtrArray *judged, const PlannedEnd *end, Duty duty)
{
    if (end->server == NULL || g_ptr_array_find(judged, end->server, NULL))
        return;
    g_ptr_array_add(judged, (gpointer)end->server);
    judge(preflight, "connector", end->server, end->group, duty);
}

static void check_connectors(Preflight *preflight, const Plan *plan)
{
    g_autoptr(GPtrArray) judged = g_ptr_array_new();

    if (plan->bridgehead != NULL)
        g_ptr_array_add(judged, (gpointer)plan->bridgehead);
    for (Duty duty = DUTY_JOIN; duty < DUTY_COUNT; duty++)
        FOR_EACH(const PlannedConnection, planned, plan->connections) {
            if (duty_of(&planned->from, &planned->to) == duty)
                judge_end(preflight, judged, &planned->from, duty);
            if (duty_of(&planned->to, &planned->from) == duty)
                judge_end(preflight, judged, &planned->to, duty);
        }
}

void plan_check_bridgeheads(Preflight *preflight, const Plan *plan, const PlanWords *words)
{
    if (plan->bridgehead != NULL)
        judge(preflight, "bridgehead", plan->bridgehead, NULL, DUTY_JOIN);
    if (words->bridgehead == NULL && plan->setup.site != NULL)
        check_no_bridgehead(preflight, plan);
    check_connectors(preflight, plan);
}
