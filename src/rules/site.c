/*
 * SITE, first part: the sites of Exchange 2007 and later, what stands in them and what they lack:
 * servers without a site, hub sites without hubs, subnets. Their domain controllers are judged in
 * site-catalogs.c, and how site links join the sites in site-links.c and site-costs.c.
 */
#include "rules/facts.h"
#include "rules/rule.h"
#include "rules/site-catalogs.h"
#include "rules/site-costs.h"
#include "rules/site-links.h"
#include "rules/words.h"

/* --- SITE001 ------------------------------------------------------------------------------ */

static void check_server_without_site(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        g_autofree char *product = NULL;
        Finding *finding;

        if (!server_is_placed(server) || server->site_value != NULL)
            continue;
        product = product_of(server);
        finding = check_raise(check, SEVERITY_ERROR, &server->object,
                              "Server \"%s\" (Exchange %s) belongs to no Active Directory site",
                              server->object.name, product);
        finding_cite(finding, &server->object, ATTR_msExchServerSite, "the name of a site");
        finding_cite(finding, &server->object, ATTR_whenCreated, NULL);
    }
}

static const Rule SITE001 = {
    .id = "SITE001",
    .slug = "server-without-site",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2007 server belongs to no Active Directory site",
    .condition = "msExchServerSite is absent on a server of Exchange 2007 or later that is no Edge "
                 "server and is not merely provisioned.",
    .why = "Exchange routes mail by site. A server without one cannot be placed: mail for the "
           "mailboxes on it ends in the Unreachable queue.",
    .remedy =
        "See with \"nltest /dsgetsite\" on the server which site it takes itself to be in. "
        "Define a subnet for its address in Active Directory Sites and Services, then restart "
        "the service Microsoft Exchange Active Directory Topology, which writes the value. On "
        "a server installed minutes ago, wait for replication first.",
    .references = "MSExchangeTransport event 5005; setup readiness check InvalidADSite",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_server_without_site,
};

/* --- SITE002 ------------------------------------------------------------------------------ */

static void judge_named_site(Check *check, const Server *server)
{
    const Directory *directory = check_topology(check)->directory;
    ReferenceState state = reference_state(directory, server->site_value);
    const char *fault = reference_dangles(state) ? reference_state_text(state) : "is no site";

    if (state == REFERENCE_UNSEEN)
        return;
    finding_cite_value(check_raise(check, SEVERITY_ERROR, &server->object,
                                   "Server \"%s\" names as its site an object which %s",
                                   server->object.name, fault),
                       &server->object, ATTR_msExchServerSite, server->site_value,
                       "the name of a living site");
}

static void check_site_gone(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server_is_placed(server) && server->site_value != NULL && server->site == NULL)
            judge_named_site(check, server);
}

static const Rule SITE002 = {
    .id = "SITE002",
    .slug = "server-site-gone",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "The site that a server names is gone",
    .condition = "msExchServerSite of a server of Exchange 2007 or later names an object that is "
                 "deleted, does not exist, is a replication conflict's copy, or is no site.",
    .why =
        "The server is placed in a site that routing does not know, so that no path leads to it.",
    .remedy =
        "Repair the site object if it was deleted by mistake. Otherwise see that the server's "
        "address lies in a subnet of a living site and restart the service Microsoft Exchange "
        "Active Directory Topology, which writes the value anew.",
    .references = "MSExchangeTransport event 5005; MS-ADTS 3.1.1.1.5 on conflict names",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_site_gone,
};

/* --- SITE009 ------------------------------------------------------------------------------ */

static void judge_hub_mark(Check *check, const Site *site)
{
    if (!site->hub || site_count(site, server_transports) > 0)
        return;
    if (site_count(site, server_roles_unseen) > 0) {
        check_not_assessed(check, 1, "the roles of a server in the hub site were not read");
        return;
    }
    finding_cite(check_raise(check, SEVERITY_WARNING, &site->object,
                             "Site \"%s\" is marked as a hub site and has no Hub Transport server",
                             site->object.name),
                 &site->object, ATTR_msExchTransportSiteFlags, "bit 0 clear");
}

static void check_hub_site_without_hub(Check *check)
{
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        judge_hub_mark(check, site);
}

static const Rule SITE009 = {
    .id = "SITE009",
    .slug = "hub-site-without-hub",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A hub site has no Hub Transport server",
    .condition = "Bit 0 of msExchTransportSiteFlags is set on a site, and no server of Exchange "
                 "2007 or later in it has the Hub Transport role (from 2013 on: Mailbox). The "
                 "meaning of the bit is not published, hence no more than a warning.",
    .why =
        "Mail whose least-cost path crosses a hub site has to stop there. What Exchange does "
        "with one that nobody can stop at is not documented: either the mark is ignored, or mail "
        "waits.",
    .remedy = "Install a Hub Transport server in the site, or take the mark off: Set-AdSite "
              "-Identity <site> -HubSiteEnabled $false.",
    .references = "TechNet bb124548 (hub sites), bb232193 (routing)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_hub_site_without_hub,
};

/* --- SITE013 ------------------------------------------------------------------------------ */

static const Need subnet_needs[] = {{CLASS_subnet, ATTR_siteObject}, {CLASS_NONE, ATTR_NONE}};

static bool subnets_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!sites_are_visible(check))
        return false;
    if (topology->subnets->len > 0 ||
        directory_of_class(topology->directory, CLASS_subnetContainer)->len > 0)
        return true;
    check_not_assessed(check, 0,
                       "no subnet was read: export CN=Subnets,CN=Sites,CN=Configuration as well");
    return false;
}

static void check_site_without_subnet(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) sites = sites_with(topology, server_is_placed);

    /* With one site in the forest every address is in it, subnets or not. */
    if (!subnets_are_visible(check) || topology->sites->len == 1)
        return;
    FOR_EACH(const Site, site, sites) {
        g_autoptr(GPtrArray) servers = NULL;
        Finding *finding;

        if (site->subnets->len > 0)
            continue;
        servers = servers_where(site->servers, server_is_placed);
        finding = check_raise(check, SEVERITY_WARNING, &site->object,
                              "Site \"%s\" holds Exchange servers, and no subnet belongs to it",
                              site->object.name);
        finding_cite_object(finding, &site->object);
        finding_relate_all(finding, servers);
    }
}

static const Rule SITE013 = {
    .id = "SITE013",
    .slug = "site-without-subnet",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site with Exchange servers has no subnet",
    .condition = "No subnet names the site in siteObject, and the forest has more than one site.",
    .why = "A computer finds its site by its address. Where no subnet leads to the site, the "
           "servers are in it by accident: the next one lands elsewhere, and those that are there "
           "may be stamped with another site.",
    .remedy =
        "Define the subnets of the location in Active Directory Sites and Services and assign "
        "them to the site.",
    .references = "MS-ADTS 6.1.1.2.2.2.1 (subnet objects); setup readiness check InvalidADSite",
    .needs = subnet_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_subnet),
    .check = check_site_without_subnet,
};

/* --- SITE014 ------------------------------------------------------------------------------ */

static void check_address_in_subnet(Check *check)
{
    guint placed = check_census(check)->placed;

    if (placed > 0)
        check_not_assessed(check, placed,
                           "addresses are not in the directory: compare \"nltest /dsgetsite\" on "
                           "the server with its msExchServerSite");
}

static const Rule SITE014 = {
    .id = "SITE014",
    .slug = "server-outside-subnets",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_BY_HAND,
    .title = "A server's address lies outside the subnets of its site",
    .condition = "Never raised: networkAddress holds the server's DNS name, not its address, and "
                 "names are not resolved. The rule lists what to verify by hand.",
    .why = "A server whose address belongs to another site, or to none, changes its site with the "
           "next restart; mail then takes other paths.",
    .remedy =
        "On each server compare the output of \"nltest /dsgetsite\" with msExchServerSite, and "
        "correct the subnet table or the server's address where they differ.",
    .references = "MS-ADTS 6.1.1.2.2.2.1 (subnet objects)",
    .check = check_address_in_subnet,
};

/* --- SITE019 ------------------------------------------------------------------------------ */

static void check_many_sites(Check *check)
{
    guint count = check_topology(check)->sites->len;
    bool many;

    if (count < check_parameter(check, PARAMETER_MANY_SITES) || check_census(check)->placed == 0)
        return;
    many = count < check_parameter(check, PARAMETER_TOO_MANY_SITES);
    check_raise(check, many ? SEVERITY_INFO : SEVERITY_WARNING, NULL,
                "The forest has %u sites, more than later versions of Exchange cache gladly",
                count);
}

static const Rule SITE019 = {
    .id = "SITE019",
    .slug = "very-many-sites",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The forest has very many sites",
    .condition = "750 objects of class site or more (parameter many-sites), in a forest with "
                 "Exchange 2010 or later; a warning from 1,000 on (too-many-sites).",
    .why = "Newer versions keep the whole table of sites in caches that every server fills again "
           "and again. With this many sites that burdens Autodiscover and the domain controllers.",
    .remedy =
        "Delete sites that have neither domain controllers nor subnets any more. Where all are "
        "needed, follow the work-around that the Exchange Health Checker describes.",
    .references = "CSS-Exchange Health Checker, ADSiteCount",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .check = check_many_sites,
};

const Rule *const site_rules[] = {
    &SITE001, &SITE002, &SITE003, &SITE004, &SITE005, &SITE006, &SITE007,
    &SITE008, &SITE009, &SITE010, &SITE011, &SITE012, &SITE013, &SITE014,
    &SITE015, &SITE016, &SITE017, &SITE018, &SITE019, NULL,
};
