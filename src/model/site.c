/* Sites, what joins them, and the domain controllers in them. */
#include "model/topology.h"

#include "model/build.h"
#include "model/decode.h"

static void link_site_lists(Topology *topology)
{
    FOR_EACH(Site, site, topology->sites) {
        site->hub = site->flags.present && (site->flags.value & 1) != 0;
        site->servers = list_new(topology);
        site->controllers = list_new(topology);
        site->subnets = list_new(topology);
        site->links = list_new(topology);
    }
}

static Transport *transport_above(const Object *object)
{
    return object_above(object->entry->dn, CLASS_interSiteTransport);
}

static void site_link_join(SiteLink *link)
{
    for (guint i = 0; i < link->site_values.count; i++) {
        Site *site = object_referred(&link->site_values.items[i], CLASS_site);

        if (site == NULL)
            continue;
        g_ptr_array_add(link->sites, site);
        g_ptr_array_add(site->links, link);
    }
}

/* The transport is known by the name of the container, which is fixed (MS-ADTS 6.1.1.2.2.3.1). */
static void link_site_links(Topology *topology)
{
    FOR_EACH(SiteLink, link, topology->site_links) {
        link->transport = transport_above(&link->object);
        link->ip = g_ascii_strcasecmp(link->object.entry->dn->parent->value, "IP") == 0;
        link->sites = list_new(topology);
        site_link_join(link);
    }
}

static void link_bridges(Topology *topology)
{
    FOR_EACH(SiteLinkBridge, bridge, topology->site_link_bridges) {
        guint count;
        const Value *values = entry_values(bridge->object.entry, ATTR_siteLinkList, &count);

        bridge->transport = transport_above(&bridge->object);
        bridge->links = list_new(topology);
        for (guint i = 0; i < count; i++) {
            SiteLink *link = object_referred(&values[i], CLASS_siteLink);

            if (link != NULL)
                g_ptr_array_add(bridge->links, link);
        }
    }
}

static void link_subnets(Topology *topology)
{
    FOR_EACH(Subnet, subnet, topology->subnets) {
        subnet->site = object_referred(subnet->site_value, CLASS_site);
        if (subnet->site != NULL)
            g_ptr_array_add(subnet->site->subnets, subnet);
    }
}

/* The server object that NTDS Settings make a domain controller. Exchange's server class derives
 * from `server` but never stands below a site. */
static Entry *controller_entry(const Entry *settings)
{
    Entry *entry = settings->dn->parent->entry;

    if (entry == NULL || entry->object != NULL || dn_mangling(settings->dn) != MANGLED_NOT)
        return NULL;
    return class_is_a((ClassId)entry->class_id, CLASS_server) ? entry : NULL;
}

/* MS-ADTS 6.1.1.2.2.1.2.1.1: `options` bit 0x1 of nTDSDSA is "this is a global catalog". */
static void controller_make(Topology *topology, const Entry *settings, Entry *entry, Site *site)
{
    DomainController *controller = arena_new_of(topology->arena, DomainController);
    OptionalInteger options = decode_integer(settings, ATTR_options);

    *controller = (DomainController){
        .object = {.entry = entry, .name = entry->dn->value, .number = topology->controllers->len},
        .settings = settings,
        .site = site,
        .global_catalog = options.present && (options.value & 1) != 0,
        .read_only = class_is_a((ClassId)settings->class_id, CLASS_nTDSDSARO),
        .level = decode_integer(settings, ATTR_msDS_Behavior_Version),
        .fqdn = decode_text(topology->arena, entry_value(entry, ATTR_dNSHostName)),
    };
    entry->object = controller;
    g_ptr_array_add(topology->controllers, controller);
    g_ptr_array_add(site->controllers, controller);
}

static void link_controllers(Topology *topology)
{
    const GPtrArray *settings = directory_of_class(topology->directory, CLASS_nTDSDSA);

    topology->controllers = list_new(topology);
    FOR_EACH(const Entry, dsa, settings) {
        Entry *entry = controller_entry(dsa);
        Site *site = object_above(dsa->dn, CLASS_site);

        if (entry != NULL && site != NULL)
            controller_make(topology, dsa, entry, site);
    }
}

void link_sites(Topology *topology)
{
    link_site_lists(topology);
    link_site_links(topology);
    link_bridges(topology);
    link_subnets(topology);
    link_controllers(topology);
}
