/*
 * Bump allocation in blocks that double from 4 KiB to 2 MiB. Small inputs stay small, large ones
 * need few calls to malloc; a request that would waste most of a block gets a block of its own. The
 * largest blocks ask for huge pages, because what is in them is reached from everywhere. That the
 * system clears such a page takes longer than to fill it, so that another thread has the next block
 * cleared meanwhile.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_BLOCK = 4 << 10, LARGEST_BLOCK = 2 << 20, HUGE_PAGE = 2 << 20, ALIGNMENT = 8 };
enum { PAGE = 4 << 10 };

typedef struct Block {
    struct Block *next;
    size_t size;
} Block;

struct Arena {
    Block *blocks;
    char *cursor;
    char *limit;
    size_t next_size;
    size_t total;
    /* Makes the next block ready; NULL while blocks are small, or where no thread is left. */
    GThread *ahead;
};

static Block *huge_block_new(size_t size)
{
    void *memory;

    if (posix_memalign(&memory, HUGE_PAGE, size) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    madvise(memory, size, MADV_HUGEPAGE); /* a wish: what it answers does not matter */
#endif
    return memory;
}

/* The blocks that an arena grows by are whole huge pages in the end, the block's head included, so
 * that none is begun for a few bytes. */
static Block *block_new(size_t size)
{
    size_t whole = sizeof(Block) + size;
    Block *block = whole >= LARGEST_BLOCK ? huge_block_new(whole) : malloc(whole);

    if (block == NULL)
        g_error("arena: %zu bytes cannot be had", size);
    block->size = size;
    return block;
}

/* A page is there, and cleared, once it has been written to: the first byte of a huge one clears
 * all of it. */
static gpointer block_make(gpointer size)
{
    Block *block = block_new(GPOINTER_TO_SIZE(size));
    volatile char *bytes = (volatile char *)(block + 1);

    for (size_t i = 0; i < block->size; i += PAGE)
        bytes[i] = 0;
    return block;
}

/* The next of the blocks that the arena grows by. */
static Block *block_next(Arena *arena)
{
    size_t size = arena->next_size - sizeof(Block);
    Block *block = arena->ahead != NULL ? g_thread_join(g_steal_pointer(&arena->ahead))
                                        : block_new(size);

    if (arena->next_size == LARGEST_BLOCK)
        arena->ahead = g_thread_try_new("arena", block_make, GSIZE_TO_POINTER(size), NULL);
    return block;
}

static void arena_grow(Arena *arena)
{
    Block *block = block_next(arena);

    block->next = arena->blocks;
    arena->blocks = block;
    arena->total += block->size;
    arena->cursor = (char *)(block + 1);
    arena->limit = arena->cursor + block->size;
    arena->next_size = MIN(arena->next_size * 2, (size_t)LARGEST_BLOCK);
}

/* A block of its own goes behind the current one, whose remaining room stays usable. */
static char *arena_take_large(Arena *arena, size_t size)
{
    Block *block = block_new(size);

    if (arena->blocks == NULL)
        arena_grow(arena);
    arena->total += size;
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return (char *)(block + 1);
}

static char *arena_take(Arena *arena, size_t size, size_t alignment)
{
    size_t padding = (size_t)(-(uintptr_t)arena->cursor & (alignment - 1));
    char *taken;

    if (arena->blocks == NULL || padding + size > (size_t)(arena->limit - arena->cursor)) {
        if (size > arena->next_size / 2)
            return arena_take_large(arena, size);
        arena_grow(arena);
        padding = 0;
    }
    taken = arena->cursor + padding;
    arena->cursor = taken + size;
    return taken;
}

Arena *arena_new(void)
{
    Arena *arena = g_new0(Arena, 1);

    arena->next_size = FIRST_BLOCK;
    return arena;
}

static void blocks_free(Block *block)
{
    while (block != NULL) {
        Block *next = block->next;

        free(block);
        block = next;
    }
}

void arena_free(Arena *arena)
{
    if (arena == NULL)
        return;
    arena_settle(arena);
    blocks_free(arena->blocks);
    g_free(arena);
}

void arena_settle(Arena *arena)
{
    if (arena->ahead != NULL)
        free(g_thread_join(g_steal_pointer(&arena->ahead)));
}

void arena_reset(Arena *arena)
{
    Block *kept = arena->blocks;

    if (kept == NULL)
        return;
    blocks_free(kept->next);
    kept->next = NULL;
    arena->total = kept->size;
    arena->cursor = (char *)(kept + 1);
    arena->limit = arena->cursor + kept->size;
}

/* Behind the current block, whose remaining room stays usable. */
void arena_join(Arena *arena, Arena *other)
{
    Block **end = &other->blocks;

    arena_settle(other);
    if (arena->blocks == NULL)
        arena_grow(arena);
    while (*end != NULL)
        end = &(*end)->next;
    *end = arena->blocks->next;
    arena->blocks->next = other->blocks;
    arena->total += other->total;
    g_free(other);
}

void *arena_room(Arena *arena, size_t size)
{
    return arena_take(arena, size, ALIGNMENT);
}

void *arena_alloc(Arena *arena, size_t size)
{
    return memset(arena_room(arena, size), 0, size);
}

char *arena_text(Arena *arena, size_t size)
{
    return arena_take(arena, size, 1);
}

char *arena_strndup(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1, 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

size_t arena_size(const Arena *arena)
{
    return arena->total;
}
