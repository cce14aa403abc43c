/*
 * A plan as somebody typed it, fitted to the objects of the directory. What fits nothing is
 * said with the names there are, because a verdict about a misspelt plan would be one about
 * nothing.
 */
#include "rules/plan.h"

#include "base/fault.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "rules/sight.h"
#include "rules/words.h"

#include <string.h>

/* --- names -------------------------------------------------------------------------------- */

static bool same_name(const char *a, const char *b)
{
    return fold_equal(a, strlen(a), b, strlen(b));
}

/* How many of a list of typed objects have that name, or are the one with that DN; *found is one of
 * them. */
static guint look_up(const Topology *topology, const GPtrArray *objects, const char *name,
                     const Object **found)
{
    const Dn *dn = dn_find(directory_names(topology->directory), name, strlen(name));
    guint count = 0;

    FOR_EACH(const Object, object, objects) {
        if (object->entry->dn != dn && !same_name(object->name, name))
            continue;
        *found = object;
        if (object->entry->dn == dn)
            return 1;
        count++;
    }
    return count;
}

/* Why an object may be there although it was not read, in words; NULL: it is not there. */
static char *why_unread(const Topology *topology, const GPtrArray *objects, ClassId id)
{
    g_autoptr(Sight) sight = sight_new(topology);
    char *gap = sight_gap(sight, id);

    if (gap != NULL)
        return gap;
    if (objects->len == 0)
        return g_strdup("none was");
    if (directory_may_lack(topology->directory, id))
        return g_strdup("its record may be one of those that were lost");
    return NULL;
}

static void refuse_name(const GPtrArray *objects, const char *kind, const char *name,
                        GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *known = names_of(objects);
    const char *nearest;

    FOR_EACH(const Object, object, objects)
        g_ptr_array_add(names, (gpointer)object->name);
    nearest = nearest_name(name, names);
    if (nearest != NULL)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no %s is called \"%s\"; did you mean \"%s\"? Known are %s", kind, name,
                    nearest, known);
    else
        g_set_error(error, FAULT, FAULT_USAGE, "no %s is called \"%s\"; known are %s", kind, name,
                    known);
}

/* A name that nothing bears is misspelt; but where the object may merely not have been read, it is
 * a gap in the plan. */
static void miss_object(Plan *plan, const Topology *topology, const GPtrArray *objects, ClassId id,
                        const char *kind, const char *name, GError **error)
{
    g_autofree char *unread = why_unread(topology, objects, id);

    if (unread != NULL)
        g_ptr_array_add(plan->gaps,
                        g_strdup_printf("no %s called \"%s\" was read: %s", kind, name, unread));
    else
        refuse_name(objects, kind, name, error);
}

/* The object of a list that a plan names. NULL where it fits nothing or several: with FAULT_USAGE,
 * unless that is a gap. */
static const Object *find_object(Plan *plan, const Topology *topology, const GPtrArray *objects,
                                 ClassId id, const char *kind, const char *name, GError **error)
{
    const Object *found = NULL;
    guint count = look_up(topology, objects, name, &found);

    if (count == 1)
        return found;
    if (count == 0)
        miss_object(plan, topology, objects, id, kind, name, error);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is the name of %u %ss; give the distinguished name of one", name, count,
                    kind);
    return NULL;
}

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

/* --- connectors --------------------------------------------------------------------------- */

static bool is_modern_word(const Topology *topology, const char *name)
{
    const RoutingGroup *official = topology->official_routing_group;

    return g_str_equal(name, "2007") ||
           same_name(name, "Exchange Routing Group (" ROUTING_GROUP_TOKEN ")") ||
           (official != NULL && same_name(name, official->object.name));
}

/* An end that has no group, or no server: a gap where that may merely not have been read. */
static void miss_bridgehead(Plan *plan, const Topology *topology, const PlannedEnd *end,
                            GError **error)
{
    g_autofree char *servers = why_unread(topology, topology->servers, CLASS_msExchExchangeServer);
    bool unread = plan_membership_unread(topology, end->server) ||
                  (end->server == NULL && servers != NULL);
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

    if (look_up(topology, topology->servers, name, &found) != 1)
        return NULL;
    server = (const Server *)(const void *)found;
    if (server->routing_group == NULL &&
        look_up(topology, topology->routing_groups, name, &group) > 0)
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
        end->group = (const RoutingGroup *)(const void *)find_object(
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
           look_up(topology, topology->servers, name, &found) > 0 ||
           look_up(topology, topology->routing_groups, name, &found) > 0;
}

/* The colon between the ends. Names may hold some as well: it is the last of those with the most
 * known ends beside them. NULL: there is none. */
static const char *find_parting(const Topology *topology, const char *words)
{
    const char *parting = NULL;
    guint most = 0;

    for (gsize i = strlen(words); i-- > 0;) {
        const char *rest = words + i + 1;
        guint known;

        if (words[i] != ':')
            continue;
        known = (guint)is_known_end(topology, words, i) +
                (guint)is_known_end(topology, rest, strlen(rest));
        if (parting == NULL || known > most) {
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

static void resolve_connector(Plan *plan, const Topology *topology, const char *words,
                              GError **error)
{
    const char *parting = find_parting(topology, words);
    PlannedConnection connection;

    if (parting == NULL)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "--connector takes FROM:TO, two routing groups or servers, not \"%s\"", words);
    else if (!resolve_ends(plan, &connection, topology, words, parting, error))
        return;
    else if (connection.from.group == connection.to.group ||
             (planned_end_is_modern(&connection.from) && planned_end_is_modern(&connection.to)))
        g_set_error(error, FAULT, FAULT_USAGE,
                    "--connector %s: both ends are in the same routing group", words);
    else
        g_ptr_array_add(plan->connections, g_memdup2(&connection, sizeof connection));
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
        plan->setup.site = (const Site *)(const void *)find_object(
            plan, today, today->sites, CLASS_site, "site", words->site, error);
}

static void resolve_bridgehead(Plan *plan, const Topology *today, const char *name, GError **error)
{
    plan->bridgehead = (const Server *)(const void *)find_object(
        plan, today, today->servers, CLASS_msExchExchangeServer, "server", name, error);
}

bool plan_resolve(Plan *plan, const Topology *today, const PlanWords *words, GError **error)
{
    const char *const *connector = words->connectors;
    g_autoptr(GError) fault = NULL;

    *plan = (Plan){.connections = g_ptr_array_new_with_free_func(g_free),
                   .gaps = g_ptr_array_new_with_free_func(g_free)};
    plan->setup.computer = words->computer == NULL ? "NEW-EX07" : words->computer;
    plan->setup.service_pack = words->service_pack;
    plan->setup.connections = plan->connections;
    if (plan_computer_is_possible(plan->setup.computer, &fault))
        resolve_server(plan, today, words, &fault);
    if (fault == NULL && words->bridgehead != NULL)
        resolve_bridgehead(plan, today, words->bridgehead, &fault);
    for (; fault == NULL && connector != NULL && *connector != NULL; connector++)
        resolve_connector(plan, today, *connector, &fault);
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

/* --- removals ----------------------------------------------------------------------------- */

bool server_may_be_legacy(const Server *server)
{
    if (server->version.family != FAMILY_UNKNOWN || server_is_provisioned_only(server))
        return server_is_legacy(server);
    return server->admin_group == NULL || !server->admin_group->official;
}

/* Why old servers may be there although none is known for one, in words; NULL: there is none. */
static char *why_none_is_old(const Topology *today, const GPtrArray *doubtful)
{
    g_autofree char *names = names_of(doubtful);
    char *unread = why_unread(today, today->servers, CLASS_msExchExchangeServer);

    if (unread != NULL || doubtful->len == 0)
        return unread;
    return g_strdup_printf("serialNumber was not read, or not understood, on %s", names);
}

/* At least one has to be known; then those that may be old belong to them. */
static GPtrArray *last_legacy(const Topology *today, GError **error)
{
    g_autoptr(GPtrArray) servers = servers_where(today->servers, server_may_be_legacy);
    GPtrArray *removed;

    if (!topology_has_server(today, server_is_legacy)) {
        g_autofree char *unread = why_none_is_old(today, servers);

        if (unread != NULL)
            g_set_error(error, FAULT, FAULT_SOURCE,
                        "no server older than Exchange 2007 was read: %s", unread);
        else
            g_set_error(error, FAULT, FAULT_USAGE, "there is no server older than Exchange 2007");
        return NULL;
    }
    removed = g_ptr_array_new();
    FOR_EACH(const Server, server, servers)
        g_ptr_array_add(removed, (gpointer)server->object.entry);
    return removed;
}

/* Appends those of a list that bear the name or the DN. */
static void add_named(GPtrArray *found, const Topology *today, const GPtrArray *objects,
                      const char *name)
{
    const Dn *dn = dn_find(directory_names(today->directory), name, strlen(name));

    FOR_EACH(const Object, object, objects)
        if (object->entry->dn == dn || same_name(object->name, name))
            g_ptr_array_add(found, (gpointer)object->entry);
}

static void keep_exact(GPtrArray *found, const Topology *today, const char *name)
{
    const Dn *dn = dn_find(directory_names(today->directory), name, strlen(name));

    for (guint i = found->len; dn != NULL && i-- > 0;)
        if (((const Entry *)g_ptr_array_index(found, i))->dn != dn)
            g_ptr_array_remove_index(found, i);
}

static void refuse_removal(const Topology *today, const char *words, GError **error)
{
    g_autofree char *servers = why_unread(today, today->servers, CLASS_msExchExchangeServer);
    g_autofree char *groups = why_unread(today, today->routing_groups, CLASS_msExchRoutingGroup);

    if (servers != NULL || groups != NULL)
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "no server, group or connector called \"%s\" was read; of %s: %s", words,
                    servers != NULL ? "servers" : "routing groups",
                    servers != NULL ? servers : groups);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no server, group or connector is called \"%s\"; \"adtopo show tree\" shows "
                    "them, and last-legacy stands for all servers older than Exchange 2007",
                    words);
}

GPtrArray *plan_removed(const Topology *today, const char *words, GError **error)
{
    const GPtrArray *lists[] = {today->servers, today->routing_groups, today->admin_groups,
                                today->connectors};
    GPtrArray *found;

    if (g_ascii_strcasecmp(words, "last-legacy") == 0)
        return last_legacy(today, error);
    found = g_ptr_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        add_named(found, today, lists[i], words);
    keep_exact(found, today, words);
    if (found->len == 1)
        return found;
    if (found->len == 0) {
        refuse_removal(today, words, error);
    } else {
        g_autofree char *one = dn_text(((const Entry *)g_ptr_array_index(found, 0))->dn);

        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is the name of %u objects; give the distinguished name of one, such as "
                    "%s",
                    words, found->len, one);
    }
    g_ptr_array_unref(found);
    return NULL;
}
