/* Baselines: the findings of one audit, kept so that the next one can tell what is new. Rule,
 * object and message are there for people who look at what changed in version control. */
#include "config.h"

#include "base/fault.h"
#include "report/audit-formats.h"
#include "report/baseline.h"
#include "report/json.h"

#include <string.h>

enum { BASELINE_VERSION = 1, FINGERPRINT_LENGTH = 32 };

/* --- writing ------------------------------------------------------------------------------ */

static json_t *known_value(const Finding *finding)
{
    json_t *value = json_object();

    json_object_set_new(value, "fingerprint", text_value(finding->fingerprint));
    json_object_set_new(value, "rule", text_value(finding->rule->id));
    json_object_set_new(value, "severity", text_value(severity_name(finding->severity)));
    json_object_set_new(
        value, "object",
        take_text_value(finding->entry != NULL ? dn_text(finding->entry->dn) : NULL));
    json_object_set_new(value, "message", text_value(finding->message));
    return value;
}

void audit_write_baseline(const Audit *audit, Writer *out)
{
    JsonStream stream = {.out = out};

    stream_open(&stream, NULL, '{');
    stream_value(&stream, "tool",
                 json_pack("{s:s, s:s}", "name", PACKAGE_NAME, "version", PACKAGE_VERSION));
    stream_value(&stream, "baselineVersion", json_integer(BASELINE_VERSION));
    stream_open(&stream, "findings", '[');
    FOR_EACH(const Finding, finding, audit->findings)
        stream_value(&stream, NULL, known_value(finding));
    stream_close(&stream, '[');
    stream_close(&stream, '{');
}

/* --- reading ------------------------------------------------------------------------------ */

static bool is_fingerprint(const char *text)
{
    return text != NULL && strlen(text) == FINGERPRINT_LENGTH &&
           strspn(text, "0123456789abcdef") == FINGERPRINT_LENGTH;
}

static bool add_known(Baseline *baseline, const json_t *item)
{
    const char *fingerprint = json_string_value(json_object_get(item, "fingerprint"));
    Severity severity;

    if (!is_fingerprint(fingerprint) ||
        !severity_named(json_string_value(json_object_get(item, "severity")), &severity))
        return false;
    baseline_add(baseline, fingerprint, severity);
    return true;
}

static Baseline *baseline_of(const json_t *document, const char *name, GError **error)
{
    const json_t *findings = json_object_get(document, "findings");
    g_autoptr(Baseline) baseline = baseline_new(name);
    const json_t *item;
    size_t index;

    if (!json_is_array(findings)) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s is no baseline: it has no array \"findings\"",
                    name);
        return NULL;
    }
    json_array_foreach(findings, index, item) {
        if (add_known(baseline, item))
            continue;
        g_set_error(error, FAULT, FAULT_USAGE,
                    "%s is no baseline: finding %zu lacks a fingerprint or a severity", name,
                    index + 1);
        return NULL;
    }
    return g_steal_pointer(&baseline);
}

Baseline *baseline_parse(const char *text, gsize length, const char *name, GError **error)
{
    json_error_t trouble;
    json_t *document = json_loadb(text, length, JSON_REJECT_DUPLICATES, &trouble);
    Baseline *baseline;

    if (document == NULL) {
        g_set_error(error, FAULT, FAULT_USAGE, "%s:%d: this is no JSON: %s", name, trouble.line,
                    trouble.text);
        return NULL;
    }
    baseline = baseline_of(document, name, error);
    json_decref(document);
    return baseline;
}
