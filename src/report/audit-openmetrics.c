/* The audit as metrics in the text form of OpenMetrics 1.0, for the collector of a node exporter
 * or a push gateway. A rule that was not assessed has no number of findings: absent is not zero. */
#include "config.h"

#include "report/audit-formats.h"
#include "report/audit-parts.h"
#include "report/escape.h"

/* In a label backslash, quote and line feed are escaped; escape_text() leaves no line feed. */
static void put_label(Writer *out, const char *name, const char *text)
{
    g_autofree char *visible = escape_text(text);
    GString *value = g_string_new(visible);

    g_string_replace(value, "\\", "\\\\", 0);
    g_string_replace(value, "\"", "\\\"", 0);
    writer_print(out, "%s=\"%s\"", name, value->str);
    g_string_free(value, TRUE);
}

void metrics_family(Writer *out, const char *name, const char *type, const char *help)
{
    writer_print(out, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

static void write_gauge(Writer *out, const char *name, guint value, const char *help)
{
    metrics_family(out, name, "gauge", help);
    writer_print(out, "%s %u\n", name, value);
}

static void write_info(const Topology *topology, Writer *out)
{
    g_autofree char *name = topology->configuration ? dn_text(topology->configuration) : NULL;

    metrics_family(out, "adtopo", "info", "What judged, and what was judged.");
    writer_put(out, "adtopo_info{");
    put_label(out, "version", PACKAGE_VERSION);
    writer_put(out, ",");
    put_label(out, "configuration", name);
    writer_put(out, ",");
    put_label(out, "organization",
              topology->organization ? topology->organization->object.name : NULL);
    writer_put(out, "} 1\n");
}

static void write_severities(const Audit *audit, Writer *out)
{
    metrics_family(out, "adtopo_findings", "gauge",
                   "Findings that are neither suppressed nor known to the baseline.");
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--)
        writer_print(out, "adtopo_findings{severity=\"%s\"} %u\n",
                     severity_name((Severity)severity), audit->fresh[severity]);
}

static bool is_assessed(const Audit *audit, const Rule *rule)
{
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        if (item->rule == rule)
            return false;
    return true;
}

static guint count_rule(const Audit *audit, const Rule *rule)
{
    guint count = 0;

    FOR_EACH(const Finding, finding, audit->findings)
        count += finding->rule == rule && finding_counts(finding);
    return count;
}

static void write_rules(const Audit *audit, Writer *out)
{
    metrics_family(out, "adtopo_rule_findings", "gauge",
                   "The same for each rule that was assessed for every object, or has some.");
    FOR_EACH(const Rule, rule, audit->run) {
        guint count = count_rule(audit, rule);

        if (count > 0 || is_assessed(audit, rule))
            writer_print(out, "adtopo_rule_findings{rule=\"%s\"} %u\n", rule->id, count);
    }
}

void audit_write_openmetrics(const Audit *audit, Writer *out)
{
    write_info(audit->topology, out);
    write_severities(audit, out);
    write_rules(audit, out);
    write_gauge(out, "adtopo_findings_suppressed", audit->suppressed,
                "Findings that the policy suppresses.");
    write_gauge(out, "adtopo_rules", audit->run->len, "Rules that were selected.");
    write_gauge(out, "adtopo_rules_not_assessed", rules_not_assessed(audit),
                "Rules that could not be judged, or not for every object.");
    write_gauge(out, "adtopo_complete", audit_is_complete(audit) ? 1 : 0,
                "1 when every source was read to its end, and where Exchange would be.");
    writer_put(out, "# EOF\n");
}
