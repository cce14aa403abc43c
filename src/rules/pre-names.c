/*
 * PRE, the part about DNS names: domains of one label, computers whose names are not of their
 * domain, domain controllers without a full name.
 */
#include "rules/pre.h"

#include "rules/computers.h"
#include "rules/controllers.h"
#include "rules/domain-contents.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/words.h"

#include <string.h>

/* --- PRE016 ------------------------------------------------------------------------------- */

static void check_single_label(Check *check)
{
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;

    FOR_EACH(const Domain, domain, check_topology(check)->domains) {
        if (domain->dns_name == NULL)
            check_not_assessed(check, 1, "dnsRoot of the domain was not read");
        else if (strchr(domain->dns_name, '.') == NULL)
            finding_cite(check_raise(check, plan ? SEVERITY_ERROR : SEVERITY_WARNING,
                                     &domain->object,
                                     "The DNS name of domain \"%s\" is a single label, %s",
                                     domain->object.name, domain->dns_name),
                         &domain->object, ATTR_dnsRoot, "a name with a dot in it");
    }
}

const Rule PRE016 = {
    .id = "PRE016",
    .slug = "single-label-domain",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The DNS name of a domain is a single label",
    .condition = "dnsRoot of a domain's crossRef has no dot. An error before Exchange 2007 is "
                 "installed, a warning for later versions.",
    .why = "Setup of Exchange 2007 SP1 and later stops in such a forest, as the trade press tells. "
           "Later versions allow the name again, but DNS registration, certificates and mail "
           "domains stay troublesome with it.",
    .remedy = "Rename the domain or move to a new one before Exchange is installed; afterwards a "
              "domain can no longer be renamed.",
    .references = "KB 2269838; TechNet bb676377",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .check = check_single_label,
};

/* --- PRE017 ------------------------------------------------------------------------------- */

/* Computers of one domain under one foreign suffix. */
typedef struct Disjoint {
    const Domain *domain; /* NULL: no domain's at all, and the account was not read */
    char *suffix;
    GPtrArray *hosts; /* of Object */
} Disjoint;

/* By "<number of the domain> <suffix>", and in order of meeting. */
typedef struct DisjointList {
    GHashTable *by_key;
    GPtrArray *all;
} DisjointList;

static void disjoint_free(gpointer data)
{
    Disjoint *disjoint = data;

    g_free(disjoint->suffix);
    g_ptr_array_unref(disjoint->hosts);
    g_free(disjoint);
}

static void note_disjoint(DisjointList *list, const Domain *domain, const char *suffix,
                          const Object *host)
{
    g_autofree char *lower = g_ascii_strdown(suffix, -1);
    g_autofree char *key = g_strdup_printf("%u %s", domain == NULL ? 0 : domain->object.number + 1,
                                           lower);
    Disjoint *disjoint = g_hash_table_lookup(list->by_key, key);

    if (disjoint == NULL) {
        disjoint = g_new0(Disjoint, 1);
        disjoint->domain = domain;
        disjoint->suffix = g_steal_pointer(&lower);
        disjoint->hosts = g_ptr_array_new();
        g_hash_table_insert(list->by_key, g_steal_pointer(&key), disjoint);
        g_ptr_array_add(list->all, disjoint);
    }
    g_ptr_array_add(disjoint->hosts, (gpointer)(uintptr_t)host);
}

/* `domain` is where the computer's account lies; NULL when that is not known: then a name that is
 * some domain's is taken to be in its own. */
static void judge_suffix(DisjointList *list, const Topology *topology, const Domain *domain,
                         const char *fqdn, const Object *host)
{
    const char *dot = fqdn == NULL ? NULL : strchr(fqdn, '.');
    const Domain *named = domain_of_host(topology, fqdn);

    if (dot == NULL || dot[1] == '\0' || (domain != NULL && domain->dns_name == NULL))
        return;
    if (named == NULL || (domain != NULL && named != domain))
        note_disjoint(list, domain, dot + 1, host);
}

/* Edge servers are in no domain. One of unknown roles may be one. */
static bool may_be_edge(const Server *server)
{
    return server_is_edge(server) || server_roles_unseen(server);
}

static bool is_nameless(const Server *server)
{
    return !may_be_edge(server) && server->fqdn == NULL;
}

static void report_unread(Check *check)
{
    const Topology *topology = check_topology(check);
    guint unsure = topology_count_servers(topology, server_roles_unseen);
    guint nameless = topology_count_servers(topology, is_nameless);

    if (unsure > 0)
        check_not_assessed(check, unsure,
                           "the roles of the server were not read, and one of the Edge role is in "
                           "no domain");
    if (nameless > 0)
        check_not_assessed(check, nameless,
                           "the DNS name of the server (networkAddress) was not read");
}

static void collect_disjoint(DisjointList *list, const Topology *topology)
{
    g_autoptr(GHashTable) computers = computers_by_name(topology->directory);

    FOR_EACH(const Server, server, topology->servers) {
        const Entry *computer = may_be_edge(server) ? NULL : computer_of(server, computers);

        if (!may_be_edge(server))
            judge_suffix(list, topology,
                         computer == NULL ? NULL : domain_of(topology, computer->dn), server->fqdn,
                         &server->object);
    }
    FOR_EACH(const DomainController, controller, topology->controllers)
        judge_suffix(list, topology, controller_domain(topology, controller), controller->fqdn,
                     &controller->object);
}

static bool suffix_is_allowed(const Entry *head, const char *suffix)
{
    guint count;
    const Value *values = entry_values(head, ATTR_msDS_AllowedDNSSuffixes, &count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *text = value_text(&values[i], ATTR_msDS_AllowedDNSSuffixes);

        if (g_ascii_strcasecmp(text, suffix) == 0)
            return true;
    }
    return false;
}

static void raise_disjoint(Check *check, const Disjoint *disjoint)
{
    const Domain *domain = disjoint->domain;
    const Entry *head = domain == NULL ? NULL : domain_head(domain);
    bool refused = head != NULL && !suffix_is_allowed(head, disjoint->suffix);
    g_autofree char *names = names_of(disjoint->hosts);
    Finding *finding =
        check_raise(check, refused ? SEVERITY_ERROR : SEVERITY_WARNING,
                    domain == NULL ? g_ptr_array_index(disjoint->hosts, 0) : &domain->object,
                    "Computers have the DNS suffix %s, which is not that of %s%s%s%s: %s",
                    disjoint->suffix, domain == NULL ? "any domain" : "their domain \"",
                    domain == NULL ? "" : domain->object.name, domain == NULL ? "" : "\"",
                    refused ? " and not allowed there" : "", names);

    if (head != NULL) {
        Object object = entry_object(head);

        finding_cite(finding, &object, ATTR_msDS_AllowedDNSSuffixes,
                     refused ? disjoint->suffix : NULL);
    } else if (domain != NULL) {
        check_not_assessed(check, 1, "msDS-AllowedDNSSuffixes of the domain was not read");
    }
    FOR_EACH(const Object, host, disjoint->hosts)
        finding_cite_object(finding, host);
}

/* The NetBIOS name differs from the first label: unusual, and no fault. */
static void report_netbios_name(Check *check, const Domain *domain)
{
    size_t label = domain->dns_name == NULL ? 0 : strcspn(domain->dns_name, ".");
    Finding *finding;

    if (label == 0 || domain->netbios_name == NULL ||
        (strlen(domain->netbios_name) == label &&
         g_ascii_strncasecmp(domain->netbios_name, domain->dns_name, label) == 0))
        return;
    finding = check_raise(check, SEVERITY_INFO, &domain->object,
                          "The NetBIOS name of domain \"%s\", %s, is not the first label of its "
                          "DNS name %s",
                          domain->object.name, domain->netbios_name, domain->dns_name);
    finding_cite(finding, &domain->object, ATTR_nETBIOSName, NULL);
    finding_cite(finding, &domain->object, ATTR_dnsRoot, NULL);
}

static void check_disjoint_names(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(disjoint_free);
    DisjointList list = {.by_key = by_key, .all = all};

    if (topology->organization == NULL)
        return;
    if (topology->domains->len == 0) {
        check_not_assessed(check, 0, "no domain was read: export CN=Partitions,CN=Configuration");
        return;
    }
    report_unread(check);
    collect_disjoint(&list, topology);
    FOR_EACH(const Disjoint, disjoint, all)
        raise_disjoint(check, disjoint);
    FOR_EACH(const Domain, domain, topology->domains)
        report_netbios_name(check, domain);
}

static const Need domain_names[] = {
    {CLASS_crossRef, ATTR_dnsRoot},
    {CLASS_crossRef, ATTR_nCName},
    {CLASS_NONE, ATTR_NONE},
};

const Rule PRE017 = {
    .id = "PRE017",
    .slug = "disjoint-namespace",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS,
    .title = "Computers have names that are not of their domain",
    .condition = "The name behind the first dot in the DNS name of an Exchange server "
                 "(networkAddress) or domain controller (dNSHostName) is not dnsRoot of the domain "
                 "its account lies in or, where the account was not read, of any domain: a "
                 "warning. An error when msDS-AllowedDNSSuffixes at the head of the domain does "
                 "not list it. A NetBIOS name that is not the first label: information.",
    .why = "In a disjoint namespace servers register, find and authenticate each other only when "
           "the domain allows the other suffix and computers search it. Both are easily forgotten "
           "for a new server.",
    .remedy = "Add the suffix to msDS-AllowedDNSSuffixes at the head of the domain with ADSI Edit, "
              "and to the DNS suffix search list by group policy. The search list cannot be seen "
              "in the directory.",
    .references = "TechNet bb676377; KB 2269838",
    .needs = domain_names,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_disjoint_names,
};

/* --- PRE018 ------------------------------------------------------------------------------- */

static void check_controller_names(Check *check)
{
    if (!controllers_are_read(check))
        return;
    FOR_EACH(const DomainController, controller, check_topology(check)->controllers) {
        if (controller->fqdn != NULL && strchr(controller->fqdn, '.') != NULL)
            continue;
        finding_cite(check_raise(check, SEVERITY_WARNING, &controller->object,
                                 "Domain controller \"%s\" has no full DNS name%s%s",
                                 controller->object.name, controller->fqdn == NULL ? "" : ", only ",
                                 controller->fqdn == NULL ? "" : controller->fqdn),
                     &controller->object, ATTR_dNSHostName, "a name with a dot in it");
    }
}

static const Need controller_names[] = {{CLASS_server, ATTR_dNSHostName}, {CLASS_NONE, ATTR_NONE}};

const Rule PRE018 = {
    .id = "PRE018",
    .slug = "controller-without-dns-name",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A domain controller has no full DNS name",
    .condition = "dNSHostName of a server with NTDS Settings below CN=Sites is absent or has no "
                 "dot.",
    .why = "Setup and servers connect to domain controllers by this name and stumble over a short "
           "one.",
    .remedy = "Give the machine its primary DNS suffix, restart it, and see that dNSHostName is "
              "written. If the domain controller is long gone, remove its metadata with ntdsutil.",
    .references = "CSS-Exchange, SetupAssist check of dNSHostName",
    .needs = controller_names,
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_controller_names,
};
