/*
 * Building a topology: one table says of which entries which objects are made and in which list
 * they go; linking them is the business of the files that know the subject.
 */
#include "model/topology.h"

#include "base/crew.h"
#include "directory/ahead.h"
#include "model/build.h"
#include "model/decode.h"

#include <stddef.h>
#include <string.h>

/* One kind of object. The class includes the classes derived from it. */
typedef struct Kind {
    ClassId class_id;
    size_t size;
    size_t list; /* offset of its GPtrArray in Topology */
    const Field *fields;
    guint field_count;
    ObjectDescribe describe; /* what no field tells; or NULL */
    uint16_t described[3];   /* attributes of which it looks at the bytes */
} Kind;

static const Field organization_fields[] = {
    FIELD(BOOLEAN, Organization, mixed_mode, msExchMixedMode),
    FIELD(INTEGER, Organization, object_version, objectVersion),
    FIELD(INTEGER, Organization, delivery_limit, delivContLength),
};

static const Field admin_group_fields[] = {
    FIELD(INTEGER, AdminGroup, mode, msExchAdminGroupMode),
};

static const Field routing_group_fields[] = {
    FIELD(VALUE, RoutingGroup, master_value, msExchRoutingMasterDN),
};

static const Field server_fields[] = {
    FIELD(INTEGER, Server, roles, msExchCurrentServerRoles),
    FIELD(INTEGER, Server, front_end, msExchServerRole),
    FIELD(BOOLEAN, Server, tracking, messageTrackingEnabled),
    FIELD(VALUE, Server, home_group_value, msExchHomeRoutingGroup),
    FIELD(VALUE, Server, site_value, msExchServerSite),
};

static const Field connector_fields[] = {
    FIELD(VALUE, Connector, destination_value, msExchDestinationRGDN),
    FIELD(INTEGER, Connector, cost, cost),
    FIELD(INTEGER, Connector, size_limit, delivContLength),
    FIELD(INTEGER, Connector, activation, activationStyle),
    FIELD(BOOLEAN, Connector, enabled, msExchSmtpSendEnabled),
    FIELD(BOOLEAN, Connector, no_referrals, msExchNoPFConnection),
    FIELD(TEXT, Connector, smart_host, msExchSmtpSmartHost),
    FIELD(VALUES, Connector, connected, connectedDomains),
};

static const Field virtual_server_fields[] = {
    FIELD(TEXT, VirtualServer, smart_host, msExchSmtpSmartHost),
};

static const Field receive_connector_fields[] = {
    FIELD(BOOLEAN, ReceiveConnector, enabled, msExchSmtpReceiveEnabled),
    FIELD(VALUES, ReceiveConnector, bindings, msExchSmtpReceiveBindings),
    FIELD(VALUES, ReceiveConnector, ranges, msExchSmtpReceiveRemoteIPRanges),
};

static const Field site_fields[] = {
    FIELD(INTEGER, Site, flags, msExchTransportSiteFlags),
};

static const Field site_link_fields[] = {
    FIELD(INTEGER, SiteLink, cost, cost),
    FIELD(INTEGER, SiteLink, exchange_cost, msExchCost),
    FIELD(INTEGER, SiteLink, size_limit, delivContLength),
    FIELD(VALUES, SiteLink, site_values, siteList),
};

static const Field transport_fields[] = {
    FIELD(INTEGER, Transport, options, options),
};

static const Field subnet_fields[] = {
    FIELD(VALUE, Subnet, site_value, siteObject),
};

static const Field domain_fields[] = {
    FIELD(VALUE, Domain, naming_context, nCName),
    FIELD(TEXT, Domain, dns_name, dnsRoot),
    FIELD(TEXT, Domain, netbios_name, nETBIOSName),
    FIELD(INTEGER, Domain, level, msDS_Behavior_Version),
    FIELD(INTEGER, Domain, mixed, nTMixedDomain),
};

#define KIND_WITHOUT_FIELDS(id, Type, objects)                                             \
    {                                                                                      \
        .class_id = CLASS_##id, .size = sizeof(Type), .list = offsetof(Topology, objects), \
    }
#define KIND(id, Type, objects, fields_)                                                   \
    {                                                                                      \
        .class_id = CLASS_##id, .size = sizeof(Type), .list = offsetof(Topology, objects), \
        .fields = (fields_), .field_count = G_N_ELEMENTS(fields_),                         \
    }

/* In this order: servers are made after what they belong to, and before what lies below them. */
static const Kind kinds[] = {
    KIND(msExchOrganizationContainer, Organization, organizations, organization_fields),
    KIND(msExchAdminGroup, AdminGroup, admin_groups, admin_group_fields),
    KIND(msExchRoutingGroup, RoutingGroup, routing_groups, routing_group_fields),
    KIND(site, Site, sites, site_fields),
    {
        .class_id = CLASS_msExchExchangeServer,
        .size = sizeof(Server),
        .list = offsetof(Topology, servers),
        .fields = server_fields,
        .field_count = G_N_ELEMENTS(server_fields),
        .describe = server_describe,
        .described = {ATTR_serialNumber, ATTR_versionNumber, ATTR_networkAddress},
    },
    KIND(msExchConnector, Connector, connectors, connector_fields),
    KIND(msExchSmtpReceiveConnector, ReceiveConnector, receive_connectors,
         receive_connector_fields),
    KIND(protocolCfgSMTPServer, VirtualServer, virtual_servers, virtual_server_fields),
    KIND_WITHOUT_FIELDS(msExchMDB, Store, stores),
    KIND(siteLink, SiteLink, site_links, site_link_fields),
    KIND_WITHOUT_FIELDS(siteLinkBridge, SiteLinkBridge, site_link_bridges),
    KIND(interSiteTransport, Transport, transports, transport_fields),
    KIND(subnet, Subnet, subnets, subnet_fields),
    KIND(crossRef, Domain, domains, domain_fields),
};

/* --- objects out of entries --------------------------------------------------------------- */

static bool is_wanted_connector(const Entry *entry)
{
    return class_is_a((ClassId)entry->class_id, CLASS_msExchRoutingGroupConnector) ||
           class_is_a((ClassId)entry->class_id, CLASS_mailGateway);
}

static bool is_below_server(const Entry *entry)
{
    return server_at(entry->dn) != NULL;
}

static bool is_store(const Entry *entry)
{
    return class_is_a((ClassId)entry->class_id, CLASS_msExchPrivateMDB) ||
           class_is_a((ClassId)entry->class_id, CLASS_msExchPublicMDB);
}

/* systemFlags of a crossRef: bit 0x2 marks a domain (MS-ADTS 6.1.1.2.1.1). */
static bool is_domain(const Entry *entry)
{
    int64_t flags;

    return entry_integer(entry, ATTR_systemFlags, &flags) && (flags & 2) != 0;
}

/* Not every entry of a kind's class becomes an object; see topology.h at the types. */
static bool is_wanted(const Entry *entry, ClassId id)
{
    if (dn_mangling(entry->dn) != MANGLED_NOT)
        return false;
    switch (id) {
    case CLASS_msExchConnector:
        return is_wanted_connector(entry);
    case CLASS_msExchSmtpReceiveConnector:
    case CLASS_protocolCfgSMTPServer:
        return is_below_server(entry);
    case CLASS_msExchMDB:
        return is_store(entry);
    case CLASS_crossRef:
        return is_domain(entry);
    default:
        return true;
    }
}

/* The objects of one kind, made side by side: so many at a time, their text each time in another
 * arena. */
typedef struct Making {
    const Kind *kind;
    GPtrArray *list; /* of Entry, then of what is made of each */
    char *room;      /* for all of them */
    Arena **arenas;
} Making;

enum { PORTION = 2000 };

static void object_make(Arena *arena, const Kind *kind, Entry *entry, Object *object)
{
    object->entry = entry;
    object->name = entry->dn->value;
    entry->object = object;
    object_decode(arena, entry, object, kind->fields, kind->field_count);
    if (kind->describe != NULL)
        kind->describe(arena, object);
}

/* Asks for what will be decoded of entries to come. */
AHEAD_FUNCTION void look_ahead(const Kind *kind, const GPtrArray *entries, guint at, guint end)
{
    const Entry *next;

    ahead_values(entries, at, end);
    if (at + AHEAD_NEXT >= end)
        return;
    next = entries->pdata[at + AHEAD_NEXT];
    for (guint i = 0; i < kind->field_count; i++)
        if (kind->fields[i].kind != FIELD_VALUE)
            ahead_value_target(next, (AttributeId)kind->fields[i].attribute);
    for (guint i = 0; i < G_N_ELEMENTS(kind->described); i++)
        if (kind->described[i] != ATTR_NONE)
            ahead_value_target(next, (AttributeId)kind->described[i]);
}

static void portion_make(guint index, gpointer data)
{
    const Making *making = data;
    size_t size = making->kind->size;
    guint end = MIN((index + 1) * PORTION, making->list->len);

    making->arenas[index] = arena_new();
    for (guint i = index * PORTION; i < end; i++) {
        Object *object = memset(making->room + i * size, 0, size);

        look_ahead(making->kind, making->list, i, end);
        object->number = i;
        object_make(making->arenas[index], making->kind, making->list->pdata[i], object);
        making->list->pdata[i] = object;
    }
}

static void objects_make(Topology *topology, const Kind *kind)
{
    const GPtrArray *entries = directory_of_class(topology->directory, kind->class_id);
    GPtrArray *list = list_new_sized(topology, entries->len);
    guint portions;
    g_autofree Arena **arenas = NULL;
    Making making = {.kind = kind, .list = list};

    G_STRUCT_MEMBER(GPtrArray *, topology, kind->list) = list;
    for (guint i = 0; i < entries->len; i++) {
        ahead_entries(entries, i, entries->len);
        if (is_wanted(entries->pdata[i], kind->class_id))
            g_ptr_array_add(list, entries->pdata[i]);
    }
    portions = (list->len + PORTION - 1) / PORTION;
    making.arenas = arenas = g_new(Arena *, portions);
    making.room = arena_room(topology->arena, list->len * kind->size);
    crew_run(portions, CREW_MOST, portion_make, &making);
    for (guint i = 0; i < portions; i++)
        arena_join(topology->arena, arenas[i]);
}

static void set_mangled_aside(Topology *topology)
{
    const GPtrArray *entries = directory_entries(topology->directory);

    topology->set_aside = list_new(topology);
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = entries->pdata[i];

        ahead_entries(entries, i, entries->len);
        if (dn_mangling(entry->dn) != MANGLED_NOT)
            g_ptr_array_add(topology->set_aside, entry);
    }
}

/* --- the forest ------------------------------------------------------------------------------ */

static guint count_living(const GPtrArray *entries)
{
    guint count = 0;

    FOR_EACH(const Entry, entry, entries)
        count += dn_mangling(entry->dn) == MANGLED_NOT;
    return count;
}

/* Setup leaves the level of the Exchange schema in the definition of an attribute that nothing uses
 * (TechNet aa995628). */
static OptionalInteger find_schema_level(const Directory *directory)
{
    const GPtrArray *attributes = directory_of_class(directory, CLASS_attributeSchema);

    FOR_EACH(const Entry, entry, attributes)
        if (dn_mangling(entry->dn) == MANGLED_NOT &&
            g_ascii_strcasecmp(entry->dn->value, "ms-Exch-Schema-Version-Pt") == 0)
            return decode_integer(entry, ATTR_rangeUpper);
    return (OptionalInteger){0};
}

/* MS-ADTS 6.1.4.4: the forest's functional level is on CN=Partitions. */
static OptionalInteger find_forest_level(const Directory *directory)
{
    const GPtrArray *containers = directory_of_class(directory, CLASS_crossRefContainer);

    FOR_EACH(const Entry, entry, containers)
        if (dn_mangling(entry->dn) == MANGLED_NOT)
            return decode_integer(entry, ATTR_msDS_Behavior_Version);
    return (OptionalInteger){0};
}

static void describe_forest(Topology *topology)
{
    const Directory *directory = topology->directory;

    topology->configuration = directory_configuration(directory);
    topology->partitions = count_living(directory_of_class(directory, CLASS_crossRef));
    topology->schema_level = find_schema_level(directory);
    topology->forest_level = find_forest_level(directory);
}

Topology *topology_new(Directory *directory)
{
    Topology *topology = g_new0(Topology, 1);

    directory_seal(directory);
    topology->directory = directory;
    topology->arena = directory_arena(directory);
    topology->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    describe_forest(topology);
    set_mangled_aside(topology);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        objects_make(topology, &kinds[i]);
    link_organizations(topology);
    link_sites(topology);
    link_servers(topology);
    link_connectors(topology);
    remark_costs(topology);
    arena_settle(topology->arena);
    return topology;
}

void topology_free(Topology *topology)
{
    if (topology == NULL)
        return;
    g_ptr_array_unref(topology->lists);
    directory_free(topology->directory);
    g_free(topology);
}

/* --- what the link functions use ---------------------------------------------------------- */

GPtrArray *list_new(Topology *topology)
{
    return list_new_sized(topology, 0);
}

GPtrArray *list_new_sized(Topology *topology, guint size)
{
    GPtrArray *list = g_ptr_array_sized_new(size);

    g_ptr_array_add(topology->lists, list);
    return list;
}

void list_add(Topology *topology, GPtrArray **list, void *item)
{
    if (*list == NULL)
        *list = list_new(topology);
    g_ptr_array_add(*list, item);
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const Object *const *left = a;
    const Object *const *right = b;

    return (*left)->number < (*right)->number ? -1 : (*left)->number > (*right)->number;
}

void list_settle(GPtrArray *list)
{
    guint kept = 0;

    g_ptr_array_sort(list, compare_numbers);
    for (guint i = 0; i < list->len; i++)
        if (i == 0 || list->pdata[i] != list->pdata[i - 1])
            list->pdata[kept++] = list->pdata[i];
    g_ptr_array_set_size(list, (gint)kept);
}

void *object_at(const Dn *dn, ClassId id)
{
    const Entry *entry = dn == NULL ? NULL : dn->entry;

    return entry != NULL && class_is_a((ClassId)entry->class_id, id) ? entry->object : NULL;
}

void *object_above(const Dn *dn, ClassId id)
{
    void *object = NULL;

    for (dn = dn->parent; dn != NULL && object == NULL; dn = dn->parent)
        object = object_at(dn, id);
    return object;
}

void *object_referred(const Value *value, ClassId id)
{
    return object_at(value_dn(value), id);
}

Server *server_at(const Dn *dn)
{
    Server *server = NULL;

    if (dn == NULL || dn_mangling(dn) != MANGLED_NOT)
        return NULL;
    for (; dn != NULL && server == NULL; dn = dn->parent)
        server = object_at(dn, CLASS_msExchExchangeServer);
    return server;
}

/* --- questions ---------------------------------------------------------------------------- */

Server *topology_server(const Topology *topology, const Dn *dn)
{
    (void)topology;
    return server_at(dn);
}

RoutingGroup *topology_routing_group(const Topology *topology, const Dn *dn)
{
    (void)topology;
    return object_at(dn, CLASS_msExchRoutingGroup);
}

Site *topology_site(const Topology *topology, const Dn *dn)
{
    (void)topology;
    return object_at(dn, CLASS_site);
}

Store *topology_store(const Topology *topology, const Dn *dn)
{
    (void)topology;
    return object_at(dn, CLASS_msExchMDB);
}

guint topology_count_servers(const Topology *topology, bool (*wanted)(const Server *))
{
    guint count = 0;

    FOR_EACH(const Server, server, topology->servers)
        count += wanted(server);
    return count;
}

bool topology_has_server(const Topology *topology, bool (*wanted)(const Server *))
{
    FOR_EACH(const Server, server, topology->servers)
        if (wanted(server))
            return true;
    return false;
}

static bool coexists_with_modern(const Server *server)
{
    return server->version.family == FAMILY_2000 || server->version.family == FAMILY_2003;
}

bool topology_coexists(const Topology *topology)
{
    return topology_has_server(topology, coexists_with_modern) &&
           topology_has_server(topology, server_uses_routing_group);
}
