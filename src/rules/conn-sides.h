#ifndef ADTOPO_RULES_CONN_SIDES_H
#define ADTOPO_RULES_CONN_SIDES_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* What the rules about the bridgeheads of routing group connectors share. */

/* One end of a routing group connector: the group there, and the bridgeheads named for it. */
typedef struct Side {
    const Connector *connector;
    const RoutingGroup *group; /* NULL when it could not be resolved */
    const Bridgehead *heads;
    guint count;
    AttributeId attribute;
    const char *noun;
} Side;

Side source_side(const Connector *connector);
Side target_side(const Connector *connector);

/* TRUE, with a word to the reader, when a bridgehead of that end was not read. */
bool side_is_unseen(Check *check, const Side *side);

/* Calls `judge` for every routing group connector, unless connectors were not read. */
void judge_connectors(Check *check, void (*judge)(Check *, const Connector *));

/* The same for rules that look at the groups at the ends, which have to be read as well. */
void judge_joining_connectors(Check *check, void (*judge)(Check *, const Connector *));

/* Appends a complaint (printf form), behind `separator` unless it is the first. */
void add_complaint(GString *complaints, const char *separator, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

#endif
