/*
 * VER: service packs and builds. What each server must run before, and while, versions stand beside
 * each other.
 */
#include "rules/rule.h"
#include "rules/words.h"

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

/* Whether a server is a bridgehead of any routing group connector. */
static bool is_bridgehead(const Topology *topology, const Server *server)
{
    FOR_EACH(const Connector, connector, topology->connectors) {
        for (guint i = 0; i < connector->source_count; i++)
            if (connector->sources[i].server == server)
                return true;
        for (guint i = 0; i < connector->target_count; i++)
            if (connector->targets[i].server == server)
                return true;
    }
    return false;
}

/* --- VER001 ------------------------------------------------------------------------------- */

enum { BUILD_2003_SP2 = 7638, BUILD_2000_SP3 = 6249, BUILD_2007_RTM = 685 };

static void check_2003_sp2(Check *check)
{
    const Topology *topology = check_topology(check);
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;

    FOR_EACH(const Server, server, topology->servers) {
        g_autofree char *product = NULL;
        bool grave;
        Finding *finding;

        if (server->version.family != FAMILY_2003 || server->version.build >= BUILD_2003_SP2)
            continue;
        grave = plan || is_bridgehead(topology, server);
        product = product_of(server);
        finding = check_raise(check, grave ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                              "%s \"%s\" runs Exchange %s, not Service Pack 2",
                              grave && !plan ? "Bridgehead" : "Server", server->object.name,
                              product);
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
    .condition = "serialNumber says 6.5 with a build below 7638 (6944 is the release, 7226 Service "
                 "Pack 1). An error on bridgeheads and before an installation, otherwise a warning.",
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

/* The lowest and highest service level of the servers of one site that bear a role. */
typedef struct RoleLevel {
    const Server *lowest;
    const Server *highest;
} RoleLevel;

static int level_of(const Server *server)
{
    return server->version.major * 1000 + server->version.minor;
}

static RoleLevel role_level(const GPtrArray *servers, Family family, int role)
{
    RoleLevel level = {NULL, NULL};

    FOR_EACH(const Server, server, servers) {
        if (server->version.family != family || !server_has_role(server, role) ||
            server_is_edge(server))
            continue;
        if (level.lowest == NULL || level_of(server) < level_of(level.lowest))
            level.lowest = server;
        if (level.highest == NULL || level_of(server) > level_of(level.highest))
            level.highest = server;
    }
    return level;
}

static bool raise_inversion(Check *check, const Site *site, Family family, int newer_role,
                            int older_role, const char *words)
{
    RoleLevel newer = role_level(site->servers, family, newer_role);
    RoleLevel older = role_level(site->servers, family, older_role);
    g_autofree char *newer_product = NULL;
    g_autofree char *older_product = NULL;
    Finding *finding;

    if (newer.highest == NULL || older.highest == NULL ||
        level_of(newer.highest) <= level_of(older.highest))
        return false;
    newer_product = product_of(newer.highest);
    older_product = product_of(older.highest);
    finding = check_raise(check, SEVERITY_ERROR, &site->object,
                          "In site \"%s\" %s: \"%s\" runs %s, no such server more than %s",
                          site->object.name, words, newer.highest->object.name, newer_product,
                          older_product);
    finding_cite(finding, &newer.highest->object, ATTR_serialNumber, NULL);
    finding_cite(finding, &older.highest->object, ATTR_serialNumber, "at least the same level");
    return true;
}

static void raise_uneven(Check *check, Severity severity, const Object *object,
                         const GPtrArray *servers, Family family)
{
    RoleLevel all = role_level(servers, family,
                               ROLE_MAILBOX | ROLE_CLIENT_ACCESS | ROLE_HUB_TRANSPORT |
                                   ROLE_UNIFIED_MESSAGING);
    g_autofree char *low = NULL;
    g_autofree char *high = NULL;
    Finding *finding;

    if (all.lowest == NULL || level_of(all.lowest) == level_of(all.highest))
        return;
    low = product_of(all.lowest);
    high = product_of(all.highest);
    finding = check_raise(check, severity, object,
                          "The servers of \"%s\" run different service packs: \"%s\" has %s, "
                          "\"%s\" has %s",
                          object->name, all.lowest->object.name, low, all.highest->object.name,
                          high);
    finding_cite(finding, &all.lowest->object, ATTR_serialNumber, high);
    finding_cite(finding, &all.highest->object, ATTR_serialNumber, NULL);
}

static void check_site_levels(Check *check, const Site *site, Family family)
{
    bool raised = raise_inversion(check, site, family, ROLE_MAILBOX, ROLE_CLIENT_ACCESS,
                                  "a Mailbox server is newer than Client Access");

    raised |= raise_inversion(check, site, family, ROLE_MAILBOX, ROLE_HUB_TRANSPORT,
                              "a Mailbox server is newer than Hub Transport");
    raised |= raise_inversion(check, site, family, ROLE_UNIFIED_MESSAGING, ROLE_HUB_TRANSPORT,
                              "Unified Messaging is newer than Hub Transport");
    if (!raised)
        raise_uneven(check, SEVERITY_WARNING, &site->object, site->servers, family);
}

static void check_role_levels(Check *check)
{
    static const Family families[] = {FAMILY_2007, FAMILY_2010};
    const Topology *topology = check_topology(check);

    for (guint i = 0; i < G_N_ELEMENTS(families); i++) {
        FOR_EACH(const Site, site, topology->sites)
            check_site_levels(check, site, families[i]);
        if (topology->organization != NULL)
            raise_uneven(check, SEVERITY_INFO, &topology->organization->object, topology->servers,
                         families[i]);
    }
}

static const Rule VER004 = {
    .id = "VER004",
    .slug = "role-service-packs-inverted",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "The roles of a site run different service packs",
    .condition = "Among the servers of one version in one site (msExchServerSite), the newest Mailbox "
                 "server is ahead of every Client Access or Hub Transport server, or Unified "
                 "Messaging of every Hub Transport server: error. Other differences within a "
                 "site: warning; within the organisation: information. Edge servers are left out "
                 "(VER005), and rollups cannot be seen.",
    .why = "Service packs go on Client Access first, then Hub Transport, Unified Messaging and "
           "Mailbox. The other way round an older front role talks to a newer store.",
    .remedy = "Bring the servers of the site to one service pack, in that order.",
    .references = "Exchange 2007 SP1 upgrade order (slipstick.com 2008-01)",
    .needs = server_versions,
    .check = check_role_levels,
};

/* --- VER005 ------------------------------------------------------------------------------- */

static void check_edge_record(Check *check)
{
    bool later = check_scenario(check) == SCENARIO_NEXT;

    FOR_EACH(const Server, server, check_topology(check)->servers) {
        RoleLevel hubs;
        Finding *finding;

        if (!server_is_edge(server) || server->site == NULL)
            continue;
        hubs = role_level(server->site->servers, server->version.family, ROLE_HUB_TRANSPORT);
        if (hubs.lowest == NULL || level_of(server) >= level_of(hubs.lowest))
            continue;
        finding = check_raise(check, later ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                              "The version recorded for Edge server \"%s\" is older than that of the "
                              "hubs of its subscription site \"%s\"",
                              server->object.name, server->site->object.name);
        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
        finding_cite(finding, &hubs.lowest->object, ATTR_serialNumber, NULL);
    }
}

static const Rule VER005 = {
    .id = "VER005",
    .slug = "edge-version-stale",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "The version recorded for a subscribed Edge server is stale",
    .condition = "The Edge object's serialNumber is lower, in major and minor version, than that of "
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

/* A domain controller's own functional level is its operating system's: 3 is Windows Server 2008. */
static const DomainController *newer_controller(const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (controller->level.present && controller->level.value >= LEVEL_WINDOWS_2008)
            return controller;
    return NULL;
}

static bool levels_unknown(const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (!controller->level.present)
            return true;
    return site->controllers->len == 0;
}

static void check_rtm_beside_2008(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        const DomainController *controller;
        Finding *finding;

        if (server->version.family != FAMILY_2007 || server->version.minor != 0 ||
            server->site == NULL || server_is_edge(server))
            continue;
        controller = newer_controller(server->site);
        if (controller == NULL) {
            if (levels_unknown(server->site))
                check_not_assessed(check, 1,
                                   "no level of the site's domain controllers was read "
                                   "(msDS-Behavior-Version on NTDS Settings)");
            continue;
        }
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "Server \"%s\" runs Exchange 2007 without a service pack in site "
                              "\"%s\", where domain controller \"%s\" runs Windows Server 2008 or "
                              "later",
                              server->object.name, server->site->object.name,
                              controller->object.name);
        finding_cite(finding, &server->object, ATTR_serialNumber, "Version 8.1 or later");
        finding_relate(finding, &controller->object);
    }
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
    .check = check_rtm_beside_2008,
};

const Rule *const ver_rules[] = {&VER001, &VER002, &VER003, &VER004, &VER005, &VER006, NULL};
