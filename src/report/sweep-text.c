/* A sweep for somebody at a terminal: what must not fail first, then what only costs, then
 * loops. */
#include "report/sweep-report.h"
#include "rules/words.h"

enum { WAYS_SHOWN = 6, INDENT = 4, LABEL_WIDTH = 12 };

static void heading(Writer *out, const char *text)
{
    writer_put(out, "\n");
    writer_paint(out, PAINT_HEADING, text);
    writer_put(out, "\n");
}

static void append_way(GString *text, const Sweep *sweep, const SweepWay *way, bool with_costs)
{
    g_autofree char *from = place_text(sweep, way->from);
    g_autofree char *to = place_text(sweep, way->to);

    g_string_append_printf(text, "%s%s > %s", text->len > 0 ? "; " : "", from, to);
    if (!with_costs)
        return;
    if (way->after == SWEEP_UNKNOWN)
        g_string_append_printf(text, " (cost %" G_GUINT64_FORMAT ", then another)", way->before);
    else
        g_string_append_printf(text, " (cost %" G_GUINT64_FORMAT ", then %" G_GUINT64_FORMAT ")",
                               way->before, way->after);
}

static void write_ways(const Sweep *sweep, const char *label, const GArray *ways, bool with_costs,
                       Writer *out)
{
    guint most = out->verbose ? ways->len : MIN(ways->len, WAYS_SHOWN);
    g_autoptr(GString) text = g_string_new(NULL);

    if (ways->len == 0)
        return;
    for (guint i = 0; i < most; i++)
        append_way(text, sweep, &g_array_index(ways, SweepWay, i), with_costs);
    if (most < ways->len)
        g_string_append_printf(text, "; and %u more (-v shows them)", ways->len - most);
    writer_item(out, INDENT, label, text->str);
}

static void write_spaces(const Removal *removal, Writer *out)
{
    g_autoptr(GString) text = g_string_new(NULL);

    FOR_EACH(const char, space, removal->spaces)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", space);
    if (text->len > 0)
        writer_item(out, INDENT, "Sole for", text->str);
}

static char *cycle_text(const GPtrArray *cycle)
{
    GString *text = g_string_new(NULL);
    const GroupEdge *edge;

    for (guint i = 0; i < cycle->len; i++) {
        edge = cycle->pdata[i];
        g_string_append_printf(text, "%s -[%s]-> ", edge->from->object.name,
                               edge->connector->object.name);
    }
    edge = cycle->pdata[cycle->len - 1];
    g_string_append(text, edge->to->object.name);
    return g_string_free(text, FALSE);
}

static void write_removal_loops(const Removal *removal, Writer *out)
{
    guint most = out->verbose ? removal->loops->len : MIN(removal->loops->len, WAYS_SHOWN);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < most; i++) {
        const SweepLoop *loop = removal->loops->pdata[i];
        g_autofree char *cycle = cycle_text(loop->cycle);

        g_string_append_printf(text, "%smail for %s goes round: %s", i > 0 ? "; " : "",
                               loop->destination->object.name, cycle);
    }
    if (most < removal->loops->len)
        g_string_append_printf(text, "; and %u more (-v shows them)", removal->loops->len - most);
    if (most > 0)
        writer_item(out, INDENT, "Loops", text->str);
}

/* Connectors of several groups often bear one name. */
static void append_thing(GString *text, SweepKind kind, const Object *object)
{
    g_string_append_printf(text, "%s %s", sweep_kind_name(kind), object->name);
    if (kind == SWEEP_CONNECTOR && ((const Connector *)object)->group != NULL)
        g_string_append_printf(text, " of %s", ((const Connector *)object)->group->object.name);
}

static void write_effect(const Sweep *sweep, const Removal *removal, Writer *out)
{
    write_ways(sweep, "Cut off", removal->lost, false, out);
    write_spaces(removal, out);
    write_ways(sweep, "Waits", removal->waiting, false, out);
    write_ways(sweep, "Changes", removal->changed, true, out);
    write_removal_loops(removal, out);
}

static void write_removal(const Sweep *sweep, const Removal *removal, Writer *out)
{
    g_autoptr(GString) title = g_string_new(NULL);

    append_thing(title, removal->kind, removal->object);
    if (removal->other != NULL) {
        g_string_append(title, " and ");
        append_thing(title, removal->other_kind, removal->other);
    }
    writer_put(out, "  ");
    writer_wrap(out, 2, 4, title->str);
    write_effect(sweep, removal, out);
}

/* What is down all the time, before what is taken out besides. */
static void write_base(const Sweep *sweep, Writer *out)
{
    const Removal *base = sweep->base;

    if (base == NULL)
        return;
    heading(out, "WHILE THIS IS DOWN");
    FOR_EACH(const char, name, failures_names(sweep->failures)) {
        writer_put(out, "  ");
        writer_wrap(out, 2, 4, name);
    }
    write_effect(sweep, base, out);
    if (!removal_has_effect(base))
        writer_item(out, INDENT, "Effect", "none: no way of mail hangs on it");
}

static void write_removals(const Sweep *sweep, bool critical, const char *title, Writer *out)
{
    bool begun = false;

    FOR_EACH(const Removal, removal, sweep->removals) {
        if (removal_is_critical(removal) != critical)
            continue;
        if (!begun)
            heading(out, title);
        begun = true;
        write_removal(sweep, removal, out);
    }
}

static void write_loops(const Sweep *sweep, Writer *out)
{
    if (sweep->loops->len == 0)
        return;
    heading(out, "LOOPS");
    FOR_EACH(const MessageLoop, loop, sweep->loops) {
        g_autofree char *cycle = cycle_text(loop->cycle);
        bool restricted = loop->cause == LOOP_RESTRICTION;
        g_autofree char *text = g_strdup_printf(
            "%s %s%s: mail for %s goes round: %s", restricted ? "Connector" : "While connector",
            loop->connector->object.name, restricted ? " refuses some messages" : " is down",
            loop->destination->object.name, cycle);

        writer_put(out, "  - ");
        writer_wrap(out, 4, 4, text);
    }
}

static void write_suppression(const Sweep *sweep, bool seen, Writer *out)
{
    static const char *const words[] = {
        [SUPPRESSION_NEEDLESS] = "need not be suppressed",
        [SUPPRESSION_RECOMMENDED] =
            "should be suppressed on every Exchange 2000/2003 server (LINK001); no loop was found",
        [SUPPRESSION_REQUIRED] =
            "must be suppressed on every Exchange 2000/2003 server, or mail loops (LINK001)",
    };

    writer_item(out, 0, "Link state",
                sweep->suppression == SUPPRESSION_NEEDLESS && !seen
                    ? "whether it is to be suppressed cannot be told: not everything was seen"
                    : words[sweep->suppression]);
}

static guint count_critical(const Sweep *sweep)
{
    guint count = 0;

    FOR_EACH(const Removal, removal, sweep->removals)
        count += removal->other == NULL && removal_is_critical(removal);
    return count;
}

static void write_tried(const Sweep *sweep, Writer *out)
{
    g_autofree char *connectors = count_of(sweep->tried[SWEEP_CONNECTOR], "connector");
    g_autofree char *servers = count_of(sweep->tried[SWEEP_SERVER], "server");
    g_autofree char *sites = count_of(sweep->tried[SWEEP_SITE], "site");
    g_autofree char *links = count_of(sweep->tried[SWEEP_LINK], "site link");
    g_autofree char *pairs = count_of(sweep->pairs, "pair");
    g_autofree char *text = g_strdup_printf("%s, %s, %s and %s, one at a time%s%s", connectors,
                                            servers, sites, links, sweep->pairs > 0 ? ", and " : "",
                                            sweep->pairs > 0 ? pairs : "");

    writer_item(out, 0, "Taken out", text);
}

static void write_result(const Sweep *sweep, Writer *out)
{
    guint critical = count_critical(sweep);
    g_autofree char *loops = count_of(sweep->loops->len, "loop");
    g_autofree char *text = g_strdup_printf("%u single %s of failure, %s", critical,
                                            critical == 1 ? "point" : "points", loops);

    writer_item(out, 0, "Result", text);
}

/* Where there is no organisation, silence about it would sound like praise. */
static void write_summary(const Sweep *sweep, const GPtrArray *unseen, Writer *out)
{
    g_autofree char *down = failures_text(sweep->failures);

    write_tried(sweep, out);
    if (*down != '\0')
        writer_item(out, 0, "Down", down);
    if (sweep->topology->organization == NULL)
        writer_item(out, 0, "Exchange", "no Exchange organisation found in what was read");
    write_result(sweep, out);
    if (sweep->topology->organization != NULL)
        write_suppression(sweep, unseen->len == 0, out);
    FOR_EACH(const char, gap, unseen)
        writer_item(out, 0, "Not seen", gap);
}

void sweep_write_text(const Sweep *sweep, const GPtrArray *unseen, Writer *out)
{
    out->label_width = LABEL_WIDTH;
    write_summary(sweep, unseen, out);
    write_base(sweep, out);
    if (sweep->apart->len > 0) {
        heading(out, "NO WAY EVEN NOW");
        write_ways(sweep, "Apart", sweep->apart, false, out);
    }
    write_removals(sweep, true,
                   sweep->base == NULL ? "WHEN THIS GOES, SOMETHING IS CUT OFF"
                                       : "WHEN THIS GOES TOO, SOMETHING MORE IS CUT OFF",
                   out);
    write_removals(sweep, false,
                   sweep->base == NULL ? "WHEN THIS GOES, MAIL WAITS OR TAKES ANOTHER WAY"
                                       : "WHEN THIS GOES TOO, MORE MAIL WAITS OR TAKES ANOTHER WAY",
                   out);
    write_loops(sweep, out);
}
