/* Addresses of servers: splitting a list of them and saying what is wrong with one. */
#include "source/uri.h"

#include "base/fault.h"

#include <ldap.h>
#include <string.h>

static const char *const schemes[] = {"ldap:", "ldaps:", "ldapi:", "domain:", NULL};

static bool starts_with_scheme(const char *text)
{
    for (const char *const *scheme = schemes; *scheme != NULL; scheme++)
        if (g_ascii_strncasecmp(text, *scheme, strlen(*scheme)) == 0)
            return true;
    return false;
}

/* "SCHEME://", as RFC 3986 has it. */
static bool has_form_of_uri(const char *text)
{
    size_t length = strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+-.");

    return g_ascii_isalpha(*text) && g_str_has_prefix(text + length, "://");
}

bool uri_is_meant(const char *source)
{
    return g_ascii_strncasecmp(source, "domain:", strlen("domain:")) == 0 ||
           has_form_of_uri(source);
}

/* Whether the list is cut before `text[at]`. */
static bool is_separator(const char *text, size_t at)
{
    if (g_ascii_isspace(text[at]))
        return true;
    if (text[at] != ',')
        return false;
    for (at++; g_ascii_isspace(text[at]) || text[at] == ','; at++)
        continue;
    return text[at] == '\0' || starts_with_scheme(text + at);
}

static void take_part(GPtrArray *parts, const char *start, const char *end)
{
    if (end > start)
        g_ptr_array_add(parts, g_strndup(start, (gsize)(end - start)));
}

char **uri_list_split(const char *list)
{
    GPtrArray *parts = g_ptr_array_new();
    const char *start = list;
    const char *at;

    for (at = list; *at != '\0'; at++) {
        if (!is_separator(list, (size_t)(at - list)))
            continue;
        take_part(parts, start, at);
        start = at + 1;
    }
    take_part(parts, start, at);
    g_ptr_array_add(parts, NULL);
    return (char **)(void *)g_ptr_array_free(parts, FALSE);
}

static bool names_more_than_a_server(const LDAPURLDesc *parts)
{
    return (parts->lud_dn != NULL && *parts->lud_dn != '\0') || parts->lud_attrs != NULL ||
           parts->lud_filter != NULL || parts->lud_exts != NULL;
}

bool uri_check(const char *uri, GError **error)
{
    LDAPURLDesc *parts = NULL;
    bool more;

    if (has_form_of_uri(uri) && !starts_with_scheme(uri)) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "the scheme of '%s' is unknown: there is ldap://HOST, ldaps://HOST, "
                    "ldapi://PATH and domain:NAME",
                    uri);
        return false;
    }
    if (!starts_with_scheme(uri) || ldap_url_parse(uri, &parts) != LDAP_URL_SUCCESS) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "'%s' is no address of a server: write ldap://HOST, ldap://HOST:PORT, "
                    "ldaps://HOST or ldapi://PATH with every / of the path as %%2F",
                    uri);
        return false;
    }
    more = names_more_than_a_server(parts);
    ldap_free_urldesc(parts);
    if (more)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "'%s' names more than a server: leave out what follows the host and give the "
                    "base with -b",
                    uri);
    return !more;
}

bool uri_is_local(const char *uri)
{
    return g_ascii_strncasecmp(uri, "ldapi:", 6) == 0;
}

bool uri_is_encrypted(const char *uri)
{
    return g_ascii_strncasecmp(uri, "ldaps:", 6) == 0;
}

char *uri_host(const char *uri)
{
    LDAPURLDesc *parts = NULL;
    char *host = NULL;

    if (uri_is_local(uri) || ldap_url_parse(uri, &parts) != LDAP_URL_SUCCESS)
        return NULL;
    if (parts->lud_host != NULL && *parts->lud_host != '\0')
        host = g_strdup(parts->lud_host);
    ldap_free_urldesc(parts);
    return host;
}
