#ifndef ADTOPO_REPORT_TABLE_H
#define ADTOPO_REPORT_TABLE_H

#include "report/writer.h"

#include <jansson.h>

/*
 * Tables. A table's rows are the very JSON objects that the JSON format shows: text is another
 * view of them, and the two cannot differ.
 */
enum {
    COLUMN_RIGHT = 1,   /* numbers */
    COLUMN_VERBOSE = 2, /* in text only where the style is verbose */
    COLUMN_TREE = 4,    /* rows with "children" are drawn as a tree in this column */
};

typedef struct Column {
    const char *key;   /* of the row objects; NULL ends the list */
    const char *title; /* in text; NULL: the column is in JSON only */
    unsigned flags;
} Column;

/*
 * Draws the rows (an array of objects) as a table, no wider than the writer: cells are wrapped
 * between words. Where it does not fit even so, every row becomes a paragraph with a line for
 * each cell. At most 16 columns are shown.
 */
void table_write(Writer *out, const Column *columns, const json_t *rows);

/* A cell in words: "-" for null and empty lists, "yes" and "no", lists with commas. Not
 * escaped; the caller frees it. */
char *cell_text(const json_t *cell);

#endif
