#ifndef ADTOPO_SOURCE_DOMAIN_SOURCE_H
#define ADTOPO_SOURCE_DOMAIN_SOURCE_H

#include "directory/directory.h"
#include "source/connection.h"
#include "source/rootdse.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Domain partitions, which rules may need beside the configuration. Each domain that the
 * configuration names in CN=Partitions is read for `options->domain_parts`: from the server at hand
 * where that holds it, else from a domain controller of that domain, as DNS and then as the
 * configuration has them, under the same account and with the same encryption. Servers named by a
 * referral are never asked. A global catalog is no substitute: it lacks most of the attributes that
 * rules look at, and what it lacks would look absent.
 *
 * Each partition that is read is a source of its own, named after the server that gave it, with the
 * facts of server_source_read(). One that is not read is nothing fatal: a warning says which and
 * why, and rules find its head unread. One that breaks off in the middle is a source read in part.
 *
 * `here` has just read the configuration below `base` as source number `source`; `rootdse` is what
 * it said about itself, with the number of its last change as of then (see moment.h).
 *
 * FALSE and FAULT_SOURCE only when whoever watches stopped the reading.
 */
bool domain_sources_read(Directory *directory, Connection *here, RootDse *rootdse, const char *base,
                         uint32_t source, GError **error);

#endif
