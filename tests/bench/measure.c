/*
 * measure RUNS COMMAND [ARGUMENT]...
 *
 * Runs a command a number of times with its output thrown away, and once more to look at its
 * memory. Prints the median of its duration in milliseconds and the most private memory, in KiB,
 * that it was seen to hold (RssAnon: a mapped file does not count). Fails when the command does, 1
 * aside, which is what an audit with findings returns.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 99, POLL_NANOSECONDS = 1000000 };

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

int main(int argc, char **argv)
{
    double times[MOST_RUNS];
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

    if (runs < 1 || runs > MOST_RUNS) {
        fputs("usage: measure RUNS COMMAND [ARGUMENT]...\n", stderr);
        return EXIT_FAILURE;
    }
    for (long i = 0; i < runs; i++)
        times[i] = run(argv + 2);
    qsort(times, (size_t)runs, sizeof *times, compare);
    printf("%.1f %ld\n", times[runs / 2], run_for_memory(argv + 2));
    return EXIT_SUCCESS;
}
