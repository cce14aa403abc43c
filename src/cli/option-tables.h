#ifndef ADTOPO_CLI_OPTION_TABLES_H
#define ADTOPO_CLI_OPTION_TABLES_H

#include "cli/options.h"

/* A parser that puts the options of a command into `options`; the caller frees it. */
GOptionContext *options_context(Options *options, const Command *command);

#endif
