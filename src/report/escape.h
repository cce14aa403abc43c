#ifndef ADTOPO_REPORT_ESCAPE_H
#define ADTOPO_REPORT_ESCAPE_H

#include <glib.h>

/*
 * Text from a directory may hold anything: escape sequences that rewrite the screen, marks that
 * turn the direction of writing, bytes that are no UTF-8. The two functions below are the last
 * step of every format. Backslashes stay single, because names are full of them: what comes out
 * is for reading, and tells what was there.
 */

/* For a terminal and for any line-oriented text: one line of printable UTF-8. Control characters
 * below 128 and stray bytes become \xHH; line separators, direction marks, zero-width and other
 * format characters become \u{HEX}. NULL gives "". The caller frees it. */
char *escape_text(const char *text);

/* Appends what escape_text() would give for `length` bytes of `text`. */
void escape_append(GString *out, const char *text, gsize length);

/* For formats that have escapes of their own: valid UTF-8 in which stray bytes became \xHH, and
 * nothing else was changed. The caller frees it. */
char *escape_stray_bytes(const char *text);

/* Whether a terminal, or a reader, could be misled by this character. */
gboolean escape_needed(gunichar character);

#endif
