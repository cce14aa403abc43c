#ifndef ADTOPO_BASE_FAULT_H
#define ADTOPO_BASE_FAULT_H

#include <glib.h>
#include <stdbool.h>

/*
 * Errors: what ends an operation. Every function that can fail takes a GError ** last; the text is
 * one sentence that says what was wrong and where, and what to do next, without a final full stop
 * and without the program's name. The code decides the exit status.
 */
typedef enum Fault {
    FAULT_USAGE,  /* the question was wrong: an unknown name, an impossible combination */
    FAULT_SOURCE, /* a source cannot be read, connected to, bound to, or is not what it should be */
    FAULT_LIMIT,  /* the input is larger than what was allowed */
    FAULT_SYNTAX, /* text that does not parse: a DN, a record, a time */
    FAULT_INTERNAL, /* cannot happen */
} Fault;

#define FAULT (fault_quark())

/* The error domain of adtopo. */
GQuark fault_quark(void);

/* Sets "cannot VERB NAME: " and what the system says of `number`; a name without a letter is shown
 * as "". FALSE. */
bool fault_of_file(GError **error, Fault fault, const char *verb, const char *name, int number);

#endif
