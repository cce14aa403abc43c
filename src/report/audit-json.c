/* The audit as one JSON object, schema version 1: keys are added within a version, never changed.
 * Findings are streamed, so that a hundred thousand of them are never in memory twice. */
#include "config.h"

#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/json.h"
#include "report/visibility.h"

enum { SCHEMA_VERSION = 1 };

static json_t *facts_value(GHashTable *facts)
{
    json_t *value = json_object();
    g_autoptr(GList) keys = NULL;

    if (facts != NULL)
        keys = g_list_sort(g_hash_table_get_keys(facts), (GCompareFunc)g_strcmp0);
    for (const GList *key = keys; key != NULL; key = key->next)
        json_object_set_new(value, key->data, text_value(g_hash_table_lookup(facts, key->data)));
    return value;
}

/* {"site": {"objects": 3, "bare": 0}, …} */
static json_t *classes_value(const Directory *directory, guint number)
{
    g_autoptr(GArray) counts = visibility_of_source(directory, number);
    json_t *classes = json_object();

    for (guint i = 0; i < counts->len; i++) {
        const ClassCount *count = &g_array_index(counts, ClassCount, i);
        json_t *value = json_object();

        json_object_set_new(value, "objects", json_integer(count->objects));
        json_object_set_new(value, "bare", json_integer(count->bare));
        json_object_set_new(classes, visibility_class_name(count->class_id), value);
    }
    return classes;
}

static json_t *source_value(const Directory *directory, guint number)
{
    const SourceInfo *source = directory_source(directory, number);
    json_t *value = json_object();

    json_object_set_new(value, "kind", json_string(source->kind == SOURCE_LDIF ? "ldif" : "ldap"));
    json_object_set_new(value, "name", text_value(source->name));
    json_object_set_new(value, "entries", json_integer((json_int_t)source->entries));
    json_object_set_new(value, "complete", json_boolean(source->complete));
    json_object_set_new(value, "facts", facts_value(source->facts));
    json_object_set_new(value, "classes", classes_value(directory, number));
    return value;
}

static json_t *sources_value(const Directory *directory)
{
    json_t *sources = json_array();

    for (guint i = 0; i < directory_source_count(directory); i++)
        json_array_append_new(sources, source_value(directory, i));
    return sources;
}

static json_t *mode_value(const Organization *organization)
{
    if (organization == NULL || !organization->mixed_mode.present)
        return json_null();
    return json_string(organization->mixed_mode.value ? "mixed" : "native");
}

/* How many servers of each product: {"2003": 3, "2007": 4}; products without a server are
 * left out. */
static json_t *families_value(const Topology *topology)
{
    guint counts[FAMILY_SE + 1] = {0};
    json_t *families = json_object();

    FOR_EACH(const Server, server, topology->servers)
        counts[server->version.family]++;
    for (int family = FAMILY_UNKNOWN; family <= FAMILY_SE; family++)
        if (counts[family] > 0)
            json_object_set_new(families, family_name((Family)family),
                                json_integer(counts[family]));
    return families;
}

static json_t *counts_value(const Topology *topology)
{
    const struct {
        const char *key;
        const GPtrArray *list;
    } lists[] = {
        {"adminGroups", topology->admin_groups},
        {"routingGroups", topology->routing_groups},
        {"servers", topology->servers},
        {"connectors", topology->connectors},
        {"sites", topology->sites},
        {"siteLinks", topology->site_links},
        {"subnets", topology->subnets},
        {"domainControllers", topology->controllers},
        {"domains", topology->domains},
        {"setAside", topology->set_aside},
    };
    json_t *counts = json_object();

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        json_object_set_new(counts, lists[i].key, json_integer(lists[i].list->len));
    return counts;
}

static json_t *forest_value(const Topology *topology)
{
    const Organization *organization = topology->organization;
    json_t *forest = json_object();

    json_object_set_new(
        forest, "configuration",
        take_text_value(topology->configuration ? dn_text(topology->configuration) : NULL));
    json_object_set_new(forest, "organization",
                        text_value(organization ? organization->object.name : NULL));
    json_object_set_new(forest, "mode", mode_value(organization));
    json_object_set_new(forest, "schemaLevel", integer_value(topology->schema_level));
    json_object_set_new(forest, "organizationLevel",
                        organization ? integer_value(organization->object_version) : json_null());
    json_object_set_new(forest, "forestLevel", integer_value(topology->forest_level));
    json_object_set_new(forest, "families", families_value(topology));
    json_object_set_new(forest, "counts", counts_value(topology));
    return forest;
}

static void add_baseline_counts(const Audit *audit, json_t *summary)
{
    guint known = 0;

    FOR_EACH(const Finding, finding, audit->findings)
        known += finding->baseline == BASELINE_KNOWN;
    json_object_set_new(summary, "known", json_integer(known));
    json_object_set_new(summary, "new", json_integer(audit->findings->len - known));
    json_object_set_new(summary, "gone", json_integer(audit->gone));
}

static json_t *summary_value(const Audit *audit)
{
    json_t *summary = json_object();

    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--)
        json_object_set_new(summary, severity_name((Severity)severity),
                            json_integer(audit->counts[severity]));
    json_object_set_new(summary, "notAssessed", json_integer(audit->not_assessed->len));
    json_object_set_new(summary, "suppressed", json_integer(audit->suppressed));
    json_object_set_new(summary, "belowThreshold", json_integer(audit_hidden(audit)));
    json_object_set_new(summary, "rules", json_integer(audit->run->len));
    if (audit->baseline != NULL)
        add_baseline_counts(audit, summary);
    return summary;
}

json_t *entry_json(const Entry *entry)
{
    json_t *object = json_object();

    if (entry == NULL) {
        json_decref(object);
        return json_null();
    }
    json_object_set_new(object, "dn", take_text_value(dn_text(entry->dn)));
    json_object_set_new(object, "class",
                        entry->class_id == CLASS_NONE
                            ? json_null()
                            : text_value(class_table[entry->class_id].name));
    json_object_set_new(object, "name", take_text_value(dn_plain_name(entry->dn)));
    json_object_set_new(object, "guid", take_text_value(entry_guid(entry)));
    return object;
}

static json_t *evidence_value(const Evidence *evidence)
{
    json_t *value = json_object();
    AttributeId attribute = evidence->attribute;

    json_object_set_new(value, "dn", take_text_value(dn_text(evidence->entry->dn)));
    json_object_set_new(value, "attribute",
                        attribute == ATTR_NONE ? json_null()
                                               : text_value(attribute_table[attribute].name));
    json_object_set_new(
        value, "value",
        take_text_value(evidence->value ? value_text(evidence->value, attribute) : NULL));
    json_object_set_new(value, "expected", text_value(evidence->expected));
    json_object_set_new(value, "origin",
                        origin_value(entry_origin(evidence->entry, evidence->value)));
    return value;
}

static json_t *waiver_value(const Waiver *waiver)
{
    json_t *value = json_object();

    json_object_set_new(value, "name", text_value(waiver->name));
    json_object_set_new(value, "reason", text_value(waiver->reason));
    json_object_set_new(value, "owner", text_value(waiver->owner));
    json_object_set_new(value, "expires", text_value(waiver->expires));
    return value;
}

/* Policies and baselines leave the keys out where they are not used. */
static void add_acceptance(const Finding *finding, json_t *value)
{
    if (finding->waiver != NULL)
        json_object_set_new(value, "suppression", waiver_value(finding->waiver));
    if (finding->baseline != BASELINE_NONE)
        json_object_set_new(value, "baseline", text_value(baseline_state_name(finding->baseline)));
}

json_t *finding_json(const Finding *finding)
{
    json_t *value = json_object();
    json_t *evidence = json_array();
    json_t *related = json_array();

    for (guint i = 0; i < finding->evidence->len; i++)
        json_array_append_new(evidence,
                              evidence_value(&g_array_index(finding->evidence, Evidence, i)));
    FOR_EACH(const Entry, entry, finding->related)
        json_array_append_new(related, take_text_value(dn_text(entry->dn)));
    json_object_set_new(value, "rule", text_value(finding->rule->id));
    json_object_set_new(value, "slug", text_value(finding->rule->slug));
    json_object_set_new(value, "severity", text_value(severity_name(finding->severity)));
    json_object_set_new(value, "object", entry_json(finding->entry));
    json_object_set_new(value, "message", text_value(finding->message));
    json_object_set_new(value, "evidence", evidence);
    json_object_set_new(value, "related", related);
    json_object_set_new(value, "remedy",
                        text_value(finding->remedy ? finding->remedy : finding->rule->remedy));
    json_object_set_new(value, "fingerprint", text_value(finding->fingerprint));
    add_acceptance(finding, value);
    return value;
}

static json_t *not_assessed_value(const NotAssessed *item)
{
    json_t *value = json_object();

    json_object_set_new(value, "rule", text_value(item->rule->id));
    json_object_set_new(value, "reason", text_value(item->reason));
    json_object_set_new(value, "objects", json_integer(item->objects));
    return value;
}

static json_t *diagnostic_value(const Diagnostic *diagnostic)
{
    json_t *value = json_object();

    json_object_set_new(value, "level", text_value(diagnostic_level_name(diagnostic->level)));
    json_object_set_new(value, "message", text_value(diagnostic->message));
    json_object_set_new(value, "origin", origin_value(diagnostic->origin));
    return value;
}

static json_t *waiver_use_value(const WaiverUse *use)
{
    static const char *const states[] = {
        [WAIVER_USED] = "used",
        [WAIVER_UNUSED] = "unused",
        [WAIVER_EXPIRED] = "expired",
        [WAIVER_NOT_JUDGED] = "not-judged",
    };
    json_t *value = waiver_value(use->waiver);

    json_object_set_new(value, "rule", text_value(use->waiver->rules));
    json_object_set_new(value, "object", text_value(use->waiver->object));
    json_object_set_new(value, "state", text_value(states[use->state]));
    json_object_set_new(value, "findings", json_integer(use->findings));
    return value;
}

static json_t *attestations_value(const Audit *audit)
{
    json_t *list = json_array();

    FOR_EACH(const Attestation, attestation, audit->attestations->list) {
        json_t *value = json_object();

        json_object_set_new(value, "name", text_value(attestation->name));
        json_object_set_new(value, "rule", text_value(attestation->rule->id));
        json_object_set_new(value, "who", text_value(attestation->who));
        json_object_set_new(value, "when", text_value(attestation->when));
        json_object_set_new(value, "how", text_value(attestation->how));
        json_object_set_new(value, "needed",
                            json_boolean(attestation_is_needed(audit, attestation)));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *assertions_value(const Audit *audit)
{
    json_t *list = json_array();

    for (guint i = 0; i < audit->assertions->len; i++) {
        const AssertionResult *result = &g_array_index(audit->assertions, AssertionResult, i);
        const Assertion *assertion = result->assertion;
        json_t *value = json_object();

        json_object_set_new(value, "name", text_value(assertion->name));
        json_object_set_new(value, "from", text_value(assertion->from));
        json_object_set_new(value, "to", text_value(assertion->to));
        json_object_set_new(value, "reason", text_value(assertion->reason));
        json_object_set_new(value, "state", text_value(assertion_state_name(result)));
        json_object_set_new(value, "ways", json_integer(result->ways));
        json_object_set_new(value, "failed", json_integer(result->failed));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *policy_value(const Audit *audit)
{
    json_t *value = json_object();
    json_t *waivers = json_array();

    for (guint i = 0; i < audit->waivers->len; i++)
        json_array_append_new(waivers,
                              waiver_use_value(&g_array_index(audit->waivers, WaiverUse, i)));
    json_object_set_new(value, "name", text_value(audit->policy->name));
    json_object_set_new(value, "suppressions", waivers);
    json_object_set_new(value, "assertions", assertions_value(audit));
    return value;
}

static void write_diagnostics(const Diagnostics *diagnostics, JsonStream *stream)
{
    stream_open(stream, "diagnostics", '[');
    for (guint i = 0; i < diagnostics_length(diagnostics); i++)
        stream_value(stream, NULL, diagnostic_value(diagnostics_get(diagnostics, i)));
    stream_close(stream, '[');
}

static json_t *down_value(const Audit *audit)
{
    json_t *value = json_array();

    for (const char *const *name = audit->down; *name != NULL; name++)
        json_array_append_new(value, text_value(*name));
    return value;
}

void audit_write_members(const Audit *audit, JsonStream *stream)
{
    const Topology *topology = audit->topology;

    stream_value(stream, "tool",
                 json_pack("{s:s, s:s}", "name", PACKAGE_NAME, "version", PACKAGE_VERSION));
    stream_value(stream, "schemaVersion", json_integer(SCHEMA_VERSION));
    stream_value(stream, "sources", sources_value(topology->directory));
    stream_value(stream, "forest", forest_value(topology));
    if (audit->down != NULL && audit->down[0] != NULL)
        stream_value(stream, "down", down_value(audit));
    stream_value(stream, "summary", summary_value(audit));
    if (audit->policy != NULL)
        stream_value(stream, "policy", policy_value(audit));
    if (audit->attestations != NULL)
        stream_value(stream, "evidence", attestations_value(audit));
    stream_open(stream, "findings", '[');
    FOR_EACH(const Finding, finding, audit->findings)
        stream_value(stream, NULL, finding_json(finding));
    stream_close(stream, '[');
    stream_open(stream, "notAssessed", '[');
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        stream_value(stream, NULL, not_assessed_value(item));
    stream_close(stream, '[');
    write_diagnostics(directory_diagnostics(topology->directory), stream);
}

void audit_write_json(const Audit *audit, Writer *out)
{
    JsonStream stream = {.out = out};

    stream_open(&stream, NULL, '{');
    audit_write_members(audit, &stream);
    stream_close(&stream, '{');
}
