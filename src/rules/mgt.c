/* MGT: objects that were managed with the tools of the wrong version. */
#include "rules/entries.h"
#include "rules/recipients.h"
#include "rules/rule.h"
#include "rules/words.h"

/* Users without msExchVersion by the server of their mailbox (Server → GPtrArray of Entry). */
static GHashTable *unversioned_users(Check *check, const GPtrArray *users)
{
    GHashTable *servers = g_hash_table_new_full(NULL, NULL, NULL,
                                                (GDestroyNotify)g_ptr_array_unref);

    FOR_EACH(Entry, user, users) {
        Server *server = mailbox_server(check_topology(check), user);
        GPtrArray *found = g_hash_table_lookup(servers, server);

        if (server == NULL)
            check_not_assessed(check, 1, "the server of the user's mailbox store was not read");
        if (server == NULL || !server_is_modern(server) || entry_has(user, ATTR_msExchVersion))
            continue;
        if (found == NULL) {
            found = g_ptr_array_new();
            g_hash_table_insert(servers, server, found);
        }
        g_ptr_array_add(found, user);
    }
    return servers;
}

static void raise_unversioned(Check *check, const Server *server, const GPtrArray *users)
{
    guint most = check_parameter(check, PARAMETER_OBJECTS_CITED);
    g_autoptr(GPtrArray) objects = entry_objects(users);
    g_autofree char *names = names_of(objects);
    g_autofree char *count = count_of(users->len, "mailbox user");
    Finding *finding =
        check_raise(check, SEVERITY_WARNING, &server->object,
                    "On \"%s\" (Exchange %s) %s cannot be changed with its tools, for lack of "
                    "msExchVersion: %s",
                    server->object.name, family_name(server->version.family), count, names);

    finding_cite_object(finding, &server->object);
    for (guint i = 0; i < MIN(objects->len, most); i++)
        finding_cite(finding, g_ptr_array_index(objects, i), ATTR_msExchVersion,
                     "the version of the object's format");
}

static void check_unversioned_users(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) users = mailbox_users(topology);
    g_autoptr(GHashTable) servers = NULL;

    if (!topology_has_server(topology, server_is_modern))
        return;
    report_mailboxes_unread(check);
    if (users->len > 0 &&
        directory_seen(topology->directory, CLASS_user, ATTR_msExchVersion) == 0) {
        check_not_assessed(check, users->len, "msExchVersion was not read on any user");
        return;
    }
    servers = unversioned_users(check, users);
    FOR_EACH(const Server, server, topology->servers) {
        const GPtrArray *found = g_hash_table_lookup(servers, server);

        if (found != NULL)
            raise_unversioned(check, server, found);
    }
}

static const Rule MGT001 = {
    .id = "MGT001",
    .slug = "mailbox-made-with-legacy-tools",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "Mailboxes on Exchange 2007 were made with the tools of Exchange 2003",
    .condition = "A user whose homeMDB names a store of a server of version 8 or later has no "
                 "msExchVersion. Not assessed where the attribute was read on no user at all.",
    .why = "Exchange 2007 takes such a user for a legacy mailbox: it works, but the shell and the "
           "console refuse to change it, and features of the newer version are not to be had.",
    .remedy = "Repair them: Set-Mailbox -Identity <user> -ApplyMandatoryProperties. From then on "
              "make mailboxes on Exchange 2007 with its own tools, not with Active Directory "
              "Users and Computers.",
    .references = "Exchange 2007 help: Set-Mailbox (ApplyMandatoryProperties)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_unversioned_users,
};

const Rule *const mgt_rules[] = {&MGT001, NULL};
