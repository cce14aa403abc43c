/*
 * ORG: the organisation as a whole, its mode, whether there is just one, and what it consists of.
 * Which versions may stand in it is in org-versions.c.
 */
#include "rules/org.h"

#include "rules/words.h"

#include <string.h>

/* --- ORG001 ------------------------------------------------------------------------------- */

/* What is left of 5.5 is named with it: it has to go before the mode can be changed. */
static void raise_mixed_mode(Check *check, const Organization *organization)
{
    Finding *finding = check_raise(check, SEVERITY_ERROR, &organization->object,
                                   "Organisation \"%s\" is still in mixed mode",
                                   organization->object.name);

    finding_cite(finding, &organization->object, ATTR_msExchMixedMode, "FALSE");
    FOR_EACH(const Server, server, check_topology(check)->servers)
        if (server->version.family == FAMILY_5_5)
            finding_relate(finding, &server->object);
}

static void check_mixed_mode(Check *check)
{
    const Topology *topology = check_topology(check);

    FOR_EACH(const Organization, organization, topology->organizations) {
        if (organization->mixed_mode.present && organization->mixed_mode.value)
            raise_mixed_mode(check, organization);
        else if (!organization->mixed_mode.present &&
                 !topology_has_server(topology, server_is_modern))
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

/* --- ORG004 ------------------------------------------------------------------------------- */

static void check_no_organization(Check *check)
{
    const char *unseen = check_unseen_organization(check);

    if (unseen != NULL)
        check_not_assessed(check, 0, "%s", unseen);
    else
        check_raise(check, SEVERITY_INFO, NULL,
                    "No Exchange organisation was found: there is nothing to judge but the sites");
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
        "copy. Where CN=Services was not read, or objects of an organisation without it, absence "
        "is not assessed; hosted tenants, which lie deeper, are not counted.",
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

const Rule *const org_rules[] = {&ORG001, &ORG002, &ORG003, &ORG004,
                                 &ORG005, &ORG006, &ORG007, NULL};
