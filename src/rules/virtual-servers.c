/*
 * SEND, fifth part: SMTP virtual servers of Exchange 2000 and 2003. They have settings of their own
 * for where mail goes: a smart host that overrides routing, and a host for unresolved recipients.
 */
#include "rules/virtual-servers.h"

#include "rules/facts.h"
#include "rules/words.h"

/* --- SEND011 ------------------------------------------------------------------------------ */

static bool virtual_servers_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);
    guint legacy = topology_count_servers(topology, server_is_legacy);

    if (!versions_are_visible(check) || legacy == 0)
        return false;
    if (topology->virtual_servers->len > 0)
        return true;
    check_not_assessed(check, legacy,
                       "no SMTP virtual server was read: export what lies below CN=Protocols of "
                       "the servers");
    return false;
}

/* Whether a bridgehead value means the virtual server: it names it, or its server as a whole. */
static bool names_virtual_server(const Bridgehead *bridgeheads, guint count,
                                 const VirtualServer *virtual_server)
{
    for (guint i = 0; i < count; i++) {
        const Dn *dn = value_dn(bridgeheads[i].value);

        if (dn == virtual_server->object.entry->dn ||
            dn == virtual_server->server->object.entry->dn)
            return true;
    }
    return false;
}

/* A connector between the versions of which the virtual server is a bridgehead, or NULL. */
static const Connector *bridging_connector(const Topology *topology,
                                           const VirtualServer *virtual_server)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_joins_versions(connector) &&
            (names_virtual_server(connector->sources, connector->source_count, virtual_server) ||
             names_virtual_server(connector->targets, connector->target_count, virtual_server)))
            return connector;
    return NULL;
}

static void judge_smart_host(Check *check, const VirtualServer *virtual_server)
{
    const Connector *bridge = bridging_connector(check_topology(check), virtual_server);
    Finding *finding;

    finding = check_raise(
        check, bridge != NULL ? SEVERITY_ERROR : SEVERITY_WARNING, &virtual_server->object,
        "SMTP virtual server \"%s\" of \"%s\"%s sends everything to the smart "
        "host \"%s\"",
        virtual_server->object.name, virtual_server->server->object.name,
        bridge != NULL ? ", a bridgehead between the versions," : "", virtual_server->smart_host);
    finding_cite(finding, &virtual_server->object, ATTR_msExchSmtpSmartHost, "absent");
    finding_relate(finding, &virtual_server->server->object);
    if (bridge != NULL)
        finding_relate(finding, &bridge->object);
}

static void check_virtual_server_smart_host(Check *check)
{
    if (!virtual_servers_are_visible(check))
        return;
    FOR_EACH(const VirtualServer, virtual_server, check_topology(check)->virtual_servers)
        if (virtual_server->smart_host != NULL && virtual_server->smart_host[0] != '\0' &&
            virtual_server->server != NULL && server_is_legacy(virtual_server->server))
            judge_smart_host(check, virtual_server);
}

const Rule SEND011 = {
    .id = "SEND011",
    .slug = "smart-host-on-virtual-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A smart host is set on an SMTP virtual server",
    .condition = "msExchSmtpSmartHost is set on an SMTP virtual server (protocolCfgSMTPServer) of "
                 "an Exchange 2000 or 2003 server. An error when that virtual server is a "
                 "bridgehead of a routing group connector between the versions.",
    .why = "A smart host here overrides routing: the virtual server hands over everything that "
           "leaves the computer, mail for other Exchange servers of the organisation included.",
    .remedy = "Clear it in ESM (Servers, Protocols, SMTP, Default SMTP Virtual Server, Properties, "
              "Delivery, Advanced) and set the smart host on an SMTP connector instead.",
    .references = "Exchange Analyzer article on smart hosts of SMTP virtual servers (56103632)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_protocolCfgSMTPServer),
    .check = check_virtual_server_smart_host,
};

/* --- SEND012 ------------------------------------------------------------------------------ */

static GPtrArray *policies_with_foreign_domains(const Topology *topology)
{
    const GPtrArray *policies = directory_of_class(topology->directory,
                                                   CLASS_msExchRecipientPolicy);
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Entry, policy, policies)
        if (entry_has(policy, ATTR_msExchNonAuthoritativeDomains) &&
            dn_mangling(policy->dn) == MANGLED_NOT)
            g_ptr_array_add(found, policy);
    return found;
}

static void raise_forwarding(Check *check, const VirtualServer *virtual_server,
                             const GPtrArray *policies)
{
    g_autofree char *host = entry_text(virtual_server->object.entry, ATTR_msExchAlternateServer);
    bool one = policies->len == 1;
    Finding *finding;

    finding = check_raise(check, SEVERITY_WARNING, &virtual_server->object,
                          "SMTP virtual server \"%s\" of \"%s\" forwards unresolved recipients to "
                          "\"%s\" while %u recipient %s domains that are not authoritative",
                          virtual_server->object.name, virtual_server->server->object.name, host,
                          policies->len, one ? "policy has" : "policies have");
    finding_cite(finding, &virtual_server->object, ATTR_msExchAlternateServer, "absent");
    FOR_EACH(const Entry, policy, policies) {
        const Object object = {.entry = policy};

        finding_cite(finding, &object, ATTR_msExchNonAuthoritativeDomains, NULL);
        finding_relate(finding, &object);
    }
}

static void check_forwarding(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = policies_with_foreign_domains(topology);

    if (!virtual_servers_are_visible(check) || policies->len == 0)
        return;
    FOR_EACH(const VirtualServer, virtual_server, topology->virtual_servers)
        if (virtual_server->server != NULL &&
            entry_has(virtual_server->object.entry, ATTR_msExchAlternateServer))
            raise_forwarding(check, virtual_server, policies);
}

const Rule SEND012 = {
    .id = "SEND012",
    .slug = "unresolved-recipients-forwarded",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Unresolved recipients are forwarded, and domains are shared as well",
    .condition = "msExchAlternateServer is set on an SMTP virtual server while "
                 "msExchNonAuthoritativeDomains is set on a recipient policy.",
    .why = "Both are ways to share a domain with another mail system. Together they can hand a "
           "message for an unknown recipient back and forth until its hop count is used up.",
    .remedy = "Keep one of the two. To keep the shared domain, clear \"Forward all mail with "
              "unresolved recipients to host\" in ESM (SMTP virtual server, Properties, Messages); "
              "to keep the forwarding, make the domains authoritative in the recipient policy.",
    .references = "TechNet aa998268 (Exchange Analyzer)",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRecipientPolicy,
                   CLASS_protocolCfgSMTPServer),
    .check = check_forwarding,
};
