/* Work on several processors: a pool of threads for as long as there are pieces. */
#include "base/crew.h"

typedef struct Crew {
    CrewWork work;
    gpointer closure;
} Crew;

/* A pool takes no null pointer, so pieces are numbered from 1 there. */
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

void crew_run(guint count, guint most, CrewWork work, gpointer closure)
{
    Crew crew = {.work = work, .closure = closure};
    guint threads = count_threads(MIN(count, most));
    GThreadPool *pool = NULL;

    if (threads > 1)
        pool = g_thread_pool_new(do_piece, &crew, (gint)threads, FALSE, NULL);
    for (guint i = 0; i < count; i++) {
        if (pool != NULL)
            g_thread_pool_push(pool, GUINT_TO_POINTER(i + 1), NULL);
        else
            work(i, closure);
    }
    if (pool != NULL)
        g_thread_pool_free(pool, FALSE, TRUE);
}
