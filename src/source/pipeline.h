#ifndef ADTOPO_SOURCE_PIPELINE_H
#define ADTOPO_SOURCE_PIPELINE_H

#include "source/batch.h"

#include <glib.h>

/*
 * A text cut into batches that are parsed on all processors and handed out in the order of the
 * text. Where it is cut depends on the text alone, so that the number of processors cannot show in
 * the result. A few batches are alive at a time, however long the text is.
 */
typedef struct Pipeline Pipeline;

/* `text` has to outlive the pipeline and whatever is made of its results. */
Pipeline *pipeline_new(const BatchOptions *options, const char *text, size_t size);

/* Stops the workers and frees everything. */
void pipeline_free(Pipeline *pipeline);

/* The next batch's result, good until the next call; NULL at the end of the text. */
const BatchResult *pipeline_next(Pipeline *pipeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pipeline, pipeline_free)

#endif
