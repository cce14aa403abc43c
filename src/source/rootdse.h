#ifndef ADTOPO_SOURCE_ROOTDSE_H
#define ADTOPO_SOURCE_ROOTDSE_H

#include <glib.h>
#include <ldap.h>
#include <stdbool.h>
#include <sys/time.h>

/*
 * What a server says about itself in the entry without a name (RFC 4512 section 5.1; MS-ADTS
 * section 3.1.1.3.2 for Active Directory's attributes). Any of it may be absent.
 */
typedef struct RootDse {
    char *configuration; /* configurationNamingContext */
    char *schema;        /* schemaNamingContext */
    char *host;          /* dnsHostName */
    char *committed_usn; /* highestCommittedUSN */
    char *time;          /* currentTime */
    char **naming_contexts;
    char **controls;
    char **capabilities;
    char **mechanisms; /* supportedSASLMechanisms */
} RootDse;

/* Asks for it, waiting at most `patience`. NULL when the server does not answer or shows nothing;
 * `*result` is then libldap's result, LDAP_SUCCESS in the second case. */
RootDse *rootdse_read(LDAP *handle, struct timeval patience, int *result);

void rootdse_free(RootDse *rootdse);

bool rootdse_has_control(const RootDse *rootdse, const char *oid);
bool rootdse_has_mechanism(const RootDse *rootdse, const char *name);

/* Whether it is an Active Directory domain controller (capability 1.2.840.113556.1.4.800). */
bool rootdse_is_active_directory(const RootDse *rootdse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RootDse, rootdse_free)

#endif
