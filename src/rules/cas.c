/*
 * CAS, first part: Client Access servers, through which browsers, phones, POP and IMAP clients
 * reach the mailboxes of Exchange 2007 and 2010, and the front-ends of Exchange 2003, which cannot.
 * What the virtual directories tell is judged in web-access.c.
 */
#include "rules/facts.h"
#include "rules/rule.h"
#include "rules/web-access.h"
#include "rules/words.h"

#include "routing/site-paths.h"

/* The versions whose mailboxes want Client Access in their site are 2007 and 2010. */
static GPtrArray *holders(const Site *site, int role)
{
    return site_holders(site, FAMILY_2007, FAMILY_2010, role);
}

static bool holds(const Site *site, int role)
{
    return site_holds(site, FAMILY_2007, FAMILY_2010, role);
}

static bool may_hold(const Site *site, int role)
{
    return site_may_hold(site, FAMILY_2007, FAMILY_2010, role);
}

static const char roles_unread[] = "version or roles of a server in the site were not read";

/* --- CAS001 ------------------------------------------------------------------------------- */

/* The site with Client Access that routing would reach first, or NULL. */
static const Site *nearest_access(const Topology *topology, const Site *from)
{
    g_autoptr(SiteGraph) graph = site_graph_new(topology);
    g_autoptr(SiteTree) tree = site_tree_new(graph, from);
    const Site *nearest = NULL;

    FOR_EACH(const Site, site, topology->sites) {
        if (!holds(site, ROLE_CLIENT_ACCESS) || !site_tree_reaches(tree, site))
            continue;
        if (nearest == NULL || site_tree_compare(tree, site, nearest) < 0)
            nearest = site;
    }
    return nearest;
}

static void raise_without_access(Check *check, const Site *site)
{
    g_autoptr(GPtrArray) mailbox = holders(site, ROLE_MAILBOX);
    const Site *nearest = nearest_access(check_topology(check), site);
    g_autofree char *names = names_of(mailbox);
    g_autofree char *hint = nearest == NULL
                                ? g_strdup("none can be reached over site links")
                                : g_strdup_printf("the nearest is in \"%s\"", nearest->object.name);
    Finding *finding = check_raise(check, SEVERITY_WARNING, &site->object,
                                   "Site \"%s\" holds Mailbox servers (%s) and no Client Access "
                                   "server; %s",
                                   site->object.name, names, hint);

    finding_cite_roles(finding, mailbox, NULL);
    finding_relate_all(finding, mailbox);
    if (nearest != NULL)
        finding_relate(finding, &nearest->object);
}

static void check_mailbox_without_access(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites) {
        if (!holds(site, ROLE_MAILBOX) || holds(site, ROLE_CLIENT_ACCESS))
            continue;
        if (may_hold(site, ROLE_CLIENT_ACCESS))
            check_not_assessed(check, 1, "%s", roles_unread);
        else
            raise_without_access(check, site);
    }
}

static const Rule CAS001 = {
    .id = "CAS001",
    .slug = "mailbox-site-without-client-access",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site with Mailbox servers has no Client Access server",
    .condition = "Some Exchange 2007 or 2010 server of the site (msExchServerSite) has bit 2 of "
                 "msExchCurrentServerRoles, and none has bit 4. Exchange 2013 and later are "
                 "exempt.",
    .why = "Outlook still reaches these mailboxes, but Outlook Web Access, ActiveSync, POP, IMAP, "
           "free/busy times and Autodiscover are served from another site, or not at all.",
    .remedy = "Install the Client Access role in the site: setup /mode:Install "
              "/roles:ClientAccess. Where nobody uses anything but Outlook this can wait.",
    .references = "Exchange Analyzer article on Client Access in a site (97b99d40); TechNet "
                  "aa998604; setup readiness check ClientAccessRoleNotPresentInSite",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_mailbox_without_access,
};

/* --- CAS002 ------------------------------------------------------------------------------- */

static bool holds_mailboxes(const Server *server)
{
    return server_is_placed(server) && server_has_role(server, ROLE_MAILBOX);
}

static bool gives_access(const Server *server)
{
    return server_is_placed(server) &&
           server_has_role(server, ROLE_CLIENT_ACCESS | ROLE_FRONT_END_2013);
}

static bool is_legacy_front_end(const Server *server)
{
    return server_is_legacy(server) && server_is_front_end(server);
}

static void raise_front_end(Check *check, const Server *server, const GPtrArray *mailbox,
                            const GPtrArray *access)
{
    g_autofree char *stores = names_of(mailbox);
    g_autofree char *instead = names_of(access);
    bool only = access->len == 0;
    bool grave = only && front_end_is_certain(server) && check_census(check)->roles_unseen == 0;
    Finding *finding =
        check_raise(check, grave ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                    "Front-end \"%s\" of Exchange %s cannot serve the mailboxes on %s%s%s",
                    server->object.name, family_name(server->version.family), stores,
                    only ? ", and there is no Client Access server" : "; Client Access servers: ",
                    only ? "" : instead);

    finding_cite(finding, &server->object, ATTR_msExchServerRole, NULL);
    finding_relate_all(finding, access);
    finding_relate_all(finding, mailbox);
}

static void check_front_ends(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) mailbox = servers_where(topology->servers, holds_mailboxes);
    g_autoptr(GPtrArray) access = servers_where(topology->servers, gives_access);

    if (!roles_are_visible(check) || mailbox->len == 0)
        return;
    FOR_EACH(const Server, server, topology->servers)
        if (is_legacy_front_end(server))
            raise_front_end(check, server, mailbox, access);
}

static const Rule CAS002 = {
    .id = "CAS002",
    .slug = "legacy-front-end-remains",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "An Exchange 2003 front-end remains while mailboxes are on Exchange 2007 or later",
    .condition = "An Exchange 2000/2003 server is a front-end (msExchServerRole not zero, else "
                 "serverRole), and some server of version 8 or later has bit 2 of "
                 "msExchCurrentServerRoles. An error when no server gives Client Access (bit 4, "
                 "from 2013 also 16384), otherwise a warning. Which name users type, and where "
                 "it leads, the directory does not tell.",
    .why = "A Client Access server opens mailboxes of either generation; a front-end knows those "
           "of its own only. Users whose mailbox was moved fail at the name they always used.",
    .remedy = "Install Client Access, let the public name (or the firewall's publishing rule) lead "
              "there instead of to the front-end, and then remove the front-end with its setup.",
    .references = "TechNet aa998604; Exchange Team Blog on ActiveSync in coexistence (KB 937031)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_front_ends,
};

/* --- CAS005 ------------------------------------------------------------------------------- */

/* The service pack of 2007 and 2010 is the minor version; rollups leave no trace. */
static int level_of(const Server *server)
{
    return server->version.major * 1000 + server->version.minor;
}

static const Server *newest_of(const GPtrArray *servers)
{
    const Server *newest = NULL;

    FOR_EACH(const Server, server, servers)
        if (newest == NULL || level_of(server) > level_of(newest))
            newest = server;
    return newest;
}

static void judge_levels(Check *check, const Site *site)
{
    g_autoptr(GPtrArray) mailbox = holders(site, ROLE_MAILBOX);
    g_autoptr(GPtrArray) access = holders(site, ROLE_CLIENT_ACCESS);
    const Server *store = newest_of(mailbox);
    const Server *front = newest_of(access);
    g_autofree char *store_product = NULL;
    g_autofree char *front_product = NULL;
    Finding *finding;

    if (store == NULL || front == NULL || level_of(store) <= level_of(front) ||
        may_hold(site, ROLE_CLIENT_ACCESS))
        return;
    store_product = product_of(store);
    front_product = product_of(front);
    finding = check_raise(check, SEVERITY_WARNING, &site->object,
                          "In site \"%s\" the mailboxes on \"%s\" (Exchange %s) are opened through "
                          "Client Access of %s at most, on \"%s\"",
                          site->object.name, store->object.name, store_product, front_product,
                          front->object.name);
    finding_cite(finding, &front->object, ATTR_serialNumber, "at least the level of the stores");
    finding_cite(finding, &store->object, ATTR_serialNumber, NULL);
}

static void check_access_level(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        judge_levels(check, site);
}

static const Need levels[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                              {CLASS_NONE, ATTR_NONE}};

static const Rule CAS005 = {
    .id = "CAS005",
    .slug = "client-access-older-than-mailbox",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_IN_PART,
    .title = "Client Access is older than the mailbox servers it stands before",
    .condition = "In one site (msExchServerSite) the newest Exchange 2007 or 2010 Mailbox server "
                 "has a higher service pack (serialNumber) than the newest Client Access server. "
                 "Update rollups are not recorded in the directory. VER004 judges all roles.",
    .why = "An older Client Access server opens a newer store: Outlook Web Access, ActiveSync, POP "
           "and IMAP may fail for the mailboxes there, Outlook itself not.",
    .remedy = "Bring the Client Access servers of the site to the level of its Mailbox servers. "
              "The next service pack goes on Client Access first.",
    .references = "Exchange 2007 SP1 upgrade order (slipstick.com 2008-01)",
    .needs = levels,
    .check = check_access_level,
};

/* --- CAS007 ------------------------------------------------------------------------------- */

/* What a site lacks of the roles that are to be there before the ones it has. */
typedef struct Gap {
    bool access;
    bool hub;
    bool mailbox; /* in the whole organisation */
} Gap;

static bool serves_modern_mailboxes(const Topology *topology)
{
    return topology_has_server(topology, holds_mailboxes);
}

static Gap gap_of(const Topology *topology, const Site *site)
{
    return (Gap){
        .access = holds(site, ROLE_MAILBOX) && !holds(site, ROLE_CLIENT_ACCESS) &&
                  !may_hold(site, ROLE_CLIENT_ACCESS),
        .hub = holds(site, ROLE_MAILBOX | ROLE_UNIFIED_MESSAGING) &&
               !holds(site, ROLE_HUB_TRANSPORT) && !may_hold(site, ROLE_HUB_TRANSPORT),
        .mailbox = holds(site, ROLE_UNIFIED_MESSAGING) && !serves_modern_mailboxes(topology),
    };
}

static void judge_order(Check *check, const Site *site)
{
    Gap gap = gap_of(check_topology(check), site);
    g_autoptr(GPtrArray) present = NULL; /* those that miss something */
    g_autofree char *names = NULL;
    const char *next = gap.access ? "Client Access" : gap.hub ? "Hub Transport" : "Mailbox";
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    Finding *finding;

    if (!gap.access && !gap.hub && !gap.mailbox)
        return;
    present = holders(site, ROLE_MAILBOX | ROLE_UNIFIED_MESSAGING);
    names = names_of(present);
    finding = check_raise(check, gap.hub && plan ? SEVERITY_WARNING : SEVERITY_INFO, &site->object,
                          "In site \"%s\" later roles are installed (%s) before earlier ones; the "
                          "next to install is %s%s",
                          site->object.name, names, next,
                          gap.access && gap.hub ? ", then Hub Transport" : "");
    finding_cite_roles(finding, present, NULL);
    finding_relate_all(finding, present);
}

static void check_role_order(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites) {
        if (site_count(site, server_roles_unseen) > 0)
            check_not_assessed(check, 1, "%s", roles_unread);
        judge_order(check, site);
    }
}

static const Rule CAS007 = {
    .id = "CAS007",
    .slug = "roles-installed-out-of-order",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site lacks a role that is to be installed before the ones it has",
    .condition =
        "By bits of msExchCurrentServerRoles of the Exchange 2007 and 2010 servers of a site: 2 "
        "without 4; 2 or 16 without 32; 16 while no server of the organisation has 2. What was "
        "installed when does not count, only what is missing now. How grave a gap is, CAS001, "
        "HUB001, HUB002 and UM001 say; in a plan a missing hub is a warning here, too.",
    .why = "The order in each site is Client Access, Hub Transport, Mailbox, Unified Messaging: "
           "each role leans on the ones before it. Edge Transport may come at any time and is of "
           "use once there is a hub.",
    .remedy = "Install the missing roles in that order before further ones.",
    .references = "Professional Windows PowerShell for Exchange Server 2007 SP1, chapter 2; "
                  "TechNet aa998604",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_role_order,
};

const Rule *const cas_rules[] = {&CAS001, &CAS002, &CAS003, &CAS004,
                                 &CAS005, &CAS006, &CAS007, NULL};
