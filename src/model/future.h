#ifndef ADTOPO_MODEL_FUTURE_H
#define ADTOPO_MODEL_FUTURE_H

#include "model/topology.h"

#include <glib.h>

/*
 * Topologies as they would be: after setup of Exchange 2007, or without some objects. Each is built
 * from a copy of what was read (directory/branch.h), in memory; the one of today must outlive it.
 */

/* One end of a planned routing group connector. */
typedef struct PlannedEnd {
    const RoutingGroup *group; /* NULL: the group of Exchange 2007 */
    const Server *server;      /* the bridgehead; NULL on the side of 2007: the planned server */
} PlannedEnd;

/* A pair of connectors, one in each direction, as New-RoutingGroupConnector -Bidirectional makes it
 * (TechNet aa998574). */
typedef struct PlannedConnection {
    PlannedEnd from;
    PlannedEnd to;
} PlannedConnection;

/* What setup is asked to install. All is borrowed. */
typedef struct SetupPlan {
    const char *computer; /* the new server's name */
    const Site *site;
    int roles;                    /* of enum ServerRole, or-ed */
    int service_pack;             /* of Exchange 2007: 0 to 3 */
    int schema_level;             /* what its setup /PrepareSchema leaves behind */
    int organization_level;       /* and its setup /PrepareAD */
    const GPtrArray *connections; /* of PlannedConnection */
} SetupPlan;

/*
 * After setup: schema and organisation at the levels of the plan, the groups of Exchange
 * 2007 unless they exist, the server with its roles in the site, its receive connectors when it
 * is a hub, and the connectors. The names in the documentation of setup /PrepareAD and of the
 * Exchange 2007 schema are used; what setup writes beyond that is left out. An attribute that was
 * read of no object of a class counts as unread then too, although the new one has it. FAULT_SOURCE
 * when the organisation leaves no place for it: no organisation, or an object of that name. The
 * caller frees it with topology_free().
 */
Topology *future_after_setup(const Topology *today, const SetupPlan *plan, GError **error);

/* Without some objects (of const Entry) and all below them. The caller frees it likewise. */
Topology *future_without(const Topology *today, const GPtrArray *objects, GError **error);

#endif
