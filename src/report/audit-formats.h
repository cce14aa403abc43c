#ifndef ADTOPO_REPORT_AUDIT_FORMATS_H
#define ADTOPO_REPORT_AUDIT_FORMATS_H

#include "report/writer.h"
#include "rules/audit.h"

#include <glib.h>

/* The formats of an audit's report, one file each. What the sink says is the writer's concern. */
void audit_write_text(const Audit *audit, Writer *out);
void audit_write_json(const Audit *audit, Writer *out);
void audit_write_gnu(const Audit *audit, Writer *out);
void audit_write_baseline(const Audit *audit, Writer *out);
void audit_write_csv(const Audit *audit, Writer *out);
void audit_write_html(const Audit *audit, Writer *out);
void audit_write_junit(const Audit *audit, Writer *out);
void audit_write_nagios(const Audit *audit, Writer *out);
void audit_write_openmetrics(const Audit *audit, Writer *out);
void audit_write_remedy(const Audit *audit, Writer *out);
void audit_write_undo(const Audit *audit, Writer *out);
void audit_write_sarif(const Audit *audit, Writer *out);

/* Where something was read, for people: "forest.ldif:127", "ldap://dc1 (USN 5021)", or the
 * name of the source alone. Not escaped; the caller frees it. */
char *origin_text(const Directory *directory, Origin origin);

/* Where a finding's first evidence, else its object, was read; FALSE when it has neither. */
bool finding_origin(const Finding *finding, Origin *origin);

/* The result in one sentence: "2 errors, 1 note; 3 of 95 rules not assessed". The caller frees
 * it. */
char *audit_verdict_words(const Audit *audit);

/* How many rules could not be assessed, or not for every object. */
guint rules_not_assessed(const Audit *audit);

/* "note", "warning", "error": static. */
const char *diagnostic_level_name(DiagnosticLevel level);

#endif
