/* Whether domain partitions were read, and what to export where they were not. */
#include "rules/domains.h"

bool domain_was_read(const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);

    return head != NULL && head->entry != NULL;
}

guint count_domains_unread(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const Domain, domain, topology->domains)
        if (!domain_was_read(domain))
            count++;
    return count;
}

void report_domains_unread(Check *check, const char *filter)
{
    const Topology *topology = check_topology(check);
    guint unread = count_domains_unread(topology);

    if (unread > 0 || topology->domains->len == 0)
        check_not_assessed(check, unread,
                           "the domain partition was not read: export it with ldifde -d <domain> "
                           "-r \"(|(objectClass=domainDNS)%s)\"",
                           filter);
}
