/* PRE, the part about what preparation changes beside groups: the container of system objects,
 * inherited permissions, and a class of the schema. */
#include "rules/pre.h"

#include "rules/domain-contents.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/words.h"

/* --- PRE011 ------------------------------------------------------------------------------- */

static bool runs_2013(const Server *server)
{
    return server->version.family >= FAMILY_2013;
}

static void judge_system_objects(Check *check, const Domain *domain)
{
    const Topology *topology = check_topology(check);
    bool fatal = topology_has_server(topology, runs_2013);
    g_autoptr(GPtrArray) containers = system_objects_of(topology, domain);
    g_autofree char *count = count_of(containers->len, "container");
    Finding *finding;

    if (containers->len < 2)
        return;
    finding = check_raise(check, fatal ? SEVERITY_ERROR : SEVERITY_WARNING, &domain->object,
                          "Domain \"%s\" has %s of the kind Microsoft Exchange System Objects",
                          domain->object.name, count);
    FOR_EACH(const Entry, entry, containers) {
        Object container = entry_object(entry);

        finding_cite(finding, &container, ATTR_objectVersion, NULL);
        finding_relate(finding, &container);
    }
}

static void check_system_objects_once(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->organization == NULL)
        return;
    report_domains_unread(check);
    FOR_EACH(const Domain, domain, topology->domains)
        judge_system_objects(check, domain);
}

const Rule PRE011 = {
    .id = "PRE011",
    .slug = "system-objects-twice",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_HEAD,
    .title = "A domain has two containers of Exchange system objects",
    .condition = "More than one object of class msExchSystemObjectsContainer lies at the head of a "
                 "domain, conflict copies included. An error where Exchange 2013 or later runs, a "
                 "warning before.",
    .why = "Setup of Exchange 2013 and later aborts on it, above all where one of the two is of an "
           "old level. Older versions may write to either.",
    .remedy = "Find out which one holds the system mailboxes and public folder objects, and delete "
              "the other once it is empty.",
    .references = "Setup readiness check AdInitErrorRule; CSS-Exchange, "
                  "Test-ExchangeADSetupLevel",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef, CLASS_msExchOrganizationContainer),
    .check = check_system_objects_once,
};

/* --- PRE015, PRE020 ----------------------------------------------------------------------- */

static void check_inheritance(Check *check)
{
    if (check_topology(check)->organization != NULL)
        check_not_assessed(check, 0,
                           "to be verified by hand: that organisation, administrative groups, "
                           "their Servers containers, address lists and public folder hierarchies "
                           "inherit permissions; security descriptors are not read");
}

const Rule PRE015 = {
    .id = "PRE015",
    .slug = "permission-inheritance-blocked",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_BY_HAND,
    .title = "Whether inheritance of permissions is blocked on Exchange objects",
    .condition = "Never raised: it is written in nTSecurityDescriptor, which is not read.",
    .why = "Preparation sets permissions high up and counts on their being inherited. Setup stops "
           "where an object shuts them out.",
    .remedy = "On the Security page of each, Advanced: allow inheritable permissions. Exchange "
              "System Manager shows the page once ShowSecurityPage is set in the registry.",
    .references = "Setup readiness check InhBlockPublicFolderTree",
    .check = check_inheritance,
};

/* The definition of the class group, or NULL when it was not read. */
static const Entry *group_class(const Topology *topology)
{
    g_autoptr(GPtrArray) classes = living_entries(topology, CLASS_classSchema);

    FOR_EACH(const Entry, entry, classes) {
        g_autofree char *name = entry_text(entry, ATTR_lDAPDisplayName);

        if (name != NULL && g_ascii_strcasecmp(name, "group") == 0)
            return entry;
    }
    return NULL;
}

static bool names_exchange_class(const Entry *definition)
{
    static const char *const names[] = {"msExchBaseClass", "1.2.840.113556.1.5.7000.62.14"};
    guint count;
    const Value *values = entry_values(definition, ATTR_auxiliaryClass, &count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *text = value_text(&values[i], ATTR_auxiliaryClass);

        for (guint n = 0; n < G_N_ELEMENTS(names); n++)
            if (g_ascii_strcasecmp(text, names[n]) == 0)
                return true;
    }
    return false;
}

static void check_group_class(Check *check)
{
    const Topology *topology = check_topology(check);
    const Entry *definition = group_class(topology);
    Object object;

    if (topology->organization == NULL)
        return;
    if (definition == NULL) {
        check_not_assessed(check, 0,
                           "the class group was not read: export CN=Group,CN=Schema,"
                           "CN=Configuration with auxiliaryClass");
        return;
    }
    if (names_exchange_class(definition))
        return;
    object = entry_object(definition);
    finding_cite(check_raise(check, SEVERITY_ERROR, &object,
                             "The class group has lost its auxiliary class msExchBaseClass"),
                 &object, ATTR_auxiliaryClass, "msExchBaseClass");
}

const Rule PRE020 = {
    .id = "PRE020",
    .slug = "group-class-damaged",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The class group has lost the auxiliary class of Exchange",
    .condition = "There is an Exchange organisation, and auxiliaryClass of the schema's class "
                 "group does not name msExchBaseClass.",
    .why = "Groups can then carry no Exchange attributes: distribution lists cannot be made or "
           "changed. It is a damage that wrong schema extensions leave.",
    .remedy = "Repair of the schema is a case for vendor support. Do not extend it before.",
    .references = "Exchange Analyzer article on the class group",
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_group_class,
};
