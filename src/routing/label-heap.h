#ifndef ADTOPO_ROUTING_LABEL_HEAP_H
#define ADTOPO_ROUTING_LABEL_HEAP_H

#include <glib.h>
#include <stdbool.h>

/* How far a node of a graph is from the root of a search. */
typedef struct Label {
    guint64 cost;
    guint32 hops;
    guint32 node;
} Label;

/*
 * The open nodes of a Dijkstra search, nearest first: by cost, then hops, then number. Each node is
 * in it once at most, so its memory is taken when it is made and never again.
 */
typedef struct LabelHeap LabelHeap;

/* For the nodes 0 to `nodes` - 1. */
LabelHeap *label_heap_new(guint nodes);
void label_heap_free(LabelHeap *heap);

void label_heap_clear(LabelHeap *heap);

/* Puts a node in, or moves it to the front when it is in with a label that is not less. */
void label_heap_offer(LabelHeap *heap, Label label);

/* Takes the nearest node out; FALSE when none is left. */
bool label_heap_take(LabelHeap *heap, Label *label);

/* <0, 0, >0 by cost, then hops, then node. */
static inline int label_order(const Label *a, const Label *b)
{
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->hops != b->hops)
        return a->hops < b->hops ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelHeap, label_heap_free)

#endif
