#ifndef ADTOPO_REPORT_SNAPSHOT_H
#define ADTOPO_REPORT_SNAPSHOT_H

#include "report/report.h"

/*
 * Writes everything that was read as LDIF (RFC 2849), parents first, values in their order, so that
 * two snapshots of one directory are the same but for the head. The head names the sources and the
 * facts about them (server, time, update sequence number) in comments. An audit of the file says
 * what an audit of the sources says.
 *
 * With `pseudonymize` under invented names (report/pseudonym.h), and the head says no more than
 * that: an audit then says the same under these names.
 *
 * FAULT_SOURCE when a source was read in part only, because the file would look whole, and when the
 * sink refused.
 */
bool snapshot_write(const Directory *directory, bool pseudonymize, Sink sink, void *closure,
                    GError **error);

/* Writes which invented name in such a snapshot stands for which real one, "real<TAB>invented" a
 * line. FAULT_SOURCE when the sink refused. */
bool snapshot_write_map(const Directory *directory, Sink sink, void *closure, GError **error);

#endif
