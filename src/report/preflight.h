#ifndef ADTOPO_REPORT_PREFLIGHT_H
#define ADTOPO_REPORT_PREFLIGHT_H

#include "report/writer.h"
#include "rules/preflight.h"

/*
 * Writes the report of a preflight. Formats: "text" (also for NULL); "json", the object of an audit
 * with "verdict" and what belongs to the plan. The other formats of an audit have no room for a
 * verdict: a plan that fails would look like a sound organisation. Errors as report_write().
 */
bool preflight_write(const Preflight *preflight, const char *format, const Style *style, Sink sink,
                     void *closure, GError **error);

/* The formats, one file each. */
void preflight_write_text(const Preflight *preflight, Writer *out);
void preflight_write_json(const Preflight *preflight, Writer *out);

/* Writes the cross-reference of setup's readiness checks as "text" (also for NULL) or "json". */
bool readiness_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error);

#endif
