/*
 * SEND, fourth part: connectors that lead out for domains of which the organisation itself is the
 * last word, by its accepted domains or its recipient policies.
 */
#include "rules/own-domains.h"

#include "base/fold.h"
#include "rules/facts.h"
#include "rules/templates.h"
#include "rules/words.h"

#include <string.h>

static const Need own_space_needs[] = {{CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
                                       {CLASS_NONE, ATTR_NONE}};

enum { DOMAIN_TYPE_MASK = 3 };

/* Domains, folded, with the object that makes them ours (const Entry). */
typedef struct OwnDomains {
    GHashTable *authoritative;
    GHashTable *shared;
} OwnDomains;

static void add_domains(GHashTable *domains, Entry *entry, AttributeId attribute)
{
    guint count;
    const Value *values = entry_values(entry, attribute, &count);

    for (guint i = 0; i < count; i++) {
        char *domain = smtp_domain(&values[i]);

        if (domain != NULL)
            g_hash_table_insert(domains, domain, entry);
    }
}

/* The two low bits tell the type; 0 is authoritative. They are known from the field only. */
static void add_accepted_domains(Check *check, OwnDomains *own)
{
    const GPtrArray *accepted = directory_of_class(check_topology(check)->directory,
                                                   CLASS_msExchAcceptedDomain);
    int64_t flags;

    FOR_EACH(Entry, entry, accepted) {
        if (dn_mangling(entry->dn) != MANGLED_NOT)
            continue;
        if (!entry_integer(entry, ATTR_msExchAcceptedDomainFlags, &flags)) {
            check_not_assessed(check, 1, "the type of the accepted domain was not read");
            continue;
        }
        add_domains((flags & DOMAIN_TYPE_MASK) == 0 ? own->authoritative : own->shared, entry,
                    ATTR_msExchAcceptedDomainName);
    }
}

/* Exchange 2003 holds a domain of a recipient policy for its own unless the policy says not so. */
static void add_policy_domains(const Topology *topology, OwnDomains *own)
{
    const GPtrArray *policies = directory_of_class(topology->directory,
                                                   CLASS_msExchRecipientPolicy);

    if (!topology_has_server(topology, server_is_legacy))
        return;
    FOR_EACH(Entry, policy, policies) {
        if (dn_mangling(policy->dn) != MANGLED_NOT)
            continue;
        add_domains(own->authoritative, policy, ATTR_gatewayProxy);
        add_domains(own->shared, policy, ATTR_msExchNonAuthoritativeDomains);
    }
}

static void judge_own_domains(Check *check, const Connector *connector, const OwnDomains *own)
{
    g_autoptr(GPtrArray) spaces = g_ptr_array_new();
    g_autoptr(GPtrArray) entries = g_ptr_array_new();
    const AddressSpace *first;
    Finding *finding;

    for (guint i = 0; i < connector->space_count; i++) {
        AddressSpace *space = &connector->spaces[i];
        g_autofree char *domain = fold_string(space->pattern);
        Entry *entry = g_hash_table_lookup(own->authoritative, domain);

        if (entry == NULL || strcmp(space->type, "SMTP") != 0 ||
            g_hash_table_contains(own->shared, domain))
            continue;
        g_ptr_array_add(spaces, space);
        g_ptr_array_add(entries, entry);
    }
    if (spaces->len == 0)
        return;
    first = g_ptr_array_index(spaces, 0);
    finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                          "Connector \"%s\" serves %s%s, for which the organisation is "
                          "authoritative itself",
                          connector->object.name, first->pattern,
                          spaces->len > 1 ? " and other domains" : "");
    for (guint i = 0; i < spaces->len; i++) {
        const AddressSpace *space = g_ptr_array_index(spaces, i);
        const Object object = {.entry = g_ptr_array_index(entries, i)};

        finding_cite_value(finding, &connector->object, ATTR_routingList, space->value, NULL);
        finding_relate(finding, &object);
    }
}

static void check_own_domains(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable)
        authoritative = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    OwnDomains own = {authoritative, shared};

    connectors_are_visible(check); /* says so where not; what was read is judged all the same */
    add_accepted_domains(check, &own);
    add_policy_domains(topology, &own);
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_leads_out(connector))
            judge_own_domains(check, connector, &own);
}

const Rule SEND010 = {
    .id = "SEND010",
    .slug = "address-space-is-own-domain",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A connector serves a domain that is authoritative here",
    .condition =
        "A domain in routingList (not *) equals an accepted domain whose "
        "msExchAcceptedDomainFlags say authoritative (two low bits clear: unsure, they are "
        "not published) or, beside Exchange 2003, a domain in gatewayProxy of a recipient "
        "policy that is not in msExchNonAuthoritativeDomains.",
    .why = "For an authoritative domain an unknown recipient is a non-delivery report, never a "
           "reason to send on. The connector is then never used, and the users it was made for get "
           "no mail; or the domain was meant to be shared with another system and is not.",
    .remedy =
        "If another system has mailboxes in the domain: Set-AcceptedDomain -Identity <domain> "
        "-DomainType InternalRelay, and on Exchange 2003 clear \"This Exchange Organization is "
        "responsible for all mail delivery to this address\" in the recipient policy. "
        "Otherwise take the domain off the connector.",
    .references = "TechNet ff354977, ff406202 (shared address spaces)",
    .needs = own_space_needs,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchRecipientPolicy, CLASS_msExchConnector),
    .check = check_own_domains,
};
