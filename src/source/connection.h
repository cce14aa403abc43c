#ifndef ADTOPO_SOURCE_CONNECTION_H
#define ADTOPO_SOURCE_CONNECTION_H

#include "source/connection-options.h"
#include "source/pace.h"

#include <glib.h>
#include <ldap.h>
#include <stdbool.h>

/* One authenticated session with one server. */
typedef struct Connection {
    LDAP *handle;
    char *uri;
    const ConnectionOptions *options; /* borrowed */
    Pace *pace;                       /* borrowed; asked while waiting */
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
Connection *connection_open(const char *uri, const ConnectionOptions *options, Pace *pace,
                            bool *elsewhere, GError **error);

/* Says goodbye and frees. NULL is allowed. */
void connection_close(Connection *connection);

/* libldap's last result and the server's words for it as FAULT_SOURCE: "cannot `doing` …". */
void connection_fault(Connection *connection, int result, const char *doing, GError **error);

/* The same as a phrase, for diagnostics; the caller frees it. `message` is the server's text, NULL:
 * the session's last one. */
char *connection_refusal(Connection *connection, int result, const char *message);

/*
 * Waits for the next message (`all` FALSE) or all messages of an operation. The caller frees
 * `*message` with ldap_msgfree(). LDAP_SUCCESS, or libldap's own result, which is negative: the
 * connection was lost, LDAP_TIMEOUT after too long a silence, LDAP_USER_CANCELLED when the pace
 * does not go on. In the last two the operation has been abandoned.
 */
int connection_wait(Connection *connection, int operation, bool all, LDAPMessage **message);

/* One search for one entry, its answer in full. Returns the search's result or connection_wait()'s;
 * the caller frees `*answer`, which may be there all the same. */
int connection_ask(Connection *connection, const char *base, char **attributes,
                   LDAPMessage **answer);

/* Whether a result is libldap's own: whatever it was, the session is not to be trusted any more. */
bool connection_is_broken(int result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_close)

#endif
