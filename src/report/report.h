#ifndef ADTOPO_REPORT_REPORT_H
#define ADTOPO_REPORT_REPORT_H

#include "model/topology.h"
#include "routing/failures.h"
#include "rules/audit.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Everything that is shown to somebody is written here: audits, what a directory holds, and the
 * catalogue of rules, each in several formats. Text out of a directory or a file name is hostile;
 * it is made harmless at the last step, by the functions of report/escape.h.
 */

/* How text is laid out. NULL where one is asked for stands for all zero. */
typedef struct Style {
    bool colour;  /* severity and headings are coloured as well: never the only carrier */
    int width;    /* columns, 20 at least; 0: 80 */
    bool verbose; /* nothing is cut short, names are given in full */
} Style;

/* Takes `length` bytes (UTF-8); FALSE stops the writing. */
typedef bool (*Sink)(const char *bytes, size_t length, void *closure);

/* The name of a format of an audit, or of a plan, by its place: the usual one first, NULL behind
 * the last. */
const char *report_format(size_t index, bool plan);

/*
 * Writes the report of an audit. Formats: "text" (also for NULL), "json" (the object of schema
 * version 1), "gnu" (file:line: severity: message [RULE]). FAULT_USAGE for an unknown format,
 * with the known ones in its text; FAULT_SOURCE when the sink refused.
 */
bool report_write(const Audit *audit, const char *format, const Style *style, Sink sink,
                  void *closure, GError **error);

/*
 * Writes what the topology holds: `what` (NULL: "tree") is one of show_topic(), `format` "text"
 * (also for NULL) or "json". What is down is marked. Errors as report_write().
 */
bool show_write(const Topology *topology, const Failures *failures, const char *what,
                const char *format, const Style *style, Sink sink, void *closure, GError **error);

/* The name of topic `index` and a line about it; NULL after the last one. Static text. */
const char *show_topic(size_t index, const char **about);

/* The names of the formats of these two, as report_format() tells those of an audit. */
const char *catalogue_format(size_t index);
const char *explain_format(size_t index);

/* Writes all rules: as "text" (also for NULL) a list, as "json" or "markdown" everything about
 * them. Errors as report_write(). */
bool catalogue_write(const char *format, const Style *style, Sink sink, void *closure,
                     GError **error);

/* Writes one rule at length, as "text" (also for NULL) or "json", or as "ldif" the changes that
 * raise it; `name` is an id or slug. FAULT_USAGE also when there is no such rule. */
bool explain_write(const char *name, const char *format, const Style *style, Sink sink,
                   void *closure, GError **error);

/* "directory", "directory and domain", "in part", "by hand": static. */
const char *decidability_text(Decidability decided);

#endif
