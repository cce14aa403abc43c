#ifndef ADTOPO_DIRECTORY_RDN_H
#define ADTOPO_DIRECTORY_RDN_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* One relative name as written: where its parts are in the text. */
typedef struct Rdn {
    const char *type;
    size_t type_length;
    const char *value;
    size_t value_length;
    size_t end; /* offset of the separator, or the length of the text */
    bool compound;
} Rdn;

/* The part of a text that is the name: without extensions in front and blanks at both ends. */
const char *rdn_trim(const char *text, size_t *length);

/* Takes the first relative name off; FALSE when there is none. */
bool rdn_split(const char *text, size_t length, Rdn *rdn);

/* Appends a value without its quotes and escapes; FALSE when an escape is none. */
bool rdn_unescape(const char *text, size_t length, GString *out);

/* The next place from `at` on that is no blank, at most `length`. */
size_t rdn_skip_blanks(const char *text, size_t at, size_t length);

#endif
