/*
 * PRE, the part about choices before an installation: which Exchange 2003 server the first hub
 * should be connected to, and what to look for on the computer it goes on.
 */
#include "rules/pre.h"

#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- PRE021 ------------------------------------------------------------------------------- */

/* A legacy server as one end of the first connector between the versions. */
typedef struct Candidate {
    Object object; /* the server's, so that words and findings take it */
    const Server *server;
    guint neighbours; /* groups that its routing group reaches directly */
    guint stores;     /* mailbox stores in its routing group */
    bool patched;     /* Exchange 2003 SP2 */
} Candidate;

static bool is_candidate(const Server *server)
{
    return server_keeps_link_state(server) && server->routing_group != NULL &&
           !server_is_front_end(server) && !server->clustered;
}

static bool is_2003_sp2(const Server *server)
{
    return server->version.family == FAMILY_2003 && server->version.service_pack >= 2;
}

/* The larger number first. */
static gint compare_counts(guint left, guint right)
{
    return (left < right) - (left > right);
}

/* The best first: patched, in the group at the centre, then in the one with most mailboxes. */
static gint compare_candidates(gconstpointer a, gconstpointer b)
{
    const Candidate *left = *(const Candidate *const *)a;
    const Candidate *right = *(const Candidate *const *)b;
    gint order = compare_counts(left->neighbours, right->neighbours);

    if (left->patched != right->patched)
        return left->patched ? -1 : 1;
    if (order == 0)
        order = compare_counts(left->stores, right->stores);
    return order != 0 ? order : dn_compare(left->object.entry->dn, right->object.entry->dn);
}

static void add_candidates(GPtrArray *candidates, const RoutingGroup *group)
{
    g_autoptr(GPtrArray) neighbours = neighbours_of(group);
    guint stores = group_count_mailbox_stores(group);

    FOR_EACH(const Server, server, group->members) {
        Candidate *candidate;

        if (!is_candidate(server))
            continue;
        candidate = g_new(Candidate, 1);
        *candidate = (Candidate){.object = server->object,
                                 .server = server,
                                 .neighbours = neighbours->len,
                                 .stores = stores,
                                 .patched = is_2003_sp2(server)};
        g_ptr_array_add(candidates, candidate);
    }
}

enum { CANDIDATES_CITED = 10 };

/* Setup asks for the server with the first hub only; later ones need a connector of their own. */
static char *advice_text(const Topology *topology, const Server *server)
{
    const char *name = server->object.name;

    if (topology_has_server(topology, server_is_hub))
        return g_strdup_printf("For a further connector between Exchange 2007 and 2000/2003 take "
                               "\"%s\": New-RoutingGroupConnector -TargetTransportServers \"%s\"",
                               name, name);
    return g_strdup_printf("Connect the first Exchange 2007 hub to \"%s\": setup "
                           "/LegacyRoutingServer:%s",
                           name, server->fqdn == NULL ? name : server->fqdn);
}

static void raise_choice(Check *check, const GPtrArray *candidates)
{
    const Candidate *best = g_ptr_array_index(candidates, 0);
    const Server *server = best->server;
    g_autofree char *product = product_of(server);
    g_autofree char *groups = count_of(best->neighbours, "routing group");
    g_autofree char *stores = count_of(best->stores, "mailbox store");
    g_autofree char *names = names_of(candidates);
    g_autofree char *advice = advice_text(check_topology(check), server);
    Finding *finding =
        check_raise(check, SEVERITY_INFO, &server->object,
                    "%s (Exchange %s, routing group \"%s\" with %s around it and %s); "
                    "candidates, best first: %s",
                    advice, product, server->routing_group->object.name, groups, stores, names);

    for (guint i = 0; i < MIN(candidates->len, (guint)CANDIDATES_CITED); i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);

        finding_cite(finding, &candidate->object, ATTR_serialNumber, NULL);
        finding_cite(finding, &candidate->object, ATTR_msExchHomeRoutingGroup, NULL);
    }
}

static void check_routing_server(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(g_free);

    if (!topology_has_server(topology, server_keeps_link_state) || homes_unread(check))
        return;
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (!group->official)
            add_candidates(candidates, group);
    g_ptr_array_sort(candidates, compare_candidates);
    if (candidates->len > 0)
        raise_choice(check, candidates);
    else
        finding_cite_object(check_raise(check, SEVERITY_WARNING, organization_object(topology),
                                        "No Exchange 2000/2003 server qualifies as the other end "
                                        "of a connector to Exchange 2007"),
                            organization_object(topology));
}

static const Need server_versions[] = {{CLASS_msExchExchangeServer, ATTR_serialNumber},
                                       {CLASS_NONE, ATTR_NONE}};

const Rule PRE021 = {
    .id = "PRE021",
    .slug = "legacy-routing-server",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "Which server to connect an Exchange 2007 hub to",
    .condition = "Always given where 2000/2003 servers exist. Candidates are members of a routing "
                 "group that are neither front-ends nor clustered. The order: Exchange 2003 SP2 "
                 "first; then by the number of routing groups their own is connected to; then by "
                 "mailbox stores in it. A warning when there is none. How near a server is to the "
                 "site of the hub is left to you.",
    .why = "Setup of the first hub asks for one Exchange 2000/2003 server and makes the pair of "
           "routing group connectors between the versions with it. All mail between them takes "
           "that way until more connectors are made.",
    .remedy = "For the first hub pass the name to setup, in the assistant or as "
              "/LegacyRoutingServer. Where hubs exist, New-RoutingGroupConnector makes a further "
              "connector, and Set-RoutingGroupConnector adds bridgeheads to one.",
    .references = "TechNet dd638103; Exchange 2007 help on mail flow between 2003 and a first hub",
    .needs = server_versions,
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_routing_server,
};

/* --- PRE022 ------------------------------------------------------------------------------- */

static void check_target_computer(Check *check)
{
    check_not_assessed(
        check, 0,
        "to be verified by hand for the computer that Exchange goes on: it is a "
        "member of a domain, in a site that its subnet gives it, no domain "
        "controller and least of all a read-only one; no Exchange server of its "
        "name exists; its DNS name is no mail domain of a recipient policy (POL005)");
}

const Rule PRE022 = {
    .id = "PRE022",
    .slug = "target-computer",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_PREFLIGHT | SCENARIO_NEXT,
    .decided = DECIDED_BY_HAND,
    .title = "Whether the computer chosen for Exchange is fit for it",
    .condition = "Never raised: which computer is meant is not in the directory. Where the plan "
                 "of a preflight names it (--computer), the checks of the plan say what the "
                 "directory knows: an Exchange server or a domain controller of that name, its "
                 "account, its version of Windows.",
    .why =
        "Setup stops on a computer outside a domain, on a read-only domain controller, on one of "
        "a child domain that is no global catalog, and where an older Exchange is installed: an "
        "upgrade in place does not exist.",
    .remedy = "Choose a member server with a new name in a site with writable global catalogs.",
    .references = "Setup readiness checks ComputerRODC, LocalComputerIsDCInChildDomain, "
                  "WarningInstallExchangeRolesOnDomainController, ExchangeAlreadyInstalled, "
                  "InvalidADSite",
    .check = check_target_computer,
};
