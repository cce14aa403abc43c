/* Servers: which groups and site they belong to, what lies below them, and what they are. */
#include "model/topology.h"

#include "model/build.h"
#include "model/decode.h"

#include <string.h>

/* --- what a server says about itself ------------------------------------------------------- */

/* What is kept of networkAddress is "ncacn_ip_tcp:" and the server's DNS name. */
static const char *find_fqdn(Arena *arena, const Entry *entry)
{
    uint32_t length;
    const char *text = value_bytes(entry_value(entry, ATTR_networkAddress), &length);
    const char *name = length == 0 ? NULL : memchr(text, ':', length);

    return name == NULL ? NULL : arena_strndup(arena, name + 1, length - (size_t)(name + 1 - text));
}

/* Shared by all servers that have nothing below them, which are many in an export of servers
 * alone. */
static const ServerContents nothing;

void server_describe(Arena *arena, Object *object)
{
    Server *server = (Server *)(void *)object;
    const Entry *entry = object->entry;

    server->below = &nothing;
    server->admin_group = object_above(entry->dn, CLASS_msExchAdminGroup);
    server->routing_group = object_referred(server->home_group_value, CLASS_msExchRoutingGroup);
    server->site = object_referred(server->site_value, CLASS_site);
    server->version = version_decode(entry);
    server->clustered = entry_has(entry, ATTR_msExchClusterStorageType) ||
                        entry_has(entry, ATTR_msExchServerRedundantMachines);
    server->fqdn = find_fqdn(arena, entry);
    if (!server->front_end.present)
        server->front_end = decode_integer(entry, ATTR_serverRole);
}

/* --- members of routing groups ------------------------------------------------------------ */

static void group_add_listed(RoutingGroup *group, AttributeId attribute)
{
    guint count;
    const Value *values = entry_values(group->object.entry, attribute, &count);

    for (guint i = 0; i < count; i++) {
        Server *server = server_at(value_dn(&values[i]));

        if (server == NULL || server->routing_group == group)
            continue;
        if (server->routing_group == NULL)
            server->routing_group = group;
        g_ptr_array_add(group->members, server);
    }
}

/* A server names its group (msExchHomeRoutingGroup); a group has the back link of that, which an
 * export may lack, and lists its members' virtual servers and MTAs in
 * msExchRoutingGroupMembersDN. */
static void link_members(Topology *topology)
{
    FOR_EACH(RoutingGroup, group, topology->routing_groups) {
        guint at_home = group->members->len;

        group_add_listed(group, ATTR_msExchRoutingGroupMembersBL);
        group_add_listed(group, ATTR_msExchRoutingGroupMembersDN);
        if (group->members->len > at_home)
            list_settle(group->members);
    }
}

static void link_homes(Topology *topology)
{
    FOR_EACH(Server, server, topology->servers) {
        if (server->admin_group != NULL)
            g_ptr_array_add(server->admin_group->servers, server);
        if (server->routing_group != NULL)
            g_ptr_array_add(server->routing_group->members, server);
        if (server->site != NULL)
            g_ptr_array_add(server->site->servers, server);
    }
}

/* --- what lies below a server -------------------------------------------------------------- */

/* Those of one server, to be added to. */
static ServerContents *contents_of(Topology *topology, Server *server)
{
    if (server->below == &nothing)
        server->below = arena_new_of(topology->arena, ServerContents);
    return (ServerContents *)(uintptr_t)server->below;
}

static void link_virtual_servers(Topology *topology)
{
    FOR_EACH(VirtualServer, item, topology->virtual_servers) {
        item->server = server_at(item->object.entry->dn);
        list_add(topology, &contents_of(topology, item->server)->virtual_servers, item);
    }
    FOR_EACH(ReceiveConnector, item, topology->receive_connectors) {
        item->server = server_at(item->object.entry->dn);
        list_add(topology, &contents_of(topology, item->server)->receive_connectors, item);
    }
}

static void link_stores(Topology *topology)
{
    FOR_EACH(Store, store, topology->stores) {
        const Entry *entry = store->object.entry;

        store->public_folders = class_is_a((ClassId)entry->class_id, CLASS_msExchPublicMDB);
        store->server = server_at(entry->dn);
        if (store->server == NULL)
            store->server = server_at(value_dn(entry_value(entry, ATTR_msExchOwningServer)));
        if (store->server != NULL)
            list_add(topology, &contents_of(topology, store->server)->stores, store);
    }
}

void link_servers(Topology *topology)
{
    link_homes(topology);
    link_members(topology);
    link_virtual_servers(topology);
    link_stores(topology);
}

/* --- questions ---------------------------------------------------------------------------- */

bool server_is_hub(const Server *server)
{
    return server_uses_routing_group(server) && server_has_role(server, ROLE_HUB_TRANSPORT) &&
           !server_is_edge(server);
}

GPtrArray *server_role_names(const Server *server)
{
    static const struct {
        uint32_t bit;
        const char *name;
    } roles[] = {
        {ROLE_MAILBOX, "Mailbox"},
        {ROLE_CLIENT_ACCESS, "Client Access"},
        {ROLE_UNIFIED_MESSAGING, "Unified Messaging"},
        {ROLE_HUB_TRANSPORT, "Hub Transport"},
        {ROLE_EDGE, "Edge Transport"},
        {ROLE_PROVISIONED, "Provisioned"},
        {ROLE_FRONT_END_2013, "Front End Transport"},
    };
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    uint32_t left = server->roles.present ? (uint32_t)server->roles.value : 0;

    for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
        if ((left & roles[i].bit) != 0)
            g_ptr_array_add(names, g_strdup(roles[i].name));
        left &= ~roles[i].bit;
    }
    if (left != 0)
        g_ptr_array_add(names, g_strdup_printf("0x%x", left));
    return names;
}
