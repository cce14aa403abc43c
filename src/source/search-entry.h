#ifndef ADTOPO_SOURCE_SEARCH_ENTRY_H
#define ADTOPO_SOURCE_SEARCH_ENTRY_H

#include "source/search.h"

/* One question on its way: a page of a subtree, or a base search. */
typedef struct Search {
    Reader *reader;
    const char *base;
    int scope;
    const char *filter;
    char **attributes;
    int page_size;         /* 0: the whole answer at once */
    int message;           /* libldap's number of the operation */
    struct berval *cookie; /* where the next page begins; NULL before the first, and at the end */
    guint64 taken;         /* entries of this search */
    guint empty;           /* pages without any in a row */
    int failure;           /* of a question beside this one; the session is over then */
    bool overrun;          /* more entries than allowed */
    GPtrArray *messages;   /* of LDAPMessage: what the entry at hand points into */
    GArray *values;        /* of RecordValue: the entry at hand */
} Search;

/* Takes over a message that holds an entry. `failure` is set where the session broke off while more
 * of the entry was asked for; it is not taken then. */
void search_take_entry(Search *search, LDAPMessage *message);

#endif
