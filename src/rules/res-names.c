/* RES, the part about names: of servers, and the names from the time of Exchange 5.5 by which mail
 * and mailboxes still find them. */
#include "rules/res.h"

#include "base/fold.h"

#include <string.h>

/* --- RES004 ------------------------------------------------------------------------------- */

/* `name` is kept only where it is not the relative name. */
static void judge_names(Check *check, const Server *server)
{
    const Entry *entry = server->object.entry;
    uint32_t length;
    const char *cn = value_bytes(entry_value(entry, ATTR_cn), &length);
    g_autofree char *name = entry_text(entry, ATTR_name);
    const char *called = name != NULL ? name : server->object.name;
    Finding *finding;

    if (cn == NULL) {
        check_not_assessed(check, 1, "cn of the server was not read");
        return;
    }
    if (fold_equal(cn, length, called, strlen(called)))
        return;
    finding = check_raise(check, SEVERITY_ERROR, &server->object,
                          "Server \"%s\" has two names: cn is %.*s", called, (int)length, cn);
    finding_cite(finding, &server->object, ATTR_cn, called);
    if (name != NULL)
        finding_cite(finding, &server->object, ATTR_name, NULL);
}

static void check_server_names(Check *check)
{
    const GPtrArray *servers = check_topology(check)->servers;

    for (guint i = 0; i < servers->len; i++) {
        ahead_objects(servers, i, ATTR_cn);
        judge_names(check, servers->pdata[i]);
    }
}

const Rule RES004 = {
    .id = "RES004",
    .slug = "server-name-differs",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A server has two names",
    .condition = "cn of a server is not its name: the attribute name or, where that was not read, "
                 "the relative name in its DN. Letter case does not count.",
    .why =
        "A directory keeps the two equal. Where they differ the object was damaged, and Exchange, "
        "which reads now the one and now the other, takes the server for two.",
    .remedy =
        "Ask for vendor support before you change either: Exchange servers cannot be renamed.",
    .references = "Exchange Analyzer article on the names of servers",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_server_names,
};

/* --- RES008 ------------------------------------------------------------------------------- */

static const Value *legacy_name(const Object *object)
{
    return entry_value(object->entry, ATTR_legacyExchangeDN);
}

static bool begins_with(const Value *name, const char *start, uint32_t start_length)
{
    uint32_t length;
    const char *text = value_bytes(name, &length);

    return length >= start_length && fold_equal(text, start_length, start, start_length);
}

static void raise_same_name(Check *check, const Object *object, const Object *other)
{
    g_autofree char *name = entry_text(object->entry, ATTR_legacyExchangeDN);
    Finding *finding = check_raise(check, SEVERITY_ERROR, object,
                                   "\"%s\" has the same legacyExchangeDN as \"%s\": %s",
                                   object->name, other->name, name);

    finding_cite(finding, object, ATTR_legacyExchangeDN, "a value of its own");
    finding_cite(finding, other, ATTR_legacyExchangeDN, NULL);
    finding_relate(finding, other);
}

static void raise_malformed_name(Check *check, const Object *object)
{
    g_autofree char *name = entry_text(object->entry, ATTR_legacyExchangeDN);

    finding_cite(check_raise(check, SEVERITY_WARNING, object,
                             "The legacyExchangeDN of \"%s\" is malformed: %s", object->name, name),
                 object, ATTR_legacyExchangeDN, "/o=<organisation>/ou=<group>…");
}

static guint legacy_name_hash(gconstpointer object)
{
    uint32_t length;
    const char *text = value_bytes(legacy_name(object), &length);

    return fold_hash(text, length, 0);
}

static gboolean legacy_name_equal(gconstpointer a, gconstpointer b)
{
    uint32_t left_length;
    uint32_t right_length;
    const char *left = value_bytes(legacy_name(a), &left_length);
    const char *right = value_bytes(legacy_name(b), &right_length);

    return fold_equal(left, left_length, right, right_length);
}

/* `known` is the set of objects met so far, equal where their names are; of several with one name
 * the first stays in it. */
static void judge_legacy_name(Check *check, const Object *object, GHashTable *known)
{
    const Value *name = legacy_name(object);
    gpointer met = (gpointer)(uintptr_t)object;
    gpointer other;

    if (name == NULL)
        return;
    if (!begins_with(name, "/o=", 3))
        raise_malformed_name(check, object);
    if (g_hash_table_insert(known, met, met))
        return;
    g_hash_table_lookup_extended(known, met, &other, NULL);
    raise_same_name(check, object, other);
}

static void judge_legacy_names(Check *check, const GPtrArray *objects, GHashTable *known)
{
    FOR_EACH(const Object, object, objects)
        judge_legacy_name(check, object, known);
}

/* A server that lies among those of another generation was dragged there: AG001, AG002. */
static bool was_dragged(const Server *server)
{
    const AdminGroup *group = server->admin_group;

    return (server_is_modern(server) && !group->official) ||
           (server_is_legacy(server) && group->official);
}

static void raise_foreign_name(Check *check, const Server *server)
{
    const AdminGroup *group = server->admin_group;
    g_autofree char *name = entry_text(server->object.entry, ATTR_legacyExchangeDN);
    g_autofree char *prefix = entry_text(group->object.entry, ATTR_legacyExchangeDN);
    g_autofree char *expected = g_strconcat(prefix, "/", NULL);
    Finding *finding =
        check_raise(check, SEVERITY_WARNING, &server->object,
                    "The legacyExchangeDN of server \"%s\" is not of its administrative "
                    "group \"%s\": %s",
                    server->object.name, group->object.name, name);

    finding_cite(finding, &server->object, ATTR_legacyExchangeDN, expected);
    finding_relate(finding, &group->object);
}

static bool is_of_group(const Value *name, const Value *group)
{
    uint32_t length;
    uint32_t prefix_length;
    const char *text = value_bytes(name, &length);
    const char *prefix = value_bytes(group, &prefix_length);

    return begins_with(name, prefix, prefix_length) && length > prefix_length &&
           text[prefix_length] == '/';
}

static void judge_prefix(Check *check, const Server *server)
{
    const AdminGroup *group = server->admin_group;
    const Value *prefix = group == NULL ? NULL : legacy_name(&group->object);
    const Value *name = legacy_name(&server->object);

    if (name != NULL && prefix != NULL && !was_dragged(server) && !is_of_group(name, prefix))
        raise_foreign_name(check, server);
}

/* Both at once: in a large organisation the way to the names takes longer than to judge them. */
static void judge_servers(Check *check, GHashTable *known)
{
    const GPtrArray *servers = check_topology(check)->servers;

    for (guint i = 0; i < servers->len; i++) {
        const Server *server = servers->pdata[i];

        ahead_objects(servers, i, ATTR_legacyExchangeDN);
        judge_legacy_name(check, &server->object, known);
        judge_prefix(check, server);
    }
}

static void check_legacy_names(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) known = g_hash_table_new(legacy_name_hash, legacy_name_equal);

    judge_legacy_names(check, topology->admin_groups, known);
    judge_servers(check, known);
    judge_legacy_names(check, topology->stores, known);
}

static const Need legacy_name_needs[] = {{CLASS_msExchExchangeServer, ATTR_legacyExchangeDN},
                                         {CLASS_msExchAdminGroup, ATTR_legacyExchangeDN},
                                         {CLASS_NONE, ATTR_NONE}};

const Rule RES008 = {
    .id = "RES008",
    .slug = "legacy-name-wrong",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A legacyExchangeDN is used twice, malformed or of another group",
    .condition = "Two of the administrative groups, servers and stores have equal "
                 "legacyExchangeDN values: an error. One does not begin with /o=, or that of a "
                 "server does not begin with that of its administrative group: a warning. Servers "
                 "among those of another generation are judged by AG001 and AG002.",
    .why = "Mailboxes, stores and free/busy folders are found by this name, not by the name in the "
           "tree. Two objects of one name are taken for each other; a server under another "
           "group's name was moved by hand.",
    .remedy =
        "Ask for vendor support before you change such a value: profiles and replies refer to "
        "it.",
    .references = "TechNet aa997932; Exchange 2003 documentation on legacyExchangeDN",
    .needs = legacy_name_needs,
    .check = check_legacy_names,
};
