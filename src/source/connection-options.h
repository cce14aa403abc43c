#ifndef ADTOPO_SOURCE_CONNECTION_OPTIONS_H
#define ADTOPO_SOURCE_CONNECTION_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the connection is encrypted after connecting (RFC 4511 section 4.14). */
typedef enum StartTls {
    START_TLS_NO,
    START_TLS_TRY,    /* -Z: a refusal is a diagnostic, and the reading goes on without */
    START_TLS_DEMAND, /* -ZZ: a refusal is an error */
} StartTls;

/* How far a reading has come. */
typedef struct Progress {
    const char *server; /* its address; NULL before there is one */
    uint64_t entries;   /* taken so far */
    uint64_t milliseconds;
} Progress;

/* Who looks at a reading while it goes on, and the limits to its manners. All zeroes: nobody, none.
 */
typedef struct Watch {
    /* Called several times a second, in the thread that reads. FALSE stops the reading: the
     * question on its way is abandoned and the reading fails. */
    bool (*look)(const Progress *progress, void *closure);
    void *closure;
    unsigned rate;       /* entries a second, on average; 0: as they come */
    unsigned time_limit; /* seconds for one source, connecting included, after which what was read
                            is all there is; 0: none */
} Watch;

/*
 * How to connect to a server and as whom. All zeroes is a sensible set: the address from
 * ldap.conf(5), and Kerberos where the server is an Active Directory domain controller, EXTERNAL
 * over ldapi://, anonymous elsewhere. All strings are borrowed and must outlive the reading; NULL
 * stands for "not given". The letters are those of the OpenLDAP tools.
 */
typedef struct ConnectionOptions {
    const char *base; /* -b: where to read, and nowhere else; NULL: the configuration naming context
                         and what `domain_parts` says */
    unsigned domain_parts; /* of DomainPart (domain-part.h): what to read of domain partitions */
    const char
        *dc_site; /* for domain:NAME: the site whose domain controllers come first; or NULL */

    /* Simple authentication. A name alone means simple, too. The library makes no copy of the
     * password; whoever owns it wipes it (password_wipe()) when all sources have been read. */
    bool simple;          /* -x */
    const char *name;     /* -D: a DN, or what Active Directory takes: user@domain, DOMAIN\user */
    const char *password; /* -w, -W, -y; empty counts as not given */
    bool allow_cleartext; /* let a password travel over an unencrypted network connection */

    /* SASL authentication (RFC 4513 section 5.2). */
    const char *mechanism;           /* -Y: GSSAPI, GSS-SPNEGO, EXTERNAL, … */
    const char *user;                /* -U: authentication identity */
    const char *realm;               /* -R */
    const char *authorization;       /* -X: authorization identity, "dn:…" or "u:…" */
    const char *security_properties; /* -O: "minssf=56" and the like */

    /* Transport. */
    StartTls start_tls;
    const char *const *settings; /* -o: "OPTION=VALUE" each, NULL-terminated; see settings.h */
    unsigned connect_timeout;    /* seconds to connect, TLS included; 0: ldap.conf's, or 10 */
    unsigned timeout;            /* seconds to wait for any answer; 0: ldap.conf's, or 60 */

    Watch watch;
    uint64_t entries; /* most entries to take from one server; 0: SERVER_MAX_ENTRIES */
} ConnectionOptions;

enum { SERVER_MAX_ENTRIES = 1000000 };

/* Overwrites a password in place, so that it does not stay in memory. NULL is allowed. */
void password_wipe(char *password);

#endif
