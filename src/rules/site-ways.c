/*
 * Paths between Exchange sites, for the rules that ask which of them use a link, cross a site, or
 * are one of several of equal cost. One tree for each site, and a second one by the directory's
 * costs where any link has a cost for Exchange; no table of pairs is kept.
 */
#include "rules/site-ways.h"

#include "rules/facts.h"

#include <string.h>

enum { TIE_UNKNOWN, TIE_NO, TIE_YES };

/* The trees of one source, and what was found out about the sites in them. */
typedef struct Survey {
    SiteWays *ways;
    SiteTree *tree;
    SiteTree *plain;    /* by the directory's costs; NULL where they are the same */
    guint64 *least;     /* by link: the least cost to a member */
    guint *least_count; /* by link: how many members have it */
    guint8 *ties;       /* by site: TIE_… */
} Survey;

/* --- ties --------------------------------------------------------------------------------- */

/* What each link has to offer in this tree. */
static void weigh_links(Survey *survey)
{
    FOR_EACH(const SiteLink, link, survey->ways->topology->site_links) {
        guint64 least = G_MAXUINT64;
        guint count = 0;

        FOR_EACH(const Site, site, link->ip ? link->sites : NULL) {
            guint64 cost;

            if (!site_tree_reaches(survey->tree, site))
                continue;
            cost = site_tree_cost(survey->tree, site);
            count = cost < least ? 1 : count + (cost == least);
            least = MIN(cost, least);
        }
        survey->least[link->object.number] = least;
        survey->least_count[link->object.number] = count;
    }
}

/* Whether a site can be come to at its least cost from another site than the one before it. Costs
 * are at least 1, so the site itself is never among the nearest of such a link. */
static bool has_other_parent(const Survey *survey, const SiteHop *hop)
{
    guint64 cost = site_tree_cost(survey->tree, hop->to);

    FOR_EACH(const SiteLink, link, hop->to->links) {
        guint64 least = survey->least[link->object.number];

        if (!link->ip || least == G_MAXUINT64 || least + site_path_link_cost(link) != cost)
            continue;
        if (survey->least_count[link->object.number] > 1 ||
            !g_ptr_array_find(link->sites, hop->from, NULL) ||
            site_tree_cost(survey->tree, hop->from) != least)
            return true;
    }
    return false;
}

/* Whether any step on the path to a site could be another one. What was found out holds for every
 * site on the way back, and is told of each once a tree. */
static bool is_tied(Survey *survey, const Site *to)
{
    const Site *at = to;
    guint8 verdict = TIE_UNKNOWN;
    SiteHop hop;

    while (verdict == TIE_UNKNOWN) {
        verdict = survey->ties[at->object.number];
        if (verdict != TIE_UNKNOWN)
            break;
        if (!site_tree_last_hop(survey->tree, at, &hop))
            verdict = TIE_NO;
        else if (has_other_parent(survey, &hop))
            verdict = TIE_YES;
        else
            at = hop.from;
    }
    survey->ties[at->object.number] = verdict;
    for (const Site *known = at; to != known && site_tree_last_hop(survey->tree, to, &hop);
         to = hop.from)
        survey->ties[to->object.number] = verdict;
    return verdict == TIE_YES;
}

/* --- counting ----------------------------------------------------------------------------- */

static bool same_path(const SiteTree *a, const SiteTree *b, const Site *to)
{
    SiteHop left;
    SiteHop right;

    for (const Site *at = to; site_tree_last_hop(a, at, &left); at = left.from)
        if (!site_tree_last_hop(b, at, &right) || left.from != right.from ||
            left.link != right.link)
            return false;
    return true;
}

static void count_links(const SiteTree *tree, const Site *to, guint *counts)
{
    SiteHop hop;

    for (const Site *at = to; site_tree_last_hop(tree, at, &hop); at = hop.from)
        counts[hop.link->object.number]++;
}

static void count_crossed(const SiteTree *tree, const Site *to, guint *counts)
{
    SiteHop hop;

    for (const Site *at = to; site_tree_last_hop(tree, at, &hop); at = hop.from)
        if (at != to)
            counts[at->object.number]++;
}

static void count_changes(const Survey *survey, const Site *to)
{
    guint *counts = survey->ways->changed_by_link;

    if (survey->plain == NULL || same_path(survey->tree, survey->plain, to))
        return;
    count_links(survey->tree, to, counts);
    count_links(survey->plain, to, counts);
}

static void count_tie(SiteWays *ways, const Site *from, const Site *to)
{
    if (ways->tied++ > 0)
        return;
    ways->tied_from = from;
    ways->tied_to = to;
}

static void count_pair(Survey *survey, const Site *from, const Site *to)
{
    SiteWays *ways = survey->ways;

    if (!site_tree_reaches(survey->tree, to))
        return;
    count_links(survey->tree, to, ways->by_link);
    count_crossed(survey->tree, to, ways->through_site);
    count_changes(survey, to);
    if (is_tied(survey, to))
        count_tie(ways, from, to);
    if (ways->far_from != NULL && site_tree_cost(survey->tree, to) <= ways->far_cost)
        return;
    ways->far_from = from;
    ways->far_to = to;
    ways->far_cost = site_tree_cost(survey->tree, to);
}

static bool any_exchange_cost(const Topology *topology)
{
    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->ip && link->exchange_cost.present)
            return true;
    return false;
}

static void survey_all(Survey *survey, const SiteGraph *plain)
{
    const GPtrArray *sites = survey->ways->sites;

    survey->tree = site_tree_new(survey->ways->graph, sites->pdata[0]);
    if (plain != NULL)
        survey->plain = site_tree_new(plain, sites->pdata[0]);
    FOR_EACH(const Site, from, sites) {
        site_tree_move(survey->tree, from);
        if (plain != NULL)
            site_tree_move(survey->plain, from);
        weigh_links(survey);
        memset(survey->ties, TIE_UNKNOWN, survey->ways->topology->sites->len);
        FOR_EACH(const Site, to, sites)
            if (to != from)
                count_pair(survey, from, to);
    }
    site_tree_free(survey->tree);
    site_tree_free(survey->plain);
}

SiteWays *site_ways_new(const Topology *topology)
{
    SiteWays *ways = g_new0(SiteWays, 1);
    g_autoptr(SiteGraph) plain = NULL;
    g_autofree guint64 *least = g_new0(guint64, topology->site_links->len + 1);
    g_autofree guint *least_count = g_new0(guint, topology->site_links->len + 1);
    g_autofree guint8 *ties = g_new0(guint8, topology->sites->len + 1);
    Survey survey = {.ways = ways, .least = least, .least_count = least_count, .ties = ties};

    ways->topology = topology;
    ways->sites = sites_with(topology, server_moves_mail);
    ways->by_link = g_new0(guint, topology->site_links->len + 1);
    ways->changed_by_link = g_new0(guint, topology->site_links->len + 1);
    ways->through_site = g_new0(guint, topology->sites->len + 1);
    ways->graph = site_graph_new(topology);
    if (ways->sites->len < 2)
        return ways;
    if (any_exchange_cost(topology))
        plain = site_graph_new_plain(topology);
    survey_all(&survey, plain);
    return ways;
}

void site_ways_free(SiteWays *ways)
{
    if (ways == NULL)
        return;
    g_ptr_array_unref(ways->sites);
    g_free(ways->by_link);
    g_free(ways->changed_by_link);
    g_free(ways->through_site);
    site_graph_free(ways->graph);
    g_free(ways);
}

char *site_ways_path_text(const SiteWays *ways, const Site *from, const Site *to)
{
    g_autoptr(SiteTree) tree = site_tree_new(ways->graph, from);
    g_autoptr(GArray) path = site_tree_path(tree, to);
    GString *text;

    if (path == NULL)
        return NULL;
    text = g_string_new(from->object.name);
    for (guint i = 0; i < path->len; i++)
        g_string_append_printf(text, " > %s", g_array_index(path, SiteHop, i).to->object.name);
    return g_string_free(text, FALSE);
}
