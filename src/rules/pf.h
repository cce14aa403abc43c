#ifndef ADTOPO_RULES_PF_H
#define ADTOPO_RULES_PF_H

#include "rules/rule.h"

#include <stdbool.h>

/* The family PF is written in three files: pf.c (stores and what they keep), pf-books.c (offline
 * address books), pf-hierarchies.c (trees of public folders). */

extern const Rule PF002, PF003, PF004, PF010;
extern const Rule PF005, PF006;

/* Whether stores could be seen, were there any: those of 2000 to 2007 lie below their servers.
 * FALSE without a word where there is no server to have one. */
bool stores_are_visible(Check *check);

#endif
