/* Whether domain partitions were read, and what to export where they were not. */
#include "rules/domains.h"

#include "rules/words.h"

bool domain_was_read(const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);

    return head != NULL && head->entry != NULL;
}

static GPtrArray *domains_unread(const Topology *topology)
{
    GPtrArray *unread = g_ptr_array_new();

    FOR_EACH(Domain, domain, topology->domains)
        if (!domain_was_read(domain))
            g_ptr_array_add(unread, domain);
    return unread;
}

guint count_domains_unread(const Topology *topology)
{
    g_autoptr(GPtrArray) unread = domains_unread(topology);

    return unread->len;
}

/* One is named so that the command can be copied. */
static void report_domain_unread(Check *check, const Domain *domain)
{
    const Value *head = domain->naming_context;
    g_autofree char *name = head == NULL ? NULL : value_text(head, ATTR_nCName);

    check_not_assessed(check, 1, "the domain partition %s was not read: " DOMAIN_EXPORT "%s",
                       name != NULL ? name : domain->object.name, name != NULL ? name : "<domain>");
}

void report_domains_unread(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) unread = domains_unread(topology);
    g_autofree char *names = names_of(unread);

    if (topology->domains->len == 0)
        check_not_assessed(check, 0, "no domain partition was read: " DOMAIN_EXPORT "<domain>");
    if (unread->len == 0)
        return;
    if (unread->len == 1)
        report_domain_unread(check, g_ptr_array_index(unread, 0));
    else
        check_not_assessed(check, unread->len,
                           "the domain partitions of %s were not read: export each whole with "
                           "ldifde -f <file> -d <domain>",
                           names);
}
