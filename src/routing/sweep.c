/*
 * The sweep. The ways before are computed once. A connector can change a way between groups only where
 * it lies on a least-cost path, and a site link only those of the paths it is on: everything else is
 * left alone, which keeps the sweep of thousands of connectors to seconds.
 */
#include "routing/sweep.h"

#include "routing/connections.h"

#include <string.h>

/* Trees are made again to tell the cost of a new path; beyond so many only the change is told. */
enum { TREES_TO_SPEND = 20000 };

/* What is taken out together. */
typedef struct Cut {
    GPtrArray *connectors; /* of const Connector */
    GPtrArray *sites;      /* of const Site: none of its servers carries mail any more */
    GPtrArray *links;      /* of const SiteLink */
} Cut;

typedef struct Element {
    SweepKind kind;
    const Object *object;
    Cut cut;
    GHashTable *lost; /* with pairs: the ways that it loses alone, as keys */
} Element;

typedef struct Sweeper {
    Sweep *sweep;
    const Topology *topology;
    const GroupNet *net;
    guint places;
    GPtrArray *groups;      /* of const RoutingGroup: those with servers */
    guint64 *group_costs;   /* by number of the destination, then of the source */
    GHashTable *edges;      /* const Connector → GPtrArray of const GroupEdge */
    GroupTree *tree;        /* towards a group, something taken out */
    GPtrArray *carriers;    /* of const Site: those with servers that carry mail */
    GHashTable *link_uses;  /* const SiteLink → GArray of SweepWay */
    GHashTable *site_uses;  /* const Site → GArray of SweepWay: hub sites inside paths */
    GHashTable *spaces;     /* "smtp:*" → GPtrArray of const Connector */
    GPtrArray *elements;    /* of Element */
    guint32 *parts;         /* by place: which sites are joined before anything is taken out */
    guint trees_left;
} Sweeper;

#define NO_WAY G_MAXUINT64

const char *sweep_kind_name(SweepKind kind)
{
    static const char *const names[] = {"connector", "server", "site", "link"};

    return names[kind];
}

RouteStop sweep_place(const Sweep *sweep, guint32 number)
{
    guint sites = sweep->topology->sites->len;

    if (number < sites)
        return (RouteStop){.site = sweep->topology->sites->pdata[number]};
    return (RouteStop){.group = sweep->topology->routing_groups->pdata[number - sites]};
}

bool removal_is_critical(const Removal *removal)
{
    return removal->lost->len > 0 || removal->spaces->len > 0;
}

static guint32 place_of_site(const Site *site)
{
    return site->object.number;
}

static guint32 place_of_group(const Sweeper *sweeper, const RoutingGroup *group)
{
    return sweeper->topology->sites->len + group->object.number;
}

static GArray *ways_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(SweepWay));
}

static void ways_add(GArray *ways, guint32 from, guint32 to, guint64 before, guint64 after)
{
    SweepWay way = {.from = from, .to = to, .before = before, .after = after};

    g_array_append_val(ways, way);
}

/* The list behind a key, made when there is none. */
static GPtrArray *list_at(GHashTable *table, gpointer key)
{
    GPtrArray *list = g_hash_table_lookup(table, key);

    if (list == NULL) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, key, list);
    }
    return list;
}

static GHashTable *lists_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

/* --- the ways before ---------------------------------------------------------------------- */

static guint64 *cost_at(const Sweeper *sweeper, const RoutingGroup *to, const RoutingGroup *from)
{
    guint count = sweeper->topology->routing_groups->len;

    return &sweeper->group_costs[(gsize)to->object.number * count + from->object.number];
}

static void take_edges(Sweeper *sweeper)
{
    FOR_EACH(const RoutingGroup, group, sweeper->topology->routing_groups) {
        guint count;
        const GroupEdge *edges = group_net_edges(sweeper->net, group, &count);

        for (guint i = 0; i < count; i++)
            g_ptr_array_add(list_at(sweeper->edges, (gpointer)edges[i].connector),
                            (gpointer)&edges[i]);
    }
}

static void measure_group(Sweeper *sweeper, const RoutingGroup *to)
{
    group_tree_move(sweeper->tree, to, NULL);
    FOR_EACH(const RoutingGroup, from, sweeper->topology->routing_groups)
        *cost_at(sweeper, to, from) = group_tree_reaches(sweeper->tree, from)
                                          ? group_tree_cost(sweeper->tree, from)
                                          : NO_WAY;
    FOR_EACH(const RoutingGroup, from, sweeper->groups)
        if (from != to && *cost_at(sweeper, to, from) == NO_WAY)
            ways_add(sweeper->sweep->apart, place_of_group(sweeper, from),
                     place_of_group(sweeper, to), 0, SWEEP_UNKNOWN);
}

static void measure_groups(Sweeper *sweeper)
{
    const GPtrArray *groups = sweeper->topology->routing_groups;

    if (groups->len == 0)
        return;
    sweeper->group_costs = g_new(guint64, (gsize)groups->len * groups->len);
    sweeper->tree = group_tree_towards(sweeper->net, groups->pdata[0], NULL);
    take_edges(sweeper);
    FOR_EACH(const RoutingGroup, group, groups)
        if (group->members->len > 0)
            g_ptr_array_add(sweeper->groups, (gpointer)group);
    FOR_EACH(const RoutingGroup, group, sweeper->groups)
        measure_group(sweeper, group);
}

static void add_use(GHashTable *uses, gconstpointer key, const SweepWay *way)
{
    GArray *ways = g_hash_table_lookup(uses, key);

    if (ways == NULL) {
        ways = ways_new();
        g_hash_table_insert(uses, (gpointer)key, ways);
    }
    g_array_append_val(ways, *way);
}

/* Notes the links and the hub sites that the path to one site rests on. */
static void measure_path(Sweeper *sweeper, const SiteTree *tree, const Site *to)
{
    SweepWay way = {.from = place_of_site(site_tree_source(tree)), .to = place_of_site(to)};
    g_autoptr(GArray) path = site_tree_path(tree, to);

    if (path == NULL) {
        g_array_append_val(sweeper->sweep->apart, way);
        return;
    }
    way.before = site_tree_cost(tree, to);
    for (guint i = 0; i < path->len; i++) {
        const SiteHop *hop = &g_array_index(path, SiteHop, i);

        add_use(sweeper->link_uses, hop->link, &way);
        if (i > 0 && hop->from->hub && site_carries_mail(hop->from))
            add_use(sweeper->site_uses, hop->from, &way);
    }
}

/* For each place the first carrier that it is still joined to, as a mark of its part. */
static guint32 *find_parts(const Sweeper *sweeper, SiteTree *tree)
{
    guint32 *parts = g_new(guint32, sweeper->places);

    memset(parts, 0xff, sweeper->places * sizeof *parts);
    FOR_EACH(const Site, first, sweeper->carriers) {
        if (parts[place_of_site(first)] != G_MAXUINT32)
            continue;
        site_tree_move(tree, first);
        FOR_EACH(const Site, site, sweeper->carriers)
            if (site_tree_reaches(tree, site))
                parts[place_of_site(site)] = place_of_site(first);
    }
    return parts;
}

static void measure_sites(Sweeper *sweeper, const SiteGraph *graph)
{
    SiteTree *tree = NULL;

    FOR_EACH(const Site, site, sweeper->topology->sites)
        if (site_carries_mail(site))
            g_ptr_array_add(sweeper->carriers, (gpointer)site);
    FOR_EACH(const Site, from, sweeper->carriers) {
        if (tree == NULL)
            tree = site_tree_new(graph, from);
        else
            site_tree_move(tree, from);
        FOR_EACH(const Site, to, sweeper->carriers)
            if (to != from)
                measure_path(sweeper, tree, to);
    }
    sweeper->parts = tree == NULL ? NULL : find_parts(sweeper, tree);
    site_tree_free(tree);
}

static char *space_text(const AddressSpace *space)
{
    return g_strdup_printf("%s:%s", space->type, space->pattern);
}

static void take_spaces(Sweeper *sweeper, const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++) {
        g_autofree char *text = space_text(&connector->spaces[i]);
        char *key = g_utf8_validate(text, -1, NULL) ? g_utf8_casefold(text, -1) : g_strdup(text);
        GPtrArray *list = g_hash_table_lookup(sweeper->spaces, key);

        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(sweeper->spaces, g_strdup(key), list);
        }
        g_ptr_array_add(list, (gpointer)connector);
        g_free(key);
    }
}

/* --- what is taken out -------------------------------------------------------------------- */

static Element *add_element(Sweeper *sweeper, SweepKind kind, const Object *object)
{
    Element *element = g_new0(Element, 1);

    element->kind = kind;
    element->object = object;
    element->cut.connectors = g_ptr_array_new();
    element->cut.sites = g_ptr_array_new();
    element->cut.links = g_ptr_array_new();
    g_ptr_array_add(sweeper->elements, element);
    sweeper->sweep->tried[kind]++;
    return element;
}

static void element_free(gpointer data)
{
    Element *element = data;

    g_ptr_array_unref(element->cut.connectors);
    g_ptr_array_unref(element->cut.sites);
    g_ptr_array_unref(element->cut.links);
    g_clear_pointer(&element->lost, g_hash_table_unref);
    g_free(element);
}

static bool carries_for_groups(const Sweeper *sweeper, const Connector *connector)
{
    return g_hash_table_contains(sweeper->edges, connector);
}

static bool carries_for_spaces(const Sweeper *sweeper, const Connector *connector)
{
    return connector->space_count > 0 &&
           connector_space_flaw(sweeper->topology, connector) == CONNECTOR_SOUND;
}

/* The one server at an end, and the one site; NULL where there are several or none. */
static const Server *sole_server(const GPtrArray *servers)
{
    return servers->len == 1 ? servers->pdata[0] : NULL;
}

static const Site *sole_site(const GPtrArray *servers)
{
    const Site *site = servers->len == 0 ? NULL : ((const Server *)servers->pdata[0])->site;

    FOR_EACH(const Server, server, servers)
        if (server->site != site)
            return NULL;
    return site;
}

static void add_dependent(GHashTable *dependents, const void *on, const Connector *connector)
{
    GPtrArray *list = on == NULL ? NULL : list_at(dependents, (gpointer)on);

    if (list != NULL && !g_ptr_array_find(list, connector, NULL))
        g_ptr_array_add(list, (gpointer)connector);
}

/* Which connectors die with a server or a site. */
static GHashTable *find_dependents(const Sweeper *sweeper)
{
    GHashTable *dependents = lists_new();

    FOR_EACH(const Connector, connector, sweeper->topology->connectors) {
        g_autoptr(GPtrArray) sources = connector_source_servers(connector);
        g_autoptr(GPtrArray) targets = connector_target_servers(connector);

        add_dependent(dependents, sole_server(sources), connector);
        add_dependent(dependents, sole_server(targets), connector);
        add_dependent(dependents, sole_site(sources), connector);
        add_dependent(dependents, sole_site(targets), connector);
    }
    return dependents;
}

static void cut_dependents(Element *element, GHashTable *dependents)
{
    GPtrArray *list = g_hash_table_lookup(dependents, element->object);

    if (list != NULL)
        g_ptr_array_extend(element->cut.connectors, list, NULL, NULL);
}

static bool is_last_carrier(const Server *server)
{
    guint carriers = 0;

    if (server->site == NULL || !server_carries_mail(server))
        return false;
    FOR_EACH(const Server, other, server->site->servers)
        carriers += server_carries_mail(other);
    return carriers == 1;
}

static void collect_servers(Sweeper *sweeper, GHashTable *dependents)
{
    FOR_EACH(Server, server, sweeper->topology->servers) {
        Element *element;

        if (!server_carries_mail(server) && !g_hash_table_contains(dependents, server))
            continue;
        element = add_element(sweeper, SWEEP_SERVER, &server->object);
        cut_dependents(element, dependents);
        if (is_last_carrier(server))
            g_ptr_array_add(element->cut.sites, server->site);
    }
}

static void collect_elements(Sweeper *sweeper)
{
    g_autoptr(GHashTable) dependents = find_dependents(sweeper);

    FOR_EACH(Connector, connector, sweeper->topology->connectors) {
        bool spaces = carries_for_spaces(sweeper, connector);

        if (spaces)
            take_spaces(sweeper, connector);
        if (spaces || carries_for_groups(sweeper, connector))
            g_ptr_array_add(
                add_element(sweeper, SWEEP_CONNECTOR, &connector->object)->cut.connectors,
                connector);
    }
    collect_servers(sweeper, dependents);
    FOR_EACH(Site, site, sweeper->carriers) {
        Element *element = add_element(sweeper, SWEEP_SITE, &site->object);

        g_ptr_array_add(element->cut.sites, site);
        cut_dependents(element, dependents);
    }
    FOR_EACH(SiteLink, link, sweeper->topology->site_links)
        if (link->ip && link->sites->len > 1)
            g_ptr_array_add(add_element(sweeper, SWEEP_LINK, &link->object)->cut.links, link);
}

/* --- ways between groups ------------------------------------------------------------------ */

static bool is_kept(const GroupEdge *edge, gconstpointer connectors)
{
    return !g_ptr_array_find((GPtrArray *)connectors, edge->connector, NULL);
}

/* Whether an edge lies on a least-cost path to a group. */
static bool is_tight(const Sweeper *sweeper, const GroupEdge *edge, const RoutingGroup *to)
{
    guint64 here = *cost_at(sweeper, to, edge->from);
    guint64 there = *cost_at(sweeper, to, edge->to);

    return there != NO_WAY && here == there + edge->cost;
}

typedef struct Touch {
    bool any;    /* a least-cost path is cut */
    bool modern; /* one that leaves the 2007 group, which does not look for another */
} Touch;

static Touch touch_of(const Sweeper *sweeper, const Cut *cut, const RoutingGroup *to)
{
    Touch touch = {0};

    FOR_EACH(const Connector, connector, cut->connectors) {
        FOR_EACH(const GroupEdge, edge, g_hash_table_lookup(sweeper->edges, connector)) {
            bool tight = is_tight(sweeper, edge, to);

            touch.any |= tight;
            touch.modern |= tight && edge->from->official;
        }
    }
    return touch;
}

static void compare_group(Sweeper *sweeper, Removal *removal, const RoutingGroup *from,
                          const RoutingGroup *to, bool waits)
{
    guint64 before = *cost_at(sweeper, to, from);
    guint32 here = place_of_group(sweeper, from);
    guint32 there = place_of_group(sweeper, to);
    guint64 after;

    if (from == to || before == NO_WAY)
        return;
    if (!group_tree_reaches(sweeper->tree, from)) {
        ways_add(removal->lost, here, there, before, SWEEP_UNKNOWN);
        return;
    }
    after = group_tree_cost(sweeper->tree, from);
    if (after > before)
        ways_add(removal->changed, here, there, before, after);
    if (waits && from->official)
        ways_add(removal->waiting, here, there, before, after);
}

static void compare_groups(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    GroupFilter filter = {is_kept, cut->connectors};

    FOR_EACH(const RoutingGroup, to, sweeper->groups) {
        Touch touch = touch_of(sweeper, cut, to);

        if (!touch.any)
            continue;
        group_tree_move(sweeper->tree, to, &filter);
        FOR_EACH(const RoutingGroup, from, sweeper->groups)
            compare_group(sweeper, removal, from, to, touch.modern);
    }
}

/* --- ways between sites ------------------------------------------------------------------- */

static bool cuts_site(const Cut *cut, guint32 place)
{
    FOR_EACH(const Site, site, cut->sites)
        if (place_of_site(site) == place)
            return true;
    return false;
}

/* To and from a site without a server, and past a hub site that is not bypassed. */
static void compare_dead_site(Sweeper *sweeper, const Cut *cut, const Site *site, Removal *removal)
{
    const GArray *uses = g_hash_table_lookup(sweeper->site_uses, site);
    guint32 here = place_of_site(site);

    FOR_EACH(const Site, other, sweeper->carriers) {
        guint32 there = place_of_site(other);

        if (other == site || (cuts_site(cut, there) && there < here) ||
            sweeper->parts[here] != sweeper->parts[there])
            continue;
        ways_add(removal->lost, here, there, 0, SWEEP_UNKNOWN);
        ways_add(removal->lost, there, here, 0, SWEEP_UNKNOWN);
    }
    for (guint i = 0; uses != NULL && i < uses->len; i++) {
        const SweepWay *way = &g_array_index(uses, SweepWay, i);

        if (!cuts_site(cut, way->from) && !cuts_site(cut, way->to))
            g_array_append_val(removal->waiting, *way);
    }
}

static guint64 new_cost(Sweeper *sweeper, SiteTree *tree, const SweepWay *way)
{
    const GPtrArray *sites = sweeper->topology->sites;

    if (place_of_site(site_tree_source(tree)) != way->from) {
        if (sweeper->trees_left == 0)
            return SWEEP_UNKNOWN;
        sweeper->trees_left--;
        site_tree_move(tree, sites->pdata[way->from]);
    }
    return site_tree_cost(tree, sites->pdata[way->to]);
}

static gsize way_key(const Sweeper *sweeper, const SweepWay *way)
{
    return (gsize)way->from * sweeper->places + way->to + 1;
}

/* The ways that rest on any of the links, each once. */
static GArray *uses_of_links(const Sweeper *sweeper, const Cut *cut)
{
    g_autoptr(GHashTable) met = g_hash_table_new(NULL, NULL);
    GArray *all = ways_new();

    FOR_EACH(const SiteLink, link, cut->links) {
        const GArray *uses = g_hash_table_lookup(sweeper->link_uses, link);

        for (guint i = 0; uses != NULL && i < uses->len; i++) {
            const SweepWay *way = &g_array_index(uses, SweepWay, i);

            if (!cuts_site(cut, way->from) && !cuts_site(cut, way->to) &&
                g_hash_table_add(met, GSIZE_TO_POINTER(way_key(sweeper, way))))
                g_array_append_val(all, *way);
        }
    }
    return all;
}

static void compare_links(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    g_autoptr(GArray) uses = uses_of_links(sweeper, cut);
    g_autoptr(SiteGraph) graph = NULL;
    g_autoptr(SiteTree) tree = NULL;
    g_autofree guint32 *parts = NULL;

    if (uses->len == 0)
        return;
    graph = site_graph_new_without(sweeper->topology, cut->links);
    tree = site_tree_new(graph, sweeper->carriers->pdata[0]);
    parts = find_parts(sweeper, tree);
    for (guint i = 0; i < uses->len; i++) {
        SweepWay way = g_array_index(uses, SweepWay, i);

        if (parts[way.from] != parts[way.to]) {
            g_array_append_val(removal->lost, way);
            continue;
        }
        way.after = new_cost(sweeper, tree, &way);
        g_array_append_val(removal->changed, way);
    }
}

/* --- address spaces ----------------------------------------------------------------------- */

static bool all_are_cut(const GPtrArray *connectors, const Cut *cut)
{
    FOR_EACH(const Connector, connector, connectors)
        if (!g_ptr_array_find(cut->connectors, connector, NULL))
            return false;
    return connectors != NULL && connectors->len > 0;
}

static void compare_spaces(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    FOR_EACH(const Connector, connector, cut->connectors) {
        for (guint i = 0; i < connector->space_count; i++) {
            char *text = space_text(&connector->spaces[i]);
            g_autofree char *key = g_utf8_validate(text, -1, NULL) ? g_utf8_casefold(text, -1)
                                                                   : g_strdup(text);

            if (all_are_cut(g_hash_table_lookup(sweeper->spaces, key), cut) &&
                !g_ptr_array_find_with_equal_func(removal->spaces, text, g_str_equal, NULL))
                g_ptr_array_add(removal->spaces, text);
            else
                g_free(text);
        }
    }
}

/* --- one removal -------------------------------------------------------------------------- */

static Removal *removal_new(const Element *element)
{
    Removal *removal = g_new0(Removal, 1);

    removal->kind = element->kind;
    removal->object = element->object;
    removal->lost = ways_new();
    removal->changed = ways_new();
    removal->waiting = ways_new();
    removal->spaces = g_ptr_array_new_with_free_func(g_free);
    removal->loops = g_ptr_array_new();
    return removal;
}

static void removal_free(gpointer data)
{
    Removal *removal = data;

    g_array_unref(removal->lost);
    g_array_unref(removal->changed);
    g_array_unref(removal->waiting);
    g_ptr_array_unref(removal->spaces);
    g_ptr_array_unref(removal->loops);
    g_free(removal);
}

static bool has_effect(const Removal *removal)
{
    return removal_is_critical(removal) || removal->changed->len > 0 ||
           removal->waiting->len > 0 || removal->loops->len > 0;
}

static void compare(Sweeper *sweeper, const Cut *cut, Removal *removal)
{
    FOR_EACH(const Site, site, cut->sites)
        compare_dead_site(sweeper, cut, site, removal);
    if (cut->links->len > 0)
        compare_links(sweeper, cut, removal);
    if (cut->connectors->len == 0)
        return;
    compare_groups(sweeper, cut, removal);
    compare_spaces(sweeper, cut, removal);
}

static void keep(Sweeper *sweeper, Removal *removal)
{
    if (has_effect(removal))
        g_ptr_array_add(sweeper->sweep->removals, removal);
    else
        removal_free(removal);
}

static void take_out(Sweeper *sweeper, Element *element, bool remember)
{
    Removal *removal = removal_new(element);

    compare(sweeper, &element->cut, removal);
    FOR_EACH(MessageLoop, loop, sweeper->sweep->loops)
        if (g_ptr_array_find(element->cut.connectors, loop->connector, NULL))
            g_ptr_array_add(removal->loops, loop);
    if (remember) {
        element->lost = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < removal->lost->len; i++)
            g_hash_table_add(element->lost, GSIZE_TO_POINTER(way_key(
                                                sweeper, &g_array_index(removal->lost, SweepWay, i))));
    }
    keep(sweeper, removal);
}

/* --- pairs -------------------------------------------------------------------------------- */

static void join_lists(GPtrArray *to, const GPtrArray *a, const GPtrArray *b)
{
    const GPtrArray *lists[] = {a, b};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(void, item, lists[i])
            if (!g_ptr_array_find(to, item, NULL))
                g_ptr_array_add(to, item);
}

/* Whether one of the two is part of the other: a server of the site, say. */
static bool covers(const Cut *a, const Cut *b)
{
    const GPtrArray *const lists[][2] = {
        {a->connectors, b->connectors}, {a->sites, b->sites}, {a->links, b->links}};

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(void, item, lists[i][1])
            if (!g_ptr_array_find((GPtrArray *)lists[i][0], item, NULL))
                return false;
    return true;
}

/* Leaves only what neither loses alone. */
static void keep_common_losses(const Sweeper *sweeper, Removal *removal, const Element *a,
                               const Element *b)
{
    GArray *both = ways_new();

    for (guint i = 0; i < removal->lost->len; i++) {
        const SweepWay *way = &g_array_index(removal->lost, SweepWay, i);
        gpointer key = GSIZE_TO_POINTER(way_key(sweeper, way));

        if (!g_hash_table_contains(a->lost, key) && !g_hash_table_contains(b->lost, key))
            g_array_append_val(both, *way);
    }
    g_array_unref(removal->lost);
    removal->lost = both;
    g_array_set_size(removal->changed, 0);
    g_array_set_size(removal->waiting, 0);
    g_ptr_array_set_size(removal->spaces, 0);
}

static void take_out_pair(Sweeper *sweeper, const Element *a, const Element *b)
{
    g_autoptr(GPtrArray) connectors = g_ptr_array_new();
    g_autoptr(GPtrArray) sites = g_ptr_array_new();
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    Cut cut = {.connectors = connectors, .sites = sites, .links = links};
    Removal *removal;

    if (covers(&a->cut, &b->cut) || covers(&b->cut, &a->cut))
        return;
    join_lists(connectors, a->cut.connectors, b->cut.connectors);
    join_lists(sites, a->cut.sites, b->cut.sites);
    join_lists(links, a->cut.links, b->cut.links);
    removal = removal_new(a);
    removal->other_kind = b->kind;
    removal->other = b->object;
    sweeper->sweep->pairs++;
    sweeper->trees_left = 0;
    compare(sweeper, &cut, removal);
    keep_common_losses(sweeper, removal, a, b);
    keep(sweeper, removal);
}

/* --- the whole ---------------------------------------------------------------------------- */

static void sweeper_clear(Sweeper *sweeper)
{
    g_ptr_array_unref(sweeper->groups);
    g_ptr_array_unref(sweeper->carriers);
    g_ptr_array_unref(sweeper->elements);
    g_hash_table_unref(sweeper->edges);
    g_hash_table_unref(sweeper->link_uses);
    g_hash_table_unref(sweeper->site_uses);
    g_hash_table_unref(sweeper->spaces);
    group_tree_free(sweeper->tree);
    g_free(sweeper->group_costs);
    g_free(sweeper->parts);
}

static void run(Sweeper *sweeper, const SiteGraph *sites, bool pairs)
{
    const GPtrArray *elements = sweeper->elements;

    measure_groups(sweeper);
    measure_sites(sweeper, sites);
    collect_elements(sweeper);
    FOR_EACH(Element, element, elements)
        take_out(sweeper, element, pairs);
    for (guint i = 0; pairs && i < elements->len; i++)
        for (guint j = i + 1; j < elements->len; j++)
            take_out_pair(sweeper, elements->pdata[i], elements->pdata[j]);
}

Sweep *sweep_new(const Router *router, bool pairs, bool suppressed)
{
    const Topology *topology = router_topology(router);
    Sweep *sweep = g_new0(Sweep, 1);
    Sweeper sweeper = {
        .sweep = sweep,
        .topology = topology,
        .net = router_groups(router),
        .places = topology->sites->len + topology->routing_groups->len,
        .groups = g_ptr_array_new(),
        .edges = lists_new(),
        .carriers = g_ptr_array_new(),
        .link_uses = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
        .site_uses = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref),
        .spaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)g_ptr_array_unref),
        .elements = g_ptr_array_new_with_free_func(element_free),
        .trees_left = TREES_TO_SPEND,
    };

    sweep->topology = topology;
    sweep->removals = g_ptr_array_new_with_free_func(removal_free);
    sweep->apart = ways_new();
    sweep->loops = message_loops(sweeper.net, suppressed);
    sweep->suppression = link_state_suppression(sweeper.net);
    run(&sweeper, router_sites(router), pairs);
    sweeper_clear(&sweeper);
    return sweep;
}

void sweep_free(Sweep *sweep)
{
    if (sweep == NULL)
        return;
    g_ptr_array_unref(sweep->removals);
    g_array_unref(sweep->apart);
    g_ptr_array_unref(sweep->loops);
    g_free(sweep);
}
