/*
 * Connectors of a plan, from the words FROM:TO to routing groups and the servers that stand for
 * them.
 */
#include "rules/plan-names.h"

#include "base/fault.h"
#include "base/fold.h"

#include <string.h>

static bool is_modern_word(const Topology *topology, const char *name)
{
    const RoutingGroup *official = topology->official_routing_group;

    return g_str_equal(name, "2007") ||
           name_equal(name, "Exchange Routing Group (" ROUTING_GROUP_TOKEN ")") ||
           (official != NULL && name_equal(name, official->object.name));
}

/* An end that has no group, or no server: a gap where that may merely not have been read. */
static void miss_bridgehead(Plan *plan, const Topology *topology, const PlannedEnd *end,
                            GError **error)
{
    bool unread = plan_membership_unread(topology, end->server) ||
                  (end->server == NULL && plan_servers_may_be_unread(topology));
    g_autofree char *text =
        end->server != NULL
            ? g_strdup_printf(unread ? "the routing group of server \"%s\" was not read"
                                     : "server \"%s\" is in no routing group",
                              end->server->object.name)
            : g_strdup_printf(unread ? "no server of routing group \"%s\" was read"
                                     : "routing group \"%s\" has no server to be a bridgehead",
                              end->group->object.name);

    if (unread)
        g_ptr_array_add(plan->gaps, g_steal_pointer(&text));
    else
        g_set_error_literal(error, FAULT, FAULT_USAGE, text);
}

/* The server of that name; but where it is in no group, a routing group of the name is meant. */
static const Server *server_named(const Topology *topology, const char *name)
{
    const Object *group = NULL;
    const Object *found = NULL;
    const Server *server;

    if (plan_look_up(topology, topology->servers, name, &found) != 1)
        return NULL;
    server = (const Server *)(const void *)found;
    if (server->routing_group == NULL &&
        plan_look_up(topology, topology->routing_groups, name, &group) > 0)
        return NULL;
    return server;
}

/* A server stands for its group, and a group for one of its servers. FALSE also for a gap in the
 * plan, without an error. */
static bool resolve_end(Plan *plan, PlannedEnd *end, const Topology *topology, const char *name,
                        GError **error)
{
    *end = (PlannedEnd){0};
    if (is_modern_word(topology, name))
        return true;
    end->server = server_named(topology, name);
    if (end->server != NULL) {
        end->group = end->server->routing_group;
    } else {
        end->group = (const RoutingGroup *)(const void *)plan_find(
            plan, topology, topology->routing_groups, CLASS_msExchRoutingGroup, "routing group",
            name, error);
        if (end->group == NULL)
            return false;
        end->server = plan_choose_bridgehead(topology, end->group);
    }
    if (end->server != NULL && end->group != NULL)
        return true;
    miss_bridgehead(plan, topology, end, error);
    return false;
}

static bool is_known_end(const Topology *topology, const char *words, gsize length)
{
    g_autofree char *name = g_strstrip(g_strndup(words, length));
    const Object *found = NULL;

    return is_modern_word(topology, name) ||
           plan_look_up(topology, topology->servers, name, &found) > 0 ||
           plan_look_up(topology, topology->routing_groups, name, &found) > 0;
}

/* The colon between the ends. Names may hold some as well: it is the last of those with the most
 * known ends beside them. NULL: there is none. */
static const char *find_parting(const Topology *topology, const char *words)
{
    const char *parting = NULL;
    int most = -1;

    for (gsize i = strlen(words); i-- > 0;) {
        const char *rest = words + i + 1;
        int known;

        if (words[i] != ':')
            continue;
        known = is_known_end(topology, words, i) + is_known_end(topology, rest, strlen(rest));
        if (known > most) {
            parting = words + i;
            most = known;
        }
    }
    return parting;
}

/* Which colon was taken is worth a word only where there are several. */
static bool resolve_ends(Plan *plan, PlannedConnection *connection, const Topology *topology,
                         const char *words, const char *parting, GError **error)
{
    g_autofree char *from = g_strstrip(g_strndup(words, (gsize)(parting - words)));
    g_autofree char *to = g_strstrip(g_strdup(parting + 1));

    if (resolve_end(plan, &connection->from, topology, from, error) &&
        resolve_end(plan, &connection->to, topology, to, error))
        return true;
    if (strchr(words, ':') != strrchr(words, ':'))
        g_prefix_error(error, "--connector, taken as from \"%s\" to \"%s\": ", from, to);
    return false;
}

static void add_connection(Plan *plan, const PlannedConnection *connection, const char *words,
                           GError **error)
{
    const PlannedEnd *from = &connection->from;
    const PlannedEnd *to = &connection->to;

    if (from->group == to->group || (planned_end_is_modern(from) && planned_end_is_modern(to)))
        g_set_error(error, FAULT, FAULT_USAGE,
                    "--connector %s: both ends are in the same routing group", words);
    else
        g_ptr_array_add(plan->connections, g_memdup2(connection, sizeof *connection));
}

void plan_add_connector(Plan *plan, const Topology *topology, const char *words, GError **error)
{
    const char *parting = find_parting(topology, words);
    PlannedConnection connection;

    if (parting == NULL)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "--connector takes FROM:TO, two routing groups or servers, not \"%s\"", words);
    else if (resolve_ends(plan, &connection, topology, words, parting, error))
        add_connection(plan, &connection, words, error);
}
