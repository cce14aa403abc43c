/*
 * RUS: Recipient Update Services, which on Exchange 2000 and 2003 give recipients their addresses
 * and lists. Exchange 2007 does that when a recipient is made and has no such service; the objects
 * stay in the directory until somebody removes them, and only a server of the old kind may run
 * them.
 */
#include "rules/absence.h"
#include "rules/domain-contents.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/rule.h"

static bool runs_services(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

static bool legacy_is_left(const Topology *topology)
{
    return topology_has_server(topology, runs_services);
}

/* Whether it is certain that no server is left that could run a service. */
static bool legacy_is_gone(const Topology *topology)
{
    FOR_EACH(const Server, server, topology->servers)
        if (runs_services(server) || server_version_unseen(server))
            return false;
    return topology->servers->len > 0;
}

static GPtrArray *update_services(const Topology *topology)
{
    return living_entries(topology, CLASS_msExchAddressListService);
}

static const Value *link_of(const Entry *service)
{
    return entry_value(service, ATTR_msExchAddressListServiceLink);
}

static Server *server_of(const Topology *topology, const Entry *service)
{
    return topology_server(topology, value_dn(link_of(service)));
}

/* With no server left that could run it, a misdirected service does nothing and hurts nobody. */
static Severity gravity(const Topology *topology)
{
    return legacy_is_gone(topology) ? SEVERITY_WARNING : SEVERITY_ERROR;
}

static void advise(Finding *finding, const Topology *topology)
{
    if (legacy_is_gone(topology))
        finding_advise(finding, "No Exchange 2000 or 2003 server is left to run it: delete the "
                                "object with ADSI Edit, those of domains first, the one of the "
                                "enterprise configuration last.");
}

static const char a_legacy_server[] = "a living Exchange 2000 or 2003 back-end server";

static const Need links[] = {
    {CLASS_msExchAddressListService, ATTR_msExchAddressListServiceLink},
    {CLASS_NONE, ATTR_NONE},
};

/* --- RUS001 ------------------------------------------------------------------------------- */

static void check_modern_hosts(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);

    FOR_EACH(const Entry, service, services) {
        const Server *server = server_of(topology, service);
        Object object = entry_object(service);
        Finding *finding;

        if (server == NULL || !server_is_modern(server))
            continue;
        finding = check_raise(check, gravity(topology), &object,
                              "\"%s\" is assigned to \"%s\", which runs Exchange %s and no such "
                              "service",
                              object.name, server->object.name,
                              family_name(server->version.family));
        finding_cite(finding, &object, ATTR_msExchAddressListServiceLink, a_legacy_server);
        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
        finding_relate(finding, &server->object);
        advise(finding, topology);
    }
}

static const Rule RUS001 = {
    .id = "RUS001",
    .slug = "update-service-on-modern-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A Recipient Update Service is assigned to an Exchange 2007 or later server",
    .condition = "msExchAddressListServiceLink of an msExchAddressListService names a server of "
                 "version 8 or later. A warning where no Exchange 2000 or 2003 server is left.",
    .why = "Exchange 2007 has no Recipient Update Service. Recipients made with the tools of "
           "Exchange 2003 get neither addresses nor address lists until a server of the old kind "
           "runs it again.",
    .remedy = "Assign it to an Exchange 2000 or 2003 back-end server: ESM, Recipients, Recipient "
              "Update Services, Properties, Exchange server.",
    .references = "TechNet bb738134 (Exchange Analyzer)",
    .needs = links,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_modern_hosts,
};

/* --- RUS002, RUS003 ----------------------------------------------------------------------- */

static void judge_host(Check *check, const Entry *service)
{
    const Topology *topology = check_topology(check);
    const Value *value = link_of(service);
    ReferenceState state = reference_state(topology->directory, value);
    Object object = entry_object(service);
    Finding *finding;

    if (state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1, "the server that the service is assigned to was not read");
    if (!reference_dangles(state))
        return;
    finding = check_raise(check, gravity(topology), &object,
                          "\"%s\" is assigned to a server which %s", object.name,
                          reference_state_text(state));
    finding_cite_value(finding, &object, ATTR_msExchAddressListServiceLink, value, a_legacy_server);
    advise(finding, topology);
}

static void check_deleted_hosts(Check *check)
{
    g_autoptr(GPtrArray) services = update_services(check_topology(check));

    FOR_EACH(const Entry, service, services)
        judge_host(check, service);
}

static const Rule RUS002 = {
    .id = "RUS002",
    .slug = "update-service-on-deleted-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A Recipient Update Service is assigned to a server that is gone",
    .condition = "msExchAddressListServiceLink of an msExchAddressListService names a deleted "
                 "object, a replication conflict's copy, or one that does not exist. A warning "
                 "where no Exchange 2000 or 2003 server is left.",
    .why = "Nobody runs the service: in its domain recipients made with the tools of Exchange 2003 "
           "get neither addresses nor address lists.",
    .remedy = "Assign it to a living Exchange 2000 or 2003 back-end server: ESM, Recipients, "
              "Recipient Update Services, Properties, Exchange server.",
    .references = "TechNet aa995847 (Exchange Analyzer)",
    .needs = links,
    .check = check_deleted_hosts,
};

static void check_missing_hosts(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);

    FOR_EACH(const Entry, service, services) {
        Object object = entry_object(service);
        Finding *finding;

        if (link_of(service) != NULL)
            continue;
        finding = check_raise(check, gravity(topology), &object, "\"%s\" is assigned to no server",
                              object.name);
        finding_cite(finding, &object, ATTR_msExchAddressListServiceLink, a_legacy_server);
        advise(finding, topology);
    }
}

static const Rule RUS003 = {
    .id = "RUS003",
    .slug = "update-service-without-server",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A Recipient Update Service is assigned to no server",
    .condition = "msExchAddressListServiceLink of an msExchAddressListService is absent. Not "
                 "assessed where the attribute was read on none of these objects. A warning where "
                 "no Exchange 2000 or 2003 server is left.",
    .why = "Nobody runs the service: in its domain recipients made with the tools of Exchange 2003 "
           "get neither addresses nor address lists.",
    .remedy = "Assign it to an Exchange 2000 or 2003 back-end server: ESM, Recipients, Recipient "
              "Update Services, Properties, Exchange server.",
    .references = "TechNet bb676289 (Exchange Analyzer)",
    .needs = links,
    .check = check_missing_hosts,
};

/* --- RUS004, RUS005 ----------------------------------------------------------------------- */

static const Need domain_links[] = {
    {CLASS_msExchAddressListService, ATTR_msExchDomainLink},
    {CLASS_NONE, ATTR_NONE},
};

static const Need domain_names[] = {
    {CLASS_msExchAddressListService, ATTR_msExchDomainLink},
    {CLASS_crossRef, ATTR_nCName},
    {CLASS_NONE, ATTR_NONE},
};

/* Whether missing services can be told: they are wanted, and their container was read. */
static bool services_are_visible(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || !versions_are_visible(check) || !legacy_is_left(topology))
        return false;
    if (directory_of_class(topology->directory, CLASS_msExchAddressListServiceContainer)->len > 0)
        return true;
    check_not_assessed(check, 0,
                       "CN=Recipient Update Services,CN=Address Lists Container of the "
                       "organisation was not read");
    return false;
}

static bool any_serves(const GPtrArray *services, const Dn *partition)
{
    FOR_EACH(const Entry, service, services)
        if (value_dn(entry_value(service, ATTR_msExchDomainLink)) == partition)
            return true;
    return false;
}

static void raise_domain_without_service(Check *check, const Domain *domain, const Entry *prepared)
{
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    Finding *finding = check_raise(check, plan ? SEVERITY_ERROR : SEVERITY_WARNING, &domain->object,
                                   "Domain \"%s\" is prepared for Exchange and has no Recipient "
                                   "Update Service",
                                   domain->dns_name != NULL ? domain->dns_name
                                                            : domain->object.name);

    finding_cite_entry(finding, prepared);
    finding_cite(finding, &domain->object, ATTR_nCName, NULL);
}

static void judge_domain(Check *check, const Domain *domain, const GPtrArray *services)
{
    const Topology *topology = check_topology(check);
    const Dn *head = value_dn(domain->naming_context);
    g_autoptr(GPtrArray) prepared = NULL;

    if (head == NULL || any_serves(services, head))
        return;
    prepared = system_objects_of(topology, domain);
    if (prepared->len > 0)
        raise_domain_without_service(check, domain, g_ptr_array_index(prepared, 0));
    else if (!domain_lacks(topology, domain, SYSTEM_OBJECTS, CLASS_container))
        check_not_assessed(check, 1,
                           "the domain has no Recipient Update Service, and whether it needs one "
                           "was not read: " DOMAIN_EXPORT "<domain>");
}

static void check_domains(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);

    if (!services_are_visible(check))
        return;
    if (topology->domains->len == 0)
        check_not_assessed(check, 0, "no domain was read: export CN=Partitions,CN=Configuration");
    FOR_EACH(const Domain, domain, topology->domains)
        judge_domain(check, domain, services);
}

static const Rule RUS004 = {
    .id = "RUS004",
    .slug = "domain-without-update-service",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_HEAD,
    .title = "A domain with recipients has no Recipient Update Service",
    .condition = "A domain holds CN=Microsoft Exchange System Objects "
                 "(msExchSystemObjectsContainer), and msExchDomainLink of no "
                 "msExchAddressListService names it, while Exchange 2000 or 2003 servers exist. An "
                 "error before an installation, where setup stops; otherwise a warning.",
    .why = "Recipients that the tools of Exchange 2003 make in the domain get neither addresses "
           "nor address lists. Setup of Exchange 2007 asks for a service in every prepared domain.",
    .remedy = "Make one: ESM, Recipients, Recipient Update Services, New, Recipient Update "
              "Service; choose the domain and an Exchange 2000 or 2003 server.",
    .references = "Setup readiness check RUSMissing",
    .needs = domain_names,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .misses = MISSES(CLASS_msExchAddressListService),
    .check = check_domains,
};

static void check_enterprise(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);
    Finding *finding;

    if (!services_are_visible(check) || topology->configuration == NULL ||
        topology->organization == NULL || any_serves(services, topology->configuration))
        return;
    finding = check_raise(check, SEVERITY_WARNING, organization_object(topology),
                          "There is no Recipient Update Service for the enterprise configuration");
    finding_cite_object(finding, organization_object(topology));
    FOR_EACH(const Entry, service, services) {
        Object object = entry_object(service);

        finding_cite(finding, &object, ATTR_msExchDomainLink, NULL);
    }
}

static const Rule RUS005 = {
    .id = "RUS005",
    .slug = "enterprise-update-service-missing",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The Recipient Update Service of the enterprise configuration is missing",
    .condition = "Exchange 2000 or 2003 servers exist, and msExchDomainLink of no "
                 "msExchAddressListService names the configuration partition.",
    .why = "It gives addresses to the objects of the Exchange servers themselves: stores, message "
           "transfer agents, system attendants. Without it those of a new server have none, and "
           "mail between servers and public folder replication to it fail.",
    .remedy = "Make it again: ESM, Recipients, Recipient Update Services, New, Recipient Update "
              "Service, enterprise configuration.",
    .references = "practical365.com on removing the Recipient Update Service",
    .needs = domain_links,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchAddressListService),
    .check = check_enterprise,
};

/* --- RUS006 ------------------------------------------------------------------------------- */

static void check_front_ends(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);

    FOR_EACH(const Entry, service, services) {
        const Server *server = server_of(topology, service);
        Object object = entry_object(service);
        Finding *finding;

        if (server == NULL || !server_is_legacy(server) || !server_is_front_end(server))
            continue;
        finding =
            check_raise(check, front_end_is_certain(server) ? SEVERITY_ERROR : SEVERITY_WARNING,
                        &object, "\"%s\" is assigned to front-end \"%s\", which does not run it",
                        object.name, server->object.name);
        finding_cite(finding, &object, ATTR_msExchAddressListServiceLink, a_legacy_server);
        finding_cite(finding, &server->object, ATTR_msExchServerRole, "0");
        finding_relate(finding, &server->object);
    }
}

static const Rule RUS006 = {
    .id = "RUS006",
    .slug = "update-service-on-front-end",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A Recipient Update Service is assigned to a front-end server",
    .condition = "msExchAddressListServiceLink of an msExchAddressListService names an Exchange "
                 "2000/2003 server whose msExchServerRole is not zero (a warning where only "
                 "serverRole says so).",
    .why = "Front-ends do not process the service: in its domain recipients made with the tools of "
           "Exchange 2003 get neither addresses nor address lists.",
    .remedy = "Assign it to a back-end server: ESM, Recipients, Recipient Update Services, "
              "Properties, Exchange server.",
    .references = "TechNet aa997678 (Exchange Analyzer)",
    .needs = links,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_front_ends,
};

/* --- RUS007 ------------------------------------------------------------------------------- */

/* How many Exchange 2000/2003 servers may be there for a service to be in the way. */
static guint tolerated_servers(Scenario scenario)
{
    return scenario == SCENARIO_LAST ? 1 : 0;
}

static void raise_leftover(Check *check, const Entry *service)
{
    const Topology *topology = check_topology(check);
    bool last = check_scenario(check) == SCENARIO_LAST;
    const Server *server = server_of(topology, service);
    Object object = entry_object(service);
    Finding *finding =
        check_raise(check, last ? SEVERITY_ERROR : SEVERITY_WARNING, &object,
                    last ? "\"%s\" has to be deleted before the last Exchange 2003 server goes"
                         : "\"%s\" is left over: no Exchange 2000 or 2003 server exists any more",
                    object.name);

    finding_cite(finding, &object, ATTR_msExchAddressListServiceLink, NULL);
    if (server != NULL)
        finding_relate(finding, &server->object);
}

static void check_leftovers(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) services = update_services(topology);
    guint unknown = check_census(check)->unknown;

    if (services->len == 0 ||
        topology_count_servers(topology, runs_services) > tolerated_servers(check_scenario(check)))
        return;
    if (topology->servers->len == 0 || unknown > 0) {
        check_not_assessed(check, unknown,
                           topology->servers->len == 0 ? "no server object was read at all"
                                                       : "the version of the server is not known");
        return;
    }
    FOR_EACH(const Entry, service, services)
        raise_leftover(check, service);
}

static const Rule RUS007 = {
    .id = "RUS007",
    .slug = "update-service-left-over",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "Recipient Update Services outlive the servers that run them",
    .condition = "An msExchAddressListService exists although no Exchange 2000 or 2003 server does "
                 "(a warning) or, before the last one goes, although only one is left (an error).",
    .why = "Setup does not remove an Exchange 2003 server to which a service is assigned. "
           "Afterwards the objects do nothing, and later tools and readers stumble over them.",
    .remedy = "Delete the services of the domains in ESM, then the one of the enterprise "
              "configuration with ADSI Edit: Configuration, Services, Microsoft Exchange, "
              "<organisation>, Address Lists Container, Recipient Update Services.",
    .references = "TechNet bb288905; practical365.com on removing the Recipient Update Service",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_leftovers,
};

const Rule *const rus_rules[] = {&RUS001, &RUS002, &RUS003, &RUS004,
                                 &RUS005, &RUS006, &RUS007, NULL};
