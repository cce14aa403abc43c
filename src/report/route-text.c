/*
 * A route for somebody at a terminal: the answer first, then why it is so, what was not taken,
 * what in the directory stands behind each hop, and where to look for the message on its way.
 */
#include "report/audit-formats.h"
#include "report/escape.h"
#include "report/route-formats.h"

enum { LABEL_WIDTH = 13 };

static char *joined(GPtrArray *names, const char *separator)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(const char, name, names)
        g_string_append_printf(text, "%s%s", text->len > 0 ? separator : "", name);
    g_ptr_array_unref(names);
    return g_string_free(text, FALSE);
}

/* A line with a label, unless there is nothing to say. Takes the text. */
static void item(Writer *out, const char *label, char *text)
{
    if (text != NULL && *text != '\0')
        writer_item(out, 0, label, text);
    g_free(text);
}

static void heading(Writer *out, const char *text)
{
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, text);
    writer_put(out, "\n");
}

static void bullet(Writer *out, const char *text)
{
    writer_put(out, "  - ");
    writer_wrap(out, 4, 4, text);
}

/* --- the answer --------------------------------------------------------------------------- */

const char *decision_words(Criterion criterion)
{
    static const char *const words[] = {
        [DECIDED_ONLY] = "there is no other way",
        [DECIDED_EQUAL] = "nothing: several are equal, and share the mail",
        [DECIDED_COST] = "the least cost",
        [DECIDED_HOPS] = "fewer links at equal cost",
        [DECIDED_NAME] = "a name alone, at equal cost and links: a rename would move the route",
        [DECIDED_LEGACY_COST] = "the cost of routing group connectors",
        [DECIDED_SITE_COST] = "the cost of site links, at equal cost of connectors",
        [DECIDED_ADDRESS_SPACE] = "the most specific address space",
        [DECIDED_PROXIMITY] = "nearness, at equal cost",
        [DECIDED_CONNECTOR_NAME] = "the connector's name, all else being equal",
    };

    return words[criterion];
}

static char *cost_text(const Route *route)
{
    if (route->has_vector)
        return g_strdup_printf("%" G_GUINT64_FORMAT " over connectors, then %" G_GUINT64_FORMAT
                               " over site links",
                               route->legacy_cost, route->site_cost);
    if (route->hops == 0)
        return NULL;
    return g_strdup_printf("%" G_GUINT64_FORMAT " over %u %s", route->cost, route->hops,
                           route->hops == 1 ? "site link" : "site links");
}

static char *shared_text(const Route *route)
{
    GString *text = g_string_new(NULL);

    FOR_EACH(GPtrArray, set, route->any_of) {
        g_autofree char *names = joined(g_ptr_array_ref(set), ", ");

        g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "any of ", names);
    }
    return g_string_free(text, FALSE);
}

static void write_outcome(const Route *route, Writer *out)
{
    const char *name = route_outcome_name(route->outcome);

    writer_put(out, "Outcome");
    writer_print(out, "%*s", LABEL_WIDTH - 7, "");
    writer_paint(out, route_outcome_arrives(route->outcome) ? PAINT_HEADING : PAINT_ERROR, name);
    writer_put(out, "\n");
}

static void write_answer(const Route *route, Writer *out)
{
    write_outcome(route, out);
    item(out, "Path", joined(route_path_names(route), " > "));
    item(out, "Relays", joined(route_relay_names(route), " > "));
    item(out, "Servers", joined(object_names(route->servers), " > "));
    item(out, "Connector",
         g_strdup(route->connector == NULL ? NULL : route->connector->object.name));
    item(out, "Site links", joined(object_names(route->links), ", "));
    item(out, "Cost", cost_text(route));
    if (route->stops->len > 1 || route->connector != NULL)
        item(out, "Decided by", g_strdup(decision_words(route->decided_by)));
    item(out, "Shared", shared_text(route));
    item(out, "Waits in", g_strdup(route->queue));
    item(out, "Tried", joined(object_names(route->backoff), ", then "));
}

/* --- the reasons -------------------------------------------------------------------------- */

/* One of a route's lists that are grouped by the place to which their items belong. */
typedef struct Reasons {
    const char *title;
    guint count;
    guint (*begin)(const RouteLeg *leg); /* where the items of a place begin */
    char *(*text)(const Route *route, guint at);
} Reasons;

/* The index behind the items of a leg. */
static guint leg_end(const Route *route, const Reasons *reasons, guint leg)
{
    if (leg + 1 >= route->legs->len)
        return reasons->count;
    return reasons->begin(&g_array_index(route->legs, RouteLeg, leg + 1));
}

/* Where everything was decided at one place, that need not be told. */
static void write_leg(const Route *route, const Reasons *reasons, guint leg, Writer *out)
{
    const RouteLeg *at = &g_array_index(route->legs, RouteLeg, leg);
    guint from = leg == 0 ? 0 : reasons->begin(at);
    guint end = leg_end(route, reasons, leg);
    g_autofree char *place = g_strdup_printf("At %s:", at->place);

    if (from < end && route->legs->len > 1) {
        writer_put(out, "  ");
        writer_wrap(out, 2, 4, place);
    }
    for (guint i = from; i < end; i++) {
        g_autofree char *text = reasons->text(route, i);

        bullet(out, text);
    }
}

static void write_list(const Route *route, const Reasons *reasons, Writer *out)
{
    if (reasons->count == 0)
        return;
    heading(out, reasons->title);
    if (route->legs->len == 0)
        for (guint i = 0; i < reasons->count; i++) {
            g_autofree char *text = reasons->text(route, i);

            bullet(out, text);
        }
    for (guint leg = 0; leg < route->legs->len; leg++)
        write_leg(route, reasons, leg, out);
}

static guint why_begin(const RouteLeg *leg)
{
    return leg->why;
}

static char *why_text(const Route *route, guint at)
{
    return g_strdup(route->why->pdata[at]);
}

static guint rejected_begin(const RouteLeg *leg)
{
    return leg->rejected;
}

static char *rejected_text(const Route *route, guint at)
{
    const Rejected *rejected = &g_array_index(route->rejected, Rejected, at);

    return g_strdup_printf("%s: %s", rejected->candidate, rejected->reason);
}

typedef struct NoticeWords {
    const char *slug;
    const char *words;
} NoticeWords;

static const char *notice_words(const char *slug)
{
    static const NoticeWords table[] = {
        {"connector-ignored", "is not used by routing"},
        {"connector-out-of-reach", "has source servers that no path between sites leads to"},
        {"decided-by-name", "was preferred for its name alone"},
        {"hub-site-without-server", "is a hub site without a Hub Transport server"},
        {"local-rgc-bypassed", "starts in the sender's site and is passed over"},
        {"loop", "is where the message would go round"},
        {"no-hub-of-version", "has no Hub Transport server of its version in the site"},
        {"no-route", "cannot be reached"},
        {"no-site-path", "is joined to the sender's site by no IP site link"},
        {"parallel-links-differ", "costs the same as a link beside it but has another size limit"},
        {"site-without-hub", "has no Hub Transport server"},
        {"recipient-repeated", "is named more than once and gets one copy"},
        {"undocumented-order", "might be taken instead: the order is undocumented"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(table[i].slug, slug))
            return table[i].words;
    return slug;
}

static guint notice_begin(const RouteLeg *leg)
{
    return leg->notices;
}

static char *notice_text(const Route *route, guint at)
{
    const RouteNotice *notice = &g_array_index(route->notices, RouteNotice, at);
    const char *name = notice->object == NULL ? "the address" : notice->object->name;
    GString *text = g_string_new(NULL);

    g_string_printf(text, "%s %s (%s", name, notice_words(notice->slug), notice->slug);
    if (notice->event != 0)
        g_string_append_printf(text, "; Exchange 2007 logs MSExchangeTransport event %u",
                               notice->event);
    g_string_append_c(text, ')');
    return g_string_free(text, FALSE);
}

/* --- what stands behind it ---------------------------------------------------------------- */

static void write_step(const Topology *topology, const RouteStep *step, Writer *out)
{
    const Value *first = entry_value(step->entry, step->attribute);
    g_autofree char *dn = dn_text(step->entry->dn);
    g_autofree char *place = origin_text(topology->directory, entry_origin(step->entry, first));
    g_autofree char *value = first == NULL ? NULL : value_text(first, step->attribute);
    g_autofree char *text = g_strdup_printf("%s: %s: %s %s of %s", step->hop, place,
                                            attribute_table[step->attribute].name,
                                            value != NULL ? value : "(absent)", dn);

    bullet(out, text);
}

static void write_steps(const Topology *topology, const Route *route, Writer *out)
{
    if (route->steps->len == 0)
        return;
    heading(out, "IN THE DIRECTORY");
    for (guint i = 0; i < route->steps->len; i++)
        write_step(topology, &g_array_index(route->steps, RouteStep, i), out);
}

/* Message tracking is split: neither version's tool follows a message into the other's log. */
static void write_tracking(const Route *route, Writer *out)
{
    heading(out, "TRACKING");
    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);
        bool modern = g_str_equal(route_stop_tracking(stop), "2007");
        g_autofree char *name = route_stop_text(stop, true);
        g_autofree char *text =
            g_strdup_printf("%s: %s", name,
                            modern ? "Exchange 2007: Get-MessageTrackingLog, or Message Tracking "
                                     "in the Toolbox"
                                   : "Exchange 2003: Message Tracking Center in System Manager");

        if (stop->accepts)
            bullet(out, text);
    }
}

static void write_reasons(const Topology *topology, const Route *route, Writer *out)
{
    const Reasons why = {"WHY", route->why->len, why_begin, why_text};
    const Reasons rejected = {"NOT TAKEN", route->rejected->len, rejected_begin, rejected_text};
    const Reasons notices = {"WORTH KNOWING", route->notices->len, notice_begin, notice_text};

    write_list(route, &why, out);
    write_list(route, &rejected, out);
    write_list(route, &notices, out);
    write_steps(topology, route, out);
    if (route->stops->len > 0)
        write_tracking(route, out);
}

/* --- the whole ---------------------------------------------------------------------------- */

static void write_question(const RouteQuestion *question, const Route *route, Writer *out)
{
    item(out, "From", g_strdup(route->from));
    item(out, "To", joined(g_ptr_array_ref(route->to), ", "));
    if (question->size != 0)
        item(out, "Size", g_strdup_printf("%" G_GUINT64_FORMAT " bytes", question->size));
    if (question->down != NULL && question->down[0] != NULL)
        item(out, "Down", g_strjoinv(", ", (char **)question->down));
}

/* What is not there may only not have been seen. */
static void write_unseen(const GPtrArray *unseen, Writer *out)
{
    if (unseen->len == 0)
        return;
    heading(out, "NOT SEEN");
    writer_put(out, "  ");
    writer_wrap(out, 2, 2, "The answer is worth no more than what could be read:");
    FOR_EACH(const char, gap, unseen)
        bullet(out, gap);
}

static void write_copies(const Route *route, Writer *out)
{
    write_outcome(route, out);
    item(out, "Copies", g_strdup_printf("%u leave the source", route->copies));
    item(out, "Forks", joined(g_ptr_array_ref(route->forks), ", "));
    item(out, "Waits in", g_strdup(route->queue));
    if (route->transfers->len == 0)
        return;
    heading(out, "COPIES");
    for (guint i = 0; i < route->transfers->len; i++) {
        const RouteTransfer *transfer = &g_array_index(route->transfers, RouteTransfer, i);
        g_autofree char *text = g_strdup_printf("%s > %s", transfer->from, transfer->to);

        bullet(out, text);
    }
}

static void write_each(const Topology *topology, const Route *route, Writer *out)
{
    FOR_EACH(const Route, one, route->each) {
        g_autofree char *escaped = escape_text(one->to->pdata[0]);
        g_autofree char *title = g_strdup_printf("TO %s", escaped);

        heading(out, title);
        write_answer(one, out);
        write_reasons(topology, one, out);
    }
}

void route_write_text(const RouteAnswer *answer, Writer *out)
{
    const Route *route = answer->route;

    out->label_width = LABEL_WIDTH;
    write_question(answer->question, route, out);
    if (route->each == NULL)
        write_answer(route, out);
    else
        write_copies(route, out);
    write_unseen(answer->unseen, out);
    if (route->each == NULL)
        write_reasons(answer->topology, route, out);
    else
        write_each(answer->topology, route, out);
}
