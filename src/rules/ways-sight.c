/* What routing could not see: lost records, classes that did not come, attributes that nobody
 * showed, and names that lead out of what was read. */
#include "rules/ways-sight.h"

#include "rules/routing-groups.h"
#include "rules/sight.h"
#include "rules/words.h"

#include <stddef.h>

static void add(GPtrArray *gaps, char *gap)
{
    if (gap != NULL)
        g_ptr_array_add(gaps, gap);
}

/* --- lost, or hidden ---------------------------------------------------------------------- */

static void add_lost(GPtrArray *gaps, const Topology *topology)
{
    static const ClassId crossed[] = {
        CLASS_site,
        CLASS_siteLink,
        CLASS_msExchRoutingGroup,
        CLASS_msExchExchangeServer,
        CLASS_msExchRoutingGroupConnector,
        CLASS_mailGateway,
    };

    for (guint i = 0; i < G_N_ELEMENTS(crossed); i++)
        if (directory_may_lack(topology->directory, crossed[i])) {
            add(gaps, g_strdup_printf("records were lost in reading, and some that ways of mail "
                                      "hang on (%s) may be among them: repair or repeat the export",
                                      class_table[crossed[i]].name));
            return;
        }
}

static void add_hidden(GPtrArray *gaps, const Topology *topology)
{
    static const ClassId told[] = {
        CLASS_msExchExchangeServer,
        CLASS_msExchRoutingGroup,
        CLASS_site,
        CLASS_siteLink,
    };
    static const ClassId shown[] = {
        CLASS_msExchExchangeServer,
        CLASS_msExchConnector,
        CLASS_siteLink,
    };
    g_autoptr(Sight) sight = sight_new(topology);

    for (guint i = 0; i < G_N_ELEMENTS(told); i++)
        add(gaps, sight_hidden(sight, told[i]));
    for (guint i = 0; i < G_N_ELEMENTS(shown); i++)
        add(gaps, sight_bare(sight, shown[i]));
    add(gaps, sight_unread(sight, CLASS_msExchExchangeServer));
}

/* --- shown without what routing needs ----------------------------------------------------- */

/* What every sound object of a list has, or every one of some of them: one of the attributes. */
typedef struct Want {
    size_t list;                      /* offset of the GPtrArray in Topology */
    bool (*concerns)(const Object *); /* which of the objects; NULL: all */
    AttributeId attributes[3];
    const char *told; /* what the first of them tells */
} Want;

/* Before it is installed a server stands nowhere. */
static bool is_placed_by_site(const Object *object)
{
    const Server *server = (const Server *)object;

    return server_is_modern(server) && !server_is_provisioned_only(server);
}

static bool has_roles(const Object *object)
{
    return server_is_modern((const Server *)object);
}

/* A server that its group lists is placed without a word of its own. */
static bool is_placed_by_group(const Object *object)
{
    const Server *server = (const Server *)object;

    return server_keeps_link_state(server) &&
           (server->home_group_value != NULL || server->routing_group == NULL);
}

static bool is_ip_link(const Object *object)
{
    return ((const SiteLink *)object)->ip;
}

static bool leads_to_group(const Object *object)
{
    return ((const Connector *)object)->kind == CONNECTOR_ROUTING_GROUP;
}

static bool serves_addresses(const Object *object)
{
    return class_is_a((ClassId)object->entry->class_id, CLASS_mailGateway);
}

/* Where a routing group connector of 2000 and 2003 names no senders, all of its group are. */
static bool names_senders(const Object *object)
{
    const Connector *connector = (const Connector *)object;

    return connector->kind != CONNECTOR_ROUTING_GROUP ||
           (connector->group != NULL && connector->group->official);
}

static const Want wants[] = {
    {offsetof(Topology, servers),
     NULL,
     {ATTR_serialNumber, ATTR_versionNumber, ATTR_NONE},
     "of which version a server is"},
    {offsetof(Topology, servers),
     is_placed_by_site,
     {ATTR_msExchServerSite, ATTR_NONE},
     "in which site a server of Exchange 2007 or later stands"},
    {offsetof(Topology, servers),
     has_roles,
     {ATTR_msExchCurrentServerRoles, ATTR_NONE},
     "whether a server of Exchange 2007 or later moves mail"},
    {offsetof(Topology, servers),
     is_placed_by_group,
     {ATTR_msExchHomeRoutingGroup, ATTR_NONE},
     "to which routing group a server of Exchange 2000/2003 belongs"},
    {offsetof(Topology, site_links),
     is_ip_link,
     {ATTR_siteList, ATTR_NONE},
     "which sites a link joins"},
    {offsetof(Topology, site_links),
     is_ip_link,
     {ATTR_cost, ATTR_msExchCost, ATTR_NONE},
     "what the way over a link costs"},
    {offsetof(Topology, connectors),
     leads_to_group,
     {ATTR_msExchDestinationRGDN, ATTR_NONE},
     "where a connector leads"},
    {offsetof(Topology, connectors),
     leads_to_group,
     {ATTR_msExchTargetBridgeheadServersDN, ATTR_NONE},
     "which servers a connector hands mail to"},
    {offsetof(Topology, connectors),
     names_senders,
     {ATTR_msExchSourceBridgeheadServersDN, ATTR_homeMTA, ATTR_NONE},
     "which servers send through a connector"},
    {offsetof(Topology, connectors),
     leads_to_group,
     {ATTR_cost, ATTR_NONE},
     "what the way over a connector costs"},
    {offsetof(Topology, connectors),
     serves_addresses,
     {ATTR_routingList, ATTR_connectedDomains, ATTR_NONE},
     "which mail a connector is for"},
};

static bool shows(const Object *object, const Want *want)
{
    for (const AttributeId *attribute = want->attributes; *attribute != ATTR_NONE; attribute++)
        if (entry_has(object->entry, *attribute))
            return true;
    return false;
}

static void add_unshown(GPtrArray *gaps, const Topology *topology, const Want *want)
{
    const GPtrArray *list = G_STRUCT_MEMBER(GPtrArray *, topology, want->list);
    g_autofree guint *objects = g_new0(guint, CLASS_COUNT);
    g_autofree guint *shown = g_new0(guint, CLASS_COUNT);

    FOR_EACH(const Object, object, list) {
        if (want->concerns != NULL && !want->concerns(object))
            continue;
        objects[object->entry->class_id]++;
        shown[object->entry->class_id] += shows(object, want);
    }
    for (ClassId id = CLASS_NONE; id < CLASS_COUNT; id++)
        if (objects[id] > 0 && shown[id] == 0)
            add(gaps, g_strdup_printf("%s, which tells %s, was not read on any of the %u %s "
                                      "objects: export it, or read with an account that may see it",
                                      attribute_table[want->attributes[0]].name, want->told,
                                      objects[id], class_table[id].name));
}

/* --- connectors that did not come --------------------------------------------------------- */

static guint count_inhabited(const GPtrArray *groups)
{
    guint count = 0;

    FOR_EACH(const RoutingGroup, group, groups)
        count += group->members->len > 0;
    return count;
}

static void add_connectors(GPtrArray *gaps, const Topology *topology)
{
    const char *unseen = topology->routing_groups->len == 0 ? NULL : unseen_connectors(topology);

    if (unseen != NULL)
        add(gaps, g_strdup(unseen));
    else if (topology->connectors->len == 0 && count_inhabited(topology->routing_groups) > 1 &&
             !directory_was_thinned(topology->directory, CLASS_msExchConnector))
        add(gaps, g_strdup("no connector was seen, although there are routing groups to be joined: "
                           "unless there is none, there is no right to list them (List Contents on "
                           "CN=Connections), or the export lacks them"));
}

/* --- names that lead out of what was read ------------------------------------------------- */

static bool is_unseen(const Topology *topology, const void *found, const Value *value)
{
    return found == NULL && reference_state(topology->directory, value) == REFERENCE_UNSEEN;
}

static bool link_leads_out(const Topology *topology, const SiteLink *link)
{
    for (guint i = 0; i < link->site_values.count; i++)
        if (is_unseen(topology, NULL, &link->site_values.items[i]))
            return true;
    return false;
}

static void add_servers_out(GPtrArray *gaps, const Topology *topology)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(Server, server, topology->servers)
        if (is_unseen(topology, server->site, server->site_value) ||
            is_unseen(topology, server->routing_group, server->home_group_value))
            g_ptr_array_add(out, server);
    names = names_of(out);
    if (out->len > 0)
        add(gaps, g_strdup_printf("the site or routing group of %s was not read", names));
}

static void add_links_out(GPtrArray *gaps, const Topology *topology)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(SiteLink, link, topology->site_links)
        if (link->ip && link_leads_out(topology, link))
            g_ptr_array_add(out, link);
    names = names_of(out);
    if (out->len > 0)
        add(gaps, g_strdup_printf("sites that site link %s joins were not read", names));
}

/* --- all of it ---------------------------------------------------------------------------- */

GPtrArray *ways_sight(const Topology *topology)
{
    GPtrArray *gaps = g_ptr_array_new_with_free_func(g_free);

    add_lost(gaps, topology);
    add(gaps, organization_gap(topology));
    if (topology->organization == NULL && topology->servers->len == 0)
        return gaps;
    add_hidden(gaps, topology);
    for (guint i = 0; i < G_N_ELEMENTS(wants); i++)
        add_unshown(gaps, topology, &wants[i]);
    add_connectors(gaps, topology);
    add_servers_out(gaps, topology);
    add_links_out(gaps, topology);
    return gaps;
}
