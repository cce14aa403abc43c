#ifndef ADTOPO_SOURCE_URI_H
#define ADTOPO_SOURCE_URI_H

#include <glib.h>
#include <stdbool.h>

/* The addresses of servers as a user writes them. */

/* Whether a source is meant as an address, not as a file: domain:NAME, or anything that begins
 * like SCHEME://, known or not. */
bool uri_is_meant(const char *source);

/*
 * The single URIs of a list separated by blanks or commas, NULL-terminated; the caller frees it
 * with g_strfreev(). A comma separates only where another address follows ("scheme:"), because it
 * may also stand in a DN. An empty list has no elements.
 */
char **uri_list_split(const char *list);

/*
 * Whether `uri` is ldap://HOST[:PORT], ldaps://… or ldapi://[PATH] and nothing more: a DN or filter
 * in it would be ignored by libldap, and so is refused here. FAULT_USAGE says what is wrong.
 */
bool uri_check(const char *uri, GError **error);

/* ldapi://: a socket of this machine, which needs no encryption. */
bool uri_is_local(const char *uri);

/* ldaps://: encrypted from the first byte. */
bool uri_is_encrypted(const char *uri);

/* The host of a network URI, or NULL; the caller frees it. */
char *uri_host(const char *uri);

#endif
