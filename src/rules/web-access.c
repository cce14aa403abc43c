/*
 * CAS, second part: what the virtual directories of web servers tell, as far as the directory bears
 * a copy of them. The web server itself may be set otherwise, and no rule here takes the copy for
 * more than that.
 */
#include "rules/web-access.h"

#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/words.h"

#include <string.h>

/* --- virtual directories of servers ----------------------------------------------------------- */

/* The living virtual directories (GPtrArray of Entry) of a class by the server they lie below. */
static GHashTable *directories_by_server(const Topology *topology, ClassId class_id)
{
    g_autoptr(GPtrArray) all = living_entries(topology, class_id);
    GHashTable *servers = g_hash_table_new_full(NULL, NULL, NULL,
                                                (GDestroyNotify)g_ptr_array_unref);

    FOR_EACH(Entry, entry, all) {
        Server *server = topology_server(topology, entry->dn);
        GPtrArray *found = g_hash_table_lookup(servers, server);

        if (server != NULL && found == NULL) {
            found = g_ptr_array_new();
            g_hash_table_insert(servers, server, found);
        }
        if (server != NULL)
            g_ptr_array_add(found, entry);
    }
    return servers;
}

/* "Exchange (Default Web Site)" is called Exchange. */
static bool is_called(const Entry *entry, const char *name)
{
    size_t length = strlen(name);
    const char *text = entry->dn->value;

    return g_ascii_strncasecmp(text, name, length) == 0 &&
           (text[length] == '\0' || text[length] == ' ' || text[length] == '(');
}

static const Entry *find_called(const GPtrArray *entries, const char *name)
{
    FOR_EACH(const Entry, entry, entries)
        if (is_called(entry, name))
            return entry;
    return NULL;
}

/* --- CAS003 ------------------------------------------------------------------------------- */

static bool is_2007_access(const Server *server)
{
    return server_is_placed(server) && server->version.family == FAMILY_2007 &&
           server_has_role(server, ROLE_CLIENT_ACCESS);
}

static bool is_front_end(const Server *server)
{
    return server_is_legacy(server) && server_is_front_end(server);
}

static void raise_way_in(Check *check, const GPtrArray *servers, const char *what, const char *does)
{
    g_autofree char *names = names_of(servers);
    Finding *finding;

    if (servers->len == 0)
        return;
    finding = check_raise(check, SEVERITY_INFO, &check_topology(check)->organization->object,
                          "Outlook Web Access through %s (%s): %s", what, names, does);
    finding_cite_object(finding, g_ptr_array_index(servers, 0));
    finding_relate_all(finding, servers);
}

static void raise_matrix(Check *check, const GPtrArray *access)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) front_ends = servers_where(topology->servers, is_front_end);

    raise_way_in(check, access, "Client Access",
                 "mailboxes on Exchange 2007 at /owa (/exchange leads there), mailboxes on "
                 "Exchange 2003 at /exchange in their old look, and not at /owa");
    raise_way_in(check, front_ends, "front-ends",
                 "mailboxes on Exchange 2003 at /exchange; mailboxes on Exchange 2007 not at all");
}

static void judge_legacy_path(Check *check, const Server *server, const GPtrArray *directories)
{
    g_autoptr(GPtrArray) objects = NULL;
    g_autofree char *names = NULL;
    Finding *finding;

    if (find_called(directories, "Exchange") != NULL)
        return;
    objects = entry_objects(directories);
    names = names_of(objects);
    finding = check_raise(check, SEVERITY_WARNING, &server->object,
                          "Client Access server \"%s\" has no virtual directory /exchange for the "
                          "mailboxes on Exchange 2003 (it has: %s)",
                          server->object.name, names);
    finding_cite_object(finding, &server->object);
    finding_relate_all(finding, objects);
}

static void judge_legacy_paths(Check *check, const GPtrArray *access)
{
    g_autoptr(GHashTable)
        directories = directories_by_server(check_topology(check), CLASS_msExchOWAVirtualDirectory);
    guint unread = 0;

    FOR_EACH(const Server, server, access) {
        const GPtrArray *own = g_hash_table_lookup(directories, server);

        if (own == NULL)
            unread++;
        else
            judge_legacy_path(check, server, own);
    }
    if (unread > 0)
        check_not_assessed(check, unread,
                           "no Outlook Web Access virtual directory of the server was read");
}

static void check_web_addresses(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) access = servers_where(topology->servers, is_2007_access);

    if (!topology_coexists(topology) || topology->organization == NULL ||
        !roles_are_visible(check) || access->len == 0)
        return;
    raise_matrix(check, access);
    judge_legacy_paths(check, access);
}

const Rule CAS003 = {
    .id = "CAS003",
    .slug = "web-access-addresses",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "Which Outlook Web Access a user gets depends on the mailbox and the address",
    .condition =
        "Always reported where Exchange 2000/2003 and Client Access servers of 2007 coexist: what "
        "each kind of entry server does with mailboxes of either generation. A warning for a "
        "Client Access server below which msExchOWAVirtualDirectory objects lie, and none of them "
        "is called Exchange. What the web server itself has is not in the directory.",
    .why = "Client Access opens mailboxes on Exchange 2003 through the virtual directory /exchange "
           "only, and front-ends open no mailbox on Exchange 2007. Users with the wrong address "
           "get an error page, or the look of the other version.",
    .remedy = "Publish one name that leads to Client Access, and tell users with mailboxes on "
              "Exchange 2003 to add /exchange. A missing virtual directory: "
              "New-OwaVirtualDirectory -OwaVersion Exchange2003or2000 -Name Exchange "
              "-VirtualDirectoryType Mailboxes.",
    .references = "TechNet aa998604",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_web_addresses,
};

/* --- CAS004 ------------------------------------------------------------------------------- */

/* The bit of msExchAuthenticationFlags for integrated Windows authentication, as in the web
 * server's AuthFlags: 1 anonymous, 2 basic, 4 integrated. Not documented for the attribute. */
enum { AUTHENTICATION_INTEGRATED = 4 };

static bool keeps_mailboxes_on_2003(const Server *server)
{
    return server->version.family == FAMILY_2003 && server_keeps_legacy_mailboxes(server);
}

static bool is_access(const Server *server)
{
    return server_is_placed(server) && server_has_role(server, ROLE_CLIENT_ACCESS);
}

static void judge_active_sync(Check *check, const Server *server, const GPtrArray *directories)
{
    const Entry *entry = find_called(directories, "Microsoft-Server-ActiveSync");
    int64_t flags;
    Object object;
    Finding *finding;

    if (entry == NULL || !entry_integer(entry, ATTR_msExchAuthenticationFlags, &flags)) {
        check_not_assessed(check, 1,
                           "msExchAuthenticationFlags of Microsoft-Server-ActiveSync on the "
                           "Exchange 2003 server was not read: verify by hand that the virtual "
                           "directory allows integrated Windows authentication");
        return;
    }
    if ((flags & AUTHENTICATION_INTEGRATED) != 0)
        return;
    object = entry_object(entry);
    finding = check_raise(check, SEVERITY_WARNING, &server->object,
                          "Microsoft-Server-ActiveSync on \"%s\" seems to allow no integrated "
                          "Windows authentication, which Client Access needs to reach it",
                          server->object.name);
    finding_cite(finding, &object, ATTR_msExchAuthenticationFlags, "a value with bit 4, such as 6");
    finding_relate(finding, &object);
}

static void check_active_sync(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) directories = NULL;

    if (!roles_are_visible(check) || !topology_has_server(topology, is_access))
        return;
    directories = directories_by_server(topology, CLASS_msExchProtocolCfgHTTPVirtualDirectory);
    FOR_EACH(const Server, server, topology->servers)
        if (keeps_mailboxes_on_2003(server))
            judge_active_sync(check, server, g_hash_table_lookup(directories, server));
}

const Rule CAS004 = {
    .id = "CAS004",
    .slug = "active-sync-without-integrated-authentication",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "ActiveSync on an Exchange 2003 mailbox server may refuse Client Access",
    .condition = "A server of version 8 or later has Client Access, and below an Exchange 2003 "
                 "server with a mailbox store msExchAuthenticationFlags of the virtual directory "
                 "Microsoft-Server-ActiveSync lacks bit 4. Unsure: the meaning of the bit is not "
                 "published, and the web server's own settings may differ. Where the attribute was "
                 "not read, this has to be verified by hand.",
    .why = "Client Access signs in to the Exchange 2003 server with Kerberos on behalf of the "
           "phone. Without integrated authentication there, phones of users with mailboxes on "
           "Exchange 2003 do not synchronise, and Client Access logs event 1036.",
    .remedy = "Install the update of KB 937031 on the Exchange 2003 server, then tick Integrated "
              "Windows Authentication in ESM (Protocols, HTTP, Exchange Virtual Server, "
              "Microsoft-Server-ActiveSync, Access). Do not set it in the web server's console: "
              "Exchange writes its own setting over it.",
    .references = "KB 937031; Exchange Team Blog on ActiveSync in coexistence",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchProtocolCfgHTTPVirtualDirectory,
                   CLASS_msExchPrivateMDB),
    .check = check_active_sync,
};

/* --- CAS006 ------------------------------------------------------------------------------- */

/* Exchange 2013 and later have a second web site of their own, whose directory belongs there. */
static bool is_back_end(const Entry *entry)
{
    for (const Dn *dn = entry->dn; dn != NULL && dn->value != NULL; dn = dn->parent)
        if (strstr(dn->value, "Exchange Back End") != NULL)
            return true;
    return false;
}

static void judge_mobile_directories(Check *check, const Server *server,
                                     const GPtrArray *directories)
{
    g_autoptr(GPtrArray) objects = entry_objects(directories);
    g_autofree char *names = NULL;
    Finding *finding;

    for (guint i = objects->len; i-- > 0;)
        if (is_back_end(((const Object *)g_ptr_array_index(objects, i))->entry))
            g_ptr_array_remove_index(objects, i);
    if (objects->len < 2)
        return;
    names = names_of(objects);
    finding = check_raise(check, SEVERITY_WARNING, &server->object,
                          "Server \"%s\" has %u ActiveSync virtual directories: %s",
                          server->object.name, objects->len, names);
    FOR_EACH(const Object, object, objects)
        finding_cite_object(finding, object);
}

static void check_mobile_directories(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable)
        directories = directories_by_server(topology, CLASS_msExchMobileVirtualDirectory);

    FOR_EACH(const Server, server, topology->servers)
        judge_mobile_directories(check, server, g_hash_table_lookup(directories, server));
}

const Rule CAS006 = {
    .id = "CAS006",
    .slug = "several-active-sync-directories",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A server has several ActiveSync virtual directories",
    .condition = "More than one msExchMobileVirtualDirectory lies below a server; those of the "
                 "site \"Exchange Back End\" do not count.",
    .why = "Setup of later cumulative updates of Exchange expects one and fails on a second.",
    .remedy = "Remove the directory that was added: Get-ActiveSyncVirtualDirectory -Server "
              "<server>, then Remove-ActiveSyncVirtualDirectory <identity>.",
    .references = "CSS-Exchange, Setup Assist: Test-DomainMultiActiveSyncVirtualDirectories",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_mobile_directories,
};
