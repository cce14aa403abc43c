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
    guint64 (*omitted)(const Topology *topology); /* rows left out because they are too many, or
                                                     NULL for topics that are shown whole */
    const char *instead;                          /* what tells about a row that was left out */
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

static const Column site_path_columns[] = {
    {"from", "FROM", 0},
    {"to", "TO", 0},
    {"path", "PATH", 0},
    {"cost", "COST", COLUMN_RIGHT},
    {"hops", "LINKS", COLUMN_RIGHT | COLUMN_VERBOSE},
    {"relay", "ACCEPTED BY", 0},
    {"backoff", "BACK-OFF", 0},
    {"fromHubs", "HUBS FROM", COLUMN_VERBOSE},
    {"toHubs", "HUBS TO", COLUMN_VERBOSE},
    {"decidedBy", "DECIDED BY", COLUMN_VERBOSE},
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
    {"tree", "organisation, groups, servers, connectors and sites", tree_rows, tree_columns, NULL,
     NULL},
    {"organization", "the Exchange organisation", organization_rows, organization_columns, NULL,
     NULL},
    {"admin-groups", "administrative groups", admin_group_rows, admin_group_columns, NULL, NULL},
    {"routing-groups", "routing groups", routing_group_rows, routing_group_columns, NULL, NULL},
    {"servers", "Exchange servers", server_rows, server_columns, NULL, NULL},
    {"connectors", "connectors of every kind", connector_rows, connector_columns, NULL, NULL},
    {"sites", "Active Directory sites", site_rows, site_columns, NULL, NULL},
    {"site-links", "site links", site_link_rows, site_link_columns, NULL, NULL},
    {"site-paths", "ways of mail between sites", site_path_rows, site_path_columns,
     site_paths_omitted, "adtopo route --from site:A --to site:B"},
    {"subnets", "subnets", subnet_rows, subnet_columns, NULL, NULL},
    {"domain-controllers", "domain controllers", controller_rows, controller_columns, NULL, NULL},
    {"domains", "domains", domain_rows, domain_columns, NULL, NULL},
    {"address-spaces", "address spaces of connectors", address_space_rows, address_space_columns,
     NULL, NULL},
    {"web-access", "addresses for reading mail on the web", web_access_rows, web_access_columns,
     NULL, NULL},
    {"tracking", "where messages are tracked", tracking_rows, tracking_columns, NULL, NULL},
};

const char *show_topic(size_t index, const char **about)
{
    if (index >= G_N_ELEMENTS(topics))
        return NULL;
    if (about != NULL)
        *about = topics[index].about;
    return topics[index].name;
}

/* What is left out is counted, and the way to it told. */
static void write_omission(const Topic *topic, const json_t *rows, guint64 omitted, Writer *out)
{
    g_autofree char *sentence = NULL;

    if (omitted == 0)
        return;
    sentence = g_strdup_printf("These are the first %" G_GSIZE_FORMAT " %s; %" G_GUINT64_FORMAT
                               " more are left out. Any one of them is told by \"%s\".",
                               json_array_size(rows), topic->about, omitted, topic->instead);
    writer_wrap(out, 0, 0, sentence);
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
    if (topic->omitted != NULL)
        write_omission(topic, rows, topic->omitted(topology), out);
}

/* Topics that may be cut short say so even where they are not. Takes the rows. */
static json_t *topic_value(const Topology *topology, const Topic *topic, json_t *rows)
{
    json_t *value = json_pack("{s:o}", topic->name, rows);

    if (topic->omitted != NULL)
        json_object_set_new(value, "omitted", json_integer((json_int_t)topic->omitted(topology)));
    return value;
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
        document_write(&out, topic_value(topology, topic, rows));
    } else {
        write_text(topology, topic, rows, &out);
        json_decref(rows);
    }
    return writer_close(&out, error);
}
