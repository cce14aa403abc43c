/* POL, the part about LDAP filters: those of recipient policies and address lists. */
#include "rules/pol.h"

#include "rules/entries.h"

#include <string.h>

/* --- POL008 ------------------------------------------------------------------------------- */

static bool has_legacy_filter(const Entry *entry)
{
    if (!entry_has(entry, ATTR_purportedSearch))
        return false;
    return !entry_has(entry, ATTR_msExchVersion) ||
           (!entry_has(entry, ATTR_msExchQueryFilter) &&
            !entry_has(entry, ATTR_msExchRecipientFilterFlags));
}

static void judge_filters(Check *check, ClassId class_id, const char *what, const char *cmdlet)
{
    g_autoptr(GPtrArray) entries = living_entries(check_topology(check), class_id);

    FOR_EACH(const Entry, entry, entries) {
        Object object = entry_object(entry);
        Finding *finding;

        if (!has_legacy_filter(entry))
            continue;
        finding = check_raise(check, SEVERITY_INFO, &object,
                              "%s \"%s\" still has the LDAP filter of Exchange 2003 alone", what,
                              object.name);
        finding_cite(finding, &object, ATTR_purportedSearch, NULL);
        finding_cite(finding, &object, ATTR_msExchQueryFilter, "the same filter in OPATH");
        finding_cite(finding, &object, ATTR_msExchVersion, "present");
        finding_advise(finding,
                       "Upgrade it in the Exchange Management Shell: %s -Identity \"%s\" "
                       "-IncludedRecipients AllRecipients for a standard one; -RecipientFilter "
                       "with the filter rewritten for a custom one.",
                       cmdlet, object.name);
    }
}

static void check_filters(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!topology_has_server(topology, server_is_modern))
        return;
    if (directory_seen(topology->directory, CLASS_msExchExchangeServer, ATTR_msExchVersion) == 0 &&
        directory_seen(topology->directory, CLASS_msExchRecipientPolicy, ATTR_msExchVersion) == 0) {
        check_not_assessed(check, 0, "msExchVersion was read on no server and no recipient policy");
        return;
    }
    judge_filters(check, CLASS_msExchRecipientPolicy, "Recipient policy", "Set-EmailAddressPolicy");
    judge_filters(check, CLASS_addressBookContainer, "Address list", "Set-AddressList");
}

static const Need filters[] = {{CLASS_msExchRecipientPolicy, ATTR_purportedSearch},
                               {CLASS_addressBookContainer, ATTR_purportedSearch},
                               {CLASS_NONE, ATTR_NONE}};

const Rule POL008 = {
    .id = "POL008",
    .slug = "legacy-recipient-filter",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A recipient policy or address list has the LDAP filter of Exchange 2003 alone",
    .condition = "Servers of version 8 or later exist, and a recipient policy or address list has "
                 "purportedSearch, but no msExchVersion, or neither msExchQueryFilter nor "
                 "msExchRecipientFilterFlags. Unsure: which attributes an upgrade writes is known "
                 "from the field.",
    .why = "It works as before, but the tools of Exchange 2007 and later cannot change it, and "
           "those of Exchange 2003 will be gone with its last server.",
    .remedy = "Upgrade it in the Exchange Management Shell: Set-EmailAddressPolicy, "
              "Set-AddressList or Set-GlobalAddressList, with -IncludedRecipients or "
              "-RecipientFilter.",
    .references = "TechNet bb125223 (message routing in coexistence); Exchange 2007 help: "
                  "Set-EmailAddressPolicy, Set-AddressList",
    .needs = filters,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_addressBookContainer),
    .check = check_filters,
};

/* --- POL009 ------------------------------------------------------------------------------- */

static bool filters_by_address(const Entry *list)
{
    g_autofree char *filter = entry_text(list, ATTR_purportedSearch);
    g_autofree char *lower = filter == NULL ? NULL : g_ascii_strdown(filter, -1);

    return lower != NULL && strstr(lower, "proxyaddresses=*") != NULL;
}

static bool runs_update_service(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

static void check_address_filters(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) lists = living_entries(topology, CLASS_addressBookContainer);

    if (!topology_has_server(topology, runs_update_service))
        return;
    FOR_EACH(const Entry, list, lists) {
        Object object = entry_object(list);

        if (filters_by_address(list))
            finding_cite(check_raise(check, SEVERITY_WARNING, &object,
                                     "Address list \"%s\" asks for proxyAddresses=*, by which "
                                     "recipients may be left out of it",
                                     object.name),
                         &object, ATTR_purportedSearch, "a filter without proxyAddresses");
    }
}

static const Need list_filters[] = {{CLASS_addressBookContainer, ATTR_purportedSearch},
                                    {CLASS_NONE, ATTR_NONE}};

const Rule POL009 = {
    .id = "POL009",
    .slug = "address-list-by-address",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An address list asks for recipients that have an address already",
    .condition = "purportedSearch of an addressBookContainer holds proxyAddresses=*, and Exchange "
                 "2000 or 2003 servers exist.",
    .why = "The Recipient Update Service makes addresses and list membership in one run. A user "
           "without an address yet does not fit the filter, and stays out of the list until "
           "something changes the user again.",
    .remedy = "Ask for another attribute, as the lists that setup makes do: (mailNickname=*).",
    .references = "Exchange Analyzer article on proxyAddresses in address lists (dfd57dd5)",
    .needs = list_filters,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_addressBookContainer),
    .check = check_address_filters,
};
