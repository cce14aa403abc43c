/* The audit as the output of a monitoring plug-in: one line with the state and performance data,
 * then a line for each finding. A bar separates the two, so that none may stand in the text. */
#include "report/audit-formats.h"
#include "report/escape.h"

static const char *state_of(const Audit *audit)
{
    if (!audit_is_complete(audit) || audit->run->len == 0)
        return "UNKNOWN";
    if (audit->fresh[SEVERITY_ERROR] > 0)
        return "CRITICAL";
    return audit->fresh[SEVERITY_WARNING] > 0 ? "WARNING" : "OK";
}

static void put_text(Writer *out, const char *text)
{
    g_autofree char *visible = escape_text(text);

    writer_put(out, g_strdelimit(visible, "|", '/'));
}

static void write_data(const Audit *audit, Writer *out)
{
    const struct {
        const char *label;
        guint value;
    } data[] = {
        {"errors", audit->fresh[SEVERITY_ERROR]},    {"warnings", audit->fresh[SEVERITY_WARNING]},
        {"notes", audit->fresh[SEVERITY_INFO]},      {"suppressed", audit->suppressed},
        {"not_assessed", rules_not_assessed(audit)}, {"rules", audit->run->len},
    };

    for (guint i = 0; i < G_N_ELEMENTS(data); i++)
        writer_print(out, " %s=%u;;;0", data[i].label, data[i].value);
}

void audit_write_nagios(const Audit *audit, Writer *out)
{
    static const char *const words[] = {"NOTE", "WARNING", "CRITICAL"};
    g_autofree char *verdict = audit_verdict_words(audit);

    writer_print(out, "ADTOPO %s - ", state_of(audit));
    put_text(out, verdict);
    if (!directory_is_complete(audit->topology->directory))
        writer_put(out, "; the directory was read in part only");
    if (audit->unseen != NULL)
        writer_put(out, "; not all that there is of Exchange was seen");
    writer_put(out, " |");
    write_data(audit, out);
    writer_put(out, "\n");
    FOR_EACH(const Finding, finding, audit->findings) {
        if (!finding_counts(finding))
            continue;
        writer_print(out, "%s: ", words[finding->severity]);
        put_text(out, finding->message);
        writer_print(out, " [%s]\n", finding->rule->id);
    }
}
