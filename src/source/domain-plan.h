#ifndef ADTOPO_SOURCE_DOMAIN_PLAN_H
#define ADTOPO_SOURCE_DOMAIN_PLAN_H

#include "directory/directory.h"
#include "source/domain-part.h"
#include "source/plan.h"

#include <glib.h>

/*
 * What is asked of a domain partition. There is no end of users and computers in one: not whole
 * classes are asked for, but the few objects that rules look at, and of those only what the rules
 * at hand want.
 */

/*
 * The questions about the partition `head` for those parts, in the order in which they are put. The
 * head itself comes last, so that a partition whose head is known was answered in full. Every
 * filter names an objectClass, which is indexed in Active Directory. Computers are asked for by the
 * names of the servers in `directory`, which need not be sealed, a hundred at a time. Of Question;
 * unref the array.
 */
GPtrArray *domain_questions(const Directory *directory, const char *head, unsigned parts);

/*
 * The questions about what changed in that partition from the update sequence number `least` on.
 * The first is about all of it: of its answer only those objects are wanted that were read or named
 * before, however they were asked for then. The others are those of domain_questions() about a
 * subtree, for what is new.
 */
GPtrArray *domain_changes(const Directory *directory, const char *head, unsigned parts,
                          const char *least);

/* Adds what domains will be asked for those parts, before the configuration says which there are:
 * their names, and those of computers and objects in them, stand in angle brackets. */
void domain_plan_add(SearchPlan *plan, unsigned parts);

#endif
