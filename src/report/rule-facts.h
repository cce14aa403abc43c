#ifndef ADTOPO_REPORT_RULE_FACTS_H
#define ADTOPO_REPORT_RULE_FACTS_H

#include "report/writer.h"
#include "rules/rule.h"

#include <jansson.h>

/* What the catalogue and the explanation of one rule share. All of it comes from the rule object,
 * the table of parameters and the examples. */

/* Everything about the rule as one JSON object: a new reference. */
json_t *rule_value(const Rule *rule);

/* "audit, preflight"; "msExchCost, siteList", "" for none; "msExchRoutingGroup.cn". The caller
 * frees them. */
char *rule_scenarios_text(const Rule *rule);
char *rule_attributes_text(const Rule *rule);
char *rule_needs_text(const Rule *rule);

/* The parameters of the rule (of Parameter), in the order of the table; the caller unrefs. */
GPtrArray *rule_parameters(const Rule *rule);

/* "One container may hold so many objects of one kind. 900 objects; from 1 to 1000." The caller
 * frees it. */
char *parameter_text(const Parameter *parameter);

/* The whole catalogue in Markdown. */
void catalogue_write_markdown(Writer *out);

#endif
