#ifndef ADTOPO_ROUTING_ROUTE_H
#define ADTOPO_ROUTING_ROUTE_H

#include "model/topology.h"
#include "routing/choice.h"
#include "routing/criterion.h"
#include "routing/failures.h"
#include "routing/group-paths.h"
#include "routing/site-paths.h"

#include <glib.h>
#include <stdbool.h>

/*
 * How one message travels, decided by the directory: between sites as Exchange 2007 does it,
 * between routing groups as 2003 does, and across the border of the two. Each kind of server
 * decides anew with what it knows: 2007 by the static configuration, 2003 by link state as well.
 */
typedef enum RouteOutcome {
    ROUTE_DELIVERED,
    ROUTE_RESOLVED,    /* the domain is the organisation's own: the recipient's place decides */
    ROUTE_QUEUED,      /* it waits in `queue` until something comes back */
    ROUTE_RETURNED,    /* a non-delivery report: a size limit, a loop, no connector */
    ROUTE_UNREACHABLE, /* there is no way at all; with 2007 it lies in the Unreachable queue */
} RouteOutcome;

/* "delivered", "resolved", "queued", "returned", "unreachable": static. */
const char *route_outcome_name(RouteOutcome outcome);

/* Whether no way is missing: delivered, or with the recipient to decide. */
bool route_outcome_arrives(RouteOutcome outcome);

/* What is asked. Names are those of endpoint_parse(). */
typedef struct RouteQuestion {
    const char *from;        /* a site, routing group or server */
    const char *const *to;   /* one or more of these, or addresses; NULL-terminated */
    const char *const *down; /* sites, servers, connectors; NULL-terminated, or NULL */
    guint64 size;            /* of the message in bytes; 0: not given */
    bool suppressed; /* 2003 servers suppress minor link state changes: dead connectors are kept */
} RouteQuestion;

/* A place on the way: a site, or a routing group of 2003. */
typedef struct RouteStop {
    const Site *site;
    const RoutingGroup *group;
    bool accepts; /* its servers take the message in; a site without this only adds cost */
} RouteStop;

/* What in the directory stands behind one hop. */
typedef struct RouteStep {
    char *hop; /* "Munich > London", or a place: "London" */
    const Entry *entry;
    AttributeId attribute; /* the one of its attributes that decides */
} RouteStep;

/* Something worth a remark beside the route. */
typedef struct RouteNotice {
    const char *slug; /* "local-rgc-bypassed", "connector-ignored", …: static */
    const Object *object;
    guint event; /* of MSExchangeTransport that Exchange 2007 would log, or 0 */
} RouteNotice;

/* A place where the way was decided on. What the route says of why, of what was rejected and of
 * what is worth a remark belongs to it from these indices on, up to those of the next. Nothing is
 * said at two places. */
typedef struct RouteLeg {
    char *place; /* "rg:Munich" */
    guint why;
    guint rejected;
    guint notices;
} RouteLeg;

/* One copy of a message with several recipients, from one accepting place to the next. */
typedef struct RouteTransfer {
    char *from;
    char *to;
} RouteTransfer;

typedef struct Route {
    char *from;    /* "site:A" */
    GPtrArray *to; /* of char */
    RouteOutcome outcome;
    GArray *stops;    /* of RouteStop, source first: sites give the path, `accepts` the relays */
    GPtrArray *links; /* of const SiteLink: those of the path */
    guint64 cost;     /* of the sites' path; where no site is crossed, that of the connectors */
    guint hops;       /* links, or connectors likewise */
    Criterion decided_by;
    const Connector *connector; /* the first one taken, or NULL */
    bool has_vector;            /* routing groups are crossed: the next two are the cost vector */
    guint64 legacy_cost;        /* of connectors, and of a legacy group's address space */
    guint64 site_cost;          /* of site links */
    GPtrArray *any_of;  /* of GPtrArray of char: sets of equal choices that share the load */
    char *queue;        /* "site:C", "rg:X", or NULL */
    GPtrArray *backoff; /* of const Site: tried in this order, the target first */
    guint copies;       /* that leave the source */
    GPtrArray *forks;   /* of char: "site:B" */
    GArray *transfers;  /* of RouteTransfer; with several recipients */
    GArray *rejected;   /* of Rejected */
    GPtrArray *why;     /* of char: sentences */
    GArray *steps;      /* of RouteStep */
    GArray *notices;    /* of RouteNotice */
    GArray *legs;       /* of RouteLeg, in the order of the way */
    GPtrArray *servers; /* of const Server: the way inside one site, where it is determined */
    GPtrArray *each;    /* of Route, one a recipient, when there are several; else NULL */
} Route;

/*
 * The answer. With several recipients `each` has one route for each of them; the whole has the
 * gravest of their outcomes, its queue, and copies, forks and transfers, and leaves the rest to
 * them. One that is named more than once gets one copy, and a notice says so. NULL and FAULT_USAGE
 * when the question names something unknown, ambiguous or out of place. The route borrows the
 * topology.
 */
Route *route_find(const Topology *topology, const RouteQuestion *question, GError **error);

/* The same, asked often: the graphs are made once. Any number of threads may ask. */
typedef struct Router Router;

Router *router_new(const Topology *topology);

/* The same as `router`, which it borrows, without one site link. */
Router *router_new_without(const Router *router, const SiteLink *link);
void router_free(Router *router);
Route *router_find(const Router *router, const RouteQuestion *question, GError **error);

/* The route of a message of no particular size over sites from the source of a tree of the
 * router's. */
Route *router_between(const Router *router, const SiteTree *tree, const Site *to,
                      const Failures *failures);

const Topology *router_topology(const Router *router);
const SiteGraph *router_sites(const Router *router);
const GroupNet *router_groups(const Router *router);

/* A route from a source that says nothing yet. */
Route *route_new(const char *from);
void route_free(Route *route);

/* Whether the route is one of several that are equal and share the mail: over other connectors, or
 * through other groups or sites. Servers that stand side by side make no difference. */
bool route_has_equals(const Route *route);

/* The place that is tried when a place on a path over sites does not answer: the nearest before it
 * whose site carries mail, at the farthest `from`, where the message is. All are indices of
 * `stops`, and `place` lies behind `from`. */
guint route_place_before(const Route *route, guint place, guint from);

/* The sites (of const Site) that would be tried if the last one of a delivered route over sites did
 * not answer: itself, those that carry mail back along the path, and the last stop, where the
 * message then waits (TechNet bb232193, queue at point of failure). The caller unrefs. */
GPtrArray *route_retreat(const Route *route);

/* The name of a stop: "Munich" for a site, "rg:Munich" for a group; with `prefix` "site:Munich"
 * too. The caller frees it. */
char *route_stop_text(const RouteStop *stop, bool prefix);

/* Which version's message tracking shows the stop: "2007" or "2003". Static. */
const char *route_stop_tracking(const RouteStop *stop);

/* Parses a size such as "20MB", "512KB", "1000": bytes, K, M and G count in 1024s. FALSE and
 * FAULT_USAGE when it is none, 0, or more than a number with a sign holds. */
bool route_parse_size(const char *text, guint64 *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Router, router_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Route, route_free)

#endif
