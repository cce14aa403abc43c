/*
 * The verdict of a preflight: what forbids the plan, and where nothing does, what could not be seen
 * that might.
 */
#include "rules/plan.h"

#include "rules/check.h"

#include <string.h>

/* --- rules that decide ---------------------------------------------------------------------- */

/* Rules about what stops setup of Exchange 2007: who leaves one out gets no "go". VER002 is none of
 * them: what it leaves open is never seen, and without versions VER001 speaks. */
static const char *const setup_stoppers[] = {"ORG001", "ORG002", "VER001", "RG005",  "LEG001",
                                             "LEG002", "PRE005", "PRE007", "PRE008", NULL};

/* And those about what must be gone before the last server is. */
static const char *const last_stoppers[] = {"DEC001", "DEC005", "DEC008", "DEC009", "DEC010", NULL};

/* Those that look where a server is named which goes alone: what they cannot see may name it. */
static const char *const server_stoppers[] = {"HUB010",  "PF001",   "PF002",  "PF008",   "RUS001",
                                              "SEND004", "CONN003", "HUB001", "RG008",   "CONN001",
                                              "CONN002", "RG006",   "RG007",  "SEND001", NULL};
static const char *const way_stoppers[] = {"CONN001", "CONN002", "RG006", "RG007", "SEND001", NULL};

/* Of an error that exports as a rule cannot show: nothing in setup depends on it. */
static const char *const seldom_read[] = {"PRE020", NULL};

/* --- what forbids it ---------------------------------------------------------------------- */

static void add_reason(Preflight *preflight, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add_reason(Preflight *preflight, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(preflight->reasons, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static guint count_state(const Preflight *preflight, PlanState state)
{
    guint count = 0;

    FOR_EACH(const PlanCheck, check, preflight->checks)
        count += check->state == state;
    return count;
}

static guint count_blocking(const GPtrArray *findings, int blocking)
{
    guint count = 0;

    FOR_EACH(const Finding, finding, findings)
        count += finding_counts(finding) && (int)finding->severity >= blocking;
    return count;
}

/* Removing one of several servers asks for no sound organisation, only that none is broken by
 * it. What the last one leaves behind is what the rules of that scenario speak of. */
static void find_obstacles(Preflight *preflight, unsigned scenario, int blocking)
{
    guint failed = count_state(preflight, PLAN_FAILED);
    guint now = 0;
    guint then = 0;

    if (scenario != SCENARIO_AUDIT)
        now = count_blocking(preflight->audit->findings, blocking);
    if (scenario != SCENARIO_LAST)
        then = count_blocking(preflight->appearing, blocking);

    if (failed > 0)
        add_reason(preflight, "%u check%s of the plan failed", failed, failed == 1 ? "" : "s");
    if (now > 0)
        add_reason(preflight, "%u finding%s about the organisation as it is", now,
                   now == 1 ? "" : "s");
    if (then > 0)
        add_reason(preflight, "%u new finding%s about the organisation as it would be", then,
                   then == 1 ? "" : "s");
}

static bool removes_server(const Preflight *preflight)
{
    FOR_EACH(const Entry, entry, preflight->removed)
        if (class_is_a((ClassId)entry->class_id, CLASS_msExchExchangeServer))
            return true;
    return false;
}

static const char *const *stoppers_of(const Preflight *preflight)
{
    if (!preflight->removal)
        return setup_stoppers;
    if (preflight->final)
        return last_stoppers;
    return removes_server(preflight) ? server_stoppers : way_stoppers;
}

static bool is_stopper(const Preflight *preflight, const Rule *rule)
{
    return g_strv_contains(stoppers_of(preflight), rule->id);
}

/* Whether the rule could have said "no": it can raise what blocks, and the directory decides it. */
static bool is_decisive(const Rule *rule, int blocking)
{
    return (int)rule->severity >= MIN(blocking, (int)SEVERITY_ERROR) &&
           rule->decided < DECIDED_IN_PART && !g_strv_contains(seldom_read, rule->id);
}

/* A rule that options or the policy leave out has not passed. */
static void find_rules_left_out(Preflight *preflight)
{
    g_autoptr(GStrvBuilder) left_out = g_strv_builder_new();
    g_auto(GStrv) ids = NULL;
    g_autofree char *names = NULL;

    for (const char *const *id = stoppers_of(preflight); *id != NULL; id++)
        if (!g_ptr_array_find(preflight->audit->run, rule_find(*id), NULL))
            g_strv_builder_add(left_out, *id);
    ids = g_strv_builder_end(left_out);
    names = g_strjoinv(", ", ids);
    if (*names != '\0')
        add_reason(preflight, "rules that decide were not asked for: %s", names);
}

/* What is behind a cut may stop the plan, and so may what is lost in between. */
static void find_losses(Preflight *preflight)
{
    const Directory *directory = preflight->today->directory;

    for (guint i = 0; i < directory_source_count(directory); i++) {
        const SourceInfo *source = directory_source(directory, i);

        if (source->cut_off)
            add_reason(preflight, "%s may have been cut off: export it again", source->name);
    }
    if (!directory_is_complete(directory))
        add_reason(preflight, "the directory was read in part");
}

/* --- what was not assessed ---------------------------------------------------------------- */

static bool is_open(const GPtrArray *not_assessed, const Rule *rule)
{
    FOR_EACH(const NotAssessed, item, not_assessed)
        if (item->rule == rule)
            return true;
    return false;
}

/* What a rule leaves open in the organisation as it is keeps the plan from being judged. Of an
 * organisation that stays as it is but for what goes, only the rules about that are asked. */
static bool is_gap_today(const Preflight *preflight, const NotAssessed *item, int blocking)
{
    if (is_stopper(preflight, item->rule))
        return true;
    return (!preflight->removal || preflight->final) && is_decisive(item->rule, blocking);
}

/* The organisation then may show less than what is there now. */
static bool is_gap_then(const Preflight *preflight, const NotAssessed *item, int blocking)
{
    return is_decisive(item->rule, blocking) &&
           !is_open(preflight->running_today->not_assessed, item->rule);
}

/* Rules by the reason why they were not assessed, in the order of the first of each. */
typedef struct Gaps {
    GHashTable *rules; /* reason to GPtrArray of const Rule; owns the array */
    GPtrArray *reasons;
} Gaps;

static void gaps_note(Gaps *gaps, const NotAssessed *item)
{
    GPtrArray *rules = g_hash_table_lookup(gaps->rules, item->reason);

    if (rules == NULL) {
        rules = g_ptr_array_new();
        g_hash_table_insert(gaps->rules, item->reason, rules);
        g_ptr_array_add(gaps->reasons, item->reason);
    }
    g_ptr_array_add(rules, (gpointer)(uintptr_t)item->rule);
}

static void gaps_collect(Gaps *gaps, const Preflight *preflight, const GPtrArray *not_assessed,
                         int blocking, bool (*wanted)(const Preflight *, const NotAssessed *, int))
{
    const Rule *last = NULL;

    gaps->rules = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify)g_ptr_array_unref);
    gaps->reasons = g_ptr_array_new();
    FOR_EACH(const NotAssessed, item, not_assessed) {
        /* Once a rule, although it may have several reasons. */
        if (item->rule != last && wanted(preflight, item, blocking))
            gaps_note(gaps, item);
        last = item->rule;
    }
}

static void gaps_clear(Gaps *gaps)
{
    g_hash_table_unref(gaps->rules);
    g_ptr_array_unref(gaps->reasons);
}

/* "RG006 (Routing groups ...)", "RG006, RG007": one rule with its title, several without. */
static char *gap_subject(const GPtrArray *rules)
{
    const Rule *first = g_ptr_array_index(rules, 0);
    g_autoptr(GString) ids = g_string_new(first->id);

    if (rules->len == 1)
        return g_strdup_printf("%s (%s)", first->id, first->title);
    for (guint i = 1; i < rules->len; i++)
        g_string_append_printf(ids, ", %s", ((const Rule *)g_ptr_array_index(rules, i))->id);
    return g_string_free(g_steal_pointer(&ids), FALSE);
}

static void add_gaps(Preflight *preflight, const GPtrArray *not_assessed, int blocking,
                     bool (*wanted)(const Preflight *, const NotAssessed *, int), const char *when)
{
    Gaps gaps;

    gaps_collect(&gaps, preflight, not_assessed, blocking, wanted);
    FOR_EACH(const char, reason, gaps.reasons) {
        g_autofree char *subject = gap_subject(g_hash_table_lookup(gaps.rules, reason));

        add_reason(preflight, "%s%s: %s", subject, when, reason);
    }
    gaps_clear(&gaps);
}

static void find_gaps(Preflight *preflight, int blocking)
{
    find_losses(preflight);
    if (preflight->today->organization == NULL)
        add_reason(preflight, "no Exchange organisation was found in what was read");
    FOR_EACH(const PlanCheck, check, preflight->checks)
        if (check->state == PLAN_UNSEEN)
            add_reason(preflight, "%s: %s", check->subject, check->text);
    find_rules_left_out(preflight);
    add_gaps(preflight, preflight->audit->not_assessed, blocking, is_gap_today, "");
    if (preflight->running_then != NULL)
        add_gaps(preflight, preflight->running_then->not_assessed, blocking, is_gap_then,
                 preflight->removal ? ", once it is gone" : ", after setup");
}

/* --- the verdict -------------------------------------------------------------------------- */

void preflight_decide(Preflight *preflight, unsigned scenario, int blocking)
{
    find_obstacles(preflight, scenario, blocking);
    preflight->verdict = VERDICT_NO_GO;
    if (preflight->reasons->len > 0)
        return;
    find_gaps(preflight, blocking);
    preflight->verdict = preflight->reasons->len > 0 ? VERDICT_CANNOT_TELL : VERDICT_GO;
}
