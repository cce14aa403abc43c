/*
 * AG: administrative groups. Exchange 2007 and later live in one group of their own, for the sake
 * of the 2003 tools only; nothing else may live there, and nothing of theirs anywhere else.
 * Groups that nobody lives in any more are in ag-leftovers.c.
 */
#include "rules/ag.h"

#include "base/fold.h"
#include "rules/facts.h"
#include "rules/words.h"

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

static bool is_in_unseen_group(const Server *server)
{
    return server->admin_group == NULL;
}

static void report_unseen_groups(Check *check)
{
    guint unseen = topology_count_servers(check_topology(check), is_in_unseen_group);

    if (unseen > 0)
        check_not_assessed(check, unseen, "the administrative group of the server was not read");
}

static bool bears_token_in_legacy_dn(const Object *object)
{
    g_autofree char *name = entry_text(object->entry, ATTR_legacyExchangeDN);

    return name != NULL && text_has_token(name, ADMIN_GROUP_TOKEN);
}

/* The group of Exchange 2007 when its name lost the token: legacyExchangeDN survives a rename, the
 * group's own and that of the servers in it. */
static const AdminGroup *find_renamed_group(const Topology *topology)
{
    if (topology->official_admin_group != NULL)
        return NULL;
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (bears_token_in_legacy_dn(&group->object))
            return group;
    FOR_EACH(const Server, server, topology->servers)
        if (server->admin_group != NULL && bears_token_in_legacy_dn(&server->object))
            return server->admin_group;
    return NULL;
}

static guint count_modern(const Topology *topology)
{
    return topology_count_servers(topology, server_is_modern);
}

/* No group bears the token, and whether one was made with it nobody can tell. */
static bool renaming_is_unread(Check *check)
{
    const Topology *topology = check_topology(check);

    return topology->official_admin_group == NULL &&
           directory_seen(topology->directory, CLASS_msExchExchangeServer, ATTR_legacyExchangeDN) ==
               0 &&
           attribute_unread(check, count_modern(topology), CLASS_msExchAdminGroup,
                            ATTR_legacyExchangeDN);
}

/* --- AG001, AG002 ------------------------------------------------------------------------- */

static void raise_modern_in_legacy_group(Check *check, const Server *server)
{
    const AdminGroup *group = server->admin_group;
    Finding *finding = check_raise(check, SEVERITY_ERROR, &server->object,
                                   "Exchange %s server \"%s\" lies in administrative group \"%s\"",
                                   family_name(server->version.family), server->object.name,
                                   group->object.name);

    finding_cite_object(finding, &server->object);
    finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
    finding_cite(finding, &server->object, ATTR_legacyExchangeDN, NULL);
    finding_relate(finding, &group->object);
}

/* A group that was renamed is one fault of its own (AG003), not one of every server in it. */
static void check_modern_in_legacy_group(Check *check)
{
    const Topology *topology = check_topology(check);
    const AdminGroup *renamed = find_renamed_group(topology);

    report_unseen_groups(check);
    if (renaming_is_unread(check))
        return;
    FOR_EACH(const Server, server, topology->servers) {
        const AdminGroup *group = server->admin_group;

        if (server_is_modern(server) && group != NULL && !group->official && group != renamed)
            raise_modern_in_legacy_group(check, server);
    }
}

static const Rule AG001 = {
    .id = "AG001",
    .slug = "modern-server-in-legacy-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An Exchange 2007 or later server lies outside the dedicated administrative group",
    .condition =
        "A server of version 8 or later lies below an administrative group whose name does "
        "not hold " ADMIN_GROUP_TOKEN ". Edge servers are no exception; the servers of a "
        "renamed group (AG003) are.",
    .why = "Setup puts every such server into one group, and routing and the tools count on it. A "
           "server elsewhere was moved by hand, which is not supported; mail flow may suffer.",
    .remedy = "Remove the server with its setup and install it again. Do not drag server objects "
              "between groups.",
    .references = "TechNet aa997932",
    .needs = server_versions,
    .check = check_modern_in_legacy_group,
};

static void check_legacy_in_official_group(Check *check)
{
    report_unseen_groups(check);
    FOR_EACH(const Server, server, check_topology(check)->servers) {
        const AdminGroup *group = server->admin_group;
        Finding *finding;

        if (!server_is_legacy(server) || group == NULL || !group->official)
            continue;
        finding = check_raise(
            check, SEVERITY_ERROR, &server->object,
            "Exchange %s server \"%s\" lies in \"%s\", which is for Exchange 2007 "
            "and later only",
            family_name(server->version.family), server->object.name, group->object.name);
        finding_cite_object(finding, &server->object);
        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
        finding_relate(finding, &group->object);
    }
}

static const Rule AG002 = {
    .id = "AG002",
    .slug = "legacy-server-in-official-group",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A 5.5, 2000 or 2003 server lies in the administrative group of Exchange 2007",
    .condition = "A server of a version below 8 lies below an administrative group whose name "
                 "holds " ADMIN_GROUP_TOKEN ".",
    .why =
        "The group exists so that 2003 tools can show the newer servers; Exchange System Manager "
        "cannot manage a 2003 server there properly.",
    .remedy =
        "Move the mailboxes to another server, remove this one with its setup, and install it "
        "again into an administrative group of its own generation.",
    .references = "TechNet aa997932",
    .needs = server_versions,
    .check = check_legacy_in_official_group,
};

/* --- AG003, AG004 ------------------------------------------------------------------------- */

enum { SERVERS_CITED = 20 };

static void raise_renamed_group(Check *check, const AdminGroup *group)
{
    Finding *finding = check_raise(check, SEVERITY_ERROR, &group->object,
                                   "Administrative group \"%s\" was renamed: it was made as the "
                                   "group with " ADMIN_GROUP_TOKEN,
                                   group->object.name);

    finding_cite_object(finding, &group->object);
    finding_cite(finding, &group->object, ATTR_legacyExchangeDN, NULL);
    for (guint i = 0; i < MIN(group->servers->len, (guint)SERVERS_CITED); i++) {
        const Server *server = g_ptr_array_index(group->servers, i);

        finding_cite(finding, &server->object, ATTR_legacyExchangeDN, NULL);
    }
}

static void raise_missing_group(Check *check)
{
    const Topology *topology = check_topology(check);
    Finding *finding = check_raise(check, SEVERITY_ERROR, organization_object(topology),
                                   "Exchange 2007 or later servers exist, but no administrative "
                                   "group is named with " ADMIN_GROUP_TOKEN);

    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        finding_cite_object(finding, &group->object);
}

static bool is_modern_in_unseen_group(const Server *server)
{
    return server_is_modern(server) && is_in_unseen_group(server);
}

static void judge_missing_group(Check *check)
{
    const Topology *topology = check_topology(check);
    const AdminGroup *renamed = find_renamed_group(topology);

    if (renamed != NULL)
        raise_renamed_group(check, renamed);
    else if (topology_has_server(topology, is_modern_in_unseen_group))
        report_unseen_groups(check);
    else if (!renaming_is_unread(check))
        raise_missing_group(check);
}

static void check_official_group_exists(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->organization == NULL || topology->official_admin_group != NULL)
        return;
    if (topology_has_server(topology, server_is_modern))
        judge_missing_group(check);
    else if (check_scenario(check) == SCENARIO_PREFLIGHT)
        finding_advise(check_raise(check, SEVERITY_INFO, organization_object(topology),
                                   "The administrative group of Exchange 2007 does not exist yet: "
                                   "setup /PrepareAD creates it"),
                       "Nothing is to be done: do not make the group by hand.");
}

static const Rule AG003 = {
    .id = "AG003",
    .slug = "official-group-missing",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "The administrative group of Exchange 2007 is missing or renamed",
    .condition =
        "Servers of version 8 or later exist and no msExchAdminGroup holds " ADMIN_GROUP_TOKEN
        " in its name; one counts as renamed whose legacyExchangeDN, or "
        "that of a server in it, still holds it. Before an installation: information.",
    .why = "Every tool and every setup finds the group by that name. It must not be renamed.",
    .remedy =
        "Give the group its name back, Exchange Administrative Group (" ADMIN_GROUP_TOKEN
        "), with ADSI Edit; if it was deleted, ask for vendor support before setup /PrepareAD "
        "makes a new one.",
    .references = "TechNet dd638103",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchAdminGroup),
    .check = check_official_group_exists,
};

static bool names_official_group(const Entry *entry)
{
    return entry->class_id == CLASS_msExchAdminGroup &&
           text_has_token(entry->dn->value, ADMIN_GROUP_TOKEN);
}

static void raise_twin(Check *check, const Entry *twin, guint servers)
{
    const AdminGroup *first = check_topology(check)->official_admin_group;
    g_autofree char *name = dn_plain_name(twin->dn);
    g_autofree char *count = count_of(servers, "server");
    g_autofree char *first_count = count_of(first->servers->len, "server");
    Finding *finding =
        check_raise_entry(check, SEVERITY_ERROR, twin,
                          "More than one administrative group carries " ADMIN_GROUP_TOKEN
                          ": \"%s\" (%s) beside \"%s\" (%s)",
                          name, count, first->object.name, first_count);

    finding_cite_entry(finding, twin);
    finding_cite(finding, &first->object, ATTR_whenCreated, NULL);
    finding_relate(finding, &first->object);
}

static guint servers_below(const Directory *directory, const Dn *dn)
{
    guint count = 0;

    FOR_EACH(const Entry, entry, directory_of_class(directory, CLASS_msExchExchangeServer))
        if (dn_is_below(entry->dn, dn))
            count++;
    return count;
}

static void check_official_group_once(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->official_admin_group == NULL)
        return;
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (group->official && group != topology->official_admin_group)
            raise_twin(check, group->object.entry, group->servers->len);
    FOR_EACH(const Entry, entry, topology->set_aside)
        if (entry->dn->mangled == MANGLED_CONFLICT && names_official_group(entry))
            raise_twin(check, entry, servers_below(topology->directory, entry->dn));
}

static const Rule AG004 = {
    .id = "AG004",
    .slug = "official-group-twice",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "More than one administrative group carries the name of the 2007 group",
    .condition = "More than one msExchAdminGroup holds " ADMIN_GROUP_TOKEN
                 " in its name, conflict copies (\\0ACNF:) included.",
    .why = "All servers of Exchange 2007 and later belong into one group. A twin, usually a "
           "replication conflict's copy, splits them, and setup may pick either.",
    .remedy = "Make sure that replication works, find out which twin holds the servers, and remove "
              "the other once it is empty.",
    .references = "TechNet dd638103; Active Directory replication conflicts (CNF objects)",
    .reads = READS(CLASS_msExchAdminGroup),
    .check = check_official_group_once,
};

/* --- AG008, AG009 ------------------------------------------------------------------------- */

static void check_delegation(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) legacy = g_ptr_array_new();
    const AdminGroup *renamed = find_renamed_group(topology);
    g_autofree char *names = NULL;
    Finding *finding;

    FOR_EACH(AdminGroup, group, topology->admin_groups)
        if (!group->official && group != renamed)
            g_ptr_array_add(legacy, group);
    if (legacy->len < 2 || topology->organization == NULL)
        return;
    names = names_of(legacy);
    finding = check_raise(check, SEVERITY_INFO, organization_object(topology),
                          "There are %u administrative groups of 2000/2003: %s; what is delegated "
                          "on them does not carry over to Exchange 2007",
                          legacy->len, names);
    FOR_EACH(const AdminGroup, group, legacy)
        finding_cite_object(finding, &group->object);
}

static const Rule AG008 = {
    .id = "AG008",
    .slug = "delegation-by-group",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "Delegation by administrative group ends with Exchange 2007",
    .condition = "More than one administrative group without " ADMIN_GROUP_TOKEN " exists. What is "
                 "delegated on each is in its security descriptor, which is not read.",
    .why = "Delegating by administrative group is an idea of 2000 and 2003. Exchange 2007 has "
           "organisation-wide administrator roles and rights on single servers instead.",
    .remedy =
        "List who administers which group, and plan the matching Exchange 2007 roles. Mail flow "
        "is not affected.",
    .references = "TechNet bb288907",
    .reads = READS(CLASS_msExchAdminGroup, CLASS_msExchOrganizationContainer),
    .check = check_delegation,
};

static void judge_group_mode(Check *check, const Organization *organization,
                             const AdminGroup *group)
{
    if (!organization->mixed_mode.present)
        check_not_assessed(check, 1, "msExchMixedMode was not read on the organisation");
    else if (!organization->mixed_mode.value)
        finding_cite(check_raise(check, SEVERITY_WARNING, &group->object,
                                 "Administrative group \"%s\" is marked for Exchange 5.5 (mode %d) "
                                 "although the organisation is native",
                                 group->object.name, group->mode.value),
                     &group->object, ATTR_msExchAdminGroupMode, "0");
}

static void check_group_mode(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->organization == NULL)
        return;
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (group->mode.present && group->mode.value != 0)
            judge_group_mode(check, topology->organization, group);
}

static const Need group_modes[] = {{CLASS_msExchAdminGroup, ATTR_msExchAdminGroupMode},
                                   {CLASS_NONE, ATTR_NONE}};

static const Rule AG009 = {
    .id = "AG009",
    .slug = "group-still-mixed",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An administrative group is still marked for Exchange 5.5",
    .condition = "msExchAdminGroupMode on a group is not 0 (1: Exchange 5.5 only, 2: mixed) while "
                 "msExchMixedMode on the organisation is FALSE. An absent mode says nothing.",
    .why =
        "The mark stays behind where 5.5 objects were not removed cleanly, and setup may stumble "
        "over what it stands for.",
    .remedy = "Look for leftovers of Exchange 5.5 in the group (servers, connectors, replication "
              "services) before Exchange 2007 setup runs.",
    .references = "MSDN ms998917; TechNet aa997634",
    .needs = group_modes,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_group_mode,
};

const Rule *const ag_rules[] = {&AG001, &AG002, &AG003, &AG004, &AG005,
                                &AG006, &AG007, &AG008, &AG009, NULL};
