#ifndef ADTOPO_SOURCE_PARTS_H
#define ADTOPO_SOURCE_PARTS_H

#include "source/parser.h"

#include <glib.h>

/*
 * The parts of one record's attributes, as lines with a range option bring them ("member;range=
 * 0-1499"): a file of ldapsearch or ldifde has the first one, and the others only where somebody
 * asked for them.
 */

/* None yet. Set its size to 0 for the next record; unref it. */
GArray *parts_new(void);

/* One more line with a range option. */
void parts_note(GArray *parts, const Name *name);

/* Makes of the record's values, those from `first` on in `values` (of RecordValue), what they are:
 * those of an attribute whose parts do not go from 0 to "*" without a gap are marked as truncated,
 * and the empty one that stands beside the first part is dropped. */
void parts_unite(GArray *parts, GArray *values, guint first);

#endif
