/*
 * A heap that knows where each node stands, so that a node's label can be lowered in place. GLib
 * has none; both graphs of routing search with this one. Four labels lie below each: they share a
 * cache line, and the heap is half as high as with two.
 */
#include "routing/label-heap.h"

#define ABSENT G_MAXUINT

enum { BRANCHES = 4 };

struct LabelHeap {
    Label *labels;
    guint *places; /* by node: its index in `labels`, or ABSENT */
    guint count;
    guint nodes;
};

LabelHeap *label_heap_new(guint nodes)
{
    LabelHeap *heap = g_new(LabelHeap, 1);

    *heap = (LabelHeap){
        .labels = g_new(Label, nodes), .places = g_new(guint, nodes), .count = 0, .nodes = nodes};
    for (guint node = 0; node < nodes; node++)
        heap->places[node] = ABSENT;
    return heap;
}

void label_heap_free(LabelHeap *heap)
{
    if (heap == NULL)
        return;
    g_free(heap->labels);
    g_free(heap->places);
    g_free(heap);
}

void label_heap_clear(LabelHeap *heap)
{
    for (guint i = 0; i < heap->count; i++)
        heap->places[heap->labels[i].node] = ABSENT;
    heap->count = 0;
}

static void place(LabelHeap *heap, guint at, Label label)
{
    heap->labels[at] = label;
    heap->places[label.node] = at;
}

static void rise(LabelHeap *heap, guint at, Label label)
{
    while (at > 0) {
        guint above = (at - 1) / BRANCHES;

        if (label_order(&heap->labels[above], &label) <= 0)
            break;
        place(heap, at, heap->labels[above]);
        at = above;
    }
    place(heap, at, label);
}

/* The nearest of the labels below a place, which there are. */
static guint nearest_below(const LabelHeap *heap, guint at)
{
    guint first = BRANCHES * at + 1;
    guint end = MIN(first + BRANCHES, heap->count);
    guint nearest = first;

    for (guint i = first + 1; i < end; i++)
        if (label_order(&heap->labels[i], &heap->labels[nearest]) < 0)
            nearest = i;
    return nearest;
}

static void sink(LabelHeap *heap, guint at, Label label)
{
    while (BRANCHES * at + 1 < heap->count) {
        guint below = nearest_below(heap, at);

        if (label_order(&label, &heap->labels[below]) <= 0)
            break;
        place(heap, at, heap->labels[below]);
        at = below;
    }
    place(heap, at, label);
}

void label_heap_offer(LabelHeap *heap, Label label)
{
    guint at = heap->places[label.node];

    if (at == ABSENT)
        rise(heap, heap->count++, label);
    else if (label_order(&label, &heap->labels[at]) < 0)
        rise(heap, at, label);
}

bool label_heap_take(LabelHeap *heap, Label *label)
{
    Label last;

    if (heap->count == 0)
        return false;
    *label = heap->labels[0];
    heap->places[label->node] = ABSENT;
    last = heap->labels[--heap->count];
    if (heap->count > 0)
        sink(heap, 0, last);
    return true;
}
