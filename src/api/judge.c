/* Audits and the catalogue for callers: thin, since the layers below do the work. */
#include "api/forest.h"

/* The names of the findings' objects as text: made now, because an audit does not change later. */
static GPtrArray *names_of_findings(const Audit *audit)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const Finding, finding, audit->findings)
        g_ptr_array_add(names, finding->entry == NULL ? NULL : dn_text(finding->entry->dn));
    return names;
}

AuditOptions audit_options_from(const adtopo_audit_options *options)
{
    if (options == NULL)
        return (AuditOptions){0};
    return (AuditOptions){
        .include = options->include,
        .exclude = options->exclude,
        .least = (Severity)options->least,
        .policy = options->policy != NULL ? options->policy->policy : NULL,
        .baseline = options->baseline != NULL ? options->baseline->baseline : NULL,
        .attestations = options->evidence != NULL ? options->evidence->attestations : NULL,
        .now_known = options->now_known,
        .now = options->now,
    };
}

adtopo_audit *adtopo_audit_run(const adtopo_forest *forest, const adtopo_audit_options *options,
                               adtopo_error *error)
{
    GError *fault = NULL;
    AuditOptions wanted = audit_options_from(options);
    Audit *audit;
    adtopo_audit *result;

    wanted.down = (const char *const *)forest->down;
    audit = audit_run(forest->topology, &wanted, &fault);
    if (audit == NULL) {
        error_take(error, fault);
        return NULL;
    }
    result = g_new0(adtopo_audit, 1);
    *result = (adtopo_audit){
        .forest = forest,
        .audit = audit,
        .names = names_of_findings(audit),
        .remarks = audit_remarks(audit),
    };
    return result;
}

void adtopo_audit_free(adtopo_audit *audit)
{
    if (audit == NULL)
        return;
    audit_free(audit->audit);
    g_ptr_array_unref(audit->names);
    g_ptr_array_unref(audit->remarks);
    g_free(audit);
}

size_t adtopo_audit_count(const adtopo_audit *audit, enum adtopo_severity severity)
{
    return audit->audit->counts[severity];
}

size_t adtopo_audit_not_assessed(const adtopo_audit *audit)
{
    return audit->audit->not_assessed->len;
}

size_t adtopo_audit_rules(const adtopo_audit *audit)
{
    return audit->audit->run->len;
}

size_t adtopo_audit_suppressed(const adtopo_audit *audit)
{
    return audit->audit->suppressed;
}

size_t adtopo_audit_hidden(const adtopo_audit *audit)
{
    return audit_hidden(audit->audit);
}

const char *adtopo_audit_unseen(const adtopo_audit *audit)
{
    return audit->audit->unseen;
}

const char *adtopo_audit_remark(const adtopo_audit *audit, size_t index)
{
    return index < audit->remarks->len ? g_ptr_array_index(audit->remarks, index) : NULL;
}

bool adtopo_audit_finding(const adtopo_audit *audit, size_t index, adtopo_finding *finding)
{
    const Finding *found;

    if (index >= audit->audit->findings->len)
        return false;
    found = g_ptr_array_index(audit->audit->findings, index);
    *finding = (adtopo_finding){
        .rule = found->rule->id,
        .severity = (enum adtopo_severity)found->severity,
        .dn = g_ptr_array_index(audit->names, index),
        .message = found->message,
        .remedy = found->remedy != NULL ? found->remedy : found->rule->remedy,
        .fingerprint = found->fingerprint,
        .justification = found->waiver != NULL ? found->waiver->reason : NULL,
        .known = found->baseline == BASELINE_KNOWN,
    };
    return true;
}

enum adtopo_status adtopo_audit_status(const adtopo_audit *audit, enum adtopo_severity fail_on)
{
    if (!audit_is_complete(audit->audit))
        return ADTOPO_PARTIAL;
    for (guint severity = fail_on; severity <= SEVERITY_ERROR; severity++)
        if (audit->audit->fresh[severity] > 0)
            return ADTOPO_FOUND;
    return ADTOPO_OK;
}

const char *adtopo_audit_format(size_t index)
{
    return report_format(index, false);
}

bool adtopo_audit_write(const adtopo_audit *audit, const char *format, const adtopo_style *style,
                        adtopo_sink sink, void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);

    return report_write(audit->audit, format, &wanted, sink, closure, &fault) ||
           error_take(error, fault);
}

/* --- the catalogue ------------------------------------------------------------------------ */

static const char *scenario_letters(unsigned scenarios)
{
    static const char *const letters[16] = {"",  "A",  "P",  "AP",  "L",  "AL",  "PL",  "APL",
                                            "N", "AN", "PN", "APN", "LN", "ALN", "PLN", "APLN"};

    return letters[scenarios & 15];
}

static void describe(const Rule *rule, adtopo_rule *out)
{
    *out = (adtopo_rule){
        .id = rule->id,
        .slug = rule->slug,
        .severity = (enum adtopo_severity)rule->severity,
        .scenarios = scenario_letters(rule->scenarios),
        .decided = decidability_text(rule->decided),
        .title = rule->title,
        .condition = rule->condition,
        .why = rule->why,
        .remedy = rule->remedy,
        .references = rule->references,
    };
}

bool adtopo_rule_at(size_t index, adtopo_rule *rule)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    if (index >= count)
        return false;
    describe(rules[index], rule);
    return true;
}

bool adtopo_rule_find(const char *name, adtopo_rule *rule)
{
    const Rule *found = rule_find(name);

    if (found != NULL)
        describe(found, rule);
    return found != NULL;
}
