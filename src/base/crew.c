/* Work on several processors: threads, the caller's among them, that take the next piece until
 * there is none. */
#include "base/crew.h"

typedef struct Crew {
    CrewWork work;
    gpointer closure;
    guint count;
    gint next; /* the piece to take next */
} Crew;

static gpointer take_pieces(gpointer data)
{
    Crew *crew = data;
    guint piece;

    while ((piece = (guint)g_atomic_int_add(&crew->next, 1)) < crew->count)
        crew->work(piece, crew->closure);
    return NULL;
}

/* How many processors there are stands in a file: it is not asked for the small work of one. */
static guint count_threads(guint most)
{
    guint processors = most > 1 ? g_get_num_processors() : 1;

    return MIN(MIN(most, CREW_MOST), processors);
}

/* Where no further thread is to be had, those that there are do the work. */
void crew_run(guint count, guint most, CrewWork work, gpointer closure)
{
    Crew crew = {.work = work, .closure = closure, .count = count};
    GThread *helpers[CREW_MOST];
    guint threads = count_threads(MIN(count, most));
    guint hired = 0;

    while (hired + 1 < threads &&
           (helpers[hired] = g_thread_try_new("crew", take_pieces, &crew, NULL)) != NULL)
        hired++;
    take_pieces(&crew);
    for (guint i = 0; i < hired; i++)
        g_thread_join(helpers[i]);
}
