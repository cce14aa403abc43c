#ifndef ADTOPO_SOURCE_PLAN_H
#define ADTOPO_SOURCE_PLAN_H

#include "directory/vocabulary.h"

#include <glib.h>

/*
 * What a server is asked for: the classes and attributes that the vocabulary marks, nothing else.
 * `objectClass` is indexed in Active Directory (MS-ADA3 section 2.36, searchFlags), so the question
 * costs a domain controller no walk through the whole partition.
 */

/*
 * The search filter for all objects of a partition that are decoded or needed as containers: a
 * disjunction of objectClass terms. A class that derives from another one in the list is left out,
 * because its objects bear the other class, too (MS-ADTS section 3.1.1.2.4.3). The caller frees it.
 */
char *plan_filter(Partition partition);

/* The names of all attributes to read, NULL-terminated. The caller frees the array with g_free();
 * the names belong to the vocabulary. */
char **plan_attributes(void);

#endif
