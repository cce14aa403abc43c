/*
 * NXT, the part about what would trouble the setup of a later version beside the versions of the
 * others: domain controllers, residue of 2000/2003, permissions, system mailboxes.
 */
#include "rules/nxt.h"

#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/words.h"

/* --- NXT007 ------------------------------------------------------------------------------- */

static bool has_writable_catalog(const Site *site)
{
    FOR_EACH(const DomainController, controller, site->controllers)
        if (controller->global_catalog && !controller->read_only)
            return true;
    return false;
}

static void check_catalogs_everywhere(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) sites = sites_with(topology, server_is_placed);
    g_autoptr(GPtrArray) bare = g_ptr_array_new();
    g_autofree char *names = NULL;
    Finding *finding;

    if (!sites_are_visible(check))
        return;
    if (topology->controllers->len == 0) {
        check_not_assessed(check, 0, "no domain controller was read (SITE011)");
        return;
    }
    FOR_EACH(Site, site, sites)
        if (!has_writable_catalog(site))
            g_ptr_array_add(bare, site);
    if (bare->len == 0)
        return;
    names = names_of(bare);
    finding = check_raise(check, SEVERITY_ERROR, organization_object(topology),
                          "Sites with Exchange servers have no writable global catalog: %s", names);
    FOR_EACH(const Site, site, bare)
        finding_cite_object(finding, &site->object);
}

static const Need catalog_needs[] = {
    {CLASS_nTDSDSA, ATTR_options},
    {CLASS_msExchExchangeServer, ATTR_serialNumber},
    {CLASS_NONE, ATTR_NONE},
};

const Rule NXT007 = {
    .id = "NXT007",
    .slug = "sites-fit-for-next-version",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Setup of newer versions would stop at sites without a writable global catalog",
    .condition = "A site with servers of 2007 or later has no writable domain controller with bit "
                 "0x1 of options. One finding for all such sites; each is judged by itself by "
                 "SITE011 and SITE018.",
    .why = "From Exchange 2010 on a writable global catalog in every Exchange site is required, "
           "where Exchange 2007 was content with one elsewhere.",
    .remedy = "Place a writable global catalog in each, or move the Exchange servers out of them.",
    .references = "Exchange system requirements on directory servers",
    .needs = catalog_needs,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_nTDSDSA),
    .check = check_catalogs_everywhere,
};

/* --- NXT008 ------------------------------------------------------------------------------- */

static bool is_empty_container(const AdminGroup *group)
{
    return !group->official && group->servers->len == 0 && group->servers_container != NULL;
}

static guint count_empty_containers(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (is_empty_container(group))
            count++;
    return count;
}

static guint count_group_connectors(const Topology *topology)
{
    guint count = 0;

    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP)
            count++;
    return count;
}

static guint count_update_services(const Topology *topology)
{
    g_autoptr(GPtrArray) services = living_entries(topology, CLASS_msExchAddressListService);

    return services->len;
}

static void check_residue(Check *check)
{
    const Topology *topology = check_topology(check);
    guint containers = count_empty_containers(topology);
    guint connectors = count_group_connectors(topology);
    guint services = count_update_services(topology);
    g_autofree char *container_words = count_of(containers, "empty Servers container");
    g_autofree char *connector_words = count_of(connectors, "routing group connector");
    g_autofree char *service_words = count_of(services, "Recipient Update Service");
    Finding *finding;

    if (topology->organization == NULL || topology_has_server(topology, server_is_legacy) ||
        (containers == 0 && connectors == 0 && services == 0))
        return;
    finding = check_raise(check, SEVERITY_WARNING, organization_object(topology),
                          "Residue of Exchange 2000/2003 is left: %s, %s, %s", container_words,
                          connector_words, service_words);
    finding_cite_object(finding, organization_object(topology));
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (is_empty_container(group))
            finding_cite_entry(finding, group->servers_container);
}

const Rule NXT008 = {
    .id = "NXT008",
    .slug = "residue-for-next-version",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Residue of Exchange 2000/2003 would trouble newer versions",
    .condition = "No server older than 2007 is left, but empty Servers containers, routing group "
                 "connectors or Recipient Update Services of that time are. A summary: each is "
                 "judged by itself (AG005, PF005, POL006, POL008, RES001 to RES008, RUS007).",
    .why = "Setup and services of newer versions read all of it. What was harmless beside Exchange "
           "2003 stops public folder replication, address lists or an upgrade.",
    .remedy = "Clear it away in the order of those rules, before the next version is prepared.",
    .references = "Exchange Team Blog, 5 May 2010, on empty legacy administrative groups; TechNet "
                  "bb288905",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchAdminGroup,
                   CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_residue,
};

/* --- NXT009, NXT010 ----------------------------------------------------------------------- */

static void check_split_permissions(Check *check)
{
    if (check_topology(check)->organization != NULL)
        check_not_assessed(check, 0,
                           "to be verified by hand: whether Active Directory split permissions are "
                           "in force, which forbid Exchange on a domain controller; security "
                           "descriptors are not read");
}

const Rule NXT009 = {
    .id = "NXT009",
    .slug = "split-permissions",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_BY_HAND,
    .title = "Whether split permissions stand against a setup on a domain controller",
    .condition = "Never raised: split permissions are written in security descriptors, which are "
                 "not read, and the computer for the next server is not in the directory.",
    .why = "Under Active Directory split permissions setup refuses a domain controller as target.",
    .remedy = "Install on a member server.",
    .references = "Setup readiness check InstallOnDCInADSplitPermissionMode",
    .check = check_split_permissions,
};

/* msExchRecipientTypeDetails of mailboxes that Exchange makes for itself. */
enum { DETAILS_ARBITRATION = 0x800000, DETAILS_DISCOVERY = 0x20000000 };

static bool is_system_mailbox(const Entry *user)
{
    int64_t details;

    return entry_integer(user, ATTR_msExchRecipientTypeDetails, &details) &&
           (details == DETAILS_ARBITRATION || details == DETAILS_DISCOVERY);
}

static void judge_system_mailbox(Check *check, const Entry *user)
{
    Object object = entry_object(user);
    const Value *database = entry_value(user, ATTR_homeMDB);
    ReferenceState state = reference_state(check_topology(check)->directory, database);

    if (state == REFERENCE_ABSENT || reference_dangles(state))
        finding_cite(check_raise(check, SEVERITY_ERROR, &object,
                                 "The database of system mailbox \"%s\" %s", object.name,
                                 reference_state_text(state)),
                     &object, ATTR_homeMDB, "the name of a living mailbox database");
    else if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the database that homeMDB names was not read");
    if (!entry_has(user, ATTR_msExchHomeServerName))
        finding_cite(check_raise(check, SEVERITY_ERROR, &object,
                                 "System mailbox \"%s\" names no server", object.name),
                     &object, ATTR_msExchHomeServerName, "the legacyExchangeDN of its server");
}

static void check_system_mailboxes(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) users = living_entries(topology, CLASS_user);

    if (topology->organization == NULL)
        return;
    report_domains_unread(check);
    FOR_EACH(const Entry, user, users)
        if (is_system_mailbox(user))
            judge_system_mailbox(check, user);
}

const Rule NXT010 = {
    .id = "NXT010",
    .slug = "system-mailbox-homeless",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "A system mailbox has no database or server",
    .condition =
        "homeMDB of an arbitration or discovery mailbox (msExchRecipientTypeDetails 8388608 "
        "or 536870912) is absent or leads to no living object, or it has no "
        "msExchHomeServerName.",
    .why =
        "Moderation, searches, audit logs and setup itself work through these mailboxes. Setup of "
        "updates and newer versions stops on one without a home; mostly its database was "
        "removed with an old server.",
    .remedy =
        "Set-Mailbox -Arbitration -Identity <mailbox> -Database <database>; where it does not "
        "work, disable the mailbox and run setup /PrepareAD, then enable it again.",
    .references = "CSS-Exchange, Test-ValidMailboxProperties",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer, CLASS_person),
    .check = check_system_mailboxes,
};
