#ifndef ADTOPO_SOURCE_INPUT_H
#define ADTOPO_SOURCE_INPUT_H

#include <glib.h>
#include <stddef.h>

/*
 * The text of a file, whatever it was wrapped in, as one piece of UTF-8 without a byte order mark.
 * A plain file is mapped; what comes through a pipe, is packed with gzip or written in UTF-16 is
 * held in memory.
 */
typedef struct Input {
    const char *text;
    size_t size;
    GMappedFile *file; /* what `text` points into: the one or the other */
    char *memory;
} Input;

/* The limits in bytes when the caller sets none. That on text which has to be held in memory is the
 * smaller one: a few megabytes of gzip can unpack to a thousand times their size. */
#define INPUT_MAPPED_LIMIT (G_GUINT64_CONSTANT(16) << 30)
#define INPUT_MEMORY_LIMIT (G_GUINT64_CONSTANT(2) << 30)

/*
 * Opens `path`, or standard input for "-"; a pipe is read to its end. `name` is how messages call
 * it. More than `limit` bytes (0: the defaults above), packed or unpacked, are FAULT_LIMIT; what
 * cannot be opened, read or unpacked is FAULT_SOURCE. The caller frees the result with
 * input_free().
 *
 * A mapped file must not be cut short by someone else while it is in use.
 */
Input *input_open(const char *path, const char *name, guint64 limit, GError **error);

void input_free(Input *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Input, input_free)

#endif
