/* Policies, evidence and baselines on the command line. */
#include "cli/acceptance.h"

#include "cli/message.h"

bool acceptance_read(Acceptance *acceptance, const Options *options)
{
    adtopo_error error = {0};

    *acceptance = (Acceptance){0};
    if (options->policy != NULL)
        acceptance->policy = adtopo_policy_read(options->policy, &error);
    if (options->evidence != NULL && error.status == ADTOPO_OK)
        acceptance->evidence = adtopo_evidence_read(options->evidence, &error);
    if (options->baseline != NULL && error.status == ADTOPO_OK)
        acceptance->baseline = adtopo_baseline_read(options->baseline, &error);
    if (error.status != ADTOPO_OK)
        complain("%s", error.text);
    return error.status == ADTOPO_OK;
}

void acceptance_clear(Acceptance *acceptance)
{
    adtopo_policy_free(acceptance->policy);
    adtopo_evidence_free(acceptance->evidence);
    adtopo_baseline_free(acceptance->baseline);
}

adtopo_audit_options acceptance_wanted(const Acceptance *acceptance, const Options *options)
{
    return (adtopo_audit_options){
        .include = (const char *const *)options->include,
        .exclude = (const char *const *)options->exclude,
        .least = options->least,
        .policy = acceptance->policy,
        .baseline = acceptance->baseline,
        .evidence = acceptance->evidence,
        .now_known = true,
        .now = options->present,
    };
}

/* These tell it themselves. */
void acceptance_remark(const adtopo_audit *audit, const Options *options)
{
    const char *text;

    if (options->format == NULL || g_str_equal(options->format, "text") ||
        g_str_equal(options->format, "json") || g_str_equal(options->format, "html"))
        return;
    for (size_t i = 0; (text = adtopo_audit_remark(audit, i)) != NULL; i++)
        complain("%s", text);
    if (adtopo_audit_hidden(audit) > 0 && !options->quiet)
        complain("%zu below the threshold of --severity left out", adtopo_audit_hidden(audit));
}
