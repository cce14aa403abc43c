#ifndef ADTOPO_SOURCE_ROOTDSE_H
#define ADTOPO_SOURCE_ROOTDSE_H

#include "source/connection.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What a server says about itself in the entry without a name (RFC 4512 section 5.1; MS-ADTS
 * section 3.1.1.3.2 for Active Directory's attributes). Any of it may be absent.
 */
typedef struct RootDse {
    char *configuration; /* configurationNamingContext */
    char *schema;        /* schemaNamingContext */
    char *domain;        /* defaultNamingContext: the domain partition that the server is for */
    char *host;          /* dnsHostName */
    char *committed_usn; /* highestCommittedUSN */
    char *time;          /* currentTime */
    char *service;       /* dsServiceName: the domain controller's NTDS Settings object */
    char **naming_contexts;
    char **controls;
    char **capabilities;
    char **mechanisms; /* supportedSASLMechanisms */
} RootDse;

/* The names of what is asked for, NULL-terminated. The caller frees the array with g_free(). */
char **rootdse_attributes(void);

/* Asks for it. NULL when the server does not answer or shows nothing; `*result` is then
 * connection_ask()'s, LDAP_SUCCESS in the second case. */
RootDse *rootdse_read(Connection *connection, int *result);

void rootdse_free(RootDse *rootdse);

bool rootdse_has_control(const RootDse *rootdse, const char *oid);
bool rootdse_has_mechanism(const RootDse *rootdse, const char *name);

/* How to log in where nobody said how: Kerberos where it is the directory's own way, EXTERNAL on a
 * `local` socket (its owner). NULL: not at all. */
const char *rootdse_mechanism(const RootDse *rootdse, bool local);

/* Whether it is an Active Directory domain controller (capability 1.2.840.113556.1.4.800). */
bool rootdse_is_active_directory(const RootDse *rootdse);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RootDse, rootdse_free)

#endif
