#ifndef ADTOPO_CLI_FOREST_H
#define ADTOPO_CLI_FOREST_H

#include "cli/options.h"

/*
 * Reads what the options and the sources (a NULL-terminated list, maybe empty) name. NULL, and
 * said why, with the exit status in *status.
 */
adtopo_forest *forest_read(const Options *options, char **sources, enum adtopo_status *status);

/* Says on standard error what was odd in the sources, as "file:line: level: message", the
 * first of each level; notes only where not `quiet`. */
void forest_remark(const adtopo_forest *forest, const Options *options);

/* One sentence where something could not be read. */
void forest_warn_partial(const adtopo_forest *forest);

#endif
