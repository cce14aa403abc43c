#ifndef ADTOPO_REPORT_AUDIT_PARTS_H
#define ADTOPO_REPORT_AUDIT_PARTS_H

#include "report/json.h"
#include "report/writer.h"
#include "rules/audit.h"

#include <jansson.h>

/* The parts of an audit's report, for reports that say more than an audit does. */

/* What was read from where; verbose: how many objects of each class, too. */
void audit_text_sources(const Directory *directory, Writer *out);

/* What was taken as down, for an audit or for that of a plan; nothing where nothing was. */
void audit_text_down(const Audit *audit, bool plan, Writer *out);

/* What was read: sources, forest, organisation. */
void audit_text_head(const Topology *topology, Writer *out);

/* "1 warning, 2 notes below the threshold not shown"; NULL where none is. The caller frees it. */
char *audit_hidden_words(const Audit *audit);

/* The findings, a heading a rule; only `topology` and `findings` of the audit are looked at. */
void audit_text_findings(const Audit *audit, Writer *out);

/* What was accepted: suppressed and known findings, and suppressions that need attention. */
void audit_text_accepted(const Audit *audit, Writer *out);

/* What could not be judged; nothing where all was. */
void audit_text_not_assessed(const Audit *audit, Writer *out);

/* What was odd in the input; nothing where nothing was. */
void audit_text_remarks(const Directory *directory, Writer *out);

/* A page from its beginning to where its content begins, and the audit from there to its end. */
void audit_html_begin(const char *title, Writer *out);
void audit_html_body(const Audit *audit, Writer *out);

/* Likewise of test results, in which suites may stand before those of the audit. */
void audit_junit_begin(Writer *out);
void audit_junit_body(const Audit *audit, Writer *out);

/* What stands before the samples of a metric. */
void metrics_family(Writer *out, const char *name, const char *type, const char *help);

/* The members of the audit's object, from "tool" to "diagnostics", without its brackets. */
void audit_write_members(const Audit *audit, JsonStream *stream);

/* One finding, and the object of one (null for NULL), as they stand in that. New references. */
json_t *finding_json(const Finding *finding);
json_t *entry_json(const Entry *entry);

#endif
