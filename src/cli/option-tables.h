#ifndef ADTOPO_CLI_OPTION_TABLES_H
#define ADTOPO_CLI_OPTION_TABLES_H

#include "cli/options.h"

/* The formats of a command, the default first; NULL-terminated. The caller frees the array. */
const char **options_formats(const Command *command);

/* A parser that puts the options of a command into `options`; the caller frees it. */
GOptionContext *options_context(Options *options, const Command *command);

/* The connection options that were given and do something, as "-D, --rate"; the caller frees it.
 * NULL: none. */
char *options_of_connection(const Options *options);

#endif
