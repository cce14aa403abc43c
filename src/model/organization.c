/* The organisation, its administrative groups and its routing groups: what lies in what. */
#include "model/topology.h"

#include "base/fold.h"
#include "model/build.h"
#include "model/decode.h"

/* CN=Message Delivery below Global Settings bears the limit that users see as the
 * organisation's. */
static void link_delivery_limit(const Directory *directory)
{
    const GPtrArray *entries = directory_of_class(directory, CLASS_msExchMessageDeliveryConfig);

    FOR_EACH(const Entry, entry, entries) {
        Organization *organization = object_above(entry->dn, CLASS_msExchOrganizationContainer);
        OptionalInteger limit = decode_integer(entry, ATTR_delivContLength);

        if (organization != NULL && limit.present && dn_mangling(entry->dn) == MANGLED_NOT)
            organization->delivery_limit = limit;
    }
}

/* The administrative group right above a container that counts; NULL when there is none. */
static AdminGroup *group_holding(const Entry *container)
{
    if (dn_mangling(container->dn) != MANGLED_NOT)
        return NULL;
    return object_at(container->dn->parent, CLASS_msExchAdminGroup);
}

/* An export may lack either container: then nothing can be said about what is in it. */
static void link_containers(const Directory *directory)
{
    FOR_EACH(const Entry, entry, directory_of_class(directory, CLASS_msExchServersContainer)) {
        AdminGroup *group = group_holding(entry);

        if (group != NULL && group->servers_container == NULL)
            group->servers_container = entry;
    }
    FOR_EACH(const Entry, entry, directory_of_class(directory, CLASS_msExchRoutingGroupContainer)) {
        AdminGroup *group = group_holding(entry);

        if (group != NULL && group->routing_container == NULL)
            group->routing_container = entry;
    }
}

static void link_admin_groups(Topology *topology)
{
    FOR_EACH(AdminGroup, group, topology->admin_groups) {
        group->official = text_has_token(group->object.name, ADMIN_GROUP_TOKEN);
        group->servers = list_new(topology);
        group->routing_groups = list_new(topology);
        if (group->official && topology->official_admin_group == NULL)
            topology->official_admin_group = group;
    }
}

static void link_routing_groups(Topology *topology)
{
    FOR_EACH(RoutingGroup, group, topology->routing_groups) {
        group->official = text_has_token(group->object.name, ROUTING_GROUP_TOKEN);
        group->members = list_new(topology);
        group->connectors = list_new(topology);
        group->incoming = list_new(topology);
        group->master = server_at(value_dn(group->master_value));
        group->admin_group = object_above(group->object.entry->dn, CLASS_msExchAdminGroup);
        if (group->admin_group != NULL)
            g_ptr_array_add(group->admin_group->routing_groups, group);
        if (group->official && topology->official_routing_group == NULL)
            topology->official_routing_group = group;
    }
}

void link_organizations(Topology *topology)
{
    if (topology->organizations->len > 0)
        topology->organization = g_ptr_array_index(topology->organizations, 0);
    link_delivery_limit(topology->directory);
    link_containers(topology->directory);
    link_admin_groups(topology);
    link_routing_groups(topology);
}
