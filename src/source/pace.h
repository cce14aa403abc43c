#ifndef ADTOPO_SOURCE_PACE_H
#define ADTOPO_SOURCE_PACE_H

#include "source/connection-options.h"

#include <glib.h>
#include <stdbool.h>

/* Why a reading was stopped before its end. */
typedef enum Halt {
    HALT_NOT,
    HALT_ASKED, /* by whoever watches (Watch.look) */
    HALT_TIME,  /* Watch.time_limit is over */
} Halt;

/*
 * How fast a reading may go and how long: one for all servers that are tried. It is asked in every
 * wait for a server, so that nothing blocks for longer than PACE_SLICE.
 */
typedef struct Pace {
    const Watch *watch; /* borrowed */
    const char *server; /* address of the server at hand, for the watcher; NULL: none yet */
    guint64 entries;    /* taken so far, from all servers */
    gint64 start;       /* all in microseconds of the monotonic clock */
    gint64 looked;
    Halt halt;
} Pace;

/* Longest wait without asking the pace, in microseconds. */
enum { PACE_SLICE = 200000 };

void pace_start(Pace *pace, const Watch *watch);

/* Lets the watcher look, at most once a slice. FALSE when the reading is to stop; it stays so. */
bool pace_go_on(Pace *pace);

/* Before the next question: waits until so many entries as were taken may have been taken. FALSE as
 * pace_go_on(). */
bool pace_rest(Pace *pace);

/* How many entries to ask for at once, at most `most`: no more than a second's worth. */
int pace_page(const Pace *pace, int most);

#endif
