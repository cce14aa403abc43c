#ifndef ADTOPO_DIRECTORY_GUID_H
#define ADTOPO_DIRECTORY_GUID_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* GUIDs as the directory stores them, and as text: 6b29fc40-ca47-1067-b31d-00dd010662da. */
enum { GUID_BYTES = 16, GUID_TEXT = 36 };

/* FALSE when the text is none, or more than one. */
bool guid_parse(const char *text, gsize length, uint8_t *guid);

/* The caller frees it. */
char *guid_text(const uint8_t *guid);

#endif
