/* Policies and baselines at work. A suppression that has expired, or that there is no time to judge
 * by, holds nothing back: what cannot be seen to be accepted counts. */
#include "rules/acceptance.h"

#include "rules/selection.h"

/* --- policy ------------------------------------------------------------------------------- */

static void override_severities(Audit *audit, const Policy *policy)
{
    FOR_EACH(Finding, finding, audit->findings) {
        const SeverityOverride *override = policy_override(policy, finding->rule);

        if (override != NULL)
            finding->severity = override->severity;
    }
}

static bool in_force(const Waiver *waiver, const AuditOptions *options)
{
    return waiver->end == G_MAXINT64 || (options->now_known && options->now < waiver->end);
}

/* Whether a rule that the waiver names was run, and could see what it needs. */
static bool was_judged(const Audit *audit, const Waiver *waiver)
{
    FOR_EACH(const Rule, rule, audit->run) {
        bool judged = rule_matches(rule, waiver->rules);

        FOR_EACH(const NotAssessed, item, audit->not_assessed)
            judged = judged && (item->rule != rule || item->objects > 0);
        if (judged)
            return true;
    }
    return false;
}

static WaiverState state_of(const Audit *audit, const Waiver *waiver, guint findings,
                            const AuditOptions *options)
{
    if (!in_force(waiver, options))
        return WAIVER_EXPIRED;
    if (findings > 0)
        return WAIVER_USED;
    return was_judged(audit, waiver) ? WAIVER_UNUSED : WAIVER_NOT_JUDGED;
}

/* Of several that fit, the first one in force is named with the finding; all of them count as
 * used. */
static void apply_waiver(Audit *audit, const Waiver *waiver, const AuditOptions *options)
{
    WaiverUse use = {.waiver = waiver};
    bool holds = in_force(waiver, options);

    FOR_EACH(Finding, finding, audit->findings) {
        if (!waiver_fits(waiver, audit->topology->directory, finding))
            continue;
        use.findings++;
        if (holds && finding->waiver == NULL)
            finding->waiver = waiver;
    }
    use.state = state_of(audit, waiver, use.findings, options);
    g_array_append_val(audit->waivers, use);
}

void acceptance_apply_policy(Audit *audit, const AuditOptions *options)
{
    const Policy *policy = options->policy;

    if (policy == NULL)
        return;
    audit->policy = policy;
    override_severities(audit, policy);
    FOR_EACH(const Waiver, waiver, policy->waivers)
        apply_waiver(audit, waiver, options);
}

/* --- baseline ----------------------------------------------------------------------------- */

void acceptance_apply_baseline(Audit *audit, const Baseline *baseline)
{
    g_autoptr(GHashTable) met = NULL;

    if (baseline == NULL)
        return;
    audit->baseline = baseline;
    met = g_hash_table_new(g_str_hash, g_str_equal);
    FOR_EACH(Finding, finding, audit->findings) {
        finding->baseline = baseline_compare(baseline, finding);
        if (g_hash_table_contains(baseline->severities, finding->fingerprint))
            g_hash_table_add(met, finding->fingerprint);
    }
    audit->gone = g_hash_table_size(baseline->severities) - g_hash_table_size(met);
}

/* --- what needs attention ----------------------------------------------------------------- */

static char *waiver_remark(const Audit *audit, const WaiverUse *use)
{
    const Waiver *waiver = use->waiver;
    g_autofree char *head = g_strdup_printf("%s: suppression \"%s\" of %s", audit->policy->name,
                                            waiver->name, waiver->rules);

    switch (use->state) {
    case WAIVER_USED:
    case WAIVER_NOT_JUDGED:
        return NULL;
    case WAIVER_UNUSED:
        return g_strdup_printf("%s fits no finding any more", head);
    case WAIVER_EXPIRED:
        break;
    }
    if (use->findings == 0)
        return g_strdup_printf("%s expired (%s) and fits no finding any more", head,
                               waiver->expires);
    return g_strdup_printf("%s expired (%s): %u finding%s it was made for count%s again", head,
                           waiver->expires, use->findings, use->findings == 1 ? "" : "s",
                           use->findings == 1 ? "s" : "");
}

static bool has_passed(const Audit *audit, const Rule *rule)
{
    FOR_EACH(const Finding, finding, audit->findings)
        if (finding->rule == rule)
            return false;
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        if (item->rule == rule)
            return false;
    return g_ptr_array_find(audit->run, rule, NULL) && audit_hidden(audit) == 0;
}

bool attestation_is_needed(const Audit *audit, const Attestation *attestation)
{
    return audit->planned || !has_passed(audit, attestation->rule);
}

static char *attestation_remark(const Audit *audit, const Attestation *attestation)
{
    if (attestation_is_needed(audit, attestation))
        return NULL;
    return g_strdup_printf("%s: evidence \"%s\": %s found nothing and left nothing open that it "
                           "could be for",
                           audit->attestations->name, attestation->name, attestation->rule->id);
}

static void add_remark(GPtrArray *remarks, char *remark)
{
    if (remark != NULL)
        g_ptr_array_add(remarks, remark);
}

GPtrArray *audit_remarks(const Audit *audit)
{
    GPtrArray *remarks = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < audit->waivers->len; i++)
        add_remark(remarks, waiver_remark(audit, &g_array_index(audit->waivers, WaiverUse, i)));
    if (audit->attestations != NULL)
        FOR_EACH(const Attestation, attestation, audit->attestations->list)
            add_remark(remarks, attestation_remark(audit, attestation));
    return remarks;
}
