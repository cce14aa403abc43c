/* What there is to be taken out: connectors, servers, sites and links that mail hangs on, and what
 * dies with each of them. */
#include "routing/sweep-state.h"

#include "routing/address-space.h"
#include "routing/connections.h"

/* --- tables ------------------------------------------------------------------------------- */

/* Putting the list in again frees a key that the table knew already. */
GPtrArray *list_at(GHashTable *table, gpointer key)
{
    GPtrArray *known = g_hash_table_lookup(table, key);
    GPtrArray *list = known == NULL ? g_ptr_array_new() : g_ptr_array_ref(known);

    g_hash_table_insert(table, key, list);
    return list;
}

GHashTable *lists_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

/* --- one element -------------------------------------------------------------------------- */

static void take_spaces(Sweeper *sweeper, const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++)
        g_ptr_array_add(list_at(sweeper->spaces, address_space_key(&connector->spaces[i])),
                        (gpointer)connector);
}

static Element *element_new(SweepKind kind, const Object *object)
{
    Element *element = g_new0(Element, 1);

    element->kind = kind;
    element->object = object;
    element->cut.connectors = g_ptr_array_new();
    element->cut.sites = g_ptr_array_new();
    element->cut.links = g_ptr_array_new();
    element->servers = g_hash_table_new(NULL, NULL);
    return element;
}

/* What is down all the time goes with everything that is taken out. */
static void add_base(Element *element, const Element *base)
{
    GHashTableIter iter;
    gpointer server;

    g_ptr_array_extend(element->cut.connectors, base->cut.connectors, NULL, NULL);
    g_ptr_array_extend(element->cut.sites, base->cut.sites, NULL, NULL);
    g_hash_table_iter_init(&iter, base->servers);
    while (g_hash_table_iter_next(&iter, &server, NULL))
        g_hash_table_add(element->servers, server);
}

static Element *add_element(Sweeper *sweeper, SweepKind kind, const Object *object)
{
    Element *element = element_new(kind, object);

    if (sweeper->base != NULL)
        add_base(element, sweeper->base);
    g_ptr_array_add(sweeper->elements, element);
    sweeper->sweep->tried[kind]++;
    return element;
}

void element_free(gpointer data)
{
    Element *element = data;

    g_ptr_array_unref(element->cut.connectors);
    g_ptr_array_unref(element->cut.sites);
    g_ptr_array_unref(element->cut.links);
    g_hash_table_unref(element->servers);
    g_clear_pointer(&element->lost, g_hash_table_unref);
    g_clear_pointer(&element->loops, g_ptr_array_unref);
    g_clear_pointer(&element->spaces, g_ptr_array_unref);
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

/* --- what dies with servers --------------------------------------------------------------- */

static bool all_are_dead(const GPtrArray *servers, const Element *a, const Element *b)
{
    FOR_EACH(const Server, server, servers)
        if (!g_hash_table_contains(a->servers, server) &&
            (b == NULL || !g_hash_table_contains(b->servers, server)))
            return false;
    return servers->len > 0;
}

/* Whether a bridgehead is named that was not read: it is taken to live. */
static bool any_is_unseen(const Sweeper *sweeper, const Bridgehead *bridgeheads, guint count)
{
    for (guint i = 0; i < count; i++)
        if (bridgehead_state(sweeper->topology, &bridgeheads[i]) == REFERENCE_UNSEEN)
            return true;
    return false;
}

static bool connector_dies(const Sweeper *sweeper, const Connector *connector, const Element *a,
                           const Element *b)
{
    g_autoptr(GPtrArray) sources = connector_senders(connector);
    g_autoptr(GPtrArray) targets = connector_takers(connector);

    return (all_are_dead(sources, a, b) &&
            !any_is_unseen(sweeper, connector->sources, connector->source_count)) ||
           (all_are_dead(targets, a, b) &&
            !any_is_unseen(sweeper, connector->targets, connector->target_count));
}

static bool site_dies(const Site *site, const Element *a, const Element *b)
{
    FOR_EACH(const Server, server, site->servers)
        if (server_carries_mail(server) && !g_hash_table_contains(a->servers, server) &&
            (b == NULL || !g_hash_table_contains(b->servers, server)))
            return false;
    return site_carries_mail(site);
}

static void add_once(GPtrArray *list, const void *item)
{
    if (!g_ptr_array_find(list, item, NULL))
        g_ptr_array_add(list, (gpointer)item);
}

static gint compare_connectors(gconstpointer a, gconstpointer b)
{
    const Connector *left = *(const Connector *const *)a;
    const Connector *right = *(const Connector *const *)b;

    return left->object.number < right->object.number ? -1 : 1;
}

void sweeper_add_dead(const Sweeper *sweeper, Cut *cut, const Element *a, const Element *b)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, a->servers);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const Server *server = key;

        FOR_EACH(const Connector, connector, g_hash_table_lookup(sweeper->users, server))
            if (connector_dies(sweeper, connector, a, b))
                add_once(cut->connectors, connector);
        if (server->site != NULL && !g_ptr_array_find(cut->sites, server->site, NULL) &&
            site_dies(server->site, a, b))
            g_ptr_array_add(cut->sites, server->site);
    }
    g_ptr_array_sort(cut->connectors, compare_connectors);
}

/* --- all elements ------------------------------------------------------------------------- */

static void note_users(const Sweeper *sweeper, const Connector *connector)
{
    g_autoptr(GPtrArray) servers = connector_senders(connector);
    g_autoptr(GPtrArray) targets = connector_takers(connector);

    g_ptr_array_extend(servers, targets, NULL, NULL);
    FOR_EACH(Server, server, servers)
        add_once(list_at(sweeper->users, server), connector);
}

static bool carries_mail(const Sweeper *sweeper, const Connector *connector)
{
    return carries_for_groups(sweeper, connector) || carries_for_spaces(sweeper, connector);
}

static bool is_down(const Sweeper *sweeper, const Object *object)
{
    return object_is_down(sweeper->failures, object);
}

static void collect_base(Sweeper *sweeper)
{
    Element *base;

    if (!failures_any(sweeper->failures))
        return;
    base = sweeper->base = element_new(SWEEP_CONNECTOR, NULL);
    FOR_EACH(Connector, connector, sweeper->topology->connectors)
        if (is_down(sweeper, &connector->object) && carries_mail(sweeper, connector))
            g_ptr_array_add(base->cut.connectors, connector);
    FOR_EACH(Site, site, sweeper->carriers)
        if (is_down(sweeper, &site->object))
            g_ptr_array_add(base->cut.sites, site);
    FOR_EACH(Server, server, sweeper->topology->servers)
        if (is_down(sweeper, &server->object))
            g_hash_table_add(base->servers, server);
}

static void collect_connector(Sweeper *sweeper, Connector *connector)
{
    if (carries_for_spaces(sweeper, connector))
        take_spaces(sweeper, connector);
    if (carries_mail(sweeper, connector) && !is_down(sweeper, &connector->object))
        g_ptr_array_add(add_element(sweeper, SWEEP_CONNECTOR, &connector->object)->cut.connectors,
                        connector);
}

static void collect_server(Sweeper *sweeper, Server *server)
{
    Element *element;

    if (is_down(sweeper, &server->object) ||
        (!server_carries_mail(server) && !g_hash_table_contains(sweeper->users, server)))
        return;
    element = add_element(sweeper, SWEEP_SERVER, &server->object);
    g_hash_table_add(element->servers, server);
    sweeper_add_dead(sweeper, &element->cut, element, NULL);
}

static void collect_site(Sweeper *sweeper, const Site *site)
{
    Element *element;

    if (is_down(sweeper, &site->object))
        return;
    element = add_element(sweeper, SWEEP_SITE, &site->object);
    FOR_EACH(Server, server, site->servers)
        g_hash_table_add(element->servers, server);
    sweeper_add_dead(sweeper, &element->cut, element, NULL);
}

void sweeper_collect(Sweeper *sweeper)
{
    FOR_EACH(const Connector, connector, sweeper->topology->connectors)
        note_users(sweeper, connector);
    collect_base(sweeper);
    FOR_EACH(Connector, connector, sweeper->topology->connectors)
        collect_connector(sweeper, connector);
    FOR_EACH(Server, server, sweeper->topology->servers)
        collect_server(sweeper, server);
    FOR_EACH(const Site, site, sweeper->carriers)
        collect_site(sweeper, site);
    FOR_EACH(SiteLink, link, sweeper->topology->site_links)
        if (link->ip && link->sites->len > 1)
            g_ptr_array_add(add_element(sweeper, SWEEP_LINK, &link->object)->cut.links, link);
}
