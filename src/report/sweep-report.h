#ifndef ADTOPO_REPORT_SWEEP_REPORT_H
#define ADTOPO_REPORT_SWEEP_REPORT_H

#include "report/writer.h"
#include "routing/sweep.h"

/* Writes a sweep as "text" (also for NULL) or "json". FAULT_USAGE for an unknown format,
 * FAULT_SOURCE when the sink refused. */
bool sweep_write(const Sweep *sweep, const char *format, const Style *style, Sink sink,
                 void *closure, GError **error);

/* The formats, one file each. */
void sweep_write_text(const Sweep *sweep, Writer *out);
void sweep_write_json(const Sweep *sweep, Writer *out);

/* "needless", "recommended", "required": static. */
const char *suppression_name(Suppression suppression);

/* A place of a way: "site:Munich", "rg:Munich". The caller frees it. */
char *place_text(const Sweep *sweep, guint32 place);

#endif
