/*
 * The ways of mail between sites: a row for every ordered pair of sites with servers that carry
 * mail. Exchange keeps no object for these connectors; the routes are those of `route`.
 */
#include "report/show-rows.h"
#include "routing/connections.h"
#include "routing/route.h"

/* Rows grow with the square of the sites: beyond these nobody reads, and memory suffers. */
enum { MOST_PAIRS = 10000 };

/* Both arrays borrow their objects; the caller unrefs. */
static GPtrArray *mail_sites(const Topology *topology)
{
    GPtrArray *sites = g_ptr_array_new();

    FOR_EACH(const Site, site, topology->sites)
        if (site_carries_mail(site))
            g_ptr_array_add(sites, (gpointer)site);
    return sites;
}

static GPtrArray *mail_servers(const Site *site)
{
    GPtrArray *servers = g_ptr_array_new();

    FOR_EACH(const Server, server, site->servers)
        if (server_carries_mail(server))
            g_ptr_array_add(servers, (gpointer)server);
    return servers;
}

/* Takes the array. */
static json_t *take_names_value(GPtrArray *objects)
{
    json_t *names = names_value(objects);

    g_ptr_array_unref(objects);
    return names;
}

/* The sites of a route, or those of them that accept the message. */
static json_t *stops_value(const Route *route, bool accepting)
{
    json_t *names = json_array();

    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);

        if (stop->accepts || !accepting)
            json_array_append_new(names, name_value(stop->site));
    }
    return names;
}

/* Without a path there is nothing to tell of it. */
static void add_path(json_t *row, const Route *route)
{
    bool reached = route->outcome == ROUTE_DELIVERED || route->outcome == ROUTE_QUEUED;
    json_int_t cost = (json_int_t)route->cost;

    json_object_set_new(row, "path", reached ? stops_value(route, false) : json_null());
    json_object_set_new(row, "cost", reached ? json_integer(cost) : json_null());
    json_object_set_new(row, "hops", reached ? json_integer(route->hops) : json_null());
    json_object_set_new(row, "relay", reached ? stops_value(route, true) : json_null());
    json_object_set_new(row, "backoff",
                        reached ? take_names_value(route_retreat(route)) : json_null());
    json_object_set_new(row, "queue", text_value(route->queue));
    json_object_set_new(row, "decidedBy",
                        reached ? text_value(criterion_name(route->decided_by)) : json_null());
}

static json_t *pair_row(const Router *router, const SiteTree *tree, const Site *to,
                        const Failures *failures)
{
    g_autoptr(Route) route = router_between(router, tree, to, failures);
    const Site *from = site_tree_source(tree);
    json_t *row = json_object();

    json_object_set_new(
        row, "name",
        take_text_value(g_strdup_printf("%s > %s", from->object.name, to->object.name)));
    json_object_set_new(row, "from", name_value(from));
    json_object_set_new(row, "to", name_value(to));
    add_path(row, route);
    json_object_set_new(row, "fromHubs", take_names_value(mail_servers(from)));
    json_object_set_new(row, "toHubs", take_names_value(mail_servers(to)));
    return row;
}

json_t *site_path_rows(const Topology *topology, const Failures *failures)
{
    g_autoptr(Router) router = router_new(topology);
    g_autoptr(GPtrArray) sites = mail_sites(topology);
    json_t *rows = json_array();

    FOR_EACH(const Site, from, sites) {
        g_autoptr(SiteTree) tree = NULL;

        if (json_array_size(rows) >= MOST_PAIRS)
            break;
        tree = site_tree_new(router_sites(router), from);
        FOR_EACH(const Site, to, sites)
            if (from != to && json_array_size(rows) < MOST_PAIRS)
                json_array_append_new(rows, pair_row(router, tree, to, failures));
    }
    return rows;
}

guint64 site_paths_omitted(const Topology *topology)
{
    g_autoptr(GPtrArray) sites = mail_sites(topology);
    guint64 pairs = sites->len == 0 ? 0 : (guint64)sites->len * (sites->len - 1);

    return pairs > MOST_PAIRS ? pairs - MOST_PAIRS : 0;
}
