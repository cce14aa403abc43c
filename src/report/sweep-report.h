#ifndef ADTOPO_REPORT_SWEEP_REPORT_H
#define ADTOPO_REPORT_SWEEP_REPORT_H

#include "report/writer.h"
#include "routing/sweep.h"

/* Writes a sweep as "text" (also for NULL) or "json"; `unseen` (of char) is what ways of mail hang
 * on and was not seen. FAULT_USAGE for an unknown format, FAULT_SOURCE when the sink refused. */
bool sweep_write(const Sweep *sweep, const GPtrArray *unseen, const char *format,
                 const Style *style, Sink sink, void *closure, GError **error);

/* The formats, one file each. */
void sweep_write_text(const Sweep *sweep, const GPtrArray *unseen, Writer *out);
void sweep_write_json(const Sweep *sweep, const GPtrArray *unseen, Writer *out);

/* A place of a way: "site:Munich", "rg:Munich". The caller frees it. */
char *place_text(const Sweep *sweep, guint32 place);

#endif
