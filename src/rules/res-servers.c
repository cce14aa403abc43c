/*
 * RES, the part about servers: objects that are dead, half made or half cleared away, and what lies
 * below them.
 */
#include "rules/res.h"

#include "rules/absence.h"
#include "rules/computers.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/references.h"
#include "rules/words.h"

#include <string.h>

/* --- RES005 ------------------------------------------------------------------------------- */

static bool has_computer(const Server *server)
{
    return server->version.family != FAMILY_5_5 && !server_is_edge(server) && !server->clustered &&
           !server_is_provisioned_only(server);
}

/* Servers that others lean on: bridgeheads, masters, generators of address books, and those that
 * run update services. As a set of Server; free it. */
static GHashTable *servers_in_use(const Topology *topology)
{
    static const Need uses[] = {
        {CLASS_msExchOAB, ATTR_offLineABServer},
        {CLASS_msExchAddressListService, ATTR_msExchAddressListServiceLink},
        {CLASS_msExchRoutingGroup, ATTR_msExchRoutingMasterDN},
        {CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN},
        {CLASS_msExchConnector, ATTR_msExchTargetBridgeheadServersDN},
        {CLASS_msExchConnector, ATTR_homeMTA},
    };
    GHashTable *used = g_hash_table_new(NULL, NULL);

    for (guint u = 0; u < G_N_ELEMENTS(uses); u++)
        FOR_EACH(const Entry, entry, directory_of_class(topology->directory, uses[u].class_id)) {
            guint count;
            const Value *values = entry_values(entry, uses[u].attribute, &count);

            for (guint i = 0; i < count; i++)
                g_hash_table_add(used, topology_server(topology, value_dn(&values[i])));
        }
    return used;
}

static void raise_without_computer(Check *check, const Server *server, bool used)
{
    Finding *finding = check_raise(check, used ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                                   "No computer account belongs to server \"%s\"%s",
                                   server->object.name, used ? ", which others rely on" : "");

    finding_cite(finding, &server->object, ATTR_networkAddress, "the DNS name of an account");
    finding_cite(finding, &server->object, ATTR_whenChanged, NULL);
}

static void check_computers(Check *check)
{
    const Topology *topology = check_topology(check);
    guint unsearched = count_domains_unsearched(topology, CLASS_computer);
    guint partial = unsearched - count_domains_unread(topology);
    g_autoptr(GHashTable) computers = NULL;
    g_autoptr(GHashTable) used = NULL;

    if (!topology_has_server(topology, has_computer))
        return;
    report_domains_unread(check);
    if (partial > 0)
        check_not_assessed(check, partial,
                           "the domain seems to have been read in part only: " DOMAIN_EXPORT
                           "<domain>");
    if (unsearched > 0 || topology->domains->len == 0)
        return;
    computers = computers_by_name(topology->directory);
    used = servers_in_use(topology);
    FOR_EACH(const Server, server, topology->servers) {
        if (!has_computer(server) || computer_of(server, computers) != NULL)
            continue;
        if (server_roles_unseen(server) || server_may_be_provisioned(server))
            check_not_assessed(check, 1,
                               "the roles of the server were not read, and one of the Edge role, "
                               "or that was never installed, has no computer account here");
        else
            raise_without_computer(check, server, g_hash_table_contains(used, server));
    }
}

const Rule RES005 = {
    .id = "RES005",
    .slug = "server-without-computer",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS,
    .title = "A server object has no computer account",
    .condition = "The computers of all domains were read, and no account has the server's DNS name "
                 "(dNSHostName) or name (sAMAccountName). A warning; an error when it is a "
                 "bridgehead or routing master, generates an offline address book or runs an "
                 "update service. Edge, clustered and 5.5 servers are left out.",
    .why = "The machine is gone, and Exchange was not removed from it. Routing and services still "
           "count on it.",
    .remedy =
        "Give its duties to other servers (RES012 lists them), then remove the server object: "
        "in Exchange System Manager by Remove Server, later versions with ADSI Edit after "
        "vendor advice. If it is to come back, set up a machine of its name with setup "
        "/DisasterRecovery or /RecoverServer.",
    .references = "Exchange Team, 2015, on decommissioning legacy Exchange servers",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .misses = MISSES(CLASS_computer),
    .check = check_computers,
};

/* --- RES009, RES010 ----------------------------------------------------------------------- */

static void raise_lacking(Check *check, const Server *server, AttributeId attribute,
                          const char *what, const char *expected)
{
    finding_cite(check_raise(check, SEVERITY_WARNING, &server->object, "Server \"%s\" has no %s",
                             server->object.name, what),
                 &server->object, attribute, expected);
}

static void judge_essentials(Check *check, const Server *server, bool roles_seen)
{
    bool provisioned = server_is_provisioned_only(server) ||
                       (!roles_seen && server_may_be_provisioned(server));
    bool unlike_others = provisioned || server->clustered;
    bool no_roles = !server->roles.present || server->roles.value == 0;

    if (server->fqdn == NULL && !provisioned)
        raise_lacking(check, server, ATTR_networkAddress, "TCP/IP address (networkAddress)",
                      "ncacn_ip_tcp:<DNS name>");
    if (server_is_modern(server) && !unlike_others && no_roles && roles_seen)
        raise_lacking(check, server, ATTR_msExchCurrentServerRoles,
                      "roles (msExchCurrentServerRoles)", "the sum of its roles");
}

static bool should_have_roles(const Server *server)
{
    return server_is_modern(server) || server_may_be_provisioned(server);
}

static bool roles_unread(Check *check)
{
    return attribute_unread(check, topology_count_servers(check_topology(check), should_have_roles),
                            CLASS_msExchExchangeServer, ATTR_msExchCurrentServerRoles);
}

static void check_essentials(Check *check)
{
    const Topology *topology = check_topology(check);
    bool roles_seen = !roles_unread(check);

    versions_are_visible(check);
    FOR_EACH(const Server, server, topology->servers)
        judge_essentials(check, server, roles_seen);
}

static const Need server_addresses[] = {{CLASS_msExchExchangeServer, ATTR_networkAddress},
                                        {CLASS_NONE, ATTR_NONE}};

const Rule RES009 = {
    .id = "RES009",
    .slug = "server-lacks-essentials",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A server object lacks what every server has",
    .condition = "networkAddress of a server has no value that begins with ncacn_ip_tcp:, or "
                 "msExchCurrentServerRoles is absent or 0 on a server of 2007 or later that is "
                 "neither clustered nor merely provisioned. A missing serialNumber is ORG003's.",
    .why = "Setup writes these first and removes them last: the server is half installed or half "
           "removed. Others find no way to it, or do not know what it does.",
    .remedy = "Run setup on the machine again, to finish the installation or to remove it. If the "
              "machine is gone, see RES005.",
    .references = "Setup readiness check InstallWatermark",
    .needs = server_addresses,
    .check = check_essentials,
};

static guint digits_at(const char *text, guint from, guint count)
{
    guint number = 0;

    for (guint i = 0; i < count; i++)
        number = number * 10 + (guint)g_ascii_digit_value(text[from + i]);
    return number;
}

/* The day of a time like 20080617091754.0Z, counted from a fixed one; 0 when there is none. */
static guint32 day_of(const Entry *entry, AttributeId attribute)
{
    g_autofree char *text = entry_text(entry, attribute);
    g_autoptr(GDate) date = NULL;
    guint year;
    guint month;
    guint day;

    if (text == NULL || strspn(text, "0123456789") < strlen("20080617"))
        return 0;
    year = digits_at(text, 0, 4);
    month = digits_at(text, 4, 2);
    day = digits_at(text, 6, 2);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return 0;
    date = g_date_new_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return g_date_get_julian(date);
}

/* The last day on which the organisation was seen alive: a clock would make the verdict depend on
 * when it is asked for. */
static guint32 last_day(const Topology *topology)
{
    guint32 last = 0;

    FOR_EACH(const Server, server, topology->servers)
        last = MAX(last, day_of(server->object.entry, ATTR_whenChanged));
    return last;
}

static void raise_provisioned(Check *check, const Server *server, guint32 last)
{
    guint32 made = day_of(server->object.entry, ATTR_whenCreated);
    guint days = check_parameter(check, PARAMETER_PROVISIONED_DAYS);
    bool old = made > 0 && last > made + days;
    Finding *finding =
        check_raise(check, old ? SEVERITY_WARNING : SEVERITY_INFO, &server->object,
                    "Server \"%s\" was prepared for a delegated installation%s and never installed",
                    server->object.name, old ? " long ago" : "");

    finding_cite(finding, &server->object, ATTR_msExchCurrentServerRoles, NULL);
    finding_cite(finding, &server->object, ATTR_whenCreated, NULL);
}

static void check_provisioned(Check *check)
{
    const Topology *topology = check_topology(check);
    guint32 last;

    roles_unread(check);
    if (!topology_has_server(topology, server_is_provisioned_only))
        return;
    last = last_day(topology);
    FOR_EACH(const Server, server, topology->servers)
        if (server_is_provisioned_only(server))
            raise_provisioned(check, server, last);
}

const Rule RES010 = {
    .id = "RES010",
    .slug = "server-only-provisioned",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A server was provisioned and never installed",
    .condition = "msExchCurrentServerRoles of a server is 4096. Information; a warning when it was "
                 "made more than 180 days (parameter provisioned-days) before the last change of "
                 "any server that was read. That this bit means provisioned is not published.",
    .why = "The object was made so that somebody without rights on the organisation can install "
           "the server. Forgotten, it is a server in every list and none on the network.",
    .remedy = "Install the server, or take the object back: setup /RemoveProvisionedServer:<name>.",
    .references = "TechNet bb201741",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_provisioned,
};

/* --- RES011 ------------------------------------------------------------------------------- */

/* The versions in which one role has the stores and another the virtual directories. */
static bool has_split_roles(const Server *server)
{
    return server_uses_routing_group(server) && server->roles.present &&
           !server_is_provisioned_only(server);
}

static void judge_stores(Check *check, const Server *server)
{
    g_autofree char *names = NULL;
    Finding *finding;

    if (!has_split_roles(server) || server_has_role(server, ROLE_MAILBOX) ||
        server->below->stores == NULL)
        return;
    names = names_of(server->below->stores);
    finding = check_raise(check, SEVERITY_WARNING, &server->object,
                          "Server \"%s\" has no Mailbox role, but stores: %s", server->object.name,
                          names);
    finding_cite(finding, &server->object, ATTR_msExchCurrentServerRoles, "bit 2 set");
    finding_relate_all(finding, server->below->stores);
}

/* Mailbox servers keep a few directories of their own. */
static bool may_have_directories(const Server *server)
{
    return !has_split_roles(server) ||
           server_has_role(server, ROLE_MAILBOX | ROLE_CLIENT_ACCESS | ROLE_UNIFIED_MESSAGING);
}

static void judge_directory(Check *check, const Entry *entry)
{
    const Server *server = topology_server(check_topology(check), entry->dn);
    Object directory = entry_object(entry);
    Finding *finding;

    if (server == NULL || may_have_directories(server))
        return;
    finding = check_raise(check, SEVERITY_WARNING, &directory,
                          "Virtual directory \"%s\" is left on server \"%s\", which has no Client "
                          "Access role",
                          directory.name, server->object.name);
    finding_cite_object(finding, &directory);
    finding_cite(finding, &server->object, ATTR_msExchCurrentServerRoles, "bit 4 set");
    finding_relate(finding, &server->object);
}

static bool hides_its_roles(const Server *server)
{
    return server_uses_routing_group(server) && server_roles_unseen(server);
}

static void check_lost_roles(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) directories = living_entries(topology, CLASS_msExchVirtualDirectory);
    guint unseen = topology_count_servers(topology, hides_its_roles);

    if (unseen > 0)
        check_not_assessed(check, unseen, "the roles of the server were not read");
    FOR_EACH(const Server, server, topology->servers)
        judge_stores(check, server);
    FOR_EACH(const Entry, entry, directories)
        judge_directory(check, entry);
}

const Rule RES011 = {
    .id = "RES011",
    .slug = "leftovers-of-a-role",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Stores or virtual directories are left on a server that lost the role",
    .condition = "Stores belong to a 2007 or 2010 server without bit 2 of "
                 "msExchCurrentServerRoles, or a virtual directory (msExchVirtualDirectory) lies "
                 "below one without bits 2, 4 and 16.",
    .why = "The role was removed by hand or by a setup that failed. What is left still stands in "
           "lists and is handed out to clients.",
    .remedy = "Remove-MailboxDatabase or the matching Remove-…VirtualDirectory; where the tools "
              "refuse, delete the object with ADSI Edit.",
    .references = "TechNet bb123893 on removing server roles",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchPrivateMDB),
    .check = check_lost_roles,
};

/* --- RES012, RES013 ----------------------------------------------------------------------- */

/* Legacy server objects (of const Entry); unref it. */
static GPtrArray *departing_servers(const Topology *topology)
{
    GPtrArray *servers = g_ptr_array_new();

    FOR_EACH(const Server, server, topology->servers)
        if (server_is_legacy(server))
            g_ptr_array_add(servers, (gpointer)(uintptr_t)server->object.entry);
    return servers;
}

enum { REFERENCES_CITED = 100 };

static void cite_reference(Finding *finding, const Reference *reference)
{
    Object from;

    if (reference->from == NULL)
        return;
    from = entry_object(reference->from);
    finding_cite_value(finding, &from, reference->attribute, reference->value, NULL);
    finding_relate(finding, &from);
}

static void report_references(Check *check, const Server *server, const GPtrArray *references)
{
    g_autofree char *count = count_of(references->len, "reference");
    Finding *finding = check_raise(check, SEVERITY_INFO, &server->object,
                                   "%s still %s to server \"%s\"", count,
                                   references->len == 1 ? "leads" : "lead", server->object.name);

    for (guint i = 0; i < MIN(references->len, (guint)REFERENCES_CITED); i++)
        cite_reference(finding, g_ptr_array_index(references, i));
}

/* References by the server they lead to or below: Server → GPtrArray of Reference; free it. */
static GHashTable *by_server(const Topology *topology, const GPtrArray *references)
{
    GHashTable *lists = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);

    FOR_EACH(Reference, reference, references) {
        Server *server = reference->to == NULL ? NULL
                                               : topology_server(topology, reference->to->dn);
        GPtrArray *list = server == NULL ? NULL : g_hash_table_lookup(lists, server);

        if (server == NULL)
            continue;
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(lists, server, list);
        }
        g_ptr_array_add(list, reference);
    }
    return lists;
}

/* Links of which no object of the class showed one: what they lead to is not known. */
static void report_unread_links(Check *check)
{
    static const Need links[] = {
        {CLASS_msExchRoutingGroupConnector, ATTR_msExchTargetBridgeheadServersDN},
        {CLASS_msExchOAB, ATTR_offLineABServer},
        {CLASS_msExchAddressListService, ATTR_msExchAddressListServiceLink},
    };
    const Directory *directory = check_topology(check)->directory;

    for (guint i = 0; i < G_N_ELEMENTS(links); i++)
        attribute_unread(check, directory_of_class(directory, links[i].class_id)->len,
                         links[i].class_id, links[i].attribute);
}

static void check_owned_objects(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) servers = departing_servers(topology);
    g_autoptr(GPtrArray) references = NULL;
    g_autoptr(GHashTable) lists = NULL;

    if (servers->len == 0)
        return;
    report_unread_links(check);
    references = references_to(topology, servers);
    lists = by_server(topology, references);
    FOR_EACH(const Server, server, topology->servers) {
        const GPtrArray *list = g_hash_table_lookup(lists, server);

        if (list != NULL)
            report_references(check, server, list);
    }
}

const Rule RES012 = {
    .id = "RES012",
    .slug = "references-to-departing-server",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Objects that still refer to a server that is to go",
    .condition =
        "An object outside the 2000/2003 servers names one of them, or something below it, "
        "in any attribute that holds a name. The first 100 are listed as evidence. "
        "Objects in partitions that were not read are not seen.",
    .why =
        "Each is a duty that another server has to take over, or a leftover to clear away, before "
        "the server is removed.",
    .remedy = "Work through the list: re-point what is needed, delete what is not; then remove the "
              "server with its setup.",
    .references = "TechNet bb288905",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchConnector, CLASS_msExchRoutingGroup,
                   CLASS_msExchAdminGroup),
    .check = check_owned_objects,
};

static void check_setup_state(Check *check)
{
    if (check_topology(check)->servers->len > 0)
        check_not_assessed(check, 0,
                           "to be verified by hand: that no installation or removal was left half "
                           "way (Watermark below HKLM\\SOFTWARE\\Microsoft\\Exchange on the "
                           "server)");
}

const Rule RES013 = {
    .id = "RES013",
    .slug = "setup-left-half-way",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_BY_HAND,
    .title = "Whether setup was left half way",
    .condition = "Never raised: setup notes how far it came in the registry of the server.",
    .why = "A role whose installation failed is in the directory as if it worked. The next setup "
           "refuses to go on elsewhere until this one is finished.",
    .remedy = "Run setup again with the same roles, to the end.",
    .references = "Setup readiness checks InstallWatermark, InterruptedUninstallNotContinued",
    .check = check_setup_state,
};
