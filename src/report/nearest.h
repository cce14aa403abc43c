#ifndef ADTOPO_REPORT_NEAREST_H
#define ADTOPO_REPORT_NEAREST_H

#include <glib.h>
#include <stdbool.h>

/* Names that somebody typed wrongly. */

/* The one of `known` (of const char) that is at most two slips away from `name`, letter case not
 * counted; NULL when none is that close. */
const char *nearest_name(const char *name, const GPtrArray *known);

/* FAULT_USAGE: unknown `kind` "name"; did you mean …; known are …. */
void set_unknown_name(GError **error, const char *kind, const char *name, const GPtrArray *known);

/* For what is written as text or JSON only: which of the two is meant (NULL: text); FALSE and
 * FAULT_USAGE when it is neither. */
bool format_is_json(const char *format, bool *json, GError **error);

#endif
