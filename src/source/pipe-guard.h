#ifndef ADTOPO_SOURCE_PIPE_GUARD_H
#define ADTOPO_SOURCE_PIPE_GUARD_H

#include <glib.h>
#include <signal.h>
#include <stdbool.h>

/*
 * Keeps SIGPIPE from this thread while libldap writes to a server that may have hung up: liblber
 * uses write(2), whose signal would end a program that merely asked a library to read something.
 * What the program itself does with the signal stays as it is.
 */
typedef struct PipeGuard {
    sigset_t before; /* the thread's signal mask */
    bool active;     /* whether the signal was let through before */
} PipeGuard;

void pipe_guard_init(PipeGuard *guard);

/* Takes back a SIGPIPE that came in the meantime and restores the mask. */
void pipe_guard_clear(PipeGuard *guard);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PipeGuard, pipe_guard_clear)

#endif
