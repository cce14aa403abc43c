/*
 * What a plan does to the ways of mail. The same questions are put to the routing engine twice, to
 * the organisation as it is and as it would be; only what is answered otherwise is kept.
 */
#include "rules/plan.h"

#include "routing/address-space.h"
#include "rules/ways-sight.h"
#include "rules/words.h"

#include <string.h>

/* Every pair is asked twice: as many as are answered in a moment, the planned site's first. */
enum { MOST_PAIRS = 10000 };

/* Where connectors lead out of the organisation, and an address there to ask for. */
typedef struct Space {
    char *text; /* "SMTP:*.contoso.com" */
    char *example;
} Space;

typedef struct Comparison {
    Router *today;
    Router *then;
    GPtrArray *places; /* of char: "site:DN", "rg:DN" */
    GPtrArray *names;  /* of char: likewise, as a reader calls them */
    GPtrArray *spaces; /* of Space */
    guint lost;        /* ways that are no more */
    char *first_lost;  /* one of them in words; or NULL */
    char **down_today; /* NULL-terminated: what does not answer, as far as it is there */
    char **down_then;
    Preflight *preflight;
    guint pairs;
} Comparison;

/* --- places ------------------------------------------------------------------------------- */

static void add_place(Comparison *comparison, const char *kind, const Object *object)
{
    g_autofree char *dn = dn_text(object->entry->dn);

    g_ptr_array_add(comparison->places, g_strdup_printf("%s:%s", kind, dn));
    g_ptr_array_add(comparison->names, g_strdup_printf("%s:%s", kind, object->name));
}

static bool sends_mail(const Server *server)
{
    return server_is_hub(server) ||
           (server_uses_routing_group(server) && server_has_role(server, ROLE_MAILBOX));
}

static bool has_mail(const Site *site)
{
    FOR_EACH(const Server, server, site->servers)
        if (sends_mail(server))
            return true;
    return false;
}

/* One of then and one of today. */
static bool is_same_site(const Site *site, const Site *planned)
{
    return planned != NULL && dn_compare(site->object.entry->dn, planned->object.entry->dn) == 0;
}

static bool has_older_members(const RoutingGroup *group)
{
    FOR_EACH(const Server, server, group->members)
        if (server_is_legacy(server))
            return true;
    return false;
}

/* Where mail comes from and goes to when the plan is done: the planned site first. */
static void collect_places(Comparison *comparison, const Site *planned)
{
    const Topology *then = comparison->preflight->then;

    if (planned != NULL)
        add_place(comparison, "site", &planned->object);
    FOR_EACH(const Site, site, then->sites)
        if (has_mail(site) && !is_same_site(site, planned))
            add_place(comparison, "site", &site->object);
    FOR_EACH(const RoutingGroup, group, then->routing_groups)
        if (has_older_members(group))
            add_place(comparison, "rg", &group->object);
}

/* --- spaces ------------------------------------------------------------------------------- */

static void space_free(gpointer data)
{
    Space *space = data;

    g_free(space->text);
    g_free(space->example);
    g_free(space);
}

static void add_spaces(GPtrArray *spaces, GHashTable *known, const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++) {
        g_autofree char *example = address_space_example(&connector->spaces[i]);
        Space *space;

        if (example == NULL || !g_hash_table_add(known, address_space_key(&connector->spaces[i])))
            continue;
        space = g_new(Space, 1);
        space->text = address_space_text(&connector->spaces[i]);
        space->example = g_steal_pointer(&example);
        g_ptr_array_add(spaces, space);
    }
}

static gint compare_spaces(gconstpointer a, gconstpointer b)
{
    const Space *left = *(const Space *const *)a;
    const Space *right = *(const Space *const *)b;

    return strcmp(left->text, right->text);
}

static void collect_spaces(Comparison *comparison)
{
    const Topology *const both[] = {comparison->preflight->today, comparison->preflight->then};
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < G_N_ELEMENTS(both); i++)
        FOR_EACH(const Connector, connector, both[i]->connectors)
            add_spaces(comparison->spaces, known, connector);
    g_ptr_array_sort(comparison->spaces, compare_spaces);
}

/* --- comparing ---------------------------------------------------------------------------- */

static Route *ask(const Router *router, char **down, const char *from, const char *to)
{
    const char *const destinations[] = {to, NULL};
    const RouteQuestion question = {
        .from = from, .to = destinations, .down = (const char *const *)down};

    return router_find(router, &question, NULL);
}

static void append_relays(GString *text, const Route *route)
{
    const char *separator = "";

    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);
        g_autofree char *name = route_stop_text(stop, true);

        if (!stop->accepts)
            continue;
        g_string_append_printf(text, "%s%s", separator, name);
        separator = " > ";
    }
}

/* Equals share the mail: the route is that of one of them. */
static void append_connector(GString *text, const Route *route)
{
    if (route->connector != NULL)
        g_string_append_printf(text, ", by connector \"%s\"%s", route->connector->object.name,
                               route_has_equals(route) ? " among equals" : "");
}

static void append_cost(GString *text, const Route *route)
{
    if (route->has_vector)
        g_string_append_printf(text, ", cost %" G_GUINT64_FORMAT " + %" G_GUINT64_FORMAT,
                               route->legacy_cost, route->site_cost);
    else if (route->hops > 0)
        g_string_append_printf(text, ", cost %" G_GUINT64_FORMAT, route->cost);
}

/* NULL: there is no way. */
static char *route_summary(const Route *route)
{
    GString *text;

    if (route == NULL || route->outcome == ROUTE_UNREACHABLE)
        return NULL;
    text = g_string_new(NULL);
    append_relays(text, route);
    append_connector(text, route);
    append_cost(text, route);
    if (route->outcome != ROUTE_DELIVERED)
        g_string_append_printf(text, "; %s", route_outcome_name(route->outcome));
    return g_string_free(text, FALSE);
}

void plan_route_free(gpointer data)
{
    PlanRoute *route = data;

    g_free(route->from);
    g_free(route->to);
    g_free(route->before);
    g_free(route->after);
    route_free(route->way);
    g_free(route);
}

static bool arrives(const Route *route)
{
    return route != NULL && route_outcome_arrives(route->outcome);
}

static void note_loss(Comparison *comparison, const char *from, const char *to)
{
    if (comparison->lost++ == 0)
        comparison->first_lost = g_strdup_printf("%s to %s", from, to);
}

/* One question, in the engine's words, and who asks for what in a reader's. */
static void compare(Comparison *comparison, guint place, const char *target, const char *to)
{
    const char *source = comparison->places->pdata[place];
    const char *from = comparison->names->pdata[place];
    g_autoptr(Route) before = ask(comparison->today, comparison->down_today, source, target);
    g_autoptr(Route) after = ask(comparison->then, comparison->down_then, source, target);
    PlanRoute route = {.before = route_summary(before), .after = route_summary(after)};

    if (arrives(before) && !arrives(after))
        note_loss(comparison, from, to);
    if (g_strcmp0(route.before, route.after) == 0) {
        g_free(route.before);
        g_free(route.after);
        return;
    }
    route.from = g_strdup(from);
    route.to = g_strdup(to);
    route.way = g_steal_pointer(&after);
    g_ptr_array_add(comparison->preflight->routes, g_memdup2(&route, sizeof route));
}

/* FALSE once there are too many. */
static bool count_pair(Comparison *comparison)
{
    if (comparison->pairs == MOST_PAIRS)
        return false;
    comparison->pairs++;
    return true;
}

/* Both ways between every two places. */
static bool compare_places(Comparison *comparison)
{
    char **places = (char **)comparison->places->pdata;
    char **names = (char **)comparison->names->pdata;
    guint count = comparison->places->len;

    for (guint from = 0; from < count; from++)
        for (guint to = from + 1; to < count; to++) {
            if (!count_pair(comparison))
                return false;
            compare(comparison, from, places[to], names[to]);
            compare(comparison, to, places[from], names[from]);
        }
    return true;
}

/* From every place out of the organisation. */
static bool compare_exits(Comparison *comparison)
{
    for (guint from = 0; from < comparison->places->len; from++)
        FOR_EACH(const Space, space, comparison->spaces) {
            if (!count_pair(comparison))
                return false;
            compare(comparison, from, space->example, space->text);
        }
    return true;
}

/* What was not compared may be lost; between the generations the rules look for that as well. */
static void report_limit(Comparison *comparison, bool exits)
{
    Preflight *preflight = comparison->preflight;

    preflight_add_check(preflight, "routes", exits && preflight->removal ? PLAN_UNSEEN : PLAN_NOTED,
                        "there are %u places and %u address spaces: only the routes between %u "
                        "pairs of them were compared",
                        comparison->places->len, comparison->spaces->len, (guint)MOST_PAIRS);
}

/* A way that was not seen may take the place of one that is lost. */
static void report_losses(const Comparison *comparison)
{
    guint others = comparison->lost - 1;
    g_autofree char *more = NULL;
    g_autoptr(GPtrArray) gaps = NULL;

    if (comparison->lost == 0)
        return;
    gaps = ways_sight(comparison->preflight->today);
    more = count_of(others, "other way");
    preflight_add_check(comparison->preflight, "ways of mail",
                        gaps->len > 0 ? PLAN_UNSEEN : PLAN_FAILED,
                        "mail from %s would arrive no more%s%s", comparison->first_lost,
                        others > 0 ? ", nor on " : "", others > 0 ? more : "");
}

static void compare_all(Comparison *comparison)
{
    if (!compare_exits(comparison))
        report_limit(comparison, true);
    else if (!compare_places(comparison))
        report_limit(comparison, false);
    report_losses(comparison);
}

void plan_compare_routes(Preflight *preflight, const Site *planned)
{
    Comparison comparison = {.preflight = preflight};

    if (preflight->then == NULL)
        return;
    comparison.today = router_new(preflight->today);
    comparison.then = router_new(preflight->then);
    comparison.down_today = failures_known(preflight->today, preflight->audit->down);
    comparison.down_then = failures_known(preflight->then, preflight->audit->down);
    comparison.places = g_ptr_array_new_with_free_func(g_free);
    comparison.names = g_ptr_array_new_with_free_func(g_free);
    comparison.spaces = g_ptr_array_new_with_free_func(space_free);
    collect_places(&comparison, planned);
    collect_spaces(&comparison);
    compare_all(&comparison);
    g_ptr_array_unref(comparison.places);
    g_ptr_array_unref(comparison.names);
    g_ptr_array_unref(comparison.spaces);
    g_free(comparison.first_lost);
    g_strfreev(comparison.down_today);
    g_strfreev(comparison.down_then);
    router_free(comparison.today);
    router_free(comparison.then);
}
