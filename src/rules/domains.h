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

/* How to get what a rule misses of a domain: all of it, since a part that satisfies one rule would
 * look to the next as if the rest did not exist. */
#define DOMAIN_EXPORT "export it whole with ldifde -f domain.ldf -d "

/* Says not assessed for the domains that were not read, or as a whole when no domain is known at
 * all. */
void report_domains_unread(Check *check);

#endif
