#ifndef ADTOPO_RULES_ROUTING_GROUPS_H
#define ADTOPO_RULES_ROUTING_GROUPS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* What the families about routing groups, their connectors and link state share. */

/* Exchange 2000 or 2003: the versions that keep link state. 5.5 is left out. */
bool server_keeps_link_state(const Server *server);

bool group_has_member(const RoutingGroup *group, bool (*wanted)(const Server *));

/* A group without the token of Exchange 2007 in which servers older than 2007 live. */
bool group_is_legacy(const RoutingGroup *group);

/* A group that is, or with another name would be, that of Exchange 2007: it has the token or, where
 * no group has it (RG004), holds servers of 2007 and 2010 and none older. */
bool group_passes_for_modern(const Topology *topology, const RoutingGroup *group);

/* Whether members of routing groups were read, from both ends of the link: without either an empty
 * group proves nothing. */
bool members_were_read(const Directory *directory);

/* Whether neither end of the link between servers and routing groups was read. */
bool membership_is_hidden(const Directory *directory);

/* All legacy groups (of RoutingGroup), in order; the caller unrefs. */
GPtrArray *legacy_groups(const Topology *topology);

/* The Hub Transport servers of 2007 and 2010 (of Server); the caller unrefs. */
GPtrArray *hub_servers(const Topology *topology);

/* Private databases on the servers of a group. */
guint group_count_mailbox_stores(const RoutingGroup *group);

/* The routing group connectors of a group with a living destination (of Connector): by destination,
 * then cost, then name; only those that carry mail when `enabled`. The caller unrefs. */
GPtrArray *connectors_by_destination(const RoutingGroup *group, bool enabled);

/* The end of the run of connectors to one destination that begins at `from`. */
guint destination_run_end(const GPtrArray *connectors, guint from);

/* The one of least cost that carries mail, the first of several; NULL when there is none. */
const Connector *cheapest_between(const RoutingGroup *from, const RoutingGroup *to);

/*
 * Why a way between groups may exist although none was found: connectors were not read at all, or
 * some lead to a group that what was read does not tell. Static words for check_not_assessed();
 * NULL when every connector was seen.
 */
const char *unseen_connectors(const Topology *topology);

/* What rules need to see of routing group connectors: where they lead, what that costs, who stands
 * at their ends, and all of it. */
extern const Need connector_destinations[];
extern const Need connector_costs[];
extern const Need connector_ends[];
extern const Need connector_ways[];

/* TRUE, with a word to the reader, when Exchange servers were read but nothing of connectors:
 * then no rule about connectors can pass. */
bool connectors_unread(Check *check);

/* As connectors_unread(), for rules about both ends of routing group connectors: those of which an
 * end was not read are counted as not assessed, and the rest can be judged. */
bool connector_ends_unread(Check *check);

/* Static words where the sources of routing group connectors were evidently not read: no connector
 * names any, and in the group of Exchange 2007 each does. In one of Exchange 2000/2003 that is an
 * ordinary state: every server of the group sends. NULL otherwise. */
const char *hidden_sources(const Topology *topology);

/* TRUE, with a word to the reader, when they were not read. */
bool sources_unread(Check *check);

/* TRUE when there are not two generations that connectors could join, and, with a word to the
 * reader, when what was read does not show how they are joined. */
bool nothing_to_join(Check *check);

/* TRUE, with a word to the reader, when Exchange servers were read but no routing group. */
bool groups_unread(Check *check);

/* As groups_unread(), and TRUE when no server showed its home routing group: for rules that ask
 * whether a group has members. */
bool homes_unread(Check *check);

/* TRUE, with a word to the reader, when servers were read and membership_is_hidden(). */
bool membership_unread(Check *check);

/* As homes_unread(), and TRUE when no group showed its members either: for rules about members that
 * only one end of the link may tell of. */
bool members_unread(Check *check);

/* The groups to which enabled connectors of a group lead (of RoutingGroup), each once; the caller
 * unrefs. */
GPtrArray *neighbours_of(const RoutingGroup *group);

/* Appends an object (anything that begins with Object) unless the array has it. */
void add_once(GPtrArray *objects, const void *object);

#endif
