#ifndef ADTOPO_REPORT_ROUTE_FORMATS_H
#define ADTOPO_REPORT_ROUTE_FORMATS_H

#include "report/writer.h"
#include "routing/route.h"

/* What is asked, and what was found out. All is borrowed. */
typedef struct RouteAnswer {
    const Topology *topology;
    const RouteQuestion *question;
    const Route *route;
    const GPtrArray *unseen; /* of char: what the way hangs on and was not seen */
} RouteAnswer;

/*
 * Writes the answer to a question about a route: "text" (also for NULL) or "json". In both, every
 * hop comes with the object and attribute it rests on, and every candidate that was not taken with
 * what beat it. FAULT_USAGE for an unknown format, FAULT_SOURCE when the sink refused.
 */
bool route_write(const RouteAnswer *answer, const char *format, const Style *style, Sink sink,
                 void *closure, GError **error);

/* The formats, one file each. */
void route_write_text(const RouteAnswer *answer, Writer *out);
void route_write_json(const RouteAnswer *answer, Writer *out);

/* Names on the way, in order (of char): those who accept the message, the legacy routing groups,
 * and the sites of the path. The caller unrefs. */
GPtrArray *route_relay_names(const Route *route);
GPtrArray *route_legacy_names(const Route *route);
GPtrArray *route_path_names(const Route *route);

/* What decided, for a reader: "the least cost"; or that equals share the mail. Static. */
const char *decision_words(Criterion criterion);

/* The names of objects (anything that begins with Object), borrowed; the caller unrefs. */
GPtrArray *object_names(const GPtrArray *objects);

#endif
