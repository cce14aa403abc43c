/* Policies, evidence and baselines for callers: files become objects that audits can share. */
#include "api/forest.h"

#include "base/text-file.h"
#include "report/baseline.h"

adtopo_policy *adtopo_policy_read(const char *file, adtopo_error *error)
{
    GError *fault = NULL;
    gsize length = 0;
    g_autofree char *text = text_file_read(file, &length, &fault);
    Policy *policy = text == NULL ? NULL : policy_parse(text, length, file, &fault);
    adtopo_policy *result;

    if (policy == NULL) {
        error_take(error, fault);
        return NULL;
    }
    result = g_new(adtopo_policy, 1);
    result->policy = policy;
    return result;
}

void adtopo_policy_free(adtopo_policy *policy)
{
    if (policy == NULL)
        return;
    policy_free(policy->policy);
    g_free(policy);
}

adtopo_evidence *adtopo_evidence_read(const char *file, adtopo_error *error)
{
    GError *fault = NULL;
    gsize length = 0;
    g_autofree char *text = text_file_read(file, &length, &fault);
    Attestations *attestations = text == NULL ? NULL
                                              : attestations_parse(text, length, file, &fault);
    adtopo_evidence *result;

    if (attestations == NULL) {
        error_take(error, fault);
        return NULL;
    }
    result = g_new(adtopo_evidence, 1);
    result->attestations = attestations;
    return result;
}

void adtopo_evidence_free(adtopo_evidence *evidence)
{
    if (evidence == NULL)
        return;
    attestations_free(evidence->attestations);
    g_free(evidence);
}

adtopo_baseline *adtopo_baseline_read(const char *file, adtopo_error *error)
{
    GError *fault = NULL;
    gsize length = 0;
    g_autofree char *text = text_file_read(file, &length, &fault);
    Baseline *baseline = text == NULL ? NULL : baseline_parse(text, length, file, &fault);
    adtopo_baseline *result;

    if (baseline == NULL) {
        error_take(error, fault);
        return NULL;
    }
    result = g_new(adtopo_baseline, 1);
    result->baseline = baseline;
    return result;
}

void adtopo_baseline_free(adtopo_baseline *baseline)
{
    if (baseline == NULL)
        return;
    baseline_free(baseline->baseline);
    g_free(baseline);
}
