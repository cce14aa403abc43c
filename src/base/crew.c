/* Work on several processors: pieces are handed out one by one to whoever is free. */
#include "base/crew.h"

typedef struct Crew {
    guint count;
    gint next; /* atomic: the piece to be handed out next */
    CrewWork work;
    gpointer closure;
} Crew;

typedef struct Worker {
    Crew *crew;
    guint number;
    GThread *thread;
} Worker;

guint crew_size(void)
{
    return CLAMP(g_get_num_processors(), 1, CREW_MOST);
}

static gpointer labour(gpointer data)
{
    const Worker *worker = data;
    Crew *crew = worker->crew;

    for (;;) {
        guint index = (guint)g_atomic_int_add(&crew->next, 1);

        if (index >= crew->count)
            return NULL;
        crew->work(index, worker->number, crew->closure);
    }
}

void crew_run(guint count, guint workers, CrewWork work, gpointer closure)
{
    Crew crew = {.count = count, .work = work, .closure = closure};
    Worker members[CREW_MOST];

    workers = CLAMP(MIN(workers, count), 1, CREW_MOST);
    for (guint i = 0; i < workers; i++)
        members[i] = (Worker){.crew = &crew, .number = i};
    for (guint i = 1; i < workers; i++)
        members[i].thread = g_thread_new("work", labour, &members[i]);
    labour(&members[0]);
    for (guint i = 1; i < workers; i++)
        g_thread_join(members[i].thread);
}
