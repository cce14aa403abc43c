/*
 * The engine: selects rules, makes sure that each can see what it needs, runs every one of them and
 * orders what they said. No verdict of one rule keeps another from running.
 */
#include "rules/audit.h"
#include "rules/check.h"

#include "base/fault.h"

#include <string.h>

/* --- selection ---------------------------------------------------------------------------- */

static bool matches(const Rule *rule, const char *pattern)
{
    g_autofree char *upper = g_ascii_strup(pattern, -1);
    g_autofree char *slug = g_ascii_strup(rule->slug, -1);

    return g_pattern_match_simple(upper, rule->id) || g_pattern_match_simple(upper, slug);
}

static bool matches_any(const Rule *rule, const char *const *patterns)
{
    for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
        if (matches(rule, patterns[i]))
            return true;
    return false;
}

static bool patterns_name_rules(const char *const *patterns, GError **error)
{
    guint count;
    const Rule *const *rules = rule_catalogue(&count);

    for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++) {
        guint r = 0;

        while (r < count && !matches(rules[r], patterns[i]))
            r++;
        if (r == count) {
            g_set_error(error, FAULT, FAULT_USAGE,
                        "no rule is called \"%s\"; \"adtopo rules\" lists them", patterns[i]);
            return false;
        }
    }
    return true;
}

/* Rules for later versions speak where Exchange 2010 or later is installed. */
static unsigned scenarios_of(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server->version.family >= FAMILY_2010)
            return SCENARIO_AUDIT | SCENARIO_NEXT;
    return SCENARIO_AUDIT;
}

static bool is_selected(const Rule *rule, const AuditOptions *options, unsigned scenarios)
{
    if ((rule->scenarios & scenarios) == 0)
        return false;
    if (options->include != NULL && !matches_any(rule, options->include))
        return false;
    return !matches_any(rule, options->exclude);
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

const GroupGraph *check_group_graph(Check *check)
{
    if (check->group_graph == NULL)
        check->group_graph = group_graph_new(check->audit->topology);
    return check->group_graph;
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

static void run_rule(Check *check, const Rule *rule)
{
    g_autofree char *unmet = unmet_need(check->audit->topology, rule);

    g_ptr_array_add(check->audit->run, (gpointer)(uintptr_t)rule);
    if (unmet != NULL) {
        add_not_assessed(check->audit, rule, 0, unmet);
        return;
    }
    check->rule = rule;
    check->scenario = scenario_for(rule, check->scenarios);
    rule->check(check);
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
        else
            audit->counts[finding->severity]++;
    }
    g_ptr_array_sort(audit->findings, finding_compare);
    g_ptr_array_sort(audit->not_assessed, compare_not_assessed);
    FOR_EACH(Finding, finding, audit->findings)
        finding->fingerprint = finding_fingerprint(finding);
}

static Audit *audit_new(const Topology *topology)
{
    Audit *audit = g_new0(Audit, 1);

    audit->topology = topology;
    audit->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    audit->not_assessed = g_ptr_array_new_with_free_func(not_assessed_free);
    audit->run = g_ptr_array_new();
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
    check.scenarios = options->scenarios != 0 ? options->scenarios : scenarios_of(topology);
    for (guint i = 0; i < count; i++)
        if (is_selected(rules[i], options, check.scenarios))
            run_rule(&check, rules[i]);
    group_graph_free(check.group_graph);
    settle(audit, options->least);
    return audit;
}

void audit_free(Audit *audit)
{
    if (audit == NULL)
        return;
    g_ptr_array_unref(audit->findings);
    g_ptr_array_unref(audit->not_assessed);
    g_ptr_array_unref(audit->run);
    g_free(audit);
}
