#ifndef ADTOPO_SOURCE_SETTINGS_H
#define ADTOPO_SOURCE_SETTINGS_H

#include <glib.h>
#include <ldap.h>
#include <stdbool.h>

/*
 * Applies "OPTION=VALUE" settings (-o) to one session. The names are those of ldap.conf(5), letter
 * case ignored: what a user may set there for encryption, SASL and time-outs, and "nettimeout" of
 * the OpenLDAP tools. What would change the questions asked or the answers taken (REFERRALS, DEREF,
 * SIZELIMIT, …) is not among them. FAULT_USAGE names what is unknown and what there is.
 */
bool settings_apply(LDAP *handle, const char *const *settings, GError **error);

#endif
