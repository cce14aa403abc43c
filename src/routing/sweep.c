/* The sweep: what there is to be taken out, one thing or two at a time, and what is kept of the
 * results. */
#include "routing/sweep-state.h"

#include "routing/connections.h"

/* Trees are made again to tell the cost of a new path; beyond so many only the change is told. */
enum { TREES_TO_SPEND = 20000 };

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

char *space_text(const AddressSpace *space)
{
    return g_strdup_printf("%s:%s", space->type, space->pattern);
}

char *space_key(const AddressSpace *space)
{
    g_autofree char *text = space_text(space);

    return g_utf8_validate(text, -1, NULL) ? g_utf8_casefold(text, -1) : g_strdup(text);
}

/* --- what is taken out -------------------------------------------------------------------- */

static void take_spaces(Sweeper *sweeper, const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++) {
        g_autofree char *key = space_key(&connector->spaces[i]);
        GPtrArray *list = g_hash_table_lookup(sweeper->spaces, key);

        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(sweeper->spaces, g_strdup(key), list);
        }
        g_ptr_array_add(list, (gpointer)connector);
    }
}

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
    return removal_is_critical(removal) || removal->changed->len > 0 || removal->waiting->len > 0 ||
           removal->loops->len > 0;
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

    sweeper_compare(sweeper, &element->cut, removal);
    FOR_EACH(MessageLoop, loop, sweeper->sweep->loops)
        if (g_ptr_array_find(element->cut.connectors, loop->connector, NULL))
            g_ptr_array_add(removal->loops, loop);
    if (remember) {
        element->lost = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < removal->lost->len; i++)
            g_hash_table_add(
                element->lost,
                GSIZE_TO_POINTER(way_key(sweeper, &g_array_index(removal->lost, SweepWay, i))));
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
    sweeper_compare(sweeper, &cut, removal);
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

    sweeper_measure(sweeper, sites);
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
