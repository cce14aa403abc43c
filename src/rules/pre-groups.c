/* PRE, the part about security groups: those that preparation for Exchange 2007 makes, and the
 * older ones of each domain. */
#include "rules/pre.h"

#include "rules/absence.h"
#include "rules/domain-contents.h"
#include "rules/domains.h"
#include "rules/entries.h"
#include "rules/levels.h"
#include "rules/well-known.h"
#include "rules/words.h"

#include <string.h>

/* --- PRE012 ------------------------------------------------------------------------------- */

typedef struct KnownGroup {
    const char *guid;
    const char *name;
    unsigned service_pack; /* of Exchange 2007, from which on the group exists */
} KnownGroup;

/* The names are those of 2007; later versions rename some and keep the GUIDs (schema of pointers as
 * CSS-Exchange lists it). */
static const KnownGroup known_groups[] = {
    {WELL_KNOWN_INTEROP, "ExchangeLegacyInterop", 0},
    {WELL_KNOWN_SERVERS, "Exchange Servers", 0},
    {WELL_KNOWN_ORGANIZATION_ADMINS, "Exchange Organization Administrators", 0},
    {WELL_KNOWN_RECIPIENT_ADMINS, "Exchange Recipient Administrators", 0},
    {WELL_KNOWN_VIEW_ONLY_ADMINS, "Exchange View-Only Administrators", 0},
    {WELL_KNOWN_FOLDER_ADMINS, "Exchange Public Folder Administrators", 1},
};

/* Universal (0x8) and security-enabled (0x80000000). */
static bool is_universal_security_group(const Entry *group, bool *seen)
{
    const int64_t needed = INT64_C(0x80000008);
    int64_t type;

    *seen = entry_integer(group, ATTR_groupType, &type);
    return *seen && (type & needed) == needed;
}

static void judge_pointed_group(Check *check, const Entry *entry)
{
    Object group = entry_object(entry);
    bool seen;

    if (is_universal_security_group(entry, &seen))
        return;
    if (!class_is_a((ClassId)entry->class_id, CLASS_group))
        finding_cite_object(check_raise(check, SEVERITY_ERROR, &group,
                                        "\"%s\", which is registered as a group of Exchange, is no "
                                        "group",
                                        group.name),
                            &group);
    else if (seen)
        finding_cite(check_raise(check, SEVERITY_ERROR, &group,
                                 "The group \"%s\" of Exchange is no universal security group",
                                 group.name),
                     &group, ATTR_groupType, "-2147483640");
    else
        check_not_assessed(check, 1, "groupType of the group was not read");
}

static void raise_dangling_pointer(Check *check, const WellKnown *pointer)
{
    Object holder = entry_object(pointer->holder);
    g_autofree char *target = well_known_target(pointer);

    finding_cite_value(check_raise(check, SEVERITY_ERROR, &holder,
                                   "A registered group of Exchange %s: %s",
                                   reference_state_text(pointer->state), target),
                       &holder, ATTR_otherWellKnownObjects, pointer->value, "a living group");
}

/* The pointer that CONN011 judges: that to ExchangeLegacyInterop in coexistence. */
static const Value *pointer_of_conn011(const Check *check)
{
    const Topology *topology = check_topology(check);

    if (check_scenario(check) == SCENARIO_PREFLIGHT || !topology_coexists(topology))
        return NULL;
    return well_known_find(topology, WELL_KNOWN_INTEROP).value;
}

static void judge_pointer(Check *check, const WellKnown *pointer)
{
    if (pointer->state == REFERENCE_LIVE)
        judge_pointed_group(check, pointer->entry);
    else if (pointer->state == REFERENCE_UNSEEN)
        check_not_assessed(check, 1,
                           "the group lies in a domain partition that was not read: export "
                           "OU=Microsoft Exchange Security Groups of the forest root domain");
    else
        raise_dangling_pointer(check, pointer);
}

/* What a service pack of Exchange 2007 leaves behind. */
static int level_of_pack(unsigned service_pack)
{
    return level_of(FAMILY_2007, service_pack)->organization;
}

static int organization_level(const Organization *organization)
{
    OptionalInteger version = organization->object_version;

    return version.present ? version.value : level_of_pack(0);
}

static void judge_known_group(Check *check, const KnownGroup *known)
{
    const Topology *topology = check_topology(check);
    WellKnown pointer = well_known_find(topology, known->guid);
    bool interop = strcmp(known->guid, WELL_KNOWN_INTEROP) == 0;
    Object holder;
    g_autofree char *expected = g_strdup_printf("B:32:%s:<name of the group>", known->guid);

    if (pointer.state != REFERENCE_ABSENT ||
        organization_level(topology->organization) < level_of_pack(known->service_pack) ||
        (interop && topology_coexists(topology)))
        return;
    holder = entry_object(pointer.holder);
    finding_cite(check_raise(check, SEVERITY_ERROR, &holder,
                             "No group is registered as \"%s\", although the forest is prepared "
                             "for Exchange 2007",
                             known->name),
                 &holder, ATTR_otherWellKnownObjects, expected);
}

static void check_known_groups(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GArray) pointers = well_known_all(topology);
    const Value *elsewhere = pointer_of_conn011(check);

    if (topology->organization == NULL || (pointers->len == 0 && !forest_is_prepared(topology)))
        return;
    if (pointers->len == 0) {
        check_not_assessed(check, 0, "otherWellKnownObjects of CN=Microsoft Exchange was not read");
        return;
    }
    for (guint i = 0; i < pointers->len; i++) {
        const WellKnown *pointer = &g_array_index(pointers, WellKnown, i);

        if (pointer->value != elsewhere)
            judge_pointer(check, pointer);
    }
    for (guint i = 0; i < G_N_ELEMENTS(known_groups) && forest_is_prepared(topology); i++)
        judge_known_group(check, &known_groups[i]);
}

const Rule PRE012 = {
    .id = "PRE012",
    .slug = "exchange-groups-broken",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_HEAD,
    .title = "A security group of Exchange is missing or of the wrong kind",
    .condition = "A value of otherWellKnownObjects of CN=Microsoft Exchange leads to no living "
                 "object, or to one that is no universal security group (groupType). Or the forest "
                 "is prepared for Exchange 2007, and none of the values bears the GUID of one of "
                 "its groups; Exchange Public Folder Administrators is asked for from SP1 on. "
                 "ExchangeLegacyInterop in coexistence is judged by CONN011.",
    .why = "Exchange finds its groups by these pointers, never by name. What a missing group gave "
           "rights to stops: servers cannot read their configuration, administrators cannot "
           "manage, and setup fails.",
    .remedy = "If a group was deleted, remove its value from otherWellKnownObjects with ADSI Edit "
              "and run setup /PrepareAD, which makes group and value anew; then add its members "
              "again. If it lives, correct the value, or its kind in Active Directory Users and "
              "Computers.",
    .references = "TechNet bb288907; CSS-Exchange, Test-DomainOtherWellKnownObjects and "
                  "Test-InvalidWKObjectTargetException",
    .reads = READS(CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_group),
    .check = check_known_groups,
};

/* --- PRE013 ------------------------------------------------------------------------------- */

/* The known group whose name, followed by digits alone, this is; NULL: none. */
static const KnownGroup *doubled_group(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(known_groups); i++) {
        size_t length = strlen(known_groups[i].name);

        if (g_ascii_strncasecmp(name, known_groups[i].name, length) == 0 && name[length] != '\0' &&
            strspn(name + length, "0123456789") == strlen(name + length))
            return &known_groups[i];
    }
    return NULL;
}

static char *member_count(const Entry *group)
{
    guint count;

    entry_values(group, ATTR_member, &count);
    return group->truncated == ATTR_member ? g_strdup_printf("more than %u members", count)
                                           : count_of(count, "member");
}

static void raise_doubled(Check *check, const Entry *entry, const KnownGroup *known)
{
    WellKnown pointer = well_known_find(check_topology(check), known->guid);
    Object group = entry_object(entry);
    g_autofree char *members = member_count(entry);
    bool registered = pointer.entry == entry;
    Finding *finding =
        check_raise(check, SEVERITY_WARNING, &group,
                    "The group \"%s\" (%s) looks like a second \"%s\"; the one in use is %s",
                    group.name, members, known->name, registered ? "this one" : "another");

    finding_cite(finding, &group, ATTR_whenCreated, NULL);
    if (pointer.value != NULL) {
        Object holder = entry_object(pointer.holder);

        finding_cite_value(finding, &holder, ATTR_otherWellKnownObjects, pointer.value, NULL);
    }
    if (pointer.entry != NULL && !registered) {
        Object other = entry_object(pointer.entry);

        finding_relate(finding, &other);
    }
}

static bool lies_in_exchange_unit(const Entry *group)
{
    return g_ascii_strcasecmp(group->dn->parent->value, "Microsoft Exchange Security Groups") == 0;
}

static void check_doubled_groups(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) groups = living_entries(topology, CLASS_group);

    if (topology->organization == NULL || !forest_is_prepared(topology))
        return;
    report_domains_unread(check);
    FOR_EACH(const Entry, entry, groups) {
        const KnownGroup *known = doubled_group(entry->dn->value);

        if (known != NULL && lies_in_exchange_unit(entry))
            raise_doubled(check, entry, known);
    }
}

const Rule PRE013 = {
    .id = "PRE013",
    .slug = "exchange-group-doubled",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_GROUPS,
    .title = "A security group of Exchange exists twice",
    .condition = "In OU=Microsoft Exchange Security Groups lies a group with the name of one of "
                 "Exchange's own followed by a number.",
    .why = "Setup /PrepareAD met a group of that name that no pointer led to, and made another. "
           "One of the two has the members and the other the rights.",
    .remedy = "See in otherWellKnownObjects of CN=Microsoft Exchange which of them is in use, move "
              "the members of the other to it, and delete the other.",
    .references = "Setup log of PrepareAD; CSS-Exchange, Get-ExchangeOtherWellKnownObjects",
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_doubled_groups,
};

/* --- PRE014 ------------------------------------------------------------------------------- */

static const char *const legacy_group_names[] = {"Exchange Domain Servers",
                                                 "Exchange Enterprise Servers"};

/* A group of that account name in the domain, wherever it lies; NULL when none was read. */
static const Entry *find_group(const Topology *topology, const Domain *domain, const char *account)
{
    g_autoptr(GPtrArray) groups = living_entries(topology, CLASS_group);

    FOR_EACH(const Entry, group, groups) {
        g_autofree char *name = entry_text(group, ATTR_sAMAccountName);

        if (name != NULL && g_ascii_strcasecmp(name, account) == 0 &&
            domain_of(topology, group->dn) == domain)
            return group;
    }
    return NULL;
}

static void judge_legacy_group(Check *check, const Domain *domain, const char *name)
{
    const Topology *topology = check_topology(check);
    const Entry *head = domain_head(domain);
    g_autofree char *place = g_strdup_printf("CN=%s,CN=Users", name);
    const Entry *users = entry_below(topology, "CN=Users", head->dn);
    const Entry *elsewhere;
    Object object;
    Finding *finding;

    if (entry_below(topology, place, head->dn) != NULL)
        return;
    elsewhere = find_group(topology, domain, name);
    if (elsewhere == NULL && !domain_lacks(topology, domain, place, CLASS_group)) {
        check_not_assessed(check, 1,
                           "the groups in CN=Users of the domain were not read: " DOMAIN_EXPORT
                           "<domain>");
        return;
    }
    finding = check_raise(check, SEVERITY_ERROR, &domain->object,
                          elsewhere != NULL ? "In domain \"%s\" the group \"%s\" was moved or "
                                              "renamed"
                                            : "In domain \"%s\" the group \"%s\" is missing from "
                                              "CN=Users",
                          domain->object.name, name);
    if (elsewhere == NULL)
        elsewhere = users != NULL ? users : head;
    object = entry_object(elsewhere);
    finding_cite_object(finding, &object);
    finding_relate(finding, &object);
}

/* A domain of 2000/2003: their domain preparation made these groups. */
static bool is_legacy_domain(const Topology *topology, const Domain *domain, GHashTable *servers)
{
    g_autoptr(GPtrArray) containers = system_objects_of(topology, domain);
    int64_t version;

    if (g_hash_table_contains(servers, domain))
        return true;
    return containers->len > 0 &&
           entry_integer(g_ptr_array_index(containers, 0), ATTR_objectVersion, &version) &&
           version < level_of(FAMILY_2007, 0)->domain;
}

static void check_legacy_groups(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) servers = domains_of_servers(topology, server_is_legacy);

    if (!topology_has_server(topology, server_is_legacy))
        return;
    report_domains_unread(check);
    FOR_EACH(const Domain, domain, topology->domains) {
        if (!domain_was_read(domain) || !is_legacy_domain(topology, domain, servers))
            continue;
        for (guint i = 0; i < G_N_ELEMENTS(legacy_group_names); i++)
            judge_legacy_group(check, domain, legacy_group_names[i]);
    }
}

const Rule PRE014 = {
    .id = "PRE014",
    .slug = "legacy-group-moved",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_COMPUTERS | DOMAIN_GROUPS,
    .title = "A security group of Exchange 2000/2003 was moved, renamed or deleted",
    .condition = "While 2000/2003 servers exist: in a domain with one of them, or at their level, "
                 "Exchange Domain Servers or Exchange Enterprise Servers does not lie directly in "
                 "CN=Users.",
    .why = "Exchange 2000/2003 looks for the two groups by name and place. Without them System "
           "Attendant does not start, and setup and the Recipient Update Service fail.",
    .remedy = "Move the group back to CN=Users under its original name. If it was deleted, run "
              "setup /DomainPrep of Exchange 2003 in the domain.",
    .references = "Slipstick, July 2008, on moving the Exchange groups",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_crossRef),
    .misses = MISSES(CLASS_group),
    .check = check_legacy_groups,
};
