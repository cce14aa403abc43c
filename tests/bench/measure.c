/*
 * measure RUNS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...
 *
 * Runs commands a number of times with their output thrown away, and once more to look at their
 * memory. Prints for each a line with the median of its duration in milliseconds and the most
 * private memory, in KiB, that it was seen to hold (RssAnon: a mapped file does not count). Several
 * are run in turn: a machine that is slow for a while is so for all of them. Fails when a command
 * does, 1 aside, which is what an audit with findings returns.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 99, MOST_COMMANDS = 8, POLL_NANOSECONDS = 1000000 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static pid_t start(char **command)
{
    pid_t child = fork();
    int null;

    if (child != 0)
        return child;
    null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static void check(const char *name, int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1)
        return;
    fprintf(stderr, "measure: %s failed with status %d\n", name, status);
    exit(EXIT_FAILURE);
}

static double run(char **command)
{
    double begin = now();
    pid_t child = start(command);
    int status = 0;

    waitpid(child, &status, 0);
    check(command[0], status);
    return now() - begin;
}

static long private_memory(pid_t child)
{
    char path[64];
    char line[128];
    long kib = 0;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%ld/status", (long)child);
    file = fopen(path, "r");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "RssAnon:", 8) == 0)
            kib = strtol(line + 8, NULL, 10);
    fclose(file);
    return kib;
}

static long run_for_memory(char **command)
{
    const struct timespec pause = {.tv_nsec = POLL_NANOSECONDS};
    pid_t child = start(command);
    long most = 0;
    int status = 0;

    while (waitpid(child, &status, WNOHANG) == 0) {
        long held = private_memory(child);

        most = held > most ? held : most;
        nanosleep(&pause, NULL);
    }
    check(command[0], status);
    return most;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Ends each command's words with NULL; returns how many there are, 0 when too many. */
static int split(char **words, char **commands[MOST_COMMANDS])
{
    int count = 1;

    commands[0] = words;
    for (; *words != NULL; words++) {
        if (strcmp(*words, "--") != 0)
            continue;
        if (count == MOST_COMMANDS)
            return 0;
        *words = NULL;
        commands[count++] = words + 1;
    }
    return count;
}

int main(int argc, char **argv)
{
    static double times[MOST_COMMANDS][MOST_RUNS];
    char **commands[MOST_COMMANDS];
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    int count = argc > 2 ? split(argv + 2, commands) : 0;

    if (runs < 1 || runs > MOST_RUNS || count == 0) {
        fputs("usage: measure RUNS COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...\n", stderr);
        return EXIT_FAILURE;
    }
    for (long i = 0; i < runs; i++)
        for (int which = 0; which < count; which++)
            times[which][i] = run(commands[which]);
    for (int which = 0; which < count; which++) {
        qsort(times[which], (size_t)runs, sizeof **times, compare);
        printf("%.1f %ld\n", times[which][runs / 2], run_for_memory(commands[which]));
    }
    return EXIT_SUCCESS;
}
