#ifndef ADTOPO_REPORT_SNAPSHOT_H
#define ADTOPO_REPORT_SNAPSHOT_H

#include "report/report.h"

/*
 * Writes everything that was read as LDIF (RFC 2849), parents first, values in their order, so that
 * two snapshots of one directory are the same but for the head. The head names the sources and the
 * facts about them (server, time, update sequence number) in comments. An audit of the file says
 * what an audit of the sources says.
 *
 * FAULT_SOURCE when a source was read in part only, because the file would look whole, and when the
 * sink refused.
 */
bool snapshot_write(const Directory *directory, Sink sink, void *closure, GError **error);

#endif
