/* Questions and answers about routes: parsing the one, holding the other together. */
#include "routing/route.h"

#include "base/fault.h"
#include "routing/connections.h"
#include "routing/endpoint.h"
#include "routing/failures.h"
#include "routing/fan-out.h"
#include "routing/walk.h"

#include <string.h>

struct Router {
    const Topology *topology;
    SiteGraph *sites;
    GroupNet *groups;
    bool groups_borrowed;
};

/* --- routers ------------------------------------------------------------------------------ */

Router *router_new(const Topology *topology)
{
    Router *router = g_new0(Router, 1);

    router->topology = topology;
    router->sites = site_graph_new(topology);
    router->groups = group_net_new(topology);
    return router;
}

Router *router_new_without(const Router *router, const SiteLink *link)
{
    g_autoptr(GPtrArray) without = g_ptr_array_new();
    Router *other = g_new0(Router, 1);

    g_ptr_array_add(without, (gpointer)(uintptr_t)link);
    other->topology = router->topology;
    other->sites = site_graph_new_without(router->topology, without);
    other->groups = router->groups;
    other->groups_borrowed = true;
    return other;
}

void router_free(Router *router)
{
    if (router == NULL)
        return;
    site_graph_free(router->sites);
    if (!router->groups_borrowed)
        group_net_free(router->groups);
    g_free(router);
}

const Topology *router_topology(const Router *router)
{
    return router->topology;
}

const SiteGraph *router_sites(const Router *router)
{
    return router->sites;
}

const GroupNet *router_groups(const Router *router)
{
    return router->groups;
}

/* --- routes ------------------------------------------------------------------------------- */

static void step_clear(gpointer data)
{
    g_free(((RouteStep *)data)->hop);
}

static void leg_clear(gpointer data)
{
    g_free(((RouteLeg *)data)->place);
}

static void transfer_clear(gpointer data)
{
    RouteTransfer *transfer = data;

    g_free(transfer->from);
    g_free(transfer->to);
}

static GPtrArray *strings_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

Route *route_new(const char *from)
{
    Route *route = g_new0(Route, 1);

    route->from = g_strdup(from);
    route->to = strings_new();
    route->stops = g_array_new(FALSE, FALSE, sizeof(RouteStop));
    route->links = g_ptr_array_new();
    route->any_of = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    route->backoff = g_ptr_array_new();
    route->copies = 1;
    route->forks = strings_new();
    route->transfers = g_array_new(FALSE, FALSE, sizeof(RouteTransfer));
    g_array_set_clear_func(route->transfers, transfer_clear);
    route->rejected = rejected_new();
    route->why = strings_new();
    route->steps = g_array_new(FALSE, FALSE, sizeof(RouteStep));
    g_array_set_clear_func(route->steps, step_clear);
    route->notices = g_array_new(FALSE, FALSE, sizeof(RouteNotice));
    route->legs = g_array_new(FALSE, FALSE, sizeof(RouteLeg));
    g_array_set_clear_func(route->legs, leg_clear);
    route->servers = g_ptr_array_new();
    return route;
}

void route_free(Route *route)
{
    if (route == NULL)
        return;
    g_free(route->from);
    g_free(route->queue);
    g_ptr_array_unref(route->to);
    g_ptr_array_unref(route->links);
    g_ptr_array_unref(route->any_of);
    g_ptr_array_unref(route->backoff);
    g_ptr_array_unref(route->forks);
    g_ptr_array_unref(route->why);
    g_ptr_array_unref(route->servers);
    g_clear_pointer(&route->each, g_ptr_array_unref);
    g_array_unref(route->stops);
    g_array_unref(route->transfers);
    g_array_unref(route->rejected);
    g_array_unref(route->steps);
    g_array_unref(route->notices);
    g_array_unref(route->legs);
    g_free(route);
}

bool route_has_equals(const Route *route)
{
    FOR_EACH(const GPtrArray, set, route->any_of)
        if (!g_str_has_prefix(set->pdata[0], "server:"))
            return true;
    return false;
}

const char *route_outcome_name(RouteOutcome outcome)
{
    static const char *const names[] = {"delivered", "resolved", "queued", "returned",
                                        "unreachable"};

    return names[outcome];
}

bool route_outcome_arrives(RouteOutcome outcome)
{
    return outcome <= ROUTE_RESOLVED;
}

char *route_stop_text(const RouteStop *stop, bool prefix)
{
    if (stop->site == NULL)
        return g_strdup_printf("rg:%s", stop->group->object.name);
    return g_strdup_printf("%s%s", prefix ? "site:" : "", stop->site->object.name);
}

static const RouteStop *route_stop(const Route *route, guint place)
{
    return &g_array_index(route->stops, RouteStop, place);
}

guint route_place_before(const Route *route, guint place, guint from)
{
    while (--place > from && !site_carries_mail(route_stop(route, place)->site))
        continue;
    return place;
}

GPtrArray *route_retreat(const Route *route)
{
    GPtrArray *sites = g_ptr_array_new();
    guint place = route->stops->len - 1;
    guint from = place;

    while (from > 0 && (from == place || !route_stop(route, from)->accepts))
        from--;
    g_ptr_array_add(sites, (gpointer)route_stop(route, place)->site);
    while (place > from) {
        place = route_place_before(route, place, from);
        g_ptr_array_add(sites, (gpointer)route_stop(route, place)->site);
    }
    return sites;
}

const char *route_stop_tracking(const RouteStop *stop)
{
    return stop->site != NULL || stop->group->official ? "2007" : "2003";
}

/* --- questions ---------------------------------------------------------------------------- */

bool route_parse_size(const char *text, guint64 *bytes, GError **error)
{
    static const char units[] = "KMG";
    char *end;
    /* What is too large to be read as a number comes back as the largest one. */
    guint64 number = g_ascii_isdigit(text[0]) ? g_ascii_strtoull(text, &end, 10) : 0;
    guint shift = 0;

    if (number > 0 && *end != '\0') {
        const char *unit = strchr(units, g_ascii_toupper(*end));

        if (unit != NULL) {
            shift = 10 * (guint)(unit - units + 1);
            end++;
        }
        end += g_ascii_toupper(*end) == 'B';
    }
    if (number == 0 || *end != '\0') {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is no size: write 20MB, 512KB or a number of bytes", text);
        return false;
    }
    if (number > (guint64)G_MAXINT64 >> shift) {
        g_set_error(error, FAULT, FAULT_USAGE, "\"%s\" is a larger size than can be reckoned with",
                    text);
        return false;
    }
    *bytes = number << shift;
    return true;
}

static Endpoint *parse_source(const Topology *topology, const char *text, GError **error)
{
    static const guint kinds = 1u << ENDPOINT_SITE | 1u << ENDPOINT_GROUP | 1u << ENDPOINT_SERVER;

    return endpoint_parse(topology, text, kinds, error);
}

static Endpoint *parse_recipient(const Topology *topology, const char *text, GError **error)
{
    static const guint kinds = 1u << ENDPOINT_SITE | 1u << ENDPOINT_GROUP | 1u << ENDPOINT_SERVER |
                               1u << ENDPOINT_ADDRESS;

    return endpoint_parse(topology, text, kinds, error);
}

/* The recipients, as often as they are named; NULL when one is not understood. */
static GPtrArray *parse_recipients(const Topology *topology, const char *const *names,
                                   GError **error)
{
    g_autoptr(GPtrArray) recipients = g_ptr_array_new_with_free_func((GDestroyNotify)endpoint_free);

    for (; *names != NULL; names++) {
        Endpoint *to = parse_recipient(topology, *names, error);

        if (to == NULL)
            return NULL;
        g_ptr_array_add(recipients, to);
    }
    return g_steal_pointer(&recipients);
}

static guint count_same(const GPtrArray *recipients, guint from, const Endpoint *wanted)
{
    guint count = 0;

    for (guint i = from; i < recipients->len; i++)
        count += endpoint_equal(recipients->pdata[i], wanted);
    return count;
}

/* Before all that is worth knowing of the way. */
static void mention_repeated(Route *route, const Endpoint *to)
{
    RouteNotice notice = {.slug = "recipient-repeated", .object = to->object};

    g_array_prepend_val(route->notices, notice);
    for (guint i = 1; i < route->legs->len; i++)
        g_array_index(route->legs, RouteLeg, i).notices++;
}

/* One route a recipient: who is named twice gets one copy all the same. */
static GPtrArray *find_each(const Router *router, const RouteQuestion *question,
                            const Endpoint *from, const GPtrArray *recipients,
                            const Failures *failures)
{
    GPtrArray *routes = g_ptr_array_new_with_free_func((GDestroyNotify)route_free);

    for (guint i = 0; i < recipients->len; i++) {
        const Endpoint *to = recipients->pdata[i];
        guint times = count_same(recipients, 0, to);
        Route *route;

        if (count_same(recipients, i, to) < times)
            continue;
        route = walk_route(router, question, failures, from, to, NULL);
        if (times > 1)
            mention_repeated(route, to);
        g_ptr_array_add(routes, route);
    }
    return routes;
}

Route *router_find(const Router *router, const RouteQuestion *question, GError **error)
{
    g_autoptr(Endpoint) from = parse_source(router->topology, question->from, error);
    g_autoptr(GPtrArray) recipients = NULL;
    g_autoptr(Failures) failures = NULL;
    g_autoptr(GPtrArray) routes = NULL;

    if (from == NULL)
        return NULL;
    failures = failures_parse(router->topology, question->down, error);
    if (failures == NULL)
        return NULL;
    recipients = parse_recipients(router->topology, question->to, error);
    if (recipients == NULL)
        return NULL;
    if (recipients->len == 0) {
        g_set_error(error, FAULT, FAULT_USAGE, "the question has no destination");
        return NULL;
    }
    routes = find_each(router, question, from, recipients, failures);
    if (routes->len == 1)
        return g_ptr_array_steal_index(routes, 0);
    return fan_out(g_steal_pointer(&routes), failures);
}

Route *router_between(const Router *router, const SiteTree *tree, const Site *to,
                      const Failures *failures)
{
    const Site *from = site_tree_source(tree);
    g_autofree char *source_text = g_strdup_printf("site:%s", from->object.name);
    g_autofree char *target_text = g_strdup_printf("site:%s", to->object.name);
    Endpoint source = {ENDPOINT_SITE, .text = source_text, .object = &from->object, .site = from};
    Endpoint target = {ENDPOINT_SITE, .text = target_text, .object = &to->object, .site = to};
    RouteQuestion question = {.from = source_text};

    return walk_route(router, &question, failures, &source, &target, tree);
}

Route *route_find(const Topology *topology, const RouteQuestion *question, GError **error)
{
    g_autoptr(Router) router = router_new(topology);

    return router_find(router, question, error);
}
