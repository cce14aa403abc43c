#ifndef ADTOPO_SOURCE_OVERLAY_PARTS_H
#define ADTOPO_SOURCE_OVERLAY_PARTS_H

#include "directory/directory.h"
#include "source/change.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The kinds of changes that are more than a few lines, and what all kinds share. For overlay*.c. */

/* Each makes a change to the object `dn`, which there is. The error when a server would refuse. */
GError *overlay_modify(Directory *directory, const Change *change, Dn *dn);
GError *overlay_rename(Directory *directory, const Change *change, Dn *dn);

/* Why a change cannot be made; `reason` goes on behind the object's name. */
GError *overlay_refusal(const Directory *directory, const Change *change, uint32_t line,
                        const char *reason);

/* Whether a value of the entry, or one of a linked attribute, names `dn` or something below it. */
bool overlay_refers_below(const Entry *entry, const Dn *dn, bool linked_only);

#endif
