#ifndef ADTOPO_REPORT_PREFLIGHT_H
#define ADTOPO_REPORT_PREFLIGHT_H

#include "report/writer.h"
#include "rules/preflight.h"

/*
 * Writes the report of a preflight. Formats: "text" (also for NULL); "json", the object of an audit
 * with "verdict" and what belongs to the plan; "nagios", the verdict alone; "html", "junit"
 * and "openmetrics", the verdict and the plan's checks before what an audit says of today; the
 * others of an audit, which have no room for a verdict and hold the findings about today. Errors
 * as report_write().
 */
bool preflight_write(const Preflight *preflight, const char *format, const Style *style, Sink sink,
                     void *closure, GError **error);

/* The formats, one file each. */
void preflight_write_text(const Preflight *preflight, Writer *out);
void preflight_write_json(const Preflight *preflight, Writer *out);
void preflight_write_html(const Preflight *preflight, Writer *out);
void preflight_write_junit(const Preflight *preflight, Writer *out);
void preflight_write_openmetrics(const Preflight *preflight, Writer *out);

/* The verdict and what it means, for people: static. */
const char *preflight_verdict_words(const Preflight *preflight);

/* Writes the cross-reference of setup's readiness checks as "text" (also for NULL) or "json". */
bool readiness_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error);

#endif
