#ifndef ADTOPO_SOURCE_SOURCE_H
#define ADTOPO_SOURCE_SOURCE_H

#include "directory/directory.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Where entries come from. Each function admits records into an unsealed directory and reports
 * oddities as its diagnostics; what cannot be read at all is an error (FAULT_SOURCE, FAULT_LIMIT).
 */

/* Limits of an LDIF source; 0 stands for the default. All in bytes but `entries`. */
typedef struct FileLimits {
    guint64 size;    /* of the text: 16 GiB; 2 GiB when it is unpacked, converted or piped */
    guint64 value;   /* of one value as written: 256 MiB */
    guint64 entries; /* records: 50 million */
    guint64 name;    /* of a DN as written: 64 KiB */
} FileLimits;

/*
 * Reads LDIF from `path` ("-": standard input) into `directory`. Content records and `changetype:
 * add` are admitted; other change records are appended to `changes` (of Change, owned by the
 * array), or, where `changes` is NULL, counted and named in a diagnostic.
 */
bool file_source_read(Directory *directory, const char *path, const FileLimits *limits,
                      GPtrArray *changes, GError **error);

/*
 * Reads a file of changes (`--apply`): every record with a changetype, add included, is appended to
 * `changes` in the order of the file. A record without a changetype is an addition. Here a broken
 * record is an error: half an overlay would be a different question.
 */
bool file_changes_read(Directory *directory, const char *path, const FileLimits *limits,
                       GPtrArray *changes, GError **error);

#endif
