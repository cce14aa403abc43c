#ifndef ADTOPO_RULES_PLAN_NAMES_H
#define ADTOPO_RULES_PLAN_NAMES_H

#include "rules/plan.h"

/* From the words of a plan to objects; for the files that read a plan only. */

/* How many of a list of typed objects have that name, or are the one with that DN; *found is one of
 * them. */
guint plan_look_up(const Topology *topology, const GPtrArray *objects, const char *name,
                   const Object **found);

/* Why an object of the class may be there although it is not among `objects`, in words that the
 * caller frees; NULL: it is not there. */
char *plan_why_unread(const Topology *topology, const GPtrArray *objects, ClassId id);

/* Whether there may be a server that was not read, or one that showed nothing but its name. */
bool plan_servers_may_be_unread(const Topology *topology);

/* The object of a list that a plan names; `kind` is what messages call it. NULL where it fits
 * nothing or several: with FAULT_USAGE, unless it may merely not have been read, which is a gap in
 * the plan. */
const Object *plan_find(Plan *plan, const Topology *topology, const GPtrArray *objects, ClassId id,
                        const char *kind, const char *name, GError **error);

/* Fits FROM:TO to what it names and adds the connection to the plan. FAULT_USAGE where it fits
 * nothing or joins a group with itself; without an error, a gap in the plan. */
void plan_add_connector(Plan *plan, const Topology *topology, const char *words, GError **error);

#endif
