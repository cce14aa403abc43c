/*
 * VER: service packs and builds. What each server must run before, and while, versions stand beside
 * each other.
 */
#include "rules/facts.h"
#include "rules/words.h"

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

/* --- VER001 ------------------------------------------------------------------------------- */

enum { BUILD_2003_SP2 = 7638, BUILD_2000_SP3 = 6249, BUILD_2007_RTM = 685 };

static void set_add_all(GHashTable *set, GPtrArray *servers)
{
    FOR_EACH(Server, server, servers)
        g_hash_table_add(set, server);
    g_ptr_array_unref(servers);
}

/* The servers at either end of any connector; free the set. */
static GHashTable *find_bridgeheads(const Topology *topology)
{
    GHashTable *bridgeheads = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Connector, connector, topology->connectors) {
        set_add_all(bridgeheads, connector_source_servers(connector));
        set_add_all(bridgeheads, connector_target_servers(connector));
    }
    return bridgeheads;
}

static void check_2003_sp2(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) bridgeheads = find_bridgeheads(topology);
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;

    FOR_EACH(const Server, server, topology->servers) {
        bool bridgehead = g_hash_table_contains(bridgeheads, server);
        g_autofree char *product = NULL;
        Finding *finding;

        if (server->version.family != FAMILY_2003 || server->version.build >= BUILD_2003_SP2)
            continue;
        product = product_of(server);
        finding = check_raise(check, bridgehead || plan ? SEVERITY_ERROR : SEVERITY_WARNING,
                              &server->object, "%s \"%s\" runs Exchange %s, not Service Pack 2",
                              bridgehead ? "Bridgehead" : "Server", server->object.name, product);
        finding_cite(finding, &server->object, ATTR_serialNumber,
                     "Version 6.5 (Build 7638.2: Service Pack 2)");
    }
}

static const Rule VER001 = {
    .id = "VER001",
    .slug = "exchange-2003-below-sp2",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2003 server lacks Service Pack 2",
    .condition =
        "serialNumber says 6.5 with a build below 7638 (6944 is the release, 7226 Service "
        "Pack 1). An error on the bridgeheads of any connector and before an installation, "
        "otherwise a warning.",
    .why = "Exchange 2007 is supported beside Exchange 2003 Service Pack 2 only, and a bridgehead "
           "is the server that speaks with it.",
    .remedy = "Install Exchange 2003 Service Pack 2 on the server, bridgeheads first.",
    .references = "Exchange Analyzer article on Exchange 2003 builds (aa998194)",
    .needs = server_versions,
    .check = check_2003_sp2,
};

/* --- VER002 ------------------------------------------------------------------------------- */

static void check_2000_sp3(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        g_autofree char *product = NULL;

        if (server->version.family != FAMILY_2000)
            continue;
        if (server->version.build >= BUILD_2000_SP3) {
            check_not_assessed(check, 1,
                               "the August 2004 rollup (KB 870540) leaves no trace in the "
                               "directory: verify it by hand on every Exchange 2000 server");
            continue;
        }
        product = product_of(server);
        finding_cite(check_raise(check, SEVERITY_ERROR, &server->object,
                                 "Server \"%s\" runs Exchange %s, not Service Pack 3",
                                 server->object.name, product),
                     &server->object, ATTR_serialNumber,
                     "Version 6.0 (Build 6249.4: Service Pack 3)");
    }
}

static const Rule VER002 = {
    .id = "VER002",
    .slug = "exchange-2000-below-sp3",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "An Exchange 2000 server lacks Service Pack 3",
    .condition = "serialNumber says 6.0 with a build below 6249. At Service Pack 3 the rollup of "
                 "August 2004 is still required and cannot be seen.",
    .why = "Exchange 2007 setup asks for Service Pack 3 and the post-SP3 rollup on every Exchange "
           "2000 server.",
    .remedy = "Install Exchange 2000 Service Pack 3, then the rollup of KB 870540.",
    .references = "Exchange Analyzer article aa995882; KB 870540",
    .needs = server_versions,
    .check = check_2000_sp3,
};

/* --- VER003 ------------------------------------------------------------------------------- */

static void check_prerelease(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        const Version *version = &server->version;

        if (version->family != FAMILY_2007 || version->minor != 0 ||
            version->build >= BUILD_2007_RTM)
            continue;
        finding_cite(check_raise(check, SEVERITY_ERROR, &server->object,
                                 "Server \"%s\" runs a pre-release build of Exchange 2007 (8.0.%u)",
                                 server->object.name, version->build),
                     &server->object, ATTR_serialNumber, "Version 8.0 (Build 30685.24) or later");
    }
}

static const Rule VER003 = {
    .id = "VER003",
    .slug = "exchange-2007-prerelease",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A pre-release build of Exchange 2007 is in production",
    .condition = "serialNumber says 8.0 with a build below 685 (printed as 30685).",
    .why = "Pre-release builds are not supported and cannot be updated to release code in every "
           "combination.",
    .remedy = "Move the mailboxes off, remove the server with its setup, and install release code.",
    .references = "Exchange Analyzer article on Exchange 2007 pre-release builds",
    .needs = server_versions,
    .check = check_prerelease,
};

/* --- VER004 ------------------------------------------------------------------------------- */

/* The servers of the lowest and highest service level that bear a role. */
typedef struct RoleLevel {
    const Server *lowest;
    const Server *highest;
} RoleLevel;

enum {
    ROLES_OF_SITE = ROLE_MAILBOX | ROLE_CLIENT_ACCESS | ROLE_HUB_TRANSPORT | ROLE_UNIFIED_MESSAGING,
};

static int level_of(const Server *server)
{
    return server->version.major * 1000 + server->version.minor;
}

/* Exchange 2007 and 2010, whose service packs are their minor versions. FAMILY_UNKNOWN asks for
 * both. */
static bool has_level(const Server *server, Family family, int role)
{
    if (family != FAMILY_UNKNOWN && server->version.family != family)
        return false;
    return server_uses_routing_group(server) && server_has_role(server, role) &&
           !server_is_edge(server);
}

static RoleLevel role_level(const GPtrArray *servers, Family family, int role)
{
    RoleLevel level = {NULL, NULL};

    FOR_EACH(const Server, server, servers) {
        if (!has_level(server, family, role))
            continue;
        if (level.lowest == NULL || level_of(server) < level_of(level.lowest))
            level.lowest = server;
        if (level.highest == NULL || level_of(server) > level_of(level.highest))
            level.highest = server;
    }
    return level;
}

/* Which role must not be ahead of which, and how grave it is. */
typedef struct Precedence {
    int behind;
    int ahead;
    Severity severity;
    const char *words;
} Precedence;

static bool raise_inversion(Check *check, const Site *site, const Precedence *precedence)
{
    RoleLevel newer = role_level(site->servers, FAMILY_UNKNOWN, precedence->behind);
    RoleLevel older = role_level(site->servers, FAMILY_UNKNOWN, precedence->ahead);
    g_autofree char *newer_product = NULL;
    g_autofree char *older_product = NULL;
    Finding *finding;

    if (newer.highest == NULL || older.highest == NULL ||
        level_of(newer.highest) <= level_of(older.highest))
        return false;
    newer_product = product_of(newer.highest);
    older_product = product_of(older.highest);
    finding = check_raise(check, precedence->severity, &site->object,
                          "In site \"%s\" %s: \"%s\" runs %s, no such server more than %s",
                          site->object.name, precedence->words, newer.highest->object.name,
                          newer_product, older_product);
    finding_cite(finding, &newer.highest->object, ATTR_serialNumber, NULL);
    finding_cite(finding, &older.highest->object, ATTR_serialNumber, "at least the same level");
    return true;
}

static bool raise_inversions(Check *check, const Site *site)
{
    static const Precedence order[] = {
        {ROLE_MAILBOX, ROLE_CLIENT_ACCESS, SEVERITY_ERROR,
         "a Mailbox server is newer than Client Access"},
        {ROLE_MAILBOX, ROLE_HUB_TRANSPORT, SEVERITY_ERROR,
         "a Mailbox server is newer than Hub Transport"},
        {ROLE_UNIFIED_MESSAGING, ROLE_HUB_TRANSPORT, SEVERITY_WARNING,
         "Unified Messaging is newer than Hub Transport"},
    };
    bool raised = false;

    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        raised |= raise_inversion(check, site, &order[i]);
    return raised;
}

static bool raise_uneven(Check *check, Severity severity, const Object *object,
                         const GPtrArray *servers, Family family)
{
    RoleLevel all = role_level(servers, family, ROLES_OF_SITE);
    g_autofree char *low = NULL;
    g_autofree char *high = NULL;
    Finding *finding;

    if (all.lowest == NULL || level_of(all.lowest) == level_of(all.highest))
        return false;
    low = product_of(all.lowest);
    high = product_of(all.highest);
    finding = check_raise(check, severity, object,
                          "The servers of \"%s\" run different service packs: \"%s\" has %s, "
                          "\"%s\" has %s",
                          object->name, all.lowest->object.name, low, all.highest->object.name,
                          high);
    finding_cite(finding, &all.lowest->object, ATTR_serialNumber, high);
    finding_cite(finding, &all.highest->object, ATTR_serialNumber, NULL);
    return true;
}

static const Family leveled[] = {FAMILY_2007, FAMILY_2010};

static bool raise_site_levels(Check *check, const Site *site)
{
    bool raised = raise_inversions(check, site);

    for (guint i = 0; !raised && i < G_N_ELEMENTS(leveled); i++)
        raised = raise_uneven(check, SEVERITY_WARNING, &site->object, site->servers, leveled[i]);
    return raised;
}

/* Between sites that are even in themselves, a difference is only worth knowing. */
static void check_role_levels(Check *check)
{
    const Topology *topology = check_topology(check);
    guint unseen = check_census(check)->roles_unseen;
    bool raised = false;

    if (unseen > 0)
        check_not_assessed(check, unseen,
                           "msExchCurrentServerRoles was not read on the server: its roles are "
                           "not known");
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, topology->sites)
        raised |= raise_site_levels(check, site);
    if (raised || topology->organization == NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(leveled); i++)
        raise_uneven(check, SEVERITY_INFO, organization_object(topology), topology->servers,
                     leveled[i]);
}

static const Rule VER004 = {
    .id = "VER004",
    .slug = "role-service-packs-inverted",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "The roles of a site run different service packs",
    .condition =
        "In one site (msExchServerSite), the newest Mailbox server (serialNumber, "
        "msExchCurrentServerRoles) is ahead of every Client Access or of every Hub Transport "
        "server: error; Unified Messaging of every Hub Transport server: warning. Without "
        "that, servers of one version with different service packs in a site: warning; "
        "between sites only: information. Edge servers are left out (VER005), and rollups "
        "cannot be seen.",
    .why = "Service packs go on Client Access first, then Hub Transport, Unified Messaging and "
           "Mailbox. The other way round an older front role talks to a newer store.",
    .remedy = "Bring the servers of the site to one service pack, in that order.",
    .references = "Exchange 2007 SP1 upgrade order (slipstick.com 2008-01)",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_role_levels,
};

/* --- VER005 ------------------------------------------------------------------------------- */

static void judge_edge_record(Check *check, const Server *edge)
{
    bool later = check_scenario(check) == SCENARIO_NEXT;
    RoleLevel hubs = role_level(edge->site->servers, FAMILY_UNKNOWN, ROLE_HUB_TRANSPORT);
    Finding *finding;

    if (hubs.lowest == NULL || level_of(edge) >= level_of(hubs.lowest))
        return;
    finding = check_raise(check, later ? SEVERITY_ERROR : SEVERITY_WARNING, &edge->object,
                          "The version recorded for Edge server \"%s\" is older than that of the "
                          "hubs of its subscription site \"%s\"",
                          edge->object.name, edge->site->object.name);
    finding_cite(finding, &edge->object, ATTR_serialNumber, NULL);
    finding_cite(finding, &hubs.lowest->object, ATTR_serialNumber, NULL);
}

static void check_edge_record(Check *check)
{
    no_roles_read(check);
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        if (!server_is_edge(server))
            continue;
        if (server->site != NULL && server_is_modern(server))
            judge_edge_record(check, server);
        else
            check_not_assessed(check, 1,
                               "the subscription site or the version of the Edge server is not "
                               "known (msExchServerSite, serialNumber)");
    }
}

static const Rule VER005 = {
    .id = "VER005",
    .slug = "edge-version-stale",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "The version recorded for a subscribed Edge server is stale",
    .condition =
        "The Edge object's serialNumber is lower, in major and minor version, than that of "
        "every hub of its subscription site. It is the recorded version that is judged: it "
        "is written when the subscription is made.",
    .why = "The setup of later versions reads the recorded value and refuses an Edge server that "
           "looks too old, however new it is.",
    .remedy = "Upgrade the Edge server if needed, then export a fresh subscription with "
              "New-EdgeSubscription on it and import that file in the subscription site.",
    .references = "Setup readiness: E15E12CoexistenceMinVersionRequirement, "
                  "E16E14CoexistenceMinVersionRequirement",
    .needs = server_versions,
    .check = check_edge_record,
};

/* --- VER006 ------------------------------------------------------------------------------- */

enum { LEVEL_WINDOWS_2008 = 3 };

/* A domain controller's own functional level follows its system: 3 is Windows Server 2008. */
static const DomainController *newer_controller(const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (controller->level.present && controller->level.value >= LEVEL_WINDOWS_2008)
            return controller;
    return NULL;
}

static bool levels_unknown(const Topology *topology, const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (!controller->level.present)
            return true;
    return topology->controllers->len == 0;
}

static void raise_rtm_beside_2008(Check *check, const Server *server,
                                  const DomainController *controller)
{
    Finding *finding = check_raise(
        check, SEVERITY_ERROR, &server->object,
        "Server \"%s\" runs Exchange 2007 without a service pack in site \"%s\", where domain "
        "controller \"%s\" runs Windows Server 2008 or later",
        server->object.name, server->site->object.name, controller->object.name);

    finding_cite(finding, &server->object, ATTR_serialNumber, "Version 8.1 or later");
    finding_cite_entry(finding, controller->settings);
    finding_relate(finding, &controller->object);
}

static void judge_rtm_server(Check *check, const Server *server)
{
    const DomainController *controller;

    if (server->site == NULL) {
        check_not_assessed(check, 1, "the site of the server is not known (msExchServerSite)");
        return;
    }
    controller = newer_controller(server->site);
    if (controller != NULL)
        raise_rtm_beside_2008(check, server, controller);
    else if (levels_unknown(check_topology(check), server->site))
        check_not_assessed(check, 1,
                           "the level of a domain controller of the site was not read "
                           "(msDS-Behavior-Version on NTDS Settings)");
}

static void check_rtm_beside_2008(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server->version.family == FAMILY_2007 && server->version.minor == 0 &&
            server_is_placed(server))
            judge_rtm_server(check, server);
}

static const Rule VER006 = {
    .id = "VER006",
    .slug = "exchange-2007-rtm-windows-2008",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "Exchange 2007 without a service pack stands beside Windows Server 2008 controllers",
    .condition = "A server of version 8.0 is in a site one of whose domain controllers has "
                 "msDS-Behavior-Version 3 or more on its NTDS Settings, which is the level of "
                 "Windows Server 2008. The controllers' operatingSystem is not needed.",
    .why = "The release of Exchange 2007 supports Windows Server 2008 neither as its own platform "
           "nor as directory server of its site.",
    .remedy = "Install Service Pack 1 or later on the Exchange server.",
    .references = "Exchange 2007 system requirements; MS-ADTS 6.1.4.2",
    .needs = server_versions,
    .reads = READS(CLASS_nTDSDSA),
    .check = check_rtm_beside_2008,
};

const Rule *const ver_rules[] = {&VER001, &VER002, &VER003, &VER004, &VER005, &VER006, NULL};
