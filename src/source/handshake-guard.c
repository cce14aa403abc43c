/* A thread that waits for the end of a handshake, or for that of its time. */
#include "source/handshake-guard.h"

#include <sys/socket.h>
#include <unistd.h>

struct HandshakeGuard {
    struct ldap_conncb callback; /* libldap's, set while we watch */
    LDAP *handle;
    GThread *thread; /* NULL until there is a socket */
    GMutex lock;
    GCond changed;
    gint64 end; /* monotonic, in microseconds */
    int socket; /* a duplicate: libldap may close its own at any time */
    bool done;
    bool late;
};

static gpointer watch(gpointer data)
{
    HandshakeGuard *guard = data;

    g_mutex_lock(&guard->lock);
    while (!guard->done && !guard->late)
        guard->late = !g_cond_wait_until(&guard->changed, &guard->lock, guard->end) && !guard->done;
    if (guard->late)
        shutdown(guard->socket, SHUT_RDWR);
    g_mutex_unlock(&guard->lock);
    return NULL;
}

static void watch_socket(HandshakeGuard *guard, ber_socket_t socket)
{
    if (guard->thread != NULL)
        return;
    guard->socket = dup((int)socket);
    guard->thread = g_thread_new("handshake", watch, guard);
}

/* libldap calls this between connecting and encrypting. */
static int connected(LDAP *handle, Sockbuf *buffer, LDAPURLDesc *server, struct sockaddr *address,
                     struct ldap_conncb *callback)
{
    ber_socket_t socket = -1;

    (void)handle;
    (void)server;
    (void)address;
    ber_sockbuf_ctrl(buffer, LBER_SB_OPT_GET_FD, &socket);
    if (socket >= 0)
        watch_socket(callback->lc_arg, socket);
    return 0;
}

static void disconnected(LDAP *handle, Sockbuf *buffer, struct ldap_conncb *callback)
{
    (void)handle;
    (void)buffer;
    (void)callback;
}

HandshakeGuard *handshake_guard_new(LDAP *handle, unsigned seconds)
{
    HandshakeGuard *guard = g_new0(HandshakeGuard, 1);
    ber_socket_t socket = -1;

    guard->callback = (struct ldap_conncb){connected, disconnected, guard};
    guard->handle = handle;
    guard->end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    g_mutex_init(&guard->lock);
    g_cond_init(&guard->changed);
    guard->socket = -1;
    ldap_set_option(handle, LDAP_OPT_CONNECT_CB, &guard->callback);
    if (ldap_get_option(handle, LDAP_OPT_DESC, &socket) == LDAP_OPT_SUCCESS && socket >= 0)
        watch_socket(guard, socket);
    return guard;
}

static void stop(HandshakeGuard *guard)
{
    g_mutex_lock(&guard->lock);
    guard->done = true;
    g_cond_signal(&guard->changed);
    g_mutex_unlock(&guard->lock);
    if (guard->thread != NULL)
        g_thread_join(guard->thread);
    if (guard->socket >= 0)
        close(guard->socket);
}

bool handshake_guard_free(HandshakeGuard *guard)
{
    bool late;

    stop(guard);
    late = guard->late;
    /* Asking for a callback is how libldap is told to forget it. */
    ldap_get_option(guard->handle, LDAP_OPT_CONNECT_CB, &guard->callback);
    g_mutex_clear(&guard->lock);
    g_cond_clear(&guard->changed);
    g_free(guard);
    return late;
}
