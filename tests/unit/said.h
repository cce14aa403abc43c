/* What single rules say of a topology. */
#ifndef ADTOPO_TESTS_SAID_H
#define ADTOPO_TESTS_SAID_H

#include "rules/rule.h"

/* Fails unless what the rule says in that situation begins so: what it left open, in the order of a
 * report, as "OBJECTS: REASON" without anything between; where it left nothing open, "found" or
 * "nothing". */
void check_said(const Topology *topology, const char *rule, Scenario scenario,
                const char *beginning);

#endif
