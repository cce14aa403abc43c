#ifndef ADTOPO_SOURCE_LOOKS_H
#define ADTOPO_SOURCE_LOOKS_H

#include <stddef.h>
#include <stdint.h>

/*
 * What a text that is not LDIF looks like ("comma separated values", "a JPEG picture"), for the
 * message about it, or NULL; `*line` becomes the number of its first line that is not empty.
 */
const char *text_looks_like(const char *text, size_t size, uint32_t *line);

#endif
