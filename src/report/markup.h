#ifndef ADTOPO_REPORT_MARKUP_H
#define ADTOPO_REPORT_MARKUP_H

#include "report/writer.h"

/* Hostile text inside HTML or XML, as content or in a quoted attribute: made visible as
 * escape_text() does, then escaped once more for the markup. NULL gives "". The caller frees it. */
char *markup_text(const char *text);

/* Writes `format`, in which each %s takes hostile text and %u a number; nothing else is known.
 * Other text of the format is markup and goes out as it is. */
void markup_print(Writer *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
