#ifndef ADTOPO_RULES_SELECTION_H
#define ADTOPO_RULES_SELECTION_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* Rules by pattern: an id or slug in which * and ? stand for any characters; letter case does not
 * count. Lists of patterns end with NULL, and NULL is an empty one. */

bool rule_matches(const Rule *rule, const char *pattern);
bool rule_matches_any(const Rule *rule, const char *const *patterns);

/* FAULT_USAGE: no rule is called so; names the nearest id or slug. */
void set_unknown_rule(GError **error, const char *name);

/* Whether the pattern fits a rule at all. FALSE and FAULT_USAGE when it does not: a misspelt
 * selection must not look like health. */
bool pattern_names_rule(const char *pattern, GError **error);
bool patterns_name_rules(const char *const *patterns, GError **error);

#endif
