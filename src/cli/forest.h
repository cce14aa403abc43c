#ifndef ADTOPO_CLI_FOREST_H
#define ADTOPO_CLI_FOREST_H

#include "cli/options.h"
#include "cli/output.h"

/*
 * Reads what the options and the sources (a NULL-terminated list, maybe empty) name, domain
 * partitions as far as they are needed for what will be judged; NULL: nothing will. NULL, and said
 * why, with the exit status in *status, also where a source would be overwritten; NULL also for
 * --dry-run, with that of forest_plan().
 */
adtopo_forest *forest_read(const Options *options, char **sources,
                           const adtopo_audit_options *judged, enum adtopo_status *status);

/* Writes which searches reading the sources would send, as text or, where that is the format, as
 * JSON; otherwise as forest_read(). The exit status; what went wrong was said. */
enum adtopo_status forest_plan(const Options *options, char **sources,
                               const adtopo_audit_options *judged);

/* Says on standard error what was odd in the sources, as "file:line: level: message", the
 * first of each level; notes only where not `quiet`. */
void forest_remark(const adtopo_forest *forest, const Options *options);

/* One sentence where something could not be read. */
void forest_warn_partial(const adtopo_forest *forest);

/* Says what was taken as down, for a report in a format that does not. */
void forest_remark_down(const Options *options);

/* What a report is written from: the closure of its OutputWriter. */
typedef struct Request {
    const adtopo_forest *forest;
    const Options *options;
    const void *subject; /* what the command asks of it beside its options, or made of it */
} Request;

/*
 * A command that shows what a directory holds: reads the sources, says what was odd in them, and
 * lets `write` write with a Request made of these and `subject`. The exit status; what went wrong
 * was said.
 */
typedef int ForestReport(const Options *options, char **sources, const adtopo_style *style,
                         OutputWriter write, const void *subject);
ForestReport forest_report;

/* The same for what tells of the ways of mail: where something that they hang on was evidently not
 * seen, the answer is partial. */
ForestReport forest_report_ways;

#endif
