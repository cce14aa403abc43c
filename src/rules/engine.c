/*
 * The engine: selects rules, makes sure that each can see what it needs, runs every one of them and
 * orders what they said. No verdict of one rule keeps another from running.
 */
#include "rules/audit.h"
#include "rules/check.h"

#include "base/crew.h"
#include "rules/acceptance.h"
#include "rules/assertion-scope.h"
#include "rules/selection.h"
#include "rules/sight.h"

#include <string.h>

/* --- selection ---------------------------------------------------------------------------- */

static bool has_later_version(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server->version.family >= FAMILY_2010)
            return true;
    return false;
}

/* Rules for later versions speak where Exchange 2010 or later is installed, or may be. */
static unsigned scenarios_of(const Topology *topology, const Sight *sight)
{
    g_autofree char *gap = sight_gap(sight, CLASS_msExchExchangeServer);

    return gap != NULL || has_later_version(topology) ? SCENARIO_AUDIT | SCENARIO_NEXT
                                                      : SCENARIO_AUDIT;
}

/* What the question selects is stronger than what the policy does. */
static bool is_included(const Rule *rule, const AuditOptions *options)
{
    const char *const *include = options->include;

    if (include == NULL && options->policy != NULL)
        include = (const char *const *)options->policy->include;
    return include == NULL || rule_matches_any(rule, include);
}

static bool has_subject(const Rule *rule, const Policy *policy)
{
    return !rule->asserted || (policy != NULL && policy->assertions->len > 0);
}

static bool is_selected(const Rule *rule, const AuditOptions *options, unsigned scenarios)
{
    if ((rule->scenarios & scenarios) == 0 || !has_subject(rule, options->policy))
        return false;
    if (!is_included(rule, options))
        return false;
    if (options->policy != NULL &&
        rule_matches_any(rule, (const char *const *)options->policy->exclude))
        return false;
    return !rule_matches_any(rule, options->exclude);
}

unsigned audit_domain_parts(const AuditOptions *options)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);
    unsigned parts = 0;

    for (guint i = 0; i < count; i++)
        if (is_selected(rules[i], options, SCENARIO_ANY))
            parts |= rules[i]->domain;
    return parts;
}

/* --- needs -------------------------------------------------------------------------------- */

/* The first thing a rule needs and cannot see, in words; NULL when it can see them all. One for
 * later versions only needs to know of servers that there is one of these. */
static char *unmet_need(const Check *check, const Rule *rule)
{
    const Topology *topology = check->audit->topology;
    const Directory *directory = topology->directory;

    if ((rule->scenarios & check->scenarios) == SCENARIO_NEXT && !has_later_version(topology)) {
        char *gap = sight_gap(check->sight, CLASS_msExchExchangeServer);

        if (gap != NULL)
            return gap;
    }
    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++) {
        guint objects = directory_of_class(directory, need->class_id)->len;
        char *gap;

        if (objects == 0 || directory_seen(directory, need->class_id, need->attribute) > 0)
            continue;
        gap = sight_blank(check->sight, need->class_id);
        if (gap != NULL)
            return gap;
        return g_strdup_printf("%s was not read on any of the %u %s objects: export it, or read "
                               "with an account that may see it",
                               attribute_table[need->attribute].name, objects,
                               class_table[need->class_id].name);
    }
    return NULL;
}

/* --- what check functions call ------------------------------------------------------------- */

const Topology *check_topology(const Check *check)
{
    return check->audit->topology;
}

Scenario check_scenario(const Check *check)
{
    return check->scenario;
}

const PreparationLevel *check_planned_level(const Check *check)
{
    return check->planned;
}

const char *check_unseen_organization(const Check *check)
{
    return check->no_organization;
}

guint check_parameter(const Check *check, ParameterId id)
{
    return check->policy != NULL ? check->policy->parameters[id] : parameter_info(id)->usual;
}

static Finding *raise_entry(Check *check, Severity severity, const Entry *entry, char *message)
{
    Finding *finding = finding_new(check->rule, severity, entry, message);

    g_ptr_array_add(check->audit->findings, finding);
    return finding;
}

Finding *check_raise(Check *check, Severity severity, const Object *object, const char *format, ...)
{
    va_list arguments;
    char *message;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return raise_entry(check, severity, object == NULL ? NULL : object->entry, message);
}

Finding *check_raise_entry(Check *check, Severity severity, const Entry *entry, const char *format,
                           ...)
{
    va_list arguments;
    char *message;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return raise_entry(check, severity, entry, message);
}

/* The same reason of several objects is said once. */
void check_not_assessed(Check *check, guint objects, const char *format, ...)
{
    g_autofree char *reason = NULL;
    NotAssessed *known;
    va_list arguments;

    va_start(arguments, format);
    reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    known = audit_find_open(check->audit, check->rule, reason);
    if (known != NULL)
        known->objects += objects;
    else
        audit_add_open(check->audit, check->rule, objects, reason);
}

/* --- the run ------------------------------------------------------------------------------ */

/* A rule of several scenarios is asked once, for the most demanding that applies. */
static Scenario scenario_for(const Rule *rule, unsigned scenarios)
{
    static const Scenario order[] = {SCENARIO_PREFLIGHT, SCENARIO_LAST, SCENARIO_NEXT,
                                     SCENARIO_AUDIT};

    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        if ((rule->scenarios & scenarios & order[i]) != 0)
            return order[i];
    return SCENARIO_AUDIT;
}

/* Why a rule may miss objects that are there, in words; NULL: it does not. */
static char *why_missed(const Check *check)
{
    const Directory *directory = check->audit->topology->directory;

    for (const ClassId *id = check->rule->misses; id != NULL && *id != CLASS_NONE; id++) {
        char *gap = sight_gap(check->sight, *id);

        if (directory_may_lack(directory, *id)) {
            g_free(gap);
            return g_strdup_printf(
                "records were lost in reading, and what seems to be missing (%s) "
                "may be among them: repair or repeat the export",
                class_table[*id].name);
        }
        if (gap != NULL)
            return gap;
    }
    return NULL;
}

/* Takes back what a rule said of objects that seem to be missing. */
static void doubt_absence(Check *check)
{
    GPtrArray *findings = check->audit->findings;
    guint count = findings->len;
    g_autofree char *why = count == 0 ? NULL : why_missed(check);

    if (why == NULL)
        return;
    g_ptr_array_set_size(findings, 0);
    check_not_assessed(check, count, "%s", why);
}

static bool rests_on_cut_record(const Finding *finding)
{
    if (finding->entry != NULL && finding->entry->cut)
        return true;
    for (guint i = 0; i < finding->evidence->len; i++) {
        const Entry *entry = g_array_index(finding->evidence, Evidence, i).entry;

        if (entry != NULL && entry->cut)
            return true;
    }
    return false;
}

/* An object that shows nothing but its name may have what it seems to lack. */
static bool rests_on_bare_object(const Finding *finding)
{
    for (guint i = 0; i < finding->evidence->len; i++) {
        const Evidence *evidence = &g_array_index(finding->evidence, Evidence, i);

        if (evidence->value == NULL && evidence->expected != NULL && sight_is_bare(evidence->entry))
            return true;
    }
    return false;
}

static void take_back(Check *check, bool (*rests)(const Finding *), const char *reason)
{
    GPtrArray *findings = check->audit->findings;

    for (guint i = findings->len; i-- > 0;) {
        if (!rests(g_ptr_array_index(findings, i)))
            continue;
        g_ptr_array_remove_index(findings, i);
        check_not_assessed(check, 1, "%s", reason);
    }
}

/* Takes back what a rule said of a record that seems to end too early, or to be seen in part. */
static void doubt_records(Check *check)
{
    take_back(check, rests_on_cut_record,
              "the file seems to have been cut off in the middle of the record");
    take_back(check, rests_on_bare_object,
              "the object shows nothing but its name: read with an account that may read it");
}

/* What is evidently unseen of the classes that a rule reads, in words; NULL: nothing. */
static char *unseen_class(const Check *check)
{
    const Rule *rule = check->rule;
    char *gap = NULL;

    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++)
        if ((gap = sight_gap(check->sight, need->class_id)) != NULL)
            return gap;
    for (const ClassId *id = rule->reads; id != NULL && *id != CLASS_NONE; id++)
        if ((gap = sight_gap(check->sight, *id)) != NULL)
            return gap;
    return NULL;
}

/* All rules are about an Exchange organisation. Where nothing of one was read, a rule that said
 * nothing had nothing to judge; of one that was not read itself, servers may have been. */
static bool had_nothing_to_judge(const Check *check)
{
    return check->no_organization != NULL && check_topology(check)->servers->len == 0;
}

/* A rule that said nothing has not passed where the reader has evidently no rights. */
static void doubt_silence(Check *check)
{
    g_autofree char *gap = NULL;

    if (check->audit->findings->len > 0)
        return;
    if (had_nothing_to_judge(check))
        gap = g_strdup(check->no_organization);
    else if (check->audit->not_assessed->len == 0)
        gap = unseen_class(check);
    if (gap != NULL)
        check_not_assessed(check, 0, "%s", gap);
}

static void judge(Check *check)
{
    g_autofree char *unmet = unmet_need(check, check->rule);

    if (unmet != NULL) {
        check_not_assessed(check, 0, "%s", unmet);
        return;
    }
    check->rule->check(check);
    doubt_absence(check);
    doubt_records(check);
    doubt_silence(check);
}

/* What the rules of a run have in common, and a part of the audit for each. */
typedef struct Judging {
    const Check *common;
    Audit *parts;
} Judging;

/* From the last on: the rules that look into every name, which take longest, are among the last,
 * and a long one that is begun when all others are done would be waited for. */
static void judge_rule(guint piece, gpointer data)
{
    const Judging *judging = data;
    guint index = judging->common->audit->run->len - 1 - piece;
    Audit *part = &judging->parts[index];
    Check check = *judging->common;

    *part = *check.audit;
    audit_make_lists(part);
    check.audit = part;
    check.rule = g_ptr_array_index(part->run, index);
    check.scenario = scenario_for(check.rule, check.scenarios);
    judge(&check);
}

/* Moves what one rule said into the whole. */
static void absorb(Audit *audit, Audit *part)
{
    g_ptr_array_extend_and_steal(audit->findings, g_steal_pointer(&part->findings));
    g_ptr_array_extend_and_steal(audit->not_assessed, g_steal_pointer(&part->not_assessed));
}

/* From so many servers on more threads are worth their while. */
enum { MANY_SERVERS = 500 };

static void judge_rules(const Check *common)
{
    Audit *audit = common->audit;
    guint count = audit->run->len;
    g_autofree Audit *parts = g_new(Audit, count);
    Judging judging = {.common = common, .parts = parts};

    crew_run(count, audit->topology->servers->len < MANY_SERVERS ? 1 : CREW_MOST, judge_rule,
             &judging);
    for (guint i = 0; i < count; i++)
        absorb(audit, &parts[i]);
}

/* None of them judged yet. */
static void list_assertions(Audit *audit, const Policy *policy)
{
    if (policy == NULL)
        return;
    FOR_EACH(const Assertion, assertion, policy->assertions) {
        AssertionResult result = {.assertion = assertion};

        g_array_append_val(audit->assertions, result);
    }
}

/* What is evidently unseen of the objects that nearly every rule hangs on, in words; NULL: nothing.
 * An audit that finds nothing in spite of it is not whole. */
static char *core_gap(const Sight *sight)
{
    static const ClassId core[] = {CLASS_msExchAdminGroup, CLASS_msExchRoutingGroup,
                                   CLASS_msExchExchangeServer, CLASS_msExchConnector, CLASS_site};
    char *gap = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(core) && gap == NULL; i++)
        gap = sight_gap(sight, core[i]);
    return gap;
}

Audit *audit_run(const Topology *topology, const AuditOptions *options, GError **error)
{
    Audit *audit;
    g_autoptr(Sight) sight = NULL;
    g_autofree char *no_organization = NULL;
    Workbench workbench = {.topology = topology};
    Check check = {0};
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    if (!patterns_name_rules(options->include, error) ||
        !patterns_name_rules(options->exclude, error))
        return NULL;
    if (!options->names_checked && !assertions_name_things(options->policy, topology, NULL, error))
        return NULL;
    audit = audit_new(topology);
    audit->down = options->down;
    list_assertions(audit, options->policy);
    sight = sight_new(topology);
    no_organization = organization_gap(topology);
    audit->unseen = no_organization != NULL ? g_strdup(no_organization) : core_gap(sight);
    check.audit = audit;
    check.no_organization = no_organization;
    check.workbench = &workbench;
    check.sight = sight;
    check.policy = options->policy;
    check.planned = options->planned;
    check.scenarios = options->scenarios != 0 ? options->scenarios : scenarios_of(topology, sight);
    for (guint i = 0; i < count; i++)
        if (is_selected(rules[i], options, check.scenarios))
            g_ptr_array_add(audit->run, (gpointer)(uintptr_t)rules[i]);
    judge_rules(&check);
    workbench_clear(&workbench);
    acceptance_apply_policy(audit, options);
    audit_settle(audit, options->least);
    acceptance_apply_baseline(audit, options->baseline);
    audit_count(audit);
    audit->attestations = options->attestations;
    return audit;
}
