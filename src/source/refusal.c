/* Refusals in plain words: two tables, one of LDAP results and one of the Windows errors that
 * Active Directory hides in the message of result 49. Every row ends with what to do. */
#include "source/refusal.h"

#include <glib.h>
#include <ldap.h>
#include <string.h>

typedef struct Refusal {
    int result;
    const char *containing; /* only when the server's message has this; NULL: always */
    const char *meaning;
} Refusal;

typedef struct Subcode {
    unsigned code;
    const char *meaning;
} Subcode;

static const Subcode subcodes[] = {
    {0x525, "there is no such user; check the name given with -D"},
    {0x52e, "the name or the password is wrong; check both"},
    {0x530, "this account may not log on at this hour; try later or use another account"},
    {0x531, "this account may not log on from this machine; use another account"},
    {0x532, "the password has expired; change it first"},
    {0x533, "the account is disabled; have it enabled or use another account"},
    {0x701, "the account has expired; have it prolonged or use another account"},
    {0x773, "the password must be changed before the first use; change it first"},
    {0x775, "the account is locked out; have it unlocked and do not try again before"},
    {0x80090346, "the server wants channel binding; use Kerberos (-Y GSSAPI) without TLS, or set "
                 "-o SASL_CBINDING=tls-endpoint"},
};

/* The first row that fits counts: rows with a text to look for come before the general one. */
static const Refusal refusals[] = {
    {LDAP_OPERATIONS_ERROR, "bind must be completed",
     "the server answers no questions before it knows who asks; give -D NAME -W, or -Y GSSAPI "
     "with a Kerberos ticket"},
    {LDAP_OPERATIONS_ERROR, "000004DC",
     "the server answers no questions before it knows who asks; give -D NAME -W, or -Y GSSAPI "
     "with a Kerberos ticket"},
    {LDAP_OPERATIONS_ERROR, "00002020",
     "the server answers no questions before it knows who asks; give -D NAME -W, or -Y GSSAPI "
     "with a Kerberos ticket"},
    {LDAP_OPERATIONS_ERROR, "Failed to start authentication system",
     "the server does not know this way of authentication; use -Y GSSAPI, or -x -D NAME -W"},
    {LDAP_STRONG_AUTH_REQUIRED, "Sign or Seal",
     "the server takes no Kerberos that does not sign or seal by itself, as it does not inside TLS "
     "or with -O maxssf=0; leave out -Z, -ZZ and -O, and use ldap:// in place of ldaps://"},
    {LDAP_STRONG_AUTH_REQUIRED, NULL,
     "the server wants the connection signed or encrypted; add -ZZ, use ldaps://, or use Kerberos "
     "(-Y GSSAPI)"},
    {LDAP_CONFIDENTIALITY_REQUIRED, NULL,
     "the server wants the connection encrypted; add -ZZ or use ldaps://"},
    {LDAP_AUTH_METHOD_NOT_SUPPORTED, NULL,
     "the server does not know this way of authentication; leave out -Y, or use -x -D NAME -W"},
    {LDAP_INAPPROPRIATE_AUTH, NULL,
     "this way of authentication does not suit the account, or anonymous access is switched off; "
     "give -D NAME -W, or -Y GSSAPI"},
    {LDAP_INVALID_CREDENTIALS, NULL, "the name or the password is wrong; check both"},
    {LDAP_INVALID_DN_SYNTAX, NULL,
     "the name is not written as a DN; write it as CN=…,DC=… or, for Active Directory, as "
     "user@domain"},
    {LDAP_INSUFFICIENT_ACCESS, NULL,
     "this account has no right to do so; use one that may read the configuration partition"},
    {LDAP_NO_SUCH_OBJECT, NULL,
     "there is no such object, or this account may not see it; check the name"},
    {LDAP_REFERRAL, NULL, "another server holds this; ask that one"},
    {LDAP_BUSY, NULL, "the server is too busy; try again or ask another one"},
    {LDAP_UNAVAILABLE, NULL, "the server is starting or stopping; try again or ask another one"},
    {LDAP_UNWILLING_TO_PERFORM, "authentication required",
     "the server answers no questions before it knows who asks; give -D NAME -W, or -Y with a "
     "mechanism"},
    {LDAP_UNWILLING_TO_PERFORM, NULL, "the server's policy forbids it; ask its administrator"},
    {LDAP_TIMELIMIT_EXCEEDED, NULL,
     "the server's time limit was reached; ask when it is less busy or have the limit raised"},
    {LDAP_SIZELIMIT_EXCEEDED, NULL,
     "the server's size limit was reached; use an account with a higher limit"},
    {LDAP_ADMINLIMIT_EXCEEDED, NULL,
     "a limit set by the server's administrator was reached; use an account with a higher limit"},
    {LDAP_UNAVAILABLE_CRITICAL_EXTENSION, NULL,
     "the server cannot do what the question needs; ask another one"},
    {LDAP_PROTOCOL_ERROR, "unsupported extended operation",
     "the server does not know StartTLS; use ldaps://, or Kerberos (-Y GSSAPI) without -Z"},
    {LDAP_PROTOCOL_ERROR, NULL,
     "the server does not understand the question; check that it is an LDAP server of version 3"},
    {LDAP_SERVER_DOWN, NULL,
     "the server closed the connection, or it was lost; try again or ask another one"},
    {LDAP_DECODING_ERROR, NULL,
     "the server sent something that is not LDAP; check the address, or ask another one"},
    {LDAP_CONNECT_ERROR, NULL,
     "encryption could not be agreed on; check that the host name is the certificate's and name "
     "its authority with -o TLS_CACERT=FILE"},
    {LDAP_TIMEOUT, NULL, "the server did not answer in time; try again or ask another one"},
    {LDAP_USER_CANCELLED, NULL, "the reading was stopped, as asked or by the time limit"},
    {LDAP_AUTH_UNKNOWN, NULL,
     "the SASL library offers no such mechanism here; install its module "
     "(libsasl2-modules-gssapi-mit for GSSAPI), or for EXTERNAL use ldapi:// or name a certificate "
     "(-o TLS_CERT=FILE -o TLS_KEY=FILE)"},
    {LDAP_LOCAL_ERROR, "No Kerberos credentials",
     "there is no Kerberos ticket; run kinit first, or give -D NAME -W"},
    {LDAP_LOCAL_ERROR, "No credentials were supplied",
     "there is no Kerberos ticket; run kinit first, or give -D NAME -W"},
    {LDAP_LOCAL_ERROR, "expired", "the Kerberos ticket has expired; run kinit again"},
    {LDAP_LOCAL_ERROR, "Clock skew",
     "this machine's clock and the server's are too far apart; set the clock"},
    {LDAP_LOCAL_ERROR, "not yet valid",
     "this machine's clock and the server's are too far apart; set the clock"},
    {LDAP_LOCAL_ERROR, "not found in Kerberos database",
     "Kerberos does not know the server under this name; use the full host name of the domain "
     "controller"},
};

/* Longest part of a server's own text that is worth repeating. */
enum { QUOTED_LENGTH = 300 };

unsigned refusal_subcode(const char *message)
{
    const char *data = message == NULL ? NULL : strstr(message, ", data ");
    guint64 code;
    char *end;

    if (data == NULL || strstr(message, "AcceptSecurityContext") == NULL)
        return 0;
    data += strlen(", data ");
    if (!g_ascii_isxdigit(*data))
        return 0;
    code = g_ascii_strtoull(data, &end, 16);
    return *end == ',' && code <= G_MAXUINT32 ? (unsigned)code : 0;
}

static const char *subcode_meaning(unsigned code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(subcodes); i++)
        if (subcodes[i].code == code)
            return subcodes[i].meaning;
    return NULL;
}

static const char *result_meaning(int result, const char *message)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        const Refusal *row = &refusals[i];

        if (row->result != result)
            continue;
        if (row->containing == NULL || (message != NULL && strstr(message, row->containing)))
            return row->meaning;
    }
    return NULL;
}

/* The server's text as one line of limited length. Active Directory ends its texts with a NUL that
 * libldap counts as part of them. */
static char *quote(const char *message)
{
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    g_autofree char *part = g_utf8_substring(valid, 0,
                                             MIN(g_utf8_strlen(valid, -1), QUOTED_LENGTH));

    g_strdelimit(part, "\r\n\t", ' ');
    return g_strdup(g_strstrip(part));
}

char *refusal_text(int result, const char *message)
{
    const char *name = ldap_err2string(result);
    const char *meaning = NULL;
    g_autofree char *quoted = quote(message != NULL ? message : "");

    if (result == LDAP_INVALID_CREDENTIALS)
        meaning = subcode_meaning(refusal_subcode(message));
    if (meaning == NULL)
        meaning = result_meaning(result, message);
    if (meaning != NULL)
        return g_strdup_printf("%s (%d): %s", name, result, meaning);
    if (*quoted != '\0')
        return g_strdup_printf("%s (%d), '%s'", name, result, quoted);
    return g_strdup_printf("%s (%d)", name, result);
}

bool refusal_is_temporary(int result)
{
    switch (result) {
    case LDAP_SERVER_DOWN:
    case LDAP_TIMEOUT:
    case LDAP_CONNECT_ERROR:
    case LDAP_BUSY:
    case LDAP_UNAVAILABLE:
        return true;
    default:
        return false;
    }
}
