/* Work on several processors, by a pool of threads of GLib's that lasts as long as the work. */
#include "base/crew.h"

typedef struct Crew {
    CrewWork work;
    gpointer closure;
} Crew;

/* A pool takes pointers that are not NULL: a piece goes in with its number and one. */
static void do_piece(gpointer piece, gpointer data)
{
    const Crew *crew = data;

    crew->work(GPOINTER_TO_UINT(piece) - 1, crew->closure);
}

/* How many processors there are stands in a file: it is not asked for the small work of one. */
static guint count_threads(guint most)
{
    guint processors = most > 1 ? g_get_num_processors() : 1;

    return MIN(MIN(most, CREW_MOST), processors);
}

/* A pool with threads of its own makes them at once and says how many there are; one that shares
 * them ends the program where no further one is to be had. */
static GThreadPool *hire(Crew *crew, guint threads)
{
    GThreadPool *pool = g_thread_pool_new(do_piece, crew, (gint)threads, TRUE, NULL);

    if (g_thread_pool_get_num_threads(pool) > 0)
        return pool;
    g_thread_pool_free(pool, TRUE, FALSE);
    return NULL;
}

void crew_run(guint count, guint most, CrewWork work, gpointer closure)
{
    Crew crew = {work, closure};
    guint threads = count_threads(MIN(count, most));
    GThreadPool *pool = threads > 1 ? hire(&crew, threads) : NULL;

    for (guint i = 0; i < count; i++)
        if (pool == NULL)
            work(i, closure);
        else
            g_thread_pool_push(pool, GUINT_TO_POINTER(i + 1), NULL);
    if (pool != NULL)
        g_thread_pool_free(pool, FALSE, TRUE);
}
