#ifndef ADTOPO_REPORT_HARMLESS_H
#define ADTOPO_REPORT_HARMLESS_H

#include <glib.h>
#include <stdbool.h>

/* What stays where names are replaced, because every organisation has it. */

/* How many bytes of a name are one that Active Directory or Exchange Setup gives to an object of
 * every organisation: `length` for all of it; less where a blank and parentheses, or digits, follow
 * it; 0 for any other name. Letter case does not count. */
gsize harmless_name(const char *text, gsize length);

/* Whether it is a word of protocols and address types. */
bool harmless_word(const char *text, gsize length);

/* Whether it is a word of filters, a class or an attribute. */
bool harmless_term(const char *text, gsize length);

/* The mark of an official name that stands anywhere in another one, or NULL: rules look for it. */
const char *harmless_mark(const char *text, gsize length);

#endif
