/*
 * The engine: selects rules, makes sure that each can see what it needs, runs every one of them and
 * orders what they said. No verdict of one rule keeps another from running.
 */
#include "rules/audit.h"
#include "rules/check.h"

#include "rules/acceptance.h"
#include "rules/selection.h"
#include "rules/sight.h"

#include <string.h>

/* --- selection ---------------------------------------------------------------------------- */

/* Rules for later versions speak where Exchange 2010 or later is installed. */
static unsigned scenarios_of(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server->version.family >= FAMILY_2010)
            return SCENARIO_AUDIT | SCENARIO_NEXT;
    return SCENARIO_AUDIT;
}

/* What the question selects is stronger than what the policy does. */
static bool is_included(const Rule *rule, const AuditOptions *options)
{
    const char *const *include = options->include;

    if (include == NULL && options->policy != NULL)
        include = (const char *const *)options->policy->include;
    return include == NULL || rule_matches_any(rule, include);
}

static bool is_selected(const Rule *rule, const AuditOptions *options, unsigned scenarios)
{
    if ((rule->scenarios & scenarios) == 0)
        return false;
    if (!is_included(rule, options))
        return false;
    if (options->policy != NULL &&
        rule_matches_any(rule, (const char *const *)options->policy->exclude))
        return false;
    return !rule_matches_any(rule, options->exclude);
}

/* --- needs -------------------------------------------------------------------------------- */

/* The first thing a rule needs and cannot see, in words; NULL when it can see everything. */
static char *unmet_need(const Topology *topology, const Rule *rule)
{
    const Directory *directory = topology->directory;

    for (const Need *need = rule->needs; need != NULL && need->class_id != CLASS_NONE; need++) {
        guint objects = directory_of_class(directory, need->class_id)->len;

        if (objects == 0 || directory_seen(directory, need->class_id, need->attribute) > 0)
            continue;
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

guint check_parameter(const Check *check, ParameterId id)
{
    return check->policy != NULL ? check->policy->parameters[id] : parameter_info(id)->usual;
}

const GroupGraph *check_group_graph(Check *check)
{
    if (check->group_graph == NULL)
        check->group_graph = group_graph_new(check->audit->topology);
    return check->group_graph;
}

const GroupNet *check_group_net(Check *check)
{
    if (check->group_net == NULL)
        check->group_net = group_net_new(check->audit->topology);
    return check->group_net;
}

const SiteWays *check_site_ways(Check *check)
{
    if (check->site_ways == NULL)
        check->site_ways = site_ways_new(check->audit->topology);
    return check->site_ways;
}

const Census *check_census(Check *check)
{
    if (!check->census_taken)
        check->census = census_take(check->audit->topology);
    check->census_taken = true;
    return &check->census;
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

static void not_assessed_free(gpointer data)
{
    NotAssessed *item = data;

    g_free(item->reason);
    g_free(item);
}

static void add_not_assessed(Audit *audit, const Rule *rule, guint objects, const char *reason)
{
    NotAssessed *item;

    FOR_EACH(NotAssessed, known, audit->not_assessed) {
        if (known->rule == rule && strcmp(known->reason, reason) == 0) {
            known->objects += objects;
            return;
        }
    }
    item = g_new0(NotAssessed, 1);
    *item = (NotAssessed){.rule = rule, .reason = g_strdup(reason), .objects = objects};
    g_ptr_array_add(audit->not_assessed, item);
}

void check_not_assessed(Check *check, guint objects, const char *format, ...)
{
    g_autofree char *reason = NULL;
    va_list arguments;

    va_start(arguments, format);
    reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_not_assessed(check->audit, check->rule, objects, reason);
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

/* The first class that the rule may miss for no other reason than that a record was lost. */
static ClassId class_lost(const Directory *directory, const Rule *rule)
{
    for (const ClassId *id = rule->misses; id != NULL && *id != CLASS_NONE; id++)
        if (directory_may_lack(directory, *id))
            return *id;
    return CLASS_NONE;
}

/* Takes back what a rule said since `from` of objects that seem to be missing. */
static void doubt_absence(Check *check, const Rule *rule, guint from)
{
    GPtrArray *findings = check->audit->findings;
    guint count = findings->len - from;
    ClassId lost = class_lost(check->audit->topology->directory, rule);
    g_autofree char *reason = NULL;

    if (count == 0 || lost == CLASS_NONE)
        return;
    g_ptr_array_remove_range(findings, from, count);
    reason = g_strdup_printf("records were lost in reading, and what seems to be missing (%s) may "
                             "be among them: repair or repeat the export",
                             class_table[lost].name);
    add_not_assessed(check->audit, rule, count, reason);
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

/* Takes back what a rule said since `from` of a record that seems to end too early. */
static void doubt_cut_records(Check *check, const Rule *rule, guint from)
{
    GPtrArray *findings = check->audit->findings;

    for (guint i = findings->len; i-- > from;) {
        if (!rests_on_cut_record(g_ptr_array_index(findings, i)))
            continue;
        g_ptr_array_remove_index(findings, i);
        add_not_assessed(check->audit, rule, 1,
                         "the file seems to have been cut off in the middle of the record");
    }
}

static bool is_not_assessed(const Audit *audit, const Rule *rule)
{
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        if (item->rule == rule)
            return true;
    return false;
}

/* A rule that said nothing since `from` has not passed where the reader has evidently no rights. */
static void doubt_silence(Check *check, const Rule *rule, guint from)
{
    Audit *audit = check->audit;

    if (check->unseen != NULL && audit->findings->len == from && !is_not_assessed(audit, rule))
        add_not_assessed(audit, rule, 0, check->unseen);
}

static void run_rule(Check *check, const Rule *rule)
{
    guint before = check->audit->findings->len;
    g_autofree char *unmet = unmet_need(check->audit->topology, rule);

    g_ptr_array_add(check->audit->run, (gpointer)(uintptr_t)rule);
    if (unmet != NULL) {
        add_not_assessed(check->audit, rule, 0, unmet);
        return;
    }
    check->rule = rule;
    check->scenario = scenario_for(rule, check->scenarios);
    rule->check(check);
    doubt_absence(check, rule, before);
    doubt_cut_records(check, rule, before);
    doubt_silence(check, rule, before);
}

static gint compare_not_assessed(gconstpointer a, gconstpointer b)
{
    const NotAssessed *left = *(const NotAssessed *const *)a;
    const NotAssessed *right = *(const NotAssessed *const *)b;
    int order = strcmp(left->rule->id, right->rule->id);

    return order != 0 ? order : strcmp(left->reason, right->reason);
}

/* Drops what is below the threshold, orders the rest, and names each for good. */
static void settle(Audit *audit, Severity least)
{
    for (guint i = audit->findings->len; i-- > 0;) {
        const Finding *finding = g_ptr_array_index(audit->findings, i);

        if (finding->severity < least)
            g_ptr_array_remove_index_fast(audit->findings, i);
    }
    g_ptr_array_sort(audit->findings, finding_compare);
    g_ptr_array_sort(audit->not_assessed, compare_not_assessed);
    FOR_EACH(Finding, finding, audit->findings)
        finding->fingerprint = finding_fingerprint(finding);
}

static void count_findings(Audit *audit)
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

static Audit *audit_new(const Topology *topology)
{
    Audit *audit = g_new0(Audit, 1);

    audit->topology = topology;
    audit->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    audit->not_assessed = g_ptr_array_new_with_free_func(not_assessed_free);
    audit->run = g_ptr_array_new();
    audit->waivers = g_array_new(FALSE, FALSE, sizeof(WaiverUse));
    return audit;
}

Audit *audit_run(const Topology *topology, const AuditOptions *options, GError **error)
{
    Audit *audit;
    Check check = {0};
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    if (!patterns_name_rules(options->include, error) ||
        !patterns_name_rules(options->exclude, error))
        return NULL;
    audit = audit_new(topology);
    check.audit = audit;
    check.unseen = sight_missing(topology);
    check.policy = options->policy;
    check.scenarios = options->scenarios != 0 ? options->scenarios : scenarios_of(topology);
    for (guint i = 0; i < count; i++)
        if (is_selected(rules[i], options, check.scenarios))
            run_rule(&check, rules[i]);
    g_free(check.unseen);
    group_graph_free(check.group_graph);
    group_net_free(check.group_net);
    site_ways_free(check.site_ways);
    acceptance_apply_policy(audit, options);
    settle(audit, options->least);
    acceptance_apply_baseline(audit, options->baseline);
    count_findings(audit);
    audit->attestations = options->attestations;
    return audit;
}

void audit_free(Audit *audit)
{
    if (audit == NULL)
        return;
    g_ptr_array_unref(audit->findings);
    g_ptr_array_unref(audit->not_assessed);
    g_ptr_array_unref(audit->run);
    g_array_unref(audit->waivers);
    g_free(audit);
}
