/* Directories for tests, made of records written in the test itself. */
#ifndef ADTOPO_TESTS_FOREST_H
#define ADTOPO_TESTS_FOREST_H

#include "directory/directory.h"

#include <glib.h>

/* Names of the usual containers; a test writes "CN=Munich," SITES. */
#define CONFIGURATION "CN=Configuration,DC=contoso,DC=test"
#define SITES "CN=Sites," CONFIGURATION
#define TRANSPORT_IP "CN=IP,CN=Inter-Site Transports," SITES
#define TRANSPORT_SMTP "CN=SMTP,CN=Inter-Site Transports," SITES
#define EXCHANGE "CN=Microsoft Exchange,CN=Services," CONFIGURATION
#define ORGANIZATION "CN=Contoso," EXCHANGE
#define LEGACY_GROUP "CN=First,CN=Administrative Groups," ORGANIZATION
#define MODERN_GROUP \
    "CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups," ORGANIZATION
#define LEGACY_SERVERS "CN=Servers," LEGACY_GROUP
#define MODERN_SERVERS "CN=Servers," MODERN_GROUP
#define LEGACY_ROUTING "CN=Routing Groups," LEGACY_GROUP
#define MODERN_ROUTING "CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups," MODERN_GROUP

/* Admits a record to source `source`; what follows are attribute names and values in pairs,
 * ended by NULL. The first pair is an objectClass as a rule. The record's line is its number
 * among those of the source. Returns what directory_admit() does. */
bool forest_put(Directory *directory, uint32_t source, const char *dn, ...) G_GNUC_NULL_TERMINATED;

/* A directory with one source and the containers above, but nothing in them: two administrative
 * groups, one of them that of 2007, whose routing group is there as well. */
Directory *forest_new(void);

#endif
