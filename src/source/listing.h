#ifndef ADTOPO_SOURCE_LISTING_H
#define ADTOPO_SOURCE_LISTING_H

#include "source/parser.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether a record that begins with this line is one that ldapsearch and ldbsearch write between
 * the entries: how a search ended, or where it was referred to. */
bool listing_begins(const Line *line);

/* Passes over such a record. A search that did not end in success did not show everything: then the
 * text that says so, to be freed, and the number of its line in `*line`. NULL otherwise. */
char *listing_take(Parser *parser, uint32_t *line);

#endif
