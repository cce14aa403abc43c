#ifndef ADTOPO_REPORT_BASELINE_H
#define ADTOPO_REPORT_BASELINE_H

#include "rules/baseline.h"

#include <glib.h>

/* Baselines as JSON: {"findings": [{"fingerprint": "…", "severity": "…", …}]}. What the format
 * "baseline" of an audit writes, and what "json" writes too, can be read. NULL and FAULT_USAGE,
 * naming the file, when the text is neither. `name` is copied. */
Baseline *baseline_parse(const char *text, gsize length, const char *name, GError **error);

#endif
