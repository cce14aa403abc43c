#ifndef ADTOPO_RULES_ENTRIES_H
#define ADTOPO_RULES_ENTRIES_H

#include "model/topology.h"

#include <glib.h>

/* Objects that the topology has no type for: policies, address lists, users. */

/* The entry as an object that findings can cite: named by its relative name, of no list. */
Object entry_object(const Entry *entry);

/* The objects of a class (of Entry) that are neither deleted nor a conflict's copy, in order; unref
 * it. */
GPtrArray *living_entries(const Topology *topology, ClassId class_id);

/* Objects (of Object) for an array of Entry, as names_of() wants them; unref it. */
GPtrArray *entry_objects(const GPtrArray *entries);

#endif
