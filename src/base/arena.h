#ifndef ADTOPO_BASE_ARENA_H
#define ADTOPO_BASE_ARENA_H

#include <glib.h>
#include <stddef.h>

/*
 * A region of memory that is given back all at once. Everything that belongs to one topology
 * lives in one arena and dies with it: there is no per-object free and no reference count.
 * An arena is used by one thread at a time.
 */
typedef struct Arena Arena;

/* A new, empty arena. Never NULL: GLib aborts when memory is exhausted. */
Arena *arena_new(void);

/* Gives back the arena and everything allocated from it. NULL is allowed. */
void arena_free(Arena *arena);

/* Forgets every allocation but keeps one block, so that a loop can use the arena as scratch. */
void arena_reset(Arena *arena);

/* Gives back what was made ready for more to come. To be called when not much more will. */
void arena_settle(Arena *arena);

/* Moves everything allocated from `other`, which is gone then, into `arena`: what several threads
 * made, each with an arena of its own, lives and dies together. */
void arena_join(Arena *arena, Arena *other);

/* `size` zeroed bytes, aligned for any type. Owned by the arena. */
void *arena_alloc(Arena *arena, size_t size);

/* `size` bytes, aligned for any type but not zeroed: who fills them touches them first. Owned by
 * the arena. */
void *arena_room(Arena *arena, size_t size);

/* `size` bytes that are neither zeroed nor aligned: for text. Owned by the arena. */
char *arena_text(Arena *arena, size_t size);

/* A NUL-terminated copy of `length` bytes of `text`. Owned by the arena. */
char *arena_strndup(Arena *arena, const char *text, size_t length);

/* Bytes the arena holds from the system, for `make bench` and for limits. */
size_t arena_size(const Arena *arena);

#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, type, count) \
    ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

#endif
