/* What Exchange keeps in the directory, a row an object. */
#include "report/show-rows.h"

json_t *object_row(const Object *object)
{
    json_t *row = json_object();

    json_object_set_new(row, "name", text_value(object->name));
    json_object_set_new(row, "dn", take_text_value(dn_text(object->entry->dn)));
    return row;
}

json_t *name_value(const void *object)
{
    return object != NULL ? text_value(((const Object *)object)->name) : json_null();
}

json_t *names_value(const GPtrArray *objects)
{
    json_t *names = json_array();

    for (guint i = 0; objects != NULL && i < objects->len; i++)
        json_array_append_new(names, name_value(g_ptr_array_index(objects, i)));
    return names;
}

json_t *reference_value(const void *object, const Value *value)
{
    Dn *dn = value_dn(value);

    if (object != NULL)
        return name_value(object);
    return dn != NULL ? take_text_value(dn_text(dn)) : json_null();
}

const char *connector_kind_name(ConnectorKind kind)
{
    static const char *const names[] = {
        [CONNECTOR_ROUTING_GROUP] = "routing-group",
        [CONNECTOR_SMTP] = "smtp",
        [CONNECTOR_X400] = "x400",
        [CONNECTOR_FOREIGN] = "foreign",
    };

    return names[kind];
}

json_t *address_space_value(const AddressSpace *space)
{
    uint32_t length;
    const char *bytes = value_bytes(space->value, &length);

    return bytes != NULL ? take_text_value(g_strndup(bytes, length)) : json_null();
}

/* --- the organisation and its groups ------------------------------------------------------ */

static json_t *organization_row(const Topology *topology, const Organization *organization)
{
    json_t *row = object_row(&organization->object);
    json_t *mode = json_null();

    if (organization->mixed_mode.present)
        mode = json_string(organization->mixed_mode.value ? "mixed" : "native");
    json_object_set_new(row, "mode", mode);
    json_object_set_new(row, "organizationLevel", integer_value(organization->object_version));
    json_object_set_new(row, "schemaLevel", integer_value(topology->schema_level));
    json_object_set_new(row, "forestLevel", integer_value(topology->forest_level));
    json_object_set_new(row, "deliveryLimit", integer_value(organization->delivery_limit));
    json_object_set_new(row, "adminGroups", json_integer(topology->admin_groups->len));
    json_object_set_new(row, "routingGroups", json_integer(topology->routing_groups->len));
    json_object_set_new(row, "servers", json_integer(topology->servers->len));
    json_object_set_new(row, "connectors", json_integer(topology->connectors->len));
    return row;
}

json_t *organization_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Organization, organization, topology->organizations)
        json_array_append_new(rows, organization_row(topology, organization));
    return rows;
}

static const char *admin_group_mode(OptionalInteger mode)
{
    static const char *const names[] = {"2000 and later", "5.5", "mixed"};

    if (!mode.present || mode.value < 0 || mode.value >= (int32_t)G_N_ELEMENTS(names))
        return NULL;
    return names[mode.value];
}

json_t *admin_group_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const AdminGroup, group, topology->admin_groups) {
        json_t *row = object_row(&group->object);

        json_object_set_new(row, "official", json_boolean(group->official));
        json_object_set_new(row, "mode", text_value(admin_group_mode(group->mode)));
        json_object_set_new(row, "servers", names_value(group->servers));
        json_object_set_new(row, "routingGroups", names_value(group->routing_groups));
        json_array_append_new(rows, row);
    }
    return rows;
}

json_t *routing_group_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        json_t *row = object_row(&group->object);

        json_object_set_new(row, "official", json_boolean(group->official));
        json_object_set_new(row, "adminGroup", name_value(group->admin_group));
        json_object_set_new(row, "master", reference_value(group->master, group->master_value));
        json_object_set_new(row, "members", names_value(group->members));
        json_object_set_new(row, "connectors", names_value(group->connectors));
        json_object_set_new(row, "incoming", names_value(group->incoming));
        json_array_append_new(rows, row);
    }
    return rows;
}

/* --- servers ------------------------------------------------------------------------------ */

/* Up to 2003 there are no roles but that of a front-end, and the attribute is always absent;
 * a later server without it is one whose roles are not known. */
static json_t *roles_value(const Server *server)
{
    json_t *roles;

    if (!server->roles.present && !server_is_legacy(server))
        return json_null();
    roles = json_array();
    if (server_is_legacy(server) && server_is_front_end(server))
        json_array_append_new(roles, json_string("Front-End"));
    if (server->roles.present) {
        g_autoptr(GPtrArray) names = server_role_names(server);

        for (guint i = 0; i < names->len; i++)
            json_array_append_new(roles, text_value(g_ptr_array_index(names, i)));
    }
    return roles;
}

json_t *server_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Server, server, topology->servers) {
        bool known = !server_version_unseen(server);
        json_t *row = object_row(&server->object);

        json_object_set_new(row, "version",
                            known ? take_text_value(version_text(&server->version)) : json_null());
        json_object_set_new(row, "family",
                            known ? text_value(family_name(server->version.family)) : json_null());
        json_object_set_new(row, "servicePack",
                            known ? json_integer(server->version.service_pack) : json_null());
        json_object_set_new(row, "roles", roles_value(server));
        json_object_set_new(row, "adminGroup", name_value(server->admin_group));
        json_object_set_new(row, "routingGroup",
                            reference_value(server->routing_group, server->home_group_value));
        json_object_set_new(row, "site", reference_value(server->site, server->site_value));
        json_object_set_new(row, "fqdn", text_value(server->fqdn));
        json_object_set_new(row, "clustered", json_boolean(server->clustered));
        json_array_append_new(rows, row);
    }
    return rows;
}

/* --- connectors --------------------------------------------------------------------------- */

static json_t *bridgeheads_value(const Bridgehead *bridgeheads, guint count)
{
    json_t *names = json_array();

    for (guint i = 0; i < count; i++)
        json_array_append_new(names, reference_value(bridgeheads[i].server, bridgeheads[i].value));
    return names;
}

static json_t *address_spaces_value(const Connector *connector)
{
    json_t *spaces = json_array();

    for (guint i = 0; i < connector->space_count; i++)
        json_array_append_new(spaces, address_space_value(&connector->spaces[i]));
    return spaces;
}

json_t *connector_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Connector, connector, topology->connectors) {
        json_t *row = object_row(&connector->object);

        json_object_set_new(row, "type", text_value(connector_kind_name(connector->kind)));
        json_object_set_new(row, "routingGroup", name_value(connector->group));
        json_object_set_new(row, "to",
                            reference_value(connector->destination, connector->destination_value));
        json_object_set_new(row, "cost", integer_value(connector->cost));
        json_object_set_new(row, "sources",
                            bridgeheads_value(connector->sources, connector->source_count));
        json_object_set_new(row, "targets",
                            bridgeheads_value(connector->targets, connector->target_count));
        json_object_set_new(row, "addressSpaces", address_spaces_value(connector));
        json_object_set_new(row, "connectedGroups", names_value(connector->connected_groups));
        json_object_set_new(row, "smartHost", text_value(connector->smart_host));
        json_object_set_new(row, "sizeLimit", integer_value(connector->size_limit));
        json_object_set_new(row, "enabled", json_boolean(connector_is_enabled(connector)));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *address_space_row(const Connector *connector, const AddressSpace *space)
{
    json_t *row = json_object();

    json_object_set_new(row, "name",
                        take_text_value(g_strdup_printf("%s:%s", space->type, space->pattern)));
    json_object_set_new(row, "dn", take_text_value(dn_text(connector->object.entry->dn)));
    json_object_set_new(row, "type", text_value(space->type));
    json_object_set_new(row, "pattern", text_value(space->pattern));
    json_object_set_new(row, "cost", integer_value(space->cost));
    json_object_set_new(row, "local", json_boolean(space->local));
    json_object_set_new(row, "connector", name_value(connector));
    json_object_set_new(row, "routingGroup", name_value(connector->group));
    json_object_set_new(row, "enabled", json_boolean(connector_is_enabled(connector)));
    return row;
}

json_t *address_space_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Connector, connector, topology->connectors)
        for (guint i = 0; i < connector->space_count; i++)
            json_array_append_new(rows, address_space_row(connector, &connector->spaces[i]));
    return rows;
}
