/*
 * A message's way over sites, by Exchange 2007: straight to the destination, with a stop at each
 * hub site on the path; where nobody answers, back along the same path, never over another one.
 */
#include "routing/walk.h"

#include "routing/connections.h"
#include "routing/site-choice.h"

/* --- why this path ------------------------------------------------------------------------ */

static char *path_text(const GArray *hops)
{
    GString *text = g_string_new(g_array_index(hops, SiteHop, 0).from->object.name);

    for (guint i = 0; i < hops->len; i++)
        g_string_append_printf(text, " > %s", g_array_index(hops, SiteHop, i).to->object.name);
    return g_string_free(text, FALSE);
}

static void reject_runner_up(Walk *walk, const SiteRunnerUp *runner_up, guint64 cost, guint hops)
{
    GArray *rejected = walk->route->rejected;
    g_autofree char *path = NULL;

    if (runner_up->criterion == DECIDED_ONLY)
        return;
    path = path_text(runner_up->hops);
    if (runner_up->criterion == DECIDED_COST)
        rejected_add(rejected, path, "cost %" G_GUINT64_FORMAT " > %" G_GUINT64_FORMAT,
                     runner_up->cost, cost);
    else if (runner_up->criterion == DECIDED_HOPS)
        rejected_add(rejected, path, "links %u > %u", runner_up->hops->len, hops);
    else
        rejected_add(rejected, path, "name %s > %s", runner_up->refused->object.name,
                     runner_up->preferred->object.name);
}

static bool link_joins(const SiteLink *link, const Site *site)
{
    return g_ptr_array_find(link->sites, site, NULL);
}

static bool limits_differ(const SiteLink *a, const SiteLink *b)
{
    return a->size_limit.present != b->size_limit.present ||
           a->size_limit.value != b->size_limit.value;
}

/* Another link between the same two sites; answers what told it from the chosen one. Which limit
 * counts where two links of equal cost have different ones is documented nowhere. */
static Criterion reject_parallel(Walk *walk, const SiteHop *hop, const SiteLink *link)
{
    guint64 ours = site_path_link_cost(hop->link);
    guint64 theirs = site_path_link_cost(link);

    if (theirs > ours) {
        rejected_add(walk->route->rejected, link->object.name,
                     "cost %" G_GUINT64_FORMAT " > %" G_GUINT64_FORMAT, theirs, ours);
        return DECIDED_COST;
    }
    rejected_add(walk->route->rejected, link->object.name, "name %s > %s", link->object.name,
                 hop->link->object.name);
    if (limits_differ(link, hop->link))
        walk_notice(walk, "parallel-links-differ", &link->object, 0);
    return DECIDED_NAME;
}

static Criterion reject_parallels(Walk *walk, const GArray *path)
{
    Criterion criterion = DECIDED_ONLY;

    for (guint i = 0; i < path->len; i++) {
        const SiteHop *hop = &g_array_index(path, SiteHop, i);

        FOR_EACH(const SiteLink, link, hop->from->links) {
            Criterion told;

            if (!link->ip || link == hop->link || !link_joins(link, hop->to))
                continue;
            told = reject_parallel(walk, hop, link);
            criterion = MAX(criterion, told);
        }
    }
    return criterion;
}

static void explain_path(Walk *walk, const SiteTree *tree, const GArray *path, const Site *to)
{
    g_autoptr(SiteRunnerUp) runner_up = NULL;
    Criterion parallel;

    if (path->len == 0)
        return;
    runner_up = site_runner_up(tree, to);
    reject_runner_up(walk, runner_up, site_tree_cost(tree, to), path->len);
    parallel = reject_parallels(walk, path);
    if (runner_up->criterion == DECIDED_NAME)
        walk_notice(walk, "decided-by-name", &runner_up->preferred->object, 0);
    if (walk->explained)
        return;
    walk->explained = true;
    walk->route->decided_by = runner_up->criterion == DECIDED_ONLY ? parallel
                                                                   : runner_up->criterion;
}

/* --- writing the path --------------------------------------------------------------------- */

static void record_hop(Walk *walk, const SiteHop *hop)
{
    AttributeId attribute = hop->link->exchange_cost.present ? ATTR_msExchCost : ATTR_cost;

    g_ptr_array_add(walk->route->links, (gpointer)hop->link);
    walk_step(walk, hop->from->object.name, hop->to->object.name, hop->link->object.entry,
              attribute);
    walk_stop(walk, hop->to, NULL, false);
}

static void record_path(Walk *walk, const GArray *path, guint64 cost)
{
    for (guint i = 0; i < path->len; i++)
        record_hop(walk, &g_array_index(path, SiteHop, i));
    walk->route->cost += cost;
    walk->route->site_cost += cost;
    walk->route->hops += path->len;
    if (path->len > 0) {
        g_autofree char *text = path_text(path);

        walk_say(walk, "The path between sites is %s, at cost %" G_GUINT64_FORMAT ".", text, cost);
    }
}

/* --- what stands against it --------------------------------------------------------------- */

/* Sites without servers that carry mail add cost to others and are good for nothing else. */
static bool check_site(Walk *walk, const Site *site, const char *cannot)
{
    if (site_carries_mail(site))
        return true;
    walk_notice(walk, "site-without-hub", &site->object, 5007);
    return walk_end(walk, ROUTE_UNREACHABLE,
                    "Site %s has no Hub Transport server: nothing can be %s it.", site->object.name,
                    cannot);
}

/* The path is chosen without regard to limits; a link on it that is too small ends the matter. */
static bool check_size(Walk *walk, const GArray *path)
{
    enum { KIB = 1024 };

    for (guint i = 0; i < path->len; i++) {
        const SiteLink *link = g_array_index(path, SiteHop, i).link;
        guint64 limit = link->size_limit.present && link->size_limit.value > 0
                            ? (guint64)link->size_limit.value * KIB
                            : G_MAXUINT64;

        if (walk->question->size <= limit)
            continue;
        walk_step(walk, g_array_index(path, SiteHop, i).from->object.name,
                  g_array_index(path, SiteHop, i).to->object.name, link->object.entry,
                  ATTR_delivContLength);
        return walk_end(walk, ROUTE_RETURNED,
                        "Site link %s on the path takes no message over %d KiB: the message is "
                        "returned, even if a wider path exists.",
                        link->object.name, link->size_limit.value);
    }
    return true;
}

/* --- moving ------------------------------------------------------------------------------- */

/* A path as places: 0 is the source, `base` its index among the stops of the route. */
typedef struct Leg {
    const GArray *path;
    guint base;
} Leg;

static const Site *leg_site(const Leg *leg, guint place)
{
    if (place == 0)
        return g_array_index(leg->path, SiteHop, 0).from;
    return g_array_index(leg->path, SiteHop, place - 1).to;
}

static void accept_at(Walk *walk, const Leg *leg, guint place)
{
    g_array_index(walk->route->stops, RouteStop, leg->base + place).accepts = true;
    walk->site = leg_site(leg, place);
}

/* The next hub site after a place, else the destination. A flagged site without a server that
 * carries mail is passed as if it were not flagged; what Exchange does there is not described. */
static guint next_stop(Walk *walk, const Leg *leg, guint place)
{
    while (++place < leg->path->len) {
        const Site *site = leg_site(leg, place);

        if (site->hub && site_carries_mail(site)) {
            walk_say(walk, "Site %s is a hub site on the path: the message stops there.",
                     site->object.name);
            walk_step(walk, site->object.name, site->object.name, site->object.entry,
                      ATTR_msExchTransportSiteFlags);
            return place;
        }
        if (site->hub)
            walk_notice(walk, "hub-site-without-server", &site->object, 0);
    }
    return place;
}

/* Back from a dead next hop towards where the message is; the first site that answers keeps it. */
static bool back_off(Walk *walk, const Leg *leg, guint from, guint target)
{
    enum { NEAR = 4 };
    Route *route = walk->route;
    guint place = target;

    g_ptr_array_add(route->backoff, (gpointer)leg_site(leg, place));
    while (place > from && site_is_down(walk->failures, leg_site(leg, place))) {
        place = route_place_before(route, leg->base + place, leg->base + from) - leg->base;
        g_ptr_array_add(route->backoff, (gpointer)leg_site(leg, place));
    }
    accept_at(walk, leg, place);
    if (target - from > NEAR)
        walk_say(walk, "Over more than four links the sites may be tried in another order, by "
                       "halves; the message comes to rest in the same place.");
    return walk_queue(walk,
                      "Site %s does not answer: the message goes back along its path and waits "
                      "in site %s.",
                      leg_site(leg, target)->object.name, walk->site->object.name);
}

static bool travel(Walk *walk, const Leg *leg)
{
    guint place = 0;

    if (site_is_down(walk->failures, walk->site))
        return walk_queue(walk, "No Hub Transport server of site %s answers.",
                          walk->site->object.name);
    while (place < leg->path->len) {
        guint next = next_stop(walk, leg, place);

        if (site_is_down(walk->failures, leg_site(leg, next)))
            return back_off(walk, leg, place, next);
        accept_at(walk, leg, next);
        place = next;
    }
    return true;
}

/* From "anywhere in the 2007 group": the way inside is not asked for. */
static bool appear_at(Walk *walk, const Site *site)
{
    walk->site = site;
    walk_stop(walk, site, NULL, true);
    return check_site(walk, site, "delivered to");
}

bool walk_sites(Walk *walk, const Site *to)
{
    const Site *from = walk->site;
    Leg leg = {.base = walk->route->stops->len - 1};
    g_autoptr(SiteTree) made = NULL;
    g_autoptr(GArray) path = NULL;
    const SiteTree *tree;

    if (from == NULL)
        return appear_at(walk, to);
    tree = walk_tree(walk, &made);
    leg.path = path = site_tree_path(tree, to);
    if (path == NULL) {
        walk_notice(walk, "no-site-path", &to->object, 5007);
        return walk_end(walk, ROUTE_UNREACHABLE,
                        "No IP site links lead from site %s to %s; the message stays in the "
                        "Unreachable queue.",
                        from->object.name, to->object.name);
    }
    record_path(walk, path, site_tree_cost(tree, to));
    explain_path(walk, tree, path, to);
    return check_site(walk, from, "sent from") && check_site(walk, to, "delivered to") &&
           check_size(walk, path) && travel(walk, &leg);
}

/* --- the last step ------------------------------------------------------------------------ */

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const Server *left = *(const Server *const *)a;
    const Server *right = *(const Server *const *)b;

    return left->object.number < right->object.number ? -1 : 1;
}

/* The hubs of one version in a site that answer; only the mailbox server itself when it is one,
 * since a hub on the same machine is always taken. */
static GPtrArray *hubs_for(const Walk *walk, const Server *mailbox)
{
    GPtrArray *hubs = g_ptr_array_new();

    if (server_is_hub(mailbox)) {
        g_ptr_array_add(hubs, (gpointer)mailbox);
        return hubs;
    }
    FOR_EACH(Server, server, walk->site->servers)
        if (server_is_hub(server) && server->version.family == mailbox->version.family &&
            !server_is_down(walk->failures, server))
            g_ptr_array_add(hubs, server);
    g_ptr_array_sort(hubs, compare_numbers);
    return hubs;
}

static void add_server(Walk *walk, const Server *server)
{
    GPtrArray *servers = walk->route->servers;

    if (servers->len == 0 || servers->pdata[servers->len - 1] != server)
        g_ptr_array_add(servers, (gpointer)server);
}

/* Adds one hub that talks to the mailbox server; hubs of its own version do (from 2007 SP2). */
static bool add_hub(Walk *walk, const Server *mailbox)
{
    g_autoptr(GPtrArray) hubs = hubs_for(walk, mailbox);
    GPtrArray *names;

    if (hubs->len == 0) {
        walk_notice(walk, "no-hub-of-version", &mailbox->object, 5008);
        return walk_end(walk, ROUTE_UNREACHABLE,
                        "No Hub Transport server of the version of %s answers in site %s.",
                        mailbox->object.name, walk->site->object.name);
    }
    names = g_ptr_array_new_with_free_func(g_free);
    FOR_EACH(const Server, hub, hubs)
        g_ptr_array_add(names, g_strdup_printf("server:%s", hub->object.name));
    if (walk->route->servers->len < 2 ||
        walk->from->server->version.family != mailbox->version.family) {
        walk_share(walk, names);
        add_server(walk, hubs->pdata[0]);
    } else {
        g_ptr_array_unref(names);
    }
    return true;
}

/* From mailbox to mailbox inside one site: hubs and mailbox servers of 2007 and 2010 talk only
 * within their own version, so between versions two hubs are passed. */
static bool list_servers(Walk *walk)
{
    const Server *from = walk->from->server;
    const Server *to = walk->to->server;

    if (from == NULL || to == NULL || walk->from->site != walk->site ||
        !server_uses_routing_group(from) || !server_uses_routing_group(to))
        return true;
    add_server(walk, from);
    if (!add_hub(walk, from) || !add_hub(walk, to))
        return false;
    add_server(walk, to);
    return true;
}

void walk_deliver(Walk *walk)
{
    const Server *server = walk->to->server;

    if (!list_servers(walk))
        return;
    if (server != NULL && server_is_down(walk->failures, server))
        walk_queue(walk, "%s is down: the message waits in its site.", server->object.name);
    else
        walk_say(walk, "Site %s delivers the message.", walk->site->object.name);
}
