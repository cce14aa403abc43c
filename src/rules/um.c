/*
 * UM: Unified Messaging, which hands voice messages to the hubs of its site and reads mailboxes of
 * Exchange 2007 and later only.
 */
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/recipients.h"
#include "rules/rule.h"

/* --- UM001 -------------------------------------------------------------------------------- */

/* 2007 and 2010; from 2013 on the role is part of every Mailbox server. */
static bool answers_calls(const Server *server)
{
    return server_is_placed(server) && server_uses_routing_group(server) &&
           server_has_role(server, ROLE_UNIFIED_MESSAGING);
}

static bool holds_mailboxes(const Server *server)
{
    return server_is_placed(server) && server_has_role(server, ROLE_MAILBOX);
}

static bool site_lacks_hub(Check *check, const Server *server)
{
    const Site *site = server->site;
    Family family = server->version.family;

    if (site == NULL || site_holds(site, family, family, ROLE_HUB_TRANSPORT))
        return false;
    if (!site_may_hold(site, family, family, ROLE_HUB_TRANSPORT))
        return true;
    check_not_assessed(check, 1, "version or roles of a server in the site were not read");
    return false;
}

static void judge_prerequisites(Check *check, const Server *server, bool no_mailbox)
{
    bool no_hub = site_lacks_hub(check, server);
    Finding *finding;

    if (!no_mailbox && !no_hub)
        return;
    finding = check_raise(check, SEVERITY_WARNING, &server->object,
                          "Unified Messaging server \"%s\" is of no use: %s%s%s",
                          server->object.name,
                          no_mailbox ? "no server of Exchange 2007 or later holds mailboxes" : "",
                          no_mailbox && no_hub ? ", and " : "",
                          no_hub ? "its site has no Hub Transport server of its version" : "");
    finding_cite(finding, &server->object, ATTR_msExchCurrentServerRoles, NULL);
    if (no_hub)
        finding_relate(finding, &server->site->object);
}

static void check_prerequisites(Check *check)
{
    const Topology *topology = check_topology(check);
    bool no_mailbox = !topology_has_server(topology, holds_mailboxes);

    if (no_roles_read(check) || !topology_has_server(topology, answers_calls) ||
        !sites_are_visible(check))
        return;
    if (no_mailbox && check_census(check)->roles_unseen > 0) {
        check_not_assessed(check, check_census(check)->roles_unseen,
                           "the roles of the server were not read");
        no_mailbox = false;
    }
    FOR_EACH(const Server, server, topology->servers)
        if (answers_calls(server))
            judge_prerequisites(check, server, no_mailbox);
}

static const Rule UM001 = {
    .id = "UM001",
    .slug = "unified-messaging-without-prerequisites",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A Unified Messaging server lacks the roles it depends on",
    .condition = "An Exchange 2007 or 2010 server has bit 16 of msExchCurrentServerRoles while no "
                 "server of version 8 or later has bit 2, or while no server of its version in "
                 "its site (msExchServerSite) has bit 32 (see HUB002).",
    .why = "Mailboxes on Exchange 2000 and 2003 cannot be enabled for Unified Messaging, and every "
           "voice message is sent through a hub of the server's own site.",
    .remedy = "Install the missing roles: Hub Transport in the same site, and Mailbox; then move "
              "the users' mailboxes there.",
    .references = "TechNet aa998604; Professional Windows PowerShell for Exchange Server 2007 SP1, "
                  "chapter 2",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_prerequisites,
};

/* --- UM002 -------------------------------------------------------------------------------- */

/* What bit 1 of msExchUMEnabledFlags is taken for; the others say what an enabled user may do. No
 * published source says so, which is why the rule does not call it an error. */
enum { UM_ENABLED = 1 };

static void judge_user(Check *check, const Entry *user)
{
    const Server *server = mailbox_server(check_topology(check), user);
    Object object = entry_object(user);
    int64_t flags = 0;
    Finding *finding;

    entry_integer(user, ATTR_msExchUMEnabledFlags, &flags);
    if (flags == 0)
        return;
    if (server == NULL) {
        check_not_assessed(check, 1, "the server of the user's mailbox store was not read");
        return;
    }
    if (!server_is_legacy(server))
        return;
    if ((flags & UM_ENABLED) == 0) {
        check_not_assessed(check, 1,
                           "whether msExchUMEnabledFlags without bit 1 stands for an enabled user "
                           "is not published: see Get-UMMailbox");
        return;
    }
    finding = check_raise(check, SEVERITY_WARNING, &object,
                          "User \"%s\" seems to be enabled for Unified Messaging, but the mailbox "
                          "is on \"%s\" (Exchange %s)",
                          object.name, server->object.name, family_name(server->version.family));
    finding_cite(finding, &object, ATTR_msExchUMEnabledFlags, NULL);
    finding_cite(finding, &object, ATTR_homeMDB, "a store on Exchange 2007 or later");
    finding_relate(finding, &server->object);
}

static void check_users(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) users = mailbox_users(topology);

    if (!topology_coexists(topology))
        return;
    report_mailboxes_unread(check);
    FOR_EACH(const Entry, user, users)
        judge_user(check, user);
}

static const Rule UM002 = {
    .id = "UM002",
    .slug = "unified-messaging-user-on-legacy-server",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_WITH_DOMAIN,
    .domain = DOMAIN_RECIPIENTS,
    .title = "A user of Unified Messaging has the mailbox on Exchange 2000 or 2003",
    .condition = "msExchUMEnabledFlags of a user is odd, and homeMDB names a store of a server of "
                 "a version below 8. That bit 1 stands for an enabled user is no published fact; "
                 "with other bits alone the rule is not assessed.",
    .why = "Unified Messaging reads and writes mailboxes of Exchange 2007 and later only: callers "
           "of this user can leave no message.",
    .remedy = "Move the mailbox to Exchange 2007 with Move-Mailbox, or disable the user: "
              "Disable-UMMailbox -Identity <user>.",
    .references = "TechNet aa998604",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_users,
};

const Rule *const um_rules[] = {&UM001, &UM002, NULL};
