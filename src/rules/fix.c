/*
 * The changes that repair findings: a function for each rule that has any. A change is proposed
 * only where it is the one that anybody would make: a value that leads nowhere goes if others are
 * left, an object that nothing can use goes if nothing lies below it.
 */
#include "rules/fix.h"

#include <string.h>

static void add(GArray *fixes, Fix fix)
{
    g_array_append_val(fixes, fix);
}

bool fix_equal(const Fix *a, const Fix *b)
{
    return a->kind == b->kind && a->entry == b->entry && a->attribute == b->attribute &&
           a->old == b->old && a->name == b->name;
}

/* Directories delete objects with others below them only when told so for each. */
static bool is_leaf(const Audit *audit, const Entry *entry)
{
    FOR_EACH(const Entry, other, directory_entries(audit->topology->directory))
        if (other->dn->parent == entry->dn)
            return false;
    return true;
}

static void delete_object(const Audit *audit, const Entry *entry, GArray *fixes)
{
    if (entry != NULL && is_leaf(audit, entry))
        add(fixes, (Fix){.kind = FIX_DELETE_OBJECT, .entry = entry, .attribute = ATTR_NONE});
}

/* --- values that lead nowhere ------------------------------------------------------------- */

static bool dangles(const Audit *audit, const Value *value)
{
    return reference_dangles(reference_state(audit->topology->directory, value));
}

static bool keeps_a_value(const Audit *audit, const Evidence *evidence)
{
    guint count;
    const Value *values = entry_values(evidence->entry, evidence->attribute, &count);

    for (guint i = 0; i < count; i++)
        if (!dangles(audit, &values[i]))
            return true;
    return false;
}

/* All that the finding cites, which are values that lead nowhere, or nothing: half a repair would
 * leave the finding as it is. */
static void drop_dangling(const Audit *audit, const Finding *finding, GArray *fixes)
{
    for (guint i = 0; i < finding->evidence->len; i++) {
        const Evidence *evidence = &g_array_index(finding->evidence, Evidence, i);

        if (value_dn(evidence->value) == NULL || !keeps_a_value(audit, evidence)) {
            g_array_set_size(fixes, 0);
            return;
        }
        add(fixes, (Fix){.kind = FIX_DELETE_VALUE,
                         .entry = evidence->entry,
                         .attribute = evidence->attribute,
                         .old = evidence->value});
    }
}

/* --- routing group masters ---------------------------------------------------------------- */

static const RoutingGroup *group_of(const Audit *audit, const Entry *entry)
{
    FOR_EACH(const RoutingGroup, group, audit->topology->routing_groups)
        if (group->object.entry == entry)
            return group;
    return NULL;
}

/* The first member by name: which one is best the directory does not tell. */
static const Server *first_member(const RoutingGroup *group)
{
    FOR_EACH(const Server, server, group->members)
        if (server_is_legacy(server))
            return server;
    return NULL;
}

static void name_master(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const RoutingGroup *group = group_of(audit, finding->entry);
    const Server *master = group == NULL ? NULL : first_member(group);

    if (master != NULL)
        add(fixes, (Fix){.kind = FIX_REPLACE,
                         .entry = finding->entry,
                         .attribute = ATTR_msExchRoutingMasterDN,
                         .name = master->object.entry->dn});
}

/* --- site links --------------------------------------------------------------------------- */

static bool link_holds(const SiteLink *link, const Site *site)
{
    return g_ptr_array_find(link->sites, site, NULL);
}

static bool is_linked(const Topology *topology, const Site *site)
{
    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->ip && link_holds(link, site))
            return true;
    return false;
}

/* The only site of the forest that is in no IP site link, or NULL. */
static const Site *lone_site(const Topology *topology)
{
    const Site *lone = NULL;

    FOR_EACH(const Site, site, topology->sites) {
        if (is_linked(topology, site))
            continue;
        if (lone != NULL)
            return NULL;
        lone = site;
    }
    return lone;
}

static void enter_site(const SiteLink *link, const Site *site, GArray *fixes)
{
    add(fixes, (Fix){.kind = FIX_ADD_VALUE,
                     .entry = link->object.entry,
                     .attribute = ATTR_siteList,
                     .name = site->object.entry->dn});
}

/* The only IP site link that has one living site, or else the only one that there is. */
static const SiteLink *link_to_join(const Topology *topology)
{
    const SiteLink *short_one = NULL;
    const SiteLink *any = NULL;
    guint short_ones = 0;
    guint all = 0;

    FOR_EACH(const SiteLink, link, topology->site_links) {
        if (!link->ip)
            continue;
        all++;
        any = link;
        if (link->sites->len == 1) {
            short_ones++;
            short_one = link;
        }
    }
    if (short_ones == 1)
        return short_one;
    return all == 1 ? any : NULL;
}

/* Where it is plain which site lacks a link and which link lacks a site, they belong together. */
static void join_site(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const Site *site = lone_site(audit->topology);
    const SiteLink *link = link_to_join(audit->topology);

    if (site != NULL && link != NULL && site->object.entry == finding->entry)
        enter_site(link, site, fixes);
}

static void mend_link(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const Site *site = lone_site(audit->topology);
    const SiteLink *link = link_to_join(audit->topology);

    if (site != NULL && link != NULL && link->object.entry == finding->entry &&
        link->sites->len == 1)
        enter_site(link, site, fixes);
    else
        delete_object(audit, finding->entry, fixes);
}

/* --- objects that are left over ----------------------------------------------------------- */

static void delete_leftover(const Audit *audit, const Finding *finding, GArray *fixes)
{
    delete_object(audit, finding->entry, fixes);
}

/* The connectors that the finding cites, when all of them can go. */
static void delete_connectors(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const RoutingGroup *group = group_of(audit, finding->entry);

    FOR_EACH(const Connector, connector, group->incoming)
        delete_object(audit, connector->object.entry, fixes);
    FOR_EACH(const Connector, connector, group->connectors)
        delete_object(audit, connector->object.entry, fixes);
    if (fixes->len != group->incoming->len + group->connectors->len)
        g_array_set_size(fixes, 0);
}

static void delete_empty_servers(const Audit *audit, const Finding *finding, GArray *fixes)
{
    FOR_EACH(const AdminGroup, group, audit->topology->admin_groups)
        if (group->object.entry == finding->entry)
            delete_object(audit, group->servers_container, fixes);
}

/* --- names of what there is only one of ---------------------------------------------------- */

static void point_to(const Finding *finding, AttributeId attribute, const Entry *target,
                     GArray *fixes)
{
    if (target != NULL)
        add(fixes, (Fix){.kind = FIX_REPLACE,
                         .entry = finding->entry,
                         .attribute = attribute,
                         .name = target->dn});
}

static bool is_modern_public(const Store *store)
{
    return store->public_folders && store->server != NULL && server_is_modern(store->server);
}

/* The only public folder store of Exchange 2007 and later, on a server or (NULL) anywhere; or
 * NULL. */
static const Entry *only_modern_public(const Topology *topology, const Server *server)
{
    const Entry *only = NULL;

    FOR_EACH(const Store, store, topology->stores) {
        if (!is_modern_public(store) || (server != NULL && store->server != server))
            continue;
        if (only != NULL)
            return NULL;
        only = store->object.entry;
    }
    return only;
}

/* The one on the mailbox store's own server is what its setup would have chosen. */
static void name_public_store(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const Store *store = topology_store(audit->topology, finding->entry->dn);
    const Entry *target = only_modern_public(audit->topology, store->server);

    if (target == NULL)
        target = only_modern_public(audit->topology, NULL);
    point_to(finding, ATTR_msExchHomePublicMDB, target, fixes);
}

/* The only public folder store on the servers of a group, or NULL. */
static const Entry *public_store_of(const Topology *topology, const Entry *group)
{
    const Entry *only = NULL;

    FOR_EACH(const Store, store, topology->stores) {
        const Server *server = store->public_folders ? store->server : NULL;

        if (server == NULL || server->admin_group == NULL ||
            server->admin_group->object.entry != group)
            continue;
        if (only != NULL)
            return NULL;
        only = store->object.entry;
    }
    return only;
}

static void name_site_folders(const Audit *audit, const Finding *finding, GArray *fixes)
{
    point_to(finding, ATTR_siteFolderServer, public_store_of(audit->topology, finding->entry),
             fixes);
}

static void name_address_book(const Audit *audit, const Finding *finding, GArray *fixes)
{
    const GPtrArray *books = directory_of_class(audit->topology->directory, CLASS_msExchOAB);

    if (books->len == 1)
        point_to(finding, ATTR_msExchUseOAB, g_ptr_array_index(books, 0), fixes);
}

/* A server of 2000/2003 with stores, the first by name: which one is best the directory does not
 * tell. */
static bool may_update(const Server *server)
{
    return server_is_legacy(server) && server->version.family != FAMILY_5_5 &&
           !server_is_front_end(server);
}

static void name_update_server(const Audit *audit, const Finding *finding, GArray *fixes)
{
    FOR_EACH(const Server, server, audit->topology->servers)
        if (may_update(server)) {
            point_to(finding, ATTR_msExchAddressListServiceLink, server->object.entry, fixes);
            return;
        }
}

/* --- values that are ignored --------------------------------------------------------------- */

static void drop_connected_groups(const Audit *audit, const Finding *finding, GArray *fixes)
{
    guint count;
    const Value *values = entry_values(finding->entry, ATTR_connectedDomains, &count);

    (void)audit;
    for (guint i = 0; i < count; i++)
        add(fixes, (Fix){.kind = FIX_DELETE_VALUE,
                         .entry = finding->entry,
                         .attribute = ATTR_connectedDomains,
                         .old = &values[i]});
}

/* --- the table ---------------------------------------------------------------------------- */

typedef struct FixRule {
    const char *rule;
    void (*find)(const Audit *audit, const Finding *finding, GArray *fixes);
} FixRule;

static const FixRule fix_rules[] = {
    {"AG005", delete_empty_servers},
    {"CONN006", drop_dangling},
    {"CONN012", drop_connected_groups},
    {"LEG015", delete_leftover},
    {"PF001", name_site_folders},
    {"PF008", name_public_store},
    {"PF010", name_address_book},
    {"RES001", drop_dangling},
    {"RES006", delete_connectors},
    {"RES007", delete_leftover},
    {"RG008", name_master},
    {"RUS001", name_update_server},
    {"RUS002", name_update_server},
    {"RUS003", name_update_server},
    {"RUS006", name_update_server},
    {"RUS007", delete_leftover},
    {"SITE003", join_site},
    {"SITE005", mend_link},
};

GArray *fixes_of(const Audit *audit, const Finding *finding)
{
    GArray *fixes = g_array_new(FALSE, FALSE, sizeof(Fix));

    for (guint i = 0; i < G_N_ELEMENTS(fix_rules); i++)
        if (strcmp(fix_rules[i].rule, finding->rule->id) == 0)
            fix_rules[i].find(audit, finding, fixes);
    return fixes;
}
