#ifndef ADTOPO_CLI_OUTPUT_H
#define ADTOPO_CLI_OUTPUT_H

#include "cli/options.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * Where the result goes: standard output, or a file that is written whole or not at all. A file
 * is written under another name beside it, which takes its place when everything is there;
 * devices and pipes, which nothing can take the place of, are written directly.
 */
typedef struct Output {
    FILE *stream;
    char *name;      /* for messages */
    char *path;      /* the file to replace, or NULL */
    char *temporary; /* the other name, or NULL */
    int error;       /* of the first write that failed, or 0 */
} Output;

/* FALSE, and said so, when the file cannot be written: to be called before anything is read, so
 * that no long reading ends in nothing. */
bool output_check(const Options *options);

/* Whether every file to be written is another one than those that are read (`sources`, --apply) and
 * than each other; otherwise says so. Names are compared as they were given. */
bool output_apart(const Options *options, char *const *sources);

/* FALSE, and said so, when it cannot be opened. */
bool output_open(Output *output, const Options *options);

/* An adtopo_sink; `closure` is the Output. */
bool output_sink(const char *bytes, size_t length, void *closure);

/* Completes the output where `good`, else drops it; FALSE, and said so, when a write failed. */
bool output_close(Output *output, bool good);

/* What fits the place the output goes to: colour where wanted, and the width of the terminal. */
adtopo_style output_style(const Options *options);

/* The same for tables, which are as wide as they are where no terminal sets a limit. */
adtopo_style output_table_style(const Options *options);

/* The options of a further file beside the report: they share everything with `options` but the
 * format, which is borrowed, and the file. */
Options output_beside(const Options *options, const char *format, const char *file);

/* Opens, lets `write` write with `style`, closes. `write` returns FALSE with the error set. */
typedef bool (*OutputWriter)(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                             void *closure, adtopo_error *error);
enum adtopo_status output_write(const Options *options, const adtopo_style *style,
                                OutputWriter write, void *closure);

#endif
