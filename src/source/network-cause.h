#ifndef ADTOPO_SOURCE_NETWORK_CAUSE_H
#define ADTOPO_SOURCE_NETWORK_CAUSE_H

#include <glib.h>

/*
 * Why a server cannot be reached, for a person: what is wrong and what to look at. libldap says
 * "Can't contact LDAP server" to everything and lets the system's reason go.
 */

/* The words for an errno of connect(); for any other number, that it cannot be contacted. */
const char *network_cause(int system_error);

/* Asks the network once more, for the reason alone: looks `host` up and connects to `port` at each
 * of its addresses, for `seconds` in all. NULL when a connection is possible after all. */
const char *network_cause_at(const char *host, int port, unsigned seconds);

#endif
