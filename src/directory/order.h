#ifndef ADTOPO_DIRECTORY_ORDER_H
#define ADTOPO_DIRECTORY_ORDER_H

#include "directory/entry.h"

#include <glib.h>

/* Sorts an array of Entry into the order of dn_compare(). */
void entries_sort(GPtrArray *entries);

#endif
