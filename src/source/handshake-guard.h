#ifndef ADTOPO_SOURCE_HANDSHAKE_GUARD_H
#define ADTOPO_SOURCE_HANDSHAKE_GUARD_H

#include <glib.h>
#include <ldap.h>
#include <stdbool.h>

/*
 * Ends a TLS handshake that takes too long. libldap waits for it without an end where it was built
 * with GnuTLS, so a server that takes a connection and falls silent would hold us for ever. The
 * guard shuts the connection's socket down from a thread of its own, upon which the handshake
 * fails.
 */
typedef struct HandshakeGuard HandshakeGuard;

/* From here on the session may take `seconds` to connect and agree on encryption. */
HandshakeGuard *handshake_guard_new(LDAP *handle, unsigned seconds);

/* Ends the watch and frees. TRUE when the time was over before. */
bool handshake_guard_free(HandshakeGuard *guard);

#endif
