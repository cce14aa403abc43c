/* What a connector is good for, and which servers carry mail: the facts that all searches share. */
#include "routing/connections.h"

/* --- the ends of a connector -------------------------------------------------------------- */

/* To the outside, Edge servers send as well, and so may older servers, about which nothing is
 * published. What was not read of a server speaks for it. */
static bool moves_mail(const Server *server, const RoutingGroup *group, bool outwards)
{
    if (server_version_unseen(server))
        return true;
    if (server_is_modern(server))
        return !server->roles.present || server_carries_mail(server) ||
               (outwards && server_is_edge(server));
    return outwards || group == NULL || !group->official;
}

static GPtrArray *movers_of(GPtrArray *servers, const RoutingGroup *group, bool outwards)
{
    for (guint i = servers->len; i-- > 0;)
        if (!moves_mail(servers->pdata[i], group, outwards))
            g_ptr_array_remove_index(servers, i);
    return servers;
}

GPtrArray *connector_senders(const Connector *connector)
{
    return movers_of(connector_source_servers(connector), connector->group,
                     !connector_joins_groups(connector));
}

GPtrArray *connector_takers(const Connector *connector)
{
    return movers_of(connector_target_servers(connector), connector->destination, false);
}

/* One that was not read may well live. */
static bool any_is_unknown(const Topology *topology, const Bridgehead *bridgeheads, guint count)
{
    for (guint i = 0; i < count; i++)
        if (bridgeheads[i].server == NULL &&
            !reference_dangles(bridgehead_state(topology, &bridgeheads[i])))
            return true;
    return false;
}

static ConnectorFlaw source_flaw(const Topology *topology, const Connector *connector)
{
    g_autoptr(GPtrArray) named = connector_source_servers(connector);
    g_autoptr(GPtrArray) senders = connector_senders(connector);

    if (senders->len > 0 || any_is_unknown(topology, connector->sources, connector->source_count))
        return CONNECTOR_SOUND;
    return named->len > 0 ? CONNECTOR_WITHOUT_HUB : CONNECTOR_WITHOUT_SOURCE;
}

static ConnectorFlaw target_flaw(const Topology *topology, const Connector *connector)
{
    g_autoptr(GPtrArray) named = connector_target_servers(connector);
    g_autoptr(GPtrArray) takers = connector_takers(connector);

    if (takers->len > 0 || any_is_unknown(topology, connector->targets, connector->target_count))
        return CONNECTOR_SOUND;
    return named->len > 0 ? CONNECTOR_TO_NO_HUB : CONNECTOR_WITHOUT_TARGET;
}

/* --- what keeps a connector from its work ------------------------------------------------- */

bool connector_joins_groups(const Connector *connector)
{
    if (connector->kind == CONNECTOR_ROUTING_GROUP)
        return true;
    return (connector->kind == CONNECTOR_SMTP || connector->kind == CONNECTOR_X400) &&
           connector->connected_groups->len > 0;
}

/* MSExchangeTransport event 5028: only a routing group connector may touch the group of 2007. One
 * that names legacy groups as well is still good for those. */
static ConnectorFlaw connected_groups_flaw(const Connector *connector)
{
    if (connector->group->official)
        return CONNECTOR_TOUCHES_MODERN;
    FOR_EACH(const RoutingGroup, group, connector->connected_groups)
        if (!group->official)
            return CONNECTOR_SOUND;
    return CONNECTOR_TOUCHES_MODERN;
}

ConnectorFlaw connector_space_flaw(const Topology *topology, const Connector *connector)
{
    if (connector->group == NULL)
        return CONNECTOR_WITHOUT_GROUP;
    if (!connector_is_enabled(connector))
        return CONNECTOR_DISABLED;
    return source_flaw(topology, connector);
}

ConnectorFlaw connector_link_flaw(const Topology *topology, const Connector *connector)
{
    ConnectorFlaw flaw = connector_space_flaw(topology, connector);

    if (flaw != CONNECTOR_SOUND)
        return flaw;
    if (connector->kind != CONNECTOR_ROUTING_GROUP)
        return connected_groups_flaw(connector);
    return connector->destination == NULL ? CONNECTOR_WITHOUT_GROUP
                                          : target_flaw(topology, connector);
}

const char *connector_flaw_text(ConnectorFlaw flaw)
{
    static const char *const texts[] = {
        [CONNECTOR_SOUND] = "is sound",
        [CONNECTOR_DISABLED] = "is disabled",
        [CONNECTOR_WITHOUT_SOURCE] = "has no source server (event 5014)",
        [CONNECTOR_WITHOUT_HUB] =
            "names no source server that is a Hub Transport server (event 5016)",
        [CONNECTOR_TO_NO_HUB] = "names no target server that is a Hub Transport server",
        [CONNECTOR_WITHOUT_TARGET] = "has no target server",
        [CONNECTOR_WITHOUT_GROUP] = "has no routing group at one of its ends",
        [CONNECTOR_TOUCHES_MODERN] =
            "is no routing group connector, but has the Exchange 2007 group at an end (event 5028)",
    };

    return texts[flaw];
}

guint connector_flaw_event(ConnectorFlaw flaw)
{
    static const guint events[] = {
        [CONNECTOR_WITHOUT_SOURCE] = 5014,
        [CONNECTOR_WITHOUT_HUB] = 5016,
        [CONNECTOR_TOUCHES_MODERN] = 5028,
    };

    return events[flaw];
}

AttributeId connector_restriction(const Connector *connector)
{
    static const AttributeId attributes[] = {
        ATTR_authOrig,
        ATTR_unauthOrig,
        ATTR_dLMemSubmitPerms,
        ATTR_dLMemRejectPerms,
        ATTR_msExchRoutingDisallowPriority,
    };
    enum { SCHEDULED = 1 };

    if (connector->activation.present && connector->activation.value == SCHEDULED)
        return ATTR_activationStyle;
    for (guint i = 0; i < G_N_ELEMENTS(attributes); i++)
        if (entry_has(connector->object.entry, attributes[i]))
            return attributes[i];
    return ATTR_NONE;
}

bool connector_is_too_small(const Connector *connector, guint64 bytes)
{
    enum { KIB = 1024 };

    return connector->size_limit.present && connector->size_limit.value > 0 &&
           bytes > (guint64)connector->size_limit.value * KIB;
}

bool server_carries_mail(const Server *server)
{
    if (server_is_hub(server))
        return true;
    return server->version.family >= FAMILY_2013 && server_has_role(server, ROLE_MAILBOX) &&
           !server_is_edge(server);
}

bool site_carries_mail(const Site *site)
{
    FOR_EACH(const Server, server, site->servers)
        if (server_carries_mail(server))
            return true;
    return false;
}
