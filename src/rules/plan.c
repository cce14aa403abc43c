/* A plan as somebody typed it, made of objects of the directory; and the plan in words. */
#include "rules/plan-names.h"

#include "base/fault.h"
#include "rules/levels.h"

/* --- roles -------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    const char *name;
    int role;
} roles[] = {{"hub", "Hub Transport", ROLE_HUB_TRANSPORT},
             {"mailbox", "Mailbox", ROLE_MAILBOX},
             {"cas", "Client Access", ROLE_CLIENT_ACCESS},
             {"um", "Unified Messaging", ROLE_UNIFIED_MESSAGING},
             {"edge", "Edge Transport", ROLE_EDGE}};

static int role_of(const char *word)
{
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
        if (g_ascii_strcasecmp(roles[i].word, word) == 0)
            return roles[i].role;
    return 0;
}

static bool refuse_role(const char *word, GError **error)
{
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"%s\" is no role; known are hub, mailbox, cas, um, edge", word);
    return false;
}

static bool resolve_roles(SetupPlan *setup, const char *words, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(words == NULL ? "hub" : words, ",", -1);

    if (parts[0] == NULL)
        return refuse_role("", error);
    for (char **part = parts; *part != NULL; part++) {
        int role = role_of(g_strstrip(*part));

        if (role == 0)
            return refuse_role(*part, error);
        setup->roles |= role;
    }
    if ((setup->roles & ROLE_EDGE) == 0 || setup->roles == ROLE_EDGE)
        return true;
    g_set_error(error, FAULT, FAULT_USAGE, "Edge Transport cannot share a server with other roles");
    return false;
}

/* --- the plan ----------------------------------------------------------------------------- */

/* The pair that setup of the first hub makes between itself and the server named to it. */
static void add_setup_connection(Plan *plan)
{
    PlannedConnection connection = {.to = {.server = plan->bridgehead}};

    if (!plan->first_hub || plan->bridgehead == NULL || plan->bridgehead->routing_group == NULL)
        return;
    connection.to.group = plan->bridgehead->routing_group;
    g_ptr_array_insert(plan->connections, 0, g_memdup2(&connection, sizeof connection));
    plan->setup_connects = true;
}

static void resolve_server(Plan *plan, const Topology *today, const PlanWords *words,
                           GError **error)
{
    if (words->site == NULL) {
        if (words->roles != NULL || words->connectors != NULL)
            g_set_error(error, FAULT, FAULT_USAGE, "a plan for a server needs --site");
        return;
    }
    if (resolve_roles(&plan->setup, words->roles, error))
        plan->setup.site = (const Site *)(const void *)plan_find(
            plan, today, today->sites, CLASS_site, "site", words->site, error);
}

static void resolve_bridgehead(Plan *plan, const Topology *today, const char *name, GError **error)
{
    plan->bridgehead = (const Server *)(const void *)plan_find(
        plan, today, today->servers, CLASS_msExchExchangeServer, "server", name, error);
}

static void set_service_pack(SetupPlan *setup, int service_pack)
{
    const PreparationLevel *level = level_of(FAMILY_2007, (unsigned)service_pack);

    setup->service_pack = service_pack;
    setup->schema_level = level->schema;
    setup->organization_level = level->organization;
}

bool plan_resolve(Plan *plan, const Topology *today, const PlanWords *words, GError **error)
{
    const char *const *connector = words->connectors;
    g_autoptr(GError) fault = NULL;

    *plan = (Plan){.connections = g_ptr_array_new_with_free_func(g_free),
                   .gaps = g_ptr_array_new_with_free_func(g_free)};
    plan->setup.computer = words->computer == NULL ? "NEW-EX07" : words->computer;
    set_service_pack(&plan->setup, words->service_pack);
    plan->setup.connections = plan->connections;
    if (plan_computer_is_possible(plan->setup.computer, &fault))
        resolve_server(plan, today, words, &fault);
    if (fault == NULL && words->bridgehead != NULL)
        resolve_bridgehead(plan, today, words->bridgehead, &fault);
    for (; fault == NULL && connector != NULL && *connector != NULL; connector++)
        plan_add_connector(plan, today, *connector, &fault);
    if (fault != NULL) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return false;
    }
    plan->first_hub = (plan->setup.roles & ROLE_HUB_TRANSPORT) != 0 &&
                      !topology_has_server(today, server_is_hub);
    add_setup_connection(plan);
    return true;
}

void plan_clear(Plan *plan)
{
    g_clear_pointer(&plan->connections, g_ptr_array_unref);
    g_clear_pointer(&plan->gaps, g_ptr_array_unref);
}

static const char *end_name(const PlannedEnd *end, const Plan *plan)
{
    return end->server == NULL ? plan->setup.computer : end->server->object.name;
}

/* The pair of setup goes without saying. */
static void append_connections(GString *text, const Plan *plan)
{
    guint first = plan->setup_connects ? 1 : 0;

    for (guint i = first; i < plan->connections->len; i++) {
        const PlannedConnection *connection = g_ptr_array_index(plan->connections, i);

        g_string_append_printf(text, "%s \"%s\" and \"%s\"",
                               i == first ? "; connectors between" : ", between",
                               end_name(&connection->from, plan), end_name(&connection->to, plan));
    }
}

char *plan_text(const Plan *plan)
{
    static const char *const packs[] = {"", " SP1", " SP2", " SP3"};
    GString *text = g_string_new("Exchange 2007");

    g_string_append(text, packs[plan->setup.service_pack]);
    if (plan->setup.site == NULL) {
        g_string_append_printf(text, "; %s, so only what stands today was judged",
                               plan->gaps->len > 0 ? "not all that it names was read"
                                                   : "no site was named");
        return g_string_free(text, FALSE);
    }
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
        if ((plan->setup.roles & roles[i].role) != 0)
            g_string_append_printf(text, ", %s", roles[i].name);
    g_string_append_printf(text, ", on \"%s\" in site \"%s\"", plan->setup.computer,
                           plan->setup.site->object.name);
    if (plan->bridgehead != NULL)
        g_string_append_printf(text, ", bridgehead \"%s\"", plan->bridgehead->object.name);
    append_connections(text, plan);
    return g_string_free(text, FALSE);
}
