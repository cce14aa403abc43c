/*
 * What several families ask about sites, their servers and connectors, and whether it can be
 * answered from what was read: a rule that sees no site must not call the sites sound.
 */
#include "rules/facts.h"

#include "rules/routing-groups.h"

#include <string.h>

/* --- servers in sites ----------------------------------------------------------------------- */

bool server_is_placed(const Server *server)
{
    return server_is_modern(server) && !server_is_edge(server) &&
           !server_is_provisioned_only(server);
}

bool server_moves_mail(const Server *server)
{
    return server_is_placed(server) &&
           server_has_role(server, ROLE_MAILBOX | ROLE_HUB_TRANSPORT | ROLE_UNIFIED_MESSAGING);
}

bool server_transports(const Server *server)
{
    if (!server_is_placed(server))
        return false;
    return server_has_role(server, ROLE_HUB_TRANSPORT) ||
           (server->version.family >= FAMILY_2013 && server_has_role(server, ROLE_MAILBOX));
}

bool server_roles_unseen(const Server *server)
{
    return server_is_placed(server) && !server->roles.present;
}

/* Delegated setup makes servers where those of 2007 and later stand. */
bool server_may_be_provisioned(const Server *server)
{
    const Entry *entry = server->object.entry;

    return !server->roles.present && !entry_has(entry, ATTR_serialNumber) &&
           !entry_has(entry, ATTR_versionNumber) &&
           (server->admin_group == NULL || server->admin_group->official);
}

bool front_end_is_certain(const Server *server)
{
    return server_is_front_end(server) && entry_has(server->object.entry, ATTR_msExchServerRole);
}

bool server_keeps_legacy_mailboxes(const Server *server)
{
    if (!server_is_legacy(server) || server_is_front_end(server))
        return false;
    FOR_EACH(const Store, store, server->below->stores)
        if (!store->public_folders)
            return true;
    return false;
}

bool server_is_called(const Server *server, const char *host)
{
    return g_ascii_strcasecmp(server->object.name, host) == 0 ||
           (server->fqdn != NULL && g_ascii_strcasecmp(server->fqdn, host) == 0);
}

guint site_count(const Site *site, bool (*wanted)(const Server *))
{
    guint count = 0;

    FOR_EACH(const Server, server, site->servers)
        if (wanted(server))
            count++;
    return count;
}

static bool is_between(const Server *server, Family least, Family most)
{
    return server->version.family >= least && server->version.family <= most;
}

static bool is_holder(const Server *server, Family least, Family most, int role)
{
    return server_is_placed(server) && is_between(server, least, most) &&
           server_has_role(server, role);
}

GPtrArray *site_holders(const Site *site, Family least, Family most, int role)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Server, server, site->servers)
        if (is_holder(server, least, most, role))
            g_ptr_array_add(found, server);
    return found;
}

bool site_holds(const Site *site, Family least, Family most, int role)
{
    FOR_EACH(const Server, server, site->servers)
        if (is_holder(server, least, most, role))
            return true;
    return false;
}

bool site_may_hold(const Site *site, Family least, Family most, int role)
{
    FOR_EACH(const Server, server, site->servers) {
        bool known = !server_version_unseen(server);

        if (known && !is_between(server, least, most))
            continue;
        if (!server->roles.present || (!known && server_has_role(server, role)))
            return true;
    }
    return false;
}

GPtrArray *sites_with(const Topology *topology, bool (*wanted)(const Server *))
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Site, site, topology->sites)
        if (site_count(site, wanted) > 0)
            g_ptr_array_add(found, site);
    return found;
}

GPtrArray *parts_of(const GPtrArray *sites, const SiteIslands *islands)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) by_island = g_hash_table_new(NULL, NULL);

    FOR_EACH(Site, site, sites) {
        gpointer island = GUINT_TO_POINTER(site_islands_of(islands, site));
        GPtrArray *part = g_hash_table_lookup(by_island, island);

        if (part == NULL) {
            part = g_ptr_array_new();
            g_hash_table_insert(by_island, island, part);
            g_ptr_array_add(parts, part);
        }
        g_ptr_array_add(part, site);
    }
    return parts;
}

/* --- what can be seen ----------------------------------------------------------------------- */

bool attribute_unread(Check *check, guint judged, ClassId class_id, AttributeId attribute)
{
    if (judged == 0 || directory_seen(check_topology(check)->directory, class_id, attribute) > 0)
        return false;
    check_not_assessed(check, judged,
                       "%s was not read on any object: export it, or read with an account that may "
                       "see it",
                       attribute_table[attribute].name);
    return true;
}

static const char version_unknown[] = "the version of the server is not known";

bool versions_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);
    guint unknown = check_census(check)->unknown;
    bool told = directory_seen(topology->directory, CLASS_msExchExchangeServer, ATTR_serialNumber) >
                0;

    /* What only a plan tells of its own server is no sight of the others. */
    if (unknown == 0 || (unknown < topology->servers->len && told))
        return true;
    check_not_assessed(check, unknown, "%s", version_unknown);
    return false;
}

const char site_unknown[] = "the site of the first Exchange 2007 server is not known yet";

static bool no_server_is_placed(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!versions_are_visible(check))
        return true;
    if (check_census(check)->placed > 0)
        return false;
    if (check_census(check)->unknown > 0)
        check_not_assessed(check, check_census(check)->unknown, "%s", version_unknown);
    else if (check_scenario(check) == SCENARIO_PREFLIGHT && topology->servers->len > 0)
        check_not_assessed(check, 0, "%s", site_unknown);
    return true;
}

bool roles_are_visible(Check *check)
{
    return !no_server_is_placed(check) &&
           !attribute_unread(check, check_census(check)->placed, CLASS_msExchExchangeServer,
                             ATTR_msExchCurrentServerRoles);
}

bool no_roles_read(Check *check)
{
    return attribute_unread(check, topology_count_servers(check_topology(check), server_is_modern),
                            CLASS_msExchExchangeServer, ATTR_msExchCurrentServerRoles);
}

bool sites_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);
    guint unseen;

    if (!roles_are_visible(check) ||
        attribute_unread(check, check_census(check)->placed, CLASS_msExchExchangeServer,
                         ATTR_msExchServerSite))
        return false;
    if (topology->sites->len == 0) {
        check_not_assessed(check, 0, "no site was read: export CN=Sites,CN=Configuration as well");
        return false;
    }
    unseen = check_census(check)->site_unseen;
    if (unseen > 0)
        check_not_assessed(check, unseen, "the site that the server names was not read");
    return true;
}

/* A list of sites that was cut off cannot show that a site is missing from it. */
static guint count_truncated_links(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->object.entry->truncated == ATTR_siteList)
            count++;
    return count;
}

bool links_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);
    guint roles_unseen;
    guint truncated;

    if (!sites_are_visible(check))
        return false;
    if (topology->site_links->len == 0) {
        check_not_assessed(check, 0,
                           "no site link was read: if the forest has any, export CN=Inter-Site "
                           "Transports,CN=Sites,CN=Configuration with all that lies below");
        return false;
    }
    if (attribute_unread(check, topology->site_links->len, CLASS_siteLink, ATTR_siteList))
        return false;
    roles_unseen = check_census(check)->roles_unseen;
    if (roles_unseen > 0)
        check_not_assessed(check, roles_unseen, "the roles of the server were not read");
    truncated = count_truncated_links(topology);
    if (truncated > 0)
        check_not_assessed(check, truncated, "siteList of the site link was read in part only");
    return truncated == 0;
}

bool connectors_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 && topology->connectors->len == 0)
        return false;
    return !connectors_unread(check);
}

/* --- connectors ----------------------------------------------------------------------------- */

bool bridgeheads_include(const Bridgehead *bridgeheads, guint count, const Server *server)
{
    for (guint i = 0; i < count; i++)
        if (bridgeheads[i].server == server)
            return true;
    return false;
}

bool connector_leads_out(const Connector *connector)
{
    return connector->kind != CONNECTOR_ROUTING_GROUP;
}

bool connector_joins_versions(const Connector *connector)
{
    return connector->kind == CONNECTOR_ROUTING_GROUP && connector->group != NULL &&
           connector->destination != NULL &&
           connector->group->official != connector->destination->official;
}

static bool is_unseen(const Topology *topology, const Bridgehead *bridgehead)
{
    return bridgehead_state(topology, bridgehead) == REFERENCE_UNSEEN;
}

bool connector_has_unseen_sender(const Topology *topology, const Connector *connector)
{
    if (connector->source_count == 0)
        return is_unseen(topology, &connector->home_mta);
    for (guint i = 0; i < connector->source_count; i++)
        if (is_unseen(topology, &connector->sources[i]))
            return true;
    return false;
}

char **connector_smart_hosts(const Connector *connector)
{
    return g_strsplit_set(connector->smart_host == NULL ? "" : connector->smart_host, ",; ", -1);
}

bool connector_serves_internet(const Connector *connector)
{
    for (guint i = 0; i < connector->space_count; i++)
        if (strcmp(connector->spaces[i].type, "SMTP") == 0 &&
            strcmp(connector->spaces[i].pattern, "*") == 0)
            return connector->kind == CONNECTOR_SMTP;
    return false;
}

void finding_cite_senders(Finding *finding, const Connector *connector)
{
    finding_cite(finding, &connector->object, ATTR_msExchSourceBridgeheadServersDN, NULL);
    if (connector->source_count == 0)
        finding_cite(finding, &connector->object, ATTR_homeMTA, NULL);
}

void finding_cite_roles(Finding *finding, const GPtrArray *servers, const char *expected)
{
    FOR_EACH(const Server, server, servers)
        finding_cite(finding, &server->object, ATTR_msExchCurrentServerRoles, expected);
}
