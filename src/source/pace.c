/* The clock of a reading: progress for whoever watches, a rate that is kept, a time limit. */
#include "source/pace.h"

void pace_start(Pace *pace, const Watch *watch)
{
    gint64 now = g_get_monotonic_time();

    *pace = (Pace){.watch = watch, .start = now, .looked = now};
}

static bool is_over(const Pace *pace, gint64 now)
{
    unsigned limit = pace->watch->time_limit;

    return limit != 0 && now - pace->start >= (gint64)limit * G_USEC_PER_SEC;
}

static bool is_wanted(Pace *pace, gint64 now)
{
    const Progress progress = {.server = pace->server,
                               .entries = pace->entries,
                               .milliseconds = (guint64)(now - pace->start) / 1000};

    if (pace->watch->look == NULL || now - pace->looked < PACE_SLICE / 2)
        return true;
    pace->looked = now;
    return pace->watch->look(&progress, pace->watch->closure);
}

bool pace_go_on(Pace *pace)
{
    gint64 now = g_get_monotonic_time();

    if (pace->halt == HALT_NOT && is_over(pace, now))
        pace->halt = HALT_TIME;
    if (pace->halt == HALT_NOT && !is_wanted(pace, now))
        pace->halt = HALT_ASKED;
    return pace->halt == HALT_NOT;
}

bool pace_rest(Pace *pace)
{
    unsigned rate = pace->watch->rate;
    gint64 due = pace->start;

    if (rate != 0)
        due += (gint64)(pace->entries * G_USEC_PER_SEC / rate);
    while (pace_go_on(pace)) {
        gint64 early = due - g_get_monotonic_time();

        if (early <= 0)
            return true;
        g_usleep((gulong)MIN(early, PACE_SLICE));
    }
    return false;
}

int pace_page(const Pace *pace, int most)
{
    unsigned rate = pace->watch->rate;

    return rate != 0 && rate < (unsigned)most ? (int)rate : most;
}
