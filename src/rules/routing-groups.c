/*
 * Questions about routing groups that several families ask: which groups belong to the old world,
 * which connectors lead from one world to the other, and whether enough was read to miss one.
 */
#include "rules/routing-groups.h"

#include "rules/facts.h"
#include "rules/words.h"

bool server_keeps_link_state(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

bool group_has_member(const RoutingGroup *group, bool (*wanted)(const Server *))
{
    FOR_EACH(const Server, member, group->members)
        if (wanted(member))
            return true;
    return false;
}

bool group_is_legacy(const RoutingGroup *group)
{
    return !group->official && group_has_member(group, server_is_legacy);
}

bool group_passes_for_modern(const Topology *topology, const RoutingGroup *group)
{
    if (group->official || topology->official_routing_group != NULL)
        return group->official;
    return group_has_member(group, server_uses_routing_group) && !group_is_legacy(group);
}

static bool homes_were_read(const Directory *directory)
{
    return directory_seen(directory, CLASS_msExchExchangeServer, ATTR_msExchHomeRoutingGroup) > 0;
}

static bool lists_were_read(const Directory *directory)
{
    return directory_seen(directory, CLASS_msExchRoutingGroup, ATTR_msExchRoutingGroupMembersDN) >
               0 ||
           directory_seen(directory, CLASS_msExchRoutingGroup, ATTR_msExchRoutingGroupMembersBL) >
               0;
}

bool members_were_read(const Directory *directory)
{
    return homes_were_read(directory) && lists_were_read(directory);
}

bool membership_is_hidden(const Directory *directory)
{
    return !homes_were_read(directory) && !lists_were_read(directory);
}

GPtrArray *legacy_groups(const Topology *topology)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(RoutingGroup, group, topology->routing_groups)
        if (group_is_legacy(group))
            g_ptr_array_add(found, group);
    return found;
}

GPtrArray *hub_servers(const Topology *topology)
{
    return servers_where(topology->servers, server_is_hub);
}

static guint count_mailbox_stores(const Server *server)
{
    guint count = 0;

    FOR_EACH(const Store, store, server->below->stores)
        if (!store->public_folders)
            count++;
    return count;
}

guint group_count_mailbox_stores(const RoutingGroup *group)
{
    guint count = 0;

    FOR_EACH(const Server, member, group->members)
        count += count_mailbox_stores(member);
    return count;
}

static gint compare_destinations(gconstpointer a, gconstpointer b)
{
    const Connector *left = *(const Connector *const *)a;
    const Connector *right = *(const Connector *const *)b;
    int order = dn_compare(left->destination->object.entry->dn,
                           right->destination->object.entry->dn);

    if (order == 0)
        order = connector_cost(left) - connector_cost(right);
    return order != 0 ? order : dn_compare(left->object.entry->dn, right->object.entry->dn);
}

GPtrArray *connectors_by_destination(const RoutingGroup *group, bool enabled)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Connector, connector, group->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->destination != NULL &&
            (!enabled || connector_is_enabled(connector)))
            g_ptr_array_add(found, connector);
    g_ptr_array_sort(found, compare_destinations);
    return found;
}

guint destination_run_end(const GPtrArray *connectors, guint from)
{
    const Connector *first = g_ptr_array_index(connectors, from);
    guint end = from;

    while (end < connectors->len) {
        const Connector *next = g_ptr_array_index(connectors, end);

        if (next->destination != first->destination)
            break;
        end++;
    }
    return end;
}

const Connector *cheapest_between(const RoutingGroup *from, const RoutingGroup *to)
{
    const Connector *best = NULL;

    FOR_EACH(const Connector, connector, from->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->destination == to &&
            connector_is_enabled(connector) &&
            (best == NULL || connector_cost(connector) < connector_cost(best)))
            best = connector;
    return best;
}

static bool destinations_are_hidden(const Topology *topology)
{
    return directory_seen(topology->directory, CLASS_msExchRoutingGroupConnector,
                          ATTR_msExchDestinationRGDN) == 0;
}

static bool end_is_unknown(const Topology *topology, const Connector *connector)
{
    ReferenceState state = reference_state(topology->directory, connector->destination_value);

    if (connector->kind == CONNECTOR_ROUTING_GROUP)
        return state == REFERENCE_UNSEEN ||
               (state == REFERENCE_ABSENT && destinations_are_hidden(topology));
    if (connector->kind == CONNECTOR_FOREIGN ||
        (connector->group != NULL && connector->group->official))
        return false;
    if (connector->connected.count == 0)
        return connector->space_count == 0;
    return connector->connected.count > connector->connected_groups->len;
}

const Need connector_destinations[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchDestinationRGDN},
    {CLASS_NONE, ATTR_NONE},
};

const Need connector_costs[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchDestinationRGDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_cost},
    {CLASS_NONE, ATTR_NONE},
};

const Need connector_ends[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchDestinationRGDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_NONE, ATTR_NONE},
};

const Need connector_ways[] = {
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchDestinationRGDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
    {CLASS_msExchRoutingGroupConnector, ATTR_cost},
    {CLASS_NONE, ATTR_NONE},
};

static const char nothing_read[] =
    "no connector and no container for connectors (CN=Connections of a routing group) was read";

static bool nothing_was_read(const Topology *topology)
{
    return topology->connectors->len == 0 &&
           directory_of_class(topology->directory, CLASS_msExchConnectors)->len == 0;
}

bool connectors_unread(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || !nothing_was_read(topology))
        return false;
    check_not_assessed(check, 0, "%s", nothing_read);
    return true;
}

bool connector_ends_unread(Check *check)
{
    const Topology *topology = check_topology(check);
    guint count = 0;

    if (connectors_unread(check))
        return true;
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP &&
            (connector->group == NULL || end_is_unknown(topology, connector)))
            count++;
    if (count > 0)
        check_not_assessed(check, count, "a group at an end of the connector was not read");
    return false;
}

static const char sources_hidden[] =
    "msExchSourceBridgeheadServersDN was not read on any routing group connector, although some "
    "lie in the group of Exchange 2007: export it, or read with an account that may see it";

const char *hidden_sources(const Topology *topology)
{
    if (directory_seen(topology->directory, CLASS_msExchRoutingGroupConnector,
                       ATTR_msExchSourceBridgeheadServersDN) > 0)
        return NULL;
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->group != NULL &&
            connector->group->official)
            return sources_hidden;
    return NULL;
}

bool sources_unread(Check *check)
{
    const char *hidden = hidden_sources(check_topology(check));

    if (hidden != NULL)
        check_not_assessed(check, 0, "%s", hidden);
    return hidden != NULL;
}

bool homes_unread(Check *check)
{
    return groups_unread(check) ||
           attribute_unread(check, check_topology(check)->servers->len, CLASS_msExchExchangeServer,
                            ATTR_msExchHomeRoutingGroup);
}

bool members_unread(Check *check)
{
    return homes_unread(check) ||
           attribute_unread(check, check_topology(check)->routing_groups->len,
                            CLASS_msExchRoutingGroup, ATTR_msExchRoutingGroupMembersDN);
}

bool membership_unread(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || !membership_is_hidden(topology->directory))
        return false;
    check_not_assessed(check, topology->servers->len,
                       "the routing group of the server was not read (msExchHomeRoutingGroup, "
                       "msExchRoutingGroupMembersDN)");
    return true;
}

bool nothing_to_join(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!topology_coexists(topology) || connector_ends_unread(check))
        return true;
    if (topology->official_routing_group != NULL)
        return members_unread(check) || sources_unread(check);
    check_not_assessed(check, 0, "the routing group of Exchange 2007 was not found");
    return true;
}

bool groups_unread(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || topology->routing_groups->len > 0)
        return false;
    check_not_assessed(check, 0, "no routing group was read");
    return true;
}

/* Every routing group has its CN=Connections: where neither that was read nor what it holds, nobody
 * looked. */
static bool some_group_hides_connectors(const Topology *topology)
{
    const GPtrArray *containers = directory_of_class(topology->directory, CLASS_msExchConnectors);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Entry, container, containers)
        g_hash_table_add(seen, container->dn->parent);
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->connectors->len == 0 && !g_hash_table_contains(seen, group->object.entry->dn))
            return true;
    return false;
}

const char *unseen_connectors(const Topology *topology)
{
    if (nothing_was_read(topology))
        return nothing_read;
    if (some_group_hides_connectors(topology))
        return "the connectors of a routing group (its CN=Connections) were not read";
    if (hidden_sources(topology) != NULL)
        return sources_hidden;
    FOR_EACH(const Connector, connector, topology->connectors)
        if (end_is_unknown(topology, connector))
            return "there are connectors of which it cannot be told where they lead";
    return NULL;
}

void add_once(GPtrArray *objects, const void *object)
{
    gpointer item = (gpointer)(uintptr_t)object;

    if (!g_ptr_array_find(objects, item, NULL))
        g_ptr_array_add(objects, item);
}

GPtrArray *neighbours_of(const RoutingGroup *group)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(const Connector, connector, group->connectors) {
        if (!connector_is_enabled(connector) || connector->kind == CONNECTOR_FOREIGN)
            continue;
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->destination != NULL)
            add_once(found, connector->destination);
        FOR_EACH(const RoutingGroup, other, connector->connected_groups)
            if (!group->official && !other->official)
                add_once(found, other);
    }
    return found;
}
