#ifndef ADTOPO_BASE_NEAREST_H
#define ADTOPO_BASE_NEAREST_H

#include <glib.h>
#include <stddef.h>

/* Finding what somebody named, and what is said of names typed wrongly. */

/* The one of `known` (of const char) that is at most two slips away from `name`, letter case not
 * counted; NULL when none is that close. */
const char *nearest_name(const char *name, const GPtrArray *known);

/* The same as part of a sentence, behind the name: ' (did you mean "EX03-MUC1"?)', or nothing. The
 * caller frees it. */
char *nearest_hint(const char *name, const GPtrArray *known);

/*
 * The row called `name` (NULL: the first) in a table of `count` rows of `size` bytes, each of
 * which begins with its name (a const char *). NULL and FAULT_USAGE, which names all rows, when
 * there is none; `kind` says there what the rows are.
 */
const void *row_named(const void *rows, size_t count, size_t size, const char *kind,
                      const char *name, GError **error);

#endif
