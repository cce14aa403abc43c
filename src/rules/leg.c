/*
 * LEG: components of Exchange 5.5, 2000 and 2003 that Exchange 2007 does not know. Each is found by
 * the class of its objects; containers that setup makes whether or not a component is used prove
 * nothing and are left out. Connectors are in leg-connectors.c.
 */
#include "rules/leg.h"

#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/words.h"

/* --- what all of them share --------------------------------------------------------------- */

/* A word where objects below CN=Microsoft Exchange could not be seen, were there more than those
 * that were. None where there is no organisation: ORG004 says that. */
static void report_exchange_unseen(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->organization != NULL &&
        directory_of_class(topology->directory, CLASS_msExchConfigurationContainer)->len == 0)
        check_not_assessed(check, 0, "CN=Microsoft Exchange,CN=Services was not read");
}

Severity component_severity(const Check *check)
{
    return check_scenario(check) == SCENARIO_LAST ? SEVERITY_ERROR : SEVERITY_WARNING;
}

/* The server an object depends on: the one it lies below, else that of its home MTA; or NULL. */
static const Server *host_of(const Topology *topology, const Entry *entry)
{
    const Server *server = topology_server(topology, entry->dn);

    if (server != NULL)
        return server;
    return topology_server(topology, value_dn(entry_value(entry, ATTR_homeMTA)));
}

Finding *raise_component(Check *check, Severity severity, const Entry *entry, const char *what)
{
    Object object = entry_object(entry);
    const Server *host = host_of(check_topology(check), entry);
    Finding *finding = check_raise(check, severity, &object, "%s \"%s\"%s%s%s exists", what,
                                   object.name, host == NULL ? "" : " on \"",
                                   host == NULL ? "" : host->object.name, host == NULL ? "" : "\"");

    finding_cite_entry(finding, entry);
    finding_cite(finding, &object, ATTR_whenChanged, NULL);
    if (host != NULL)
        finding_relate(finding, &host->object);
    return finding;
}

void raise_components(Check *check, Severity severity, ClassId class_id, const char *what)
{
    g_autoptr(GPtrArray) found = living_entries(check_topology(check), class_id);

    FOR_EACH(const Entry, entry, found)
        raise_component(check, severity, entry, what);
}

/* One finding for the users who still carry a component's attribute, and a word on those who could
 * not be seen. */
static void raise_users(Check *check, AttributeId attribute, const char *what)
{
    const Topology *topology = check_topology(check);
    g_autofree char *count = NULL;
    guint users = 0;
    Finding *finding;

    FOR_EACH(const Entry, entry, directory_of_class(topology->directory, CLASS_user))
        users += entry_has(entry, attribute);
    count = count_of(users, "user");

    report_domains_unread(check);
    if (users == 0)
        return;
    finding = check_raise(check, component_severity(check), organization_object(topology),
                          "%s still %s the attribute of %s, %s", count,
                          users == 1 ? "carries" : "carry", what, attribute_table[attribute].name);
    finding_cite_object(finding, organization_object(topology));
}

/* --- LEG001, LEG002, LEG015: what joined Exchange 5.5 to the directory ----------------------- */

static void check_directory_connector(Check *check)
{
    Severity severity = check_scenario(check) == SCENARIO_PREFLIGHT ? SEVERITY_ERROR
                                                                    : SEVERITY_WARNING;

    report_exchange_unseen(check);
    raise_components(check, severity, CLASS_msExchActiveDirectoryConnector,
                     "Active Directory Connector");
    raise_components(check, severity, CLASS_msExchConnectionAgreement, "Connection agreement");
}

static const Rule LEG001 = {
    .id = "LEG001",
    .slug = "active-directory-connector",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An Active Directory Connector is installed",
    .condition = "An object of class msExchActiveDirectoryConnector or msExchConnectionAgreement "
                 "exists. The container CN=Active Directory Connections and the Default ADC Policy "
                 "in it stand in every organisation and are left out. An error before Exchange "
                 "2007 is installed, a warning otherwise.",
    .why = "The connector copies between Exchange 5.5 and Active Directory. Exchange 2007 knows "
           "neither: its setup stops while one is registered.",
    .remedy = "When Exchange 5.5 is gone, delete the connection agreements in Active Directory "
              "Connector Services, and remove the connector from each server that runs it with "
              "Add or Remove Programs.",
    .references = "Setup readiness check AdcFound; TechNet aa998604",
    .check = check_directory_connector,
};

static void raise_config_agreements(Check *check)
{
    g_autoptr(GPtrArray)
        agreements = living_entries(check_topology(check), CLASS_msExchConnectionAgreement);

    FOR_EACH(const Entry, entry, agreements) {
        Object agreement = entry_object(entry);
        bool of_service;

        if (entry_boolean(entry, ATTR_msExchIsConfigCA, &of_service) && of_service)
            finding_cite(raise_component(check, SEVERITY_ERROR, entry,
                                         "Connection agreement of a Site Replication Service"),
                         &agreement, ATTR_msExchIsConfigCA, NULL);
    }
}

static void check_site_replication(Check *check)
{
    report_exchange_unseen(check);
    raise_components(check, SEVERITY_ERROR, CLASS_msExchSiteReplicationService,
                     "Site Replication Service");
    raise_config_agreements(check);
    raise_components(check, SEVERITY_ERROR, CLASS_siteConnector, "Exchange 5.5 site connector");
    raise_components(check, SEVERITY_ERROR, CLASS_msExchReplicationConnector,
                     "Directory replication connector");
}

static const Rule LEG002 = {
    .id = "LEG002",
    .slug = "site-replication-service",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A Site Replication Service, or what it worked with, is left",
    .condition = "An object of class msExchSiteReplicationService, siteConnector or "
                 "msExchReplicationConnector exists, or a connection agreement with "
                 "msExchIsConfigCA TRUE.",
    .why = "The service plays an Exchange 5.5 directory to 5.5 sites. While one is there the "
           "organisation cannot leave mixed mode, and Exchange 2007 cannot be installed.",
    .remedy = "When the last Exchange 5.5 server of every site is gone, delete the services below "
              "Tools, Site Replication Services in Exchange System Manager, then what is left of "
              "5.5 connectors.",
    .references = "TechNet aa998604",
    .check = check_site_replication,
};

static void judge_sync_service(Check *check, const Entry *entry)
{
    Object agreement = entry_object(entry);
    const Value *value = entry_value(entry, ATTR_msExchHomeSyncService);
    ReferenceState state = reference_state(check_topology(check)->directory, value);

    if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the connector that the agreement names was not read");
    if (reference_dangles(state))
        finding_cite_value(check_raise(check, SEVERITY_WARNING, &agreement,
                                       "Connection agreement \"%s\" belongs to an Active Directory "
                                       "Connector which %s",
                                       agreement.name, reference_state_text(state)),
                           &agreement, ATTR_msExchHomeSyncService, value,
                           "a living Active Directory Connector");
}

static void check_orphaned_agreement(Check *check)
{
    g_autoptr(GPtrArray)
        agreements = living_entries(check_topology(check), CLASS_msExchConnectionAgreement);

    report_exchange_unseen(check);
    FOR_EACH(const Entry, entry, agreements)
        judge_sync_service(check, entry);
}

static const Rule LEG015 = {
    .id = "LEG015",
    .slug = "orphaned-connection-agreement",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The server of a connection agreement is gone",
    .condition = "msExchHomeSyncService of an msExchConnectionAgreement leads to no living object.",
    .why = "Nothing runs the agreement any more, and nothing that needs it can be well. It still "
           "counts as an Active Directory Connector when setup looks for one.",
    .remedy = "Delete the agreement, or give it to a living connector if Exchange 5.5 still needs "
              "it.",
    .references = "Exchange Analyzer articles on connection agreements",
    .reads = READS(CLASS_msExchConnectionAgreement),
    .check = check_orphaned_agreement,
};

/* --- LEG003 to LEG007: services of Exchange 2000 -------------------------------------------- */

static void check_key_management(Check *check)
{
    report_exchange_unseen(check);
    raise_components(check, component_severity(check), CLASS_msExchKeyManagementServer,
                     "Key Management Service");
    if (check_topology(check)->organization != NULL)
        raise_users(check, ATTR_kMServer, "Key Management");
}

static const Rule LEG003 = {
    .id = "LEG003",
    .slug = "key-management-service",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_IN_PART,
    .title = "A Key Management Service is installed",
    .condition = "An object of class msExchKeyManagementServer exists, or users carry kMServer. "
                 "The container CN=Advanced Security is always there and proves nothing.",
    .why = "Only Exchange 2000 runs the service. With it go the archived keys, without which old "
           "encrypted mail cannot be read after a key is lost.",
    .remedy = "Export the key archive and import it into a Windows Server 2003 certification "
              "authority with key archival, then remove the service before the last Exchange 2000 "
              "server.",
    .references = "TechNet bb288905",
    .check = check_key_management,
};

static void check_instant_messaging(Check *check)
{
    report_exchange_unseen(check);
    raise_components(check, component_severity(check), CLASS_msExchProtocolCfgIMVirtualServer,
                     "Instant Messaging virtual server");
    raise_components(check, component_severity(check), CLASS_msExchIMFirewall,
                     "Instant Messaging firewall setting");
    if (check_topology(check)->organization != NULL)
        raise_users(check, ATTR_msExchIMAddress, "Instant Messaging");
}

static const Rule LEG004 = {
    .id = "LEG004",
    .slug = "instant-messaging",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "Instant Messaging of Exchange 2000 is in use",
    .condition = "An object of class msExchProtocolCfgIMVirtualServer or msExchIMFirewall exists, "
                 "or users carry msExchIMAddress. The container msExchIMGlobalSettingsContainer "
                 "alone proves nothing.",
    .why = "Only Exchange 2000 has the service; it ends with its last server.",
    .remedy = "Move the users to another messenger and remove the component, or keep one Exchange "
              "2000 server for it.",
    .references = "TechNet bb288905",
    .check = check_instant_messaging,
};

static void check_chat(Check *check)
{
    report_exchange_unseen(check);
    raise_components(check, component_severity(check), CLASS_msExchChatVirtualNetwork,
                     "Chat community");
    raise_components(check, component_severity(check), CLASS_msExchChatProtocol, "Chat service");
}

static const Rule LEG005 = {
    .id = "LEG005",
    .slug = "chat-service",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "The Chat service of Exchange 2000 is in use",
    .condition = "An object of class msExchChatVirtualNetwork or msExchChatProtocol exists. The "
                 "container of communities (msExchChatNetwork) alone proves nothing.",
    .why = "Only Exchange 2000 has the service; it ends with its last server.",
    .remedy = "Move the communities to another service and remove the component, or keep one "
              "Exchange 2000 server for it.",
    .references = "TechNet bb288905",
    .check = check_chat,
};

static void check_conferencing(Check *check)
{
    report_exchange_unseen(check);
    raise_components(check, component_severity(check), CLASS_msExchConferenceSite,
                     "Conferencing site");
    if (check_topology(check)->organization != NULL)
        raise_users(check, ATTR_msExchConferenceMailboxBL, "conferencing");
}

static const Rule LEG006 = {
    .id = "LEG006",
    .slug = "conferencing-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "Conferencing Server of Exchange 2000 is in use",
    .condition = "An object of class msExchConferenceSite exists, or resource mailboxes carry "
                 "msExchConferenceMailboxBL. The container of sites (msExchConferenceContainer) "
                 "alone proves nothing.",
    .why = "Only Exchange 2000 works with it; it ends with its last server.",
    .remedy = "Remove Conferencing Server and its resource mailboxes, or keep one Exchange 2000 "
              "server for it.",
    .references = "Exchange 2000 documentation on optional components",
    .check = check_conferencing,
};

static bool runs_2000_or_2003(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

static bool legacy_servers_run(const Check *check)
{
    return topology_has_server(check_topology(check), runs_2000_or_2003);
}

static void check_mobile_information(Check *check)
{
    if (legacy_servers_run(check))
        check_not_assessed(check, 0,
                           "to be verified by hand: that no Microsoft Mobile Information Server "
                           "is in use; no class of the schema tells one");
}

static const Rule LEG007 = {
    .id = "LEG007",
    .slug = "mobile-information-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_BY_HAND,
    .title = "Mobile Information Server cannot be told from the directory",
    .condition = "Never raised: the product keeps no objects of a published class. Objects of "
                 "Outlook Mobile Access (msExchOma…) belong to Exchange 2003 and prove nothing.",
    .why = "Mobile Information Server works with Exchange 2000 only; what phones get through it "
           "ends with the last such server.",
    .remedy = "Look for the product on the servers. Move its users to Exchange ActiveSync.",
    .references = "TechNet bb288905",
    .check = check_mobile_information,
};

/* --- LEG011, LEG012 ----------------------------------------------------------------------- */

/* Setup of Exchange 2003 makes the one called 1 on every server. */
static bool is_default_news_server(const Object *object)
{
    return g_strcmp0(object->name, "1") == 0;
}

static void check_news(Check *check)
{
    const Topology *topology = check_topology(check);
    bool last = check_scenario(check) == SCENARIO_LAST;
    g_autoptr(GPtrArray) servers = living_entries(topology, CLASS_protocolCfgNNTPServer);

    if (!legacy_servers_run(check))
        return;
    check_not_assessed(check, 0,
                       "to be verified by hand: that the default NNTP virtual servers carry no "
                       "newsgroups or feeds that somebody reads");
    FOR_EACH(const Entry, entry, servers) {
        Object object = entry_object(entry);

        if (!is_default_news_server(&object))
            raise_component(check, last ? SEVERITY_ERROR : SEVERITY_INFO, entry,
                            "NNTP virtual server");
    }
}

static const Rule LEG011 = {
    .id = "LEG011",
    .slug = "nntp-virtual-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_LAST,
    .decided = DECIDED_IN_PART,
    .title = "An NNTP virtual server was added",
    .condition =
        "A protocolCfgNNTPServer exists that is not called 1. The one of that name is made "
        "by setup and proves nothing; whether it is in use is left open.",
    .why =
        "Exchange 2007 serves no news. Newsgroups and feeds end with the last Exchange 2000/2003 "
        "server.",
    .remedy = "Retire the newsgroups or move them to another server, then delete the virtual "
              "server in Exchange System Manager.",
    .references = "TechNet bb288905",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_news,
};

static void check_event_service(Check *check)
{
    if (legacy_servers_run(check))
        check_not_assessed(check, 0,
                           "to be verified by hand: that no folder script of the Exchange Event "
                           "Service (public folder Events Root) is still in use");
}

static const Rule LEG012 = {
    .id = "LEG012",
    .slug = "event-service-scripts",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_LAST,
    .decided = DECIDED_BY_HAND,
    .title = "Scripts of the Event Service cannot be seen in the directory",
    .condition = "Never raised: the scripts are bound in the public folder Events Root, the "
                 "service in the registry.",
    .why = "Folder scripts made for Exchange 5.5 and 2000 run on a 2000/2003 server only and stop "
           "with the last one.",
    .remedy = "Look into Events Root with a MAPI tool, and ask who owns what is bound there.",
    .references = "Exchange 2003 documentation on the Event Service",
    .check = check_event_service,
};

const Rule *const leg_rules[] = {&LEG001, &LEG002, &LEG003, &LEG004, &LEG005, &LEG006,
                                 &LEG007, &LEG008, &LEG009, &LEG010, &LEG011, &LEG012,
                                 &LEG013, &LEG014, &LEG015, NULL};
