#ifndef ADTOPO_DIRECTORY_ORDER_H
#define ADTOPO_DIRECTORY_ORDER_H

#include "directory/entry.h"

#include <glib.h>

/* Those of an array of Entry in the order of dn_compare(), as an array that the caller unrefs. */
GPtrArray *entries_sorted(const GPtrArray *entries);

#endif
