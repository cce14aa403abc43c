/*
 * Paths between Exchange sites, for the rules that ask which of them use a link, cross a site, or are
 * one of several of equal cost. One tree for each site, and a second one by the directory's costs
 * where any link has a cost for Exchange; no table of pairs is kept.
 */
#include "rules/site-ways.h"

#include "rules/facts.h"

/* The trees of one source, and what was found out about the sites in them. */
typedef struct Survey {
    SiteWays *ways;
    SiteTree *tree;
    SiteTree *plain;   /* by the directory's costs; NULL where they are the same */
    guint64 *least;    /* by link: the least cost to a member */
    guint *least_count; /* by link: how many members have it */
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

/* Whether a site can be come to at its least cost from another site than the one before it. Costs are
 * at least 1, so the site itself is never among the nearest of such a link. */
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

static bool is_tied(const Survey *survey, const GArray *path)
{
    for (guint i = 0; i < path->len; i++)
        if (has_other_parent(survey, &g_array_index(path, SiteHop, i)))
            return true;
    return false;
}

/* --- counting ----------------------------------------------------------------------------- */

static bool same_path(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return false;
    for (guint i = 0; i < a->len; i++)
        if (g_array_index(a, SiteHop, i).to != g_array_index(b, SiteHop, i).to ||
            g_array_index(a, SiteHop, i).link != g_array_index(b, SiteHop, i).link)
            return false;
    return true;
}

static void count_links(const GArray *path, guint *counts)
{
    for (guint i = 0; i < path->len; i++)
        counts[g_array_index(path, SiteHop, i).link->object.number]++;
}

static void count_changes(Survey *survey, const GArray *path, const Site *to)
{
    g_autoptr(GArray) plain = NULL;

    if (survey->plain == NULL)
        return;
    plain = site_tree_path(survey->plain, to);
    if (same_path(path, plain))
        return;
    count_links(path, survey->ways->changed_by_link);
    count_links(plain, survey->ways->changed_by_link);
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
    g_autoptr(GArray) path = site_tree_path(survey->tree, to);

    if (path == NULL)
        return;
    count_links(path, ways->by_link);
    for (guint i = 1; i < path->len; i++)
        ways->through_site[g_array_index(path, SiteHop, i).from->object.number]++;
    count_changes(survey, path, to);
    if (is_tied(survey, path))
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
    Survey survey = {.ways = ways, .least = least, .least_count = least_count};

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
