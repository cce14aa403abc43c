/*
 * The checks of a plan itself: what no rule about the directory can say, because it depends on what
 * somebody is about to do.
 */
#include "rules/controllers.h"
#include "rules/domains.h"
#include "rules/facts.h"
#include "rules/plan-names.h"
#include "rules/plan.h"
#include "rules/routing-groups.h"
#include "rules/sight.h"
#include "rules/words.h"

void preflight_add_check(Preflight *preflight, const char *subject, PlanState state,
                         const char *format, ...)
{
    PlanCheck *check = g_new(PlanCheck, 1);
    va_list arguments;

    va_start(arguments, format);
    *check = (PlanCheck){
        .subject = subject, .state = state, .text = g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_ptr_array_add(preflight->checks, check);
}

/* --- the site ----------------------------------------------------------------------------- */

/* Whether a domain controller of the site, or its being a global catalog, may have been left
 * unread. */
static bool catalogs_may_be_unread(const Topology *today, const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (controller_catalog_unseen(today, controller) && !controller->read_only)
            return true;
    return directory_may_lack(today->directory, CLASS_nTDSDSA) ||
           directory_may_lack(today->directory, CLASS_server);
}

/* Edge servers need none. */
static void check_catalog(Preflight *preflight, const Plan *plan)
{
    const Topology *today = preflight->today;
    const Site *site = plan->setup.site;
    guint writable = 0;
    guint catalogs = 0;

    if (plan->setup.roles == ROLE_EDGE)
        return;
    FOR_EACH(const DomainController, controller, site->controllers) {
        writable += !controller->read_only;
        catalogs += controller->global_catalog && !controller->read_only;
    }
    if (catalogs > 0)
        preflight_add_check(preflight, "global catalog", PLAN_PASSED,
                            "site \"%s\" has %u writable domain controller%s, %u of them %s",
                            site->object.name, writable, writable == 1 ? "" : "s", catalogs,
                            catalogs == 1 ? "a global catalog" : "global catalogs");
    else if (today->controllers->len == 0)
        preflight_add_check(preflight, "global catalog", PLAN_UNSEEN,
                            "no domain controller was read, so it cannot be told whether site "
                            "\"%s\" has a global catalog",
                            site->object.name);
    else if (catalogs_may_be_unread(today, site))
        preflight_add_check(preflight, "global catalog", PLAN_UNSEEN,
                            "no writable global catalog was found in site \"%s\", but not all NTDS "
                            "Settings were read with their options",
                            site->object.name);
    else
        preflight_add_check(preflight, "global catalog", PLAN_FAILED,
                            "site \"%s\" has no writable global catalog; Exchange 2007 needs one "
                            "in its site",
                            site->object.name);
}

static bool in_ip_link(const Site *site)
{
    FOR_EACH(const SiteLink, link, site->links)
        if (link->ip)
            return true;
    return false;
}

/* Whether a link, or what it joins, may have been left unread. */
static bool links_may_be_unread(const Topology *today)
{
    FOR_EACH(const SiteLink, link, today->site_links)
        if (link->object.entry->truncated == ATTR_siteList || sight_is_bare(link->object.entry))
            return true;
    return directory_seen(today->directory, CLASS_siteLink, ATTR_siteList) == 0 ||
           directory_may_lack(today->directory, CLASS_siteLink);
}

static void check_site_link(Preflight *preflight, const Plan *plan)
{
    const Topology *today = preflight->today;
    const Site *site = plan->setup.site;
    bool alone = today->sites->len < 2 && !directory_may_lack(today->directory, CLASS_site);

    if (alone || in_ip_link(site))
        return;
    if (today->site_links->len == 0)
        preflight_add_check(preflight, "site link", PLAN_UNSEEN,
                            "no site link was read, so it cannot be told whether hubs elsewhere "
                            "reach site \"%s\"",
                            site->object.name);
    else if (links_may_be_unread(today))
        preflight_add_check(
            preflight, "site link", PLAN_UNSEEN,
            "no IP site link with site \"%s\" was found, but not all were read with "
            "their sites: it cannot be told whether hubs elsewhere reach it",
            site->object.name);
    else
        preflight_add_check(preflight, "site link", PLAN_FAILED,
                            "site \"%s\" is in no IP site link: hubs in other sites cannot reach "
                            "it",
                            site->object.name);
}

/* --- roles and their order ---------------------------------------------------------------- */

static bool site_has(const Site *site, int role)
{
    return site_holds(site, FAMILY_2007, FAMILY_2007, role);
}

/* Whether a server of which the site was not read may be one of 2007 with the role. */
static bool may_stand_anywhere(const Topology *today, const Server *server, int role)
{
    ReferenceState state = reference_state(today->directory, server->site_value);
    bool unread =
        state == REFERENCE_UNSEEN ||
        (state == REFERENCE_ABSENT &&
         directory_seen(today->directory, CLASS_msExchExchangeServer, ATTR_msExchServerSite) == 0);
    Family family = server->version.family;

    return server->site == NULL && unread && !server_is_edge(server) &&
           (family == FAMILY_UNKNOWN || family == FAMILY_2007) &&
           (!server->roles.present || server_has_role(server, role));
}

/* Whether what was not read may hold such a server in the site. */
static bool site_may_have(const Topology *today, const Site *site, int role)
{
    FOR_EACH(const Server, server, today->servers)
        if (may_stand_anywhere(today, server, role))
            return true;
    return site_may_hold(site, FAMILY_2007, FAMILY_2007, role) || plan_servers_may_be_unread(today);
}

static void check_hub(Preflight *preflight, const Plan *plan, bool hub)
{
    const Site *site = plan->setup.site;

    if (hub)
        preflight_add_check(preflight, "hub in the site", PLAN_PASSED,
                            "a Hub Transport server will stand in site \"%s\"", site->object.name);
    else if (site_may_have(preflight->today, site, ROLE_HUB_TRANSPORT))
        preflight_add_check(preflight, "hub in the site", PLAN_UNSEEN,
                            "no Hub Transport server of 2007 was found in site \"%s\", but not "
                            "every server was read with its site and roles: without one no mail is "
                            "sent from or delivered to a mailbox there",
                            site->object.name);
    else
        preflight_add_check(
            preflight, "hub in the site", PLAN_FAILED,
            "site \"%s\" has no Hub Transport server of 2007: no mail is sent from "
            "or delivered to a mailbox there; install a hub first, or both together",
            site->object.name);
}

/* The site has no Client Access server, and will not have one. */
static void note_order(Preflight *preflight, const Plan *plan, bool waits)
{
    const char *name = plan->setup.site->object.name;

    if (site_may_have(preflight->today, plan->setup.site, ROLE_CLIENT_ACCESS))
        return;
    if (waits)
        preflight_add_check(preflight, "order of roles", PLAN_NOTED,
                            "site \"%s\" has no Client Access server of 2007; the order is Client "
                            "Access, Hub Transport, Mailbox, Unified Messaging",
                            name);
    else if (plan->setup.roles == ROLE_HUB_TRANSPORT)
        preflight_add_check(preflight, "order of roles", PLAN_NOTED,
                            "Client Access comes before Mailbox: site \"%s\" has none of 2007 yet",
                            name);
}

static const char *subscription_hub(const Topology *today, const Site *site)
{
    if (site_has(site, ROLE_HUB_TRANSPORT))
        return "there is one";
    return site_may_have(today, site, ROLE_HUB_TRANSPORT) ? "none was read" : "there is none yet";
}

static void check_roles(Preflight *preflight, const Plan *plan)
{
    const Site *site = plan->setup.site;
    int roles = plan->setup.roles;
    bool hub = (roles & ROLE_HUB_TRANSPORT) != 0 || site_has(site, ROLE_HUB_TRANSPORT);
    bool access = (roles & ROLE_CLIENT_ACCESS) != 0 || site_has(site, ROLE_CLIENT_ACCESS);
    bool waits = (roles & (ROLE_MAILBOX | ROLE_UNIFIED_MESSAGING)) != 0;

    if (waits)
        check_hub(preflight, plan, hub);
    if (!access)
        note_order(preflight, plan, waits);
    if (roles == ROLE_EDGE)
        preflight_add_check(preflight, "edge subscription", PLAN_NOTED,
                            "an Edge server is in the directory only once it is subscribed, which "
                            "needs a hub in the subscription's site (%s)",
                            subscription_hub(preflight->today, site));
}

/* --- what cannot be undone, and what comes with a second connector ------------------------- */

static bool is_2007(const Server *server)
{
    return server->version.family == FAMILY_2007 && !server_is_provisioned_only(server);
}

/* Where none of 2007 is, it is of 2010 or later. */
static bool is_installed(const Server *server)
{
    return server_is_modern(server) && !server_is_provisioned_only(server);
}

/* Preparation for 2010 or later, where no server of 2007 is, keeps it out for good (rule NXT005;
 * setup readiness check NoE12ServerWarning). */
static void check_shut_door(Preflight *preflight, bool unread)
{
    g_autoptr(GPtrArray) later = servers_where(preflight->today->servers, is_installed);
    g_autofree char *names = names_of(later);

    if (unread)
        preflight_add_check(preflight, "one-way door", PLAN_UNSEEN,
                            "there are servers of Exchange 2010 or later (%s), and none of 2007 "
                            "was found, but not every server was read with its version: where none "
                            "was when 2010 came, 2007 can never be installed",
                            names);
    else
        preflight_add_check(preflight, "one-way door", PLAN_FAILED,
                            "there are servers of Exchange 2010 or later (%s) and none of 2007: "
                            "once a later version was prepared without one, setup of 2007 is "
                            "refused for good (setup readiness check NoE12ServerWarning, rule "
                            "NXT005)",
                            names);
}

static void note_doors_ahead(Preflight *preflight, bool unread)
{
    if (topology_has_server(preflight->today, server_is_legacy))
        preflight_add_check(preflight, "one-way door", PLAN_NOTED,
                            "the schema and the groups of Exchange 2007 stay for good; once the "
                            "last 2000/2003 server is removed, none can be added again");
    else if (unread)
        preflight_add_check(preflight, "one-way door", PLAN_UNSEEN,
                            "whether there is an Exchange 2000/2003 server was not read: without "
                            "one, none can ever be added after a first server of 2007");
    else
        preflight_add_check(preflight, "one-way door", PLAN_NOTED,
                            "no Exchange 2000/2003 server was found: after a first server of 2007 "
                            "none can ever be added to this organisation");
}

/* Setup of an Edge server prepares nothing and joins no organisation. */
static void check_doors(Preflight *preflight, const Plan *plan)
{
    const Topology *today = preflight->today;
    bool unread;

    if (plan->setup.roles == ROLE_EDGE || topology_has_server(today, is_2007))
        return;
    unread = plan_servers_may_be_unread(today) || topology_has_server(today, server_version_unseen);
    if (topology_has_server(today, is_installed))
        check_shut_door(preflight, unread);
    else
        note_doors_ahead(preflight, unread);
}

static bool joins_versions(const PlannedConnection *connection)
{
    return planned_end_is_modern(&connection->from) != planned_end_is_modern(&connection->to);
}

static void check_suppression(Preflight *preflight, const Plan *plan)
{
    g_autoptr(GPtrArray) groups = legacy_groups(preflight->today);
    guint connections = 0;

    FOR_EACH(const PlannedConnection, planned, plan->connections)
        connections += joins_versions(planned);
    FOR_EACH(const Connector, connector, preflight->today->connectors)
        connections += connector->kind == CONNECTOR_ROUTING_GROUP && connector->group != NULL &&
                       connector->group->official && connector_joins_versions(connector);
    if (connections < 2 || groups->len < 2)
        return;
    preflight_add_check(
        preflight, "link state suppression", PLAN_NOTED,
        "with %u connections between the versions, minor link state changes must "
        "be suppressed on every 2000/2003 server before the second one is made "
        "(SuppressStateChanges, TechNet aa996728): verify by hand, the directory does not "
        "tell",
        connections);
}

static void check_gaps(Preflight *preflight, const Plan *plan)
{
    FOR_EACH(const char, gap, plan->gaps)
        preflight_add_check(preflight, "what the plan names", PLAN_UNSEEN, "%s", gap);
}

void plan_check(Preflight *preflight, const Plan *plan, const PlanWords *words)
{
    check_gaps(preflight, plan);
    plan_check_bridgeheads(preflight, plan, words);
    if (plan->setup.site == NULL)
        return;
    plan_check_computer(preflight, plan, words);
    check_catalog(preflight, plan);
    check_site_link(preflight, plan);
    check_roles(preflight, plan);
    check_suppression(preflight, plan);
    check_doors(preflight, plan);
}
