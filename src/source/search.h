#ifndef ADTOPO_SOURCE_SEARCH_H
#define ADTOPO_SOURCE_SEARCH_H

#include "directory/directory.h"
#include "source/connection.h"
#include "source/rootdse.h"

#include <glib.h>
#include <stdbool.h>

/* Which of the entries that a server sends are taken; the others are passed over. */
typedef enum ReaderChoice {
    CHOOSE_ALL,
    CHOOSE_MET, /* those whose names were met: read before, or referred to */
    CHOOSE_NEW, /* those that this source has not given yet */
} ReaderChoice;

/* Reads entries of one server into a directory; the strings and objects are borrowed. */
typedef struct Reader {
    Connection *connection;
    Directory *directory;
    uint32_t source;    /* number of the server as a source of the directory */
    char **attributes;  /* what to ask for */
    const char *schema; /* name of the schema naming context, or NULL */
    char **partitions;  /* names of partitions that are read by themselves; or NULL */
    bool paged;         /* the server pages results (control 1.2.840.113556.1.4.319) */
    bool domain_scope;  /* it can leave out referrals (control …1339) */
    bool again;         /* a second reading: what this source gave before is replaced */
    ReaderChoice choice;
    guint64 entries;     /* taken so far */
    guint64 passed_over; /* for the sake of the choice */
    char *lost;          /* why nothing more is asked of this server; NULL while all is well */
} Reader;

/* How a reading of a subtree ended. */
typedef enum ReaderResult {
    READER_DONE,   /* all of it, or a part, in which case the source is marked so */
    READER_LOST,   /* `lost` says why; another server may be asked for all of it again */
    READER_FAILED, /* with an error */
} ReaderResult;

/*
 * Reads all entries at and below `base` that match `filter`, by pages of 1,000, without ever
 * asking back. Attributes that come in ranges are completed.
 *
 * READER_FAILED when nothing could be read: the base is not there, the account may not read it, the
 * reading was stopped by whoever watches (FAULT_SOURCE), or there are more entries than allowed
 * (FAULT_LIMIT). READER_LOST when the server went away, fell silent or is too busy: what came is
 * kept. An answer that was cut short otherwise (limits, a part held by another server) is
 * READER_DONE: what came is kept, a diagnostic of level error says what is missing, and the source
 * is marked incomplete.
 */
ReaderResult reader_read_subtree(Reader *reader, const char *base, const char *filter,
                                 GError **error);

/* Reads one entry, unless the server was lost. One that is not there is nothing to talk about; any
 * other failure is a diagnostic of level error, and the source is marked incomplete. */
void reader_read_entry(Reader *reader, const char *base);

/* Something is missing from now on: a diagnostic of level error says what, in printf form, and the
 * source is marked incomplete. */
void reader_lose(Reader *reader, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Whether there is an entry of that name that this account may see. */
bool reader_has_entry(Reader *reader, const char *base);

#endif
