/* Between a reader and a server that is as it should be: what is said is passed on, up to a point,
 * or with something that happens in the middle. */
#define _GNU_SOURCE /* memmem() */
#include "false-server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 65536 };

struct sockaddr_in local_address(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)atoi(port));
    return address;
}

bool passes_on(const char *mode)
{
    static const char *const modes[] = {"cut", "stall", "tell", NULL};

    return g_strv_contains(modes, mode);
}

/* Passes on what came, at most so much. Returns how much; 0 at the end of `from`. */
static size_t copy_some(int from, int to, size_t most)
{
    char chunk[CHUNK];
    ssize_t length = read(from, chunk, MIN(sizeof chunk, most));

    return length <= 0 || write(to, chunk, (size_t)length) != length ? 0 : (size_t)length;
}

static int connect_to(const char *port)
{
    struct sockaddr_in address = local_address(port);
    int other = socket(AF_INET, SOCK_STREAM, 0);

    return connect(other, (struct sockaddr *)&address, sizeof address) == 0 ? other : -1;
}

/* --- Up to a point --------------------------------------------------------------------------- */

static void pass_bytes(const Server *server, int other)
{
    size_t left = (size_t)atol(server->second);

    while (left > 0) {
        struct pollfd waits[] = {{server->socket, POLLIN, 0}, {other, POLLIN, 0}};

        poll(waits, 2, -1);
        if (waits[0].revents != 0 && copy_some(server->socket, other, CHUNK) == 0)
            return;
        if (waits[1].revents != 0) {
            size_t copied = copy_some(other, server->socket, left);

            if (copied == 0)
                return;
            left -= copied;
        }
    }
    if (g_str_equal(server->mode, "stall"))
        while (copy_some(server->socket, STDERR_FILENO, CHUNK) > 0)
            continue;
}

/* --- Something in the middle ----------------------------------------------------------------- */

/* A reader that waits for each answer sends one question at a time. */
static bool pass_question(const Server *server, int other)
{
    char chunk[CHUNK];
    ssize_t length = read(server->socket, chunk, sizeof chunk);

    if (length <= 0)
        return false;
    if (memmem(chunk, (size_t)length, server->second, strlen(server->second)) != NULL) {
        note(server, "told");
        if (system(server->third) == -1)
            return false;
    }
    return write(other, chunk, (size_t)length) == length;
}

static void pass_and_tell(const Server *server, int other)
{
    signal(SIGCHLD, SIG_DFL);
    for (;;) {
        struct pollfd waits[] = {{server->socket, POLLIN, 0}, {other, POLLIN, 0}};

        poll(waits, 2, -1);
        if (waits[0].revents != 0 && !pass_question(server, other))
            return;
        if (waits[1].revents != 0 && copy_some(other, server->socket, CHUNK) == 0)
            return;
    }
}

void pass_on(const Server *server)
{
    int other = connect_to(server->argument);

    if (other < 0)
        return;
    if (g_str_equal(server->mode, "tell"))
        pass_and_tell(server, other);
    else
        pass_bytes(server, other);
}
