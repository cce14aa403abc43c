/*
 * LINK, second part: mail that goes round because Exchange 2007 does not hear what Exchange 2003
 * knows, and groups that stop hearing of each other because it stands between them.
 */
#include "rules/link-loops.h"

#include "routing/link-state.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- LINK006 ------------------------------------------------------------------------------ */

static char *cycle_text(const MessageLoop *loop)
{
    const GroupEdge *edge = g_ptr_array_index(loop->cycle, 0);
    GString *text = g_string_new(edge->from->object.name);

    for (guint i = 0; i < loop->cycle->len; i++) {
        edge = g_ptr_array_index(loop->cycle, i);
        g_string_append_printf(text, " -[%s, cost %u]-> %s", edge->connector->object.name,
                               edge->cost, edge->to->object.name);
    }
    return g_string_free(text, FALSE);
}

static void advise_on_restriction(Finding *finding, const MessageLoop *loop)
{
    finding_advise(
        finding,
        "Suppressing link state does not help here: take the restriction (%s) off \"%s\", "
        "or raise the cost of the connectors to Exchange 2007 until its own way to "
        "\"%s\" avoids it.",
        attribute_table[loop->restriction].name, loop->connector->object.name,
        loop->destination->object.name);
}

/* One finding for all destinations that loop for the same cause. */
static void raise_loop(Check *check, const MessageLoop *loop, guint destinations)
{
    bool restricted = loop->cause == LOOP_RESTRICTION;
    g_autofree char *cycle = cycle_text(loop);
    g_autofree char *more = count_of(destinations - 1, "further routing group");
    Finding *finding = check_raise(
        check, SEVERITY_WARNING, &loop->connector->object, "Mail for \"%s\"%s%s %s \"%s\" %s: %s",
        loop->destination->object.name, destinations > 1 ? " and " : "",
        destinations > 1 ? more : "", restricted ? "that" : "goes round while connector",
        loop->connector->object.name, restricted ? "refuses goes round" : "is down", cycle);

    if (restricted) {
        finding_cite(finding, &loop->connector->object, loop->restriction, NULL);
        advise_on_restriction(finding, loop);
    } else {
        finding_cite_object(finding, &loop->connector->object);
    }
    FOR_EACH(const GroupEdge, edge, loop->cycle) {
        finding_cite(finding, &edge->connector->object, ATTR_cost, NULL);
        finding_relate(finding, &edge->connector->object);
    }
    finding_relate(finding, &loop->destination->object);
}

static bool same_loss(const MessageLoop *a, const MessageLoop *b)
{
    return a->connector == b->connector && a->cause == b->cause;
}

/* How many destinations the loss at `from`, and those after it, keep mail from. Loops come
 * destination by destination, one for each of the equal connectors that lead towards it. */
static guint count_destinations(const GPtrArray *loops, guint from)
{
    const RoutingGroup *counted = NULL;
    guint destinations = 0;

    for (guint i = from; i < loops->len; i++) {
        const MessageLoop *loop = loops->pdata[i];

        if (!same_loss(loops->pdata[from], loop) || loop->destination == counted)
            continue;
        counted = loop->destination;
        destinations++;
    }
    return destinations;
}

static void check_loops(Check *check)
{
    g_autoptr(GPtrArray) loops = NULL;

    if (nothing_to_join(check))
        return;
    loops = message_loops(check_group_net(check), false);
    for (guint i = 0; i < loops->len; i++) {
        const MessageLoop *loop = loops->pdata[i];
        bool first = true;

        for (guint j = 0; j < i && first; j++)
            first = !same_loss(loop, loops->pdata[j]);
        if (first)
            raise_loop(check, loop, count_destinations(loops, i));
    }
    if (loops->len == 0 && unseen_connectors(check_topology(check)) != NULL)
        check_not_assessed(check, 0, "%s", unseen_connectors(check_topology(check)));
}

const Rule LINK006 = {
    .id = "LINK006",
    .slug = "message-loop-on-failure",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "Mail goes round when a connector fails",
    .condition =
        "Exchange 2007 sends mail for a routing group by its least-cost connectors; the first "
        "group "
        "on that way, when one connector further on is lost, has its own least-cost way through "
        "Exchange 2007. The finding names the connector, a destination and the cycle. The same is "
        "tried for connectors that refuse some messages (schedule, senders, priority), which "
        "Exchange 2007 does not see. Whether link state is suppressed the directory does not show.",
    .why = "Exchange 2003 hears that the connector is down and turns to Exchange 2007, which does "
           "not hear of it and sends the message back where it came from, until its hop count is "
           "used up and the sender gets it back.",
    .remedy =
        "Suppress minor link state changes on every Exchange 2000/2003 server (LINK001 tells how); "
        "then mail waits at the connector that is down. Or change costs or connectors so that "
        "Exchange 2007 reaches all routing groups through one of them: adtopo sweep --apply tries "
        "the change.",
    .references = "TechNet aa996728; TechNet dd638103",
    .needs = connector_ways,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_loops,
};

/* --- LINK007 ------------------------------------------------------------------------------ */

static void check_islands(Check *check)
{
    const Topology *topology = check_topology(check);
    const char *unseen = unseen_connectors(topology);
    g_autoptr(GPtrArray) islands = NULL;
    g_autofree char *text = NULL;
    Finding *finding;

    if (nothing_to_join(check))
        return;
    islands = link_state_islands(check_group_net(check));
    if (islands->len < 2)
        return;
    if (unseen != NULL) {
        check_not_assessed(check, 0, "%s", unseen);
        return;
    }
    text = parts_text(islands);
    finding = check_raise(check, SEVERITY_WARNING, &topology->official_routing_group->object,
                          "Link state does not pass between %u parts of Exchange 2000/2003 that no "
                          "connector joins but over Exchange 2007: %s",
                          islands->len, text);
    finding_cite_object(finding, &topology->official_routing_group->object);
    FOR_EACH(const GPtrArray, island, islands)
        finding_relate_all(finding, island);
}

const Rule LINK007 = {
    .id = "LINK007",
    .slug = "link-state-islands",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Routing groups of Exchange 2000/2003 are cut off from each other's link state",
    .condition =
        "Without the routing group of Exchange 2007, the enabled connectors between the "
        "routing groups in which Exchange 2000/2003 servers live leave more than one part.",
    .why =
        "Exchange 2007 does not pass link state on. A new connector or a changed cost in one part "
        "never becomes known in the other, which goes on routing by what it last heard. This "
        "comes about when the routing group in the middle is removed during a migration.",
    .remedy = "Join the parts by a pair of routing group connectors of cost 100: they carry link "
              "state, and mail goes on over Exchange 2007 as long as that is cheaper. Read LINK001 "
              "first, for this makes a ring.",
    .references = "TechNet aa996728; KB 832281",
    .needs = connector_ends,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_islands,
};
