/* Rule PATH: the ways of mail that the policy asserts. One finding for each way that is not as
 * asserted, so that a baseline tells a new one from those that were there. */
#include "rules/check.h"

#include "rules/assertion-ways.h"
#include "rules/words.h"

/* What one assertion may cost: a way between some hundred sites, or less with much to lose. */
enum { MOST_QUESTIONS = 250000 };

static Finding *raise_fault(Check *check, const Assertion *assertion, const AssertedPlace *from,
                            const AssertedPlace *to, const char *fault)
{
    Finding *finding = check_raise(check, assertion->severity, from->what->object,
                                   "Assertion \"%s\": mail from %s to %s %s", assertion->name,
                                   from->name, to->name, fault);

    finding_distinguish(finding, assertion->name, to->what->object == NULL ? to->name : "");
    return finding_cite_object(finding,
                               to->what->object != NULL ? to->what->object : from->what->object);
}

static bool is_cited(const Finding *finding, const RouteStep *step)
{
    for (guint i = 0; i < finding->evidence->len; i++) {
        const Evidence *evidence = &g_array_index(finding->evidence, Evidence, i);

        if (evidence->entry == step->entry && evidence->attribute == step->attribute)
            return true;
    }
    return false;
}

static void cite_way(Finding *finding, const Route *route)
{
    for (guint i = 0; i < route->steps->len; i++) {
        const RouteStep *step = &g_array_index(route->steps, RouteStep, i);
        Object object = {.entry = step->entry};

        if (!is_cited(finding, step))
            finding_cite(finding, &object, step->attribute, NULL);
    }
}

/* Where the recipient's place decides, there is no way to judge. */
static bool is_undecided(Check *check, const AssertionResult *result, const AssertedPlace *to,
                         const Route *route)
{
    if (route->outcome != ROUTE_RESOLVED)
        return false;
    check_not_assessed(check, 1,
                       "assertion \"%s\" asks for a way to %s, but its domain is the "
                       "organisation's own: the recipient decides",
                       result->assertion->name, to->name);
    return true;
}

/* FALSE when the way cannot be judged. */
static bool judge_way(Check *check, WayJudge *judge, AssertionResult *result,
                      const AssertionScope *scope, const AssertedPlace *from,
                      const AssertedPlace *to)
{
    g_autoptr(Route) route = way_judge_ask(judge, from, to);
    g_autofree char *fault = NULL;

    if (is_undecided(check, result, to, route))
        return false;
    result->ways++;
    fault = way_judge_fault(judge, result->assertion, scope, from, to, route);
    if (fault == NULL)
        return true;
    result->failed++;
    cite_way(raise_fault(check, result->assertion, from, to, fault), route);
    return true;
}

/* Mail within a place, and mail of the very place to be avoided, are no ways to speak of. */
static bool is_a_way(const AssertionScope *scope, const AssertedPlace *from,
                     const AssertedPlace *to)
{
    const Endpoint *avoid = scope->avoid;

    if (from->what->object == to->what->object)
        return false;
    return avoid == NULL ||
           (avoid->object != from->what->object && avoid->object != to->what->object);
}

static bool too_much(Check *check, const WayJudge *judge, const Assertion *assertion,
                     const AssertionScope *scope)
{
    guint64 questions = (guint64)scope->from->len * scope->to->len *
                        way_judge_questions(judge, assertion);

    if (questions <= MOST_QUESTIONS)
        return false;
    check_not_assessed(check, 1,
                       "assertion \"%s\" takes %" G_GUINT64_FORMAT " questions, more than %u: name "
                       "fewer places, or less that may be lost",
                       assertion->name, questions, MOST_QUESTIONS);
    return true;
}

static void judge_ways(Check *check, WayJudge *judge, AssertionResult *result,
                       const AssertionScope *scope)
{
    bool undecided = false;

    FOR_EACH(const AssertedPlace, from, scope->from)
        FOR_EACH(const AssertedPlace, to, scope->to)
            if (is_a_way(scope, from, to) && !judge_way(check, judge, result, scope, from, to))
                undecided = true;
    result->judged = result->ways > 0;
    if (!result->judged && !undecided)
        check_not_assessed(check, 1,
                           "assertion \"%s\" means no way: there are no such places, or only one",
                           result->assertion->name);
}

/* A plan may take away what is named, or add it: before and after are judged alike. */
static void raise_missing(Check *check, AssertionResult *result, const GError *error)
{
    Finding *finding = check_raise(check, result->assertion->severity, NULL,
                                   "Assertion \"%s\" names what is not there: %s",
                                   result->assertion->name, error->message);

    finding_distinguish(finding, result->assertion->name, "");
    result->judged = true;
    result->failed = 1;
}

static void judge_assertion(Check *check, WayJudge *judge, AssertionResult *result)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssertionScope)
        scope = assertion_scope_new(check_topology(check), result->assertion, &error);

    if (scope == NULL)
        raise_missing(check, result, error);
    else if (!too_much(check, judge, result->assertion, scope))
        judge_ways(check, judge, result, scope);
}

static void check_assertions(Check *check)
{
    g_autofree char *unseen = ways_unseen(check_topology(check));
    g_autoptr(WayJudge) judge = NULL;
    GArray *results = check->audit->assertions;

    if (unseen != NULL) {
        check_not_assessed(check, 0, "%s", unseen);
        return;
    }
    judge = way_judge_new(check_topology(check), check->audit->down);
    for (guint i = 0; i < results->len; i++)
        judge_assertion(check, judge, &g_array_index(results, AssertionResult, i));
}

static const Need ways_need[] = {
    {CLASS_siteLink, ATTR_siteList},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};

static const Rule PATH001 = {
    .id = "PATH001",
    .slug = "asserted-path-broken",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .asserted = true,
    .title = "Mail does not go the way that the policy asserts",
    .condition =
        "An [assert] group of the policy names two ends, and mail between them does not arrive, "
        "does not go through or around what the group says, costs more or takes more hops, or "
        "does not arrive without one of the things that it is to survive. Ways are worked out "
        "from site links (siteList, cost, msExchCost), routing group connectors (cost, "
        "msExchSourceBridgeheadServersDN, msExchTargetBridgeheadServersDN) and address spaces "
        "(routingList) as \"adtopo route\" does it. Not run where the policy asserts nothing.",
    .why = "Somebody counts on this way: for a filter that all mail has to pass, for a line that "
           "must not be loaded, for an office that has to be reached when another fails.",
    .remedy =
        "See what \"adtopo route --from … --to …\" says of the choice, with --down for what is "
        "lost, and change costs, connectors or bridgeheads until the way is the one wanted. If "
        "the organisation has changed its mind, change the assertion.",
    .references = "adtopo-policy(5); TechNet bb232193 (site paths), aa998186 (routing groups)",
    .needs = ways_need,
    .check = check_assertions,
};

const Rule *const path_rules[] = {&PATH001, NULL};
