#ifndef ADTOPO_ROUTING_LINK_STATE_H
#define ADTOPO_ROUTING_LINK_STATE_H

#include "routing/group-paths.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What the link state of Exchange 2000/2003 does beside Exchange 2007, which takes no part in it:
 * it neither hears that a connector is down nor passes the news on (TechNet aa996728).
 */

typedef enum LoopCause {
    LOOP_FAILURE,     /* the connector is down: cured by suppressing minor link state changes */
    LOOP_RESTRICTION, /* 2003 refuses some messages on it, 2007 does not see that: not cured */
} LoopCause;

/* A message for `destination` goes round while `connector` cannot be used. */
typedef struct MessageLoop {
    LoopCause cause;
    const RoutingGroup *destination;
    const Connector *connector;
    AttributeId restriction; /* for LOOP_RESTRICTION */
    GPtrArray *cycle;        /* of const GroupEdge: from the 2007 group back to it */
} MessageLoop;

/*
 * All loops (of MessageLoop) that one connector's loss makes: Exchange 2007 sends towards the
 * destination by its fixed least cost; the first legacy group on that path knows of the loss and
 * turns back to the 2007 group. One cycle is given for each destination, first group and
 * connector. With minor link state changes suppressed only restrictions make loops. The caller
 * unrefs.
 */
GPtrArray *message_loops(const GroupNet *net, bool suppressed);

/* One of them: `first` leaves the 2007 group on its fixed way to the root of a tree towards it, and
 * the tree was searched without what is down. The cycle (of const GroupEdge) from the 2007 group
 * back to it, or NULL where the message arrives or waits. The caller unrefs. */
GPtrArray *message_cycle(const GroupTree *changed, const GroupEdge *first);

/* Whether minor link state changes have to be suppressed on all 2000/2003 servers. */
typedef enum Suppression {
    SUPPRESSION_NEEDLESS,
    SUPPRESSION_RECOMMENDED, /* Microsoft's condition: 2007 hubs, more than one legacy group and
                                more than one routing group connector between them and 2007 in
                                one direction; no loop was found */
    SUPPRESSION_REQUIRED,    /* there is a loop */
} Suppression;

Suppression link_state_suppression(const GroupNet *net);

/* Legacy groups that can exchange link state with each other without the 2007 group: a list of
 * lists of const RoutingGroup, in order. More than one list are islands. Groups without 2000/2003
 * servers are in none. The caller unrefs. */
GPtrArray *link_state_islands(const GroupNet *net);

#endif
