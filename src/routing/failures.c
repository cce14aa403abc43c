/* What is down. Connectors are judged once, when the question is parsed: searches ask for each
 * edge. */
#include "routing/failures.h"

#include "routing/connections.h"
#include "routing/endpoint.h"

struct Failures {
    GHashTable *down; /* a set of const Object */
};

static bool has(const Failures *failures, const Object *object)
{
    return g_hash_table_contains(failures->down, object);
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
    g_autoptr(GPtrArray) sources = connector_source_servers(connector);
    g_autoptr(GPtrArray) targets = connector_target_servers(connector);

    return all_are_down(failures, sources) || all_are_down(failures, targets);
}

static void add_dead_connectors(Failures *failures, const Topology *topology)
{
    g_autoptr(GPtrArray) dead = g_ptr_array_new();

    FOR_EACH(Connector, connector, topology->connectors)
        if (has_dead_end(failures, connector))
            g_ptr_array_add(dead, connector);
    FOR_EACH(Connector, connector, dead)
        g_hash_table_add(failures->down, connector);
}

Failures *failures_parse(const Topology *topology, const char *const *names, GError **error)
{
    static const guint kinds = 1u << ENDPOINT_SITE | 1u << ENDPOINT_SERVER |
                               1u << ENDPOINT_CONNECTOR;
    g_autoptr(Failures) failures = g_new0(Failures, 1);

    failures->down = g_hash_table_new(NULL, NULL);
    for (; names != NULL && *names != NULL; names++) {
        g_autoptr(Endpoint) endpoint = endpoint_parse(topology, *names, kinds, error);

        if (endpoint == NULL)
            return NULL;
        g_hash_table_add(failures->down, (gpointer)endpoint->object);
    }
    if (failures_any(failures))
        add_dead_connectors(failures, topology);
    return g_steal_pointer(&failures);
}

void failures_free(Failures *failures)
{
    if (failures == NULL)
        return;
    g_hash_table_unref(failures->down);
    g_free(failures);
}

bool failures_any(const Failures *failures)
{
    return g_hash_table_size(failures->down) > 0;
}

bool server_is_down(const Failures *failures, const Server *server)
{
    return has(failures, &server->object) ||
           (server->site != NULL && has(failures, &server->site->object));
}

bool site_is_down(const Failures *failures, const Site *site)
{
    bool carries = false;

    if (has(failures, &site->object))
        return true;
    FOR_EACH(const Server, server, site->servers) {
        if (!server_carries_mail(server))
            continue;
        if (!server_is_down(failures, server))
            return false;
        carries = true;
    }
    return carries;
}

bool connector_is_down(const Failures *failures, const Connector *connector)
{
    return has(failures, &connector->object);
}
