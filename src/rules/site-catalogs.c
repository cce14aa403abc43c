/*
 * SITE, fourth part: the domain controllers of sites with Exchange 2007 and later: whether one of
 * them is a global catalog that Exchange can use, and whether there is a second one.
 */
#include "rules/site-catalogs.h"

#include "rules/controllers.h"
#include "rules/facts.h"
#include "rules/words.h"

static const Need catalog_needs[] = {{CLASS_nTDSDSA, ATTR_options}, {CLASS_NONE, ATTR_NONE}};

static bool controllers_are_visible(Check *check)
{
    return sites_are_visible(check) && controllers_are_read(check);
}

/* Global catalogs that Exchange can use: it does not use read-only ones (TechNet bb217948). */
static GPtrArray *usable_catalogs(const Site *site)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(DomainController, controller, site->controllers)
        if (controller->global_catalog && !controller->read_only)
            g_ptr_array_add(found, controller);
    return found;
}

static bool server_is_2010_or_later(const Server *server)
{
    return server_is_placed(server) && server->version.family >= FAMILY_2010;
}

/* From 2010 on setup refuses a site without a writable global catalog; 2007 runs on slowly. */
static Severity catalog_severity(const Check *check, const Site *site)
{
    bool required = site_count(site, server_is_2010_or_later) > 0;

    return required || check_scenario(check) == SCENARIO_PREFLIGHT ? SEVERITY_ERROR
                                                                   : SEVERITY_WARNING;
}

static void cite_controllers(Finding *finding, const Site *site, const char *expected)
{
    FOR_EACH(const DomainController, controller, site->controllers) {
        const Object settings = {.entry = controller->settings, .name = "NTDS Settings"};

        finding_cite(finding, &settings, ATTR_options, expected);
    }
}

static void raise_no_catalog(Check *check, const Site *site)
{
    g_autoptr(GPtrArray) servers = servers_where(site->servers, server_is_placed);
    g_autofree char *names = names_of(servers);
    Finding *finding;

    finding = check_raise(check, catalog_severity(check, site), &site->object,
                          "Site \"%s\" holds Exchange servers (%s) and no writable global catalog",
                          site->object.name, names);
    finding_cite_object(finding, &site->object);
    cite_controllers(finding, site, "bit 0x1 set on a writable domain controller");
    finding_relate_all(finding, servers);
}

static void check_no_catalog(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_is_placed);

    if (!controllers_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites) {
        g_autoptr(GPtrArray) catalogs = usable_catalogs(site);

        if (catalogs->len == 0)
            raise_no_catalog(check, site);
    }
}

const Rule SITE011 = {
    .id = "SITE011",
    .slug = "site-without-global-catalog",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A site with Exchange servers has no writable global catalog",
    .condition =
        "No domain controller of the site has bit 0x1 of options set on its NTDS Settings; "
        "read-only domain controllers (nTDSDSARO) do not count, Edge subscriptions make no "
        "Exchange site. A warning where only Exchange 2007 runs, an error before an "
        "installation and from Exchange 2010 on.",
    .why =
        "Every recipient is looked up in a global catalog. Without one in the site Exchange 2007 "
        "falls back to other sites, across the wide area network; setup of Exchange 2010 and "
        "later refuses to go on.",
    .remedy = "Make a writable domain controller of the site a global catalog: Active Directory "
              "Sites and Services, NTDS Settings of the server, Properties, Global Catalog. If the "
              "site has none, promote one.",
    .references =
        "TechNet bb217948 (event 2060); Exchange system requirements on directory servers",
    .needs = catalog_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_server, CLASS_nTDSDSA),
    .check = check_no_catalog,
};

static void check_single_catalog(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_is_placed);

    if (!controllers_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites) {
        g_autoptr(GPtrArray) catalogs = usable_catalogs(site);
        const DomainController *only;
        Finding *finding;

        if (catalogs->len != 1)
            continue;
        only = g_ptr_array_index(catalogs, 0);
        finding = check_raise(check, SEVERITY_WARNING, &site->object,
                              "Site \"%s\" holds Exchange servers and a single global catalog, %s",
                              site->object.name, only->object.name);
        finding_cite_object(finding, &site->object);
        cite_controllers(finding, site, NULL);
        finding_relate(finding, &only->object);
    }
}

const Rule SITE012 = {
    .id = "SITE012",
    .slug = "site-with-single-global-catalog",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site with Exchange servers has a single global catalog",
    .condition = "Exactly one writable domain controller of the site has bit 0x1 of options set on "
                 "its NTDS Settings.",
    .why = "While that one domain controller restarts, the Exchange servers of the site have no "
           "global catalog near them: mail queues up, and Outlook stalls.",
    .remedy = "Make a second writable domain controller of the site a global catalog.",
    .references = "TechNet aa998150 (Exchange Analyzer)",
    .needs = catalog_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_server, CLASS_nTDSDSA),
    .check = check_single_catalog,
};

static bool all_are_read_only(const GPtrArray *controllers)
{
    FOR_EACH(const DomainController, controller, controllers)
        if (!controller->read_only)
            return false;
    return controllers->len > 0;
}

static void check_read_only_controllers(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_is_placed);

    if (!controllers_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites) {
        g_autofree char *names = NULL;
        Finding *finding;

        if (!all_are_read_only(site->controllers))
            continue;
        names = names_of(site->controllers);
        finding = check_raise(check, catalog_severity(check, site), &site->object,
                              "Site \"%s\" holds Exchange servers and only read-only domain "
                              "controllers: %s",
                              site->object.name, names);
        FOR_EACH(const DomainController, controller, site->controllers)
            finding_cite_entry(finding, controller->settings);
        finding_relate_all(finding, site->controllers);
    }
}

const Rule SITE018 = {
    .id = "SITE018",
    .slug = "site-with-read-only-controllers",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A site with Exchange servers has only read-only domain controllers",
    .condition = "The site has domain controllers, and the NTDS Settings of each are of class "
                 "nTDSDSARO. A warning where only Exchange 2007 runs, an error before an "
                 "installation and from Exchange 2010 on.",
    .why = "Exchange uses read-only domain controllers and read-only global catalogs for nothing. "
           "For its servers such a site is one without any domain controller.",
    .remedy =
        "Place a writable domain controller that is a global catalog in the site, or move the "
        "Exchange servers to a site that has one.",
    .references = "Exchange system requirements on directory servers; TechNet bb217948",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_nTDSDSA),
    .misses = MISSES(CLASS_server, CLASS_nTDSDSA),
    .check = check_read_only_controllers,
};
