/* Domain controllers by name of the domain: SRV records, which libldap asks the system's name
 * servers for. */
#include "source/locate.h"

#include "base/fault.h"

#include <ldap.h>
#include <netdb.h>
#include <string.h>

enum { LONGEST_NAME = 253, LONGEST_LABEL = 63 };

static const char scheme[] = "domain:";

bool locate_is_domain(const char *address)
{
    return g_ascii_strncasecmp(address, scheme, strlen(scheme)) == 0;
}

static const char *domain_of(const char *address)
{
    return address + strlen(scheme);
}

/* One label: what may stand in a name of a domain or site. Letters beyond ASCII are left to DNS. */
static bool is_label(const char *text, size_t length)
{
    if (length == 0 || length > LONGEST_LABEL)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_' && (text[i] & 0x80) == 0)
            return false;
    return true;
}

bool locate_is_host(const char *text)
{
    g_auto(GStrv) labels = g_strsplit(text, ".", -1);
    guint count = g_strv_length(labels);

    if (strlen(text) > LONGEST_NAME)
        return false;
    if (count > 1 && *labels[count - 1] == '\0')
        count--;
    for (guint i = 0; i < count; i++)
        if (!is_label(labels[i], strlen(labels[i])))
            return false;
    return count > 0;
}

bool locate_check(const char *address, const char *site, GError **error)
{
    if (!locate_is_host(domain_of(address))) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "'%s' is no domain: write domain:NAME with the name in DNS, such as "
                    "domain:contoso.com",
                    address);
        return false;
    }
    if (site != NULL && !is_label(site, strlen(site))) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "'%s' is no name of a site: --dc-site takes the name of a site object", site);
        return false;
    }
    return true;
}

/* The address for HOST[.]:PORT; NULL when it is none, which a record may well hold. */
static char *address_of(char *target)
{
    char *port = strrchr(target, ':');
    size_t length;

    if (port == NULL)
        return NULL;
    *port++ = '\0';
    if (!locate_is_host(target))
        return NULL;
    length = strlen(target);
    if (target[length - 1] == '.')
        length--;
    if (strcmp(port, G_STRINGIFY(LDAP_PORT)) == 0)
        return g_strdup_printf("ldap://%.*s", (int)length, target);
    return g_strdup_printf("ldap://%.*s:%s", (int)length, target, port);
}

static bool holds(const GPtrArray *addresses, const char *address)
{
    for (guint i = 0; i < addresses->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(addresses, i), address) == 0)
            return true;
    return false;
}

/* Whether the last question of this thread was left open, rather than answered with "none". */
static bool is_left_open(void)
{
    return h_errno != HOST_NOT_FOUND && h_errno != NO_DATA;
}

/* Adds what the SRV records of LDAP at one name hold, in the order that libldap took from priority
 * and weight. FALSE when there are none; `silent` then says whether nobody would tell. */
static bool add_targets(GPtrArray *addresses, const char *name, bool *silent)
{
    char *found = NULL;
    bool known = ldap_domain2hostlist(name, &found) == LDAP_SUCCESS && found != NULL;
    g_auto(GStrv) targets = g_strsplit(known ? found : "", " ", -1);

    *silent = !known && is_left_open();
    ldap_memfree(found);
    for (char **target = targets; *target != NULL && addresses->len < LOCATE_LIMIT; target++) {
        g_autofree char *address = address_of(*target);

        if (address != NULL && !holds(addresses, address))
            g_ptr_array_add(addresses, g_steal_pointer(&address));
    }
    return known;
}

static void no_servers(const char *domain, bool silent, GError **error)
{
    g_set_error(error, FAULT, FAULT_SOURCE,
                silent ? "domain:%s: the name servers do not answer (_ldap._tcp.dc._msdcs.%s); "
                         "check /etc/resolv.conf, or name a server: ldap://HOST"
                       : "domain:%s: DNS knows no domain controllers of that domain "
                         "(_ldap._tcp.dc._msdcs.%s); check its spelling and that this machine asks "
                         "the domain's name servers, or name a server: ldap://HOST",
                domain, domain);
}

char **locate_servers(const char *address, const char *site, GError **error)
{
    const char *domain = domain_of(address);
    g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(g_free);
    bool silent;
    g_autofree char *near = site == NULL ? NULL
                                         : g_strdup_printf("%s._sites.dc._msdcs.%s", site, domain);
    g_autofree char *all = g_strdup_printf("dc._msdcs.%s", domain);

    if (near != NULL)
        add_targets(addresses, near, &silent);
    if (!add_targets(addresses, all, &silent) && addresses->len == 0)
        add_targets(addresses, domain, &silent);
    if (addresses->len == 0) {
        no_servers(domain, silent, error);
        return NULL;
    }
    g_ptr_array_add(addresses, NULL);
    return (char **)g_ptr_array_steal(addresses, NULL);
}
