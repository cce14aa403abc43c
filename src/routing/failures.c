/* What is down, and what goes down with it. That is worked out once, when the names are parsed:
 * searches ask for each edge. */
#include "routing/failures.h"

#include "routing/connections.h"
#include "routing/endpoint.h"

struct Failures {
    GHashTable *down; /* a set of const Object */
    GPtrArray *names; /* of char */
};

bool object_is_down(const Failures *failures, const Object *object)
{
    return g_hash_table_contains(failures->down, object);
}

static void add(Failures *failures, const Object *object)
{
    g_hash_table_add(failures->down, (gpointer)object);
}

static void add_servers(Failures *failures, const Site *site)
{
    FOR_EACH(const Server, server, site->servers)
        add(failures, &server->object);
}

/* A site that never had a server to carry mail is not down. */
static bool has_dead_servers(const Failures *failures, const Site *site)
{
    bool carries = false;

    FOR_EACH(const Server, server, site->servers) {
        if (!server_carries_mail(server))
            continue;
        if (!server_is_down(failures, server))
            return false;
        carries = true;
    }
    return carries;
}

static bool all_are_down(const Failures *failures, const GPtrArray *servers)
{
    FOR_EACH(const Server, server, servers)
        if (!server_is_down(failures, server))
            return false;
    return servers->len > 0;
}

static bool has_dead_end(const Failures *failures, const Connector *connector)
{
    g_autoptr(GPtrArray) sources = connector_senders(connector);
    g_autoptr(GPtrArray) targets = connector_takers(connector);

    return all_are_down(failures, sources) || all_are_down(failures, targets);
}

static void add_dead_connectors(Failures *failures, const Topology *topology)
{
    g_autoptr(GPtrArray) dead = g_ptr_array_new();

    FOR_EACH(Connector, connector, topology->connectors)
        if (has_dead_end(failures, connector))
            g_ptr_array_add(dead, connector);
    FOR_EACH(const Connector, connector, dead)
        add(failures, &connector->object);
}

/* What goes down with the things that are named. */
static void add_consequences(Failures *failures, const Topology *topology, const GPtrArray *named)
{
    FOR_EACH(const Endpoint, endpoint, named)
        if (endpoint->kind == ENDPOINT_SITE)
            add_servers(failures, endpoint->site);
    FOR_EACH(const Endpoint, endpoint, named)
        if (endpoint->kind == ENDPOINT_SERVER && endpoint->server->site != NULL &&
            has_dead_servers(failures, endpoint->server->site))
            add(failures, &endpoint->server->site->object);
    if (named->len > 0)
        add_dead_connectors(failures, topology);
}

static Endpoint *parse_name(const Topology *topology, const char *name, GError **error)
{
    static const guint kinds = 1u << ENDPOINT_SITE | 1u << ENDPOINT_SERVER |
                               1u << ENDPOINT_CONNECTOR;

    return endpoint_parse(topology, name, kinds, error);
}

Failures *failures_parse(const Topology *topology, const char *const *names, GError **error)
{
    g_autoptr(GPtrArray) named = g_ptr_array_new_with_free_func((GDestroyNotify)endpoint_free);
    g_autoptr(Failures) failures = g_new0(Failures, 1);

    failures->down = g_hash_table_new(NULL, NULL);
    failures->names = g_ptr_array_new_with_free_func(g_free);
    for (; names != NULL && *names != NULL; names++) {
        Endpoint *endpoint = parse_name(topology, *names, error);

        if (endpoint == NULL)
            return NULL;
        g_ptr_array_add(named, endpoint);
        if (g_hash_table_add(failures->down, (gpointer)endpoint->object))
            g_ptr_array_add(failures->names, g_strdup(endpoint->text));
    }
    add_consequences(failures, topology, named);
    return g_steal_pointer(&failures);
}

void failures_free(Failures *failures)
{
    if (failures == NULL)
        return;
    g_hash_table_unref(failures->down);
    g_ptr_array_unref(failures->names);
    g_free(failures);
}

const GPtrArray *failures_names(const Failures *failures)
{
    return failures->names;
}

char *failures_text(const Failures *failures)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(const char, name, failures->names)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", name);
    return g_string_free(text, FALSE);
}

char **failures_known(const Topology *topology, const char *const *names)
{
    GPtrArray *known = g_ptr_array_new();

    for (; names != NULL && *names != NULL; names++) {
        g_autoptr(Endpoint) endpoint = parse_name(topology, *names, NULL);

        if (endpoint != NULL)
            g_ptr_array_add(known, g_strdup(*names));
    }
    g_ptr_array_add(known, NULL);
    return (char **)g_ptr_array_free(known, FALSE);
}

bool failures_any(const Failures *failures)
{
    return g_hash_table_size(failures->down) > 0;
}

bool server_is_down(const Failures *failures, const Server *server)
{
    return object_is_down(failures, &server->object);
}

bool site_is_down(const Failures *failures, const Site *site)
{
    return object_is_down(failures, &site->object);
}

bool connector_is_down(const Failures *failures, const Connector *connector)
{
    return object_is_down(failures, &connector->object);
}
