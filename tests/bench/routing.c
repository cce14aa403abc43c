/*
 * routing trees RUNS SOURCE...
 * routing route RUNS FROM TO SOURCE...
 * routing sweep RUNS SOURCE...
 *
 * Reads a directory and prints the median of what one part of routing takes once it is read, in
 * milliseconds: the trees of all sites with hubs, with those of igraph beside it and compared with
 * them; one question, graphs and all; the sweep.
 */
#include "api/forest.h"
#include "igraph-trees.h"
#include "routing/connections.h"
#include "routing/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RUNS = 99 };

/* What is measured, and what it works on. */
typedef struct Bench {
    const Topology *topology;
    GPtrArray *sources; /* of const Site: those with hubs */
    SiteGraph *graph;
    SiteTree *tree;
    IgraphTrees *igraph;
    RouteQuestion question;
} Bench;

static Topology *read_topology(char **sources, adtopo_forest **forest)
{
    adtopo_reader *reader = adtopo_reader_new();
    adtopo_error error = {0};

    while (*sources != NULL)
        adtopo_reader_add(reader, *sources++);
    *forest = adtopo_reader_run(reader, &error);
    adtopo_reader_free(reader);
    if (*forest == NULL) {
        fprintf(stderr, "routing: %s\n", error.text);
        exit(EXIT_FAILURE);
    }
    return (*forest)->topology;
}

static int compare_times(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

static double time_once(Bench *bench, void (*work)(Bench *bench))
{
    gint64 begin = g_get_monotonic_time();

    work(bench);
    return (double)(g_get_monotonic_time() - begin) / 1000;
}

/* The medians of one or two kinds of work, done in turn so that both see the same machine. */
static void measure(Bench *bench, guint runs, void (*works[2])(Bench *bench), double medians[2])
{
    double times[2][MOST_RUNS];

    for (guint run = 0; run < runs; run++)
        for (guint i = 0; i < 2 && works[i] != NULL; i++)
            times[i][run] = time_once(bench, works[i]);
    for (guint i = 0; i < 2 && works[i] != NULL; i++) {
        qsort(times[i], runs, sizeof *times[i], compare_times);
        medians[i] = times[i][runs / 2];
    }
}

static double measure_one(Bench *bench, guint runs, void (*work)(Bench *bench))
{
    void (*works[2])(Bench *) = {work, NULL};
    double medians[2];

    measure(bench, runs, works, medians);
    return medians[0];
}

/* --- trees -------------------------------------------------------------------------------- */

static void grow_trees(Bench *bench)
{
    FOR_EACH(const Site, site, bench->sources)
        site_tree_move(bench->tree, site);
}

static void grow_igraph(Bench *bench)
{
    igraph_trees_search(bench->igraph);
}

/* Both must have found the same. */
static void compare_trees(const Bench *bench)
{
    for (guint i = 0; i < bench->sources->len; i++) {
        site_tree_move(bench->tree, bench->sources->pdata[i]);
        FOR_EACH(const Site, site, bench->topology->sites) {
            double theirs = igraph_trees_distance(bench->igraph, i, site);
            double ours = site_tree_reaches(bench->tree, site)
                              ? (double)site_tree_cost(bench->tree, site)
                              : -1;

            if (ours < theirs || ours > theirs) {
                fprintf(stderr, "routing: %s is %.0f away, by igraph %.0f\n", site->object.name,
                        ours, theirs);
                exit(EXIT_FAILURE);
            }
        }
    }
}

static void bench_trees(Bench *bench, guint runs)
{
    void (*works[2])(Bench *) = {grow_trees, NULL};
    double medians[2];

    bench->sources = g_ptr_array_new();
    FOR_EACH(Site, site, bench->topology->sites)
        if (site_carries_mail(site))
            g_ptr_array_add(bench->sources, site);
    bench->graph = site_graph_new(bench->topology);
    bench->tree = site_tree_new(bench->graph, bench->sources->pdata[0]);
    bench->igraph = igraph_trees_new(bench->topology, bench->sources);
    if (bench->igraph != NULL)
        works[1] = grow_igraph;
    measure(bench, runs, works, medians);
    printf("%u trees of %u sites %9.1f ms", bench->sources->len, bench->topology->sites->len,
           medians[0]);
    if (bench->igraph == NULL) {
        puts("   (no igraph to compare with)");
    } else {
        compare_trees(bench);
        printf("   igraph %9.1f ms   %5.2f x igraph\n", medians[1], medians[0] / medians[1]);
    }
    igraph_trees_free(bench->igraph);
    site_tree_free(bench->tree);
    site_graph_free(bench->graph);
    g_ptr_array_unref(bench->sources);
}

/* --- questions ---------------------------------------------------------------------------- */

static void ask(Bench *bench)
{
    GError *error = NULL;
    Route *route = route_find(bench->topology, &bench->question, &error);

    if (route == NULL) {
        fprintf(stderr, "routing: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
    route_free(route);
}

static void take_everything_out(Bench *bench)
{
    g_autoptr(Router) router = router_new(bench->topology);
    g_autoptr(Failures) none = failures_parse(bench->topology, NULL, NULL);

    sweep_free(sweep_new(router, none, false, false));
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[1] : "";
    guint runs = argc > 3 ? (guint)strtoul(argv[2], NULL, 10) : 0;
    bool question = strcmp(what, "route") == 0 && argc > 5;
    const char *to[] = {question ? argv[4] : NULL, NULL};
    Bench bench = {.question = {.from = argc > 3 ? argv[3] : NULL, .to = to}};
    adtopo_forest *forest;

    if (runs < 1 || runs > MOST_RUNS) {
        fputs("usage: routing trees|sweep RUNS SOURCE...\n"
              "       routing route RUNS FROM TO SOURCE...\n",
              stderr);
        return EXIT_FAILURE;
    }
    bench.topology = read_topology(argv + (question ? 5 : 3), &forest);
    if (question)
        printf("one question %9.1f ms\n", measure_one(&bench, runs, ask));
    else if (strcmp(what, "sweep") == 0)
        printf("the sweep %9.1f ms\n", measure_one(&bench, runs, take_everything_out));
    else
        bench_trees(&bench, runs);
    adtopo_forest_free(forest);
    return EXIT_SUCCESS;
}
