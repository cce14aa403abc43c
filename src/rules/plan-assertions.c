/* What a plan does to the assertions of the policy. Those that it breaks are findings of PATH001
 * among the new ones; this says how many hold, and that some could not be judged. */
#include "rules/plan.h"

static guint count_unjudged(const Audit *audit)
{
    guint count = 0;

    for (guint i = 0; i < audit->assertions->len; i++)
        count += !g_array_index(audit->assertions, AssertionResult, i).judged;
    return count;
}

/* The rule may have been left out on purpose. */
static bool asserts(const Audit *audit)
{
    FOR_EACH(const Rule, rule, audit->run)
        if (rule->asserted)
            return true;
    return false;
}

void plan_check_assertions(Preflight *preflight)
{
    const Audit *then = preflight->running_then;
    guint all = then == NULL || !asserts(then) ? 0 : then->assertions->len;
    guint holding;
    guint unjudged;

    if (all == 0)
        return;
    holding = assertions_holding(then);
    unjudged = count_unjudged(then);
    if (unjudged > 0)
        preflight_add_check(preflight, "assertions", PLAN_UNSEEN,
                            "%u of %u could not be judged as they would be", unjudged, all);
    else
        preflight_add_check(preflight, "assertions", holding == all ? PLAN_PASSED : PLAN_NOTED,
                            "%u of %u hold afterwards%s", holding, all,
                            holding == all ? ""
                                           : "; what the plan breaks is among the new findings");
}
