/*
 * Counting paths without walking them. A tree lists the sites it reaches, each behind those on the
 * way to it. From the last to the first, every site hands the number of ends at and behind it to
 * the site before it, and so each link learns how many paths use it; from the first to the last,
 * what holds for the way to a site is handed on to those behind it. Both take one look at every
 * site, however many paths cross it.
 */
#include "routing/site-traffic.h"

#include "routing/site-graph.h"

#include <string.h>

/* By rank: what is known of the sites of one tree. */
typedef struct Mark {
    bool end;     /* one of the sites asked about */
    bool hub;     /* one of those between which the longest path is sought */
    bool changed; /* the way to it is not that by the directory's costs */
    bool tied;    /* there is another way to it that costs the same */
    guint behind; /* ends at the site and behind it, while they are counted */
} Mark;

/* What a link of several sites has to offer in one tree. */
typedef struct Offer {
    guint64 cost; /* the least of a member, or UNREACHED */
    guint member; /* the first that has it */
    guint count;  /* how many have it */
} Offer;

/* The work; counts are by place of the link in the graph and by rank until the end. */
typedef struct Survey {
    SiteTraffic *traffic;
    const SiteGraph *graph;
    SiteTree *tree;
    SiteTree *plain; /* by the directory's costs; NULL where they are the same */
    Mark *marks;
    Offer *offers; /* by link */
    guint *by_link;
    guint *changed_by_link;
    guint *through;
} Survey;

/* --- links and sites on the way ----------------------------------------------------------- */

/* Hands the ends that are counted in the marks down to the source of a tree. `through` may be
 * NULL. */
static void count_down(const SiteTree *tree, Mark *marks, guint *by_link, guint *through)
{
    for (guint i = tree->reached; i-- > 1;) {
        guint rank = tree->order[i];
        const Reach *reach = &tree->reaches[rank];
        guint behind = marks[rank].behind;

        if (behind == 0)
            continue;
        by_link[reach->link] += behind;
        marks[reach->parent].behind += behind;
        if (through != NULL)
            through[rank] += behind - (marks[rank].end ? 1 : 0);
    }
}

static void count_ends(Survey *survey, bool changed_only)
{
    for (guint rank = 0; rank < survey->graph->site_count; rank++) {
        Mark *mark = &survey->marks[rank];

        mark->behind = mark->end && (mark->changed || !changed_only);
    }
}

/* Whether the way to any end is another one by the directory's costs. */
static bool mark_changed(Survey *survey)
{
    const SiteTree *tree = survey->tree;
    bool any = false;

    survey->marks[tree->source].changed = false;
    for (guint i = 1; i < tree->reached; i++) {
        guint rank = tree->order[i];
        const Reach *reach = &tree->reaches[rank];
        const Reach *plain = &survey->plain->reaches[rank];
        Mark *mark = &survey->marks[rank];

        mark->changed = reach->parent != plain->parent || reach->link != plain->link ||
                        survey->marks[reach->parent].changed;
        any |= mark->changed && mark->end;
    }
    return any;
}

static void count_changes(Survey *survey)
{
    if (survey->plain == NULL || !mark_changed(survey))
        return;
    count_ends(survey, true);
    count_down(survey->tree, survey->marks, survey->changed_by_link, NULL);
    count_ends(survey, true);
    count_down(survey->plain, survey->marks, survey->changed_by_link, NULL);
}

/* --- ties --------------------------------------------------------------------------------- */

static Offer link_offer(const SiteTree *tree, guint link)
{
    const SiteGraph *graph = tree->graph;
    Offer offer = {.cost = UNREACHED};

    for (guint i = graph->member_starts[link]; i < graph->member_starts[link + 1]; i++) {
        guint64 cost = tree->reaches[graph->members[i]].cost;

        if (cost < offer.cost)
            offer = (Offer){.cost = cost, .member = graph->members[i]};
        offer.count += cost == offer.cost;
    }
    return offer;
}

/* A link of two is judged where it is met. */
static void weigh_links(Survey *survey)
{
    const SiteGraph *graph = survey->graph;

    for (guint link = 0; link < graph->link_count; link++)
        if (graph->member_starts[link + 1] - graph->member_starts[link] > 2)
            survey->offers[link] = link_offer(survey->tree, link);
}

/* Whether an arc of a site leads to a neighbour, not the one before it, through which it is reached
 * at its least cost as well. Costs are at least 1, so of its own links it is never the nearest. */
static bool is_other_way(const Survey *survey, const Reach *reach, const SiteArc *arc)
{
    const Offer *offer = &survey->offers[arc->link];

    if (arc->beyond != SEVERAL)
        return arc->beyond != reach->parent &&
               survey->tree->reaches[arc->beyond].cost + arc->cost == reach->cost;
    return offer->cost + arc->cost == reach->cost &&
           (offer->count > 1 || offer->member != reach->parent);
}

static bool has_other_way(const Survey *survey, guint rank)
{
    const SiteGraph *graph = survey->graph;
    const Reach *reach = &survey->tree->reaches[rank];

    for (guint i = graph->arc_starts[rank]; i < graph->arc_starts[rank + 1]; i++)
        if (is_other_way(survey, reach, &graph->arcs[i]))
            return true;
    return false;
}

static bool comes_before(const Site *site, const Site *other)
{
    return other == NULL || site->object.number < other->object.number;
}

/* Expects the ends behind each site to have been counted: no other site is looked at. */
static void count_ties(Survey *survey, const Site *from)
{
    SiteTraffic *traffic = survey->traffic;
    const SiteTree *tree = survey->tree;

    weigh_links(survey);
    survey->marks[tree->source].tied = false;
    for (guint i = 1; i < tree->reached; i++) {
        guint rank = tree->order[i];
        Mark *mark = &survey->marks[rank];

        if (mark->behind == 0)
            continue;
        mark->tied = survey->marks[tree->reaches[rank].parent].tied || has_other_way(survey, rank);
        if (!mark->tied || !mark->end)
            continue;
        traffic->tied++;
        if (traffic->tied_from == NULL)
            traffic->tied_from = from;
        if (traffic->tied_from == from &&
            comes_before(survey->graph->sites[rank], traffic->tied_to))
            traffic->tied_to = survey->graph->sites[rank];
    }
}

/* --- the longest path --------------------------------------------------------------------- */

static void seek_farthest(Survey *survey, const Site *from)
{
    SiteTraffic *traffic = survey->traffic;
    const SiteTree *tree = survey->tree;
    const Site *found = NULL;
    guint64 cost = 0;

    if (!survey->marks[tree->source].hub)
        return;
    for (guint i = tree->reached; i-- > 1;) {
        const Reach *reach = &tree->reaches[tree->order[i]];
        const Site *site = survey->graph->sites[tree->order[i]];

        if (found != NULL && reach->cost < cost)
            break;
        if (!survey->marks[tree->order[i]].hub || !comes_before(site, found))
            continue;
        found = site;
        cost = reach->cost;
    }
    if (found == NULL || (traffic->far_from != NULL && cost <= traffic->far_cost))
        return;
    traffic->far_from = from;
    traffic->far_to = found;
    traffic->far_cost = cost;
}

/* --- all trees ---------------------------------------------------------------------------- */

static void survey_tree(Survey *survey, const Site *from)
{
    Mark *own = &survey->marks[survey->tree->source];

    own->end = false;
    count_ends(survey, false);
    count_down(survey->tree, survey->marks, survey->by_link, survey->through);
    count_ties(survey, from);
    count_changes(survey);
    seek_farthest(survey, from);
    own->end = true;
}

static Mark *mark_of(Survey *survey, const Site *site)
{
    return &survey->marks[survey->graph->ranks[site->object.number]];
}

static void survey_all(Survey *survey, const SiteGraph *plain, const GPtrArray *sites,
                       const GPtrArray *hubs)
{
    survey->tree = site_tree_new(survey->graph, sites->pdata[0]);
    if (plain != NULL)
        survey->plain = site_tree_new(plain, sites->pdata[0]);
    FOR_EACH(const Site, site, sites)
        mark_of(survey, site)->end = true;
    FOR_EACH(const Site, site, hubs)
        mark_of(survey, site)->hub = true;
    FOR_EACH(const Site, from, sites) {
        site_tree_move(survey->tree, from);
        if (plain != NULL)
            site_tree_move(survey->plain, from);
        survey_tree(survey, from);
    }
    site_tree_free(survey->tree);
    site_tree_free(survey->plain);
}

/* From places in the graph to numbers in the topology. */
static void publish(const Survey *survey)
{
    const SiteGraph *graph = survey->graph;
    SiteTraffic *traffic = survey->traffic;

    for (guint i = 0; i < graph->link_count; i++) {
        guint number = graph->links[i]->object.number;

        traffic->by_link[number] = survey->by_link[i];
        traffic->changed_by_link[number] = survey->changed_by_link[i];
    }
    for (guint rank = 0; rank < graph->site_count; rank++)
        traffic->through_site[graph->sites[rank]->object.number] = survey->through[rank];
}

static bool any_exchange_cost(const SiteGraph *graph)
{
    for (guint i = 0; i < graph->link_count; i++)
        if (graph->links[i]->exchange_cost.present)
            return true;
    return false;
}

SiteTraffic *site_traffic_new(const Topology *topology, const SiteGraph *graph,
                              const GPtrArray *sites, const GPtrArray *hubs)
{
    SiteTraffic *traffic = g_new0(SiteTraffic, 1);
    g_autoptr(SiteGraph) plain = NULL;
    g_autofree Mark *marks = g_new0(Mark, graph->site_count);
    g_autofree Offer *offers = g_new0(Offer, graph->link_count);
    g_autofree guint *by_link = g_new0(guint, graph->link_count);
    g_autofree guint *changed_by_link = g_new0(guint, graph->link_count);
    g_autofree guint *through = g_new0(guint, graph->site_count);
    Survey survey = {.traffic = traffic,
                     .graph = graph,
                     .marks = marks,
                     .offers = offers,
                     .by_link = by_link,
                     .changed_by_link = changed_by_link,
                     .through = through};

    traffic->by_link = g_new0(guint, topology->site_links->len);
    traffic->changed_by_link = g_new0(guint, topology->site_links->len);
    traffic->through_site = g_new0(guint, topology->sites->len);
    if (sites->len < 2)
        return traffic;
    if (any_exchange_cost(graph))
        plain = site_graph_new_plain(topology);
    survey_all(&survey, plain, sites, hubs);
    publish(&survey);
    return traffic;
}

void site_traffic_free(SiteTraffic *traffic)
{
    if (traffic == NULL)
        return;
    g_free(traffic->by_link);
    g_free(traffic->changed_by_link);
    g_free(traffic->through_site);
    g_free(traffic);
}
