#ifndef ADTOPO_CLI_ACCEPTANCE_H
#define ADTOPO_CLI_ACCEPTANCE_H

#include "cli/options.h"

#include <stdbool.h>

/* What --policy, --evidence and --baseline name. */
typedef struct Acceptance {
    adtopo_policy *policy;
    adtopo_evidence *evidence;
    adtopo_baseline *baseline;
} Acceptance;

/* Reads the files, before any source is read. FALSE, and said so, when one of them is wrong: end
 * with ADTOPO_USAGE. Release with acceptance_clear() whatever the result. */
bool acceptance_read(Acceptance *acceptance, const Options *options);
void acceptance_clear(Acceptance *acceptance);

/* What is to be judged, and how: both are borrowed. */
adtopo_audit_options acceptance_wanted(const Acceptance *acceptance, const Options *options);

/* Says which suppressions need somebody's attention, unless the report does. */
void acceptance_remark(const adtopo_audit *audit, const Options *options);

#endif
