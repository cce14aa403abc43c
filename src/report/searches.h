#ifndef ADTOPO_REPORT_SEARCHES_H
#define ADTOPO_REPORT_SEARCHES_H

#include "report/report.h"
#include "source/connection-options.h"
#include "source/plan.h"

/*
 * Writes what servers would be asked, as "text" (also for NULL) or "json": every search with what
 * it is for, and the command lines of other programs that fetch the same. `plans` (of SearchPlan)
 * is empty where only files are read. Errors as report_write().
 */
bool searches_write(const GPtrArray *plans, const ConnectionOptions *options, const char *format,
                    const Style *style, Sink sink, void *closure, GError **error);

#endif
