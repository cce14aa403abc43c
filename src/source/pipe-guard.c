/* SIGPIPE held off for one thread and one stretch of code. */
#include "source/pipe-guard.h"

#include <time.h>

static void only_sigpipe(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGPIPE);
}

void pipe_guard_init(PipeGuard *guard)
{
    sigset_t pipe;

    only_sigpipe(&pipe);
    pthread_sigmask(SIG_BLOCK, &pipe, &guard->before);
    guard->active = !sigismember(&guard->before, SIGPIPE);
}

void pipe_guard_clear(PipeGuard *guard)
{
    const struct timespec now = {0, 0};
    sigset_t pipe;
    sigset_t pending;

    if (!guard->active)
        return;
    only_sigpipe(&pipe);
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE))
        sigtimedwait(&pipe, NULL, &now);
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}
