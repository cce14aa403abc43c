/* The system's reasons for a connection that did not come about. */
#include "source/network-cause.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct Cause {
    int system_error;
    const char *text;
} Cause;

static const Cause causes[] = {
    {ECONNREFUSED,
     "nothing listens there (connection refused); check the address and that the server runs"},
    {ENOENT, "there is no such socket; check the path and that the server runs"},
    {EACCES, "permission denied; check who may use the socket"},
    {EPERM, "permission denied; check whether a firewall of this machine forbids it"},
    {ETIMEDOUT, "no answer in time; check the address, and whether a firewall is between"},
    {EHOSTUNREACH, "there is no way to that host; check the address and the network"},
    {ENETUNREACH, "there is no way to that network; check the address and the network"},
};

const char *network_cause(int system_error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++)
        if (causes[i].system_error == system_error)
            return causes[i].text;
    return "it cannot be contacted; check the address";
}

/* How a connection under way ended: 0, or an errno. */
static int wait_for(int socket, gint64 end)
{
    GPollFD writable = {.fd = socket, .events = G_IO_OUT};
    gint64 left = MAX(end - g_get_monotonic_time(), 0) / (G_USEC_PER_SEC / 1000);
    int outcome = 0;
    socklen_t size = sizeof outcome;

    switch (g_poll(&writable, 1, (gint)left)) {
    case 0:
        return ETIMEDOUT;
    case 1:
        return getsockopt(socket, SOL_SOCKET, SO_ERROR, &outcome, &size) == 0 ? outcome : errno;
    default:
        return errno;
    }
}

/* 0, or why there is no connection to one address. */
static int try_address(const struct addrinfo *address, gint64 end)
{
    int trial = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int outcome = 0;

    if (trial < 0)
        return errno;
    if (connect(trial, address->ai_addr, address->ai_addrlen) != 0)
        outcome = errno == EINPROGRESS ? wait_for(trial, end) : errno;
    close(trial);
    return outcome;
}

/* The system puts the addresses that it has a way to first, so that the first reason says most. */
static int try_all(const struct addrinfo *addresses, gint64 end)
{
    int first = 0;

    for (const struct addrinfo *at = addresses; at != NULL; at = at->ai_next) {
        int outcome = try_address(at, end);

        if (outcome == 0)
            return 0;
        if (first == 0)
            first = outcome;
    }
    return first;
}

const char *network_cause_at(const char *host, int port, unsigned seconds)
{
    const struct addrinfo wanted = {.ai_flags = AI_ADDRCONFIG, .ai_socktype = SOCK_STREAM};
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    g_autofree char *service = g_strdup_printf("%d", port);
    struct addrinfo *addresses;
    int outcome;

    if (getaddrinfo(host, service, &wanted, &addresses) != 0)
        return "the host name is not known; check its spelling and the name server";
    outcome = try_all(addresses, end);
    freeaddrinfo(addresses);
    return outcome == 0 ? NULL : network_cause(outcome);
}
