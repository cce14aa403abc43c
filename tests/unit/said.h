/* What single rules say of a topology. */
#ifndef ADTOPO_TESTS_SAID_H
#define ADTOPO_TESTS_SAID_H

#include "rules/rule.h"

/* Fails unless what the rule says in that situation begins so: "found" where it raised anything,
 * then what it left open, in the order of a report, as "OBJECTS: REASON" without anything between;
 * "nothing" where it did neither. */
void check_said(const Topology *topology, const char *rule, Scenario scenario,
                const char *beginning);

/* The same, and nothing behind it. */
void check_said_only(const Topology *topology, const char *rule, Scenario scenario,
                     const char *expected);

/* Fails unless the rule raises just one thing in an audit, in these words; with NULL, nothing. */
void check_raised(const Topology *topology, const char *rule, const char *message);

/* Fails unless the rule raises just one thing in that situation, of that severity. */
void check_weight(const Topology *topology, const char *rule, Scenario scenario, Severity severity);

/* Fails unless what the rule raises in an audit first has words of its own for a remedy, or not. */
void check_advised(const Topology *topology, const char *rule, bool advised);

#endif
