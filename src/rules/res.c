/*
 * RES: residue. References that lead nowhere, groups and connectors that outlived their servers,
 * and containers that are too full for the older tools. The rest of the family is listed in res.h.
 */
#include "rules/res.h"

#include "rules/absence.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- RES001 ------------------------------------------------------------------------------- */

/* Where references matter that no other rule judges. */
typedef struct Place {
    ClassId class_id;
    AttributeId attribute;
    unsigned elsewhere; /* scenarios in which another rule judges it */
} Place;

static const Place places[] = {
    {CLASS_msExchExchangeServer, ATTR_msExchResponsibleMTAServer, 0},
    {CLASS_mTA, ATTR_msExchResponsibleMTAServer, 0},
    {CLASS_msExchMDB, ATTR_msExchOwningServer, 0},
    {CLASS_msExchPrivateMDB, ATTR_msExchUseOAB, 0},
    {CLASS_msExchPrivateMDB, ATTR_msExchHomePublicMDB, SCENARIO_AUDIT | SCENARIO_LAST}, /* PF008 */
    {CLASS_msExchConnectionAgreement, ATTR_msExchHomeSyncService, SCENARIO_PREFLIGHT},  /* LEG015 */
    {CLASS_server, ATTR_serverReference, 0},
};

static void raise_dangling(Check *check, const Entry *entry, AttributeId attribute,
                           const Value *value, ReferenceState state)
{
    Object object = entry_object(entry);
    g_autofree char *target = value_text(value, attribute);

    finding_cite_value(check_raise(check, SEVERITY_WARNING, &object,
                                   "%s of \"%s\" names an object which %s: %s",
                                   attribute_table[attribute].name, object.name,
                                   reference_state_text(state), target),
                       &object, attribute, value, "the name of a living object");
}

static void judge_references(Check *check, const Entry *entry, AttributeId attribute)
{
    const Topology *topology = check_topology(check);
    guint count;
    const Value *values = entry_values(entry, attribute, &count);

    for (guint i = 0; i < count; i++) {
        /* Of what these name, only the accounts of domain controllers lie in a domain. */
        ReferenceState state = reference_state_in_domain(topology, &values[i], CLASS_computer);

        if (reference_dangles(state))
            raise_dangling(check, entry, attribute, &values[i], state);
        else if (state == REFERENCE_UNSEEN)
            check_not_assessed(check, 1, "what %s names was not read",
                               attribute_table[attribute].name);
    }
}

static void judge_references_at(Check *check, const Place *place)
{
    const Directory *directory = check_topology(check)->directory;
    const GPtrArray *entries = directory_of_class(directory, place->class_id);

    if (directory_seen(directory, place->class_id, place->attribute) == 0)
        return;
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = entries->pdata[i];

        ahead_attribute(entries, i, place->attribute);
        if (entry_has(entry, place->attribute) && dn_mangling(entry->dn) == MANGLED_NOT)
            judge_references(check, entry, place->attribute);
    }
}

static void check_references(Check *check)
{
    const Topology *topology = check_topology(check);

    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        if ((places[i].elsewhere & check_scenario(check)) == 0)
            judge_references_at(check, &places[i]);
    /* A link without two living sites is SITE005's. */
    FOR_EACH(const SiteLink, link, topology->site_links)
        if (link->sites->len > 1)
            judge_references(check, link->object.entry, ATTR_siteList);
    /* Those of 2000/2003 groups are PF001's. */
    FOR_EACH(const AdminGroup, group, topology->admin_groups)
        if (group->official)
            judge_references(check, group->object.entry, ATTR_siteFolderServer);
}

static const Rule RES001 = {
    .id = "RES001",
    .slug = "dangling-reference",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .domain = DOMAIN_HEAD,
    .title = "A reference leads nowhere",
    .condition = "A value of msExchResponsibleMTAServer, msExchOwningServer, msExchUseOAB, "
                 "siteList of a site link, serverReference, msExchHomeSyncService, or "
                 "siteFolderServer of the group of Exchange 2007 names an object that is deleted "
                 "(\\0ADEL:), a conflict's copy (\\0ACNF:) or missing where its container was "
                 "read. Home routing groups, routing masters, bridgeheads, sites, public folder "
                 "stores, address books and update services have rules of their own (RG008, RG009, "
                 "CONN006, SEND005, SITE002, PF001, PF002, PF005, PF008, RUS002).",
    .why = "Something was removed without its references. Services that follow one fail or wait.",
    .remedy = "Point the attribute to a living object with the product's own tool, else clear it "
              "with ADSI Edit.",
    .references = "MS-ADTS 3.1.1.1.5 and 3.1.1.5.5 on conflict copies and tombstones",
    .reads = READS(CLASS_msExchPrivateMDB, CLASS_msExchExchangeServer, CLASS_mTA, CLASS_msExchMDB,
                   CLASS_site, CLASS_msExchAdminGroup),
    .check = check_references,
};

/* --- RES006, RES007 ----------------------------------------------------------------------- */

static void raise_empty_group(Check *check, const RoutingGroup *group)
{
    g_autofree char *own = names_of(group->connectors);
    g_autofree char *incoming = names_of(group->incoming);
    Finding *finding = check_raise(check, SEVERITY_WARNING, &group->object,
                                   "Routing group \"%s\" has no members, but connectors: own %s, "
                                   "incoming %s",
                                   group->object.name, own, incoming);

    finding_cite(finding, &group->object, ATTR_msExchRoutingGroupMembersDN, "a member");
    finding_relate_all(finding, group->connectors);
    finding_relate_all(finding, group->incoming);
}

static void check_empty_groups(Check *check)
{
    const Topology *topology = check_topology(check);
    guint suspects = 0;
    guint lonely = 0;
    bool visible = topology->servers->len > 0 && members_were_read(topology->directory);

    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        if (group->official || group->members->len > 0)
            continue;
        if (group->connectors->len + group->incoming->len == 0)
            lonely++;
        else if (visible)
            raise_empty_group(check, group);
        else
            suspects++;
    }
    if (directory_of_class(topology->directory, CLASS_msExchRoutingGroupConnector)->len > 0)
        attribute_unread(check, lonely, CLASS_msExchRoutingGroupConnector,
                         ATTR_msExchDestinationRGDN);
    if (suspects > 0)
        check_not_assessed(check, suspects,
                           "the members of the routing group were not read "
                           "(msExchHomeRoutingGroup, msExchRoutingGroupMembersDN)");
}

static const Rule RES006 = {
    .id = "RES006",
    .slug = "empty-group-with-connectors",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "An empty routing group still has connectors",
    .condition = "A routing group without " ROUTING_GROUP_TOKEN " has no members by either end of "
                 "the link, and a connector lies in it or leads to it.",
    .why = "Routing still counts the connectors as ways. Mail sent to such a group waits there for "
           "a server that is gone.",
    .remedy = "Delete the connectors from and to the group, then the group, in Exchange System "
              "Manager or with Remove-RoutingGroupConnector.",
    .references = "TechNet aa998186 (routing in coexistence)",
    .reads = READS(CLASS_msExchRoutingGroupConnector, CLASS_msExchRoutingGroup),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_empty_groups,
};

static void check_useless_connectors(Check *check)
{
    const Topology *topology = check_topology(check);

    if (topology->servers->len == 0 || !versions_are_visible(check) ||
        topology_has_server(topology, server_is_legacy))
        return;
    if (check_census(check)->unknown > 0) {
        check_not_assessed(check, 0, "a server whose version cannot be told may be an older one");
        return;
    }
    FOR_EACH(const Connector, connector, topology->connectors) {
        Finding *finding;

        if (connector->kind != CONNECTOR_ROUTING_GROUP)
            continue;
        finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                              "Routing group connector \"%s\" is left, although no Exchange "
                              "2000/2003 server is",
                              connector->object.name);
        finding_cite(finding, &connector->object, ATTR_msExchDestinationRGDN, NULL);
        finding_cite_object(finding, &connector->object);
    }
}

static const Rule RES007 = {
    .id = "RES007",
    .slug = "connector-without-legacy-server",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A routing group connector outlived the last older server",
    .condition = "A routing group connector exists, and no server of a version below 8 does.",
    .why =
        "Servers of 2007 and 2010 need no connectors among themselves. One that leads to a group "
        "without servers attracts mail that can only wait there.",
    .remedy = "Remove-RoutingGroupConnector for each.",
    .references = "TechNet bb288905",
    .reads = READS(CLASS_msExchExchangeServer),
    .misses = MISSES(CLASS_msExchExchangeServer),
    .check = check_useless_connectors,
};

/* --- RES014 ------------------------------------------------------------------------------- */

/* What the tools of 2000/2003 list from one container; connectors are RG010's. */
static const ClassId listed_classes[] = {
    CLASS_msExchExchangeServer,  CLASS_msExchRoutingGroup,   CLASS_msExchAdminGroup,
    CLASS_msExchRecipientPolicy, CLASS_addressBookContainer, CLASS_msExchAddressListService,
};

static void raise_crowd(Check *check, const Dn *container, ClassId class_id, guint count)
{
    finding_cite_entry(check_raise_entry(check, SEVERITY_WARNING, container->entry,
                                         "%u objects of class %s lie in \"%s\": the tools of "
                                         "Exchange 2000/2003 may not show all",
                                         count, class_table[class_id].name, container->value),
                       container->entry);
}

static void add_count(GHashTable *counts, const Dn *parent, guint count)
{
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(counts, parent));

    g_hash_table_insert(counts, (gpointer)(uintptr_t)parent, GUINT_TO_POINTER(before + count));
}

/* How many living entries lie in each container, by its name. Entries come in the order of their
 * names, and siblings mostly in a row. */
static GHashTable *count_siblings(const GPtrArray *entries)
{
    GHashTable *counts = g_hash_table_new(NULL, NULL);
    const Dn *parent = NULL;
    guint row = 0;

    for (guint i = 0; i < entries->len; i++) {
        const Dn *dn = ((const Entry *)entries->pdata[i])->dn;

        ahead_entries(entries, i, entries->len);
        if (dn->parent != parent) {
            add_count(counts, parent, row);
            parent = dn->parent;
            row = 0;
        }
        row += dn_mangling(dn) == MANGLED_NOT;
    }
    add_count(counts, parent, row);
    return counts;
}

static void judge_crowds(Check *check, ClassId class_id)
{
    const Directory *directory = check_topology(check)->directory;
    g_autoptr(GHashTable) counts = count_siblings(directory_of_class(directory, class_id));
    guint most = check_parameter(check, PARAMETER_MANY_OBJECTS);
    GHashTableIter iter;
    gpointer parent;
    gpointer count;

    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &parent, &count))
        if (GPOINTER_TO_UINT(count) > most && ((const Dn *)parent)->entry != NULL)
            raise_crowd(check, parent, class_id, GPOINTER_TO_UINT(count));
}

static void check_crowds(Check *check)
{
    if (!topology_has_server(check_topology(check), server_is_legacy))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(listed_classes); i++)
        judge_crowds(check, listed_classes[i]);
}

static const Rule RES014 = {
    .id = "RES014",
    .slug = "crowded-container",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "A container holds more than the older tools list",
    .condition = "While 2000/2003 servers exist, more than 900 (parameter many-objects) "
                 "servers, routing groups, administrative groups, recipient policies, address "
                 "lists or update services lie in one container. Connectors are judged by RG010.",
    .why = "The tools and services of Exchange 2000/2003 read such a list in one page, which a "
           "domain controller ends after 1,000 objects by default. What lies beyond is not seen.",
    .remedy = "Delete or merge what is not needed. Raising MaxPageSize on the domain controllers "
              "helps for a while only.",
    .references = "Exchange Analyzer article on large numbers of connectors",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_crowds,
};

const Rule *const res_rules[] = {&RES001, &RES002, &RES003, &RES004, &RES005,
                                 &RES006, &RES007, &RES008, &RES009, &RES010,
                                 &RES011, &RES012, &RES013, &RES014, NULL};
