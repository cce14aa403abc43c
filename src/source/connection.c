/* A session with one server: address, encryption, authentication (login.c), in that order. */
#include "source/connection.h"

#include "base/fault.h"
#include "source/handshake-guard.h"
#include "source/login.h"
#include "source/network-cause.h"
#include "source/plan.h"
#include "source/refusal.h"
#include "source/settings.h"
#include "source/uri.h"

#include <errno.h>
#include <string.h>

enum {
    DEFAULT_CONNECT_TIMEOUT = 10,
    DEFAULT_TIMEOUT = 60,
    /* Largest single message taken from a server, in bytes: one entry, 1,500 values an attribute.
     * libldap would otherwise allocate whatever a server announces. */
    LARGEST_MESSAGE = 64 * 1024 * 1024,
};

/* --- What went wrong ------------------------------------------------------------------------- */

static char *server_message(Connection *connection)
{
    char *text = NULL;
    char *copy;

    ldap_get_option(connection->handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text);
    copy = g_strdup(text != NULL ? text : "");
    ldap_memfree(text);
    return copy;
}

char *connection_refusal(Connection *connection, int result, const char *message)
{
    g_autofree char *last = message == NULL ? server_message(connection) : NULL;

    return refusal_text(result, message != NULL ? message : last);
}

void connection_fault(Connection *connection, int result, const char *doing, GError **error)
{
    g_autofree char *refusal = connection_refusal(connection, result, NULL);

    g_set_error(error, FAULT, FAULT_SOURCE, "%s: cannot %s: %s", connection->uri, doing, refusal);
}

/* --- Preparation: nothing is sent ------------------------------------------------------------ */

static void set_seconds(LDAP *handle, int option, unsigned wanted, unsigned fallback)
{
    struct timeval *current = NULL;
    struct timeval wait = {.tv_sec = wanted != 0 ? wanted : fallback};

    ldap_get_option(handle, option, &current);
    if (wanted != 0 || current == NULL || current->tv_sec <= 0)
        ldap_set_option(handle, option, &wait);
    ldap_memfree(current);
}

/* Kerberos takes the host's name as given: reverse zones are often wrong or missing. */
static void set_defaults(Connection *connection)
{
    LDAP *handle = connection->handle;
    int version = LDAP_VERSION3;
    int none = 0;
    int never = LDAP_DEREF_NEVER;

    ldap_set_option(handle, LDAP_OPT_PROTOCOL_VERSION, &version);
    ldap_set_option(handle, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    ldap_set_option(handle, LDAP_OPT_SIZELIMIT, &none);
    ldap_set_option(handle, LDAP_OPT_TIMELIMIT, &none);
    ldap_set_option(handle, LDAP_OPT_DEREF, &never);
    ldap_set_option(handle, LDAP_OPT_RESTART, LDAP_OPT_ON);
    ldap_set_option(handle, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
    set_seconds(handle, LDAP_OPT_NETWORK_TIMEOUT, connection->options->connect_timeout,
                DEFAULT_CONNECT_TIMEOUT);
    set_seconds(handle, LDAP_OPT_TIMEOUT, connection->options->timeout, DEFAULT_TIMEOUT);
}

static bool prepare(Connection *connection, GError **error)
{
    int result = ldap_initialize(&connection->handle, connection->uri);

    if (result != LDAP_SUCCESS) {
        g_set_error(error, FAULT, FAULT_SOURCE, "%s: cannot start: %s", connection->uri,
                    ldap_err2string(result));
        return false;
    }
    set_defaults(connection);
    return settings_apply(connection->handle, connection->options->settings, error);
}

/* --- Waiting --------------------------------------------------------------------------------- */

bool connection_is_broken(int result)
{
    return result < 0;
}

/* The longest silence of the server that is borne, in microseconds. */
static gint64 patience_of(const Connection *connection)
{
    struct timeval *current = NULL;
    gint64 patience = (gint64)DEFAULT_TIMEOUT * G_USEC_PER_SEC;

    ldap_get_option(connection->handle, LDAP_OPT_TIMEOUT, &current);
    if (current != NULL && current->tv_sec > 0)
        patience = (gint64)current->tv_sec * G_USEC_PER_SEC;
    ldap_memfree(current);
    return patience;
}

int connection_wait(Connection *connection, int operation, bool all, LDAPMessage **message)
{
    gint64 end = g_get_monotonic_time() + patience_of(connection);
    int result = LDAP_SERVER_DOWN;

    *message = NULL;
    for (;;) {
        struct timeval slice = {.tv_usec = PACE_SLICE};
        int kind = ldap_result(connection->handle, operation, all ? LDAP_MSG_ALL : LDAP_MSG_ONE,
                               &slice, message);

        if (kind > 0)
            return LDAP_SUCCESS;
        if (kind < 0) {
            ldap_get_option(connection->handle, LDAP_OPT_RESULT_CODE, &result);
            return result < 0 ? result : LDAP_SERVER_DOWN;
        }
        if (!pace_go_on(connection->pace))
            result = LDAP_USER_CANCELLED;
        else if (g_get_monotonic_time() >= end)
            result = LDAP_TIMEOUT;
        else
            continue;
        ldap_abandon_ext(connection->handle, operation, NULL, NULL);
        return result;
    }
}

int connection_ask(Connection *connection, const char *base, char **attributes,
                   LDAPMessage **answer)
{
    int operation;
    int result = ldap_search_ext(connection->handle, base, LDAP_SCOPE_BASE, PLAN_ANY, attributes, 0,
                                 NULL, NULL, NULL, LDAP_NO_LIMIT, &operation);
    int parsed;

    *answer = NULL;
    if (result == LDAP_SUCCESS)
        result = connection_wait(connection, operation, true, answer);
    if (result != LDAP_SUCCESS)
        return result;
    parsed = ldap_parse_result(connection->handle, *answer, &result, NULL, NULL, NULL, NULL, 0);
    return parsed != LDAP_SUCCESS ? parsed : result;
}

/* --- Connecting ------------------------------------------------------------------------------ */

/* How long connecting may take, encryption included. */
static unsigned connect_seconds(const Connection *connection)
{
    struct timeval *current = NULL;
    unsigned seconds = DEFAULT_CONNECT_TIMEOUT;

    ldap_get_option(connection->handle, LDAP_OPT_NETWORK_TIMEOUT, &current);
    if (current != NULL && current->tv_sec > 0)
        seconds = (unsigned)current->tv_sec;
    ldap_memfree(current);
    return seconds;
}

/* NULL when a connection is possible after all. */
static const char *cause_now(const Connection *connection)
{
    LDAPURLDesc *parts = NULL;
    const char *cause = network_cause(0);

    if (ldap_url_parse(connection->uri, &parts) == LDAP_URL_SUCCESS && parts->lud_host != NULL)
        cause = network_cause_at(parts->lud_host, parts->lud_port, connect_seconds(connection));
    ldap_free_urldesc(parts);
    return cause;
}

static char *why_unreachable(Connection *connection, int result, int system_error)
{
    g_autofree char *message = server_message(connection);
    const char *cause = NULL;

    if (uri_is_local(connection->uri))
        cause = network_cause(system_error);
    else if (result == LDAP_TIMEOUT)
        cause = network_cause(ETIMEDOUT);
    else if (*message == '\0')
        cause = cause_now(connection);
    if (cause != NULL)
        return g_strdup(cause);
    if (!uri_is_encrypted(connection->uri))
        return refusal_text(result, message);
    return g_strdup_printf("encryption could not be agreed on ('%s'); check that the port speaks "
                           "TLS, that the host name is the certificate's, and that its authority "
                           "is known (-o TLS_CACERT=FILE)",
                           g_strstrip(message));
}

static bool reach(Connection *connection, bool *elsewhere, GError **error)
{
    g_autofree char *why = NULL;
    HandshakeGuard *guard = handshake_guard_new(connection->handle, connect_seconds(connection));
    int result = ldap_connect(connection->handle);
    int system_error = errno;

    if (handshake_guard_free(guard))
        result = LDAP_TIMEOUT;
    if (result == LDAP_SUCCESS)
        return true;
    *elsewhere = true;
    why = why_unreachable(connection, result, system_error);
    g_set_error(error, FAULT, FAULT_SOURCE, "%s: cannot connect: %s", connection->uri, why);
    return false;
}

static void limit_messages(Connection *connection)
{
    Sockbuf *buffer = NULL;
    ber_len_t largest = LARGEST_MESSAGE;

    ldap_get_option(connection->handle, LDAP_OPT_SOCKBUF, &buffer);
    if (buffer != NULL)
        ber_sockbuf_ctrl(buffer, LBER_SB_OPT_SET_MAX_INCOMING, &largest);
}

static bool encrypt(Connection *connection, bool *elsewhere, GError **error)
{
    StartTls wanted = connection->options->start_tls;
    HandshakeGuard *guard;
    int result;

    if (wanted == START_TLS_NO || uri_is_encrypted(connection->uri))
        return true;
    guard = handshake_guard_new(connection->handle, connect_seconds(connection));
    result = ldap_start_tls_s(connection->handle, NULL, NULL);
    if (handshake_guard_free(guard))
        result = LDAP_TIMEOUT;
    if (result == LDAP_SUCCESS)
        return true;
    if (wanted == START_TLS_DEMAND || refusal_is_temporary(result)) {
        *elsewhere = refusal_is_temporary(result);
        connection_fault(connection, result, "start TLS", error);
        return false;
    }
    connection->notice = connection_refusal(connection, result, NULL);
    return true;
}

/* --- The whole ------------------------------------------------------------------------------- */

Connection *connection_open(const char *uri, const ConnectionOptions *options, Pace *pace,
                            bool *elsewhere, GError **error)
{
    g_autoptr(Connection) connection = g_new0(Connection, 1);

    *elsewhere = false;
    connection->uri = g_strdup(uri);
    connection->options = options;
    connection->pace = pace;
    if (!prepare(connection, error) || !reach(connection, elsewhere, error))
        return NULL;
    limit_messages(connection);
    if (!encrypt(connection, elsewhere, error) || !connection_login(connection, elsewhere, error))
        return NULL;
    return g_steal_pointer(&connection);
}

void connection_close(Connection *connection)
{
    if (connection == NULL)
        return;
    if (connection->handle != NULL)
        ldap_unbind_ext(connection->handle, NULL, NULL);
    g_free(connection->uri);
    g_free(connection->bound_as);
    g_free(connection->notice);
    g_free(connection);
}
