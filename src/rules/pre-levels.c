/* PRE, the part about functional levels: of domains and of the forest. */
#include "rules/pre.h"

#include "rules/domain-contents.h"
#include "rules/entries.h"
#include "rules/levels.h"

/* --- PRE005, PRE006 ------------------------------------------------------------------------- */

/* What tells the mode of a domain: its own head, where that was read, is fresher than the copy
 * among the partitions. */
static Object mode_object(const Domain *domain)
{
    const Entry *head = domain_head(domain);

    return head != NULL && entry_has(head, ATTR_nTMixedDomain) ? entry_object(head)
                                                               : domain->object;
}

/* No domain of the level of Windows Server 2003 is mixed; without a level it is at the lowest. */
static void judge_domain_mode(Check *check, const Domain *domain)
{
    Object object = mode_object(domain);
    int64_t mixed = 0;
    Finding *finding;

    if (!entry_integer(object.entry, ATTR_nTMixedDomain, &mixed) && domain->level.value < 2)
        check_not_assessed(check, 1, "nTMixedDomain of the domain was not read");
    if (mixed == 0)
        return;
    finding = check_raise(check, SEVERITY_ERROR, &domain->object,
                          "Domain \"%s\" is in Windows mixed mode", domain->object.name);
    finding_cite(finding, &object, ATTR_nTMixedDomain, "0");
    finding_cite(finding, &domain->object, ATTR_msDS_Behavior_Version, NULL);
}

static void check_domain_modes(Check *check)
{
    FOR_EACH(const Domain, domain, check_topology(check)->domains)
        judge_domain_mode(check, domain);
}

const Rule PRE005 = {
    .id = "PRE005",
    .slug = "domain-in-mixed-mode",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .domain = DOMAIN_HEAD,
    .title = "A domain is in Windows mixed mode",
    .condition = "nTMixedDomain is not 0 on the head of a domain or, where that was not read, on "
                 "its crossRef.",
    .why = "A mixed domain has no universal security groups, which Exchange 2007 lives by. Setup "
           "stops for the forest root, its own and every domain that is to be prepared.",
    .remedy = "Raise the domain functional level to Windows 2000 native or above in Active "
              "Directory Domains and Trusts. It cannot be undone, and shuts out Windows NT 4.0 "
              "domain controllers.",
    .references = "Setup readiness checks RootDomainModeMixed, LocalDomainModeMixed, "
                  "PrepareDomainModeMixed; MS-ADTS 6.1.4.1",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .check = check_domain_modes,
};

/* An absent level is 0 (MS-ADTS 6.1.4.4), if levels can be seen at all. */
OptionalInteger forest_functional_level(const Topology *topology)
{
    const Directory *directory = topology->directory;
    bool visible = directory_seen(directory, CLASS_crossRef, ATTR_msDS_Behavior_Version) > 0 ||
                   directory_seen(directory, CLASS_nTDSDSA, ATTR_msDS_Behavior_Version) > 0;

    if (topology->forest_level.present)
        return topology->forest_level;
    return (OptionalInteger){
        .present = visible && directory_of_class(directory, CLASS_crossRefContainer)->len > 0};
}

static const Entry *partitions_container(const Topology *topology)
{
    g_autoptr(GPtrArray) containers = living_entries(topology, CLASS_crossRefContainer);

    return containers->len == 0 ? NULL : g_ptr_array_index(containers, 0);
}

void finding_cite_forest_level(Finding *finding, const Topology *topology, const char *expected)
{
    const Entry *partitions = partitions_container(topology);
    Object object = {.entry = partitions, .name = "Partitions"};

    if (partitions != NULL)
        finding_cite(finding, &object, ATTR_msDS_Behavior_Version, expected);
}

static void report_forest_plan(Check *check, int level)
{
    Finding *finding;

    if (level >= 2)
        return;
    finding = check_raise(check, SEVERITY_INFO, NULL,
                          "The forest functional level is %s: enough for Exchange 2007, but not "
                          "for free/busy times or delegation across forests",
                          functional_level_name(level));
    finding_cite_forest_level(finding, check_topology(check), "2 for features across forests");
}

Family newest_family(const Topology *topology)
{
    Family newest = FAMILY_UNKNOWN;

    FOR_EACH(const Server, server, topology->servers)
        if (!server_is_edge(server) && !server_is_provisioned_only(server))
            newest = MAX(newest, server->version.family);
    return newest;
}

static void judge_forest_level(Check *check, int level)
{
    const Topology *topology = check_topology(check);
    Family family = newest_family(topology);
    int needed = forest_level_needed(family);
    g_autofree char *expected = g_strdup_printf("%d or more", needed);
    Finding *finding;

    if (level >= needed)
        return;
    finding = check_raise(check, SEVERITY_ERROR, NULL,
                          "The forest functional level is %s, below %s, which Exchange %s needs",
                          functional_level_name(level), functional_level_name(needed),
                          family_name(family));
    finding_cite_forest_level(finding, topology, expected);
}

static void check_forest_level(Check *check)
{
    const Topology *topology = check_topology(check);
    OptionalInteger level = forest_functional_level(topology);

    if (!level.present)
        check_not_assessed(check, 0,
                           "msDS-Behavior-Version of CN=Partitions,CN=Configuration was not read");
    else if (check_scenario(check) == SCENARIO_PREFLIGHT)
        report_forest_plan(check, level.value);
    else
        judge_forest_level(check, level.value);
}

const Rule PRE006 = {
    .id = "PRE006",
    .slug = "forest-functional-level",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The forest functional level is too low",
    .condition = "msDS-Behavior-Version of CN=Partitions (absent counts as 0) is below what the "
                 "newest version present needs: 2 for Exchange 2010 and 2013, 4 for 2016, 6 for "
                 "2019. Before Exchange 2007, which takes any: information below 2.",
    .why = "Setup and cumulative updates of that version refuse such a forest. For Exchange 2007 "
           "only features across forests need Windows Server 2003.",
    .remedy =
        "Raise the level of every domain, then of the forest, in Active Directory Domains and "
        "Trusts. Domain controllers of older Windows versions have to go first.",
    .references = "Setup readiness check ForestLevelNotWin2003Native; Exchange system "
                  "requirements; MS-ADTS 6.1.4.4",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_forest_level,
};
