/*
 * PRE, first part: how far forest and domains are prepared, by the numbers that setup writes.
 * What they stand for is in levels.c.
 */
#include "rules/pre.h"

#include "rules/absence.h"
#include "rules/domain-contents.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/levels.h"

/* The least that Exchange 2007 writes. */
static const PreparationLevel *level_of_2007(void)
{
    return level_of(FAMILY_2007, 0);
}

bool forest_is_prepared(const Topology *topology)
{
    const Organization *organization = topology->organization;

    if (organization != NULL && organization->object_version.present &&
        organization->object_version.value >= level_of_2007()->organization)
        return true;
    return topology->official_admin_group != NULL ||
           topology_has_server(topology, server_is_modern);
}

const Entry *schema_head(const Topology *topology)
{
    g_autoptr(GPtrArray) heads = living_entries(topology, CLASS_dMD);

    return heads->len == 0 ? NULL : g_ptr_array_index(heads, 0);
}

/* Before an installation a level is worth a word whatever it is; later only where it is too low for
 * a server that is there. */
static bool is_plan(const Check *check)
{
    return check_scenario(check) == SCENARIO_PREFLIGHT;
}

/* What preparation has to reach: setup of a service pack wants the level of that service pack. */
static const PreparationLevel *level_wanted(const Check *check)
{
    const PreparationLevel *planned = check_planned_level(check);

    return planned != NULL ? planned : level_of_2007();
}

/* --- PRE001 ------------------------------------------------------------------------------- */

static const Entry *schema_marker(const Topology *topology)
{
    const Entry *head = schema_head(topology);

    return head == NULL ? NULL : entry_below(topology, "CN=ms-Exch-Schema-Version-Pt", head->dn);
}

static void cite_marker(Check *check, Finding *finding, int expected)
{
    const Entry *marker = schema_marker(check_topology(check));
    Object object = {.entry = marker, .name = "ms-Exch-Schema-Version-Pt"};
    g_autofree char *text = g_strdup_printf("%d or more", expected);

    if (marker != NULL)
        finding_cite(finding, &object, ATTR_rangeUpper, text);
}

static void report_schema_plan(Check *check, int level)
{
    const PreparationLevel *wanted = level_wanted(check);
    g_autofree char *name = schema_level_name(level);
    Finding *finding;

    if (level >= wanted->schema)
        finding = check_raise(check, SEVERITY_INFO, NULL,
                              "The schema is prepared: its Exchange level is %d (%s)", level, name);
    else
        finding = check_raise(check, SEVERITY_INFO, NULL,
                              "The schema is not prepared for Exchange %s yet: its Exchange level "
                              "is %d (%s)",
                              wanted->product, level, name);
    cite_marker(check, finding, wanted->schema);
}

static void judge_schema(Check *check, int level)
{
    const PreparationLevel *newest = level_of_newest(check_topology(check));
    g_autofree char *name = schema_level_name(level);

    if (newest == NULL || level >= newest->schema)
        return;
    cite_marker(check,
                check_raise(check, SEVERITY_ERROR, NULL,
                            "The Exchange level of the schema is %d (%s), below the %d of Exchange "
                            "%s, which servers run",
                            level, name, newest->schema, newest->product),
                newest->schema);
}

/* Without the marker there is no Exchange schema, unless servers prove the contrary. */
static void report_no_marker(Check *check)
{
    const Topology *topology = check_topology(check);

    if (schema_head(topology) == NULL || topology->servers->len > 0) {
        check_not_assessed(check, 0,
                           "rangeUpper of CN=ms-Exch-Schema-Version-Pt,CN=Schema,CN=Configuration "
                           "was not read");
        return;
    }
    if (is_plan(check))
        check_raise(check, SEVERITY_INFO, NULL,
                    "The schema holds nothing of Exchange yet: setup /PrepareSchema extends it");
}

static void check_schema_level(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->organization == NULL && !is_plan(check))
        return;
    if (!topology->schema_level.present)
        report_no_marker(check);
    else if (is_plan(check))
        report_schema_plan(check, topology->schema_level.value);
    else
        judge_schema(check, topology->schema_level.value);
}

static const Rule PRE001 = {
    .id = "PRE001",
    .slug = "schema-level",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The schema is not prepared for the Exchange version",
    .condition = "rangeUpper of CN=ms-Exch-Schema-Version-Pt in the schema partition is lower than "
                 "what preparing for the newest server wrote. Before an installation: information, "
                 "whatever it is, measured against the service pack that is to be installed.",
    .why = "Servers find classes and attributes missing that their version works with. A level "
           "below that of a living server points to a domain controller that does not replicate, "
           "or to an authoritative restore of the schema.",
    .remedy =
        "Run setup /PrepareSchema in the site and domain of the schema master (PRE010), after "
        "replication was found sound.",
    .references = "TechNet wiki 2772 (levels by product); setup readiness check "
                  "SchemaUpdateRequired",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_schema_level,
};

/* --- PRE002 ------------------------------------------------------------------------------- */

static void cite_organization(Finding *finding, const Organization *organization, int expected)
{
    g_autofree char *text = g_strdup_printf("%d or more", expected);

    finding_cite(finding, &organization->object, ATTR_objectVersion, text);
}

static void report_organization_plan(Check *check, const Organization *organization)
{
    const Topology *topology = check_topology(check);
    const PreparationLevel *wanted = level_wanted(check);
    OptionalInteger version = organization->object_version;
    g_autofree char *name = version.present ? organization_level_name(version.value)
                                            : g_strdup("2000, or not read");
    bool prepared = version.present && version.value >= wanted->organization;
    Finding *finding;

    if (prepared)
        finding = check_raise(check, SEVERITY_INFO, &organization->object,
                              "Organisation \"%s\" is prepared: its level is that of Exchange %s",
                              organization->object.name, name);
    else
        finding = check_raise(check, SEVERITY_INFO, &organization->object,
                              "Organisation \"%s\" is not prepared for Exchange %s yet: its level "
                              "is that of Exchange %s",
                              organization->object.name, wanted->product, name);

    cite_organization(finding, organization, wanted->organization);
    if (topology->official_admin_group != NULL)
        finding_relate(finding, &topology->official_admin_group->object);
    if (topology->official_routing_group != NULL)
        finding_relate(finding, &topology->official_routing_group->object);
}

static void judge_organization(Check *check, const Organization *organization)
{
    const PreparationLevel *newest = level_of_newest(check_topology(check));
    OptionalInteger version = organization->object_version;
    g_autofree char *name = NULL;

    if (newest == NULL || newest->organization == 0)
        return;
    if (!version.present) {
        check_not_assessed(check, 1, "objectVersion of the organisation was not read");
        return;
    }
    if (version.value >= newest->organization)
        return;
    name = organization_level_name(version.value);
    cite_organization(check_raise(check, SEVERITY_ERROR, &organization->object,
                                  "Organisation \"%s\" is at level %d (%s), below the %d of "
                                  "Exchange %s, which servers run",
                                  organization->object.name, version.value, name,
                                  newest->organization, newest->product),
                      organization, newest->organization);
}

static void check_organization_level(Check *check)
{
    const Organization *organization = check_topology(check)->organization;

    if (organization == NULL)
        return;
    if (is_plan(check))
        report_organization_plan(check, organization);
    else
        judge_organization(check, organization);
}

static const Rule PRE002 = {
    .id = "PRE002",
    .slug = "organisation-level",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The organisation is not prepared for the Exchange version",
    .condition = "objectVersion of the organisation container is lower than what preparing for the "
                 "newest server wrote. Before an installation: information, whatever it is, "
                 "measured against the service pack that is to be installed. "
                 "Exchange 2000 writes no value.",
    .why = "Setup /PrepareAD makes containers, groups and permissions of a version. Preparing the "
           "schema alone does not; servers then lack rights or places to write to.",
    .remedy = "Run setup /PrepareAD of the newest version in the site and domain of the schema "
              "master (PRE010).",
    .references = "TechNet bb288907; TechNet wiki 2772; setup readiness check AdUpdateRequired",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_organization_level,
};

/* --- PRE003 ------------------------------------------------------------------------------- */

/* What a domain's level is measured by, and who is in it. */
typedef struct DomainNeed {
    const PreparationLevel *level;
    GHashTable *servers;   /* domains with servers of 2007 or later */
    GHashTable *mailboxes; /* domains with mailboxes */
} DomainNeed;

static Severity domain_severity(const Check *check, const DomainNeed *need, const Domain *domain)
{
    bool in_use = g_hash_table_contains(need->servers, domain) ||
                  g_hash_table_contains(need->mailboxes, domain);

    return in_use && !is_plan(check) ? SEVERITY_ERROR : SEVERITY_INFO;
}

static void raise_never_prepared(Check *check, const Domain *domain, const DomainNeed *need)
{
    if (!domain_lacks(check_topology(check), domain, SYSTEM_OBJECTS, CLASS_container)) {
        check_not_assessed(check, 1,
                           SYSTEM_OBJECTS " was not read, nor were containers beside it in the "
                                          "domain: " DOMAIN_EXPORT "<domain>");
        return;
    }
    finding_cite_entry(
        check_raise(check, domain_severity(check, need, domain), &domain->object,
                    "Domain \"%s\" was never prepared for Exchange: it has no " SYSTEM_OBJECTS,
                    domain->object.name),
        domain_head(domain));
}

static void raise_old_domain(Check *check, const Domain *domain, const Entry *container,
                             const DomainNeed *need, int version)
{
    Object object = entry_object(container);
    g_autofree char *name = domain_level_name(version);
    g_autofree char *expected = g_strdup_printf("%d or more", need->level->domain);
    Finding *finding =
        check_raise(check, domain_severity(check, need, domain), &domain->object,
                    "Domain \"%s\" is prepared at level %d (%s), below the %d of Exchange %s",
                    domain->object.name, version, name, need->level->domain, need->level->product);

    finding_cite(finding, &object, ATTR_objectVersion, expected);
    finding_relate(finding, &object);
}

static void judge_domain_version(Check *check, const Domain *domain, const Entry *container,
                                 const DomainNeed *need)
{
    int64_t version;

    if (!entry_integer(container, ATTR_objectVersion, &version))
        check_not_assessed(check, 1,
                           "objectVersion of CN=Microsoft Exchange System Objects was not read");
    else if (version < need->level->domain)
        raise_old_domain(check, domain, container, need, (int)version);
}

static void judge_domain(Check *check, const Domain *domain, const DomainNeed *need)
{
    g_autoptr(GPtrArray) containers = system_objects_of(check_topology(check), domain);

    if (containers->len > 0)
        judge_domain_version(check, domain, g_ptr_array_index(containers, 0), need);
    else if (domain_was_read(domain))
        raise_never_prepared(check, domain, need);
}

/* In an audit only what servers of 2007 and later need is judged: 2000 and 2003 are long past. A
 * plan may want more than they do. */
static const PreparationLevel *domain_level_wanted(const Check *check)
{
    const PreparationLevel *newest = level_of_newest(check_topology(check));
    const PreparationLevel *planned = is_plan(check) ? level_wanted(check) : NULL;
    bool serves = newest != NULL && newest->family >= FAMILY_2007;

    if (planned != NULL && (!serves || newest->domain < planned->domain))
        return planned;
    return serves ? newest : NULL;
}

static void check_domain_levels(Check *check)
{
    const Topology *topology = check_topology(check);
    DomainNeed need = {.level = domain_level_wanted(check)};

    if (topology->organization == NULL || need.level == NULL)
        return;
    need.servers = domains_of_servers(topology, server_is_modern);
    need.mailboxes = domains_of_mailboxes(topology);
    report_domains_unread(check);
    FOR_EACH(const Domain, domain, topology->domains)
        judge_domain(check, domain, &need);
    g_hash_table_unref(need.servers);
    g_hash_table_unref(need.mailboxes);
}

static const Rule PRE003 = {
    .id = "PRE003",
    .slug = "domain-level",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS | DOMAIN_RECIPIENTS,
    .title = "A domain is not prepared for the Exchange version",
    .condition = "CN=Microsoft Exchange System Objects is missing from a domain of which other "
                 "containers were read, or its objectVersion is lower than what preparing for the "
                 "newest server, or for one that is planned, writes. An error for a domain with "
                 "servers of 2007 or later or with mailboxes, "
                 "information for others and before an installation.",
    .why = "In a domain that is not prepared the Exchange groups lack the rights to write to its "
           "recipients and servers.",
    .remedy = "Run setup /PrepareDomain in the domain, or setup /PrepareAllDomains once.",
    .references = "Setup readiness checks DomainPrepRequired, LocalDomainPrep; TechNet wiki 2772",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchSystemObjectsContainer),
    .check = check_domain_levels,
};

/* --- PRE004 ------------------------------------------------------------------------------- */

/* The nearest thing to a sign that what is read holds: nothing newer ever touched the domain. */
static void judge_legacy_permissions(Check *check, const Domain *domain)
{
    g_autoptr(GPtrArray) containers = system_objects_of(check_topology(check), domain);
    const Entry *container = containers->len == 0 ? NULL : g_ptr_array_index(containers, 0);
    int64_t version;
    Object object;

    if (container == NULL || !entry_integer(container, ATTR_objectVersion, &version) ||
        version >= level_of_2007()->domain) {
        check_not_assessed(check, 1,
                           "to be verified by hand: that setup /PrepareLegacyExchangePermissions "
                           "has run for the domain; security descriptors are not read");
        return;
    }
    object = entry_object(container);
    finding_cite(check_raise(check, SEVERITY_WARNING, &domain->object,
                             "Domain \"%s\" is at the level of Exchange 2000/2003 under a schema "
                             "of 2007: nothing shows that its legacy permissions were prepared",
                             domain->object.name),
                 &object, ATTR_objectVersion, NULL);
}

static bool schema_is_of_2007(const Topology *topology)
{
    return topology->schema_level.present &&
           topology->schema_level.value >= level_of_2007()->schema;
}

static void check_legacy_permissions(Check *check)
{
    const Topology *topology = check_topology(check);

    if (!topology_has_server(topology, server_is_legacy))
        return;
    if (!topology->schema_level.present)
        check_not_assessed(check, 0, "the Exchange level of the schema was not read (PRE001)");
    if (!schema_is_of_2007(topology))
        return;
    FOR_EACH(const Domain, domain, topology->domains)
        judge_legacy_permissions(check, domain);
}

static const Rule PRE004 = {
    .id = "PRE004",
    .slug = "legacy-permissions",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .domain = DOMAIN_HEAD,
    .title = "Legacy permissions may not have been prepared",
    .condition = "Servers of 2000 or 2003 exist, the schema is that of Exchange 2007 or later, and "
                 "objectVersion of the domain's CN=Microsoft Exchange System Objects is still that "
                 "of 2000/2003. Proof would be an entry for Exchange Enterprise Servers in the "
                 "security descriptor of the domain, which is not read.",
    .why = "The schema of 2007 moves recipient attributes into a property set of their own. In a "
           "domain whose legacy permissions were not prepared, the Recipient Update Service of "
           "2000/2003 loses the right to write them: new recipients get no addresses.",
    .remedy = "Run setup /PrepareLegacyExchangePermissions:<domain> for each domain that ever ran "
              "domain preparation of Exchange 2000/2003, and again for any that does so later.",
    .references = "TechNet bb288907",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .check = check_legacy_permissions,
};

const Rule *const pre_rules[] = {&PRE001, &PRE002, &PRE003, &PRE004, &PRE005, &PRE006,
                                 &PRE007, &PRE008, &PRE009, &PRE010, &PRE011, &PRE012,
                                 &PRE013, &PRE014, &PRE015, &PRE016, &PRE017, &PRE018,
                                 &PRE019, &PRE020, &PRE021, &PRE022, &PRE023, NULL};
