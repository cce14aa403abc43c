/* The audit as SARIF 2.1.0, which code scanning services take. A place is the file and line where
 * there is one, and always the object's name as a logical location. What could not be judged and
 * what was odd about the input are notifications, since SARIF has no result that says neither. */
#include "config.h"

#include "report/audit-formats.h"
#include "report/json.h"

#include <string.h>

static const char *level_of(Severity severity)
{
    static const char *const levels[] = {"note", "warning", "error"};

    return levels[severity];
}

/* A bracket before a parenthesis would make a link of what a name holds (SARIF 3.11.6). */
static json_t *message_value(const char *text)
{
    json_t *value = json_object();
    GString *plain = g_string_new(text);

    g_string_replace(plain, "](", "\\](", 0);
    json_object_set_new(value, "text", text_value(plain->str));
    g_string_free(plain, TRUE);
    return value;
}

/* --- rules -------------------------------------------------------------------------------- */

static json_t *help_value(const Rule *rule)
{
    g_autofree char *text = g_strdup_printf("%s\n\nRemedy: %s\n\nSource: %s", rule->why,
                                            rule->remedy, rule->references);

    return message_value(text);
}

static json_t *rule_value(const Rule *rule)
{
    json_t *value = json_object();
    json_t *configuration = json_object();
    json_t *properties = json_object();
    g_autofree char *family = g_strndup(rule->id, strcspn(rule->id, "0123456789"));

    json_object_set_new(configuration, "level", text_value(level_of(rule->severity)));
    json_object_set_new(properties, "tags", json_pack("[s, s]", "exchange", family));
    json_object_set_new(value, "id", text_value(rule->id));
    json_object_set_new(value, "name", text_value(rule->slug));
    json_object_set_new(value, "shortDescription", message_value(rule->title));
    json_object_set_new(value, "fullDescription", message_value(rule->condition));
    json_object_set_new(value, "help", help_value(rule));
    json_object_set_new(value, "defaultConfiguration", configuration);
    json_object_set_new(value, "properties", properties);
    return value;
}

static void write_tool(const Audit *audit, JsonStream *stream)
{
    stream_open(stream, "tool", '{');
    stream_open(stream, "driver", '{');
    stream_value(stream, "name", json_string(PACKAGE_NAME));
    stream_value(stream, "version", json_string(PACKAGE_VERSION));
    stream_open(stream, "rules", '[');
    FOR_EACH(const Rule, rule, audit->run)
        stream_value(stream, NULL, rule_value(rule));
    stream_close(stream, '[');
    stream_close(stream, '{');
    stream_close(stream, '{');
}

/* --- places ------------------------------------------------------------------------------- */

/* A file as a URI: absolute paths get a scheme, others stay relative to wherever the reader is. */
static json_t *artifact_value(const char *name)
{
    g_autofree char *path = g_uri_escape_string(name, "/", FALSE);
    g_autofree char *uri = g_strconcat(g_path_is_absolute(name) ? "file://" : "", path, NULL);
    json_t *value = json_object();

    json_object_set_new(value, "uri", text_value(uri));
    return value;
}

/* NULL where there is no file with lines. */
static json_t *physical_value(const Directory *directory, Origin origin)
{
    json_t *value;

    if (origin.line == 0 || origin.source >= directory_source_count(directory))
        return NULL;
    value = json_object();
    json_object_set_new(value, "artifactLocation",
                        artifact_value(directory_source(directory, origin.source)->name));
    json_object_set_new(value, "region", json_pack("{s:I}", "startLine", (json_int_t)origin.line));
    return value;
}

static json_t *logical_value(const Entry *entry)
{
    json_t *value = json_object();

    json_object_set_new(value, "name", take_text_value(dn_plain_name(entry->dn)));
    json_object_set_new(value, "fullyQualifiedName", take_text_value(dn_text(entry->dn)));
    json_object_set_new(value, "kind", json_string("object"));
    return value;
}

/* Either part may be missing. */
static json_t *location_value(json_t *physical, const Entry *entry)
{
    json_t *value = json_object();

    if (physical != NULL)
        json_object_set_new(value, "physicalLocation", physical);
    if (entry != NULL)
        json_object_set_new(value, "logicalLocations", json_pack("[o]", logical_value(entry)));
    return value;
}

static json_t *locations_value(const Directory *directory, const Finding *finding)
{
    Origin origin = {0};
    json_t *locations = json_array();
    json_t *physical = finding_origin(finding, &origin) ? physical_value(directory, origin) : NULL;

    if (physical != NULL || finding->entry != NULL)
        json_array_append_new(locations, location_value(physical, finding->entry));
    return locations;
}

static json_t *related_value(const Directory *directory, const Finding *finding)
{
    json_t *related = json_array();

    FOR_EACH(const Entry, entry, finding->related)
        json_array_append_new(
            related, location_value(physical_value(directory, entry_origin(entry, NULL)), entry));
    return related;
}

/* --- results ------------------------------------------------------------------------------ */

static json_t *suppressions_value(const Finding *finding)
{
    json_t *waivers = json_array();
    json_t *value;

    if (finding->waiver == NULL)
        return waivers;
    value = json_object();
    json_object_set_new(value, "kind", json_string("external"));
    json_object_set_new(value, "status", json_string("accepted"));
    json_object_set_new(value, "justification", text_value(finding->waiver->reason));
    json_array_append_new(waivers, value);
    return waivers;
}

/* Where one result tells about suppressions, all have to. */
static void add_acceptance(const Audit *audit, const Finding *finding, json_t *value)
{
    if (audit->policy != NULL)
        json_object_set_new(value, "suppressions", suppressions_value(finding));
    if (finding->baseline != BASELINE_NONE)
        json_object_set_new(value, "baselineState",
                            json_string(finding->baseline == BASELINE_KNOWN ? "unchanged" : "new"));
}

static json_t *result_value(const Audit *audit, const Finding *finding, guint rule)
{
    const Directory *directory = audit->topology->directory;
    json_t *value = json_object();
    json_t *fingerprints = json_object();
    json_t *properties = json_object();

    json_object_set_new(fingerprints, "adtopo/v1", text_value(finding->fingerprint));
    json_object_set_new(properties, "remedy",
                        text_value(finding->remedy ? finding->remedy : finding->rule->remedy));
    json_object_set_new(value, "ruleId", text_value(finding->rule->id));
    json_object_set_new(value, "ruleIndex", json_integer(rule));
    json_object_set_new(value, "level", text_value(level_of(finding->severity)));
    json_object_set_new(value, "message", message_value(finding->message));
    json_object_set_new(value, "locations", locations_value(directory, finding));
    json_object_set_new(value, "relatedLocations", related_value(directory, finding));
    json_object_set_new(value, "partialFingerprints", fingerprints);
    add_acceptance(audit, finding, value);
    json_object_set_new(value, "properties", properties);
    return value;
}

static void write_results(const Audit *audit, JsonStream *stream)
{
    stream_open(stream, "results", '[');
    FOR_EACH(const Finding, finding, audit->findings) {
        guint rule = 0;

        g_ptr_array_find(audit->run, finding->rule, &rule);
        stream_value(stream, NULL, result_value(audit, finding, rule));
    }
    stream_close(stream, '[');
}

/* --- notifications ------------------------------------------------------------------------ */

static json_t *gap_value(const NotAssessed *item)
{
    g_autofree char *text = g_strdup_printf("%s was not assessed: %s", item->rule->id,
                                            item->reason);
    json_t *value = json_object();

    json_object_set_new(value, "level", json_string("note"));
    json_object_set_new(value, "message", message_value(text));
    json_object_set_new(value, "associatedRule", json_pack("{s:s}", "id", item->rule->id));
    return value;
}

static json_t *diagnostic_value(const Directory *directory, const Diagnostic *diagnostic)
{
    json_t *value = json_object();
    json_t *physical = physical_value(directory, diagnostic->origin);

    json_object_set_new(value, "level", text_value(diagnostic_level_name(diagnostic->level)));
    json_object_set_new(value, "message", message_value(diagnostic->message));
    if (physical != NULL)
        json_object_set_new(value, "locations", json_pack("[o]", location_value(physical, NULL)));
    return value;
}

static void write_invocation(const Audit *audit, JsonStream *stream)
{
    const Directory *directory = audit->topology->directory;
    const Diagnostics *diagnostics = directory_diagnostics(directory);

    stream_open(stream, "invocations", '[');
    stream_open(stream, NULL, '{');
    stream_value(stream, "executionSuccessful", json_boolean(audit_is_complete(audit)));
    stream_open(stream, "toolExecutionNotifications", '[');
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        stream_value(stream, NULL, gap_value(item));
    for (guint i = 0; i < diagnostics_length(diagnostics); i++)
        stream_value(stream, NULL, diagnostic_value(directory, diagnostics_get(diagnostics, i)));
    stream_close(stream, '[');
    stream_close(stream, '{');
    stream_close(stream, '[');
}

void audit_write_sarif(const Audit *audit, Writer *out)
{
    JsonStream stream = {.out = out};

    stream_open(&stream, NULL, '{');
    stream_value(&stream, "$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    stream_value(&stream, "version", json_string("2.1.0"));
    stream_open(&stream, "runs", '[');
    stream_open(&stream, NULL, '{');
    write_tool(audit, &stream);
    write_invocation(audit, &stream);
    write_results(audit, &stream);
    stream_close(&stream, '{');
    stream_close(&stream, '[');
    stream_close(&stream, '{');
}
