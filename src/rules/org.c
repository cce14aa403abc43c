/*
 * ORG: the organisation as a whole. Which versions are there, whether they may stand beside each
 * other, and which doors are open or shut for good.
 */
#include "rules/rule.h"
#include "rules/words.h"

#include <string.h>

/* --- ORG001 ------------------------------------------------------------------------------- */

static bool runs_modern(const Topology *topology)
{
    return topology_has_server(topology, server_is_modern);
}

static bool is_5_5(const Server *server)
{
    return server->version.family == FAMILY_5_5;
}

/* What is left of 5.5 is named with it: it has to go before the mode can be changed. */
static void raise_mixed_mode(Check *check, const Organization *organization)
{
    Finding *finding = check_raise(check, SEVERITY_ERROR, &organization->object,
                                   "Organisation \"%s\" is still in mixed mode",
                                   organization->object.name);

    finding_cite(finding, &organization->object, ATTR_msExchMixedMode, "FALSE");
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (is_5_5(server))
            finding_relate(finding, &server->object);
}

static void check_mixed_mode(Check *check)
{
    const Topology *topology = check_topology(check);

    FOR_EACH(const Organization, organization, topology->organizations) {
        if (organization->mixed_mode.present && organization->mixed_mode.value)
            raise_mixed_mode(check, organization);
        else if (!organization->mixed_mode.present && !runs_modern(topology))
            check_not_assessed(check, 1,
                               "msExchMixedMode was not read on the organisation: a native "
                               "organisation cannot be told from a mixed one");
    }
}

static const Rule ORG001 = {
    .id = "ORG001",
    .slug = "organisation-mixed-mode",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The organisation is still in mixed mode",
    .condition = "msExchMixedMode is TRUE on the organisation container. An absent value is not "
                 "taken for native unless an Exchange 2007 or later server exists.",
    .why = "Mixed mode keeps the door open for Exchange 5.5, for which Exchange 2007 has no code: "
           "its setup stops in a mixed-mode organisation.",
    .remedy =
        "Remove the last Exchange 5.5 servers, Site Replication Services and Active Directory "
        "Connectors, then change the operation mode in the properties of the organisation in "
        "Exchange System Manager. The change cannot be undone.",
    .references = "TechNet aa998604; Exchange Analyzer, prerequisite rule on native mode",
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_mixed_mode,
};

/* --- ORG002 ------------------------------------------------------------------------------- */

/* Installed, but neither attribute says what: it may be any version. */
static bool is_of_unknown_version(const Server *server)
{
    return server->version.family == FAMILY_UNKNOWN && !server_is_provisioned_only(server);
}

static void raise_exchange_5_5(Check *check, const Server *server, bool native)
{
    Finding *finding = check_raise(
        check, native ? SEVERITY_WARNING : SEVERITY_ERROR, &server->object,
        native ? "Server \"%s\" is recorded as Exchange 5.5 in a native-mode organisation: most "
                 "likely the leftover of a machine that is gone"
               : "Server \"%s\" runs Exchange 5.5, which cannot coexist with Exchange 2007",
        server->object.name);

    finding_cite(finding, &server->object, ATTR_serialNumber, "Version 6.0 or later");
    finding_cite(finding, &server->object, ATTR_versionNumber, NULL);
}

static void check_exchange_5_5(Check *check)
{
    const Topology *topology = check_topology(check);
    const Organization *organization = topology->organization;
    bool native = organization != NULL && organization->mixed_mode.present &&
                  !organization->mixed_mode.value;

    FOR_EACH(const Server, server, topology->servers) {
        if (is_5_5(server))
            raise_exchange_5_5(check, server, native);
        else if (is_of_unknown_version(server))
            check_not_assessed(check, 1, "the version of the server cannot be told (ORG003)");
    }
}

static const Rule ORG002 = {
    .id = "ORG002",
    .slug = "exchange-5-5-present",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Exchange 5.5 server objects are present",
    .condition =
        "A server's serialNumber says Version 5.5, or it has none and versionNumber lies "
        "in the 5.5 range (1960 to 2999). In native mode it can only be a leftover: warning.",
    .why = "Exchange 2007 and Exchange 5.5 are supported together in no combination.",
    .remedy =
        "Move mailboxes, folders and connectors to Exchange 2000 or 2003 and remove the server "
        "with the Exchange 5.5 administrator program. Delete a stale object only when the "
        "machine is known to be gone.",
    .references = "TechNet aa998604; Exchange Analyzer article on Exchange 5.5 servers",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_exchange_5_5,
};

/* --- ORG003 ------------------------------------------------------------------------------- */

/* What is wrong with what a server says of its version; NULL: nothing. */
static const char *version_doubt(const Server *server)
{
    if (server_is_provisioned_only(server))
        return NULL;
    if (server->version.contradictory)
        return "serialNumber and versionNumber name different products";
    if (server->version.family == FAMILY_UNKNOWN)
        return "neither serialNumber nor versionNumber tells it";
    return server->version.from_serial ? NULL : "only versionNumber tells it";
}

static void check_unclassified(Check *check)
{
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        const char *doubt = version_doubt(server);
        Finding *finding;

        if (doubt == NULL)
            continue;
        finding = check_raise(check, SEVERITY_WARNING, &server->object,
                              "The version of server \"%s\" is in doubt: %s", server->object.name,
                              doubt);
        finding_cite(finding, &server->object, ATTR_serialNumber, "Version N.N (Build …)");
        finding_cite(finding, &server->object, ATTR_versionNumber, NULL);
    }
}

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

static const Rule ORG003 = {
    .id = "ORG003",
    .slug = "server-version-unclear",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The version of a server cannot be classified",
    .condition =
        "serialNumber is missing or of no known form, or it and versionNumber name different "
        "products. Servers that were only provisioned are left out.",
    .why =
        "Where neither attribute tells the version, every rule that depends on it passes over the "
        "server, neither accusing nor clearing it. Where only one does, or they disagree, those "
        "rules rest on serialNumber, else on versionNumber, and may be wrong.",
    .remedy = "Find out what the machine runs. If it lives, run its setup again (or its last "
              "service pack), which writes both attributes; if not, remove the object.",
    .references = "Exchange Analyzer articles on serialNumber; MSDN on the packed versionNumber",
    .needs = server_versions,
    .check = check_unclassified,
};

/* --- ORG004 ------------------------------------------------------------------------------- */

/* Whether the place where an organisation would be was read, so that there being none is a fact. */
static bool services_were_read(const Topology *topology)
{
    g_autofree char *configuration = NULL;
    g_autofree char *services = NULL;
    const Dn *dn;

    if (topology->configuration == NULL)
        return false;
    configuration = dn_text(topology->configuration);
    services = g_strconcat("CN=Services,", configuration, NULL);
    dn = dn_find(directory_names(topology->directory), services, strlen(services));
    return dn != NULL && dn->entry != NULL;
}

static void check_no_organization(Check *check)
{
    if (services_were_read(check_topology(check)))
        check_raise(check, SEVERITY_INFO, NULL,
                    "No Exchange organisation was found: there is nothing to judge but the sites");
    else
        check_not_assessed(check, 0,
                           "no organisation was found, but CN=Services,CN=Configuration, below "
                           "which it would be, was not read either");
}

/* Tenants of a hosted organisation are of the same class, but lie deeper. */
static bool lies_in_exchange_container(const Organization *organization)
{
    const Dn *parent = organization->object.entry->dn->parent;

    return g_ascii_strcasecmp(parent->value, "Microsoft Exchange") == 0;
}

static void raise_second_organization(Check *check, const Organization *first,
                                      const Organization *other)
{
    Finding *finding = check_raise(check, SEVERITY_ERROR, &other->object,
                                   "There is a second organisation container, \"%s\", beside "
                                   "\"%s\"",
                                   other->object.name, first->object.name);

    finding_cite(finding, &other->object, ATTR_whenCreated, NULL);
    finding_cite(finding, &first->object, ATTR_whenCreated, NULL);
    finding_relate(finding, &first->object);
}

static void check_one_organization(Check *check)
{
    const Organization *first = NULL;

    FOR_EACH(const Organization, organization, check_topology(check)->organizations) {
        if (!lies_in_exchange_container(organization))
            continue;
        if (first == NULL)
            first = organization;
        else
            raise_second_organization(check, first, organization);
    }
    if (first == NULL)
        check_no_organization(check);
}

static void check_organization_copies(Check *check)
{
    check_one_organization(check);
    FOR_EACH(const Entry, entry, check_topology(check)->set_aside) {
        g_autofree char *name = NULL;

        if (entry->class_id != CLASS_msExchOrganizationContainer ||
            entry->dn->mangled != MANGLED_CONFLICT)
            continue;
        name = dn_plain_name(entry->dn);
        finding_cite_entry(check_raise_entry(check, SEVERITY_ERROR, entry,
                                             "There is a conflict copy of the organisation "
                                             "container \"%s\"",
                                             name),
                           entry);
    }
}

static const Rule ORG004 = {
    .id = "ORG004",
    .slug = "organisation-count",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "There is no Exchange organisation, or more than one",
    .condition =
        "The number of msExchOrganizationContainer objects below CN=Microsoft Exchange, "
        "CN=Services is not one (none: information), or one is a replication conflict's "
        "copy. Where CN=Services was not read, absence is not assessed; hosted tenants, which "
        "lie deeper, are not counted.",
    .why =
        "A forest holds one Exchange organisation. A second container is usually the copy that a "
        "replication conflict left behind; servers and tools may then read different halves.",
    .remedy =
        "Without an organisation there is nothing to do. With two, find out which one the "
        "servers' names and links refer to and have the other cleaned up with vendor support.",
    .references = "TechNet bb288907",
    .misses = MISSES(CLASS_msExchOrganizationContainer),
    .check = check_organization_copies,
};

/* --- ORG005 ------------------------------------------------------------------------------- */

static bool has_legacy_group(const Topology *topology)
{
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (!group->official)
            return true;
    return false;
}

static void check_last_chance(Check *check)
{
    const Topology *topology = check_topology(check);
    const Organization *organization = topology->organization;
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    Finding *finding;

    if (topology_has_server(topology, server_is_legacy))
        return;
    if (plan && organization != NULL && topology->servers->len == 0) {
        check_not_assessed(check, 0, "no Exchange server of the organisation was read");
        return;
    }
    if (plan) {
        check_raise(check, SEVERITY_WARNING, organization == NULL ? NULL : &organization->object,
                    "No Exchange 2000 or 2003 server exists: once Exchange 2007 is installed, none "
                    "can ever be added");
        return;
    }
    if (organization == NULL || !runs_modern(topology) || has_legacy_group(topology))
        return;
    if (topology_has_server(topology, is_of_unknown_version)) {
        check_not_assessed(check, 0, "a server whose version cannot be told may be an older one");
        return;
    }
    finding = check_raise(check, SEVERITY_INFO, &organization->object,
                          "Organisation \"%s\" holds Exchange 2007 or later only: older versions "
                          "can never be added to it",
                          organization->object.name);
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        finding_cite_object(finding, &group->object);
}

static const Rule ORG005 = {
    .id = "ORG005",
    .slug = "older-versions-shut-out",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Older versions can never be added afterwards",
    .condition = "In an audit: Exchange 2007 or later servers exist, none of 2000 or 2003, and no "
                 "administrative group but the official one. Before an installation: there is no "
                 "2000 or 2003 server.",
    .why = "Exchange 2003 setup refuses an organisation that began with, or holds only, Exchange "
           "2007. Every later version shuts the same door behind it. An empty administrative group "
           "left over from 2003 does not prove that the door is still open.",
    .remedy = "If a connector (Notes, GroupWise, X.400), a product or an application still needs "
              "Exchange 2003, install and keep one 2003 server before the first 2007 server.",
    .references = "TechNet aa998604; setup readiness: NoE12ServerWarning, NoE14ServerWarning",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_last_chance,
};

/* --- ORG006 ------------------------------------------------------------------------------- */

static const char *verdict_of(const Topology *topology)
{
    bool legacy = topology_has_server(topology, server_is_legacy);
    bool newer = false;
    bool modern = false;

    FOR_EACH(const Server, server, topology->servers) {
        newer |= server->version.family >= FAMILY_2010;
        modern |= server->version.family == FAMILY_2007;
    }
    if (legacy && (modern || newer))
        return "coexistence of 2000/2003 with 2007 or later";
    if (legacy)
        return "2000/2003 only";
    if (modern && !newer)
        return "2007 only";
    return newer ? "2010 or later, nothing of 2000/2003" : "no server of a known version";
}

static gint compare_products(gconstpointer a, gconstpointer b)
{
    const Server *left = *(const Server *const *)a;
    const Server *right = *(const Server *const *)b;
    g_autofree char *left_product = product_of(left);
    g_autofree char *right_product = product_of(right);

    return strcmp(left_product, right_product);
}

/* One server of each product, and how many there are of it by family and service pack. */
typedef struct Products {
    guint counts[FAMILY_SE + 1][UINT8_MAX + 1];
    GPtrArray *examples; /* of const Server */
} Products;

static void products_count(Products *products, const GPtrArray *servers)
{
    FOR_EACH(const Server, server, servers) {
        guint *count = &products->counts[server->version.family][server->version.service_pack];

        if ((*count)++ == 0)
            g_ptr_array_add(products->examples, (gpointer)(uintptr_t)server);
    }
}

/* "3 of 2003 SP2, 4 of 2007 SP3". */
static char *census_of(const Topology *topology)
{
    g_autoptr(GPtrArray) examples = g_ptr_array_new();
    Products products = {.examples = examples};
    GString *text = g_string_new(NULL);

    products_count(&products, topology->servers);
    g_ptr_array_sort(examples, compare_products);
    FOR_EACH(const Server, server, examples) {
        g_autofree char *product = product_of(server);
        guint count = products.counts[server->version.family][server->version.service_pack];

        g_string_append_printf(text, "%s%u of %s", text->len > 0 ? ", " : "", count, product);
    }
    return g_string_free(text, FALSE);
}

static void check_composition(Check *check)
{
    const Topology *topology = check_topology(check);
    const Organization *organization = topology->organization;
    g_autofree char *servers = count_of(topology->servers->len, "server");
    g_autofree char *groups = count_of(topology->routing_groups->len, "routing group");
    g_autofree char *sites = count_of(topology->sites->len, "site");
    g_autofree char *census = census_of(topology);
    guint most = check_parameter(check, PARAMETER_SERVERS_CITED);
    Finding *finding;

    if (organization == NULL)
        return;
    finding = check_raise(check, SEVERITY_INFO, &organization->object,
                          "Organisation \"%s\": %s%s%s, %s, %s; %s", organization->object.name,
                          servers, census[0] == '\0' ? "" : ": ", census, groups, sites,
                          verdict_of(topology));
    finding_cite(finding, &organization->object, ATTR_objectVersion, NULL);
    for (guint i = 0; i < MIN(topology->servers->len, most); i++) {
        const Server *server = g_ptr_array_index(topology->servers, i);

        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
    }
}

static const Rule ORG006 = {
    .id = "ORG006",
    .slug = "census",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "What the organisation consists of",
    .condition =
        "Always given where there is an organisation: servers by version and service pack, "
        "numbers of routing groups and sites, and which worlds are present. The first 200 "
        "servers (parameter servers-cited) are listed as evidence.",
    .why = "Every other verdict rests on this count: check first that it is the organisation you "
           "meant, and all of it.",
    .remedy = "None. Compare the count with what you know before acting on the findings.",
    .references = "TechNet aa998604, aa996826",
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_composition,
};

/* --- ORG007 ------------------------------------------------------------------------------- */

/* The newest family that may stand beside each: coexistence spans few releases. */
static Family newest_beside(Family family)
{
    switch (family) {
    case FAMILY_2000:
        return FAMILY_2007;
    case FAMILY_2003:
        return FAMILY_2010;
    case FAMILY_2007:
        return FAMILY_2013;
    case FAMILY_2010:
        return FAMILY_2016;
    case FAMILY_2013:
        return FAMILY_2019;
    default:
        return FAMILY_SE;
    }
}

static GPtrArray *servers_after(const Topology *topology, Family family)
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Server, server, topology->servers)
        if (server->version.family > family)
            g_ptr_array_add(found, server);
    return found;
}

enum { PAIRS_SHOWN = 20 };

static void raise_bad_pair(Check *check, const Server *server, const GPtrArray *newer)
{
    Family family = server->version.family;
    g_autofree char *names = names_of(newer);
    Finding *finding = check_raise(check, SEVERITY_ERROR, &server->object,
                                   "Server \"%s\" runs Exchange %s, which may stand beside nothing "
                                   "later than %s; later ones: %s",
                                   server->object.name, family_name(family),
                                   family_name(newest_beside(family)), names);

    finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
    for (guint i = 0; i < MIN(newer->len, (guint)PAIRS_SHOWN); i++)
        finding_relate(finding, g_ptr_array_index(newer, i));
}

static void check_version_pairs(Check *check)
{
    const Topology *topology = check_topology(check);

    for (Family family = FAMILY_2000; family <= FAMILY_2013; family++) {
        g_autoptr(GPtrArray) newer = servers_after(topology, newest_beside(family));

        if (newer->len == 0)
            continue;
        FOR_EACH(const Server, server, topology->servers)
            if (server->version.family == family)
                raise_bad_pair(check, server, newer);
    }
}

static const Rule ORG007 = {
    .id = "ORG007",
    .slug = "versions-that-cannot-coexist",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Two versions are present that may not stand beside each other",
    .condition =
        "By serialNumber, a server of 2000 exists beside one later than 2007, of 2003 beside "
        "one later than 2010, of 2007 beside one later than 2013, of 2010 beside one later "
        "than 2016, or of 2013 beside one later than 2019.",
    .why = "Setup of the newer version refuses such an organisation; where it exists all the same, "
           "either the older server is a leftover object, or mail and administration between the "
           "two are untested and unsupported.",
    .remedy = "Finish removing the older version. If its machine is already gone, remove the "
              "leftover server object, its connectors and its group memberships.",
    .references = "Setup readiness: E16E12CoexistenceMinVersionRequirement, "
                  "Exchange2000or2003PresentInOrg",
    .needs = server_versions,
    .check = check_version_pairs,
};

const Rule *const org_rules[] = {&ORG001, &ORG002, &ORG003, &ORG004,
                                 &ORG005, &ORG006, &ORG007, NULL};
