/*
 * HUB, first part: Hub Transport servers, which take every message of Exchange 2007 and 2010: where
 * a site needs one, and where groups are expanded. From 2013 on the transport services are part of
 * every mailbox server, and most of this does not concern them. The receive connectors of hubs are
 * judged in receive.c.
 */
#include "rules/domains.h"
#include "rules/facts.h"
#include "rules/receive.h"
#include "rules/rule.h"
#include "rules/words.h"

#include "base/fold.h"

/* The versions with a Hub Transport role: each delivers to the mailbox servers of its own. */
static const Family generations[] = {FAMILY_2007, FAMILY_2010};

/* --- HUB001, HUB002 ----------------------------------------------------------------------- */

/* A role that depends on a hub of the same version in the same site. */
typedef struct Dependant {
    int role;
    const char *noun;
    Severity severity;
} Dependant;

static void judge_dependants(Check *check, const Site *site, Family family,
                             const Dependant *dependant)
{
    g_autoptr(GPtrArray) servers = NULL;
    g_autofree char *names = NULL;
    Finding *finding;

    if (!site_holds(site, family, family, dependant->role) ||
        site_holds(site, family, family, ROLE_HUB_TRANSPORT))
        return;
    if (site_may_hold(site, family, family, ROLE_HUB_TRANSPORT)) {
        check_not_assessed(check, 1, "version or roles of a server in the site were not read");
        return;
    }
    servers = site_holders(site, family, family, dependant->role);
    names = names_of(servers);
    finding = check_raise(check, dependant->severity, &site->object,
                          "Site \"%s\" holds Exchange %s %s servers (%s) and no Hub Transport "
                          "server of that version",
                          site->object.name, family_name(family), dependant->noun, names);
    finding_cite_roles(finding, servers, NULL);
    finding_relate_all(finding, servers);
}

static void check_dependants(Check *check, const Dependant *dependant)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        for (guint i = 0; i < G_N_ELEMENTS(generations); i++)
            judge_dependants(check, site, generations[i], dependant);
}

static void check_mailbox_without_hub(Check *check)
{
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    const Dependant mailbox = {ROLE_MAILBOX, "Mailbox", plan ? SEVERITY_WARNING : SEVERITY_ERROR};

    check_dependants(check, &mailbox);
}

static void check_unified_messaging_without_hub(Check *check)
{
    static const Dependant unified_messaging = {ROLE_UNIFIED_MESSAGING, "Unified Messaging",
                                                SEVERITY_ERROR};

    check_dependants(check, &unified_messaging);
}

static const Rule HUB001 = {
    .id = "HUB001",
    .slug = "mailbox-site-without-hub",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site with Mailbox servers has no Hub Transport server",
    .condition =
        "Some server of the site (msExchServerSite) has bit 2 of msExchCurrentServerRoles, "
        "and none of the same version, 2007 or 2010, has bit 32. Exchange 2013 and later, "
        "Edge subscriptions and sites with Client Access alone are exempt. In a plan only "
        "a warning, as setup itself gives.",
    .why = "Hub Transport servers serve the mailbox stores of their own site and version alone. "
           "Without one, users of these stores neither send nor receive, not even to each other.",
    .remedy = "Install the Hub Transport role in the site, on the same computer if need be: setup "
              "/mode:Install /roles:HubTransport. If the servers stand in this site by mistake, "
              "correct the subnets.",
    .references = "TechNet bb693352 (Exchange Analyzer); setup readiness check "
                  "BridgeheadRoleNotPresentInSite",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_mailbox_without_hub,
};

static const Rule HUB002 = {
    .id = "HUB002",
    .slug = "unified-messaging-site-without-hub",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site with Unified Messaging servers has no Hub Transport server",
    .condition = "Some server of the site has bit 16 of msExchCurrentServerRoles, and none of the "
                 "same version, 2007 or 2010, has bit 32.",
    .why = "A Unified Messaging server hands voice messages to a Hub Transport server of its own "
           "site. Without one, callers leave messages that go nowhere.",
    .remedy =
        "Install the Hub Transport role in the site: setup /mode:Install /roles:HubTransport.",
    .references = "TechNet aa998604 (planning for coexistence, roles)",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_unified_messaging_without_hub,
};

/* --- HUB003 ------------------------------------------------------------------------------- */

/* Whether mail between the versions passes through the server. */
static bool server_joins_versions(const Topology *topology, const Server *server)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_joins_versions(connector) &&
            (bridgeheads_include(connector->sources, connector->source_count, server) ||
             bridgeheads_include(connector->targets, connector->target_count, server)))
            return true;
    return false;
}

static void judge_single_hub(Check *check, const Site *site, Family family)
{
    g_autoptr(GPtrArray) mailbox = site_holders(site, family, family, ROLE_MAILBOX);
    g_autoptr(GPtrArray) hubs = site_holders(site, family, family, ROLE_HUB_TRANSPORT);
    g_autofree char *names = names_of(mailbox);
    const Server *hub;
    bool bridgehead;
    bool grave;
    Finding *finding;

    if (mailbox->len == 0 || hubs->len != 1 ||
        site_may_hold(site, family, family, ROLE_HUB_TRANSPORT))
        return;
    hub = g_ptr_array_index(hubs, 0);
    bridgehead = server_joins_versions(check_topology(check), hub);
    grave = bridgehead ||
            mailbox->len >= check_parameter(check, PARAMETER_LONE_HUB_MAILBOX_SERVERS);
    finding = check_raise(check, grave ? SEVERITY_WARNING : SEVERITY_INFO, &site->object,
                          "Site \"%s\" has one Exchange %s Hub Transport server, %s%s, for the "
                          "mailboxes on %s",
                          site->object.name, family_name(family), hub->object.name,
                          bridgehead ? " (a bridgehead between the versions)" : "", names);
    finding_cite_roles(finding, hubs, NULL);
    finding_relate_all(finding, hubs);
    finding_relate_all(finding, mailbox);
}

static void check_single_hub(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        for (guint i = 0; i < G_N_ELEMENTS(generations); i++)
            judge_single_hub(check, site, generations[i]);
}

static const Rule HUB003 = {
    .id = "HUB003",
    .slug = "single-hub-in-site",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site with Mailbox servers has a single Hub Transport server",
    .condition = "Exactly one server of the site has bit 32 of msExchCurrentServerRoles, and some "
                 "server of the same version has bit 2. A warning when it serves two or more "
                 "Mailbox servers (parameter lone-hub-mailbox-servers), or is a bridgehead of a "
                 "connector between the versions.",
    .why = "Hub Transport servers share load and stand in for each other within one site only. "
           "While this one is down, the stores of the site send and receive nothing.",
    .remedy = "Install the Hub Transport role on a second computer of the site.",
    .references = "TechNet bb125223 (message routing in coexistence)",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_single_hub,
};

/* --- HUB004 ------------------------------------------------------------------------------- */

static bool server_has_hub_or_access(const Server *server)
{
    return server_is_placed(server) && server_uses_routing_group(server) &&
           server_has_role(server, ROLE_HUB_TRANSPORT | ROLE_CLIENT_ACCESS);
}

static bool server_has_stores_or_calls(const Server *server)
{
    return server_is_placed(server) &&
           server_has_role(server, ROLE_MAILBOX | ROLE_UNIFIED_MESSAGING);
}

static void check_relay_site(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_has_hub_or_access);

    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites) {
        g_autoptr(GPtrArray) servers = NULL;
        g_autofree char *names = NULL;
        Finding *finding;

        if (site_count(site, server_has_stores_or_calls) > 0 ||
            site_count(site, server_roles_unseen) > 0)
            continue;
        servers = servers_where(site->servers, server_has_hub_or_access);
        names = names_of(servers);
        finding = check_raise(check, SEVERITY_INFO, &site->object,
                              "Site \"%s\" has Hub Transport or Client Access only (%s)",
                              site->object.name, names);
        finding_cite_roles(finding, servers, NULL);
        finding_relate_all(finding, servers);
    }
}

static const Rule HUB004 = {
    .id = "HUB004",
    .slug = "site-without-mailboxes",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site has Hub Transport or Client Access servers only",
    .condition = "Servers of Exchange 2007 or 2010 in the site have bit 32 or 4 of "
                 "msExchCurrentServerRoles, and no server there has bit 2 or 16.",
    .why = "This is in order: a site towards the Internet, a hub site, a first step of an "
           "installation. It is reported so that nobody takes it for a missing role.",
    .remedy = "Nothing is to be done.",
    .references = "TechNet aa998604 (planning for coexistence, roles)",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_relay_site,
};

/* --- HUB010 ------------------------------------------------------------------------------- */

/* Living servers by folded legacyExchangeDN. */
static GHashTable *servers_by_legacy_dn(const Topology *topology)
{
    GHashTable *servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    FOR_EACH(Server, server, topology->servers) {
        g_autofree char *name = entry_text(server->object.entry, ATTR_legacyExchangeDN);

        if (name != NULL)
            g_hash_table_insert(servers, fold_string(name), server);
    }
    return servers;
}

/* What is wrong with a group's expansion server, in words; NULL when nothing is. */
static const char *expansion_fault(const Server *server, Scenario scenario, Severity *severity)
{
    *severity = SEVERITY_ERROR;
    if (server == NULL)
        return "which does not exist any more";
    if (server_is_modern(server) && server->roles.present && !server_transports(server))
        return "which is no Hub Transport server";
    *severity = SEVERITY_WARNING;
    if (server_is_legacy(server) && scenario == SCENARIO_LAST)
        return "which is to be removed";
    return NULL;
}

static void judge_expansion(Check *check, const Entry *group, GHashTable *servers)
{
    const Value *value = entry_value(group, ATTR_msExchExpansionServerName);
    g_autofree char *name = dn_plain_name(group->dn);
    g_autofree char *text = NULL;
    g_autofree char *folded = NULL;
    Object object = {.entry = group, .name = name};
    const Server *server;
    const char *fault;
    Severity severity;
    Finding *finding;

    if (value == NULL || dn_mangling(group->dn) != MANGLED_NOT)
        return;
    text = value_text(value, ATTR_msExchExpansionServerName);
    folded = fold_string(text);
    server = g_hash_table_lookup(servers, folded);
    fault = expansion_fault(server, check_scenario(check), &severity);
    if (fault == NULL)
        return;
    finding = check_raise_entry(check, severity, group,
                                "Group \"%s\" is expanded on the server %s, %s", name, text, fault);
    finding_cite_value(
        finding, &object, ATTR_msExchExpansionServerName, value,
        "absent, or the legacyExchangeDN of a Hub Transport or Exchange 2003 server");
    if (server != NULL)
        finding_relate(finding, &server->object);
}

static void judge_groups(Check *check, const GPtrArray *groups, GHashTable *servers)
{
    FOR_EACH(const Entry, group, groups)
        judge_expansion(check, group, servers);
}

static void check_expansion_servers(Check *check)
{
    const Topology *topology = check_topology(check);
    const GPtrArray *groups = directory_of_class(topology->directory, CLASS_group);
    const GPtrArray *lists = directory_of_class(topology->directory,
                                                CLASS_msExchDynamicDistributionList);
    g_autoptr(GHashTable) servers = NULL;

    if (topology->servers->len == 0)
        return;
    report_domains_unread(check);
    if (groups->len + lists->len == 0)
        return;
    no_roles_read(check);
    servers = servers_by_legacy_dn(topology);
    judge_groups(check, groups, servers);
    judge_groups(check, lists, servers);
}

static const Need expansion_needs[] = {{CLASS_msExchExchangeServer, ATTR_legacyExchangeDN},
                                       {CLASS_NONE, ATTR_NONE}};

static const Rule HUB010 = {
    .id = "HUB010",
    .slug = "group-expansion-server-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_GROUPS,
    .title = "A group is expanded on a server that cannot do it",
    .condition =
        "msExchExpansionServerName of a group or dynamic group equals the legacyExchangeDN "
        "of no living server, or that of an Exchange 2007 server without the Hub Transport "
        "role. Before the last Exchange 2003 server goes, one that names such a server is a "
        "warning.",
    .why = "Messages to the group are carried to that server to be resolved into members. When it "
           "is gone they wait for it, and nobody in the group receives them.",
    .remedy = "Let any hub expand the group: Set-DistributionGroup -Identity <group> "
              "-ExpansionServer $null (Set-DynamicDistributionGroup for a dynamic one), or name a "
              "living Hub Transport server.",
    .references = "Setup readiness checks ServerIsGroupExpansionServer, "
                  "ServerIsDynamicGroupExpansionServer",
    .needs = expansion_needs,
    .reads = READS(CLASS_group, CLASS_msExchDynamicDistributionList),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_expansion_servers,
};

const Rule *const hub_rules[] = {&HUB001, &HUB002, &HUB003, &HUB004, &HUB005, &HUB006,
                                 &HUB007, &HUB008, &HUB009, &HUB010, NULL};
