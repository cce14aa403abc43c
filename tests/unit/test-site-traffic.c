/*
 * Paths counted all at once against paths walked one by one, on small random topologies with links
 * of several sites, parallel links and costs for Exchange. A failure names the seed.
 */
#include "routing/site-traffic.h"
#include "sketch.h"
#include "unit.h"

enum { FORESTS = 3000, PLACES = 7 };

static const char *const site_names[PLACES] = {"c", "B", "f", "A", "e", "D", "g"};

static char *random_text(GRand *random)
{
    GString *text = g_string_new(NULL);
    gint32 sites = g_rand_int_range(random, 1, PLACES + 1);

    for (gint32 i = 0; i < sites; i++)
        g_string_append_printf(text, "site %s%s\n", site_names[i],
                               g_rand_int_range(random, 0, 3) == 0 ? " bare" : "");
    for (gint32 i = g_rand_int_range(random, 0, 2 * PLACES); i > 0; i--) {
        gint32 members = g_rand_int_range(random, 0, 3) == 0 ? 4 : 2;

        g_string_append_printf(text, "link L%d %d", i, g_rand_int_range(random, 1, 4));
        if (g_rand_int_range(random, 0, 4) == 0)
            g_string_append_printf(text, " exch=%d", g_rand_int_range(random, 1, 4));
        g_string_append(text, " :");
        for (gint32 k = 0; k < members; k++)
            g_string_append_printf(text, " %s", site_names[g_rand_int_range(random, 0, sites)]);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

/* --- walking ------------------------------------------------------------------------------ */

/* Whether a site can be come to at its least cost from another site than the one before it. */
static bool has_other_parent(const SiteTree *tree, const SiteHop *hop)
{
    FOR_EACH(const SiteLink, link, hop->to->links)
        FOR_EACH(const Site, site, link->sites)
            if (site != hop->from && site != hop->to &&
                site_tree_cost(tree, site) + site_path_link_cost(link) ==
                    site_tree_cost(tree, hop->to))
                return true;
    return false;
}

static bool is_same_path(const GArray *a, const GArray *b)
{
    if (a->len != b->len)
        return false;
    for (guint i = 0; i < a->len; i++)
        if (g_array_index(a, SiteHop, i).to != g_array_index(b, SiteHop, i).to ||
            g_array_index(a, SiteHop, i).link != g_array_index(b, SiteHop, i).link)
            return false;
    return true;
}

static void add_links(const GArray *path, guint *counts)
{
    for (guint i = 0; i < path->len; i++)
        counts[g_array_index(path, SiteHop, i).link->object.number]++;
}

static bool is_among(const GPtrArray *sites, const Site *site)
{
    return g_ptr_array_find((GPtrArray *)(uintptr_t)sites, site, NULL);
}

static void count_path(SiteTraffic *traffic, const SiteTree *tree, const SiteTree *plain,
                       const Site *to, const GPtrArray *hubs)
{
    g_autoptr(GArray) path = site_tree_path(tree, to);
    g_autoptr(GArray) other = site_tree_path(plain, to);
    bool tied = false;

    add_links(path, traffic->by_link);
    for (guint i = 0; i < path->len; i++) {
        const SiteHop *hop = &g_array_index(path, SiteHop, i);

        tied |= has_other_parent(tree, hop);
        if (hop->to != to)
            traffic->through_site[hop->to->object.number]++;
    }
    if (tied && traffic->tied++ == 0) {
        traffic->tied_from = site_tree_source(tree);
        traffic->tied_to = to;
    }
    if (!is_same_path(path, other)) {
        add_links(path, traffic->changed_by_link);
        add_links(other, traffic->changed_by_link);
    }
    if (is_among(hubs, site_tree_source(tree)) && is_among(hubs, to) &&
        (traffic->far_from == NULL || site_tree_cost(tree, to) > traffic->far_cost)) {
        traffic->far_from = site_tree_source(tree);
        traffic->far_to = to;
        traffic->far_cost = site_tree_cost(tree, to);
    }
}

static SiteTraffic *walk_all(const Topology *topology, const SiteGraph *graph,
                             const GPtrArray *ends, const GPtrArray *hubs)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    SiteTraffic *traffic = site_traffic_new(topology, graph, none, none);
    g_autoptr(SiteGraph) plain_graph = site_graph_new_plain(topology);

    FOR_EACH(const Site, from, ends) {
        g_autoptr(SiteTree) tree = site_tree_new(graph, from);
        g_autoptr(SiteTree) plain = site_tree_new(plain_graph, from);

        FOR_EACH(const Site, to, ends)
            if (to != from && site_tree_reaches(tree, to))
                count_path(traffic, tree, plain, to, hubs);
    }
    return traffic;
}

/* --- comparing ---------------------------------------------------------------------------- */

static void compare(const Topology *topology, const SiteTraffic *got, const SiteTraffic *wanted,
                    guint seed)
{
    FOR_EACH(const SiteLink, link, topology->site_links) {
        guint number = link->object.number;

        ck_assert_msg(got->by_link[number] == wanted->by_link[number], "seed %u: %s", seed,
                      link->object.name);
        ck_assert_msg(got->changed_by_link[number] == wanted->changed_by_link[number],
                      "seed %u: %s, changed", seed, link->object.name);
    }
    FOR_EACH(const Site, site, topology->sites)
        ck_assert_msg(got->through_site[site->object.number] ==
                          wanted->through_site[site->object.number],
                      "seed %u: %s", seed, site->object.name);
    ck_assert_msg(got->tied == wanted->tied, "seed %u: %u ties, not %u", seed, got->tied,
                  wanted->tied);
    ck_assert_msg(got->tied_from == wanted->tied_from && got->tied_to == wanted->tied_to,
                  "seed %u: the first tie", seed);
    ck_assert_msg(got->far_from == wanted->far_from && got->far_to == wanted->far_to &&
                      got->far_cost == wanted->far_cost,
                  "seed %u: the longest path", seed);
}

static void check_forest(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autofree char *text = random_text(random);
    Topology *topology = sketch_parse(text);
    SiteGraph *graph = site_graph_new(topology);
    g_autoptr(GPtrArray) ends = g_ptr_array_new();
    g_autoptr(GPtrArray) hubs = g_ptr_array_new();
    SiteTraffic *got;
    SiteTraffic *wanted;

    FOR_EACH(Site, site, topology->sites)
        if (site->servers->len > 0)
            g_ptr_array_add(ends, site);
    FOR_EACH(Site, end, ends)
        if (g_rand_int_range(random, 0, 3) > 0)
            g_ptr_array_add(hubs, end);
    got = site_traffic_new(topology, graph, ends, hubs);
    wanted = walk_all(topology, graph, ends, hubs);
    compare(topology, got, wanted, seed);
    site_traffic_free(got);
    site_traffic_free(wanted);
    site_graph_free(graph);
    topology_free(topology);
}

START_TEST(counting_agrees_with_walking)
{
    for (guint seed = 1; seed <= FORESTS; seed++)
        check_forest(seed);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("site-traffic");
    TCase *tests = tcase_create("site-traffic");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, counting_agrees_with_walking);
    suite_add_tcase(suite, tests);
    return suite;
}
