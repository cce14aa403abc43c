/*
 * A preflight: three audits and the checks of the plan, and one verdict from all of them. A "go" is
 * given only where everything that stops setup could be seen.
 */
#include "rules/preflight.h"

#include "rules/assertion-scope.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/levels.h"
#include "rules/plan.h"
#include "rules/sight.h"

#include <string.h>

const char *verdict_name(Verdict verdict)
{
    static const char *const names[] = {"go", "no-go", "cannot-tell"};

    return names[verdict];
}

const char *plan_state_name(PlanState state)
{
    static const char *const names[] = {"passed", "noted", "failed", "unseen"};

    return names[state];
}

/* Left out of the picture of then: setup writes these things itself, and nothing tells beforehand
 * how well. */
static const char *const written_by_setup[] = {
    "PRE001", "PRE002",  "PRE003",  "PRE004", "PRE012",
    "PRE013", "CONN010", "CONN011", "ORG006", NULL,
};

/* --- what changes ------------------------------------------------------------------------- */

static GHashTable *fingerprints(const Audit *audit)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

    FOR_EACH(const Finding, finding, audit->findings)
        g_hash_table_add(set, finding->fingerprint);
    return set;
}

/* The findings of `of` that `than` has not. */
static GPtrArray *difference(const Audit *of, const Audit *than)
{
    g_autoptr(GHashTable) known = fingerprints(than);
    GPtrArray *only = g_ptr_array_new();

    FOR_EACH(Finding, finding, of->findings)
        if (!g_hash_table_contains(known, finding->fingerprint))
            g_ptr_array_add(only, finding);
    return only;
}

static void add_patterns(GPtrArray *patterns, const char *const *more)
{
    for (; more != NULL && *more != NULL; more++)
        g_ptr_array_add(patterns, (gpointer)*more);
}

/* The options have selected rules before, and names are not asked about, so that nothing fails. */
static Audit *run_as_running(const Topology *topology, const AuditOptions *options,
                             const char *const *exclude)
{
    AuditOptions running = *options;
    g_autoptr(GPtrArray) patterns = g_ptr_array_new();

    add_patterns(patterns, options->exclude);
    add_patterns(patterns, exclude);
    g_ptr_array_add(patterns, NULL);
    running.exclude = (const char *const *)patterns->pdata;
    running.names_checked = true;
    return audit_run(topology, &running, NULL);
}

static void compare_then(Preflight *preflight, const AuditOptions *options)
{
    static const char *const none[] = {NULL};
    const char *const *exclude = preflight->removal ? none : written_by_setup;

    if (preflight->then == NULL)
        return;
    preflight->running_today = run_as_running(preflight->today, options, exclude);
    preflight->running_then = run_as_running(preflight->then, options, exclude);
    g_ptr_array_unref(preflight->appearing);
    g_ptr_array_unref(preflight->vanishing);
    preflight->appearing = difference(preflight->running_then, preflight->running_today);
    preflight->vanishing = difference(preflight->running_today, preflight->running_then);
}

/* What the rule leaves open in the organisation then takes the place of what it left open today. */
static void take_over(Preflight *preflight, const Rule *rule)
{
    FOR_EACH(const NotAssessed, item, preflight->running_then->not_assessed)
        if (item->rule == rule && audit_find_open(preflight->audit, rule, item->reason) == NULL)
            audit_add_open(preflight->audit, rule, item->objects, item->reason);
}

/* Whether the plan tells what today could not for want of a site with Exchange 2007. An Edge server
 * stands in none, outside the domain: of it this is not asked. */
static bool is_answered(const Preflight *preflight, const NotAssessed *item)
{
    if (strcmp(item->reason, site_unknown) != 0 || item->rule->decided == DECIDED_BY_HAND)
        return false;
    return preflight->edge || (preflight->running_then != NULL &&
                               g_ptr_array_find(preflight->running_then->run, item->rule, NULL));
}

/* What was not read stays open: a server that is not there yet proves nothing about those that are.
 */
static void drop_answered(Preflight *preflight)
{
    GPtrArray *open = preflight->audit->not_assessed;
    g_autoptr(GPtrArray) answered = g_ptr_array_new();

    if (preflight->removal)
        return;
    for (guint i = open->len; i-- > 0;) {
        const NotAssessed *item = g_ptr_array_index(open, i);

        if (!is_answered(preflight, item))
            continue;
        g_ptr_array_add(answered, (gpointer)(uintptr_t)item->rule);
        g_ptr_array_remove_index(open, i);
    }
    FOR_EACH(const Rule, rule, answered)
        if (preflight->running_then != NULL)
            take_over(preflight, rule);
    audit_order_open(preflight->audit);
}

/* --- the run ------------------------------------------------------------------------------ */

static void check_free(gpointer data)
{
    PlanCheck *check = data;

    g_free(check->text);
    g_free(check);
}

static Preflight *preflight_new(const Topology *today)
{
    Preflight *preflight = g_new0(Preflight, 1);

    preflight->today = today;
    preflight->appearing = g_ptr_array_new();
    preflight->vanishing = g_ptr_array_new();
    preflight->checks = g_ptr_array_new_with_free_func(check_free);
    preflight->routes = g_ptr_array_new_with_free_func(plan_route_free);
    preflight->removed = g_ptr_array_new();
    preflight->references = g_ptr_array_new();
    preflight->reasons = g_ptr_array_new_with_free_func(g_free);
    return preflight;
}

/* What of the classes that a plan adds to is evidently unseen, in words; NULL: nothing. Beside the
 * planned object, the only one that shows, all others would seem to be missing or empty. */
static char *unseen_ground(const Topology *today)
{
    static const ClassId ground[] = {CLASS_msExchAdminGroup, CLASS_msExchRoutingGroup,
                                     CLASS_msExchExchangeServer};
    g_autoptr(Sight) sight = sight_new(today);
    char *gap = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(ground) && gap == NULL; i++)
        gap = sight_gap(sight, ground[i]);
    return gap;
}

static void work_out_setup(Preflight *preflight, const SetupPlan *setup)
{
    g_autofree char *unseen = unseen_ground(preflight->today);
    g_autoptr(GError) fault = NULL;

    if (unseen == NULL)
        preflight->then = future_after_setup(preflight->today, setup, &fault);
    if (preflight->then == NULL)
        preflight_add_check(preflight, "the organisation then", PLAN_UNSEEN,
                            "it cannot be worked out: %s",
                            unseen != NULL ? unseen : fault->message);
}

static bool prepare_setup(Preflight *preflight, const PlanWords *words, GError **error)
{
    Plan plan;
    bool prepared = plan_resolve(&plan, preflight->today, words, error);
    bool build = prepared && plan.setup.site != NULL && plan.setup.roles != ROLE_EDGE &&
                 plan_is_whole(&plan) && preflight->today->organization != NULL;

    if (prepared) {
        preflight->plan = plan_text(&plan);
        preflight->site = plan.setup.site;
        preflight->edge = plan.setup.roles == ROLE_EDGE;
        plan_check(preflight, &plan, words);
    }
    if (build)
        work_out_setup(preflight, &plan.setup);
    plan_clear(&plan);
    return prepared;
}

static char *removal_text(const Preflight *preflight)
{
    GString *text = g_string_new("removal of ");

    FOR_EACH(const Entry, entry, preflight->removed) {
        g_autofree char *name = dn_plain_name(entry->dn);

        g_string_append_printf(text, "%s\"%s\"", entry == preflight->removed->pdata[0] ? "" : ", ",
                               name);
    }
    return g_string_free(text, FALSE);
}

static bool prepare_removal(Preflight *preflight, const PlanWords *words, GError **error)
{
    GPtrArray *removed = plan_removed(preflight->today, words->removed, error);

    if (removed == NULL)
        return false;
    preflight->removal = true;
    g_ptr_array_unref(preflight->removed);
    preflight->removed = removed;
    g_ptr_array_unref(preflight->references);
    preflight->references = references_to(preflight->today, removed);
    preflight->plan = removal_text(preflight);
    preflight->then = future_without(preflight->today, removed, NULL);
    plan_check_removal(preflight);
    return true;
}

/* The rules about the last server speak when no server older than 2007 would be left. */
static unsigned scenario_of(const Preflight *preflight)
{
    if (!preflight->removal)
        return SCENARIO_PREFLIGHT;
    return preflight->final ? SCENARIO_LAST : SCENARIO_AUDIT;
}

Preflight *preflight_run(const Topology *today, const PlanWords *words, const AuditOptions *options,
                         int blocking, GError **error)
{
    g_autoptr(Preflight) preflight = preflight_new(today);
    AuditOptions scenario = *options;
    bool prepared = words->removed != NULL ? prepare_removal(preflight, words, error)
                                           : prepare_setup(preflight, words, error);

    if (!prepared || !assertions_name_things(options->policy, today, preflight->then, error))
        return NULL;
    scenario.names_checked = true;
    scenario.scenarios = scenario_of(preflight);
    if (!preflight->removal)
        scenario.planned = level_of(FAMILY_2007, (unsigned)words->service_pack);
    preflight->audit = audit_run(today, &scenario, error);
    if (preflight->audit == NULL)
        return NULL;
    preflight->audit->planned = true;
    compare_then(preflight, options);
    plan_check_assertions(preflight);
    drop_answered(preflight);
    plan_compare_routes(preflight, preflight->site);
    preflight_decide(preflight, scenario.scenarios, blocking);
    return g_steal_pointer(&preflight);
}

void preflight_free(Preflight *preflight)
{
    if (preflight == NULL)
        return;
    g_ptr_array_unref(preflight->appearing);
    g_ptr_array_unref(preflight->vanishing);
    g_clear_pointer(&preflight->audit, audit_free);
    g_clear_pointer(&preflight->running_today, audit_free);
    g_clear_pointer(&preflight->running_then, audit_free);
    g_ptr_array_unref(preflight->checks);
    g_ptr_array_unref(preflight->routes);
    g_ptr_array_unref(preflight->removed);
    g_ptr_array_unref(preflight->references);
    g_ptr_array_unref(preflight->reasons);
    topology_free(preflight->then);
    g_free(preflight->plan);
    g_free(preflight);
}
