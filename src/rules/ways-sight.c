/* What routing could not see: lost records, classes that did not come, attributes that nobody
 * showed, and names that lead out of what was read. */
#include "rules/ways-sight.h"

#include "rules/routing-groups.h"
#include "rules/sight.h"
#include "rules/words.h"

#include <string.h>

static void add(GPtrArray *gaps, char *gap)
{
    if (gap != NULL)
        g_ptr_array_add(gaps, gap);
}

/* --- lost, or hidden ---------------------------------------------------------------------- */

static void add_lost(GPtrArray *gaps, const Topology *topology)
{
    static const ClassId crossed[] = {
        CLASS_site,
        CLASS_siteLink,
        CLASS_msExchRoutingGroup,
        CLASS_msExchExchangeServer,
        CLASS_msExchRoutingGroupConnector,
        CLASS_mailGateway,
    };

    for (guint i = 0; i < G_N_ELEMENTS(crossed); i++)
        if (directory_may_lack(topology->directory, crossed[i])) {
            add(gaps, g_strdup_printf("records were lost in reading, and some that ways of mail "
                                      "hang on (%s) may be among them: repair or repeat the export",
                                      class_table[crossed[i]].name));
            return;
        }
}

static void add_hidden(GPtrArray *gaps, const Topology *topology)
{
    static const ClassId told[] = {
        CLASS_msExchExchangeServer,
        CLASS_msExchRoutingGroup,
        CLASS_site,
        CLASS_siteLink,
    };
    g_autoptr(Sight) sight = sight_new(topology);

    for (guint i = 0; i < G_N_ELEMENTS(told); i++)
        add(gaps, sight_hidden(sight, told[i]));
}

/* --- shown without what routing needs ----------------------------------------------------- */

/* Every sound object of the class, and of each one derived from it, has one of the attributes. */
typedef struct Want {
    ClassId class_id;
    AttributeId attributes[3];
    const char *told; /* what the first of them tells */
} Want;

static const Want wants[] = {
    {CLASS_msExchExchangeServer,
     {ATTR_serialNumber, ATTR_versionNumber, ATTR_NONE},
     "of which version a server is"},
    {CLASS_msExchExchangeServer,
     {ATTR_msExchHomeRoutingGroup, ATTR_msExchServerSite, ATTR_NONE},
     "where a server stands"},
    {CLASS_siteLink, {ATTR_siteList, ATTR_NONE}, "which sites a link joins"},
    {CLASS_msExchRoutingGroupConnector,
     {ATTR_msExchDestinationRGDN, ATTR_msExchTargetBridgeheadServersDN, ATTR_NONE},
     "where a connector leads"},
    {CLASS_mailGateway,
     {ATTR_routingList, ATTR_connectedDomains, ATTR_NONE},
     "which mail a connector is for"},
};

static bool is_shown(const Directory *directory, ClassId id, const Want *want)
{
    for (const AttributeId *attribute = want->attributes; *attribute != ATTR_NONE; attribute++)
        if (directory_seen(directory, id, *attribute) > 0)
            return true;
    return false;
}

static guint count_of_very_class(const Directory *directory, ClassId id)
{
    guint count = 0;

    FOR_EACH(const Entry, entry, directory_of_class(directory, id))
        count += entry->class_id == id;
    return count;
}

static void add_unshown(GPtrArray *gaps, const Directory *directory, const Want *want)
{
    for (ClassId id = CLASS_NONE; id < CLASS_COUNT; id++) {
        guint objects;

        if (!class_is_a(id, want->class_id) || is_shown(directory, id, want))
            continue;
        objects = count_of_very_class(directory, id);
        if (objects > 0)
            add(gaps, g_strdup_printf("%s, which tells %s, was not read on any of the %u %s "
                                      "objects: export it, or read with an account that may see it",
                                      attribute_table[want->attributes[0]].name, want->told,
                                      objects, class_table[id].name));
    }
}

/* --- connectors that did not come --------------------------------------------------------- */

static guint count_inhabited(const GPtrArray *groups)
{
    guint count = 0;

    FOR_EACH(const RoutingGroup, group, groups)
        count += group->members->len > 0;
    return count;
}

static void add_connectors(GPtrArray *gaps, const Topology *topology)
{
    const char *unseen = topology->routing_groups->len == 0 ? NULL : unseen_connectors(topology);

    if (unseen != NULL)
        add(gaps, g_strdup(unseen));
    else if (topology->connectors->len == 0 && count_inhabited(topology->routing_groups) > 1 &&
             !directory_was_thinned(topology->directory, CLASS_msExchConnector))
        add(gaps, g_strdup("no connector was seen, although there are routing groups to be joined: "
                           "unless there is none, there is no right to list them (List Contents on "
                           "CN=Connections), or the export lacks them"));
}

/* --- names that lead out of what was read ------------------------------------------------- */

static bool is_unseen(const Topology *topology, const void *found, const Value *value)
{
    return found == NULL && reference_state(topology->directory, value) == REFERENCE_UNSEEN;
}

static bool link_leads_out(const Topology *topology, const SiteLink *link)
{
    for (guint i = 0; i < link->site_values.count; i++)
        if (is_unseen(topology, NULL, &link->site_values.items[i]))
            return true;
    return false;
}

static void add_servers_out(GPtrArray *gaps, const Topology *topology)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(Server, server, topology->servers)
        if (is_unseen(topology, server->site, server->site_value) ||
            is_unseen(topology, server->routing_group, server->home_group_value))
            g_ptr_array_add(out, server);
    names = names_of(out);
    if (out->len > 0)
        add(gaps, g_strdup_printf("the site or routing group of %s was not read", names));
}

static void add_links_out(GPtrArray *gaps, const Topology *topology)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new();
    g_autofree char *names = NULL;

    FOR_EACH(SiteLink, link, topology->site_links)
        if (link->ip && link_leads_out(topology, link))
            g_ptr_array_add(out, link);
    names = names_of(out);
    if (out->len > 0)
        add(gaps, g_strdup_printf("sites that site link %s joins were not read", names));
}

/* --- no organisation ---------------------------------------------------------------------- */

/* It stands below CN=Services, which every forest has. */
static void add_services(GPtrArray *gaps, const Topology *topology)
{
    g_autofree char *configuration = dn_text(topology->configuration);
    g_autofree char *text = g_strdup_printf("CN=Services,%s", configuration);
    const Dn *services = dn_find(directory_names(topology->directory), text, strlen(text));

    if (services == NULL || services->entry == NULL)
        add(gaps, g_strdup("CN=Services, below which an Exchange organisation would stand, was not "
                           "read"));
}

/* --- all of it ---------------------------------------------------------------------------- */

GPtrArray *ways_sight(const Topology *topology)
{
    GPtrArray *gaps = g_ptr_array_new_with_free_func(g_free);

    add_lost(gaps, topology);
    if (topology->organization == NULL) {
        add_services(gaps, topology);
        return gaps;
    }
    add_hidden(gaps, topology);
    for (guint i = 0; i < G_N_ELEMENTS(wants); i++)
        add_unshown(gaps, topology->directory, &wants[i]);
    add_connectors(gaps, topology);
    add_servers_out(gaps, topology);
    add_links_out(gaps, topology);
    return gaps;
}
