#ifndef ADTOPO_SOURCE_OVERLAY_H
#define ADTOPO_SOURCE_OVERLAY_H

#include "directory/directory.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Changes in memory, before the seal: what would the directory look like if these were made? They
 * follow the rules of an LDAP server (RFC 4511, 4.6 to 4.9), and of Active Directory for what other
 * objects say about a changed one (MS-ADTS 3.1.1.1.6): a name stored in an attribute follows its
 * object when that is renamed, and values of linked attributes disappear with the object they name.
 * Entries changed or added here are marked as overlaid.
 */

/*
 * Applies changes (of Change) in order. One that a server would refuse (adding what is there,
 * changing or deleting what is not, deleting an object with others below it or a value that is not
 * there) is FAULT_SOURCE and names file, line and object; those before it have been applied then.
 * Whether something is missing is only concluded where it would have been seen: an attribute that
 * was read in part may have the value, an unread container may exist.
 */
bool overlay_apply(Directory *directory, const GPtrArray *changes, GError **error);

/*
 * Removes an object and all below it (`--without`). `name` is a DN or the name of just one object;
 * FAULT_USAGE when there is none such or several, with the DNs of some to choose from.
 */
bool overlay_remove(Directory *directory, const char *name, GError **error);

#endif
