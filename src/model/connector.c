/* Connectors: what kind they are, between which groups and servers they stand, for which
 * addresses. */
#include "model/topology.h"

#include "base/fold.h"
#include "model/build.h"
#include "model/decode.h"

#include <string.h>

/* The state of linking: made when the first connector names its groups by legacyExchangeDN. */
typedef struct LegacyNames {
    GHashTable *groups; /* folded legacyExchangeDN → RoutingGroup */
} LegacyNames;

static ConnectorKind connector_kind(const Entry *entry)
{
    ClassId id = (ClassId)entry->class_id;

    if (class_is_a(id, CLASS_msExchRoutingGroupConnector))
        return CONNECTOR_ROUTING_GROUP;
    if (class_is_a(id, CLASS_msExchRoutingSMTPConnector))
        return CONNECTOR_SMTP;
    return class_is_a(id, CLASS_x400Link) ? CONNECTOR_X400 : CONNECTOR_FOREIGN;
}

/* --- bridgeheads -------------------------------------------------------------------------- */

static Bridgehead bridgehead_of(const Value *value)
{
    return (Bridgehead){.value = value, .server = server_at(value_dn(value))};
}

static Bridgehead *bridgeheads_of(Arena *arena, const Entry *entry, AttributeId attribute,
                                  guint *count)
{
    const Value *values = entry_values(entry, attribute, count);
    Bridgehead *bridgeheads;

    if (*count == 0)
        return NULL;
    bridgeheads = arena_new_array(arena, Bridgehead, *count);
    for (guint i = 0; i < *count; i++)
        bridgeheads[i] = bridgehead_of(&values[i]);
    return bridgeheads;
}

/* The routing group that all living targets share, or NULL. */
static RoutingGroup *common_group(const Bridgehead *targets, guint count)
{
    RoutingGroup *group = NULL;

    for (guint i = 0; i < count; i++) {
        const Server *server = targets[i].server;

        if (server == NULL)
            continue;
        if (server->routing_group == NULL || (group != NULL && server->routing_group != group))
            return NULL;
        group = server->routing_group;
    }
    return group;
}

static void link_destination(Connector *connector)
{
    if (connector->destination_value != NULL)
        connector->destination = object_referred(connector->destination_value,
                                                 CLASS_msExchRoutingGroup);
    else if (connector->kind == CONNECTOR_ROUTING_GROUP)
        connector->destination = common_group(connector->targets, connector->target_count);
    if (connector->destination != NULL)
        g_ptr_array_add(connector->destination->incoming, connector);
}

/* --- address spaces ----------------------------------------------------------------------- */

OptionalInteger address_space_take_cost(const char *text, size_t *length)
{
    const char *semicolon = g_strrstr_len(text, (gssize)*length, ";");
    g_autofree char *digits = NULL;
    gint64 cost;

    if (semicolon == NULL)
        return (OptionalInteger){0};
    digits = g_strndup(semicolon + 1, (gsize)(text + *length - semicolon - 1));
    if (!g_ascii_string_to_signed(g_strstrip(digits), 10, INT32_MIN, INT32_MAX, &cost, NULL))
        return (OptionalInteger){0};
    *length = (size_t)(semicolon - text);
    return (OptionalInteger){.present = true, .value = (int32_t)cost};
}

static const char *upper_copy(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_strndup(arena, text, length);

    for (size_t i = 0; i < length; i++)
        copy[i] = g_ascii_toupper(copy[i]);
    return copy;
}

static AddressSpace address_space_of(Arena *arena, const Value *value)
{
    static const char prefix[] = "Local:";
    enum { PREFIX = sizeof prefix - 1 };
    AddressSpace space = {.value = value, .type = "", .pattern = ""};
    uint32_t bytes;
    const char *text = value_bytes(value, &bytes);
    size_t length = bytes;
    const char *colon;

    space.local = length >= PREFIX && g_ascii_strncasecmp(text, prefix, PREFIX) == 0;
    if (space.local) {
        text += PREFIX;
        length -= PREFIX;
    }
    if (length == 0)
        return space;
    space.cost = address_space_take_cost(text, &length);
    colon = memchr(text, ':', length);
    if (colon != NULL) {
        space.type = upper_copy(arena, text, (size_t)(colon - text));
        length -= (size_t)(colon + 1 - text);
        text = colon + 1;
    }
    space.pattern = arena_strndup(arena, text, length);
    return space;
}

static void link_address_spaces(Arena *arena, Connector *connector)
{
    guint count;
    const Value *values = entry_values(connector->object.entry, ATTR_routingList, &count);

    if (count == 0)
        return;
    connector->spaces = arena_new_array(arena, AddressSpace, count);
    connector->space_count = count;
    for (guint i = 0; i < count; i++)
        connector->spaces[i] = address_space_of(arena, &values[i]);
}

/* --- connected routing groups ------------------------------------------------------------- */

static char *folded_text(const Value *value)
{
    GString *key = g_string_new(NULL);
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    if (bytes != NULL)
        fold_append(key, bytes, length);
    return g_string_free(key, FALSE);
}

static RoutingGroup *group_by_legacy_name(const Topology *topology, LegacyNames *names,
                                          const Value *value)
{
    g_autofree char *key = folded_text(value);

    if (names->groups == NULL) {
        names->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        FOR_EACH(RoutingGroup, group, topology->routing_groups) {
            const Value *name = entry_value(group->object.entry, ATTR_legacyExchangeDN);

            if (name != NULL)
                g_hash_table_insert(names->groups, folded_text(name), group);
        }
    }
    return g_hash_table_lookup(names->groups, key);
}

/* The form of connectedDomains is not documented; distinguished names and legacyExchangeDNs are
 * understood. */
static RoutingGroup *connected_group(const Topology *topology, LegacyNames *names,
                                     const Value *value)
{
    uint32_t length;
    const char *bytes = value_bytes(value, &length);
    const Dn *dn = value_dn(value);

    if (bytes != NULL && length > 0)
        dn = dn_find(directory_names(topology->directory), bytes, length);
    if (dn != NULL)
        return topology_routing_group(topology, dn);
    return group_by_legacy_name(topology, names, value);
}

static void link_connected(const Topology *topology, LegacyNames *names, Connector *connector)
{
    for (guint i = 0; i < connector->connected.count; i++) {
        RoutingGroup *group = connected_group(topology, names, &connector->connected.items[i]);

        if (group != NULL)
            g_ptr_array_add(connector->connected_groups, group);
    }
    list_settle(connector->connected_groups);
}

static void link_bridgeheads(Arena *arena, Connector *connector)
{
    const Entry *entry = connector->object.entry;

    connector->sources = bridgeheads_of(arena, entry, ATTR_msExchSourceBridgeheadServersDN,
                                        &connector->source_count);
    connector->targets = bridgeheads_of(arena, entry, ATTR_msExchTargetBridgeheadServersDN,
                                        &connector->target_count);
    connector->home_mta = bridgehead_of(entry_value(entry, ATTR_homeMTA));
}

void link_connectors(Topology *topology)
{
    LegacyNames names = {0};

    FOR_EACH(Connector, connector, topology->connectors) {
        const Entry *entry = connector->object.entry;

        connector->kind = connector_kind(entry);
        connector->group = object_above(entry->dn, CLASS_msExchRoutingGroup);
        link_bridgeheads(topology->arena, connector);
        connector->connected_groups = list_new(topology);
        link_destination(connector);
        link_address_spaces(topology->arena, connector);
        link_connected(topology, &names, connector);
        if (connector->group != NULL)
            g_ptr_array_add(connector->group->connectors, connector);
    }
    g_clear_pointer(&names.groups, g_hash_table_unref);
}

/* --- questions ---------------------------------------------------------------------------- */

bool connector_is_enabled(const Connector *connector)
{
    bool disabled = connector->enabled.present && !connector->enabled.value;
    bool never = connector->activation.present && connector->activation.value == 0;

    return !disabled && !never;
}

/* Whether something between the object and the partition's head was not read: the server,
 * perhaps. */
static bool has_unread_parent(const Dn *dn)
{
    for (dn = dn->parent; dn != NULL && dn->parent != NULL && strcmp(dn->type, "CN") == 0;
         dn = dn->parent)
        if (dn->entry == NULL)
            return true;
    return false;
}

ReferenceState bridgehead_state(const Topology *topology, const Bridgehead *bridgehead)
{
    ReferenceState state;

    if (bridgehead->server != NULL)
        return REFERENCE_LIVE;
    state = reference_state(topology->directory, bridgehead->value);
    if (state == REFERENCE_LIVE && has_unread_parent(value_dn(bridgehead->value)))
        return REFERENCE_UNSEEN;
    return state;
}

/* Values below one server follow each other in the order of names. */
static GPtrArray *living_servers(const Bridgehead *bridgeheads, guint count)
{
    GPtrArray *servers = g_ptr_array_new();

    for (guint i = 0; i < count; i++) {
        Server *server = bridgeheads[i].server;

        if (server != NULL && (servers->len == 0 || servers->pdata[servers->len - 1] != server))
            g_ptr_array_add(servers, server);
    }
    return servers;
}

GPtrArray *connector_source_servers(const Connector *connector)
{
    bool routing = connector->kind == CONNECTOR_ROUTING_GROUP;

    if (connector->source_count > 0)
        return living_servers(connector->sources, connector->source_count);
    if (routing && connector->group != NULL && !connector->group->official)
        return g_ptr_array_copy(connector->group->members, NULL, NULL);
    return living_servers(&connector->home_mta, 1);
}

GPtrArray *connector_target_servers(const Connector *connector)
{
    return living_servers(connector->targets, connector->target_count);
}
