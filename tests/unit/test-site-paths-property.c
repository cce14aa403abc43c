/*
 * Paths between sites against enumeration: on small random topologies with many ties, every path is
 * written down and the rules are applied to the list word by word. A failure names the seed, which
 * alone makes the topology.
 */
#include "routing/connections.h"
#include "routing/names.h"
#include "routing/route.h"
#include "routing/site-choice.h"
#include "sketch.h"
#include "unit.h"

#include <string.h>

enum { PLACES = 7, FORESTS = 10000, CHAINS = 5000 };

/* A path in the enumeration: numbers of its places in the topology. */
typedef struct Path {
    guint8 places[PLACES + 1];
    guint length; /* places */
    guint cost;
} Path;

/* --- sites: the topology ------------------------------------------------------------------ */

/* Letters of both cases, so that neither bytes nor the order of reading are the order of names. */
static const char *const site_names[PLACES] = {"c", "B", "f", "A", "e", "D", "g"};

static char *random_sites(GRand *random, guint count)
{
    GString *text = g_string_new(NULL);
    guint links = (guint)g_rand_int_range(random, 1, 2 * PLACES);

    for (guint i = 0; i < count; i++)
        g_string_append_printf(text, "site %s bare\n", site_names[i]);
    for (guint i = 0; i < links; i++) {
        guint members = g_rand_int_range(random, 0, 4) == 0 ? 4 : 2;

        g_string_append_printf(text, "link L%u %d :", i, g_rand_int_range(random, 1, 4));
        for (guint k = 0; k < members; k++)
            g_string_append_printf(text, " %s",
                                   site_names[g_rand_int_range(random, 0, (gint32)count)]);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

/* --- sites: all paths --------------------------------------------------------------------- */

typedef struct Enumeration {
    guint count;
    guint costs[PLACES][PLACES]; /* 0: not joined */
    guint to;
    GArray *paths; /* of Path, all of them */
} Enumeration;

static void join(Enumeration *all, const SiteLink *link)
{
    guint cost = (guint)site_link_cost(link);

    FOR_EACH(const Site, a, link->sites)
        FOR_EACH(const Site, b, link->sites) {
            guint *known = &all->costs[a->object.number][b->object.number];

            if (a != b && (*known == 0 || cost < *known))
                *known = cost;
        }
}

static bool holds(const Path *path, guint place)
{
    return memchr(path->places, (int)place, path->length) != NULL;
}

static void enumerate(Enumeration *all, Path path)
{
    guint last = path.places[path.length - 1];

    if (last == all->to) {
        g_array_append_val(all->paths, path);
        return;
    }
    for (guint next = 0; next < all->count; next++) {
        Path longer = path;

        if (all->costs[last][next] == 0 || holds(&path, next))
            continue;
        longer.places[longer.length++] = (guint8)next;
        longer.cost += all->costs[last][next];
        enumerate(all, longer);
    }
}

/* The rules of site paths: cost, links, then names from the destination backwards. */
static gint compare_paths(gconstpointer a, gconstpointer b, gpointer data)
{
    const Topology *topology = data;
    const Path *left = a;
    const Path *right = b;

    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    if (left->length != right->length)
        return left->length < right->length ? -1 : 1;
    for (guint i = left->length; i-- > 0;) {
        const Site *ours = topology->sites->pdata[left->places[i]];
        const Site *theirs = topology->sites->pdata[right->places[i]];
        int order = name_order(ours->object.name, theirs->object.name);

        if (order != 0)
            return order;
    }
    return 0;
}

/* --- sites: comparing --------------------------------------------------------------------- */

static bool is_path(const GArray *hops, const Path *path)
{
    if (hops->len + 1 != path->length)
        return false;
    for (guint i = 0; i < hops->len; i++) {
        const SiteHop *hop = &g_array_index(hops, SiteHop, i);

        if (hop->from->object.number != path->places[i] ||
            hop->to->object.number != path->places[i + 1] ||
            !g_ptr_array_find(hop->link->sites, hop->from, NULL) ||
            !g_ptr_array_find(hop->link->sites, hop->to, NULL))
            return false;
    }
    return true;
}

static guint path_cost(const GArray *hops)
{
    guint cost = 0;

    for (guint i = 0; i < hops->len; i++)
        cost += (guint)site_link_cost(g_array_index(hops, SiteHop, i).link);
    return cost;
}

static Criterion expected_criterion(const Path *best, const Path *second)
{
    if (second->cost != best->cost)
        return DECIDED_COST;
    return second->length != best->length ? DECIDED_HOPS : DECIDED_NAME;
}

/* Any path that is listed, and not the best, and as long as the second. */
static bool is_a_second(const GArray *hops, const GArray *paths)
{
    const Path *second = &g_array_index(paths, Path, 1);

    for (guint i = 1; i < paths->len; i++) {
        const Path *path = &g_array_index(paths, Path, i);

        if (path->cost == second->cost && path->length == second->length && is_path(hops, path))
            return true;
    }
    return false;
}

static void check_runner_up(const SiteTree *tree, const Site *to, const GArray *paths, guint seed)
{
    g_autoptr(SiteRunnerUp) runner_up = site_runner_up(tree, to);
    const Path *best = &g_array_index(paths, Path, 0);
    const Path *second;

    if (paths->len == 1) {
        ck_assert_msg(runner_up->criterion == DECIDED_ONLY, "seed %u", seed);
        return;
    }
    second = &g_array_index(paths, Path, 1);
    ck_assert_msg(runner_up->criterion == expected_criterion(best, second), "seed %u: %s", seed,
                  criterion_name(runner_up->criterion));
    ck_assert_msg(runner_up->cost == second->cost && path_cost(runner_up->hops) == second->cost,
                  "seed %u", seed);
    if (runner_up->criterion == DECIDED_NAME)
        ck_assert_msg(is_path(runner_up->hops, second), "seed %u", seed);
    else
        ck_assert_msg(is_a_second(runner_up->hops, paths), "seed %u", seed);
}

static void check_pair(Enumeration *all, const Topology *topology, const SiteTree *tree, guint seed)
{
    const Site *to = topology->sites->pdata[all->to];
    Path start = {.places = {(guint8)site_tree_source(tree)->object.number}, .length = 1};
    g_autoptr(GArray) hops = site_tree_path(tree, to);
    const Path *best;

    g_array_set_size(all->paths, 0);
    enumerate(all, start);
    g_array_sort_with_data(all->paths, compare_paths, (gpointer)(guintptr)topology);
    ck_assert_msg((all->paths->len > 0) == site_tree_reaches(tree, to), "seed %u", seed);
    if (all->paths->len == 0)
        return;
    best = &g_array_index(all->paths, Path, 0);
    ck_assert_msg(is_path(hops, best), "seed %u: %s to %s", seed,
                  site_tree_source(tree)->object.name, to->object.name);
    ck_assert_msg(site_tree_cost(tree, to) == best->cost && path_cost(hops) == best->cost,
                  "seed %u", seed);
    ck_assert_msg(site_tree_hops(tree, to) == best->length - 1, "seed %u", seed);
    if (best->length > 1)
        check_runner_up(tree, to, all->paths, seed);
}

static void check_sites(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint count = (guint)g_rand_int_range(random, 2, PLACES + 1);
    g_autofree char *text = random_sites(random, count);
    Topology *topology = sketch_parse(text);
    g_autoptr(GArray) paths = g_array_new(FALSE, FALSE, sizeof(Path));
    Enumeration all = {.count = count, .paths = paths};
    SiteGraph *graph = site_graph_new(topology);
    SiteTree *tree = site_tree_new(graph, topology->sites->pdata[0]);

    FOR_EACH(const SiteLink, link, topology->site_links)
        join(&all, link);
    FOR_EACH(const Site, from, topology->sites) {
        site_tree_move(tree, from);
        for (all.to = 0; all.to < count; all.to++)
            check_pair(&all, topology, tree, seed);
    }
    site_tree_free(tree);
    site_graph_free(graph);
    topology_free(topology);
}

START_TEST(site_paths_agree_with_enumeration)
{
    for (guint seed = 1; seed <= FORESTS; seed++)
        check_sites(seed);
}
END_TEST

/* --- failures ----------------------------------------------------------------------------- */

/* Where a message comes to rest, by the words of the rule, on a path that is given; NULL when it
 * arrives. A place is dead, or has no server at all, or is a hub site. */
typedef struct Station {
    const char *name;
    bool bare;
    bool hub;
    bool dead;
} Station;

static const char *resting_place(const Station *path, guint length)
{
    guint at = 0;

    if (path[0].dead)
        return path[0].name;
    while (at + 1 < length) {
        guint next = at + 1;

        while (next + 1 < length && (!path[next].hub || path[next].bare))
            next++;
        if (path[next].dead) {
            while (next > at && (path[next].dead || path[next].bare))
                next--;
            return path[next].name;
        }
        at = next;
    }
    return NULL;
}

/* A station with random properties. The ends have servers. */
static Station random_station(GRand *random, guint at, guint length)
{
    Station station = {.name = site_names[at]};

    station.bare = at > 0 && at + 1 < length && g_rand_int_range(random, 0, 3) == 0;
    station.hub = g_rand_int_range(random, 0, 3) == 0;
    station.dead = !station.bare && g_rand_int_range(random, 0, 3) == 0;
    return station;
}

/* The stations as a chain of sites, and what is down among them. */
static char *chain_text(const Station *stations, guint length, GPtrArray *down)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < length; i++) {
        g_string_append_printf(text, "site %s%s%s\n", stations[i].name,
                               stations[i].hub ? " hub" : "", stations[i].bare ? " bare" : "");
        if (i > 0)
            g_string_append_printf(text, "link L%u 1 : %s %s\n", i, site_names[i - 1],
                                   site_names[i]);
        if (stations[i].dead)
            g_ptr_array_add(down, g_strdup_printf("site:%s", stations[i].name));
    }
    g_ptr_array_add(down, NULL);
    return g_string_free(text, FALSE);
}

static Route *ask_chain(const Topology *topology, guint length, const GPtrArray *down)
{
    g_autofree char *from = g_strdup_printf("site:%s", site_names[0]);
    g_autofree char *to = g_strdup_printf("site:%s", site_names[length - 1]);
    const char *recipients[] = {to, NULL};
    RouteQuestion question = {
        .from = from, .to = recipients, .down = (const char *const *)down->pdata};

    return route_find(topology, &question, NULL);
}

static void check_failures(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint length = (guint)g_rand_int_range(random, 2, PLACES + 1);
    Station stations[PLACES];
    g_autoptr(GPtrArray) down = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = NULL;
    Topology *topology;
    Route *route;
    const char *expected;

    for (guint i = 0; i < length; i++)
        stations[i] = random_station(random, i, length);
    text = chain_text(stations, length, down);
    topology = sketch_parse(text);
    route = ask_chain(topology, length, down);
    expected = resting_place(stations, length);
    if (expected == NULL)
        ck_assert_msg(route->outcome == ROUTE_DELIVERED && route->queue == NULL, "seed %u", seed);
    else
        ck_assert_msg(route->outcome == ROUTE_QUEUED && strcmp(route->queue + 5, expected) == 0,
                      "seed %u: %s, not %s", seed, route->queue, expected);
    route_free(route);
    topology_free(topology);
}

START_TEST(failures_agree_with_the_rule)
{
    for (guint seed = 1; seed <= CHAINS; seed++)
        check_failures(seed);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("site-paths-property");
    TCase *tests = tcase_create("site-paths-property");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, site_paths_agree_with_enumeration);
    tcase_add_test(tests, failures_agree_with_the_rule);
    suite_add_tcase(suite, tests);
    return suite;
}
