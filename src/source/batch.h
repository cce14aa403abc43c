#ifndef ADTOPO_SOURCE_BATCH_H
#define ADTOPO_SOURCE_BATCH_H

#include "base/diagnostic.h"
#include "source/change.h"
#include "source/source.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A piece of LDIF text that begins and ends between records, and what is in it. Batches know
 * nothing of each other, so that several can be parsed at a time: line numbers count from the first
 * line of the piece, as 1, until batch_place() puts them where they belong.
 */
typedef struct Batch Batch;

typedef struct BatchOptions {
    FileLimits limits; /* effective ones */
    uint32_t source;
    bool changes; /* every record is a change; one without a changetype adds an object */
} BatchOptions;

/* Where something stands, and what it is, as the end of a sentence. */
typedef struct Complaint {
    uint32_t line;
    const char *text;
} Complaint;

/* The name of a broken record. */
typedef struct LostName {
    const char *text;
    uint32_t length;
} LostName;

/* What was in a piece of text. Belongs to the batch, good until its next batch_parse(). */
typedef struct BatchResult {
    uint32_t lines;
    uint32_t offset; /* the lines before it, as given to batch_place() */
    const Record *records;
    guint count;
    GPtrArray *changes;             /* of Change; the reader may steal them */
    const Diagnostics *diagnostics; /* NULL when there are none */
    guint64 skipped;                /* records that are sound but name no object */
    bool incomplete;                /* something was lost that has no name */
    const GArray *lost;             /* of LostName: the records that were given up */
    Complaint broken;               /* the first broken record; no text when there is none */
    Complaint excess; /* the limit that ended the parsing; no text when there is none */
} BatchResult;

Batch *batch_new(const BatchOptions *options);
void batch_free(Batch *batch);

/* Parses the text between `start` and `end`, which has to outlive what is made of it. `first` says
 * that it is the beginning of the file, where a version line may stand. */
void batch_parse(Batch *batch, const char *start, const char *end, bool first);

/* The result of batch_parse(), with `offset` added to all lines but those of diagnostics. To be
 * called once. */
const BatchResult *batch_place(Batch *batch, uint32_t offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

#endif
