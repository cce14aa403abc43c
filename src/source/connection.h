#ifndef ADTOPO_SOURCE_CONNECTION_H
#define ADTOPO_SOURCE_CONNECTION_H

#include "source/connection-options.h"

#include <glib.h>
#include <ldap.h>
#include <stdbool.h>

/* One authenticated session with one server. */
typedef struct Connection {
    LDAP *handle;
    char *uri;
    const ConnectionOptions *options; /* borrowed */
    char *bound_as;                   /* who asks, as far as is known; NULL: nobody (anonymous) */
    char *notice;                     /* something odd on the way (StartTLS refused), or NULL */
} Connection;

/*
 * Connects to `uri`, encrypts as the options want it, and authenticates. Referrals are off for the
 * whole session, so credentials go to this server and to no other; ldap.conf's limits on size and
 * time are lifted, because half an answer is worse than none.
 *
 * NULL and FAULT_SOURCE when the server is not there, refuses, or would get the password in clear
 * text; FAULT_USAGE when an option makes no sense. `*elsewhere` then says whether another server of
 * the same directory may be tried: never after a refused password, because repeating it locks
 * accounts.
 */
Connection *connection_open(const char *uri, const ConnectionOptions *options, bool *elsewhere,
                            GError **error);

/* Says goodbye and frees. NULL is allowed. */
void connection_close(Connection *connection);

/* libldap's last result and the server's words for it as FAULT_SOURCE: "cannot `doing` …". */
void connection_fault(Connection *connection, int result, const char *doing, GError **error);

/* The same as a phrase, for diagnostics; the caller frees it. `message` is the server's text, NULL:
 * the session's last one. */
char *connection_refusal(Connection *connection, int result, const char *message);

/* How long to wait for an answer. */
struct timeval connection_patience(const Connection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_close)

#endif
