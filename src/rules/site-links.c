/*
 * SITE, second part: whether IP site links join the sites in which Exchange moves mail. What the
 * links cost, and what lies on the paths over them, is judged in site-costs.c.
 */
#include "rules/site-links.h"

#include "routing/sites.h"
#include "rules/facts.h"
#include "rules/words.h"

static const Need link_needs[] = {{CLASS_siteLink, ATTR_siteList}, {CLASS_NONE, ATTR_NONE}};

/* --- SITE003 ------------------------------------------------------------------------------ */

static bool site_is_joined(const Site *site)
{
    FOR_EACH(const SiteLink, link, site->links)
        if (link->ip && link->sites->len > 1)
            return true;
    return false;
}

static void raise_unjoined(Check *check, const Site *site, Severity severity)
{
    g_autoptr(GPtrArray) servers = servers_where(site->servers, server_moves_mail);
    g_autofree char *names = names_of(servers);
    Finding *finding;

    finding =
        check_raise(check, severity, &site->object,
                    "Site \"%s\" holds Exchange servers (%s), and no IP site link joins it to "
                    "another site",
                    site->object.name, names);
    finding_cite_object(finding, &site->object);
    FOR_EACH(const SiteLink, link, site->links)
        finding_cite(finding, &link->object, ATTR_siteList, "a second site");
    finding_relate_all(finding, servers);
}

static void check_unjoined_site(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_moves_mail);

    if (!links_are_visible(check) || check_topology(check)->sites->len == 1)
        return;
    FOR_EACH(const Site, site, sites)
        if (!site_is_joined(site))
            raise_unjoined(check, site, sites->len > 1 ? SEVERITY_ERROR : SEVERITY_INFO);
}

const Rule SITE003 = {
    .id = "SITE003",
    .slug = "site-without-ip-link",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site with Exchange servers is in no IP site link",
    .condition = "A site with Mailbox, Hub Transport or Unified Messaging servers stands in the "
                 "siteList of no site link below CN=IP that joins it to another living site. "
                 "Information when it is the only such site; nothing is said of a forest with one "
                 "site.",
    .why = "Hub Transport servers find each other over IP site links alone. No path leads to the "
           "site, and mail for it goes to the Unreachable queue of every other site.",
    .remedy = "Enter the site in an IP site link: Active Directory Sites and Services, Inter-Site "
              "Transports, IP.",
    .references = "MSExchangeTransport event 5007 (TechNet ff982668)",
    .needs = link_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_siteLink, CLASS_site),
    .check = check_unjoined_site,
};

/* --- SITE004 ------------------------------------------------------------------------------ */

static void check_site_islands(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_moves_mail);
    g_autoptr(GPtrArray) parts = NULL;
    g_autoptr(SiteIslands) islands = NULL;
    g_autofree char *text = NULL;
    Finding *finding;

    if (!links_are_visible(check))
        return;
    islands = site_islands_new(check_topology(check), false);
    parts = parts_of(sites, islands);
    if (parts->len < 2)
        return;
    text = parts_text(parts);
    finding = check_raise(check, SEVERITY_ERROR, NULL,
                          "No chain of IP site links joins the Exchange sites, which fall into %u "
                          "parts: %s",
                          parts->len, text);
    FOR_EACH(const GPtrArray, part, parts)
        finding_cite_object(finding, g_ptr_array_index(part, 0));
    finding_relate_all(finding, sites);
}

const Rule SITE004 = {
    .id = "SITE004",
    .slug = "site-islands",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Sites with Exchange servers lie on islands",
    .condition = "Over all IP site links (siteList), taken as bridged and through sites without "
                 "Exchange too, the sites with Mailbox, Hub Transport or Unified Messaging servers "
                 "do not all reach each other.",
    .why = "Mail from one part to another has no path: it stays in the Unreachable queue, although "
           "the network between the sites may be in order.",
    .remedy = "Create an IP site link between a site of each part, or enter the missing site in an "
              "existing one.",
    .references = "TechNet bb232193 (routing); MSExchangeTransport event 5007 (TechNet ff982668)",
    .needs = link_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_siteLink, CLASS_site),
    .check = check_site_islands,
};

/* --- SITE005 ------------------------------------------------------------------------------ */

static bool link_names_unseen(const Topology *topology, const SiteLink *link)
{
    for (guint i = 0; i < link->site_values.count; i++)
        if (reference_state(topology->directory, &link->site_values.items[i]) == REFERENCE_UNSEEN)
            return true;
    return false;
}

static void judge_lone_link(Check *check, const SiteLink *link)
{
    Finding *finding;

    if (link->sites->len > 1)
        return;
    if (link_names_unseen(check_topology(check), link)) {
        check_not_assessed(check, 1, "the site link names a site that was not read");
        return;
    }
    finding = check_raise(check, SEVERITY_WARNING, &link->object,
                          "Site link \"%s\" names %s living site, so that it joins nothing",
                          link->object.name, link->sites->len == 0 ? "no" : "only one");
    finding_cite(finding, &link->object, ATTR_siteList, "two or more living sites");
    finding_cite(finding, &link->object, ATTR_cost, NULL);
    finding_relate_all(finding, link->sites);
}

/* In a forest with one site the link that Active Directory comes with has one site, and no
 * fault. */
static void check_lone_link(Check *check)
{
    if (!links_are_visible(check) || check_topology(check)->sites->len == 1)
        return;
    FOR_EACH(const SiteLink, link, check_topology(check)->site_links)
        judge_lone_link(check, link);
}

const Rule SITE005 = {
    .id = "SITE005",
    .slug = "site-link-with-one-site",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A site link joins fewer than two sites",
    .condition = "siteList of a site link names no living site or only one, in a forest with more "
                 "than one site.",
    .why =
        "The link carries neither mail nor replication. Mostly its second site was deleted or "
        "never entered, and whoever reads the list of links believes in a way that is not there.",
    .remedy = "Enter the missing site in the link, or delete the link.",
    .references = "MS-ADTS 6.1.1.2.2.3 (site links); MSExchangeTransport event 5007",
    .needs = link_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_site),
    .check = check_lone_link,
};

/* --- SITE006 ------------------------------------------------------------------------------ */

static bool link_bridges_islands(const SiteLink *link, const SiteIslands *islands)
{
    FOR_EACH(const Site, site, link->sites)
        if (!site_islands_join(islands, site, g_ptr_array_index(link->sites, 0)))
            return true;
    return false;
}

/* The links, of SMTP then, that hold together what IP links leave apart, around a site. */
static GPtrArray *smtp_links_around(const Topology *topology, const Site *site,
                                    const SiteIslands *over_ip, const SiteIslands *over_all)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(SiteLink, link, topology->site_links)
        if (link_bridges_islands(link, over_ip) &&
            site_islands_join(over_all, site, g_ptr_array_index(link->sites, 0)))
            g_ptr_array_add(found, link);
    return found;
}

/* `sites`: Exchange sites that reach each other when SMTP links count. */
static void judge_smtp_only(Check *check, const GPtrArray *sites, const SiteIslands *over_ip,
                            const SiteIslands *over_all)
{
    g_autoptr(GPtrArray) parts = parts_of(sites, over_ip);
    g_autoptr(GPtrArray) links = NULL;
    g_autofree char *text = NULL;
    g_autofree char *names = NULL;
    const SiteLink *first;
    Finding *finding;

    if (parts->len < 2)
        return;
    links = smtp_links_around(check_topology(check), g_ptr_array_index(sites, 0), over_ip,
                              over_all);
    first = g_ptr_array_index(links, 0);
    text = parts_text(parts);
    names = names_of(links);
    finding = check_raise(check, SEVERITY_ERROR, &first->object,
                          "Exchange sites (%s) are joined by SMTP site links only: %s", text,
                          names);
    FOR_EACH(const SiteLink, link, links)
        finding_cite(finding, &link->object, ATTR_siteList, "the same sites in an IP site link");
    finding_relate_all(finding, links);
    finding_relate_all(finding, sites);
}

static void check_smtp_links_only(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_moves_mail);
    g_autoptr(SiteIslands) over_ip = NULL;
    g_autoptr(SiteIslands) over_all = NULL;
    g_autoptr(GPtrArray) groups = NULL;

    if (!links_are_visible(check))
        return;
    over_ip = site_islands_new(topology, false);
    over_all = site_islands_new(topology, true);
    groups = parts_of(sites, over_all);
    FOR_EACH(const GPtrArray, group, groups)
        judge_smtp_only(check, group, over_ip, over_all);
}

const Rule SITE006 = {
    .id = "SITE006",
    .slug = "sites-joined-by-smtp-only",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Exchange sites are joined by SMTP site links only",
    .condition = "Sites with Exchange servers reach each other when the site links below CN=SMTP "
                 "count, and do not when only those below CN=IP count.",
    .why = "The transport SMTP of a site link is one of Active Directory replication and has "
           "nothing to do with mail. Exchange reads IP site links only, and finds no path.",
    .remedy = "Create IP site links for the same pairs of sites; the SMTP links may stay for "
              "replication.",
    .references = "TechNet bb232193 (routing by IP site links)",
    .needs = link_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_siteLink),
    .check = check_smtp_links_only,
};
