#ifndef ADTOPO_SOURCE_LOGIN_H
#define ADTOPO_SOURCE_LOGIN_H

#include "source/connection.h"

/*
 * Authenticates as the connection's options want it, or as the server's kind suggests where they
 * say nothing; `bound_as` is set. What would show a password to others is done over a protected
 * connection only, unless the options allow it.
 *
 * FALSE and FAULT_SOURCE when the server refuses or the password would be in clear text,
 * FAULT_USAGE when there is a name and no password. `*elsewhere` becomes TRUE where another server
 * may be tried.
 */
bool connection_login(Connection *connection, bool *elsewhere, GError **error);

#endif
