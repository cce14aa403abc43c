/* A message's way to an address outside: the connector that takes it, and how to get to it. */
#include "routing/walk.h"

#include "routing/accepted-domain.h"
#include "routing/connections.h"
#include "routing/connector-choice.h"

#include <string.h>

/* 2003 knows the state of the connectors of its own world only. */
static bool is_known_down(const Connector *connector, gconstpointer failures)
{
    return !connector->group->official && connector_is_down(failures, connector);
}

/* The virtual servers of 2000/2003 look the domain up in DNS where no connector takes it (Exchange
 * Server 2003 Transport and Routing Guide); Exchange 2007 does not. */
static bool virtual_server_sends(const Walk *walk)
{
    return walk->group != NULL && !walk->group->official &&
           strcmp(walk->to->address->type, "SMTP") == 0;
}

/* Addresses of other types than SMTP do not wait for a way. */
static bool return_unroutable(Walk *walk, const Choice *choice)
{
    walk_cut_off(walk, choice);
    if (choice->too_small)
        return walk_end(walk, ROUTE_RETURNED,
                        "Every other connector that leads there has a size limit below the "
                        "message's size: it is returned.");
    return walk_end(walk, ROUTE_RETURNED,
                    "No %sconnector takes addresses of type %s like this one: the message is "
                    "returned.",
                    choice->cut_off->len > 0 ? "other " : "", walk->to->address->type);
}

static bool no_connector(Walk *walk, const Choice *choice)
{
    bool all_small = choice->too_small && choice->cut_off->len == 0;

    walk_explain(walk, choice);
    if (!choice->too_small && virtual_server_sends(walk)) {
        walk_say(walk, "No connector takes mail for the address: the SMTP virtual server looks its "
                       "domain up in DNS and sends the message itself.");
        return false;
    }
    if (!all_small && strcmp(walk->to->address->type, "SMTP") != 0)
        return return_unroutable(walk, choice);
    return walk_refuse(walk, choice, NULL);
}

/* The message is where the connector's source servers are. */
static bool leave_by(Walk *walk, const Connector *connector)
{
    if (walk->route->connector == NULL)
        walk->route->connector = connector;
    if (connector_is_down(walk->failures, connector))
        return walk_queue(walk, "Connector %s is down: the message waits for it.",
                          connector->object.name);
    walk_say(walk, "Connector %s sends the message out.", connector->object.name);
    return false;
}

static bool is_described(const Walk *walk, const Connector *connector)
{
    const GArray *steps = walk->route->steps;

    for (guint i = 0; i < steps->len; i++) {
        const RouteStep *step = &g_array_index(steps, RouteStep, i);

        if (step->entry == connector->object.entry && step->attribute == ATTR_routingList)
            return true;
    }
    return false;
}

/* Every group on the way chooses anew, and often the same one. */
static void describe(Walk *walk, const Candidate *best)
{
    if (!is_described(walk, best->connector))
        walk_step(walk, walk->group == NULL ? "" : walk->group->object.name,
                  best->connector->object.name, best->connector->object.entry, ATTR_routingList);
    walk_say(walk, "The address is in space %s:%s of connector %s.", best->space->type,
             best->space->pattern, best->connector->object.name);
}

/* --- Exchange 2007 ------------------------------------------------------------------------ */

static void mention_contested(Walk *walk, const Choice *choice)
{
    if (choice->contested == NULL)
        return;
    walk_notice(walk, "undocumented-order", &choice->contested->object, 0);
    walk_say(walk,
             "How connectors of 2003 servers compare with those of 2007 is undocumented: if "
             "plain sums of cost decide, connector %s is taken.",
             choice->contested->object.name);
}

static void set_cost_vector(Walk *walk, const Candidate *best)
{
    if (walk->route->has_vector || best->edge == NULL)
        return;
    walk->route->has_vector = true;
    walk->route->legacy_cost = best->legacy_cost;
}

static bool resolve_recipient(Walk *walk, const Entry *accepted)
{
    g_autofree char *domain = value_text(entry_value(accepted, ATTR_msExchAcceptedDomainName),
                                         ATTR_msExchAcceptedDomainName);
    RouteStop here = {.site = walk->site, .group = walk->group};
    g_autofree char *place = route_stop_text(&here, false);

    walk_step(walk, place, place, accepted, ATTR_msExchAcceptedDomainFlags);
    walk_say(walk,
             "%s is an authoritative accepted domain: Exchange 2007 looks the recipient up in the "
             "directory, and gives the message to no connector for the address.",
             domain);
    return walk_end(walk, ROUTE_RESOLVED,
                    "The recipient decides: a mailbox of the organisation is reached as its "
                    "server is (ask with --to server:NAME, or site:NAME and rg:NAME), a contact as "
                    "its target address is, and for an unknown recipient the message is returned.");
}

static bool end_at_own_domain(Walk *walk, const Entry *accepted)
{
    /* Where nobody answers, nobody looks a recipient up. */
    if (walk->site != NULL && !walk_sites(walk, walk->site))
        return false;
    return resolve_recipient(walk, accepted);
}

/* Whether the address is the organisation's own, which ends the route. Asked of mail that begins
 * with Exchange 2007 only: 2003 judged what comes from there, by recipient policies. */
static bool is_own(Walk *walk)
{
    const Topology *topology = router_topology(walk->router);
    const Entry *accepted;
    DomainKind kind;

    if (!endpoint_is_modern(walk->from) || strcmp(walk->to->address->type, "SMTP") != 0)
        return false;
    kind = accepted_domain_kind(topology, walk->to->address, &accepted);
    if (kind == DOMAIN_OWN)
        end_at_own_domain(walk, accepted);
    if (kind == DOMAIN_UNKNOWN)
        walk_say(walk, "The type of the accepted domain that the address is in was not read: if it "
                       "is authoritative, the recipient decides, and no connector.");
    return kind == DOMAIN_OWN;
}

static bool send_from_modern(Walk *walk)
{
    EdgeRule rule = {.size = walk->question->size};
    GroupFilter usable = edge_rule_filter(&rule);
    g_autoptr(SiteTree) made = NULL;
    g_autoptr(Choice) choice = NULL;
    Sender sender = {
        .net = router_groups(walk->router),
        .group = walk->group,
        .server = walk->from->server,
        .size = walk->question->size,
        .usable = &usable,
    };
    const Candidate *best;

    sender.sites = walk_tree(walk, &made);
    choice = choose_for_modern(&sender, walk->to->address);
    best = choice_best(choice);
    if (best == NULL)
        return no_connector(walk, choice);
    walk_explain(walk, choice);
    mention_contested(walk, choice);
    set_cost_vector(walk, best);
    if (walk->route->connector == NULL)
        walk->route->connector = best->edge != NULL ? best->edge->connector : best->connector;
    describe(walk, best);
    if (!walk_sites(walk, best->site))
        return false;
    return best->edge == NULL ? leave_by(walk, best->connector) : walk_connector(walk, best->edge);
}

/* --- Exchange 2000 and 2003 --------------------------------------------------------------- */

static void share_connectors(Walk *walk, const Choice *choice)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < choice_equals(choice); i++) {
        const Candidate *candidate = &g_array_index(choice->candidates, Candidate, i);

        g_ptr_array_add(names, g_strdup_printf("connector:%s", candidate->connector->object.name));
    }
    walk_share(walk, names);
}

static bool send_from_legacy(Walk *walk)
{
    EdgeRule rule = {.size = walk->question->size};
    EdgeRule alive_rule = {.size = walk->question->size, .failures = walk->failures};
    GroupFilter usable = edge_rule_filter(&rule);
    GroupFilter alive = edge_rule_filter(&alive_rule);
    bool watches = failures_any(walk->failures) && !walk->question->suppressed;
    Sender sender = {
        .net = router_groups(walk->router),
        .group = walk->group,
        .size = walk->question->size,
        .usable = &usable,
        .alive = &alive,
        .is_down = watches ? is_known_down : NULL,
        .closure = walk->failures,
    };
    g_autoptr(Choice) choice = choose_for_legacy(&sender, walk->to->address);
    const Candidate *best = choice_best(choice);

    if (best == NULL)
        return no_connector(walk, choice);
    walk_explain(walk, choice);
    share_connectors(walk, choice);
    if (!walk->route->has_vector) {
        walk->route->has_vector = true;
        walk->route->legacy_cost = best->legacy_cost;
    }
    describe(walk, best);
    if (choice->down)
        walk_say(walk,
                 "All connectors of the closest address space are down; 2003 does not turn to a "
                 "less specific one.");
    if (best->connector->group == walk->group)
        return leave_by(walk, best->connector);
    return walk_on(walk, best->connector->group);
}

bool walk_to_address(Walk *walk)
{
    if (walk->group == NULL || walk->group->official)
        return !is_own(walk) && send_from_modern(walk);
    return send_from_legacy(walk);
}
