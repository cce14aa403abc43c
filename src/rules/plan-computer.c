/*
 * The computer that a server is planned on, as far as the directory knows it: an Exchange server or
 * a domain controller of its name, and its account with the version of Windows. These are the
 * checks of PRE022, which only a plan can decide.
 */
#include "base/fault.h"
#include "rules/absence.h"
#include "rules/computers.h"
#include "rules/controllers.h"
#include "rules/plan.h"

#include <string.h>

/* Windows Server 2003, 2008 R2, and the first that Exchange 2007 does not run on, as
 * operatingSystemVersion has them: major and minor version as one number. */
enum { WINDOWS_2003 = 502, WINDOWS_2008_R2 = 601, WINDOWS_2012 = 602, PACK_FOR_2008_R2 = 3 };

/* --- its name ----------------------------------------------------------------------------- */

/* What Windows allows in no computer's name, beside control characters: the characters that
 * NetBIOS, and those that DNS excludes (KB 909264). The underscore is left to DNS servers, which
 * differ. */
static const char no_name_characters[] = "\\/:*?\"<>|,~!@#$%^&'.(){}=+;[] ";

enum { LONGEST_NETBIOS_NAME = 15 };

static bool has_impossible_character(const char *name)
{
    for (const char *at = name; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at) || strchr(no_name_characters, *at) != NULL)
            return true;
    return false;
}

/* Why no computer can have the name, in words that fit behind it; NULL: one can. */
static const char *name_fault(const char *name)
{
    gsize length = strlen(name);

    if (length == 0)
        return "is empty";
    if (strchr(name, '=') != NULL)
        return "is no name of a computer: give the name alone, no distinguished name";
    if (strchr(name, '.') != NULL)
        return "has a dot: give the name without that of its domain";
    if (has_impossible_character(name))
        return "holds a character that no computer's name has: letters, digits and the hyphen do";
    if (name[0] == '-' || name[length - 1] == '-')
        return "begins or ends with a hyphen, which no name in DNS does";
    if (strspn(name, "0123456789") == length)
        return "is a number, which no computer is called";
    if (g_utf8_strlen(name, -1) > LONGEST_NETBIOS_NAME)
        return "is longer than the 15 characters of a NetBIOS name, by which Exchange calls its "
               "servers";
    return NULL;
}

bool plan_computer_is_possible(const char *name, GError **error)
{
    const char *fault = name_fault(name);

    if (fault != NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "--computer: \"%s\" %s", name, fault);
    return fault == NULL;
}

static bool is_called(const char *name, const Plan *plan)
{
    return name != NULL && g_ascii_strcasecmp(name, plan->setup.computer) == 0;
}

static void check_name(Preflight *preflight, const Plan *plan)
{
    FOR_EACH(const Server, server, preflight->today->servers)
        if (is_called(server->object.name, plan))
            preflight_add_check(preflight, "computer", PLAN_FAILED,
                                "an Exchange server called \"%s\" exists already: setup cannot "
                                "upgrade in place, nor use the name twice",
                                server->object.name);
}

/* --- domain controllers ------------------------------------------------------------------- */

/* The head of the forest's root domain is that above the configuration partition. */
static bool is_in_child_domain(const Topology *topology, const DomainController *controller)
{
    const Domain *domain = controller_domain(topology, controller);
    const Dn *head = domain == NULL ? NULL : value_dn(domain->naming_context);

    return head != NULL && topology->configuration != NULL &&
           head != topology->configuration->parent;
}

static void judge_controller(Preflight *preflight, const Plan *plan,
                             const DomainController *controller)
{
    const char *name = controller->object.name;
    bool child = is_in_child_domain(preflight->today, controller);

    if (controller->read_only)
        preflight_add_check(preflight, "computer", PLAN_FAILED,
                            "\"%s\" is a read-only domain controller: setup refuses it", name);
    else if (!controller->global_catalog && child &&
             controller_catalog_unseen(preflight->today, controller))
        preflight_add_check(preflight, "computer", PLAN_UNSEEN,
                            "\"%s\" is a domain controller of a child domain, and whether it is a "
                            "global catalog was not read: setup refuses it if it is none",
                            name);
    else if (!controller->global_catalog && child)
        preflight_add_check(preflight, "computer", PLAN_FAILED,
                            "\"%s\" is a domain controller of a child domain and no global "
                            "catalog: setup refuses it",
                            name);
    else
        preflight_add_check(preflight, "computer", PLAN_NOTED,
                            "\"%s\" is a domain controller: a member server is the better place, "
                            "and the controller cannot be demoted while Exchange is on it",
                            name);
    if (controller->site != plan->setup.site)
        preflight_add_check(preflight, "computer", PLAN_FAILED,
                            "\"%s\" stands in site \"%s\", not in \"%s\"", name,
                            controller->site->object.name, plan->setup.site->object.name);
}

static void check_controller(Preflight *preflight, const Plan *plan)
{
    FOR_EACH(const DomainController, controller, preflight->today->controllers)
        if (is_called(controller->object.name, plan))
            judge_controller(preflight, plan, controller);
}

/* --- its account -------------------------------------------------------------------------- */

/* "5.2 (3790)" is 502; 0: it was not read. */
static int windows_version(const Entry *computer)
{
    g_autofree char *text = entry_text(computer, ATTR_operatingSystemVersion);
    char *end = NULL;
    guint64 major = text == NULL ? 0 : g_ascii_strtoull(text, &end, 10);

    if (major == 0 || major > 99 || *end != '.')
        return 0;
    return (int)major * 100 + (int)MIN(g_ascii_strtoull(end + 1, NULL, 10), 99);
}

/* Every language says "Windows Server" of one. */
static bool is_for_servers(const char *system)
{
    return system == NULL || strstr(system, "Server") != NULL;
}

static void judge_windows(Preflight *preflight, const Plan *plan, const Entry *computer)
{
    g_autofree char *system = entry_text(computer, ATTR_operatingSystem);
    const char *name = plan->setup.computer;
    int version = windows_version(computer);

    if (version == 0)
        preflight_add_check(preflight, "computer", PLAN_NOTED,
                            "the Windows of \"%s\" was not read: verify by hand that it is a "
                            "64-bit Windows Server 2003 SP1, 2008, or 2008 R2 (Exchange 2007 SP3)",
                            name);
    else if (version < WINDOWS_2003 || version >= WINDOWS_2012 || !is_for_servers(system) ||
             (version == WINDOWS_2008_R2 && plan->setup.service_pack < PACK_FOR_2008_R2))
        preflight_add_check(preflight, "computer", PLAN_FAILED,
                            "\"%s\" runs %s, which this version of Exchange 2007 does not run on",
                            name, system == NULL ? "a Windows of another version" : system);
    else
        preflight_add_check(preflight, "computer", PLAN_PASSED,
                            "\"%s\" is in a domain and runs %s; whether that is a 64-bit edition "
                            "the directory does not tell",
                            name, system == NULL ? "a supported Windows" : system);
}

static void check_account(Preflight *preflight, const Plan *plan)
{
    const Topology *today = preflight->today;
    g_autoptr(GHashTable) computers = computers_by_name(today->directory);
    const Entry *computer = g_hash_table_lookup(computers, plan->setup.computer);

    if (computer != NULL)
        judge_windows(preflight, plan, computer);
    else if (today->domains->len == 0 || count_domains_unsearched(today, CLASS_computer) > 0)
        preflight_add_check(preflight, "computer", PLAN_NOTED,
                            "no account of \"%s\" was read: verify by hand that it is a member of "
                            "a domain, with a supported Windows",
                            plan->setup.computer);
    else
        preflight_add_check(preflight, "computer", PLAN_NOTED,
                            "no domain that was read has an account of \"%s\": it has to join one "
                            "first",
                            plan->setup.computer);
}

void plan_check_computer(Preflight *preflight, const Plan *plan, const PlanWords *words)
{
    check_name(preflight, plan);
    if (words->computer == NULL || plan->setup.roles == ROLE_EDGE)
        return;
    check_controller(preflight, plan);
    check_account(preflight, plan);
}
