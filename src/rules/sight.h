#ifndef ADTOPO_RULES_SIGHT_H
#define ADTOPO_RULES_SIGHT_H

#include "model/topology.h"

/*
 * What the reader was evidently not allowed to see. Active Directory shows an account without
 * rights objects without their attributes, or none at all, and calls that success (MS-ADTS
 * section 3.1.1.4.3): by default every user may list Exchange's containers and read next to
 * nothing in them.
 *
 * Three signs are evident. A class of which an object was read that shows nothing but its name; a
 * class of which no object was read although every such directory has some, or although other
 * objects name them; and one of which other objects name some that stand, as their place tells, in
 * a container that was not read.
 */
typedef struct Sight Sight;

/* Whether an object shows no attribute but its names. */
bool sight_is_bare(const Entry *entry);

/* Looks at every entry once. The topology must outlive it. */
Sight *sight_new(const Topology *topology);
void sight_free(Sight *sight);

/* What is evidently unseen of a class or one derived from it, with the right that is missing, in
 * words; NULL when nothing is. The caller frees it. A rule that rests on such a class and is silent
 * has not passed. */
char *sight_gap(const Sight *sight, ClassId id);

/* The same by one of the signs: no object of some class shows an attribute; one does not; some are
 * named and stand where nothing was read; no object of the class, or of one derived from it, was
 * seen at all. */
char *sight_blank(const Sight *sight, ClassId id);
char *sight_bare(const Sight *sight, ClassId id);
char *sight_unread(const Sight *sight, ClassId id);
char *sight_hidden(const Sight *sight, ClassId id);

/* Why it is not known whether there is an Exchange organisation, or what it is, in words; NULL when
 * one was read, or the place where it would be was and holds none. The caller frees it. */
char *organization_gap(const Topology *topology);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sight, sight_free)

#endif
