#ifndef ADTOPO_BASE_CREW_H
#define ADTOPO_BASE_CREW_H

#include <glib.h>

/* One piece of work: the one with number `index`, done by the worker with number `worker`. What it
 * changes is its own or its worker's; everything else it only reads. */
typedef void (*CrewWork)(guint index, guint worker, gpointer closure);

enum { CREW_MOST = 4 };

/* How many workers this machine keeps busy: from 1 to CREW_MOST. */
guint crew_size(void);

/* Does the pieces 0 to count - 1, each once, in any order, and returns when all are done. The
 * caller's thread is worker 0; with one worker no thread is made. At most CREW_MOST workers. */
void crew_run(guint count, guint workers, CrewWork work, gpointer closure);

#endif
