/*
 * PRE, the part about domain controllers: the schema master, the global catalogs that Exchange 2007
 * can work with, and Exchange on a domain controller itself.
 */
#include "rules/pre.h"

#include "rules/absence.h"
#include "rules/controllers.h"
#include "rules/domain-contents.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/words.h"

/* --- the schema master: PRE007, PRE010 ------------------------------------------------------ */

/* The holder of the schema master role. When it is NULL the check has been told why, or a finding
 * says so where `raise` is wanted. */
static const DomainController *schema_master(Check *check, bool raise)
{
    const Topology *topology = check_topology(check);
    const Entry *head = schema_head(topology);
    Object schema = {.entry = head, .name = "Schema"};
    const Value *value = head == NULL ? NULL : entry_value(head, ATTR_fSMORoleOwner);
    ReferenceState state = reference_state(topology->directory, value);
    const DomainController *master = controller_of_settings(topology, value_dn(value));

    if (master != NULL)
        return master;
    if (!reference_dangles(state))
        check_not_assessed(check, 0,
                           "the schema master was not read: export fSMORoleOwner of "
                           "CN=Schema,CN=Configuration, and CN=Sites with the NTDS Settings");
    else if (raise)
        finding_cite_value(check_raise(check, SEVERITY_ERROR, &schema,
                                       "The schema master role is held by a domain controller "
                                       "which %s",
                                       reference_state_text(state)),
                           &schema, ATTR_fSMORoleOwner, value,
                           "the NTDS Settings of a living domain controller");
    return NULL;
}

static const char *system_fault(ControllerSystem system)
{
    return system == SYSTEM_TOO_OLD ? "a version before Windows Server 2003"
                                    : "Windows Server 2003 without Service Pack 1";
}

static void cite_system(Finding *finding, const Entry *computer)
{
    Object object = entry_object(computer);

    finding_cite(finding, &object, ATTR_operatingSystemVersion, "5.2 or later");
    finding_cite(finding, &object, ATTR_operatingSystemServicePack, "Service Pack 1 or later");
    finding_relate(finding, &object);
}

static void check_schema_master_system(Check *check)
{
    const Topology *topology = check_topology(check);
    const DomainController *master = schema_master(check, true);
    ControllerSystem system;

    if (master == NULL)
        return;
    system = controller_system(topology, master);
    if (system == SYSTEM_UNKNOWN)
        check_not_assessed(check, 1,
                           "the operating system of the schema master was not read: export its "
                           "computer account from the domain with operatingSystemVersion and "
                           "operatingSystemServicePack");
    else if (system < SYSTEM_SP1)
        cite_system(check_raise(check, SEVERITY_ERROR, &master->object,
                                "The schema master \"%s\" runs %s", master->object.name,
                                system_fault(system)),
                    controller_computer(master));
}

const Rule PRE007 = {
    .id = "PRE007",
    .slug = "schema-master-too-old",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS,
    .title = "The schema master is older than Windows Server 2003 SP1",
    .condition = "The computer account of the domain controller that fSMORoleOwner of the schema "
                 "names has an operatingSystemVersion below 5.2, or 5.2 without a service pack. Or "
                 "that domain controller is gone.",
    .why = "Setup of Exchange 2007 does not extend a schema on such a domain controller: it stops.",
    .remedy = "Install the service pack on the schema master, or move the role to a newer domain "
              "controller (Active Directory Schema snap-in, Operations Master).",
    .references = "Setup readiness checks SchemaFSMONotWin2003SPn, DomainControllerIsOutOfSite",
    .check = check_schema_master_system,
};

static void check_where_to_prepare(Check *check)
{
    const Topology *topology = check_topology(check);
    const DomainController *master = schema_master(check, false);
    const Domain *domain = master == NULL ? NULL : controller_domain(topology, master);
    g_autofree char *domains = names_of(topology->domains);
    Finding *finding;

    if (master == NULL)
        return;
    finding = check_raise(check, SEVERITY_INFO, &master->object,
                          "Prepare schema and forest from a computer in site \"%s\"%s%s%s, where "
                          "the schema master %s is; domains to be reached: %s",
                          master->site->object.name, domain == NULL ? "" : " and domain \"",
                          domain == NULL ? "" : domain->object.name, domain == NULL ? "" : "\"",
                          master->fqdn == NULL ? master->object.name : master->fqdn, domains);
    finding_cite_object(finding, &master->object);
    finding_relate(finding, &master->site->object);
    finding_relate_all(finding, topology->domains);
}

const Rule PRE010 = {
    .id = "PRE010",
    .slug = "where-to-prepare",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Where schema and forest have to be prepared",
    .condition = "Always given: site and domain of the domain controller that fSMORoleOwner of the "
                 "schema names, and the domains of the forest.",
    .why = "Setup /PrepareSchema and /PrepareAD run only in the site and domain of the schema "
           "master; /PrepareAllDomains has to reach a domain controller of every domain.",
    .remedy = "Run them there, then wait until the changes have replicated before going on.",
    .references = "TechNet bb288907; setup readiness checks NotInSchemaMasterSite, "
                  "NotInSchemaMasterDomain",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_where_to_prepare,
};

/* --- PRE008, PRE009 ----------------------------------------------------------------------- */

/* Domain controllers of a site or domain, by whether Exchange 2007 can use them. */
typedef struct Usable {
    bool sound;     /* there is one */
    bool unknown;   /* likewise */
    GPtrArray *old; /* of DomainController */
} Usable;

static void note_controller(Usable *usable, const Topology *topology,
                            const DomainController *controller)
{
    ControllerSystem system = controller_system(topology, controller);

    if (system == SYSTEM_UNKNOWN)
        usable->unknown = true;
    else if (system < SYSTEM_SP1)
        g_ptr_array_add(usable->old, (gpointer)(uintptr_t)controller);
    else
        usable->sound = true;
}

/* Nothing is said where there is none at all: SITE011 does that for sites. */
static void judge_usable(Check *check, const Usable *usable, const Object *object,
                         const char *where, const char *what)
{
    g_autofree char *names = names_of(usable->old);
    Finding *finding;

    if (usable->sound || (!usable->unknown && usable->old->len == 0))
        return;
    if (usable->unknown) {
        check_not_assessed(check, 1,
                           "the operating systems of the domain controllers were not read, which "
                           "stand in their accounts in the domain: " DOMAIN_EXPORT "<domain>");
        return;
    }
    finding = check_raise(check, SEVERITY_ERROR, object,
                          "%s \"%s\" has no %s with Windows Server 2003 SP1 or later, only %s",
                          where, object->name, what, names);
    FOR_EACH(const DomainController, controller, usable->old)
        cite_system(finding, controller_computer(controller));
}

static void judge_site_catalogs(Check *check, const Site *site)
{
    g_autoptr(GPtrArray) old = g_ptr_array_new();
    Usable usable = {.old = old};

    FOR_EACH(const DomainController, controller, site->controllers)
        if (controller->global_catalog && !controller->read_only)
            note_controller(&usable, check_topology(check), controller);
    judge_usable(check, &usable, &site->object, "Site", "global catalog");
}

static void judge_domain_controllers(Check *check, const Domain *domain)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) old = g_ptr_array_new();
    Usable usable = {.old = old};

    FOR_EACH(const DomainController, controller, topology->controllers)
        if (controller_domain(topology, controller) == domain)
            note_controller(&usable, topology, controller);
    judge_usable(check, &usable, &domain->object, "Domain", "domain controller");
}

static void raise_windows_2000(Check *check)
{
    const Topology *topology = check_topology(check);

    FOR_EACH(const DomainController, controller, topology->controllers)
        if (controller_system(topology, controller) == SYSTEM_TOO_OLD)
            cite_system(check_raise(check, SEVERITY_WARNING, &controller->object,
                                    "Domain controller \"%s\" runs %s: Exchange 2007 passes over "
                                    "it",
                                    controller->object.name, system_fault(SYSTEM_TOO_OLD)),
                        controller_computer(controller));
}

/* Legacy permissions are prepared on a domain controller of each domain with Exchange in it. */
static void judge_legacy_domains(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) servers = domains_of_servers(topology, server_is_legacy);
    g_autoptr(GHashTable) mailboxes = domains_of_mailboxes(topology);

    FOR_EACH(const Domain, domain, topology->domains)
        if (g_hash_table_contains(servers, domain) || g_hash_table_contains(mailboxes, domain))
            judge_domain_controllers(check, domain);
}

static void check_catalog_systems(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) sites = sites_with(topology, server_is_placed);

    if (topology->organization == NULL || !controllers_are_read(check))
        return;
    raise_windows_2000(check);
    judge_legacy_domains(check);
    if (!sites_are_visible(check))
        return;
    FOR_EACH(const Site, site, sites)
        judge_site_catalogs(check, site);
}

const Rule PRE008 = {
    .id = "PRE008",
    .slug = "no-usable-global-catalog",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS | DOMAIN_RECIPIENTS,
    .title = "No global catalog runs Windows Server 2003 SP1 or later",
    .condition = "By operatingSystemVersion and operatingSystemServicePack of their computer "
                 "accounts, all writable global catalogs of a site with servers of 2007 or later, "
                 "or all domain controllers of a domain with Exchange 2000/2003 servers or "
                 "mailboxes, are older. A domain controller of Windows 2000 elsewhere: a warning.",
    .why = "Exchange 2007 passes over older domain controllers. Where only such are near it has "
           "none, or goes to another site for every question.",
    .remedy = "Install the service pack, or a newer domain controller that is a global catalog, in "
              "the site or domain named.",
    .references = "TechNet aa998604; Exchange 2007 system requirements on directory servers",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_nTDSDSA, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_nTDSDSA),
    .check = check_catalog_systems,
};

static void check_language_of_controllers(Check *check)
{
    const Topology *topology = check_topology(check);
    guint suspects = 0;

    FOR_EACH(const DomainController, controller, topology->controllers) {
        ControllerSystem system = controller_system(topology, controller);

        if (system == SYSTEM_SP1 || system == SYSTEM_UNKNOWN)
            suspects++;
    }
    if (suspects > 0)
        check_not_assessed(check, suspects,
                           "to be verified by hand: that the domain controller, if it runs "
                           "Windows Server 2003 SP1 in another language than English, has hotfix "
                           "919166 or Service Pack 2");
}

const Rule PRE009 = {
    .id = "PRE009",
    .slug = "controller-language-hotfix",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_BY_HAND,
    .domain = DOMAIN_COMPUTERS,
    .title = "Whether domain controllers in other languages have their hotfix",
    .condition = "Never raised: the language of a system is not in the directory. Domain "
                 "controllers of Windows Server 2003 SP2 and later are known to be sound.",
    .why = "On Windows Server 2003 SP1 in another language than English, the tools of Exchange "
           "2007 show wrong characters or fail on the address book.",
    .remedy = "Install Service Pack 2 or hotfix 919166 on such domain controllers.",
    .references = "KB 919166",
    .check = check_language_of_controllers,
};

/* --- PRE019 ------------------------------------------------------------------------------- */

static void judge_computers_container(Check *check, const Domain *domain)
{
    const Topology *topology = check_topology(check);
    const Entry *head = domain_head(domain);

    if (head != NULL && entry_below(topology, "CN=Computers", head->dn) != NULL)
        return;
    if (!domain_lacks(topology, domain, "CN=Computers", CLASS_container))
        check_not_assessed(check, 1, "the containers of the domain were not read");
    else
        finding_cite_entry(check_raise(check, SEVERITY_WARNING, &domain->object,
                                       "Domain \"%s\" has no container CN=Computers",
                                       domain->object.name),
                           head);
}

static bool lies_with_controllers(const Dn *computer, const Domain *domain)
{
    const Dn *head = value_dn(domain->naming_context);
    const Dn *unit = dn_at_depth(computer, head->depth + 1u);

    return unit != NULL && g_ascii_strcasecmp(unit->value, "Domain Controllers") == 0;
}

static void judge_read_only_place(Check *check, const DomainController *controller)
{
    const Domain *domain = controller_domain(check_topology(check), controller);
    const Value *value = entry_value(controller->object.entry, ATTR_serverReference);

    if (!controller->read_only || domain == NULL || dn_mangling(value_dn(value)) != MANGLED_NOT ||
        lies_with_controllers(value_dn(value), domain))
        return;
    finding_cite_value(check_raise(check, SEVERITY_WARNING, &controller->object,
                                   "The account of read-only domain controller \"%s\" lies outside "
                                   "OU=Domain Controllers",
                                   controller->object.name),
                       &controller->object, ATTR_serverReference, value,
                       "a name below OU=Domain Controllers");
}

static void check_default_containers(Check *check)
{
    const Topology *topology = check_topology(check);

    FOR_EACH(const Domain, domain, topology->domains)
        judge_computers_container(check, domain);
    FOR_EACH(const DomainController, controller, topology->controllers)
        judge_read_only_place(check, controller);
}

const Rule PRE019 = {
    .id = "PRE019",
    .slug = "default-container-moved",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_HEAD,
    .title = "CN=Computers is missing, or a read-only domain controller lies elsewhere",
    .condition =
        "A domain of which other containers were read has no CN=Computers, or serverReference "
        "of a read-only domain controller leads out of OU=Domain Controllers.",
    .why = "Cumulative updates of newer versions prepare domains by these names and fail without "
           "them.",
    .remedy = "Rename the container back, and move the account of the read-only domain controller "
              "to OU=Domain Controllers, before setup runs.",
    .references = "CSS-Exchange, SetupAssist pages on the Computers container and on read-only "
                  "domain controllers",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .misses = MISSES(CLASS_container),
    .check = check_default_containers,
};

/* --- PRE023 ------------------------------------------------------------------------------- */

static void judge_server_on_controller(Check *check, const Server *server, GHashTable *hosts)
{
    const DomainController *controller = g_hash_table_lookup(hosts, server->fqdn);
    Object settings = {.name = "NTDS Settings"};
    Finding *finding;
    bool no_catalog;

    if (controller == NULL)
        return;
    settings.entry = controller->settings;
    no_catalog = !controller->global_catalog &&
                 !controller_catalog_unseen(check_topology(check), controller);
    finding = check_raise(check, no_catalog ? SEVERITY_ERROR : SEVERITY_WARNING, &server->object,
                          "Exchange server \"%s\" is a domain controller%s", server->object.name,
                          no_catalog ? " and no global catalog" : "");
    finding_cite(finding, &server->object, ATTR_networkAddress, NULL);
    finding_cite(finding, &controller->object, ATTR_dNSHostName, NULL);
    finding_cite(finding, &settings, ATTR_options, "bit 0x1 set");
    finding_relate(finding, &controller->object);
}

static void check_exchange_on_controller(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) hosts = controllers_by_host(topology);

    if (topology->servers->len == 0 || !controllers_are_read(check))
        return;
    FOR_EACH(const Server, server, topology->servers) {
        if (server_is_edge(server) || server_is_provisioned_only(server))
            continue;
        if (server->fqdn == NULL)
            check_not_assessed(check, 1,
                               "the DNS name of the server (networkAddress) was not read");
        else
            judge_server_on_controller(check, server, hosts);
    }
}

static const Need controller_names[] = {{CLASS_server, ATTR_dNSHostName}, {CLASS_NONE, ATTR_NONE}};

const Rule PRE023 = {
    .id = "PRE023",
    .slug = "exchange-on-domain-controller",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange server is a domain controller",
    .condition = "The ncacn_ip_tcp address in networkAddress of an Exchange server is the "
                 "dNSHostName of a server with NTDS Settings below CN=Sites. A warning; an error "
                 "when that domain controller is no global catalog (bit 0x1 of options).",
    .why = "Exchange on a domain controller asks only that one, is slow to stop and cannot be "
           "restored apart from the directory; without a global catalog on it, it does not work. "
           "Promoting or demoting the machine breaks Exchange. On Small Business Server it is "
           "meant to be so.",
    .remedy = "Move what the server does to a member server and remove Exchange from the domain "
              "controller. Never demote it while Exchange is installed. Until then, make it a "
              "global catalog.",
    .references = "Exchange Analyzer articles on Exchange and domain controllers; setup readiness "
                  "check WarningInstallExchangeRolesOnDomainController",
    .needs = controller_names,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_exchange_on_controller,
};
