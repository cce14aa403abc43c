/* Progress on standard error, and Ctrl-C. */
#include "cli/watch.h"

#include "cli/message.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { SHOWN_AFTER = 1000 }; /* milliseconds */

static volatile sig_atomic_t interrupted;
static bool caught; /* the signal is ours */
static bool line_shown;

static void interrupt(int number)
{
    interrupted = number;
}

static void show(const adtopo_progress *progress)
{
    char *server = adtopo_escape(progress->server != NULL ? progress->server : "");

    fprintf(stderr, "\r\033[K%s: %llu objects, %llu a second", server, progress->entries,
            progress->entries * 1000 / progress->milliseconds);
    fflush(stderr);
    line_shown = true;
    adtopo_string_free(server);
}

/* Only a reading that asks us can be ended by us: before, the signal does what it always does. */
static void catch_interrupt(void)
{
    struct sigaction action = {.sa_flags = (int)SA_RESETHAND};

    action.sa_handler = interrupt;
    sigaction(SIGINT, &action, NULL);
    caught = true;
}

static bool look(const adtopo_progress *progress, void *closure)
{
    const bool *quiet = closure;

    if (!caught)
        catch_interrupt();
    if (!*quiet && progress->milliseconds >= SHOWN_AFTER)
        show(progress);
    return interrupted == 0;
}

void watch_start(adtopo_connection *connection, bool quiet)
{
    static bool silent;

    silent = quiet || isatty(STDERR_FILENO) == 0;
    connection->progress = look;
    connection->progress_closure = &silent;
}

void watch_stop(void)
{
    if (line_shown)
        fputs("\r\033[K", stderr);
    line_shown = false;
    if (!caught)
        return;
    signal(SIGINT, SIG_DFL);
    caught = false;
    if (interrupted == 0)
        return;
    complain("interrupted: the server was told, and nothing was judged");
    raise(SIGINT);
}
