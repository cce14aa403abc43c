/*
 * What the rules say about many organisations: the program, asked once for each, would spend its
 * time on starting. Each line of the input is "ORGANISATION|SCENARIO|POLICY|CHANGES"; what follows
 * a further "|" is left alone. SCENARIO is empty for an audit, "preflight" or "last"; POLICY and
 * CHANGES, the file to lay over the organisation, may be empty.
 *
 * For each it prints the line again behind "== ", and then every finding and every rule that was
 * not assessed, in the order of a report, with what the finding rests on. "partial" stands before
 * them where not all was read; "unread" or "refused" and the reason in their place where nothing
 * was, or where there was nothing to be judged.
 */
#include "api/forest.h"
#include "report/escape.h"
#include "rules/preflight.h"

#include <stdio.h>
#include <string.h>

/* Made fit for a line; a name loses the part that all of Exchange has in common. Frees `text`. */
static char *line_of(char *text)
{
    static const char *const common[] = {",CN=Microsoft Exchange,", ",CN=Configuration,"};
    char *line;

    for (guint i = 0; i < G_N_ELEMENTS(common); i++) {
        char *rest = strstr(text, common[i]);

        if (rest != NULL)
            *rest = '\0';
    }
    line = escape_text(text);
    g_free(text);
    return line;
}

static void print_evidence(const Evidence *evidence)
{
    g_autofree char *name = line_of(dn_text(evidence->entry->dn));
    g_autofree char *value = evidence->value == NULL
                                 ? NULL
                                 : line_of(value_text(evidence->value, evidence->attribute));

    printf("    %s", name);
    if (evidence->attribute != ATTR_NONE)
        printf(": %s = %s", attribute_table[evidence->attribute].name,
               value == NULL ? "(absent)" : value);
    if (evidence->expected != NULL)
        printf(" (expected: %s)", evidence->expected);
    printf("\n");
}

static void print_finding(const Finding *finding)
{
    g_autofree char *message = escape_text(finding->message);
    g_autofree char *about = finding->entry == NULL ? NULL : line_of(dn_text(finding->entry->dn));

    printf("%s %s: %s\n    about %s\n", finding->rule->id, severity_name(finding->severity),
           message, about == NULL ? "the forest" : about);
    for (guint i = 0; i < finding->evidence->len; i++)
        print_evidence(&g_array_index(finding->evidence, Evidence, i));
    FOR_EACH(const Entry, entry, finding->related) {
        g_autofree char *name = line_of(dn_text(entry->dn));

        printf("    with %s\n", name);
    }
    if (finding->remedy != NULL)
        printf("    remedy: %s\n", finding->remedy);
}

static void print_audit(const Audit *audit)
{
    FOR_EACH(const Finding, finding, audit->findings)
        print_finding(finding);
    FOR_EACH(const NotAssessed, item, audit->not_assessed)
        printf("%s open (%u): %s\n", item->rule->id, item->objects, item->reason);
}

static adtopo_forest *read_forest(const char *organization, const char *changes)
{
    adtopo_reader *reader = adtopo_reader_new();
    adtopo_error error = {0};
    adtopo_forest *forest;

    adtopo_reader_add(reader, organization);
    if (*changes != '\0')
        adtopo_reader_apply(reader, changes);
    forest = adtopo_reader_run(reader, &error);
    if (forest == NULL)
        printf("unread %s\n", error.text);
    else if (!adtopo_forest_complete(forest))
        printf("partial\n");
    adtopo_reader_free(reader);
    return forest;
}

static void judge(const Topology *topology, const char *scenario, const adtopo_policy *policy)
{
    const PlanWords words = {.removed = strcmp(scenario, "last") == 0 ? "last-legacy" : NULL};
    const AuditOptions options = {.policy = policy == NULL ? NULL : policy->policy};
    g_autoptr(GError) error = NULL;

    if (*scenario == '\0') {
        g_autoptr(Audit) audit = audit_run(topology, &options, &error);

        if (audit == NULL)
            printf("refused %s\n", error->message);
        else
            print_audit(audit);
    } else {
        g_autoptr(Preflight)
            preflight = preflight_run(topology, &words, &options, SEVERITY_ERROR, &error);

        if (preflight == NULL)
            printf("refused %s\n", error->message);
        else
            print_audit(preflight->audit);
    }
}

/* One line; FALSE when it is none, or names a policy that cannot be read. */
static bool judge_line(const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "|", -1);
    adtopo_policy *policy = NULL;
    adtopo_forest *forest;
    adtopo_error error;

    if (g_strv_length(fields) < 4)
        return false;
    if (*fields[2] != '\0' && (policy = adtopo_policy_read(fields[2], &error)) == NULL)
        return false;
    forest = read_forest(fields[0], fields[3]);
    if (forest != NULL)
        judge(forest->topology, fields[1], policy);
    adtopo_forest_free(forest);
    adtopo_policy_free(policy);
    return true;
}

int main(void)
{
    char line[4096];

    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        printf("== %s\n", line);
        if (!judge_line(line))
            return 2;
    }
    return 0;
}
