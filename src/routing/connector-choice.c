/* Which connector takes a message for an address, by the order of Exchange 2007 and of 2003. */
#include "routing/connector-choice.h"

#include "routing/connections.h"
#include "routing/exit-choice.h"

static const Measure modern_measures[] = {
    {DECIDED_ADDRESS_SPACE, "address space"},
    {DECIDED_LEGACY_COST, "legacy cost"},
    {DECIDED_COST, "cost"},
    {DECIDED_PROXIMITY, "distance"},
    {DECIDED_CONNECTOR_NAME, "name"},
};

static const Measure legacy_measures[] = {
    {DECIDED_ADDRESS_SPACE, "address space"},
    {DECIDED_COST, "cost"},
};

G_STATIC_ASSERT(G_N_ELEMENTS(modern_measures) <= CHOICE_MEASURES);

/* --- who is a candidate at all ------------------------------------------------------------ */

/* As a term of a sum. */
static guint64 cost_of_space(const AddressSpace *space)
{
    return (guint64)address_space_cost(space);
}

/* Less is better in a choice, and the more specific is better. */
static guint64 specificity_key(guint specificity)
{
    return G_MAXUINT - (guint64)specificity;
}

/* The most specific of a connector's spaces that cover the address, the cheapest of equals. */
static const AddressSpace *best_space(const Connector *connector, const Address *address,
                                      guint *specificity)
{
    const AddressSpace *best = NULL;

    for (guint i = 0; i < connector->space_count; i++) {
        const AddressSpace *space = &connector->spaces[i];
        guint found;

        if (!address_space_covers(space, address, &found))
            continue;
        if (best != NULL &&
            (found < *specificity ||
             (found == *specificity && address_space_cost(space) >= address_space_cost(best))))
            continue;
        best = space;
        *specificity = found;
    }
    return best;
}

/* "Local:" keeps a space to the connector's own routing group, and with 2007 to its own site. */
static bool is_in_scope(const Sender *sender, const Connector *connector, const AddressSpace *space)
{
    const Site *site;

    if (!space->local)
        return true;
    if (connector->group != sender->group)
        return false;
    if (!connector->group->official || sender->sites == NULL)
        return true;
    site = connector_source_site(connector, sender->sites);
    return site == site_tree_source(sender->sites);
}

/* Whether the connector may be used for the message; if not, the choice knows why. */
static bool is_usable(Choice *choice, const Sender *sender, const Connector *connector,
                      const AddressSpace *space)
{
    const Topology *topology = group_net_topology(sender->net);
    const char *name = connector->object.name;
    ConnectorFlaw flaw = connector_space_flaw(topology, connector);

    if (connector_is_too_small(connector, sender->size)) {
        choice->too_small = true;
        rejected_add(choice->rejected, name,
                     "size limit %d KiB is below the message's %" G_GUINT64_FORMAT " bytes",
                     connector->size_limit.value, sender->size);
    } else if (flaw != CONNECTOR_SOUND) {
        rejected_add(choice->rejected, name, "it %s", connector_flaw_text(flaw));
        g_ptr_array_add(choice->ignored, (gpointer)connector);
    } else if (!is_in_scope(sender, connector, space)) {
        rejected_add(choice->rejected, name, "its scope is its own %s",
                     connector->group->official ? "site" : "routing group");
    } else {
        return true;
    }
    return false;
}

/* --- Exchange 2007 ------------------------------------------------------------------------ */

/* Distances: 0 the sender itself, 1 its site, then more with each link. */
static guint64 proximity(const Sender *sender, const Connector *connector, const Site *site)
{
    g_autoptr(GPtrArray) servers = connector_senders(connector);

    if (sender->server != NULL && g_ptr_array_find(servers, sender->server, NULL))
        return 0;
    return sender->sites == NULL ? 1 : 1 + (guint64)site_tree_hops(sender->sites, site);
}

/* The exits of the 2007 group towards other groups: worked out once for each. */
typedef struct ExitTable {
    const Sender *sender;
    GHashTable *choices; /* RoutingGroup → Choice */
} ExitTable;

static const Choice *exits_to(ExitTable *exits, const RoutingGroup *to)
{
    const Sender *sender = exits->sender;
    Choice *choice = g_hash_table_lookup(exits->choices, to);

    if (choice == NULL) {
        g_autoptr(GroupTree) tree = group_tree_towards(sender->net, to, sender->usable);

        choice = choose_exit(sender->net, tree, sender->sites, sender->group, sender->size);
        g_hash_table_insert(exits->choices, (gpointer)to, choice);
    }
    return choice;
}

/* How to get to the connector: inside the 2007 group, or out of it through another connector. */
static bool reach_connector(ExitTable *exits, Candidate *candidate)
{
    const Sender *sender = exits->sender;
    const Connector *connector = candidate->connector;
    const Candidate *way;

    if (connector->group == sender->group) {
        candidate->site = connector_source_site(connector, sender->sites);
        if (candidate->site != NULL && sender->sites != NULL)
            candidate->site_cost = site_tree_cost(sender->sites, candidate->site);
        return candidate->site != NULL;
    }
    way = choice_best(exits_to(exits, connector->group));
    if (way == NULL)
        return false;
    candidate->edge = way->edge;
    candidate->site = way->site;
    candidate->site_cost = way->site_cost;
    candidate->legacy_cost = way->legacy_cost + cost_of_space(candidate->space);
    return true;
}

static void add_cut_off(Choice *choice, const Connector *connector)
{
    if (!g_ptr_array_find(choice->cut_off, connector, NULL))
        g_ptr_array_add(choice->cut_off, (gpointer)connector);
}

/* Whether a smaller message would get to the group. */
static bool is_barred_by_size(const Sender *sender, const RoutingGroup *to)
{
    g_autoptr(GroupTree) any = NULL;

    if (sender->size == 0)
        return false;
    any = group_tree_from(sender->net, sender->group, NULL);
    return group_tree_reaches(any, to);
}

static void reject_barred(Choice *choice, const Connector *connector)
{
    choice->too_small = true;
    rejected_add(choice->rejected, connector->object.name,
                 "a connector on every way to its group has a size limit below the message's size");
}

/* A connector that cannot be reached, and what stands in the way: its own site, or what is wrong
 * with the connectors to its group. */
static void reject_unreached(Choice *choice, ExitTable *exits, const Connector *connector)
{
    const Choice *ways;

    if (connector->group == exits->sender->group) {
        rejected_add(choice->rejected, connector->object.name,
                     "there is no path to its source servers (event 5016)");
        add_cut_off(choice, connector);
        return;
    }
    ways = exits_to(exits, connector->group);
    if (ways->cut_off->len == 0 && is_barred_by_size(exits->sender, connector->group))
        reject_barred(choice, connector);
    else
        rejected_add(choice->rejected, connector->object.name,
                     "there is no path to its group (event 5016)");
    rejected_merge(choice->rejected, ways->rejected);
    FOR_EACH(const Connector, way, ways->cut_off)
        add_cut_off(choice, way);
}

static void set_modern_keys(const Sender *sender, Candidate *candidate, guint specificity)
{
    bool foreign = candidate->edge != NULL;
    guint64 space_cost = foreign ? 0 : cost_of_space(candidate->space);

    candidate->keys[0].value = specificity_key(specificity);
    candidate->keys[1].value = candidate->legacy_cost;
    candidate->keys[2].value = candidate->site_cost + space_cost;
    candidate->keys[3].value = proximity(sender, candidate->connector, candidate->site);
    candidate->keys[4].text = candidate->connector->object.name;
}

static void consider_for_modern(Choice *choice, ExitTable *exits, const Address *address,
                                const Connector *connector)
{
    const Sender *sender = exits->sender;
    guint specificity = 0;
    const AddressSpace *space = best_space(connector, address, &specificity);
    Candidate candidate = {.connector = connector, .space = space};

    if (space == NULL || !is_usable(choice, sender, connector, space))
        return;
    if (!reach_connector(exits, &candidate)) {
        reject_unreached(choice, exits, connector);
        return;
    }
    set_modern_keys(sender, &candidate, specificity);
    g_array_append_val(choice->candidates, candidate);
}

/* The vector that a book gives: legacy cost, where the space of a 2007 connector counts, then site
 * cost. */
static guint64 plain_cost(const Candidate *candidate)
{
    return candidate->edge != NULL ? candidate->legacy_cost : cost_of_space(candidate->space);
}

/* Whether the plain comparison prefers a connector of an old group to the chosen one of 2007. */
static void contest(Choice *choice)
{
    const Candidate *best = choice_best(choice);

    if (best == NULL || best->edge != NULL)
        return;
    for (guint i = 1; i < choice->candidates->len; i++) {
        const Candidate *other = &g_array_index(choice->candidates, Candidate, i);

        if (other->edge != NULL && other->keys[0].value == best->keys[0].value &&
            plain_cost(other) < plain_cost(best)) {
            choice->contested = other->connector;
            return;
        }
    }
}

Choice *choose_for_modern(const Sender *sender, const Address *address)
{
    Choice *choice = choice_new(modern_measures, G_N_ELEMENTS(modern_measures));
    g_autoptr(GHashTable)
        choices = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)choice_free);
    ExitTable exits = {.sender = sender, .choices = choices};

    FOR_EACH(const Connector, connector, group_net_topology(sender->net)->connectors)
        consider_for_modern(choice, &exits, address, connector);
    choice_settle(choice);
    contest(choice);
    return choice;
}

/* --- Exchange 2000 and 2003 --------------------------------------------------------------- */

static void consider_for_legacy(Choice *choice, const Sender *sender, const GroupTree *reach,
                                const Address *address, const Connector *connector)
{
    guint specificity = 0;
    const AddressSpace *space = best_space(connector, address, &specificity);
    Candidate candidate = {.connector = connector, .space = space};

    if (space == NULL || !is_usable(choice, sender, connector, space))
        return;
    if (!group_tree_reaches(reach, connector->group)) {
        if (is_barred_by_size(sender, connector->group))
            reject_barred(choice, connector);
        else
            rejected_add(choice->rejected, connector->object.name, "there is no path to its group");
        return;
    }
    candidate.legacy_cost = group_tree_cost(reach, connector->group) + cost_of_space(space);
    candidate.keys[0].value = specificity_key(specificity);
    candidate.keys[1].value = candidate.legacy_cost;
    g_array_append_val(choice->candidates, candidate);
}

/* Puts a candidate at what it costs now; FALSE when it is down or cannot be reached any more. */
static bool revive(const Sender *sender, const GroupTree *alive, Candidate *candidate)
{
    const RoutingGroup *group = candidate->connector->group;

    if (!group_tree_reaches(alive, group) || sender->is_down(candidate->connector, sender->closure))
        return false;
    candidate->legacy_cost = group_tree_cost(alive, group) + cost_of_space(candidate->space);
    candidate->keys[1].value = candidate->legacy_cost;
    return true;
}

/* Takes out those of the closest match that do not work, unless none of them does. */
static void drop_dead(Choice *choice, const Sender *sender)
{
    g_autoptr(GroupTree) alive = group_tree_from(sender->net, sender->group, sender->alive);
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(Candidate));
    g_autoptr(GArray) dead = rejected_new();
    guint64 closest = choice_best(choice)->keys[0].value;

    choice->down = true;
    for (guint i = 0; i < choice->candidates->len; i++) {
        Candidate candidate = g_array_index(choice->candidates, Candidate, i);
        bool is_closest = candidate.keys[0].value == closest;

        if (is_closest && !revive(sender, alive, &candidate)) {
            rejected_add(dead, candidate.connector->object.name, "it is down");
            continue;
        }
        choice->down = choice->down && !is_closest;
        g_array_append_val(kept, candidate);
    }
    if (choice->down)
        return;
    rejected_extend(choice->rejected, dead);
    g_array_unref(choice->candidates);
    choice->candidates = g_steal_pointer(&kept);
    choice_settle(choice);
}

Choice *choose_for_legacy(const Sender *sender, const Address *address)
{
    Choice *choice = choice_new(legacy_measures, G_N_ELEMENTS(legacy_measures));
    g_autoptr(GroupTree) reach = group_tree_from(sender->net, sender->group, sender->usable);

    FOR_EACH(const Connector, connector, group_net_topology(sender->net)->connectors)
        consider_for_legacy(choice, sender, reach, address, connector);
    choice_settle(choice);
    if (choice->candidates->len > 0 && sender->is_down != NULL)
        drop_dead(choice, sender);
    return choice;
}
