#ifndef ADTOPO_ROUTING_CONNECTOR_CHOICE_H
#define ADTOPO_ROUTING_CONNECTOR_CHOICE_H

#include "routing/address-space.h"
#include "routing/choice.h"
#include "routing/site-paths.h"

/* Who chooses a connector for an address, for which message, and what is down. */
typedef struct Sender {
    const GroupNet *net;
    const RoutingGroup *group; /* the sender's */
    const SiteTree *sites; /* of the sender's site; NULL where it is not known or it is legacy */
    const Server *server;  /* the sender itself, or NULL */
    guint64 size;          /* of the message in bytes, 0 when not given */
    const GroupFilter *usable; /* edges that the message fits through; NULL: all */
    const GroupFilter *alive;  /* of those, the ones that are not down */
    bool (*is_down)(const Connector *connector, gconstpointer closure);
    gconstpointer closure;
} Sender;

/*
 * Exchange 2007 sending to an address (TechNet bb232045): connectors that are too small are left
 * out, then those out of scope, disabled, without source servers or out of reach; then the most
 * specific address space, the least sum of site cost and cost of the space, proximity (the sender,
 * its site, fewer links), and the name. What is down plays no part.
 *
 * How connectors of 2000/2003 servers compare with those of 2007 is described only as "slightly
 * different". Here connectors of 2007 come first, and the others follow by the cost of routing
 * group connectors and address space, then the site cost to the first one. `contested` names the
 * connector that a plain comparison of those two sums would take, where it is another.
 */
Choice *choose_for_modern(const Sender *sender, const Address *address);

/*
 * Exchange 2000 and 2003 sending to an address: the most specific space of all connectors in
 * scope that have a path, then the least sum of connector costs and cost of the space; equals
 * share the load. A connector that is down loses to another of the same specificity, never to a
 * wider one: the message waits (`down`). Scope and restrictions are judged where the choice is
 * made (KB 811706).
 */
Choice *choose_for_legacy(const Sender *sender, const Address *address);

#endif
