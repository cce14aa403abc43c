/* The findings that were there before. */
#include "rules/baseline.h"

Baseline *baseline_new(const char *name)
{
    Baseline *baseline = g_new0(Baseline, 1);

    baseline->name = g_strdup(name);
    baseline->severities = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return baseline;
}

void baseline_free(Baseline *baseline)
{
    if (baseline == NULL)
        return;
    g_free(baseline->name);
    g_hash_table_unref(baseline->severities);
    g_free(baseline);
}

/* FALSE when it is not there. */
static gboolean look_up(const Baseline *baseline, const char *fingerprint, Severity *severity)
{
    gpointer found = NULL;
    gboolean known = g_hash_table_lookup_extended(baseline->severities, fingerprint, NULL, &found);

    *severity = (Severity)GPOINTER_TO_UINT(found);
    return known;
}

void baseline_add(Baseline *baseline, const char *fingerprint, Severity severity)
{
    Severity before;

    if (look_up(baseline, fingerprint, &before) && before > severity)
        return;
    g_hash_table_replace(baseline->severities, g_strdup(fingerprint), GUINT_TO_POINTER(severity));
}

const char *baseline_state_name(BaselineState state)
{
    static const char *const names[] = {NULL, "new", "known"};

    return names[state];
}

BaselineState baseline_compare(const Baseline *baseline, const Finding *finding)
{
    Severity before;

    if (!look_up(baseline, finding->fingerprint, &before) || before < finding->severity)
        return BASELINE_NEW;
    return BASELINE_KNOWN;
}
