#ifndef ADTOPO_RULES_PRE_H
#define ADTOPO_RULES_PRE_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* The family PRE is written in several files: pre.c (how far forest and domains are prepared),
 * pre-levels.c (functional levels), pre-controllers.c (domain controllers), pre-names.c (names of
 * domains and computers), pre-groups.c (security groups), pre-containers.c (what else preparation
 * changes), pre-plan.c (choices before an installation). */

extern const Rule PRE005, PRE006;
extern const Rule PRE007, PRE008, PRE009, PRE010, PRE019, PRE023;
extern const Rule PRE016, PRE017, PRE018;
extern const Rule PRE012, PRE013, PRE014;
extern const Rule PRE011, PRE015, PRE020;
extern const Rule PRE021, PRE022;

/* Whether setup /PrepareAD of Exchange 2007 or later has run, as far as the organisation tells: by
 * its objectVersion, its administrative group, or a server. */
bool forest_is_prepared(const Topology *topology);

/* The head of the schema partition (dMD), or NULL. */
const Entry *schema_head(const Topology *topology);

/* The forest functional level; not present when it was not read. */
OptionalInteger forest_functional_level(const Topology *topology);

/* Adds the object that bears it as evidence. */
void finding_cite_forest_level(Finding *finding, const Topology *topology, const char *expected);

/* The newest version of a server that is installed and no Edge server; FAMILY_UNKNOWN: none. */
Family newest_family(const Topology *topology);

#endif
