#ifndef ADTOPO_RULES_DEC_H
#define ADTOPO_RULES_DEC_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* The family DEC is written in several files: dec.c (duties, what vanishes, and what is left
 * afterwards), dec-contents.c (mailboxes, folders, address books), dec-connectors.c. */

extern const Rule DEC001, DEC003, DEC004, DEC005, DEC006, DEC008;
extern const Rule DEC002, DEC007, DEC009;

#define DEC_GUIDES "TechNet bb288905 (removing the last Exchange 2000/2003 server)"

/* Whether a server older than Exchange 2007 is left: without one no step is open. */
bool old_servers_exist(const Topology *topology);

/*
 * Raises one finding for all objects (of const Entry) in the way of a step; none when there is
 * none, or no server older than Exchange 2007. The text goes on behind their number and before
 * their names: `one` for a single one, `many` for more. Each of the first is cited by `attribute`,
 * or itself where that is ATTR_NONE.
 */
void raise_step(Check *check, Severity severity, const GPtrArray *blockers, AttributeId attribute,
                const char *one, const char *many);

/* The objects of a class (of Entry) whose attribute leads to a server older than 2007; unref it. */
GPtrArray *pointing_at_old(const Topology *topology, ClassId class_id, AttributeId attribute);

void add_entry(GPtrArray *entries, const Object *object);

#endif
