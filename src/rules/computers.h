#ifndef ADTOPO_RULES_COMPUTERS_H
#define ADTOPO_RULES_COMPUTERS_H

#include "model/topology.h"

#include <glib.h>

/* The computer accounts of domain partitions, as rules look for those of Exchange servers. */

/* Computer accounts by DNS name and by sAMAccountName without its dollar sign, in a table that
 * ignores letter case; free it. Conflict copies and deleted accounts are left out. */
GHashTable *computers_by_name(const Directory *directory);

/* The account of a server, by its DNS name, else by its name; NULL when it was not read. */
const Entry *computer_of(const Server *server, GHashTable *computers);

#endif
