#ifndef ADTOPO_REPORT_WRITER_H
#define ADTOPO_REPORT_WRITER_H

#include "report/report.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Buffered output with the layout that all text reports share: paragraphs that fit the width of
 * the terminal, and colour. After the sink has refused once everything else is swallowed;
 * writer_close() tells.
 */
typedef struct Writer {
    Sink sink;
    void *closure;
    GString *buffer;
    int width;
    int label_width; /* of writer_item(): texts begin that far behind the labels' beginning */
    bool colour;
    bool verbose;
    bool failed;
} Writer;

typedef enum Paint { PAINT_PLAIN, PAINT_HEADING, PAINT_ERROR, PAINT_WARNING, PAINT_NOTE } Paint;

void writer_open(Writer *out, const Style *style, Sink sink, void *closure);

/* Hands over what is left and frees the buffer. FALSE and FAULT_SOURCE when the sink refused. */
bool writer_close(Writer *out, GError **error);

/* As they are: nothing is escaped, nothing is wrapped. */
void writer_put(Writer *out, const char *text);
void writer_put_length(Writer *out, const char *text, gsize length);
void writer_print(Writer *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* `text` in colour, where colour is wanted. */
void writer_paint(Writer *out, Paint paint, const char *text);

/*
 * A paragraph of hostile text: escaped, then wrapped at the width. `column` is how much of the
 * first line is taken already, `indent` where the further lines begin. Ends with a line feed.
 * Words that are longer than a line (names, mostly) are broken after a comma, or else anywhere.
 */
void writer_wrap(Writer *out, int column, int indent, const char *text);

/* A paragraph with a label in front of it: "Remedy    Move the …", wrapped under itself. */
void writer_item(Writer *out, int indent, const char *label, const char *text);

/* Columns that `text` takes on a terminal: wide characters take two, combining ones none. */
int text_columns(const char *text);
int character_columns(gunichar character);

#endif
