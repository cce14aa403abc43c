#ifndef ADTOPO_SOURCE_DOMAIN_SERVERS_H
#define ADTOPO_SOURCE_DOMAIN_SERVERS_H

#include "directory/directory.h"

#include <glib.h>

/* Domains and their domain controllers, as a configuration partition that was read names them. The
 * directory need not be sealed. */

typedef struct DomainPartition {
    Dn *head;         /* the naming context */
    char *dns;        /* its name in DNS, or NULL */
    GPtrArray *hosts; /* of char: DNS names of domain controllers with a writable copy */
} DomainPartition;

/* The domains (crossRef objects with bit 2 of systemFlags: MS-ADTS section 6.1.1.2.1.1), the root
 * of the forest first, which holds the groups that others are members of. Of DomainPartition; unref
 * the array. */
GPtrArray *domain_partitions(const Directory *directory, const Dn *configuration);

/* The names of all partitions of the forest, NULL-terminated; free with g_strfreev(). */
char **partition_names(const Directory *directory);

#endif
