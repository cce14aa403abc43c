#ifndef ADTOPO_RULES_ABSENCE_H
#define ADTOPO_RULES_ABSENCE_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/*
 * When something can be said to be missing from a domain partition. Exports of one are often cut
 * down to a class or a container, so that most absences prove nothing: whoever accuses because an
 * object is not there asks here first, and says which class it would be.
 */

/*
 * Whether objects of exactly the class `id` were looked for in all of a domain. A server was asked
 * for them, and tells of the head last of all; a snapshot of that says so. In another file the head
 * was read, OU=Domain Controllers, which every domain has, and objects of the class below two
 * children of the head at least: a part that was exported by its name has them below one.
 */
bool domain_was_searched(const Topology *topology, const Domain *domain, ClassId id);

/* The domains, read or not, in which they were not. */
guint count_domains_unsearched(const Topology *topology, ClassId id);

/*
 * Whether the absence of the object `name`, which may lie in a domain, is sure: another object of
 * the class was read beside it, or all of the domain was searched. The name need not have been met
 * before.
 */
bool absence_is_sure(Directory *directory, const char *name, ClassId id);

/* The same for `rdn`, one or several relative names, below the head of a domain: "CN=Computers". */
bool domain_lacks(const Topology *topology, const Domain *domain, const char *rdn, ClassId id);

/* As reference_state(), but what lies in a domain is missing only where that is sure, and else
 * UNSEEN. */
ReferenceState reference_state_in_domain(const Topology *topology, const Value *value, ClassId id);

#endif
