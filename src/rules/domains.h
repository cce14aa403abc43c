#ifndef ADTOPO_RULES_DOMAINS_H
#define ADTOPO_RULES_DOMAINS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* Whether the domain partitions were read. An audit usually sees the configuration alone. */

/* Whether the head of the domain's partition (domainDNS) was read. */
bool domain_was_read(const Domain *domain);

/* The domains that were not read. */
guint count_domains_unread(const Topology *topology);

/* Says not assessed for the domains that were not read, or as a whole when no domain is known at
 * all. `filter` is the LDAP filter of what would have to be exported: "(homeMDB=*)". */
void report_domains_unread(Check *check, const char *filter);

#endif
