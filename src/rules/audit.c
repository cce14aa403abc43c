/* The result of a run: its lists, their order, and what is counted in them. */
#include "rules/audit.h"

#include "rules/check.h"

#include <string.h>

static void not_assessed_free(gpointer data)
{
    NotAssessed *item = data;

    g_free(item->reason);
    g_free(item);
}

void audit_make_lists(Audit *audit)
{
    audit->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    audit->not_assessed = g_ptr_array_new_with_free_func(not_assessed_free);
}

Audit *audit_new(const Topology *topology)
{
    Audit *audit = g_new0(Audit, 1);

    audit->topology = topology;
    audit_make_lists(audit);
    audit->run = g_ptr_array_new();
    audit->waivers = g_array_new(FALSE, FALSE, sizeof(WaiverUse));
    audit->assertions = g_array_new(FALSE, FALSE, sizeof(AssertionResult));
    return audit;
}

static gint compare_not_assessed(gconstpointer a, gconstpointer b)
{
    const NotAssessed *left = *(const NotAssessed *const *)a;
    const NotAssessed *right = *(const NotAssessed *const *)b;
    int order = strcmp(left->rule->id, right->rule->id);

    return order != 0 ? order : strcmp(left->reason, right->reason);
}

NotAssessed *audit_find_open(const Audit *audit, const Rule *rule, const char *reason)
{
    FOR_EACH(NotAssessed, known, audit->not_assessed)
        if (known->rule == rule && strcmp(known->reason, reason) == 0)
            return known;
    return NULL;
}

void audit_add_open(Audit *audit, const Rule *rule, guint objects, const char *reason)
{
    NotAssessed *item = g_new(NotAssessed, 1);

    *item = (NotAssessed){.rule = rule, .reason = g_strdup(reason), .objects = objects};
    g_ptr_array_add(audit->not_assessed, item);
}

void audit_order_open(Audit *audit)
{
    g_ptr_array_sort(audit->not_assessed, compare_not_assessed);
}

void audit_settle(Audit *audit, Severity least)
{
    for (guint i = audit->findings->len; i-- > 0;) {
        const Finding *finding = g_ptr_array_index(audit->findings, i);

        if (finding->severity >= least)
            continue;
        audit->hidden[finding->severity] += finding->waiver == NULL;
        g_ptr_array_remove_index_fast(audit->findings, i);
    }
    g_ptr_array_sort(audit->findings, finding_compare);
    audit_order_open(audit);
    FOR_EACH(Finding, finding, audit->findings)
        finding->fingerprint = finding_fingerprint(finding);
}

void audit_count(Audit *audit)
{
    FOR_EACH(const Finding, finding, audit->findings) {
        if (finding->waiver != NULL) {
            audit->suppressed++;
            continue;
        }
        audit->counts[finding->severity]++;
        if (finding->baseline != BASELINE_KNOWN)
            audit->fresh[finding->severity]++;
    }
}

static const char *judged_while_down(const Audit *audit, bool plan)
{
    bool asserted = audit->assertions->len > 0;

    if (plan)
        return asserted ? "the ways that the policy asserts (PATH001) and the routes that the plan "
                          "changes are those of then"
                        : "the routes that the plan changes are those of then";
    return asserted ? "the ways that the policy asserts (PATH001) are those of then"
                    : "the policy asserts no way of mail, so that nothing changes here";
}

char *audit_down_words(const Audit *audit, bool plan)
{
    g_autofree char *names = NULL;

    if (audit->down == NULL || audit->down[0] == NULL)
        return NULL;
    names = g_strjoinv(", ", (char **)(uintptr_t)audit->down);
    return g_strdup_printf(
        "%s; %s; rules judge the configuration otherwise, and that stays as it is", names,
        judged_while_down(audit, plan));
}

bool audit_is_complete(const Audit *audit)
{
    return audit->unseen == NULL && directory_is_complete(audit->topology->directory);
}

guint audit_hidden(const Audit *audit)
{
    guint count = 0;

    for (int severity = SEVERITY_INFO; severity <= SEVERITY_ERROR; severity++)
        count += audit->hidden[severity];
    return count;
}

guint assertions_holding(const Audit *audit)
{
    guint count = 0;

    for (guint i = 0; i < audit->assertions->len; i++) {
        const AssertionResult *result = &g_array_index(audit->assertions, AssertionResult, i);

        count += result->judged && result->failed == 0;
    }
    return count;
}

void audit_free(Audit *audit)
{
    if (audit == NULL)
        return;
    g_ptr_array_unref(audit->findings);
    g_ptr_array_unref(audit->not_assessed);
    g_ptr_array_unref(audit->run);
    g_array_unref(audit->waivers);
    g_array_unref(audit->assertions);
    g_free(audit->unseen);
    g_free(audit);
}
