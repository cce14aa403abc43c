#ifndef ADTOPO_SOURCE_LOCATE_H
#define ADTOPO_SOURCE_LOCATE_H

#include <glib.h>
#include <stdbool.h>

/* Finding the domain controllers of a domain in DNS. */

/* Most domain controllers that are tried of one domain. */
enum { LOCATE_LIMIT = 16 };

/* Whether an address is domain:NAME. */
bool locate_is_domain(const char *address);

/* Whether the name behind domain: can be one of DNS, and the site, if any, one of a site.
 * FAULT_USAGE says what is wrong. */
bool locate_check(const char *address, const char *site, GError **error);

/* Whether a text can be the name of a host in DNS, and so be put into an address as it is. */
bool locate_is_host(const char *text);

/*
 * The addresses (ldap://HOST) of the domain controllers of domain:NAME in the order in which they
 * are to be tried, NULL-terminated; the caller frees them with g_strfreev(). Asked for are the
 * SRV records that domain controllers register (MS-ADTS section 6.3.2.3): those of `site` (may be
 * NULL), then those of all domain controllers, then those of LDAP servers of the domain, where
 * there are no others. Within each, priority and weight decide as RFC 2782 wants it.
 *
 * FAULT_SOURCE when there is none, or no name server answers.
 */
char **locate_servers(const char *address, const char *site, GError **error);

#endif
