/*
 * Two things that people ask about a coexistence and that no single object says: under which
 * address a user reads mail on the web, and where a message is tracked. Both follow from the
 * generation of the servers involved.
 */
#include "report/show-rows.h"

/* --- Outlook Web Access ------------------------------------------------------------------- */

/* What comes of mailboxes on one product being opened through a server of another. */
typedef struct Access {
    const char *paths; /* with blanks between; "": not served; NULL: the directory does not tell */
    const char *interface; /* the product whose pages the user sees, or NULL */
    const char *note;
} Access;

static bool holds_mailboxes(const Server *server)
{
    if (server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003)
        return !server_is_front_end(server);
    return server_is_modern(server) && !server_is_edge(server) &&
           server_has_role(server, ROLE_MAILBOX);
}

static bool serves_web_access(const Server *server)
{
    if (server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003)
        return true;
    return server_is_modern(server) && !server_is_edge(server) &&
           server_has_role(server, ROLE_CLIENT_ACCESS);
}

static const char *entry_kind(const Server *server)
{
    if (server_is_modern(server))
        return "client-access";
    return server_is_front_end(server) ? "front-end" : "mailbox";
}

/* Through a server of 2000 or 2003. */
static Access legacy_access(const Server *entry, Family mailboxes)
{
    if (mailboxes >= FAMILY_2007)
        return (Access){"", NULL,
                        "Exchange 2000 and 2003 cannot serve mailboxes on 2007 and later"};
    if (!server_is_front_end(entry))
        return (Access){"/exchange", family_name(mailboxes), "its own mailboxes only"};
    return (Access){"/exchange", family_name(mailboxes), "passed on to the mailbox server"};
}

/* Through a Client Access server of 2007 in a mixed organisation (TechNet aa998604). */
static Access access_2007(Family mailboxes)
{
    if (mailboxes < FAMILY_2007)
        return (Access){"/exchange", family_name(mailboxes),
                        "passed on to the mailbox server; /owa does not open these mailboxes"};
    if (mailboxes == FAMILY_2007)
        return (Access){"/owa /exchange", "2007", "/exchange leads to /owa"};
    return (Access){"", NULL, "Exchange 2007 cannot serve mailboxes of a later version"};
}

/* From 2010 on, what happens to mailboxes of other versions depends on settings of both
 * sides, which are not judged here. */
static Access later_access(Family entry, Family mailboxes)
{
    if (mailboxes == entry)
        return (Access){"/owa", family_name(mailboxes), NULL};
    return (Access){NULL, NULL, "left to settings of both versions"};
}

static Access access_through(const Server *entry, Family mailboxes)
{
    Family family = entry->version.family;

    if (family < FAMILY_2007)
        return legacy_access(entry, mailboxes);
    return family == FAMILY_2007 ? access_2007(mailboxes) : later_access(family, mailboxes);
}

static json_t *paths_value(const char *paths)
{
    json_t *value;
    g_auto(GStrv) names = NULL;

    if (paths == NULL)
        return json_null();
    value = json_array();
    names = g_strsplit(paths, " ", -1);
    for (char **name = names; *name != NULL && **name != '\0'; name++)
        json_array_append_new(value, json_string(*name));
    return value;
}

static json_t *access_row(const Server *entry, Family mailboxes)
{
    Access access = access_through(entry, mailboxes);
    json_t *row = object_row(&entry->object);

    json_object_set_new(row, "family", text_value(family_name(entry->version.family)));
    json_object_set_new(row, "entry", text_value(entry_kind(entry)));
    json_object_set_new(row, "site", reference_value(entry->site, entry->site_value));
    json_object_set_new(row, "mailboxes", text_value(family_name(mailboxes)));
    json_object_set_new(row, "paths", paths_value(access.paths));
    json_object_set_new(row, "interface", text_value(access.interface));
    json_object_set_new(row, "note", text_value(access.note));
    return row;
}

/* A 2000 or 2003 mailbox server that is no front-end answers for its own product only. */
static bool is_way_in(const Server *entry, Family mailboxes)
{
    if (server_is_modern(entry) || server_is_front_end(entry))
        return true;
    return entry->version.family == mailboxes;
}

json_t *web_access_rows(const Topology *topology)
{
    bool present[FAMILY_SE + 1] = {false};
    json_t *rows = json_array();

    FOR_EACH(const Server, server, topology->servers)
        if (holds_mailboxes(server))
            present[server->version.family] = true;
    FOR_EACH(const Server, entry, topology->servers) {
        if (!serves_web_access(entry))
            continue;
        for (int family = FAMILY_2000; family <= FAMILY_SE; family++)
            if (present[family] && is_way_in(entry, (Family)family))
                json_array_append_new(rows, access_row(entry, (Family)family));
    }
    return rows;
}

/* --- message tracking --------------------------------------------------------------------- */

static const char *tracking_tool(const Server *server)
{
    if (server_is_modern(server))
        return "Get-MessageTrackingLog (Exchange Management Shell)";
    if (server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003)
        return "Message Tracking Center (Exchange System Manager)";
    return server_is_legacy(server) ? "Message tracking (Exchange Administrator)" : NULL;
}

/* Both of a known generation, and not of the same. */
static bool change_tools(const Server *a, const Server *b)
{
    return (server_is_legacy(a) && server_is_modern(b)) ||
           (server_is_modern(a) && server_is_legacy(b));
}

static void hand_over(GHashTable *partners, const Server *from, const Server *to)
{
    GPtrArray *known = g_hash_table_lookup(partners, from);

    if (!change_tools(from, to))
        return;
    if (known == NULL) {
        known = g_ptr_array_new();
        g_hash_table_insert(partners, (gpointer)from, known);
    }
    if (!g_ptr_array_find(known, to, NULL))
        g_ptr_array_add(known, (gpointer)to);
}

static void hand_over_connector(GHashTable *partners, const Connector *connector)
{
    g_autoptr(GPtrArray) sources = connector_source_servers(connector);
    g_autoptr(GPtrArray) targets = connector_target_servers(connector);

    FOR_EACH(const Server, source, sources)
        FOR_EACH(const Server, target, targets)
            hand_over(partners, source, target);
}

static void free_array(gpointer array)
{
    g_ptr_array_unref(array);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    const Object *const *first = a;
    const Object *const *second = b;

    return dn_compare((*first)->entry->dn, (*second)->entry->dn);
}

json_t *tracking_rows(const Topology *topology)
{
    g_autoptr(GHashTable) partners = g_hash_table_new_full(NULL, NULL, NULL, free_array);
    json_t *rows = json_array();

    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector_is_enabled(connector))
            hand_over_connector(partners, connector);
    FOR_EACH(const Server, server, topology->servers) {
        GPtrArray *handed = g_hash_table_lookup(partners, server);
        const char *tool = tracking_tool(server);
        json_t *row = object_row(&server->object);

        if (handed != NULL)
            g_ptr_array_sort(handed, compare_names);
        json_object_set_new(row, "family",
                            tool != NULL ? text_value(family_name(server->version.family))
                                         : json_null());
        json_object_set_new(row, "tool", text_value(tool));
        json_object_set_new(row, "enabled", boolean_value(server->tracking));
        json_object_set_new(row, "handsOverTo", names_value(handed));
        json_array_append_new(rows, row);
    }
    return rows;
}
