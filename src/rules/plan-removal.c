/*
 * What is to be removed: from the words to objects, and the checks of a removal itself, which no
 * rule about the directory can make.
 */
#include "rules/plan-names.h"

#include "base/fault.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "rules/domains.h"
#include "rules/sight.h"
#include "rules/ways-sight.h"
#include "rules/words.h"

#include <string.h>

/* --- what goes ---------------------------------------------------------------------------- */

bool server_may_be_legacy(const Server *server)
{
    if (!server_version_unseen(server) || server_is_provisioned_only(server))
        return server_is_legacy(server);
    return server->admin_group == NULL || !server->admin_group->official;
}

/* Why old servers may be there although none is known for one, in words; NULL: there is none. */
static char *why_none_is_old(const Topology *today, const GPtrArray *doubtful)
{
    g_autofree char *names = names_of(doubtful);
    g_autoptr(Sight) sight = sight_new(today);
    char *unread = sight_blank(sight, CLASS_msExchExchangeServer);

    if (unread == NULL)
        unread = plan_why_unread(today, today->servers, CLASS_msExchExchangeServer);
    if (unread != NULL || doubtful->len == 0)
        return unread;
    return g_strdup_printf("serialNumber was not read, or not understood, on %s", names);
}

/* At least one has to be known; then those that may be old belong to them. */
static GPtrArray *last_legacy(const Topology *today, GError **error)
{
    g_autoptr(GPtrArray) servers = servers_where(today->servers, server_may_be_legacy);
    GPtrArray *removed;

    if (!topology_has_server(today, server_is_legacy)) {
        g_autofree char *unread = why_none_is_old(today, servers);

        if (unread != NULL)
            g_set_error(error, FAULT, FAULT_SOURCE,
                        "no server older than Exchange 2007 was read: %s", unread);
        else
            g_set_error(error, FAULT, FAULT_USAGE, "there is no server older than Exchange 2007");
        return NULL;
    }
    removed = g_ptr_array_new();
    FOR_EACH(const Server, server, servers)
        g_ptr_array_add(removed, (gpointer)server->object.entry);
    return removed;
}

/* Appends those of a list that bear the name or the DN. */
static void add_named(GPtrArray *found, const Topology *today, const GPtrArray *objects,
                      const char *name)
{
    const Dn *dn = dn_find(directory_names(today->directory), name, strlen(name));

    FOR_EACH(const Object, object, objects)
        if (object->entry->dn == dn || name_equal(object->name, name))
            g_ptr_array_add(found, (gpointer)object->entry);
}

static void keep_exact(GPtrArray *found, const Topology *today, const char *name)
{
    const Dn *dn = dn_find(directory_names(today->directory), name, strlen(name));

    for (guint i = found->len; dn != NULL && i-- > 0;)
        if (((const Entry *)g_ptr_array_index(found, i))->dn != dn)
            g_ptr_array_remove_index(found, i);
}

static char *hint_at(const Topology *today, const char *words)
{
    const GPtrArray *lists[] = {today->servers, today->routing_groups, today->admin_groups,
                                today->connectors};
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        FOR_EACH(const Object, object, lists[i])
            g_ptr_array_add(names, (gpointer)object->name);
    return nearest_hint(words, names);
}

static void refuse_removal(const Topology *today, const char *words, GError **error)
{
    g_autofree char *servers = plan_why_unread(today, today->servers, CLASS_msExchExchangeServer);
    g_autofree char *groups = plan_why_unread(today, today->routing_groups,
                                              CLASS_msExchRoutingGroup);
    g_autofree char *hint = hint_at(today, words);

    if (servers != NULL || groups != NULL)
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "no server, group or connector called \"%s\" was read; of %s: %s", words,
                    servers != NULL ? "servers" : "routing groups",
                    servers != NULL ? servers : groups);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no server, group or connector is called \"%s\"%s; \"adtopo show tree\" shows "
                    "them, and last-legacy stands for all servers older than Exchange 2007",
                    words, hint);
}

GPtrArray *plan_removed(const Topology *today, const char *words, GError **error)
{
    const GPtrArray *lists[] = {today->servers, today->routing_groups, today->admin_groups,
                                today->connectors};
    GPtrArray *found;

    if (g_ascii_strcasecmp(words, "last-legacy") == 0)
        return last_legacy(today, error);
    found = g_ptr_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        add_named(found, today, lists[i], words);
    keep_exact(found, today, words);
    if (found->len == 1)
        return found;
    if (found->len == 0) {
        refuse_removal(today, words, error);
    } else {
        g_autofree char *one = dn_text(((const Entry *)g_ptr_array_index(found, 0))->dn);

        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is the name of %u objects; give the distinguished name of one, such as "
                    "%s",
                    words, found->len, one);
    }
    g_ptr_array_unref(found);
    return NULL;
}

/* --- the checks --------------------------------------------------------------------------- */

static guint count_blocking(const Preflight *preflight, ReferenceStep step)
{
    guint count = 0;

    FOR_EACH(const Reference, reference, preflight->references)
        count += reference->step == step && reference->blocks;
    return count;
}

static bool is_removed(const Preflight *preflight, const Dn *dn)
{
    FOR_EACH(const Entry, entry, preflight->removed)
        if (dn_is_below(dn, entry->dn))
            return true;
    return false;
}

static guint count_bare_people(const Topology *today)
{
    guint count = 0;

    FOR_EACH(const Entry, entry, directory_of_class(today->directory, CLASS_person))
        count += sight_is_bare(entry) && !class_is_a((ClassId)entry->class_id, CLASS_computer);
    return count;
}

/* Mailboxes live in domain partitions: without one, none seen means nothing. */
static void check_mailboxes(Preflight *preflight)
{
    const Topology *today = preflight->today;
    bool read = today->domains->len > 0 && count_domains_unread(today) == 0;
    guint bare = count_bare_people(today);
    guint stores = 0;

    FOR_EACH(const Store, store, today->stores)
        stores += !store->public_folders && is_removed(preflight, store->object.entry->dn);
    if (stores == 0 || count_blocking(preflight, STEP_MAILBOXES) > 0)
        return;
    if (!read || directory_seen(today->directory, CLASS_person, ATTR_homeMDB) == 0)
        preflight_add_check(preflight, "mailboxes", PLAN_UNSEEN,
                            "%u mailbox store%s would go, and mailboxes were not read in every "
                            "domain: export each whole with ldifde -f <file> -d <domain>",
                            stores, stores == 1 ? "" : "s");
    else if (bare > 0)
        preflight_add_check(preflight, "mailboxes", PLAN_UNSEEN,
                            "%u account%s nothing but a name, and may have a mailbox in the %u "
                            "store%s that would go: read with an account that may read homeMDB",
                            bare, bare == 1 ? " shows" : "s show", stores, stores == 1 ? "" : "s");
    else
        preflight_add_check(preflight, "mailboxes", PLAN_PASSED,
                            "of the mailboxes that were read, none is in the %u store%s that would "
                            "go",
                            stores, stores == 1 ? "" : "s");
}

static void check_steps(Preflight *preflight)
{
    for (ReferenceStep step = STEP_MAILBOXES; step < STEP_COUNT; step++) {
        guint count = count_blocking(preflight, step);

        if (count > 0)
            preflight_add_check(preflight, step_title(step), PLAN_FAILED,
                                "%u reference%s to what would go", count, count == 1 ? "" : "s");
    }
}

/* Objects of no such kind below what goes: servers of a group that is not empty. */
static void check_contents(Preflight *preflight)
{
    g_autoptr(GPtrArray) inside = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(Server, server, preflight->today->servers) {
        const Dn *dn = server->object.entry->dn;

        if (is_removed(preflight, dn->parent))
            g_ptr_array_add(inside, server);
    }
    if (inside->len == 0)
        return;
    names = names_of(inside);
    preflight_add_check(preflight, "contents", PLAN_FAILED, "servers stand in it: %s", names);
}

/* Empty or not: what its recipients are called goes on to name it. */
static void check_kept_groups(Preflight *preflight)
{
    FOR_EACH(const AdminGroup, group, preflight->today->admin_groups)
        if (!group->official && is_removed(preflight, group->object.entry->dn))
            preflight_add_check(
                preflight, "group to be kept", PLAN_FAILED,
                "\"%s\" stays when its servers are gone: legacyExchangeDN of recipients and the "
                "folders for free/busy times are named after it, and without it delegates and "
                "replies to old messages fail; delete only its empty Servers container (rules "
                "AG006, DEC013)",
                group->object.name);
}

static void check_successor(Preflight *preflight)
{
    const Topology *today = preflight->today;

    if (topology_has_server(today, server_is_modern))
        return;
    if (topology_has_server(today, server_version_unseen))
        preflight_add_check(preflight, "successor", PLAN_UNSEEN,
                            "of no server it could be seen that it is one of Exchange 2007 or "
                            "later, which takes over");
    else
        preflight_add_check(preflight, "successor", PLAN_FAILED,
                            "there is no Exchange 2007 or later server to take over");
}

static void check_no_return(Preflight *preflight, const GPtrArray *unknown)
{
    g_autofree char *names = names_of(unknown);

    if (unknown->len > 0)
        preflight_add_check(preflight, "point of no return", PLAN_UNSEEN,
                            "serialNumber was not read, or not understood, on %s: whether these "
                            "are the last servers older than Exchange 2007 cannot be told",
                            names);
    else
        preflight_add_check(preflight, "point of no return", PLAN_NOTED,
                            "these are the last servers older than Exchange 2007: once they are "
                            "gone, none can be installed again in this organisation");
}

static void check_last(Preflight *preflight)
{
    g_autoptr(GPtrArray) old = servers_where(preflight->today->servers, server_may_be_legacy);
    g_autoptr(GPtrArray) unknown = servers_where(old, server_version_unseen);
    guint going = 0;

    FOR_EACH(const Server, server, old) {
        bool goes = is_removed(preflight, server->object.entry->dn);

        if (!goes && !server_version_unseen(server))
            return;
        going += goes;
    }
    if (going == 0)
        return;
    preflight->final = going == old->len;
    check_no_return(preflight, unknown);
    check_successor(preflight);
}

/* Whether mail still finds its way is told by ways that are there and then are not: of one that was
 * not read, nobody knows. */
static void check_ways(Preflight *preflight)
{
    g_autoptr(GPtrArray) gaps = ways_sight(preflight->today);

    FOR_EACH(const char, gap, gaps)
        preflight_add_check(preflight, "ways of mail", PLAN_UNSEEN, "%s", gap);
}

/* An object that shows nothing but its name, or does not show at all, may name what would go. */
static void check_referrers(Preflight *preflight)
{
    g_autoptr(Sight) sight = sight_new(preflight->today);
    guint count;
    const ClassId *classes = referring_classes(&count);

    for (guint i = 0; i < count; i++) {
        g_autofree char *gap = sight_gap(sight, classes[i]);

        if (gap != NULL)
            preflight_add_check(preflight, "references", PLAN_UNSEEN, "%s", gap);
    }
}

void plan_check_removal(Preflight *preflight)
{
    check_contents(preflight);
    check_mailboxes(preflight);
    check_steps(preflight);
    check_referrers(preflight);
    check_kept_groups(preflight);
    check_ways(preflight);
    check_last(preflight);
}
