/*
 * What connectors, site links and address spaces cost. A number below 1 is none that administration
 * would write, and paths cannot be reckoned with it: it counts as 1 wherever costs are added up or
 * printed as what mail costs, and is remarked upon once, when the topology is made.
 */
#include "model/build.h"

enum { LEAST = 1 };

static int cost_of(OptionalInteger cost, int usual)
{
    return cost.present ? MAX(cost.value, LEAST) : usual;
}

int connector_cost(const Connector *connector)
{
    return cost_of(connector->cost, LEAST);
}

int site_link_cost(const SiteLink *link)
{
    return link->exchange_cost.present ? cost_of(link->exchange_cost, LEAST)
                                       : site_link_directory_cost(link);
}

int site_link_directory_cost(const SiteLink *link)
{
    enum { USUAL = 100 };

    return cost_of(link->cost, USUAL);
}

int address_space_cost(const AddressSpace *space)
{
    return cost_of(space->cost, LEAST);
}

/* --- remarks ------------------------------------------------------------------------------ */

static void remark(const Topology *topology, const Entry *entry, const Value *value,
                   AttributeId attribute, OptionalInteger cost)
{
    g_autofree char *name = NULL;

    if (!cost.present || cost.value >= LEAST)
        return;
    name = dn_text(entry->dn);
    diagnose(directory_diagnostics(topology->directory), DIAGNOSTIC_WARNING,
             entry_origin(entry, value),
             "%s: %s tells a cost of %d, which counts as %d in routing, the least there is", name,
             attribute_table[attribute].name, cost.value, LEAST);
}

static void remark_connector(const Topology *topology, const Connector *connector)
{
    const Entry *entry = connector->object.entry;

    remark(topology, entry, entry_value(entry, ATTR_cost), ATTR_cost, connector->cost);
    for (guint i = 0; i < connector->space_count; i++)
        remark(topology, entry, connector->spaces[i].value, ATTR_routingList,
               connector->spaces[i].cost);
}

/* Mail follows IP links only, and their cost for Exchange where there is one. */
static void remark_site_link(const Topology *topology, const SiteLink *link)
{
    const Entry *entry = link->object.entry;
    AttributeId attribute = link->exchange_cost.present ? ATTR_msExchCost : ATTR_cost;

    if (link->ip)
        remark(topology, entry, entry_value(entry, attribute), attribute,
               link->exchange_cost.present ? link->exchange_cost : link->cost);
}

void remark_costs(const Topology *topology)
{
    FOR_EACH(const Connector, connector, topology->connectors)
        remark_connector(topology, connector);
    FOR_EACH(const SiteLink, link, topology->site_links)
        remark_site_link(topology, link);
}
