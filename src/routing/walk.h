#ifndef ADTOPO_ROUTING_WALK_H
#define ADTOPO_ROUTING_WALK_H

#include "routing/endpoint.h"
#include "routing/failures.h"
#include "routing/route.h"

/*
 * One message on its way: where it is, and the route written so far. The files that move it share
 * this; each moving function answers TRUE when the message moved on, and FALSE when the route has
 * come to its end.
 */
typedef struct Walk {
    const Router *router;
    const RouteQuestion *question;
    const Failures *failures;
    const Endpoint *from;
    const Endpoint *to;
    const SiteTree *tree; /* of the sender's site, made by the caller; or NULL */
    Route *route;
    const Site *site;          /* where it is: the site in the 2007 group, NULL when not known */
    const RoutingGroup *group; /* the routing group it is in */
    bool explained;            /* the route says what decided */
} Walk;

/* Which connectors a message may use; the closure of edge_rule_allows(). */
typedef struct EdgeRule {
    guint64 size;
    const Failures *failures;  /* what 2003 knows to be down: not the connectors of 2007; or NULL */
    const RoutingGroup *avoid; /* connectors that leave this group are left out, or NULL */
} EdgeRule;

bool edge_rule_allows(const GroupEdge *edge, gconstpointer rule);

/* The route of one message to one recipient. Who asks often from one site gives its tree; else
 * NULL. */
Route *walk_route(const Router *router, const RouteQuestion *question, const Failures *failures,
                  const Endpoint *from, const Endpoint *to, const SiteTree *tree);

/* A tree of the site where the message is, or NULL where that is not known: `made` takes one that
 * had to be made. */
const SiteTree *walk_tree(const Walk *walk, SiteTree **made);

/* Over sites, to another site or the same one. */
bool walk_sites(Walk *walk, const Site *to);

/* Through a connector to the group at its other end. */
bool walk_connector(Walk *walk, const GroupEdge *edge);

/* From Exchange 2007, or from 2003, on towards a legacy group or (from 2003) the 2007 group. */
bool walk_out(Walk *walk, const RoutingGroup *to);
bool walk_on(Walk *walk, const RoutingGroup *to);

/* Towards an address from where the message is. */
bool walk_to_address(Walk *walk);

/* The filter of a rule that does not change any more; it borrows the rule. */
static inline GroupFilter edge_rule_filter(const EdgeRule *rule)
{
    return (GroupFilter){edge_rule_allows, rule};
}

/* The last step at a site: to the server, when one was asked for. Ends the route. */
void walk_deliver(Walk *walk);

/* Writing the route. All ends answer FALSE. */
bool walk_end(Walk *walk, RouteOutcome outcome, const char *format, ...) G_GNUC_PRINTF(3, 4);
bool walk_queue(Walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3); /* where it is */
void walk_say(Walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3);
void walk_notice(Walk *walk, const char *slug, const Object *object, guint event);

/* Where both ends are one place: what makes the message stop there. */
void walk_step(Walk *walk, const char *from, const char *to, const Entry *entry,
               AttributeId attribute);
void walk_stop(Walk *walk, const Site *site, const RoutingGroup *group, bool accepts);

/* Writes what a choice preferred and refused. */
void walk_explain(Walk *walk, const Choice *choice);

/* The best candidates, as a set that shares load, if there are several. */
void walk_share(Walk *walk, GPtrArray *names);

/* Writes which connectors the message cannot get to for want of a path between sites. */
void walk_cut_off(Walk *walk, const Choice *choice);

/* Ends the route of a message that no connector takes to the group, or for NULL to its address: too
 * large, no path to those that would, or no way. */
bool walk_refuse(Walk *walk, const Choice *choice, const RoutingGroup *to);

#endif
