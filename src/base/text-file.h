#ifndef ADTOPO_BASE_TEXT_FILE_H
#define ADTOPO_BASE_TEXT_FILE_H

#include <glib.h>

/*
 * The whole of a small file that the user names: a policy, a baseline, a list of attestations.
 * Pipes are read to their end as well. At most TEXT_FILE_MOST bytes. NULL on failure, always
 * FAULT_USAGE, because such a file belongs to the question and not to what is judged. The text
 * is followed by a NUL, may hold others, and is the caller's.
 */
char *text_file_read(const char *path, gsize *length, GError **error);

enum { TEXT_FILE_MOST = 64 * 1024 * 1024 };

#endif
