#ifndef ADTOPO_ROUTING_EXIT_CHOICE_H
#define ADTOPO_ROUTING_EXIT_CHOICE_H

#include "routing/choice.h"
#include "routing/group-paths.h"
#include "routing/site-paths.h"

/*
 * Exchange 2007 sending to a legacy routing group (TechNet bb232193): the least total cost of
 * connectors to it, then the least cost of site links to the servers of the first one. How equals
 * are told apart is not known: here by the order of site paths towards the connectors' servers,
 * then by the connector's name. `tree` leads towards the group; `sites`, the tree of the sender's
 * site, may be NULL where that site is not known. Connectors whose servers are in no site that
 * can be reached are refused (MSExchangeTransport event 5016), and those too small for a message
 * of `size` bytes.
 */
Choice *choose_exit(const GroupNet *net, const GroupTree *tree, const SiteTree *sites,
                    const RoutingGroup *from, guint64 size);

/* Whether a connector takes a message of that size; if not, the choice knows. */
bool choice_fits(Choice *choice, const Connector *connector, guint64 size);

/* All connectors out of a group in the order in which Exchange 2007 prefers those that come to the
 * same total cost: the candidates of choose_exit() but for that cost, which counts as 0. */
Choice *rank_exits(const GroupNet *net, const SiteTree *sites, const RoutingGroup *from);

/* The site of those source servers of a connector that are nearest; without a tree the first by
 * name. NULL when none can be reached. */
const Site *connector_source_site(const Connector *connector, const SiteTree *sites);

#endif
