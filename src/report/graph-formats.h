#ifndef ADTOPO_REPORT_GRAPH_FORMATS_H
#define ADTOPO_REPORT_GRAPH_FORMATS_H

#include "report/graph.h"
#include "report/writer.h"

/* Writes a picture as "dot" (also for NULL), "mermaid" or "graphml". FAULT_USAGE for an unknown
 * format, FAULT_SOURCE when the sink refused. */
bool graph_write(const Picture *picture, const char *format, Sink sink, void *closure,
                 GError **error);

/* The formats, one file each. Names are escaped there, as each format wants it. */
void graph_write_dot(const Picture *picture, Writer *out);
void graph_write_mermaid(const Picture *picture, Writer *out);
void graph_write_graphml(const Picture *picture, Writer *out);

#endif
