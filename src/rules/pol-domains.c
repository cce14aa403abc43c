/*
 * POL, second part: the mail domains that recipient policies make addresses in, against the names
 * of servers, the accepted domains of Exchange 2007, and the ways out of the organisation.
 */
#include "rules/pol.h"

#include "base/fold.h"
#include "routing/address-space.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/templates.h"

#include <string.h>

static GPtrArray *policies_of(const Topology *topology)
{
    return living_entries(topology, CLASS_msExchRecipientPolicy);
}

/* --- POL005 ------------------------------------------------------------------------------- */

/* The mail domains of a policy as keys that no server bears yet. */
static void note_domains(GHashTable *domains, const Entry *policy)
{
    guint count;
    const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

    for (guint i = 0; i < count; i++) {
        char *domain = smtp_domain(&values[i]);

        if (domain != NULL)
            g_hash_table_insert(domains, domain, NULL);
    }
}

/* Fills in the servers that are called like one of the domains, which are few where servers may be
 * many. Returns how many servers have no name that was read. */
static guint find_servers(GHashTable *domains, const Topology *topology)
{
    guint nameless = 0;

    FOR_EACH(Server, server, topology->servers) {
        gpointer domain;

        if (server->fqdn == NULL)
            nameless++;
        else if (g_hash_table_lookup_extended(domains, server->fqdn, &domain, NULL))
            g_hash_table_insert(domains, g_strdup(domain), server);
    }
    return nameless;
}

static void raise_server_domain(Check *check, const Object *policy, const Value *value,
                                const Server *server)
{
    Finding *finding = check_raise(check, SEVERITY_ERROR, policy,
                                   "Recipient policy \"%s\" makes addresses in \"%s\", which is "
                                   "the DNS name of server \"%s\"",
                                   policy->name, server->fqdn, server->object.name);

    finding_cite_value(finding, policy, ATTR_gatewayProxy, value, "the domain of no server");
    finding_cite(finding, &server->object, ATTR_networkAddress, NULL);
    finding_relate(finding, &server->object);
}

static void judge_policy_names(Check *check, const Entry *policy, GHashTable *servers)
{
    Object object = entry_object(policy);
    guint count;
    const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *domain = smtp_domain(&values[i]);
        const Server *server = domain == NULL ? NULL : g_hash_table_lookup(servers, domain);

        if (server != NULL)
            raise_server_domain(check, &object, &values[i], server);
    }
}

static void check_server_domains(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = policies_of(topology);
    g_autoptr(GHashTable) servers = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);
    guint nameless;

    if (policies->len == 0)
        return;
    FOR_EACH(const Entry, policy, policies)
        note_domains(servers, policy);
    nameless = find_servers(servers, topology);
    if (nameless > 0)
        check_not_assessed(check, nameless,
                           "the DNS name of the server (networkAddress) was not "
                           "read");
    FOR_EACH(const Entry, policy, policies)
        judge_policy_names(check, policy, servers);
}

static const Need address_needs[] = {{CLASS_msExchRecipientPolicy, ATTR_gatewayProxy},
                                     {CLASS_NONE, ATTR_NONE}};

const Rule POL005 = {
    .id = "POL005",
    .slug = "policy-domain-is-server-name",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A recipient policy makes addresses in a domain that is a server's name",
    .condition = "The domain of an SMTP value of gatewayProxy equals the DNS name in the "
                 "ncacn_ip_tcp value of networkAddress of an Exchange server. Compare the names of "
                 "servers that are yet to come by hand.",
    .why = "A server takes mail for its own name as addressed to itself. Mail for the domain then "
           "stays on one server instead of reaching the recipients' mailboxes, and setup of "
           "Exchange 2007 stops.",
    .remedy = "Give the policy another domain (ESM, Recipients, Recipient Policies, E-Mail "
              "Addresses (Policy)), or the server another name before Exchange is installed on it.",
    .references = "Setup readiness check ServerFQDNMatchesSMTPPolicy",
    .needs = address_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRecipientPolicy),
    .check = check_server_domains,
};

/* --- POL007 ------------------------------------------------------------------------------- */

/* Bit 4 of msExchAcceptedDomainFlags marks the default one; it is known from the field only. */
enum { ACCEPTED_DEFAULT = 4 };

/* The policy for everybody that no other one applies to. */
enum { LOWEST_ORDER = G_MAXINT32 };

/* Accepted domains by folded name (const Entry). */
static GHashTable *accepted_domains(const Topology *topology)
{
    g_autoptr(GPtrArray) entries = living_entries(topology, CLASS_msExchAcceptedDomain);
    GHashTable *domains = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    FOR_EACH(Entry, entry, entries) {
        char *domain = smtp_domain(entry_value(entry, ATTR_msExchAcceptedDomainName));

        if (domain != NULL)
            g_hash_table_insert(domains, domain, entry);
    }
    return domains;
}

/* Accepted by name, by "*.parent", or by "*". */
static bool is_accepted(GHashTable *accepted, const char *domain)
{
    enum { LONGEST = 255 }; /* no DNS name is longer */

    if (g_hash_table_contains(accepted, domain) || g_hash_table_contains(accepted, "*"))
        return true;
    if (strlen(domain) > LONGEST)
        return false;
    for (const char *at = domain; at != NULL; at = strchr(at, '.')) {
        g_autofree char *wildcard = NULL;

        at += *at == '.';
        wildcard = g_strconcat("*.", at, NULL);
        if (g_hash_table_contains(accepted, wildcard))
            return true;
    }
    return false;
}

static void judge_accepted(Check *check, const Entry *policy, GHashTable *accepted)
{
    Object object = entry_object(policy);
    Finding *finding = NULL;
    guint count;
    const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *domain = smtp_domain(&values[i]);

        if (domain == NULL || is_accepted(accepted, domain))
            continue;
        if (finding == NULL)
            finding = check_raise(check, SEVERITY_WARNING, &object,
                                  "Recipient policy \"%s\" makes addresses in \"%s\", which is no "
                                  "accepted domain",
                                  object.name, domain);
        finding_cite_value(finding, &object, ATTR_gatewayProxy, &values[i], "an accepted domain");
    }
}

/* The only accepted domain marked as default, or NULL. */
static const Entry *default_domain(const Topology *topology)
{
    g_autoptr(GPtrArray) entries = living_entries(topology, CLASS_msExchAcceptedDomain);
    const Entry *found = NULL;

    FOR_EACH(const Entry, entry, entries) {
        int64_t flags;

        if (!entry_integer(entry, ATTR_msExchAcceptedDomainFlags, &flags) ||
            (flags & ACCEPTED_DEFAULT) == 0)
            continue;
        if (found != NULL)
            return NULL;
        found = entry;
    }
    return found;
}

static const Value *primary_smtp(const Entry *policy)
{
    guint count;
    const Value *values = entry_values(policy, ATTR_gatewayProxy, &count);

    for (guint i = 0; i < count; i++) {
        g_auto(Template) template = {0};

        if (template_parse(&values[i], &template) && template.primary &&
            template_is_smtp(&template))
            return &values[i];
    }
    return NULL;
}

static void judge_default(Check *check, const Entry *policy, const Entry *accepted)
{
    const Value *primary = primary_smtp(policy);
    g_autofree char *domain = smtp_domain(primary);
    g_autofree char *wanted = smtp_domain(entry_value(accepted, ATTR_msExchAcceptedDomainName));
    Object object = entry_object(policy);
    Object other = entry_object(accepted);
    Finding *finding;

    if (domain == NULL || wanted == NULL || strcmp(domain, wanted) == 0)
        return;
    finding = check_raise(check, SEVERITY_WARNING, &object,
                          "The default policy \"%s\" makes primary addresses in \"%s\", but the "
                          "default accepted domain seems to be \"%s\"",
                          object.name, domain, wanted);
    finding_cite_value(finding, &object, ATTR_gatewayProxy, primary, wanted);
    finding_cite(finding, &other, ATTR_msExchAcceptedDomainFlags, NULL);
    finding_relate(finding, &other);
}

static void check_accepted_domains(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) policies = policies_of(topology);
    g_autoptr(GHashTable) accepted = accepted_domains(topology);
    const Entry *standard = default_domain(topology);

    if (g_hash_table_size(accepted) == 0)
        return;
    FOR_EACH(const Entry, policy, policies) {
        int64_t order;

        judge_accepted(check, policy, accepted);
        if (!entry_integer(policy, ATTR_msExchPolicyOrder, &order) || order != LOWEST_ORDER)
            continue;
        if (standard != NULL)
            judge_default(check, policy, standard);
        else
            check_not_assessed(check, 1, "which accepted domain is the default was not read");
    }
}

static const Need accepted_needs[] = {{CLASS_msExchAcceptedDomain, ATTR_msExchAcceptedDomainName},
                                      {CLASS_msExchRecipientPolicy, ATTR_gatewayProxy},
                                      {CLASS_NONE, ATTR_NONE}};

const Rule POL007 = {
    .id = "POL007",
    .slug = "policy-domain-not-accepted",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A recipient policy makes addresses in a domain that is not accepted",
    .condition =
        "Accepted domains exist (msExchAcceptedDomain), and the domain of an SMTP value of "
        "gatewayProxy is none of them, by msExchAcceptedDomainName or a wildcard in it. Or the "
        "primary one of the default policy (msExchPolicyOrder 2147483647) is not the default "
        "accepted domain (bit 4 of msExchAcceptedDomainFlags: unsure, it is not published).",
    .why = "Exchange 2003 accepts mail for the domains of its policies, Exchange 2007 for accepted "
           "domains. Mail to such an address is refused as relaying when it arrives at a hub.",
    .remedy = "Accept the domain: New-AcceptedDomain -Name <name> -DomainName <domain> -DomainType "
              "Authoritative. Or take it out of the policy when nobody has addresses there. "
              "Another default: Set-AcceptedDomain -Identity <name> -MakeDefault $true.",
    .references = "Exchange Analyzer articles on policy domains (d97e0751, 51e81497); TechNet "
                  "ff354977",
    .needs = accepted_needs,
    .reads = READS(CLASS_msExchRecipientPolicy),
    .check = check_accepted_domains,
};

/* --- POL010 ------------------------------------------------------------------------------- */

static bool connector_covers(const Connector *connector, const Address *address)
{
    guint specificity;

    if (connector->kind != CONNECTOR_SMTP || !connector_is_enabled(connector))
        return false;
    for (guint i = 0; i < connector->space_count; i++)
        if (address_space_covers(&connector->spaces[i], address, &specificity))
            return true;
    return false;
}

static bool has_way_out(const Topology *topology, const char *domain)
{
    g_autofree char *text = g_strconcat("SMTP:postmaster@", domain, NULL);
    g_autoptr(Address) address = address_parse(text, NULL);

    if (address == NULL)
        return false;
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_covers(connector, address))
            return true;
    return false;
}

static void judge_shared_domains(Check *check, const Entry *policy)
{
    Object object = entry_object(policy);
    guint count;
    const Value *values = entry_values(policy, ATTR_msExchNonAuthoritativeDomains, &count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *domain = smtp_domain(&values[i]);

        if (domain == NULL || has_way_out(check_topology(check), domain))
            continue;
        finding_cite_value(check_raise(check, SEVERITY_WARNING, &object,
                                       "Recipient policy \"%s\" shares the domain \"%s\" with "
                                       "another system, but no SMTP connector leads there",
                                       object.name, domain),
                           &object, ATTR_msExchNonAuthoritativeDomains, &values[i], NULL);
    }
}

static void check_shared_domains(Check *check)
{
    g_autoptr(GPtrArray) policies = policies_of(check_topology(check));
    guint sharing = 0;

    FOR_EACH(const Entry, policy, policies)
        sharing += entry_has(policy, ATTR_msExchNonAuthoritativeDomains);
    if (sharing == 0 || !connectors_are_visible(check))
        return;
    FOR_EACH(const Entry, policy, policies)
        judge_shared_domains(check, policy);
}

static const Need sharing_needs[] = {{CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
                                     {CLASS_NONE, ATTR_NONE}};

const Rule POL010 = {
    .id = "POL010",
    .slug = "shared-domain-without-route",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A shared mail domain has no way to the other system",
    .condition = "A domain in msExchNonAuthoritativeDomains of a recipient policy is covered by no "
                 "address space (routingList) of an enabled SMTP or Send connector, \"*\" "
                 "included.",
    .why = "In such a domain Exchange knows some of the recipients and hands mail for the others "
           "on. Without a connector it has nowhere to hand it to, and the mail is returned.",
    .remedy = "Make a connector for the domain to the other system: an SMTP connector in ESM with "
              "the address space and a smart host, or New-SendConnector -AddressSpaces <domain> "
              "-SmartHosts <host>.",
    .references = "KB 285855; TechNet ff354977, ff406202 (shared address spaces)",
    .needs = sharing_needs,
    .reads = READS(CLASS_msExchRecipientPolicy),
    .misses = MISSES(CLASS_msExchConnector),
    .check = check_shared_domains,
};
