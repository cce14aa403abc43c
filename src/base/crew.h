#ifndef ADTOPO_BASE_CREW_H
#define ADTOPO_BASE_CREW_H

#include <glib.h>

/* One piece of work: the one with number `index`. What it changes is its own; everything else it
 * only reads. */
typedef void (*CrewWork)(guint index, gpointer closure);

enum { CREW_MOST = 4 };

/* Does the pieces 0 to count - 1, each once, and returns when all are done: in any order by as many
 * threads as there are processors, but no more than `most` and CREW_MOST; by the caller's own, one
 * after the other, where that leaves one or no other is to be had. */
void crew_run(guint count, guint most, CrewWork work, gpointer closure);

#endif
