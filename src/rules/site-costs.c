/*
 * SITE, third part: costs and limits of IP site links, hub sites, and the paths that lead over
 * them.
 */
#include "rules/site-costs.h"

#include "routing/site-choice.h"
#include "routing/sites.h"
#include "rules/facts.h"
#include "rules/words.h"

static const Need link_needs[] = {{CLASS_siteLink, ATTR_siteList}, {CLASS_NONE, ATTR_NONE}};
static const Need cost_needs[] = {
    {CLASS_siteLink, ATTR_siteList},
    {CLASS_siteLink, ATTR_cost},
    {CLASS_NONE, ATTR_NONE},
};

/* --- SITE007 ------------------------------------------------------------------------------ */

/* Another IP link between two sites of `link` that carries no Exchange cost; NULL when none
 * does. */
static const SiteLink *parallel_without_cost(const SiteLink *link)
{
    g_autoptr(GHashTable) met = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Site, site, link->sites) {
        FOR_EACH(SiteLink, other, site->links) {
            if (other == link || !other->ip || other->exchange_cost.present)
                continue;
            if (!g_hash_table_add(met, other))
                return other;
        }
    }
    return NULL;
}

static void raise_exchange_cost(Check *check, const SiteLink *link)
{
    const SiteLink *parallel = parallel_without_cost(link);
    guint changed = check_site_ways(check)->traffic->changed_by_link[link->object.number];
    g_autofree char *cost = link->cost.present ? g_strdup_printf("cost %d", link->cost.value)
                                               : g_strdup("no cost of its own");
    g_autofree char *pairs = count_of(changed, "path");
    g_autoptr(GString) more = g_string_new(NULL);
    bool weighty = parallel != NULL || changed > 0;
    Finding *finding;

    if (parallel != NULL)
        g_string_append_printf(more, "; \"%s\" beside it has none for Exchange",
                               parallel->object.name);
    if (changed > 0)
        g_string_append_printf(more,
                               "; %s between Exchange sites %s otherwise than by the costs "
                               "of the directory",
                               pairs, changed == 1 ? "runs" : "run");
    finding = check_raise(check, weighty ? SEVERITY_WARNING : SEVERITY_INFO, &link->object,
                          "Site link \"%s\" has %s, but %d for Exchange%s", link->object.name, cost,
                          link->exchange_cost.value, more->str);
    finding_cite(finding, &link->object, ATTR_msExchCost, NULL);
    finding_cite(finding, &link->object, ATTR_cost, NULL);
    if (parallel != NULL)
        finding_cite(finding, &parallel->object, ATTR_msExchCost, NULL);
}

static void check_exchange_cost(Check *check)
{
    if (!links_are_visible(check))
        return;
    FOR_EACH(const SiteLink, link, check_topology(check)->site_links)
        if (link->ip && link->exchange_cost.present)
            raise_exchange_cost(check, link);
}

const Rule SITE007 = {
    .id = "SITE007",
    .slug = "exchange-cost-on-site-link",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site link has a cost of its own for Exchange",
    .condition =
        "msExchCost is present on an IP site link. A warning when another link between two "
        "of its sites has none: then the two are compared by different measures; and when the "
        "least-cost path between two Exchange sites over the link, with the costs for Exchange "
        "or with those of the directory, is not the same by both. There and back are two paths.",
    .why = "For mail the Exchange cost replaces the cost that replication uses. Who plans with the "
           "one wonders at paths that come from the other.",
    .remedy = "Keep it if it is wanted, and write it down. Otherwise clear it: Set-AdSiteLink "
              "-Identity <link> -ExchangeCost $null.",
    .references = "TechNet bb232193 (routing); Exchange 2007 help: Set-AdSiteLink",
    .needs = cost_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_exchange_cost,
};

/* --- SITE008 ------------------------------------------------------------------------------ */

/* The other Exchange sites that the site is joined to. */
static GPtrArray *sites_joined_to(const SiteWays *ways, const Site *hub)
{
    g_autoptr(SiteTree) tree = site_tree_new(ways->graph, hub);
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Site, site, ways->sites)
        if (site != hub && site_tree_reaches(tree, site))
            g_ptr_array_add(found, site);
    return found;
}

static void judge_hub_site(Check *check, const Site *hub)
{
    const SiteWays *ways = check_site_ways(check);
    g_autoptr(GPtrArray) others = NULL;
    g_autofree char *names = NULL;

    if (ways->traffic->through_site[hub->object.number] > 0)
        return;
    others = sites_joined_to(ways, hub);
    names = names_of(others);
    finding_cite(check_raise(check, SEVERITY_WARNING, &hub->object,
                             "Site \"%s\" is marked as a hub site and lies on no least-cost path "
                             "between two other Exchange sites (others it reaches: %s)",
                             hub->object.name, names),
                 &hub->object, ATTR_msExchTransportSiteFlags, "bit 0 clear");
}

static void check_idle_hub_site(Check *check)
{
    if (!links_are_visible(check))
        return;
    FOR_EACH(const Site, site, check_topology(check)->sites)
        if (site->hub && site_count(site, server_transports) > 0)
            judge_hub_site(check, site);
}

const Rule SITE008 = {
    .id = "SITE008",
    .slug = "hub-site-off-every-path",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A hub site lies on no path",
    .condition = "Bit 0 of msExchTransportSiteFlags is set on a site (a bit whose meaning is not "
                 "published), and no least-cost path between two other Exchange sites crosses it.",
    .why = "Routing chooses the least-cost path first and looks for hub sites on it afterwards. A "
           "hub site beside the path is never used, whatever it was meant for.",
    .remedy =
        "Set Exchange costs so that the least-cost path runs through the site (Set-AdSiteLink "
        "-Identity <link> -ExchangeCost <cost>), or take the mark off: Set-AdSite -Identity "
        "<site> -HubSiteEnabled $false.",
    .references = "TechNet bb124548 (hub sites), bb232193 (routing)",
    .needs = cost_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_site),
    .misses = MISSES(CLASS_siteLink, CLASS_site),
    .check = check_idle_hub_site,
};

/* --- SITE010 ------------------------------------------------------------------------------ */

static bool server_is_2007_rtm_hub(const Server *server)
{
    return server->version.family == FAMILY_2007 && server->version.minor == 0 &&
           server_is_hub(server);
}

/* The organisation's limit in KB, or 0 without one. */
static int organization_limit(const Topology *topology)
{
    const Organization *organization = topology->organization;

    return organization == NULL ? 0 : organization->delivery_limit.value;
}

static void raise_link_limit(Check *check, const SiteLink *link, int general)
{
    bool below = link->size_limit.value < general;
    guint used = check_site_ways(check)->traffic->by_link[link->object.number];
    g_autofree char *paths = count_of(used, "least-cost path");
    guint rtm = topology_count_servers(check_topology(check), server_is_2007_rtm_hub);
    Finding *finding;

    finding = check_raise(check, below ? SEVERITY_WARNING : SEVERITY_INFO, &link->object,
                          "Site link \"%s\" takes messages of up to %d KB only%s; %s between "
                          "Exchange sites %s it",
                          link->object.name, link->size_limit.value,
                          below ? ", less than the organisation allows" : "",
                          used == 0 ? "no paths" : paths, used == 1 ? "uses" : "use");
    finding_cite(finding, &link->object, ATTR_delivContLength, NULL);
    if (rtm > 0)
        finding_advise(finding,
                       "Raise or clear the limit: Set-AdSiteLink -Identity \"%s\" -MaxMessageSize "
                       "unlimited. Hub Transport servers without Service Pack 1 (%u here) do not "
                       "know it and hand larger messages over all the same.",
                       link->object.name, rtm);
}

static void check_link_limit(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!links_are_visible(check))
        return;
    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->ip && link->size_limit.present && link->size_limit.value > 0)
            raise_link_limit(check, link, organization_limit(topology));
}

const Rule SITE010 = {
    .id = "SITE010",
    .slug = "site-link-size-limit",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A site link limits the size of messages",
    .condition = "delivContLength on an IP site link is above 0 (kilobytes; Exchange 2007 Service "
                 "Pack 1 and later). A warning when it is below the organisation's limit.",
    .why = "A message above the limit is returned to its sender, even where another path without a "
           "limit exists: the path is chosen by cost, and the limit counts afterwards.",
    .remedy = "Raise or clear the limit unless it is wanted: Set-AdSiteLink -Identity <link> "
              "-MaxMessageSize unlimited.",
    .references = "TechNet bb232209 (size limits on site links), bb738144 (schema changes of SP1)",
    .needs = cost_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_link_limit,
};

/* --- SITE015 ------------------------------------------------------------------------------ */

/* The path that is taken and what makes it better than the best of the others, which costs the
 * same. */
static char *tie_text(const SiteWays *ways)
{
    const SiteTraffic *traffic = ways->traffic;
    g_autofree char *taken = site_ways_path_text(ways, traffic->tied_from, traffic->tied_to);
    g_autoptr(SiteTree) tree = site_tree_new(ways->graph, traffic->tied_from);
    g_autoptr(SiteRunnerUp) other = site_runner_up(tree, traffic->tied_to);

    if (other->criterion == DECIDED_NAME)
        return g_strdup_printf("%s is taken for the name of %s, which comes before %s", taken,
                               other->preferred->object.name, other->refused->object.name);
    return g_strdup_printf("%s is taken for its fewer links (%u, not %u)", taken,
                           site_tree_hops(tree, traffic->tied_to), other->hops->len);
}

static void cite_path(Finding *finding, const SiteWays *ways)
{
    const SiteTraffic *traffic = ways->traffic;
    g_autoptr(SiteTree) tree = site_tree_new(ways->graph, traffic->tied_from);
    g_autoptr(GArray) path = site_tree_path(tree, traffic->tied_to);

    for (guint i = 0; i < path->len; i++) {
        const SiteLink *link = g_array_index(path, SiteHop, i).link;

        finding_cite(finding, &link->object,
                     link->exchange_cost.present ? ATTR_msExchCost : ATTR_cost, NULL);
    }
}

static void check_equal_paths(Check *check)
{
    const SiteTraffic *traffic;
    g_autofree char *example = NULL;
    g_autofree char *pairs = NULL;
    Finding *finding;

    if (!links_are_visible(check))
        return;
    traffic = check_site_ways(check)->traffic;
    if (traffic->tied == 0)
        return;
    example = tie_text(check_site_ways(check));
    pairs = count_of(traffic->tied, "path");
    finding = check_raise(check, SEVERITY_INFO, &traffic->tied_from->object,
                          "%s between Exchange sites cost no less than another one: from \"%s\" to "
                          "\"%s\", for one, %s",
                          pairs, traffic->tied_from->object.name, traffic->tied_to->object.name,
                          example);
    cite_path(finding, check_site_ways(check));
    finding_relate(finding, &traffic->tied_to->object);
}

const Rule SITE015 = {
    .id = "SITE015",
    .slug = "equal-cost-paths",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Two paths between Exchange sites cost the same",
    .condition = "The sum of site link costs on the path from one Exchange site to another is that "
                 "of another path, too. One such path stands for all; there and back are two.",
    .why = "Then the path with fewer links wins, and among equals the one whose last site before "
           "the destination has the lower name. Renaming a site can move the mail.",
    .remedy = "Set an Exchange cost if the choice matters: Set-AdSiteLink -Identity <link> "
              "-ExchangeCost <cost>.",
    .references = "TechNet bb232193 (routing)",
    .needs = cost_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_equal_paths,
};

/* --- SITE016 ------------------------------------------------------------------------------ */

enum { BRIDGES_REQUIRED = 0x2 };

/* Marks, by number, the sites that stand with `site` on one IP link. */
static void mark_beside(const Site *site, bool *marks, bool mark)
{
    FOR_EACH(const SiteLink, link, site->links)
        if (link->ip)
            FOR_EACH(const Site, beside, link->sites)
                marks[beside->object.number] = mark;
}

/* Pairs of Exchange sites on different links: their hubs connect directly all the same. */
static guint count_bridged_pairs(const Topology *topology, const GPtrArray *sites)
{
    g_autoptr(SiteIslands) islands = site_islands_new(topology, false);
    g_autofree bool *beside = g_new0(bool, topology->sites->len);
    guint count = 0;

    FOR_EACH(const Site, a, sites) {
        mark_beside(a, beside, true);
        FOR_EACH(const Site, b, sites)
            if (a->object.number < b->object.number && !beside[b->object.number] &&
                site_islands_join(islands, a, b))
                count++;
        mark_beside(a, beside, false);
    }
    return count;
}

static GPtrArray *bridges_of(const Topology *topology, const Transport *transport)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(SiteLinkBridge, bridge, topology->site_link_bridges)
        if (bridge->transport == transport)
            g_ptr_array_add(found, bridge);
    return found;
}

static char *bridging_text(bool off, guint bridges, guint pairs)
{
    g_autofree char *defined = count_of(bridges, "site link bridge");
    g_autofree char *depending = count_of(pairs, "pair");

    if (pairs == 0)
        return g_strdup(off ? "is not bridged" : defined);
    return g_strdup_printf("%s; the network must route between %s of Exchange sites that share no "
                           "link",
                           off ? "is not bridged" : defined, depending);
}

static void judge_transport(Check *check, const Transport *transport, const GPtrArray *sites)
{
    g_autoptr(GPtrArray) bridges = bridges_of(check_topology(check), transport);
    bool off = transport->options.present && (transport->options.value & BRIDGES_REQUIRED) != 0;
    g_autofree char *text = NULL;
    Finding *finding;

    if (!off && bridges->len == 0)
        return;
    text = bridging_text(off, bridges->len, count_bridged_pairs(check_topology(check), sites));
    finding = check_raise(check, SEVERITY_INFO, &transport->object,
                          "Exchange does not heed that transport \"%s\" %s%s",
                          transport->object.name, off ? "" : "has ", text);
    finding_cite(finding, &transport->object, ATTR_options, NULL);
    FOR_EACH(const SiteLinkBridge, bridge, bridges)
        finding_cite(finding, &bridge->object, ATTR_siteLinkList, NULL);
}

static void check_bridging(Check *check)
{
    g_autoptr(GPtrArray) sites = sites_with(check_topology(check), server_moves_mail);

    if (!links_are_visible(check) || sites->len < 2)
        return;
    FOR_EACH(const Transport, transport, check_topology(check)->transports)
        if (g_ascii_strcasecmp(transport->object.name, "IP") == 0)
            judge_transport(check, transport, sites);
}

const Rule SITE016 = {
    .id = "SITE016",
    .slug = "site-link-bridging",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Site link bridging is switched off, or bridges are defined",
    .condition =
        "Bit 0x2 of options is set on the transport CN=IP, or siteLinkBridge objects exist "
        "below it, in a forest with two or more Exchange sites.",
    .why =
        "Replication obeys these settings. Exchange adds up costs over all links as if they were "
        "bridged, and the source hub then connects to the destination directly, not from site to "
        "site: where the network does not route between the two, mail waits.",
    .remedy =
        "Make sure that Hub Transport servers of all Exchange sites reach each other on TCP "
        "port 25. Where they cannot, mark a site on the path as hub site: Set-AdSite -Identity "
        "<site> -HubSiteEnabled $true.",
    .references =
        "TechNet bb232193 (site links are bridged); MS-ADTS 6.1.1.2.2.3 (transport options)",
    .needs = link_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_interSiteTransport),
    .check = check_bridging,
};

/* --- SITE017 ------------------------------------------------------------------------------ */

/* The dearest of the paths, as an example. */
static char *farthest_text(const SiteWays *ways)
{
    const SiteTraffic *traffic = ways->traffic;
    g_autofree char *path = NULL;

    if (traffic->far_from == NULL)
        return g_strdup("");
    path = site_ways_path_text(ways, traffic->far_from, traffic->far_to);
    return g_strdup_printf("; the dearest path, %s, costs %" G_GUINT64_FORMAT, path,
                           traffic->far_cost);
}

/* The parts of the sites with hubs in which there are hubs of other sites to talk to. */
static GPtrArray *parts_in_touch(Check *check)
{
    g_autoptr(SiteIslands) islands = site_islands_new(check_topology(check), false);
    GPtrArray *parts = parts_of(check_site_ways(check)->hubs, islands);

    for (guint i = parts->len; i-- > 0;)
        if (((const GPtrArray *)parts->pdata[i])->len < 2)
            g_ptr_array_remove_index(parts, i);
    return parts;
}

static void cite_hubs(Finding *finding, const GPtrArray *sites)
{
    FOR_EACH(const Site, site, sites) {
        g_autoptr(GPtrArray) hubs = servers_where(site->servers, server_transports);

        FOR_EACH(const Server, hub, hubs)
            finding_cite(finding, &hub->object, ATTR_msExchServerSite, NULL);
    }
    finding_relate_all(finding, sites);
}

static void raise_implicit_connectors(Check *check, const GPtrArray *parts)
{
    g_autofree char *names = parts_text(parts);
    g_autofree char *farthest = farthest_text(check_site_ways(check));
    guint count = 0;
    Finding *finding;

    FOR_EACH(const GPtrArray, part, parts)
        count += part->len;
    finding = check_raise(check, SEVERITY_INFO, NULL,
                          "The Hub Transport servers of %u sites (%s) hand mail to each other%s "
                          "over implicit connectors%s",
                          count, names, parts->len > 1 ? ", in each part," : "", farthest);
    FOR_EACH(const GPtrArray, part, parts)
        cite_hubs(finding, part);
}

static void check_implicit_connectors(Check *check)
{
    g_autoptr(GPtrArray) parts = NULL;

    if (!links_are_visible(check))
        return;
    parts = parts_in_touch(check);
    if (parts->len > 0)
        raise_implicit_connectors(check, parts);
}

const Rule SITE017 = {
    .id = "SITE017",
    .slug = "implicit-connectors",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Hub Transport servers reach other sites over implicit connectors",
    .condition = "Two or more sites hold servers with the Hub Transport role (from 2013 on: "
                 "Mailbox), by msExchCurrentServerRoles and msExchServerSite, and a chain of IP "
                 "site links joins them.",
    .why = "Between sites Exchange makes its Send connectors itself, from the site links and their "
           "costs. They stand in no list, and who looks for the way of a message there finds "
           "nothing.",
    .remedy = "Nothing is to be done. When tracing a message, expect it in the log of a hub of the "
              "sender's site, of each hub site between, and of the recipient's site. adtopo show "
              "site-paths lists the path, its cost and the stops for every pair of sites; adtopo "
              "route --from site:<site> --to site:<site> explains one of them.",
    .references = "TechNet bb232193 (routing), bb123541",
    .needs = cost_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_implicit_connectors,
};
