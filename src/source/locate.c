/* Domain controllers by name of the domain: SRV records, through GLib's resolver, which asks what
 * the system asks. */
#include "source/locate.h"

#include "base/fault.h"

#include <gio/gio.h>
#include <string.h>

enum { LDAP_PORT_NUMBER = 389, LONGEST_NAME = 253, LONGEST_LABEL = 63 };

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

static char *address_of(GSrvTarget *target)
{
    const char *host = g_srv_target_get_hostname(target);
    size_t length = strlen(host);
    guint16 port = g_srv_target_get_port(target);

    if (length > 0 && host[length - 1] == '.')
        length--;
    if (!locate_is_host(host))
        return NULL;
    if (port == LDAP_PORT_NUMBER)
        return g_strdup_printf("ldap://%.*s", (int)length, host);
    return g_strdup_printf("ldap://%.*s:%u", (int)length, host, port);
}

static bool holds(const GPtrArray *addresses, const char *address)
{
    for (guint i = 0; i < addresses->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(addresses, i), address) == 0)
            return true;
    return false;
}

/* Adds what one SRV record set holds, in the order that GLib took from priority and weight. FALSE
 * and `failure` when there is no such record set. */
static bool add_targets(GPtrArray *addresses, const char *name, GError **failure)
{
    g_autoptr(GResolver) resolver = g_resolver_get_default();
    GError *error = NULL;
    GList *targets;

    targets = g_resolver_lookup_service(resolver, "ldap", "tcp", name, NULL, &error);
    if (targets == NULL) {
        g_clear_error(failure);
        g_propagate_error(failure, error);
        return false;
    }
    for (GList *at = targets; at != NULL && addresses->len < LOCATE_LIMIT; at = at->next) {
        g_autofree char *address = address_of(at->data);

        if (address != NULL && !holds(addresses, address))
            g_ptr_array_add(addresses, g_steal_pointer(&address));
    }
    g_resolver_free_targets(targets);
    return true;
}

static void no_servers(const char *domain, const GError *failure, GError **error)
{
    bool unknown = failure == NULL ||
                   g_error_matches(failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);

    g_set_error(error, FAULT, FAULT_SOURCE,
                unknown
                    ? "domain:%s: DNS knows no domain controllers of that domain "
                      "(_ldap._tcp.dc._msdcs.%s); check its spelling and that this machine asks "
                      "the domain's name servers, or name a server: ldap://HOST"
                    : "domain:%s: the name servers do not answer (_ldap._tcp.dc._msdcs.%s); "
                      "check /etc/resolv.conf, or name a server: ldap://HOST",
                domain, domain);
}

char **locate_servers(const char *address, const char *site, GError **error)
{
    const char *domain = domain_of(address);
    g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) failure = NULL;
    g_autofree char *near = site == NULL ? NULL
                                         : g_strdup_printf("%s._sites.dc._msdcs.%s", site, domain);
    g_autofree char *all = g_strdup_printf("dc._msdcs.%s", domain);

    if (near != NULL)
        add_targets(addresses, near, &failure);
    if (!add_targets(addresses, all, &failure) && addresses->len == 0)
        add_targets(addresses, domain, &failure);
    if (addresses->len == 0) {
        no_servers(domain, failure, error);
        return NULL;
    }
    g_ptr_array_add(addresses, NULL);
    return (char **)g_ptr_array_steal(addresses, NULL);
}
