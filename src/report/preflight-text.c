/*
 * The preflight for somebody who has to decide: the verdict and its reasons first, then what they
 * rest on, then what no directory tells.
 */
#include "report/audit-parts.h"
#include "report/preflight.h"
#include "report/route-formats.h"
#include "rules/readiness.h"

enum { REFERENCES_SHOWN = 15, ROUTES_SHOWN = 20 };

static void write_heading(Writer *out, const char *title, const char *about)
{
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, title);
    writer_put(out, " ");
    writer_wrap(out, text_columns(title) + 1, 0, about);
}

static void write_point(Writer *out, const char *text)
{
    writer_put(out, "  - ");
    writer_wrap(out, 4, 4, text);
}

/* --- the verdict -------------------------------------------------------------------------- */

const char *preflight_verdict_words(const Preflight *preflight)
{
    switch (preflight->verdict) {
    case VERDICT_GO:
        return "GO, as far as the directory tells; what it does not tell is listed at the end";
    case VERDICT_NO_GO:
        return "NO-GO";
    case VERDICT_CANNOT_TELL:
        return "CANNOT TELL: nothing forbids it, but not everything could be seen";
    }
    return "";
}

static void write_verdict(const Preflight *preflight, Writer *out)
{
    writer_item(out, 0, "Plan", preflight->plan);
    writer_item(out, 0, "Verdict", preflight_verdict_words(preflight));
    FOR_EACH(const char, reason, preflight->reasons)
        write_point(out, reason);
}

static void write_checks(const Preflight *preflight, Writer *out)
{
    static const char *const marks[] = {"ok", "note", "FAILED", "unseen"};
    static const Paint paints[] = {PAINT_PLAIN, PAINT_NOTE, PAINT_ERROR, PAINT_WARNING};

    if (preflight->checks->len == 0)
        return;
    write_heading(out, "THE PLAN", "(checked against the directory)");
    FOR_EACH(const PlanCheck, check, preflight->checks) {
        const char *mark = marks[check->state];
        g_autofree char *text = g_strdup_printf("%s: %s", check->subject, check->text);

        writer_put(out, "  ");
        writer_paint(out, paints[check->state], mark);
        writer_put(out, " ");
        writer_wrap(out, text_columns(mark) + 3, 4, text);
    }
}

/* --- what refers to what goes ------------------------------------------------------------- */

/* "EX03", or for what lies below a server "virtual server 1 of EX03". The caller frees it. */
static char *target_text(const Topology *topology, const Entry *to)
{
    const Server *server = to == NULL ? NULL : topology_server(topology, to->dn);
    g_autofree char *name = to == NULL ? g_strdup("?") : dn_plain_name(to->dn);

    if (server == NULL || server->object.entry == to)
        return g_steal_pointer(&name);
    return g_strdup_printf("%s%s of %s",
                           to->class_id == CLASS_protocolCfgSMTPServer ? "virtual server " : "",
                           name, server->object.name);
}

static void write_reference(const Topology *topology, const Reference *reference, Writer *out)
{
    g_autofree char *from = out->verbose ? dn_text(reference->from_name)
                                         : dn_plain_name(reference->from_name);
    g_autofree char *to = target_text(topology, reference->to);
    g_autofree char *text = NULL;

    if (reference->from != NULL && reference->from->class_id != CLASS_NONE)
        text = g_strdup_printf("%s (%s): %s leads to %s", from,
                               class_table[reference->from->class_id].name,
                               attribute_table[reference->attribute].name, to);
    else
        text = g_strdup_printf("%s: known from %s of %s", from,
                               attribute_table[reference->attribute].name, to);
    writer_put(out, "     - ");
    writer_wrap(out, 7, 7, text);
}

/* Unless all is asked for: what goes along needs no reader. */
static bool is_shown(const Reference *reference, guint shown, const Writer *out)
{
    return out->verbose || (!reference->follows && shown < REFERENCES_SHOWN);
}

static bool step_goes_along(const GPtrArray *references, guint from)
{
    const Reference *first = g_ptr_array_index(references, from);

    for (guint i = from; i < references->len; i++) {
        const Reference *reference = g_ptr_array_index(references, i);

        if (reference->step != first->step)
            break;
        if (!reference->follows)
            return false;
    }
    return true;
}

static guint write_step(const Preflight *preflight, guint from, guint number, Writer *out)
{
    const GPtrArray *references = preflight->references;
    const Reference *first = g_ptr_array_index(references, from);
    guint end = from;
    guint shown = 0;
    guint hidden = 0;
    bool along = step_goes_along(references, from);
    g_autofree char *text = g_strdup_printf("%u. %s. %s", number, step_title(first->step),
                                            along ? "This goes along: nothing is to be done first."
                                                  : step_advice(first->step));

    writer_put(out, "  ");
    writer_wrap(out, 2, 5, text);
    for (; end < references->len; end++) {
        const Reference *reference = g_ptr_array_index(references, end);

        if (reference->step != first->step)
            break;
        if (is_shown(reference, shown, out)) {
            write_reference(preflight->today, reference, out);
            shown++;
        } else {
            hidden++;
        }
    }
    if (hidden > 0)
        writer_print(out, "     %s%u more (-v shows all)\n", shown > 0 ? "and " : "", hidden);
    return end;
}

static bool all_follow(const GPtrArray *references)
{
    FOR_EACH(const Reference, reference, references)
        if (!reference->follows)
            return false;
    return true;
}

/* What comes after the last of the steps. */
static void write_last_step(const Preflight *preflight, guint number, Writer *out)
{
    g_autofree char *text = g_strdup_printf(
        "%u. %s", number,
        preflight->final ? "Point of no return: switch the servers off for some weeks, then "
                           "uninstall each with its own setup. No Exchange 2000/2003 server can "
                           "be installed in this organisation ever after."
                         : "Then, if nothing below speaks against it, it may go: a server with "
                           "its own setup, groups and connectors "
                           "with Exchange System Manager or the shell.");

    writer_put(out, "  ");
    writer_wrap(out, 2, 5, text);
}

static void write_references(const Preflight *preflight, Writer *out)
{
    guint number = 1;

    if (!preflight->removal)
        return;
    write_heading(out, "WHAT STILL REFERS TO IT", "(in the order in which it has to go)");
    if (all_follow(preflight->references))
        write_point(out, "nothing in what was read that would not go along");
    for (guint from = 0; from < preflight->references->len; number++)
        from = write_step(preflight, from, number, out);
    write_last_step(preflight, number, out);
}

/* --- today -------------------------------------------------------------------------------- */

static void write_today(const Audit *audit, Writer *out)
{
    g_autofree char *hidden = audit_hidden_words(audit);
    g_autofree char *note =
        g_strdup_printf("(%s%u rules for this plan%s%s)",
                        audit->findings->len == 0 ? "no findings of the " : "findings of the ",
                        audit->run->len, hidden == NULL ? "" : "; ", hidden == NULL ? "" : hidden);

    write_heading(out, "TODAY", note);
    audit_text_findings(audit, out);
}

/* --- then --------------------------------------------------------------------------------- */

static void write_vanishing(const Preflight *preflight, Writer *out)
{
    if (preflight->vanishing->len == 0)
        return;
    writer_put(out, "\n");
    writer_put(out, "  No longer found then:\n");
    FOR_EACH(const Finding, finding, preflight->vanishing) {
        g_autofree char *text = g_strdup_printf("%s: %s", finding->rule->id, finding->message);

        write_point(out, text);
    }
}

/* Where there is no way, why not is all that there is to say. */
static void write_route(const PlanRoute *route, Writer *out)
{
    const Route *way = route->way;
    const char *after = route->after == NULL ? "NO WAY" : route->after;
    g_autofree char *text = g_strdup_printf("%s to %s: %s (before: %s)", route->from, route->to,
                                            after,
                                            route->before == NULL ? "no way" : route->before);

    write_point(out, text);
    if (way == NULL)
        return;
    if (route->after != NULL) {
        writer_put(out, "    Decided by ");
        writer_wrap(out, 15, 4, decision_words(way->decided_by));
    }
    FOR_EACH(const char, sentence, way->why) {
        if (!out->verbose && route->after != NULL)
            continue;
        writer_put(out, "    ");
        writer_wrap(out, 4, 4, sentence);
    }
}

static void write_routes(const Preflight *preflight, Writer *out)
{
    guint shown = 0;

    if (preflight->then == NULL)
        return;
    write_heading(out, "ROUTES",
                  "(between sites with Exchange 2007 and older routing groups, and from there to "
                  "address spaces: those that change)");
    if (preflight->routes->len == 0)
        write_point(out, "none changes");
    FOR_EACH(const PlanRoute, route, preflight->routes) {
        if (!out->verbose && shown++ >= ROUTES_SHOWN)
            break;
        write_route(route, out);
    }
    if (!out->verbose && preflight->routes->len > ROUTES_SHOWN)
        writer_print(out, "  and %u more (-v shows all)\n", preflight->routes->len - ROUTES_SHOWN);
}

static void write_accepted_then(const Preflight *preflight, Writer *out)
{
    guint count = 0;

    FOR_EACH(const Finding, finding, preflight->appearing)
        count += !finding_counts(finding);
    if (count > 0)
        writer_print(out, "  - %u more that policy or baseline accept\n", count);
}

static void write_then(const Preflight *preflight, Writer *out)
{
    Audit then = {.topology = preflight->then, .findings = preflight->appearing};

    if (preflight->running_then == NULL)
        return;
    write_heading(out, "THEN",
                  preflight->removal ? "(what would be found in addition if it went as things are)"
                                     : "(what a running organisation would be found to have in "
                                       "addition)");
    if (preflight->appearing->len == 0)
        write_point(out, audit_hidden(preflight->running_then) == 0
                             ? "nothing new"
                             : "nothing new at or above the threshold");
    audit_text_findings(&then, out);
    write_accepted_then(preflight, out);
    write_vanishing(preflight, out);
    write_routes(preflight, out);
}

/* --- what no directory tells --------------------------------------------------------------- */

static void write_by_hand(const Preflight *preflight, Writer *out)
{
    const HandCheck *at = hand_checks(preflight->removed);
    const StepRight *right = step_rights(preflight->removed);

    write_heading(out, "BY HAND", "(only a person can check this)");
    for (; at->text != NULL; at++)
        if (hand_check_concerns(at, preflight->today))
            write_point(out, at->text);
    write_heading(out, "RIGHTS", "(which step needs which, and where it runs)");
    for (; right->step != NULL; right++) {
        g_autofree char *text = g_strdup_printf("%s: %s; %s", right->step, right->rights,
                                                right->where);

        write_point(out, text);
    }
}

void preflight_write_text(const Preflight *preflight, Writer *out)
{
    audit_text_head(preflight->today, out);
    audit_text_down(preflight->audit, true, out);
    write_verdict(preflight, out);
    write_checks(preflight, out);
    write_references(preflight, out);
    write_today(preflight->audit, out);
    audit_text_accepted(preflight->audit, out);
    write_then(preflight, out);
    audit_text_not_assessed(preflight->audit, out);
    audit_text_remarks(preflight->today->directory, out);
    write_by_hand(preflight, out);
    writer_put(out, "\n");
    writer_item(out, 0, "Verdict", preflight_verdict_words(preflight));
}
