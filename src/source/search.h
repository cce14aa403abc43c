#ifndef ADTOPO_SOURCE_SEARCH_H
#define ADTOPO_SOURCE_SEARCH_H

#include "directory/directory.h"
#include "source/connection.h"
#include "source/rootdse.h"

#include <glib.h>
#include <stdbool.h>

/* Reads entries of one server into a directory; the strings and objects are borrowed. */
typedef struct Reader {
    Connection *connection;
    Directory *directory;
    uint32_t source;    /* number of the server as a source of the directory */
    char **attributes;  /* what to ask for */
    const char *schema; /* name of the schema naming context, or NULL */
    bool paged;         /* the server pages results (control 1.2.840.113556.1.4.319) */
    bool domain_scope;  /* it can leave out referrals (control …1339) */
    guint64 entries;    /* taken so far */
    bool broken;        /* the connection was lost: nothing more is asked of it */
} Reader;

/*
 * Reads all entries at and below `base` that match `filter`, by pages of 1,000, without ever
 * asking back. Attributes that come in ranges are completed.
 *
 * FALSE when nothing could be read: the base is not there, the account may not read it, the server
 * went away before the first entry (FAULT_SOURCE), or when there are more entries than allowed
 * (FAULT_LIMIT). An answer that was cut short (limits, time, lost connection, a part held by
 * another server) is TRUE: what came is kept, a diagnostic of level error says what is missing, and
 * the source is marked incomplete.
 */
bool reader_read_subtree(Reader *reader, const char *base, const char *filter, GError **error);

/* Reads one entry. One that is not there is nothing to talk about; any other failure is a
 * diagnostic of level error, and the source is marked incomplete. */
void reader_read_entry(Reader *reader, const char *base);

/* Whether there is an entry of that name that this account may see. */
bool reader_has_entry(Reader *reader, const char *base);

#endif
