#ifndef ADTOPO_REPORT_LDIF_H
#define ADTOPO_REPORT_LDIF_H

#include "directory/entry.h"
#include "report/writer.h"

/*
 * LDIF as RFC 2849 has it, in ASCII: lines are folded at 76 columns, values that could be misread
 * are in base64. Records are separated by writer_put(out, "\n").
 */

/* The line that a file begins with, and the empty one behind it. */
void text_ldif_begin(Writer *out);

/* Hostile text as one or several comment lines. */
void text_ldif_comment(Writer *out, const char *text);

/* "NAME: VALUE", or "NAME:: BASE64". */
void text_ldif_line(Writer *out, const char *name, const char *bytes, gsize length);
void text_ldif_string(Writer *out, const char *name, const char *text);
void text_ldif_value(Writer *out, const char *name, const Value *value);
void text_ldif_dn(Writer *out, const char *name, const Dn *dn);

#endif
