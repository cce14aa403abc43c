/*
 * A message's walk from decision to decision. In the 2007 routing group the sender's site decides
 * by static configuration; in a legacy group its bridgehead decides by link state. The walk ends
 * where the message is delivered, waits or is returned, or when it comes to a decision for the
 * second time.
 */
#include "routing/walk.h"

#include "routing/connections.h"

#include <string.h>

/* --- writing the route -------------------------------------------------------------------- */

void walk_say(Walk *walk, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(walk->route->why, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

bool walk_end(Walk *walk, RouteOutcome outcome, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(walk->route->why, g_strdup_vprintf(format, arguments));
    va_end(arguments);
    walk->route->outcome = outcome;
    return false;
}

/* The times are the defaults of Exchange 2007, from its documentation and a book on it; they can be
 * set on each server, where a directory does not show them. */
bool walk_queue(Walk *walk, const char *format, ...)
{
    RouteStop here = {.site = walk->site, .group = walk->group};
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(walk->route->why, g_strdup_vprintf(format, arguments));
    va_end(arguments);
    walk->route->queue = route_stop_text(&here, true);
    if (walk->site != NULL)
        walk_say(walk,
                 "By default it is tried 4 times a minute apart, 6 times 5 minutes apart, then "
                 "every 10 minutes; the sender is told after 4 hours and gets it back after "
                 "2 days.");
    walk->route->outcome = ROUTE_QUEUED;
    return false;
}

void walk_notice(Walk *walk, const char *slug, const Object *object, guint event)
{
    RouteNotice notice = {.slug = slug, .object = object, .event = event};

    g_array_append_val(walk->route->notices, notice);
}

void walk_step(Walk *walk, const char *from, const char *to, const Entry *entry,
               AttributeId attribute)
{
    bool stays = strcmp(from, to) == 0;
    RouteStep step = {.hop = stays ? g_strdup(from) : g_strdup_printf("%s > %s", from, to),
                      .entry = entry,
                      .attribute = attribute};

    g_array_append_val(walk->route->steps, step);
}

void walk_stop(Walk *walk, const Site *site, const RoutingGroup *group, bool accepts)
{
    RouteStop stop = {.site = site, .group = site == NULL ? group : NULL, .accepts = accepts};

    g_array_append_val(walk->route->stops, stop);
}

void walk_explain(Walk *walk, const Choice *choice)
{
    g_autoptr(GArray) rejected = choice_rejected(choice);

    rejected_extend(walk->route->rejected, rejected);
    FOR_EACH(const Connector, connector, choice->ignored) {
        ConnectorFlaw flaw = connector_space_flaw(router_topology(walk->router), connector);

        walk_notice(walk, "connector-ignored", &connector->object, connector_flaw_event(flaw));
    }
    if (walk->explained || choice_best(choice) == NULL)
        return;
    walk->explained = true;
    walk->route->decided_by = choice_criterion(choice);
}

static bool same_texts(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < a->len && a->len == b->len; i++)
        if (strcmp(a->pdata[i], b->pdata[i]) != 0)
            return false;
    return a->len == b->len;
}

static bool shares_already(const Walk *walk, const GPtrArray *names)
{
    FOR_EACH(const GPtrArray, set, walk->route->any_of)
        if (same_texts(set, names))
            return true;
    return false;
}

void walk_share(Walk *walk, GPtrArray *names)
{
    if (names->len > 1 && !shares_already(walk, names))
        g_ptr_array_add(walk->route->any_of, names);
    else
        g_ptr_array_unref(names);
}

static char *source_sites(const Connector *connector)
{
    g_autoptr(GPtrArray) servers = connector_senders(connector);
    g_autoptr(GPtrArray) sites = g_ptr_array_new();
    GString *text = g_string_new(NULL);

    FOR_EACH(const Server, server, servers)
        if (server->site != NULL && !g_ptr_array_find(sites, server->site, NULL))
            g_ptr_array_add(sites, server->site);
    FOR_EACH(const Site, site, sites)
        g_string_append_printf(text, "%s%s", text->len > 0 ? " or " : "", site->object.name);
    return g_string_free(text, FALSE);
}

void walk_cut_off(Walk *walk, const Choice *choice)
{
    FOR_EACH(const Connector, connector, choice->cut_off) {
        g_autofree char *sites = source_sites(connector);

        walk_notice(walk, "connector-out-of-reach", &connector->object, 5016);
        if (walk->site == NULL || *sites == '\0')
            walk_say(walk, "The site of the source servers of connector %s is not known.",
                     connector->object.name);
        else
            walk_say(walk,
                     "No IP site links lead from site %s to %s, where the source servers of "
                     "connector %s are.",
                     walk->site->object.name, sites, connector->object.name);
    }
}

static bool refuse_cut_off(Walk *walk, const Choice *choice)
{
    walk_cut_off(walk, choice);
    return walk_end(walk, ROUTE_UNREACHABLE,
                    "%s; the message stays where unreachable destinations are kept.",
                    choice->too_small ? "Every other connector that leads there has a size limit "
                                        "below the message's size"
                                      : "No other connector leads there");
}

bool walk_refuse(Walk *walk, const Choice *choice, const RoutingGroup *to)
{
    bool cut_off = choice->cut_off->len > 0;

    if (choice->too_small && !cut_off)
        return walk_end(
            walk, ROUTE_RETURNED,
            "Every connector that leads there has a size limit below the message's size: "
            "it is returned.");
    walk_notice(walk, "no-route", to == NULL ? NULL : &to->object, 5006);
    if (cut_off)
        return refuse_cut_off(walk, choice);
    if (to == NULL)
        return walk_end(walk, ROUTE_UNREACHABLE, "No connector takes mail for the address.");
    return walk_end(walk, ROUTE_UNREACHABLE,
                    "No connectors lead from routing group %s to %s; the message stays where "
                    "unreachable destinations are kept.",
                    walk->group->object.name, to->object.name);
}

const SiteTree *walk_tree(const Walk *walk, SiteTree **made)
{
    if (walk->site == NULL)
        return NULL;
    if (walk->tree != NULL && site_tree_source(walk->tree) == walk->site)
        return walk->tree;
    return *made = site_tree_new(router_sites(walk->router), walk->site);
}

/* --- the walk ----------------------------------------------------------------------------- */

bool edge_rule_allows(const GroupEdge *edge, gconstpointer closure)
{
    const EdgeRule *rule = closure;

    if (edge->from == rule->avoid || connector_is_too_small(edge->connector, rule->size))
        return false;
    return rule->failures == NULL || edge->from->official ||
           !connector_is_down(rule->failures, edge->connector);
}

static bool is_modern_place(const Walk *walk)
{
    return walk->group == NULL || walk->group->official;
}

/* Inside the 2007 group to one of its servers or sites. */
static bool walk_home(Walk *walk)
{
    if (walk->to->kind == ENDPOINT_GROUP) {
        walk_say(walk, "The message is in the Exchange 2007 routing group.");
        return false;
    }
    if (walk->to->site == NULL)
        return walk_end(walk, ROUTE_UNREACHABLE, "The site of %s is not known.", walk->to->text);
    if (walk_sites(walk, walk->to->site))
        walk_deliver(walk);
    return false;
}

static bool nobody_answers(const Walk *walk, const RoutingGroup *group)
{
    FOR_EACH(const Server, server, group->members)
        if (!server_is_down(walk->failures, server))
            return false;
    return group->members->len > 0;
}

static bool deliver_to_legacy(Walk *walk)
{
    const Server *server = walk->to->server;

    if (server != NULL && server_is_down(walk->failures, server))
        return walk_queue(walk, "%s is down: the message waits in its routing group.",
                          server->object.name);
    if (server == NULL && nobody_answers(walk, walk->group))
        return walk_queue(walk, "No server of routing group %s answers: the message waits for one.",
                          walk->group->object.name);
    walk_say(walk, "Its routing group delivers the message.");
    return false;
}

static const RoutingGroup *target_group(const Walk *walk)
{
    const Topology *topology = router_topology(walk->router);

    return endpoint_is_modern(walk->to) ? topology->official_routing_group : walk->to->group;
}

/* From one decision to the next. */
static bool walk_once(Walk *walk)
{
    const RoutingGroup *target;

    if (walk->to->kind == ENDPOINT_ADDRESS)
        return walk_to_address(walk);
    if (is_modern_place(walk) && endpoint_is_modern(walk->to))
        return walk_home(walk);
    target = target_group(walk);
    if (target == NULL)
        return walk_end(walk, ROUTE_UNREACHABLE, "The routing group of %s is not known.",
                        walk->to->text);
    if (target == walk->group)
        return deliver_to_legacy(walk);
    return is_modern_place(walk) ? walk_out(walk, target) : walk_on(walk, target);
}

/* A place of decision that was met before: the same decision would be made again. */
static bool has_been_here(Walk *walk, GHashTable *places)
{
    const Object *place = walk->site != NULL ? &walk->site->object : &walk->group->object;

    if (g_hash_table_add(places, (gpointer)place))
        return false;
    walk_notice(walk, "loop", place, 0);
    walk_end(
        walk, ROUTE_RETURNED,
        "The message comes back to %s and would go round until its hop count is used up: it is "
        "returned.",
        place->name);
    return true;
}

/* --- decision by decision ----------------------------------------------------------------- */

static void begin_leg(Walk *walk)
{
    Route *route = walk->route;
    RouteStop here = {.site = walk->site, .group = walk->group};
    RouteLeg leg = {
        .place = route_stop_text(&here, true),
        .why = route->why->len,
        .rejected = route->rejected->len,
        .notices = route->notices->len,
    };

    g_array_append_val(route->legs, leg);
}

static bool why_is_known(const GPtrArray *why, guint at, guint before)
{
    for (guint i = 0; i < before; i++)
        if (strcmp(why->pdata[i], why->pdata[at]) == 0)
            return true;
    return false;
}

static bool rejected_is_known(const GArray *rejected, guint at, guint before)
{
    const Rejected *here = &g_array_index(rejected, Rejected, at);

    for (guint i = 0; i < before; i++)
        if (rejected_equal(&g_array_index(rejected, Rejected, i), here))
            return true;
    return false;
}

static bool notice_is_known(const GArray *notices, guint at, guint before)
{
    const RouteNotice *here = &g_array_index(notices, RouteNotice, at);

    for (guint i = 0; i < before; i++) {
        const RouteNotice *other = &g_array_index(notices, RouteNotice, i);

        if (strcmp(other->slug, here->slug) == 0 && other->object == here->object)
            return true;
    }
    return false;
}

/* Every place refuses anew what the ones before it refused: that is said once. */
static void end_leg(Walk *walk)
{
    Route *route = walk->route;
    const RouteLeg *leg = &g_array_index(route->legs, RouteLeg, route->legs->len - 1);

    for (guint i = route->why->len; i-- > leg->why;)
        if (why_is_known(route->why, i, leg->why))
            g_ptr_array_remove_index(route->why, i);
    for (guint i = route->rejected->len; i-- > leg->rejected;)
        if (rejected_is_known(route->rejected, i, leg->rejected))
            g_array_remove_index(route->rejected, i);
    for (guint i = route->notices->len; i-- > leg->notices;)
        if (notice_is_known(route->notices, i, leg->notices))
            g_array_remove_index(route->notices, i);
}

/* Goes on from where the message is; FALSE when the route has come to its end. */
static bool decide_here(Walk *walk, GHashTable *places)
{
    bool goes_on;

    begin_leg(walk);
    goes_on = !has_been_here(walk, places) && walk_once(walk);
    end_leg(walk);
    return goes_on;
}

static bool walk_begin(Walk *walk)
{
    const Topology *topology = router_topology(walk->router);
    bool modern = endpoint_is_modern(walk->from);

    walk->site = walk->from->site;
    walk->group = modern && walk->from->group == NULL ? topology->official_routing_group
                                                      : walk->from->group;
    if (walk->site == NULL && (walk->group == NULL || (modern && walk->from->server != NULL)))
        return walk_end(walk, ROUTE_UNREACHABLE, "The place of %s in the topology is not known.",
                        walk->from->text);
    walk_stop(walk, walk->site, walk->group, true);
    if (walk->from->server != NULL && server_is_down(walk->failures, walk->from->server))
        return walk_queue(walk, "The sending server is down.");
    return true;
}

/* Where no site was crossed, the costs are those of the routing groups. */
static void count_connectors(Route *route)
{
    for (guint i = 0; i < route->stops->len; i++)
        if (g_array_index(route->stops, RouteStop, i).site != NULL)
            return;
    route->cost = route->legacy_cost;
    route->hops = route->stops->len - 1;
}

Route *walk_route(const Router *router, const RouteQuestion *question, const Failures *failures,
                  const Endpoint *from, const Endpoint *to, const SiteTree *tree)
{
    g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL);
    Walk walk = {
        .router = router,
        .question = question,
        .failures = failures,
        .from = from,
        .to = to,
        .tree = tree,
    };

    walk.route = route_new(from->text);
    g_ptr_array_add(walk.route->to, g_strdup(to->text));
    if (!walk_begin(&walk))
        return walk.route;
    while (decide_here(&walk, places))
        continue;
    count_connectors(walk.route);
    if (walk.route->decided_by == DECIDED_ONLY && route_has_equals(walk.route))
        walk.route->decided_by = DECIDED_EQUAL;
    return walk.route;
}
