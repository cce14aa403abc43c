/* The whole forest as one tree: the organisation with its groups, servers and connectors,
 * then the sites with the servers in them. An Exchange server appears in both halves, once
 * in each. */
#include "report/show-rows.h"
#include "rules/words.h"

/* Adds a row below `parent` (an array of rows); returns the array for what lies below the
 * new one. */
static json_t *add_node(json_t *parent, const Object *object, const char *kind, char *about)
{
    json_t *row = object_row(object);
    json_t *children = json_array();

    json_object_set_new(row, "kind", json_string(kind));
    json_object_set_new(row, "about", take_text_value(about));
    json_object_set_new(row, "children", children);
    json_array_append_new(parent, row);
    return children;
}

static char *server_about(const Server *server)
{
    g_autofree char *product = product_of(server);
    g_autoptr(GPtrArray) roles = server_role_names(server);
    GString *text = g_string_new(server_version_unseen(server) ? NULL : "Exchange ");

    g_string_append(text, server_version_unseen(server) ? "unknown version" : product);
    if (server_is_legacy(server) && server_is_front_end(server))
        g_string_append(text, ", Front-End");
    for (guint i = 0; server->roles.present && i < roles->len; i++)
        g_string_append_printf(text, ", %s", (const char *)g_ptr_array_index(roles, i));
    return g_string_free(text, FALSE);
}

static void add_servers(json_t *parent, const GPtrArray *servers)
{
    FOR_EACH(const Server, server, servers)
        add_node(parent, &server->object, "server", server_about(server));
}

static char *connector_about(const Connector *connector)
{
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "%s connector", connector_kind_name(connector->kind));
    if (connector->destination != NULL)
        g_string_append_printf(text, " to %s", connector->destination->object.name);
    if (connector->kind == CONNECTOR_ROUTING_GROUP)
        g_string_append_printf(text, ", cost %d", connector_cost(connector));
    for (guint i = 0; i < connector->space_count; i++)
        g_string_append_printf(text, "%s %s:%s", i == 0 ? " for" : ",", connector->spaces[i].type,
                               connector->spaces[i].pattern);
    if (!connector_is_enabled(connector))
        g_string_append(text, ", disabled");
    return g_string_free(text, FALSE);
}

static void add_connectors(json_t *parent, const GPtrArray *connectors)
{
    FOR_EACH(const Connector, connector, connectors)
        add_node(parent, &connector->object, "connector", connector_about(connector));
}

static void add_routing_group(json_t *parent, const RoutingGroup *group)
{
    g_autofree char *members = count_of(group->members->len, "server");
    char *about = group->master != NULL ? g_strdup_printf("routing group, %s, master %s", members,
                                                          group->master->object.name)
                                        : g_strdup_printf("routing group, %s, no master", members);
    json_t *children = add_node(parent, &group->object, "routing group", about);

    add_servers(children, group->members);
    add_connectors(children, group->connectors);
}

/* Servers stand below their routing group; those that have none stand below their own group. */
static void add_admin_group(json_t *parent, const AdminGroup *group)
{
    g_autofree char *servers = count_of(group->servers->len, "server");
    json_t *children = add_node(parent, &group->object, "administrative group",
                                g_strdup_printf("administrative group, %s", servers));

    FOR_EACH(const RoutingGroup, routing_group, group->routing_groups)
        add_routing_group(children, routing_group);
    FOR_EACH(const Server, server, group->servers)
        if (server->routing_group == NULL)
            add_node(children, &server->object, "server", server_about(server));
}

static char *organization_about(const Organization *organization)
{
    if (!organization->mixed_mode.present)
        return g_strdup("organisation, mode not known");
    return g_strdup(organization->mixed_mode.value ? "organisation in mixed mode"
                                                   : "organisation in native mode");
}

static void add_organization(json_t *rows, const Topology *topology,
                             const Organization *organization)
{
    json_t *children = add_node(rows, &organization->object, "organisation",
                                organization_about(organization));
    Dn *dn = organization->object.entry->dn;

    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (dn_is_below(group->object.entry->dn, dn))
            add_admin_group(children, group);
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group->admin_group == NULL && dn_is_below(group->object.entry->dn, dn))
            add_routing_group(children, group);
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector->group == NULL && dn_is_below(connector->object.entry->dn, dn))
            add_node(children, &connector->object, "connector", connector_about(connector));
}

static char *site_about(const Site *site)
{
    g_autofree char *controllers = count_of(site->controllers->len, "domain controller");
    g_autofree char *subnets = count_of(site->subnets->len, "subnet");

    return g_strdup_printf("%s, %s, %s", site->hub ? "hub site" : "site", controllers, subnets);
}

json_t *tree_rows(const Topology *topology)
{
    json_t *rows = json_array();

    FOR_EACH(const Organization, organization, topology->organizations)
        add_organization(rows, topology, organization);
    FOR_EACH(const Site, site, topology->sites) {
        json_t *children = add_node(rows, &site->object, "site", site_about(site));

        add_servers(children, site->servers);
    }
    return rows;
}
