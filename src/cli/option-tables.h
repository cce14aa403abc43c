#ifndef ADTOPO_CLI_OPTION_TABLES_H
#define ADTOPO_CLI_OPTION_TABLES_H

#include "cli/options.h"

/* The formats of a command, the default first; NULL-terminated. */
const char *const *options_formats(const Command *command);

/* A parser that puts the options of a command into `options`; the caller frees it. */
GOptionContext *options_context(Options *options, const Command *command);

#endif
