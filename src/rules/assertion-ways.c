/*
 * Ways of mail, held against assertions. First the way as it is: whether mail arrives, what it
 * crosses, what it costs. Then one thing after the other is lost, and the mail has to arrive all
 * the same: a message that waits for what is down to come back has not.
 */
#include "rules/assertion-ways.h"

#include "rules/routing-groups.h"

#include <stdint.h>
#include <string.h>

/* Something that may be lost. */
typedef struct Lost {
    Loss loss; /* or-ed: a bridgehead is a server */
    const char *prefix;
    const Object *object;
} Lost;

struct WayJudge {
    Router *router;
    GHashTable *without; /* const SiteLink → Router: those that were asked for */
    GArray *losable;     /* of Lost */
    char **down;         /* all the time; NULL-terminated */
};

/* --- what may be lost --------------------------------------------------------------------- */

static GHashTable *find_bridgeheads(const Topology *topology)
{
    GHashTable *servers = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Connector, connector, topology->connectors) {
        g_autoptr(GPtrArray) sources = connector_source_servers(connector);
        g_autoptr(GPtrArray) targets = connector_target_servers(connector);

        FOR_EACH(Server, server, sources)
            g_hash_table_add(servers, server);
        FOR_EACH(Server, server, targets)
            g_hash_table_add(servers, server);
    }
    return servers;
}

static void add_all(GArray *losable, unsigned loss, const char *prefix, const GPtrArray *objects)
{
    FOR_EACH(const Object, object, objects) {
        Lost lost = {.loss = (Loss)loss, .prefix = prefix, .object = object};

        g_array_append_val(losable, lost);
    }
}

static void add_servers(GArray *losable, const Topology *topology)
{
    g_autoptr(GHashTable) bridgeheads = find_bridgeheads(topology);

    FOR_EACH(const Server, server, topology->servers) {
        bool bridgehead = g_hash_table_contains(bridgeheads, server);
        Lost lost = {.loss = (Loss)(LOSS_SERVER | (bridgehead ? LOSS_BRIDGEHEAD : 0)),
                     .prefix = "server",
                     .object = &server->object};

        g_array_append_val(losable, lost);
    }
}

/* Sites without Exchange cannot be lost to mail: hubs connect over them, not to them. */
static void add_sites(GArray *losable, const Topology *topology)
{
    g_autoptr(GPtrArray) sites = g_ptr_array_new();

    FOR_EACH(Site, site, topology->sites)
        if (site->servers->len > 0)
            g_ptr_array_add(sites, site);
    add_all(losable, LOSS_SITE, "site", sites);
}

WayJudge *way_judge_new(const Topology *topology, const char *const *down)
{
    WayJudge *judge = g_new0(WayJudge, 1);

    judge->down = failures_known(topology, down);
    judge->router = router_new(topology);
    judge->without = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)router_free);
    judge->losable = g_array_new(FALSE, FALSE, sizeof(Lost));
    add_all(judge->losable, LOSS_CONNECTOR, "connector", topology->connectors);
    add_all(judge->losable, LOSS_SITE_LINK, "site-link", topology->site_links);
    add_servers(judge->losable, topology);
    add_sites(judge->losable, topology);
    return judge;
}

void way_judge_free(WayJudge *judge)
{
    if (judge == NULL)
        return;
    g_hash_table_unref(judge->without);
    router_free(judge->router);
    g_array_unref(judge->losable);
    g_strfreev(judge->down);
    g_free(judge);
}

guint way_judge_questions(const WayJudge *judge, const Assertion *assertion)
{
    guint count = 1;

    for (guint i = 0; i < judge->losable->len; i++)
        count += (g_array_index(judge->losable, Lost, i).loss & assertion->survives) != 0;
    return count;
}

/* --- asking ------------------------------------------------------------------------------- */

/* `lost` is down beside what is down all the time; NULL: nothing. */
static Route *ask(const WayJudge *judge, const Router *router, const AssertedPlace *from,
                  const AssertedPlace *to, const char *lost)
{
    const char *const destinations[] = {to->text, NULL};
    guint count = g_strv_length(judge->down);
    g_autofree const char **down = g_new0(const char *, count + 2);
    RouteQuestion question = {.from = from->text, .to = destinations, .down = down};

    memcpy(down, judge->down, count * sizeof *down);
    down[count] = lost;

    /* The names were looked up when the scope was made: they cannot be unknown. */
    return router_find(router, &question, NULL);
}

Route *way_judge_ask(const WayJudge *judge, const AssertedPlace *from, const AssertedPlace *to)
{
    return ask(judge, judge->router, from, to, NULL);
}

static const Router *router_without(WayJudge *judge, const SiteLink *link)
{
    Router *router = g_hash_table_lookup(judge->without, link);

    if (router == NULL) {
        router = router_new_without(judge->router, link);
        g_hash_table_insert(judge->without, (gpointer)(uintptr_t)link, router);
    }
    return router;
}

/* --- words -------------------------------------------------------------------------------- */

/* "site:A > site:B > rg:Munich". */
static char *way_words(const Route *route)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < route->stops->len; i++) {
        g_autofree char *stop = route_stop_text(&g_array_index(route->stops, RouteStop, i), true);

        g_string_append_printf(text, "%s%s", i > 0 ? " > " : "", stop);
    }
    return g_string_free(text, FALSE);
}

/* The sentences of a route as one, each once, without full stops. */
static char *why_words(const Route *route)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const char, sentence, route->why) {
        gsize length = strlen(sentence) - (g_str_has_suffix(sentence, ".") ? 1 : 0);
        g_autofree char *reason = g_strndup(sentence, length);

        if (!g_ptr_array_find_with_equal_func(reasons, reason, g_str_equal, NULL))
            g_ptr_array_add(reasons, g_steal_pointer(&reason));
    }
    g_ptr_array_add(reasons, NULL);
    return g_strjoinv("; ", (char **)reasons->pdata);
}

/* --- the way as it is --------------------------------------------------------------------- */

static guint64 way_cost(const Route *route)
{
    return route->has_vector ? route->legacy_cost + route->site_cost : route->cost;
}

/* Of a way that leads somewhere: it begins with a stop. */
static guint way_hops(const Route *route)
{
    return route->stops->len - 1;
}

static bool stop_is(const RouteStop *stop, const Object *object)
{
    return (stop->site != NULL && &stop->site->object == object) ||
           (stop->group != NULL && &stop->group->object == object);
}

static bool uses_entry(const Route *route, const Entry *entry)
{
    for (guint i = 0; i < route->steps->len; i++)
        if (g_array_index(route->steps, RouteStep, i).entry == entry)
            return true;
    return false;
}

/* `ends` of the way count as crossed when asked. */
static bool crosses(const Route *route, const Endpoint *what, bool ends)
{
    guint skipped = ends ? 0 : 1;

    if (what->kind == ENDPOINT_CONNECTOR || what->kind == ENDPOINT_SITE_LINK)
        return uses_entry(route, what->object->entry);
    for (guint i = skipped; i + skipped < route->stops->len; i++)
        if (stop_is(&g_array_index(route->stops, RouteStop, i), what->object))
            return true;
    return false;
}

/* What the assertion does not agree to, in words without the way itself; NULL: nothing. */
static char *disagreement(const Assertion *assertion, const AssertionScope *scope,
                          const Route *route)
{
    guint64 cost = way_cost(route);
    guint hops = way_hops(route);

    if (scope->through != NULL && !crosses(route, scope->through, true))
        return g_strdup_printf("does not go through %s", scope->through->text);
    if (scope->avoid != NULL && crosses(route, scope->avoid, false))
        return g_strdup_printf("crosses %s", scope->avoid->text);
    if (assertion->most_cost >= 0 && cost > (guint64)assertion->most_cost)
        return g_strdup_printf("costs %" G_GUINT64_FORMAT ", more than %" G_GINT64_FORMAT, cost,
                               assertion->most_cost);
    if (assertion->most_hops >= 0 && hops > (guint64)assertion->most_hops)
        return g_strdup_printf("takes %u hops, more than %" G_GINT64_FORMAT, hops,
                               assertion->most_hops);
    return NULL;
}

static char *fault_as_it_is(const Assertion *assertion, const AssertionScope *scope,
                            const Route *route)
{
    g_autofree char *disagrees = NULL;
    g_autofree char *way = NULL;
    g_autofree char *why = why_words(route);

    if (route->outcome != ROUTE_DELIVERED)
        return g_strdup_printf("is %s (%s)", route_outcome_name(route->outcome), why);
    disagrees = disagreement(assertion, scope, route);
    if (disagrees == NULL)
        return NULL;
    way = way_words(route);
    return g_strdup_printf("%s: it goes %s (%s)", disagrees, way, why);
}

/* --- the way without something ------------------------------------------------------------ */

/* Where the mail begins or ends is not lost: it would not be there to write or to read. */
static bool is_end(const Object *object, const AssertedPlace *place)
{
    const Endpoint *what = place->what;

    return what->object == object || (what->site != NULL && &what->site->object == object);
}

/* A link that is not on the way makes no other way shorter by going. */
static Route *ask_without_link(WayJudge *judge, const SiteLink *link, const AssertedPlace *from,
                               const AssertedPlace *to, const Route *route)
{
    if (!g_ptr_array_find(route->links, link, NULL))
        return NULL;
    return ask(judge, router_without(judge, link), from, to, NULL);
}

/* The route without the thing; NULL where it is the one there is with it. */
static Route *ask_without(WayJudge *judge, const Lost *lost, const AssertedPlace *from,
                          const AssertedPlace *to, const Route *route)
{
    g_autofree char *dn = NULL;
    g_autofree char *down = NULL;

    if (lost->loss == LOSS_SITE_LINK)
        return ask_without_link(judge, (const SiteLink *)lost->object, from, to, route);
    dn = dn_text(lost->object->entry->dn);
    down = g_strdup_printf("%s:%s", lost->prefix, dn);
    return ask(judge, judge->router, from, to, down);
}

/* What becomes of the mail without the thing, unless it arrives. */
static char *fault_without(WayJudge *judge, const Lost *lost, const AssertedPlace *from,
                           const AssertedPlace *to, const Route *route)
{
    g_autoptr(Route) other = NULL;
    g_autofree char *why = NULL;

    if (is_end(lost->object, from) || is_end(lost->object, to))
        return NULL;
    other = ask_without(judge, lost, from, to, route);
    if (other == NULL || route_outcome_arrives(other->outcome))
        return NULL;
    why = why_words(other);
    return g_strdup_printf("is %s without %s:%s (%s)", route_outcome_name(other->outcome),
                           lost->prefix, lost->object->name, why);
}

static char *fault_of_losses(WayJudge *judge, const Assertion *assertion, const AssertedPlace *from,
                             const AssertedPlace *to, const Route *route)
{
    char *first = NULL;
    guint more = 0;

    for (guint i = 0; i < judge->losable->len; i++) {
        const Lost *lost = &g_array_index(judge->losable, Lost, i);
        g_autofree char *fault = NULL;

        if ((lost->loss & assertion->survives) == 0)
            continue;
        fault = fault_without(judge, lost, from, to, route);
        if (first == NULL)
            first = g_steal_pointer(&fault);
        else
            more += fault != NULL;
    }
    if (more > 0) {
        g_autofree char *alone = first;

        first = g_strdup_printf("%s; nor does it arrive without %u more", alone, more);
    }
    return first;
}

char *way_judge_fault(WayJudge *judge, const Assertion *assertion, const AssertionScope *scope,
                      const AssertedPlace *from, const AssertedPlace *to, const Route *route)
{
    char *fault = fault_as_it_is(assertion, scope, route);

    return fault != NULL ? fault : fault_of_losses(judge, assertion, from, to, route);
}
