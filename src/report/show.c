/* The topics of `show`: each is a function that makes rows, and the columns that text shows
 * of them. */
#include "base/nearest.h"
#include "report/json.h"
#include "report/show-rows.h"
#include "report/table.h"

typedef struct Topic {
    const char *name;
    const char *about;
    json_t *(*rows)(const Topology *topology);
    const Column *columns;
} Topic;

static const Column tree_columns[] = {
    {"name", "NAME", COLUMN_TREE},
    {"kind", "KIND", COLUMN_VERBOSE},
    {"about", "WHAT", 0},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column organization_columns[] = {
    {"name", "NAME", 0},
    {"mode", "MODE", 0},
    {"organizationLevel", "LEVEL", COLUMN_RIGHT},
    {"schemaLevel", "SCHEMA", COLUMN_RIGHT},
    {"forestLevel", "FOREST", COLUMN_RIGHT},
    {"deliveryLimit", "LIMIT KIB", COLUMN_RIGHT},
    {"adminGroups", "ADMIN GROUPS", COLUMN_RIGHT},
    {"routingGroups", "ROUTING GROUPS", COLUMN_RIGHT},
    {"servers", "SERVERS", COLUMN_RIGHT},
    {"connectors", "CONNECTORS", COLUMN_RIGHT},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column admin_group_columns[] = {
    {"name", "NAME", 0},
    {"official", "OF 2007", 0},
    {"servers", "SERVERS", 0},
    {"routingGroups", "ROUTING GROUPS", 0},
    {"mode", "MODE", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column routing_group_columns[] = {
    {"name", "NAME", 0},
    {"official", "OF 2007", 0},
    {"master", "MASTER", 0},
    {"members", "MEMBERS", 0},
    {"connectors", "CONNECTORS", 0},
    {"incoming", "INCOMING", COLUMN_VERBOSE},
    {"adminGroup", "ADMIN GROUP", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column server_columns[] = {
    {"name", "NAME", 0},
    {"family", "FAMILY", 0},
    {"servicePack", "SP", COLUMN_RIGHT},
    {"version", "VERSION", 0},
    {"roles", "ROLES", 0},
    {"site", "SITE", 0},
    {"routingGroup", "ROUTING GROUP", 0},
    {"adminGroup", "ADMIN GROUP", COLUMN_VERBOSE},
    {"fqdn", "FQDN", COLUMN_VERBOSE},
    {"clustered", "CLUSTERED", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column connector_columns[] = {
    {"name", "NAME", 0},
    {"type", "TYPE", 0},
    {"routingGroup", "FROM", 0},
    {"to", "TO", 0},
    {"cost", "COST", COLUMN_RIGHT},
    {"sources", "SOURCES", 0},
    {"targets", "TARGETS", 0},
    {"addressSpaces", "SPACES", 0},
    {"connectedGroups", "CONNECTED", COLUMN_VERBOSE},
    {"smartHost", "SMART HOST", COLUMN_VERBOSE},
    {"sizeLimit", "LIMIT KIB", COLUMN_RIGHT | COLUMN_VERBOSE},
    {"enabled", "ENABLED", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column site_columns[] = {
    {"name", "NAME", 0},
    {"hub", "HUB SITE", 0},
    {"servers", "EXCHANGE SERVERS", 0},
    {"domainControllers", "DOMAIN CONTROLLERS", 0},
    {"siteLinks", "SITE LINKS", 0},
    {"subnets", "SUBNETS", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column site_link_columns[] = {
    {"name", "NAME", 0},
    {"transport", "TRANSPORT", 0},
    {"cost", "COST", COLUMN_RIGHT},
    {"exchangeCost", "EXCHANGE COST", COLUMN_RIGHT},
    {"sizeLimit", "LIMIT KIB", COLUMN_RIGHT | COLUMN_VERBOSE},
    {"sites", "SITES", 0},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column subnet_columns[] = {
    {"name", "NAME", 0},
    {"site", "SITE", 0},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column controller_columns[] = {
    {"name", "NAME", 0},
    {"site", "SITE", 0},
    {"globalCatalog", "GLOBAL CATALOG", 0},
    {"readOnly", "READ-ONLY", 0},
    {"level", "LEVEL", COLUMN_RIGHT},
    {"fqdn", "FQDN", 0},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column domain_columns[] = {
    {"name", "NAME", 0},           {"dnsName", "DNS NAME", 0},
    {"netbiosName", "NETBIOS", 0}, {"level", "LEVEL", COLUMN_RIGHT},
    {"mixed", "MIXED", 0},         {"namingContext", "NAMING CONTEXT", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},  {NULL, NULL, 0},
};

static const Column address_space_columns[] = {
    {"type", "TYPE", 0},
    {"pattern", "ADDRESSES", 0},
    {"cost", "COST", COLUMN_RIGHT},
    {"local", "LOCAL", 0},
    {"connector", "CONNECTOR", 0},
    {"routingGroup", "ROUTING GROUP", 0},
    {"enabled", "ENABLED", COLUMN_VERBOSE},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Column web_access_columns[] = {
    {"site", "SITE", 0},           {"name", "THROUGH", 0},
    {"family", "OF", 0},           {"entry", "WHICH IS", COLUMN_VERBOSE},
    {"mailboxes", "MAILBOXES", 0}, {"paths", "PATHS", 0},
    {"interface", "LOOKS", 0},     {"note", "NOTE", 0},
    {"dn", "DN", COLUMN_VERBOSE},  {NULL, NULL, 0},
};

static const Column tracking_columns[] = {
    {"name", "NAME", 0},
    {"family", "FAMILY", 0},
    {"tool", "TOOL", 0},
    {"enabled", "ENABLED", 0},
    {"handsOverTo", "HANDS OVER TO", 0},
    {"dn", "DN", COLUMN_VERBOSE},
    {NULL, NULL, 0},
};

static const Topic topics[] = {
    {"tree", "organisation, groups, servers, connectors and sites", tree_rows, tree_columns},
    {"organization", "the Exchange organisation", organization_rows, organization_columns},
    {"admin-groups", "administrative groups", admin_group_rows, admin_group_columns},
    {"routing-groups", "routing groups", routing_group_rows, routing_group_columns},
    {"servers", "Exchange servers", server_rows, server_columns},
    {"connectors", "connectors of every kind", connector_rows, connector_columns},
    {"sites", "Active Directory sites", site_rows, site_columns},
    {"site-links", "site links", site_link_rows, site_link_columns},
    {"subnets", "subnets", subnet_rows, subnet_columns},
    {"domain-controllers", "domain controllers", controller_rows, controller_columns},
    {"domains", "domains", domain_rows, domain_columns},
    {"address-spaces", "address spaces of connectors", address_space_rows, address_space_columns},
    {"web-access", "addresses for reading mail on the web", web_access_rows, web_access_columns},
    {"tracking", "where messages are tracked", tracking_rows, tracking_columns},
};

const char *show_topic(size_t index, const char **about)
{
    if (index >= G_N_ELEMENTS(topics))
        return NULL;
    if (about != NULL)
        *about = topics[index].about;
    return topics[index].name;
}

/* An empty table would look like a defect, and a tree of sites alone like an organisation. */
static void write_text(const Topology *topology, const Topic *topic, json_t *rows, Writer *out)
{
    bool none = json_array_size(rows) == 0;
    g_autofree char *sentence = g_strdup_printf("No %s found in what was read.", topic->about);

    if (topology->organization == NULL)
        writer_wrap(out, 0, 0, "No Exchange organisation found in what was read.");
    if (none && !(topology->organization == NULL && topic->rows == organization_rows))
        writer_wrap(out, 0, 0, sentence);
    if (!none)
        table_write(out, topic->columns, rows);
}

bool show_write(const Topology *topology, const char *what, const char *format, const Style *style,
                Sink sink, void *closure, GError **error)
{
    const Topic *topic = row_named(topics, G_N_ELEMENTS(topics), sizeof *topics, "topic", what,
                                   error);
    json_t *rows;
    bool json;
    Writer out;

    if (topic == NULL || !format_is_json(format, &json, error))
        return false;
    rows = topic->rows(topology);
    writer_open(&out, style, sink, closure);
    if (json) {
        document_write(&out, json_pack("{s:o}", topic->name, rows));
    } else {
        write_text(topology, topic, rows, &out);
        json_decref(rows);
    }
    return writer_close(&out, error);
}
