/* Small random topologies as lines of text, and all their ways. */
#include "world.h"

#include "sketch.h"

#include <string.h>

enum { SITES = 5, GROUPS = 5 };

static const char *const site_names[SITES] = {"S", "b", "D", "a", "e"};
static const char *const group_names[GROUPS] = {"V", "R1", "R2", "R3", "R4"};

/* --- the topology ------------------------------------------------------------------------- */

static const char *draw(GRand *random, const char *const *names, guint count)
{
    return names[g_rand_int_range(random, 0, (gint32)count)];
}

static void draw_sites(GRand *random, guint count, GPtrArray *lines)
{
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(
            lines, g_strdup_printf("site %s%s%s", site_names[i],
                                   g_rand_int_range(random, 0, 3) == 0 ? " hub" : "",
                                   i > 0 && g_rand_int_range(random, 0, 4) == 0 ? " bare" : ""));
    for (gint32 i = g_rand_int_range(random, 0, 2); i > 0; i--)
        g_ptr_array_add(
            lines, g_strdup_printf("server X%d 2007 hub %s", i, draw(random, site_names, count)));
    for (gint32 i = g_rand_int_range(random, 1, 8); i > 0; i--)
        g_ptr_array_add(lines,
                        g_strdup_printf("link L%d %d : %s %s", i, g_rand_int_range(random, 1, 4),
                                        draw(random, site_names, count),
                                        draw(random, site_names, count)));
}

static void draw_groups(GRand *random, guint count, guint sites, GPtrArray *lines)
{
    for (guint i = 1; i < count; i++)
        g_ptr_array_add(lines, g_strdup_printf("group %s", group_names[i]));
    for (gint32 i = g_rand_int_range(random, 0, 12); i > 0; i--) {
        const char *from = draw(random, group_names, count);
        const char *to = draw(random, group_names, count);

        if (from != to)
            g_ptr_array_add(lines, g_strdup_printf("rgc C%d %d %s %s at=%s to=%s", i,
                                                   g_rand_int_range(random, 1, 4), from, to,
                                                   draw(random, site_names, sites),
                                                   draw(random, site_names, sites)));
    }
    for (gint32 i = g_rand_int_range(random, 0, 3); i > 0; i--)
        g_ptr_array_add(lines,
                        g_strdup_printf("send N%d %s SMTP:%s;1", i, draw(random, site_names, sites),
                                        g_rand_boolean(random) ? "*" : "a.test"));
}

static Topology *parse(const GPtrArray *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);

    FOR_EACH(const char, line, lines)
        g_string_append_printf(text, "%s\n", line);
    return sketch_parse(text->str);
}

/* --- really removing ---------------------------------------------------------------------- */

static bool is_server_line(char **words, const char *name)
{
    if (strcmp(words[0], "server") == 0)
        return strcmp(words[1], name) == 0;
    return (strcmp(words[0], "site") == 0 && g_str_has_prefix(name, "HUB-") &&
            strcmp(words[1], name + 4) == 0) ||
           (strcmp(words[0], "group") == 0 && g_str_has_prefix(name, "EX-") &&
            strcmp(words[1], name + 3) == 0);
}

static bool is_line_of(const char *line, SweepKind kind, const char *name)
{
    static const char *const kinds[] = {[SWEEP_SITE] = "site", [SWEEP_LINK] = "link"};
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    if (kind == SWEEP_CONNECTOR)
        return (strcmp(words[0], "rgc") == 0 || strcmp(words[0], "send") == 0) &&
               strcmp(words[1], name) == 0;
    if (kind == SWEEP_SERVER)
        return is_server_line(words, name);
    if (kind == SWEEP_SITE && strcmp(words[0], "server") == 0)
        return strcmp(words[4], name) == 0;
    return strcmp(words[0], kinds[kind]) == 0 && strcmp(words[1], name) == 0;
}

GPtrArray *lines_without(const GPtrArray *lines, SweepKind kind, const char *name)
{
    GPtrArray *left = g_ptr_array_new_with_free_func(g_free);

    FOR_EACH(const char, line, lines) {
        if (!is_line_of(line, kind, name))
            g_ptr_array_add(left, g_strdup(line));
        else if (g_str_has_prefix(line, "site ") || g_str_has_prefix(line, "group "))
            g_ptr_array_add(left, g_strdup_printf("%s bare", line));
    }
    return left;
}

/* --- asking all ways ---------------------------------------------------------------------- */

/* By name "A > B": what a way is like. */
static GHashTable *ways_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void ask_sites(const Topology *topology, const SiteGraph *graph, GHashTable *ways)
{
    FOR_EACH(const Site, from, topology->sites) {
        g_autoptr(SiteTree) tree = site_tree_new(graph, from);

        FOR_EACH(const Site, to, topology->sites) {
            g_autoptr(GArray) path = site_tree_path(tree, to);
            g_autoptr(GString) text = g_string_new(NULL);

            if (from == to || path == NULL || from->servers->len == 0 || to->servers->len == 0)
                continue;
            for (guint i = 0; i < path->len; i++)
                g_string_append_printf(text, "%s ",
                                       g_array_index(path, SiteHop, i).link->object.name);
            g_hash_table_insert(
                ways, g_strdup_printf("site:%s > site:%s", from->object.name, to->object.name),
                g_strdup(text->str));
        }
    }
}

static void ask_groups(const Topology *topology, const GroupNet *net, GHashTable *ways)
{
    FOR_EACH(const RoutingGroup, to, topology->routing_groups) {
        g_autoptr(GroupTree) tree = group_tree_towards(net, to, NULL);

        FOR_EACH(const RoutingGroup, from, topology->routing_groups)
            if (from != to && group_tree_reaches(tree, from))
                g_hash_table_insert(
                    ways, g_strdup_printf("rg:%s > rg:%s", from->object.name, to->object.name),
                    g_strdup_printf("%" G_GUINT64_FORMAT, group_tree_cost(tree, from)));
    }
}

World *world_new(GPtrArray *lines)
{
    World *world = g_new0(World, 1);

    world->lines = lines;
    world->topology = parse(lines);
    world->router = router_new(world->topology);
    world->ways = ways_new();
    ask_sites(world->topology, router_sites(world->router), world->ways);
    ask_groups(world->topology, router_groups(world->router), world->ways);
    return world;
}

void world_free(World *world)
{
    g_hash_table_unref(world->ways);
    router_free(world->router);
    topology_free(world->topology);
    g_ptr_array_unref(world->lines);
    g_free(world);
}

World *world_random(guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint sites = (guint)g_rand_int_range(random, 1, SITES + 1);
    guint groups = (guint)g_rand_int_range(random, 1, GROUPS + 1);
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

    draw_sites(random, sites, lines);
    draw_groups(random, groups, sites, lines);
    return world_new(lines);
}
