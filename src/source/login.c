/* Who we are, said to a server. What is sent and over which kind of connection is decided here and
 * nowhere else, so that no password leaves by another way. */
#include "source/login.h"

#include "base/fault.h"
#include "source/refusal.h"
#include "source/rootdse.h"
#include "source/uri.h"

#include <sasl/sasl.h>
#include <string.h>

void password_wipe(char *password)
{
    if (password != NULL)
        explicit_bzero(password, strlen(password));
}

static bool is_protected(const Connection *connection)
{
    return uri_is_local(connection->uri) || ldap_tls_inplace(connection->handle) == 1;
}

/* --- With a name and a password -------------------------------------------------------------- */

/* A name with an empty password is an anonymous bind that succeeds (RFC 4513 section 5.1.2), and
 * everything after it would look like a directory with little in it. */
static bool simple_is_allowed(const Connection *connection, GError **error)
{
    const ConnectionOptions *options = connection->options;
    bool password = options->password != NULL && *options->password != '\0';

    if (options->name != NULL && *options->name != '\0' && !password) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "%s: no password for %s: a bind with an empty one would be anonymous; give it "
                    "with -W or -y FILE",
                    connection->uri, options->name);
        return false;
    }
    if (password && !options->allow_cleartext && !is_protected(connection)) {
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s: refusing to send the password unencrypted: add -ZZ, use ldaps://, or "
                    "insist with --allow-cleartext",
                    connection->uri);
        return false;
    }
    return true;
}

static int wait_for_bind(Connection *connection, int message)
{
    LDAPMessage *answer = NULL;
    int result = connection_wait(connection, message, true, &answer);
    int parsed = LDAP_SUCCESS;

    if (result == LDAP_SUCCESS)
        parsed = ldap_parse_result(connection->handle, answer, &result, NULL, NULL, NULL, NULL, 0);
    ldap_msgfree(answer);
    return parsed != LDAP_SUCCESS ? parsed : result;
}

static int bind_simple(Connection *connection)
{
    const ConnectionOptions *options = connection->options;
    const char *password = options->password != NULL ? options->password : "";
    struct berval secret = {.bv_len = strlen(password), .bv_val = (char *)password};
    int message = -1;
    int result;

    result = ldap_sasl_bind(connection->handle, options->name, LDAP_SASL_SIMPLE, &secret, NULL,
                            NULL, &message);
    if (result == LDAP_SUCCESS)
        result = wait_for_bind(connection, message);
    if (result == LDAP_SUCCESS)
        connection->bound_as = g_strdup(options->name);
    return result;
}

/* --- With a mechanism ------------------------------------------------------------------------ */

static const char *sasl_answer(const ConnectionOptions *options, unsigned long question)
{
    switch (question) {
    case SASL_CB_AUTHNAME:
        return options->user;
    case SASL_CB_USER:
        return options->authorization;
    case SASL_CB_GETREALM:
        return options->realm;
    case SASL_CB_PASS:
        return options->password;
    default:
        return NULL;
    }
}

/* Called by libldap; never asks anyone. */
static int answer_sasl(LDAP *handle, unsigned flags, void *defaults, void *questions)
{
    const ConnectionOptions *options = defaults;

    (void)handle;
    (void)flags;
    for (sasl_interact_t *question = questions; question->id != SASL_CB_LIST_END; question++) {
        const char *answer = sasl_answer(options, question->id);

        if (answer == NULL)
            answer = question->defresult != NULL ? question->defresult : "";
        question->result = answer;
        question->len = (unsigned)strlen(answer);
    }
    return LDAP_SUCCESS;
}

/*
 * Active Directory refuses a second security layer inside TLS, and a hardened domain controller
 * refuses none outside it (MS-ADTS section 5.1.1.1.2). What a mechanism like PLAIN would send as
 * it is needs the same protection as a simple bind.
 */
static int set_security(Connection *connection, const char *mechanism)
{
    const ConnectionOptions *options = connection->options;
    bool kerberos = mechanism != NULL && g_ascii_strncasecmp(mechanism, "GSS", 3) == 0;
    g_autoptr(GString) properties = g_string_new(options->security_properties);

    if (options->security_properties == NULL && kerberos)
        g_string_append(properties, is_protected(connection) ? "minssf=0,maxssf=0" : "minssf=1");
    if (!is_protected(connection) && !options->allow_cleartext)
        g_string_append(properties, properties->len > 0 ? ",noplain" : "noplain");
    if (properties->len == 0)
        return LDAP_SUCCESS;
    return ldap_set_option(connection->handle, LDAP_OPT_X_SASL_SECPROPS, properties->str);
}

/* The steps of a SASL bind, each of which waits as any other question does. */
static int exchange_sasl(Connection *connection, const char *mechanism)
{
    const char *chosen = NULL;
    LDAPMessage *answer = NULL;
    int step = -1;
    int result;

    for (;;) {
        result = ldap_sasl_interactive_bind(connection->handle, NULL, mechanism, NULL, NULL,
                                            LDAP_SASL_QUIET, answer_sasl,
                                            (void *)connection->options, answer, &chosen, &step);
        ldap_msgfree(answer);
        if (result != LDAP_SASL_BIND_IN_PROGRESS)
            return result;
        result = connection_wait(connection, step, true, &answer);
        if (result != LDAP_SUCCESS)
            return result;
    }
}

static int bind_sasl(Connection *connection, const char *mechanism)
{
    char *identity = NULL;
    int result;

    if (set_security(connection, mechanism) != LDAP_SUCCESS)
        return LDAP_PARAM_ERROR;
    result = exchange_sasl(connection, mechanism);
    if (result != LDAP_SUCCESS)
        return result;
    ldap_get_option(connection->handle, LDAP_OPT_X_SASL_USERNAME, &identity);
    connection->bound_as = g_strdup(identity != NULL ? identity : mechanism);
    ldap_memfree(identity);
    return LDAP_SUCCESS;
}

/* --- As wanted ------------------------------------------------------------------------------- */

/* Nobody said how: what the server's kind suggests. */
static const char *default_mechanism(Connection *connection, int *result)
{
    g_autoptr(RootDse) rootdse = rootdse_read(connection, result);

    return rootdse_mechanism(rootdse, uri_is_local(connection->uri));
}

static bool wants_sasl(const ConnectionOptions *options)
{
    return options->mechanism != NULL || options->user != NULL || options->realm != NULL ||
           options->authorization != NULL || options->security_properties != NULL;
}

static int bind_default(Connection *connection)
{
    int result = LDAP_SUCCESS;
    const char *mechanism = default_mechanism(connection, &result);

    if (mechanism == NULL)
        return refusal_is_temporary(result) ? result : LDAP_SUCCESS;
    return bind_sasl(connection, mechanism);
}

static int bind_as_wanted(Connection *connection)
{
    const ConnectionOptions *options = connection->options;

    if (wants_sasl(options) && !options->simple)
        return bind_sasl(connection, options->mechanism);
    if (options->simple || options->name != NULL)
        return bind_simple(connection);
    return bind_default(connection);
}

bool connection_login(Connection *connection, bool *elsewhere, GError **error)
{
    const ConnectionOptions *options = connection->options;
    g_autofree char *doing = NULL;
    bool simple = options->simple || (options->name != NULL && !wants_sasl(options));
    int result;

    if (simple && !simple_is_allowed(connection, error))
        return false;
    result = bind_as_wanted(connection);
    if (result == LDAP_SUCCESS)
        return true;
    *elsewhere = refusal_is_temporary(result);
    doing = simple && options->name != NULL ? g_strdup_printf("log in as %s", options->name)
                                            : g_strdup("log in");
    connection_fault(connection, result, doing, error);
    return false;
}
