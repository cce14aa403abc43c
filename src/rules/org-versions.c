/*
 * ORG, the part about versions: which are there, whether they may stand beside each other, and
 * which are shut out for good.
 */
#include "rules/org.h"

#include "rules/facts.h"
#include "rules/words.h"

/* --- ORG002 ------------------------------------------------------------------------------- */

/* Installed, but neither attribute says what: it may be any version. */
static bool is_of_unknown_version(const Server *server)
{
    return server_version_unseen(server) && !server_is_provisioned_only(server);
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
        if (server->version.family == FAMILY_5_5)
            raise_exchange_5_5(check, server, native);
        else if (is_of_unknown_version(server))
            check_not_assessed(check, 1, "the version of the server cannot be told (ORG003)");
    }
}

const Rule ORG002 = {
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
    if (server_version_unseen(server))
        return "neither serialNumber nor versionNumber tells it";
    return server->version.from_serial ? NULL : "only versionNumber tells it";
}

static void check_unclassified(Check *check)
{
    const Topology *topology = check_topology(check);
    guint hidden = topology_count_servers(topology, server_may_be_provisioned);
    bool unread = attribute_unread(check, hidden, CLASS_msExchExchangeServer,
                                   ATTR_msExchCurrentServerRoles);

    FOR_EACH(const Server, server, topology->servers) {
        const char *doubt = version_doubt(server);
        Finding *finding;

        if (doubt == NULL || (unread && server_may_be_provisioned(server)))
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

const Rule ORG003 = {
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
    if (plan && topology->servers->len == 0 && check_unseen_organization(check) != NULL)
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
    if (organization == NULL || !topology_has_server(topology, server_is_modern) ||
        has_legacy_group(topology))
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

const Rule ORG005 = {
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
    .needs = server_versions,
    .reads = READS(CLASS_msExchExchangeServer, CLASS_msExchOrganizationContainer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_last_chance,
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

const Rule ORG007 = {
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
