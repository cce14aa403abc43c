#ifndef ADTOPO_RULES_LEG_H
#define ADTOPO_RULES_LEG_H

#include "rules/rule.h"

/* The rules of the family LEG about connectors, in leg-connectors.c; leg.c lists them with its own,
 * and has what they share. */
extern const Rule LEG008, LEG009, LEG010, LEG013, LEG014;

/* Before an installation the component is a thing to plan for; when the last server that knows it
 * is about to go, one that is lost. */
Severity component_severity(const Check *check);

/* Says that an object exists: `what` it is, and the server it depends on. */
Finding *raise_component(Check *check, Severity severity, const Entry *entry, const char *what);

/* Raises every living object whose class is or derives from `class_id`. */
void raise_components(Check *check, Severity severity, ClassId class_id, const char *what);

#endif
