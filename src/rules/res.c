/*
 * RES, first part: residue. References that lead nowhere, copies that replication conflicts left,
 * objects in the lost and found, groups and connectors that outlived their servers. What is wrong
 * with single server objects is in res-servers.c.
 */
#include "rules/res.h"

#include "rules/domain-contents.h"
#include "rules/entries.h"
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

#include "base/fold.h"

#include <string.h>

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

static void judge_reference(Check *check, const Entry *entry, AttributeId attribute,
                            const Value *value)
{
    Object object = entry_object(entry);
    ReferenceState state = reference_state_in_domain(check_topology(check), value);
    g_autofree char *target = NULL;

    if (!reference_dangles(state))
        return;
    target = value_text(value, attribute);
    finding_cite_value(check_raise(check, SEVERITY_WARNING, &object,
                                   "%s of \"%s\" names an object which %s: %s",
                                   attribute_table[attribute].name, object.name,
                                   reference_state_text(state), target),
                       &object, attribute, value, "the name of a living object");
}

static void judge_references(Check *check, const Entry *entry, AttributeId attribute)
{
    guint count;
    const Value *values = entry_values(entry, attribute, &count);

    for (guint i = 0; i < count; i++)
        judge_reference(check, entry, attribute, &values[i]);
}

static void judge_place(Check *check, const Place *place)
{
    g_autoptr(GPtrArray) entries = living_entries(check_topology(check), place->class_id);

    FOR_EACH(const Entry, entry, entries)
        judge_references(check, entry, place->attribute);
}

static void check_references(Check *check)
{
    const Topology *topology = check_topology(check);

    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        if ((places[i].elsewhere & check_scenario(check)) == 0)
            judge_place(check, &places[i]);
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

/* --- RES002 ------------------------------------------------------------------------------- */

/* ORG004, AG004 and RG004 judge copies of these. */
static bool copy_is_judged_elsewhere(const Entry *copy)
{
    switch (copy->class_id) {
    case CLASS_msExchOrganizationContainer:
        return true;
    case CLASS_msExchAdminGroup:
        return text_has_token(copy->dn->value, ADMIN_GROUP_TOKEN);
    case CLASS_msExchRoutingGroup:
        return text_has_token(copy->dn->value, ROUTING_GROUP_TOKEN);
    default:
        return false;
    }
}

static bool lies_below_class(const Dn *dn, ClassId class_id)
{
    for (dn = dn->parent; dn != NULL; dn = dn->parent)
        if (dn->entry != NULL && dn->entry->class_id == class_id)
            return true;
    return false;
}

static bool is_conflict_copy(const Entry *entry)
{
    return entry->dn->mangled == MANGLED_CONFLICT &&
           (lies_below_class(entry->dn, CLASS_msExchConfigurationContainer) ||
            lies_below_class(entry->dn, CLASS_sitesContainer)) &&
           !copy_is_judged_elsewhere(entry);
}

static GPtrArray *conflict_copies(const Topology *topology)
{
    GPtrArray *copies = g_ptr_array_new();

    FOR_EACH(Entry, entry, topology->set_aside)
        if (is_conflict_copy(entry))
            g_ptr_array_add(copies, entry);
    return copies;
}

/* The copy that a name is or lies below; NULL when it is neither. */
static const Dn *copy_above(GHashTable *copies, const Dn *dn)
{
    for (; dn != NULL; dn = dn->parent)
        if (g_hash_table_contains(copies, dn))
            return dn;
    return NULL;
}

/* Computed back links prove nothing of their own. */
static bool is_back_link(AttributeId attribute)
{
    int32_t link = attribute_table[attribute].link;

    return link > 0 && link % 2 == 1;
}

static void note_references(const Entry *entry, GHashTable *copies, GHashTable *referrers)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        const Dn *dn = value_dn(&entry->values[i]);
        const Dn *copy = dn == NULL || is_back_link((AttributeId)entry->attributes[i])
                             ? NULL
                             : copy_above(copies, dn);

        if (copy != NULL && !dn_is_below(entry->dn, copy))
            g_hash_table_insert(referrers, (gpointer)(uintptr_t)copy, (gpointer)(uintptr_t)entry);
    }
}

/* Who refers to conflict copies: Dn of the copy → const Entry, the last of several; free it. */
static GHashTable *referrers_of(const Topology *topology, const GPtrArray *entries)
{
    g_autoptr(GHashTable) copies = g_hash_table_new(NULL, NULL);
    GHashTable *referrers = g_hash_table_new(NULL, NULL);

    FOR_EACH(const Entry, entry, entries)
        g_hash_table_add(copies, entry->dn);
    if (entries->len > 0)
        FOR_EACH(const Entry, entry, directory_entries(topology->directory))
            note_references(entry, copies, referrers);
    return referrers;
}

static const Entry *surviving_twin(const Topology *topology, const Entry *copy)
{
    g_autofree char *name = dn_plain_name(copy->dn);
    g_autofree char *rdn = g_strdup_printf("%s=%s", copy->dn->type, name);

    return entry_below(topology, rdn, copy->dn->parent);
}

static void raise_copy(Check *check, const Entry *copy, const Entry *referrer)
{
    const Entry *twin = surviving_twin(check_topology(check), copy);
    g_autofree char *name = dn_plain_name(copy->dn);
    Object object = entry_object(copy);
    Finding *finding =
        check_raise_entry(check, referrer != NULL ? SEVERITY_ERROR : SEVERITY_WARNING, copy,
                          "\"%s\" is the copy that a replication conflict left%s%s%s", name,
                          twin == NULL ? "; no object of its name survives" : "",
                          referrer == NULL ? "" : "; it is referred to by ",
                          referrer == NULL ? "" : referrer->dn->value);

    finding_cite_entry(finding, copy);
    finding_cite(finding, &object, ATTR_whenCreated, NULL);
    if (twin != NULL) {
        Object other = entry_object(twin);

        finding_cite(finding, &other, ATTR_whenCreated, NULL);
        finding_relate(finding, &other);
    }
    if (referrer != NULL) {
        Object other = entry_object(referrer);

        finding_relate(finding, &other);
    }
}

static void check_conflict_copies(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GPtrArray) copies = conflict_copies(topology);
    g_autoptr(GHashTable) referrers = referrers_of(topology, copies);

    FOR_EACH(const Entry, copy, copies)
        raise_copy(check, copy, g_hash_table_lookup(referrers, copy->dn));
}

static const Rule RES002 = {
    .id = "RES002",
    .slug = "conflict-copy",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A replication conflict left a copy of an object",
    .condition = "The name of an object below CN=Microsoft Exchange or CN=Sites holds \\0ACNF:. A "
                 "warning; an error when another object refers to the copy. Copies of the "
                 "organisation and of the groups of Exchange 2007 are judged by ORG004, AG004 and "
                 "RG004.",
    .why =
        "Two domain controllers made an object of one name at the same time, and replication kept "
        "both. Some programs see the one, some the other; what was set on the copy is lost to "
        "most.",
    .remedy =
        "Compare the two. Keep the one that is referred to and in use, repeat on it what only "
        "the other has, and delete the other with ADSI Edit.",
    .references = "MS-ADTS 3.1.1.1.5 (conflict names)",
    .reads = READS(CLASS_msExchExchangeServer),
    .check = check_conflict_copies,
};

/* --- RES003 ------------------------------------------------------------------------------- */

static bool is_of_exchange(const Entry *entry)
{
    return g_str_has_prefix(class_table[entry->class_id].name, "msExch");
}

static void judge_strays(Check *check, const Entry *found)
{
    FOR_EACH(const Entry, entry, directory_entries(check_topology(check)->directory)) {
        if (entry->dn->parent != found->dn || entry->class_id == CLASS_NONE ||
            !is_of_exchange(entry) || dn_mangling(entry->dn) == MANGLED_DELETED)
            continue;
        finding_cite_entry(check_raise_entry(check, SEVERITY_WARNING, entry,
                                             "\"%s\", an object of Exchange (%s), lies in the lost "
                                             "and found of the configuration",
                                             entry->dn->value, class_table[entry->class_id].name),
                           entry);
    }
}

static void check_lost_and_found(Check *check)
{
    const Topology *topology = check_topology(check);
    const Entry *found;

    if (topology->configuration == NULL)
        return;
    found = entry_below(topology, "CN=LostAndFoundConfig", topology->configuration);
    if (found != NULL)
        judge_strays(check, found);
    else if (topology->organization != NULL && topology->configuration->entry == NULL)
        check_not_assessed(check, 0, "CN=LostAndFoundConfig,CN=Configuration was not read");
}

static const Rule RES003 = {
    .id = "RES003",
    .slug = "exchange-object-lost",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "An object of Exchange lies in the lost and found",
    .condition = "An object of a class that begins with msExch lies directly in "
                 "CN=LostAndFoundConfig,CN=Configuration.",
    .why = "Its container was deleted on one domain controller while it was made or moved on "
           "another. Nothing of Exchange finds it there.",
    .remedy = "Find out what it was. Move it to where it belongs if it is needed, else delete it.",
    .references = "MS-ADTS on the container LostAndFoundConfig of the configuration",
    .check = check_lost_and_found,
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
    bool visible = topology->servers->len > 0 && members_were_read(topology->directory);

    FOR_EACH(const RoutingGroup, group, topology->routing_groups) {
        if (group->official || group->members->len > 0 ||
            group->connectors->len + group->incoming->len == 0)
            continue;
        if (visible)
            raise_empty_group(check, group);
        else
            suspects++;
    }
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

/* --- RES008 ------------------------------------------------------------------------------- */

static const Value *legacy_name(const Object *object)
{
    return entry_value(object->entry, ATTR_legacyExchangeDN);
}

static bool begins_with(const Value *name, const char *start, uint32_t start_length)
{
    uint32_t length;
    const char *text = value_bytes(name, &length);

    return length >= start_length && g_ascii_strncasecmp(text, start, start_length) == 0;
}

static void raise_same_name(Check *check, const Object *object, const Object *other)
{
    g_autofree char *name = entry_text(object->entry, ATTR_legacyExchangeDN);
    Finding *finding = check_raise(check, SEVERITY_ERROR, object,
                                   "\"%s\" has the same legacyExchangeDN as \"%s\": %s",
                                   object->name, other->name, name);

    finding_cite(finding, object, ATTR_legacyExchangeDN, "a value of its own");
    finding_cite(finding, other, ATTR_legacyExchangeDN, NULL);
    finding_relate(finding, other);
}

static void raise_malformed_name(Check *check, const Object *object)
{
    g_autofree char *name = entry_text(object->entry, ATTR_legacyExchangeDN);

    finding_cite(check_raise(check, SEVERITY_WARNING, object,
                             "The legacyExchangeDN of \"%s\" is malformed: %s", object->name, name),
                 object, ATTR_legacyExchangeDN, "/o=<organisation>/ou=<group>…");
}

static guint legacy_name_hash(gconstpointer object)
{
    uint32_t length;
    const char *text = value_bytes(legacy_name(object), &length);

    return fold_hash(text, length, 0);
}

static gboolean legacy_name_equal(gconstpointer a, gconstpointer b)
{
    uint32_t left_length;
    uint32_t right_length;
    const char *left = value_bytes(legacy_name(a), &left_length);
    const char *right = value_bytes(legacy_name(b), &right_length);

    return fold_equal(left, left_length, right, right_length);
}

/* `known` is the set of objects met so far, equal where their names are. */
static void judge_legacy_name(Check *check, const Object *object, GHashTable *known)
{
    const Value *name = legacy_name(object);
    const Object *other;

    if (name == NULL)
        return;
    if (!begins_with(name, "/o=", 3))
        raise_malformed_name(check, object);
    other = g_hash_table_lookup(known, object);
    if (other != NULL)
        raise_same_name(check, object, other);
    g_hash_table_add(known, (gpointer)(uintptr_t)object);
}

/* A server that lies among those of another generation was dragged there: AG001, AG002. */
static bool was_dragged(const Server *server)
{
    const AdminGroup *group = server->admin_group;

    return (server_is_modern(server) && !group->official) ||
           (server_is_legacy(server) && group->official);
}

static void raise_foreign_name(Check *check, const Server *server, const char *prefix)
{
    const AdminGroup *group = server->admin_group;
    g_autofree char *name = entry_text(server->object.entry, ATTR_legacyExchangeDN);
    g_autofree char *expected = g_strconcat(prefix, "/", NULL);
    Finding *finding =
        check_raise(check, SEVERITY_WARNING, &server->object,
                    "The legacyExchangeDN of server \"%s\" is not of its administrative "
                    "group \"%s\": %s",
                    server->object.name, group->object.name, name);

    finding_cite(finding, &server->object, ATTR_legacyExchangeDN, expected);
    finding_relate(finding, &group->object);
}

static bool is_of_group(const Value *name, const char *prefix, uint32_t prefix_length)
{
    uint32_t length;
    const char *text = value_bytes(name, &length);

    return begins_with(name, prefix, prefix_length) && length > prefix_length &&
           text[prefix_length] == '/';
}

static void judge_prefixes(Check *check, const AdminGroup *group)
{
    g_autofree char *prefix = entry_text(group->object.entry, ATTR_legacyExchangeDN);

    if (prefix == NULL)
        return;
    FOR_EACH(const Server, server, group->servers) {
        const Value *name = legacy_name(&server->object);

        if (name != NULL && !was_dragged(server) &&
            !is_of_group(name, prefix, (uint32_t)strlen(prefix)))
            raise_foreign_name(check, server, prefix);
    }
}

static void check_legacy_names(Check *check)
{
    const Topology *topology = check_topology(check);
    g_autoptr(GHashTable) known = g_hash_table_new(legacy_name_hash, legacy_name_equal);

    FOR_EACH(const AdminGroup, group, topology->admin_groups) {
        judge_legacy_name(check, &group->object, known);
        judge_prefixes(check, group);
    }
    FOR_EACH(const Server, server, topology->servers)
        judge_legacy_name(check, &server->object, known);
    FOR_EACH(const Store, store, topology->stores)
        judge_legacy_name(check, &store->object, known);
}

static const Need legacy_name_needs[] = {{CLASS_msExchExchangeServer, ATTR_legacyExchangeDN},
                                         {CLASS_msExchAdminGroup, ATTR_legacyExchangeDN},
                                         {CLASS_NONE, ATTR_NONE}};

static const Rule RES008 = {
    .id = "RES008",
    .slug = "legacy-name-wrong",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT | SCENARIO_LAST | SCENARIO_NEXT,
    .decided = DECIDED_FULLY,
    .title = "A legacyExchangeDN is used twice, malformed or of another group",
    .condition = "Two of the administrative groups, servers and stores have equal "
                 "legacyExchangeDN values: an error. One does not begin with /o=, or that of a "
                 "server does not begin with that of its administrative group: a warning. Servers "
                 "among those of another generation are judged by AG001 and AG002.",
    .why = "Mailboxes, stores and free/busy folders are found by this name, not by the name in the "
           "tree. Two objects of one name are taken for each other; a server under another "
           "group's name was moved by hand.",
    .remedy =
        "Ask for vendor support before you change such a value: profiles and replies refer to "
        "it.",
    .references = "TechNet aa997932; Exchange 2003 documentation on legacyExchangeDN",
    .needs = legacy_name_needs,
    .check = check_legacy_names,
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

/* How many of the entries lie in each container, by its name. Entries come in the order of their
 * names, and siblings mostly in a row. */
static GHashTable *count_siblings(const GPtrArray *entries)
{
    GHashTable *counts = g_hash_table_new(NULL, NULL);
    const Dn *parent = NULL;
    guint row = 0;

    FOR_EACH(const Entry, entry, entries) {
        if (entry->dn->parent != parent) {
            add_count(counts, parent, row);
            parent = entry->dn->parent;
            row = 0;
        }
        row++;
    }
    add_count(counts, parent, row);
    return counts;
}

static void judge_crowds(Check *check, ClassId class_id)
{
    g_autoptr(GPtrArray) entries = living_entries(check_topology(check), class_id);
    g_autoptr(GHashTable) counts = count_siblings(entries);
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
