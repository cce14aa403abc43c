/* The topics of `show`: each is a function that makes rows, and the columns that text shows
 * of them. */
#include "base/nearest.h"
#include "report/json.h"
#include "report/show-rows.h"
#include "report/table.h"
#include "rules/sight.h"
#include "rules/ways-sight.h"

typedef struct Topic {
    const char *name;
    const char *about;
    json_t *(*rows)(const Topology *topology); /* NULL: `ways` */
    const Column *columns;
    guint64 (*omitted)(const Topology *topology); /* rows left out because they are too many, or
                                                     NULL for topics that are shown whole */
    const char *instead;                          /* what tells about a row that was left out */
    json_t *(*ways)(const Topology *topology, const Failures *failures); /* what is down counts */
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
     NULL, NULL},
    {"organization", "the Exchange organisation", organization_rows, organization_columns, NULL,
     NULL, NULL},
    {"admin-groups", "administrative groups", admin_group_rows, admin_group_columns, NULL, NULL,
     NULL},
    {"routing-groups", "routing groups", routing_group_rows, routing_group_columns, NULL, NULL,
     NULL},
    {"servers", "Exchange servers", server_rows, server_columns, NULL, NULL, NULL},
    {"connectors", "connectors of every kind", connector_rows, connector_columns, NULL, NULL, NULL},
    {"sites", "Active Directory sites", site_rows, site_columns, NULL, NULL, NULL},
    {"site-links", "site links", site_link_rows, site_link_columns, NULL, NULL, NULL},
    {"site-paths", "ways of mail between sites", NULL, site_path_columns, site_paths_omitted,
     "adtopo route --from site:A --to site:B", site_path_rows},
    {"subnets", "subnets", subnet_rows, subnet_columns, NULL, NULL, NULL},
    {"domain-controllers", "domain controllers", controller_rows, controller_columns, NULL, NULL,
     NULL},
    {"domains", "domains", domain_rows, domain_columns, NULL, NULL, NULL},
    {"address-spaces", "address spaces of connectors", address_space_rows, address_space_columns,
     NULL, NULL, NULL},
    {"web-access", "addresses for reading mail on the web", web_access_rows, web_access_columns,
     NULL, NULL, NULL},
    {"tracking", "where messages are tracked", tracking_rows, tracking_columns, NULL, NULL, NULL},
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

/* What a reader of a table has to know beside it. */
typedef struct Surroundings {
    const Topology *topology;
    const Failures *failures;
    GPtrArray
        *unseen; /* of char: what ways of mail hang on and was not seen; of other topics none */
} Surroundings;

static void write_no_organization(const Topology *topology, Writer *out)
{
    g_autofree char *unseen = organization_gap(topology);
    g_autofree char *sentence = g_strdup_printf("Not seen: %s.", unseen);

    writer_wrap(out, 0, 0,
                unseen != NULL ? sentence : "No Exchange organisation found in what was read.");
}

/* An empty table would look like a defect, and a tree of sites alone like an organisation. */
static void write_emptiness(const Topology *topology, const Topic *topic, bool none, Writer *out)
{
    g_autofree char *sentence = g_strdup_printf("No %s found in what was read.", topic->about);

    if (topology->organization == NULL)
        write_no_organization(topology, out);
    if (none && !(topology->organization == NULL && topic->rows == organization_rows))
        writer_wrap(out, 0, 0, sentence);
}

static void write_down(const Failures *failures, Writer *out)
{
    g_autofree char *names = failures_text(failures);
    g_autofree char *sentence = g_strdup_printf("Taken as down: %s.", names);

    if (failures_any(failures))
        writer_wrap(out, 0, 0, sentence);
}

/* The table with a column about what is down behind the first one, where something is. */
static void write_rows(const Topic *topic, const json_t *rows, const Failures *failures,
                       Writer *out)
{
    enum { MOST = 20 };
    Column columns[MOST + 1] = {{0}};
    guint count = 0;

    for (const Column *column = topic->columns; column->key != NULL && count < MOST; column++) {
        columns[count++] = *column;
        if (count == 1 && failures_any(failures) && topic->ways == NULL)
            columns[count++] = (Column){"down", "DOWN", 0};
    }
    if (failures_any(failures) && topic->ways != NULL && count < MOST)
        columns[count] = (Column){"queue", "WAITS IN", 0};
    table_write(out, columns, rows);
}

static void write_unseen(const GPtrArray *unseen, Writer *out)
{
    FOR_EACH(const char, gap, unseen) {
        g_autofree char *sentence = g_strdup_printf("Not seen: %s.", gap);

        writer_wrap(out, 0, 0, sentence);
    }
}

static void write_text(const Surroundings *around, const Topic *topic, json_t *rows, Writer *out)
{
    bool none = json_array_size(rows) == 0;

    write_emptiness(around->topology, topic, none, out);
    if (!none)
        write_rows(topic, rows, around->failures, out);
    if (topic->omitted != NULL)
        write_omission(topic, rows, topic->omitted(around->topology), out);
    write_down(around->failures, out);
    write_unseen(around->unseen, out);
}

/* Topics that may be cut short say so even where they are not. Takes the rows. */
static json_t *topic_value(const Surroundings *around, const Topic *topic, json_t *rows)
{
    json_t *value = json_pack("{s:o}", topic->name, rows);

    if (topic->omitted != NULL)
        json_object_set_new(value, "omitted",
                            json_integer((json_int_t)topic->omitted(around->topology)));
    if (topic->ways != NULL)
        json_object_set_new(value, "notSeen", texts_value(around->unseen));
    if (failures_any(around->failures))
        json_object_set_new(value, "down", texts_value(failures_names(around->failures)));
    return value;
}

static json_t *topic_rows(const Topic *topic, const Topology *topology, const Failures *failures)
{
    json_t *rows = topic->ways != NULL ? topic->ways(topology, failures) : topic->rows(topology);

    rows_mark_down(rows, topology, failures);
    return rows;
}

bool show_write(const Topology *topology, const Failures *failures, const char *what,
                const char *format, const Style *style, Sink sink, void *closure, GError **error)
{
    const Topic *topic = row_named(topics, G_N_ELEMENTS(topics), sizeof *topics, "topic", what,
                                   error);
    Surroundings around = {topology, failures, NULL};
    json_t *rows;
    bool json;
    Writer out;

    if (topic == NULL || !format_is_json(format, &json, error))
        return false;
    around.unseen = topic->ways != NULL ? ways_sight(topology) : g_ptr_array_new();
    rows = topic_rows(topic, topology, failures);
    writer_open(&out, style, sink, closure);
    if (json) {
        document_write(&out, topic_value(&around, topic, rows));
    } else {
        write_text(&around, topic, rows, &out);
        json_decref(rows);
    }
    g_ptr_array_unref(around.unseen);
    return writer_close(&out, error);
}
