/*
 * NXT: Exchange 2010 and later, whose rules run where a server of one is known. What a version that
 * is there asks of the older ones beside it, and what would keep the next one out. Pairs that may
 * not stand beside each other at all are ORG007's; a version that is not there yet is a
 * possibility, so what keeps it out is information.
 */
#include "rules/nxt.h"

#include "rules/facts.h"
#include "rules/levels.h"
#include "rules/pre.h"
#include "rules/words.h"

/* --- what joins whom: NXT001 to NXT004 ----------------------------------------------------- */

/* The least an older version must be for a newer one to join. */
typedef struct Floor {
    Family family;
    uint16_t minor; /* 2007 and 2010: their service packs */
    uint32_t build; /* 2003, 2013 and 2016 */
    const char *words;
    bool rollup; /* an update rollup beyond it is asked for, which the directory does not tell */
} Floor;

typedef struct Step {
    Family target;
    Family oldest; /* that may stand beside it */
    Floor floors[3];
} Step;

/* Exchange system requirements and setup readiness checks. */
static const Step steps[] = {
    {FAMILY_2010,
     FAMILY_2003,
     {{FAMILY_2003, 5, 7638, "2003 SP2", false}, {FAMILY_2007, 2, 0, "2007 SP2", false}}},
    {FAMILY_2013,
     FAMILY_2007,
     {{FAMILY_2007, 3, 0, "2007 SP3 with Update Rollup 10", true},
      {FAMILY_2010, 3, 0, "2010 SP3", false}}},
    {FAMILY_2016,
     FAMILY_2010,
     {{FAMILY_2010, 3, 0, "2010 SP3 with Update Rollup 11", true},
      {FAMILY_2013, 0, 1130, "2013 CU10", false}}},
    {FAMILY_2019,
     FAMILY_2013,
     {{FAMILY_2013, 0, 1395, "2013 CU21", false}, {FAMILY_2016, 1, 1591, "2016 CU11", false}}},
};

static const Step *step_to(Family target)
{
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        if (steps[i].target == target)
            return &steps[i];
    return NULL;
}

static const Floor *floor_of(const Step *step, Family family)
{
    for (guint i = 0; i < G_N_ELEMENTS(step->floors); i++)
        if (step->floors[i].family == family && step->floors[i].words != NULL)
            return &step->floors[i];
    return NULL;
}

static bool is_below(const Version *version, const Floor *floor)
{
    return version->minor < floor->minor ||
           (version->minor == floor->minor && version->build < floor->build);
}

static bool is_present(const Topology *topology, Family family)
{
    FOR_EACH(const Server, server, topology->servers)
        if (server->version.family == family && !server_is_provisioned_only(server))
            return true;
    return false;
}

static void raise_below_floor(Check *check, const Server *server, const Step *step,
                              const Floor *floor)
{
    g_autofree char *version = version_text(&server->version);
    Finding *finding = check_raise(
        check, floor->family == FAMILY_2003 ? SEVERITY_WARNING : SEVERITY_ERROR, &server->object,
        "Server \"%s\" is at %s, below Exchange %s, which Exchange %s "
        "asks for beside it%s",
        server->object.name, version, floor->words, family_name(step->target),
        server_is_edge(server) ? " (its record may be stale: VER005)" : "");

    finding_cite(finding, &server->object, ATTR_serialNumber, floor->words);
}

/* The target is there: each server that is too low is a fault. */
static void judge_beside(Check *check, const Step *step)
{
    guint rollups = 0;

    FOR_EACH(const Server, server, check_topology(check)->servers) {
        const Floor *floor = floor_of(step, server->version.family);

        if (floor == NULL || server_is_provisioned_only(server))
            continue;
        if (is_below(&server->version, floor))
            raise_below_floor(check, server, step, floor);
        else if (floor->rollup)
            rollups++;
    }
    if (rollups > 0)
        check_not_assessed(check, rollups,
                           "to be verified by hand: the update rollup of the server, which "
                           "serialNumber does not tell");
}

static bool keeps_out(const Server *server, const Step *step)
{
    const Floor *floor = floor_of(step, server->version.family);

    if (server_version_unseen(server) || server_is_provisioned_only(server))
        return false;
    return server->version.family < step->oldest ||
           (floor != NULL && is_below(&server->version, floor));
}

/* The target is not there, nor anything later: what would keep it out. */
static void judge_before(Check *check, const Step *step)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) servers = g_ptr_array_new();
    g_autofree char *names = NULL;
    Finding *finding;

    FOR_EACH(Server, server, topology->servers)
        if (keeps_out(server, step))
            g_ptr_array_add(servers, server);
    if (servers->len == 0)
        return;
    names = names_of(servers);
    finding = check_raise(check, SEVERITY_INFO, organization_object(topology),
                          "Exchange %s cannot join yet: %s %s too old for it",
                          family_name(step->target), names, servers->len == 1 ? "is" : "are");
    FOR_EACH(const Server, server, servers)
        finding_cite(finding, &server->object, ATTR_serialNumber, NULL);
}

static void judge_step(Check *check, Family target)
{
    const Topology *topology = check_topology(check);
    const Step *step = step_to(target);

    if (topology->organization == NULL || no_roles_read(check))
        return;
    if (is_present(topology, target))
        judge_beside(check, step);
    else if (newest_family(topology) < target)
        judge_before(check, step);
}

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

static void check_2010_joins(Check *check)
{
    const Organization *organization = check_topology(check)->organization;

    judge_step(check, FAMILY_2010);
    if (organization != NULL && organization->mixed_mode.present && organization->mixed_mode.value)
        finding_cite(check_raise(check, SEVERITY_ERROR, &organization->object,
                                 "Organisation \"%s\" is in mixed mode, in which Exchange 2010 "
                                 "cannot be",
                                 organization->object.name),
                     &organization->object, ATTR_msExchMixedMode, "FALSE");
}

static const Rule NXT001 = {
    .id = "NXT001",
    .slug = "exchange-2010-joins",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Exchange 2010 beside versions that are too old for it",
    .condition = "Exchange 2010 runs, and a server of 2007 is below SP2: an error; one of 2003 "
                 "below SP2: a warning. The organisation is in mixed mode: an error. Where 2010 is "
                 "not there yet: information on the servers that keep it out, 2000 and 5.5 among "
                 "them.",
    .why = "Setup of Exchange 2010 refuses to join below these levels, and one server is enough. "
           "Where it joined all the same, servers were installed or restored afterwards.",
    .remedy = "Install the service pack on the servers named, or remove them.",
    .references = "TechNet aa998604(EXCHG.149)",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_2010_joins,
};

static void check_2013_joins(Check *check)
{
    judge_step(check, FAMILY_2013);
}

static const Rule NXT002 = {
    .id = "NXT002",
    .slug = "exchange-2013-joins",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "Exchange 2013 beside versions that are too old for it",
    .condition =
        "Exchange 2013 runs, and a server of 2007 or 2010, Edge servers included, is below "
        "SP3. That 2007 also needs Update Rollup 10 (13 to synchronise with an Edge "
        "server of 2013 SP1) cannot be seen. Where 2013 is not there yet: information on "
        "the servers that keep it out, those of 2000 and 2003 among them.",
    .why = "Setup of Exchange 2013 refuses to join below these levels, and one server is enough.",
    .remedy = "Install service pack and rollup on the servers named, or remove them. After an "
              "update of an Edge server, subscribe it again, so that its record is renewed.",
    .references = "Setup readiness checks E15E12CoexistenceMinVersionRequirement, "
                  "E15E14CoexistenceMinVersionRequirement, Exchange2000or2003PresentInOrg",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_2013_joins,
};

static void check_2016_joins(Check *check)
{
    judge_step(check, FAMILY_2016);
}

static const Rule NXT003 = {
    .id = "NXT003",
    .slug = "exchange-2016-joins",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_IN_PART,
    .title = "Exchange 2016 beside versions that are too old for it",
    .condition = "Exchange 2016 runs, and a server of 2010 is below SP3 or one of 2013 below "
                 "Cumulative Update 10 (15.0.1130), Edge servers included. That 2010 also needs "
                 "Update Rollup 11 cannot be seen. Where 2016 is not there yet: information on the "
                 "servers that keep it out, those of 2007 and older among them.",
    .why = "Setup of Exchange 2016 refuses to join below these levels, and one server is enough.",
    .remedy = "Update the servers named, or remove them.",
    .references = "Setup readiness checks E16E12CoexistenceMinVersionRequirement, "
                  "E16E14CoexistenceMinVersionRequirement, E16E15CoexistenceMinVersionRequirement",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_2016_joins,
};

static void check_2019_joins(Check *check)
{
    judge_step(check, FAMILY_2019);
}

static const Rule NXT004 = {
    .id = "NXT004",
    .slug = "exchange-2019-joins",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "Exchange 2019 beside versions that are too old for it",
    .condition = "Exchange 2019 runs, and a server of 2013 is below Cumulative Update 21 "
                 "(15.0.1395) or one of 2016 below Cumulative Update 11 (15.1.1591), Edge servers "
                 "included. Where 2019 is not there yet: information on the servers that keep it "
                 "out, those of 2010 and older among them.",
    .why = "Setup of Exchange 2019 refuses to join below these levels, and one server is enough.",
    .remedy = "Update the servers named, or remove them.",
    .references = "Exchange 2019 system requirements; setup readiness checks of Exchange 2019",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .check = check_2019_joins,
};

/* --- NXT005, NXT006 ----------------------------------------------------------------------- */

static Family oldest_family(const Topology *topology)
{
    Family oldest = FAMILY_SE;

    FOR_EACH(const Server, server, topology->servers)
        if (!server_version_unseen(server) && !server_is_provisioned_only(server))
            oldest = MIN(oldest, server->version.family);
    return oldest;
}

static void check_skipped_versions(Check *check)
{
    const Topology *topology = check_topology(check);
    Family newest = newest_family(topology);

    if (topology->organization == NULL || no_roles_read(check))
        return;
    for (Family family = MAX(oldest_family(topology), FAMILY_2007); family < newest; family++) {
        Finding *finding;

        if (is_present(topology, family))
            continue;
        if (check_census(check)->unknown > 0) {
            check_not_assessed(check, 0, "a server of unknown version may be the one missing");
            return;
        }
        finding = check_raise(check, SEVERITY_WARNING, organization_object(topology),
                              "Exchange %s was skipped: with Exchange %s prepared it can never be "
                              "installed",
                              family_name(family), family_name(newest));
        finding_cite(finding, organization_object(topology), ATTR_objectVersion, NULL);
    }
}

static const Rule NXT005 = {
    .id = "NXT005",
    .slug = "version-skipped",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A version between two that run was skipped",
    .condition = "Servers of an older and of a newer version exist, and none of a version between "
                 "the two, from 2007 on.",
    .why = "Preparing a newer version shuts the door behind the ones before it for which no server "
           "exists. Whoever counted on the one between, as a step of the migration or for a "
           "product, has lost it.",
    .remedy =
        "None, if the version is not needed. Before the next one is prepared, install a server "
        "of any version that may still be wanted.",
    .references = "Setup readiness checks NoE12ServerWarning, NoE14ServerWarning, "
                  "NoE15ServerWarning",
    .needs = server_versions,
    .reads = READS(CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_skipped_versions,
};

/* The versions to come whose need the forest does not meet, in one finding. */
static void check_level_for_next(Check *check)
{
    const Topology *topology = check_topology(check);
    OptionalInteger level = forest_functional_level(topology);
    Family family = newest_family(topology);
    Finding *finding;

    if (topology->organization == NULL || family == FAMILY_UNKNOWN || no_roles_read(check))
        return;
    if (!level.present) {
        check_not_assessed(check, 0,
                           "msDS-Behavior-Version of CN=Partitions,CN=Configuration was not read");
        return;
    }
    for (family++; family <= FAMILY_2019; family++)
        if (level.value < forest_level_needed(family))
            break;
    if (family > FAMILY_2019)
        return;
    finding = check_raise(check, SEVERITY_INFO, NULL,
                          "The forest functional level is %s; Exchange %s would need %s",
                          functional_level_name(level.value), family_name(family),
                          functional_level_name(forest_level_needed(family)));
    finding_cite_forest_level(finding, topology, NULL);
}

static const Rule NXT006 = {
    .id = "NXT006",
    .slug = "forest-level-for-next-version",
    .severity = SEVERITY_INFO,
    .scenarios = SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "The next version needs a higher forest functional level",
    .condition = "msDS-Behavior-Version of CN=Partitions (absent counts as 0) is below what the "
                 "next version after the newest present that asks for more needs: 2 for 2010 and "
                 "2013, 4 for 2016, 6 for 2019. What is present is judged by PRE006.",
    .why = "Setup of that version stops in a forest of a lower level, and raising it needs newer "
           "domain controllers first.",
    .remedy = "Replace older domain controllers, then raise domains and forest, in good time.",
    .references = "Setup readiness check ForestLevelNotWin2003Native; Exchange system requirements",
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .check = check_level_for_next,
};

const Rule *const nxt_rules[] = {&NXT001, &NXT002, &NXT003, &NXT004, &NXT005, &NXT006,
                                 &NXT007, &NXT008, &NXT009, &NXT010, NULL};
