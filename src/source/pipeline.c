/*
 * Parsing on several processors. The caller's thread takes results in order and does what only one
 * thread may do with them; when the next result is not ready it parses a batch itself instead of
 * waiting, so that the same code serves one processor and several.
 */
#include "source/pipeline.h"

#include "source/scanner.h"

enum { PIECE = 256 << 10, WINDOW = 6, MOST_WORKERS = 3 };

typedef enum SlotState { SLOT_EMPTY, SLOT_CUT, SLOT_TAKEN, SLOT_PARSED } SlotState;

typedef struct Slot {
    Batch *batch;
    const char *start;
    const char *end;
    bool first;
    SlotState state;
} Slot;

struct Pipeline {
    GMutex mutex;
    GCond changed;
    Slot slots[WINDOW]; /* a ring: slots[head] is the next to hand out, or is handed out */
    guint head;
    bool handed;
    bool closing;
    BatchOptions options;
    const char *text;
    const char *cursor;
    const char *end;
    uint32_t lines; /* in all batches that were handed out */
    GThread *workers[MOST_WORKERS];
    guint worker_count;
};

/* The oldest slot in that state. */
static Slot *find_slot(Pipeline *pipeline, SlotState state)
{
    for (guint i = 0; i < WINDOW; i++) {
        Slot *slot = &pipeline->slots[(pipeline->head + i) % WINDOW];

        if (slot->state == state)
            return slot;
    }
    return NULL;
}

/* Parses a slot, with the mutex released meanwhile. */
static void parse_slot(Pipeline *pipeline, Slot *slot)
{
    slot->state = SLOT_TAKEN;
    g_mutex_unlock(&pipeline->mutex);
    batch_parse(slot->batch, slot->start, slot->end, slot->first);
    g_mutex_lock(&pipeline->mutex);
    slot->state = SLOT_PARSED;
    g_cond_broadcast(&pipeline->changed);
}

static gpointer work(gpointer data)
{
    Pipeline *pipeline = data;

    g_mutex_lock(&pipeline->mutex);
    while (!pipeline->closing) {
        Slot *slot = find_slot(pipeline, SLOT_CUT);

        if (slot != NULL)
            parse_slot(pipeline, slot);
        else
            g_cond_wait(&pipeline->changed, &pipeline->mutex);
    }
    g_mutex_unlock(&pipeline->mutex);
    return NULL;
}

/* Where no further thread is to be had, those that there are do the work. */
static bool hire(Pipeline *pipeline)
{
    GThread **worker = &pipeline->workers[pipeline->worker_count];

    *worker = g_thread_try_new("parse", work, pipeline, NULL);
    return *worker != NULL;
}

/* Beside the caller. How many processors there are stands in a file: it is not asked for the small
 * work of one. */
static guint count_workers(size_t size)
{
    guint pieces = (guint)MIN(size / PIECE, (size_t)WINDOW);
    guint processors = pieces > 0 ? g_get_num_processors() : 1;

    return MIN(MOST_WORKERS, MIN(pieces, processors - 1));
}

Pipeline *pipeline_new(const BatchOptions *options, const char *text, size_t size)
{
    Pipeline *pipeline = g_new0(Pipeline, 1);
    guint wanted = count_workers(size);

    g_mutex_init(&pipeline->mutex);
    g_cond_init(&pipeline->changed);
    pipeline->options = *options;
    pipeline->text = pipeline->cursor = text;
    pipeline->end = text + size;
    while (pipeline->worker_count < wanted && hire(pipeline))
        pipeline->worker_count++;
    return pipeline;
}

void pipeline_free(Pipeline *pipeline)
{
    if (pipeline == NULL)
        return;
    g_mutex_lock(&pipeline->mutex);
    pipeline->closing = true;
    g_cond_broadcast(&pipeline->changed);
    g_mutex_unlock(&pipeline->mutex);
    for (guint i = 0; i < pipeline->worker_count; i++)
        g_thread_join(pipeline->workers[i]);
    for (guint i = 0; i < WINDOW; i++)
        batch_free(pipeline->slots[i].batch);
    g_cond_clear(&pipeline->changed);
    g_mutex_clear(&pipeline->mutex);
    g_free(pipeline);
}

static void cut_piece(Pipeline *pipeline, Slot *slot)
{
    size_t left = (size_t)(pipeline->end - pipeline->cursor);

    if (slot->batch == NULL)
        slot->batch = batch_new(&pipeline->options);
    slot->first = pipeline->cursor == pipeline->text;
    slot->start = pipeline->cursor;
    slot->end = pipeline->end;
    if (left > PIECE)
        slot->end = scanner_cut(slot->start + PIECE, pipeline->end);
    pipeline->cursor = slot->end;
    slot->state = SLOT_CUT;
}

static void fill_window(Pipeline *pipeline)
{
    Slot *slot;

    while (pipeline->cursor < pipeline->end && (slot = find_slot(pipeline, SLOT_EMPTY)) != NULL)
        cut_piece(pipeline, slot);
    g_cond_broadcast(&pipeline->changed);
}

/* Waits for the slot to be parsed, doing some of the parsing. */
static void await_slot(Pipeline *pipeline, const Slot *wanted)
{
    while (wanted->state != SLOT_PARSED) {
        Slot *slot = find_slot(pipeline, SLOT_CUT);

        if (slot != NULL)
            parse_slot(pipeline, slot);
        else
            g_cond_wait(&pipeline->changed, &pipeline->mutex);
    }
}

const BatchResult *pipeline_next(Pipeline *pipeline)
{
    const BatchResult *result;
    Slot *slot;

    g_mutex_lock(&pipeline->mutex);
    if (pipeline->handed) {
        pipeline->slots[pipeline->head].state = SLOT_EMPTY;
        pipeline->head = (pipeline->head + 1) % WINDOW;
    }
    fill_window(pipeline);
    slot = &pipeline->slots[pipeline->head];
    pipeline->handed = slot->state != SLOT_EMPTY;
    if (pipeline->handed)
        await_slot(pipeline, slot);
    g_mutex_unlock(&pipeline->mutex);
    if (!pipeline->handed)
        return NULL;
    result = batch_place(slot->batch, pipeline->lines);
    pipeline->lines += result->lines;
    return result;
}
