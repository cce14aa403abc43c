/*
 * What setup writes, as change records laid over a copy of the directory. Only what routing and the
 * rules look at is written: the server, the containers around it, and the connectors.
 */
#include "model/future.h"

#include "base/fault.h"
#include "directory/branch.h"
#include "source/changes.h"
#include "source/overlay.h"

#include <string.h>

#define ADMIN_GROUP_NAME "Exchange Administrative Group (" ADMIN_GROUP_TOKEN ")"
#define ROUTING_GROUP_NAME "Exchange Routing Group (" ROUTING_GROUP_TOKEN ")"

/* By service pack of Exchange 2007. */
static const struct {
    int build;
    int revision;
} builds[] = {{685, 25}, {240, 6}, {176, 2}, {83, 6}};

/* The changes of a plan, and the names they stand on. */
typedef struct Writing {
    const Topology *today;
    const SetupPlan *plan;
    Directory *directory; /* the copy */
    GPtrArray *changes;   /* of Change */
    uint32_t source;
    char *admin_group;
    char *routing_group;
    char *server;
} Writing;

/* --- records ------------------------------------------------------------------------------ */

static Change *begin(Writing *writing, ChangeKind kind, const char *dn, ClassId class_id)
{
    Change *change = change_new(kind, dn, strlen(dn), 0);

    change->source = writing->source;
    change->class_id = (uint16_t)class_id;
    g_ptr_array_add(writing->changes, change);
    return change;
}

static RecordValue text_of(Change *change, AttributeId attribute, const char *text)
{
    return (RecordValue){.data = arena_strndup(change->arena, text, strlen(text)),
                         .length = (uint32_t)strlen(text),
                         .attribute = (uint16_t)attribute};
}

static void put(Change *change, AttributeId attribute, const char *text)
{
    RecordValue value = text_of(change, attribute, text);

    g_array_append_val(change->values, value);
}

static void put_number(Change *change, AttributeId attribute, int number)
{
    g_autofree char *text = g_strdup_printf("%d", number);

    put(change, attribute, text);
}

/* A container unless there is one of that name. */
static void ensure(Writing *writing, const char *dn, ClassId class_id)
{
    const Dn *known = dn_find(directory_names(writing->directory), dn, strlen(dn));

    if (known == NULL || known->entry == NULL)
        begin(writing, CHANGE_ADD, dn, class_id);
}

static void modify(Writing *writing, const Entry *entry, AttributeId attribute,
                   ModificationKind kind, const char *text)
{
    g_autofree char *dn = dn_text(entry->dn);
    Change *change = begin(writing, CHANGE_MODIFY, dn, CLASS_NONE);
    Modification *modification = g_new0(Modification, 1);
    RecordValue value = text_of(change, attribute, text);

    modification->kind = kind;
    modification->attribute = attribute;
    modification->values = g_array_new(FALSE, FALSE, sizeof(RecordValue));
    g_array_append_val(modification->values, value);
    g_ptr_array_add(change->modifications, modification);
}

static void raise_number(Writing *writing, const Entry *entry, AttributeId attribute, int level)
{
    g_autofree char *text = g_strdup_printf("%d", level);
    int64_t now;

    if (entry != NULL && (!entry_integer(entry, attribute, &now) || now < level))
        modify(writing, entry, attribute, MODIFICATION_REPLACE, text);
}

/* Text in a relative name: commas and the like escaped. */
static char *child_text(const char *name, const char *parent)
{
    g_autoptr(GString) escaped = g_string_new(NULL);

    for (const char *at = name; *at != '\0'; at++) {
        if (strchr(",+\"\\<>;=", *at) != NULL || (at == name && (*at == '#' || *at == ' ')))
            g_string_append_c(escaped, '\\');
        g_string_append_c(escaped, *at);
    }
    return g_strdup_printf("CN=%s,%s", escaped->str, parent);
}

/* --- the organisation --------------------------------------------------------------------- */

static void write_levels(Writing *writing)
{
    const Topology *today = writing->today;
    const Directory *directory = today->directory;
    const GPtrArray *schema = directory_of_class(directory, CLASS_attributeSchema);

    FOR_EACH(const Entry, entry, schema)
        if (g_ascii_strcasecmp(entry->dn->value, "ms-Exch-Schema-Version-Pt") == 0)
            raise_number(writing, entry, ATTR_rangeUpper, writing->plan->schema_level);
    raise_number(writing, today->organization->object.entry, ATTR_objectVersion,
                 writing->plan->organization_level);
}

static void write_admin_group(Writing *writing)
{
    g_autofree char *organization = dn_text(writing->today->organization->object.entry->dn);
    g_autofree char *groups = child_text("Administrative Groups", organization);
    g_autofree char *servers = NULL;
    Change *group;

    if (writing->today->official_admin_group != NULL) {
        writing->admin_group = dn_text(writing->today->official_admin_group->object.entry->dn);
    } else {
        writing->admin_group = child_text(ADMIN_GROUP_NAME, groups);
        ensure(writing, groups, CLASS_msExchAdminGroupContainer);
        group = begin(writing, CHANGE_ADD, writing->admin_group, CLASS_msExchAdminGroup);
        put_number(group, ATTR_msExchAdminGroupMode, 0);
    }
    servers = child_text("Servers", writing->admin_group);
    ensure(writing, servers, CLASS_msExchServersContainer);
    writing->server = child_text(writing->plan->computer, servers);
}

static void write_routing_group(Writing *writing)
{
    g_autofree char *groups = child_text("Routing Groups", writing->admin_group);
    g_autofree char *connections = NULL;
    Change *group;

    if (writing->today->official_routing_group != NULL) {
        writing->routing_group = dn_text(writing->today->official_routing_group->object.entry->dn);
    } else {
        writing->routing_group = child_text(ROUTING_GROUP_NAME, groups);
        ensure(writing, groups, CLASS_msExchRoutingGroupContainer);
        group = begin(writing, CHANGE_ADD, writing->routing_group, CLASS_msExchRoutingGroup);
        put(group, ATTR_msExchRoutingMasterDN, writing->server);
    }
    connections = child_text("Connections", writing->routing_group);
    ensure(writing, connections, CLASS_msExchConnectors);
}

/* --- the server --------------------------------------------------------------------------- */

/* The account of the computer where accounts were read, or NULL. */
static const Entry *account_of(const Writing *writing)
{
    const GPtrArray *computers = directory_of_class(writing->today->directory, CLASS_computer);

    FOR_EACH(const Entry, computer, computers)
        if (g_ascii_strcasecmp(computer->dn->value, writing->plan->computer) == 0)
            return computer;
    return NULL;
}

/* As its account says, else in the first domain. */
static char *host_name(const Writing *writing)
{
    const Entry *account = account_of(writing);
    char *known = account == NULL ? NULL : entry_text(account, ATTR_dNSHostName);
    const Domain *domain = writing->today->domains->len > 0
                               ? g_ptr_array_index(writing->today->domains, 0)
                               : NULL;
    g_autofree char *lower = g_ascii_strdown(writing->plan->computer, -1);

    if (known != NULL)
        return known;
    if (domain == NULL || domain->dns_name == NULL)
        return g_steal_pointer(&lower);
    return g_strdup_printf("%s.%s", lower, domain->dns_name);
}

static void write_version(Change *server, int pack)
{
    enum { PACKED = 0x70000000 | 8 << 22 | 0x8000 };
    g_autofree char *serial = g_strdup_printf("Version 8.%d (Build %d.%d)", pack,
                                              30000 + builds[pack].build, builds[pack].revision);

    put(server, ATTR_serialNumber, serial);
    put_number(server, ATTR_versionNumber, PACKED | pack << 16 | builds[pack].build);
}

static void write_server(Writing *writing)
{
    const SetupPlan *plan = writing->plan;
    g_autofree char *host = host_name(writing);
    g_autofree char *address = g_strdup_printf("ncacn_ip_tcp:%s", host);
    g_autofree char *site = dn_text(plan->site->object.entry->dn);
    g_autofree char *legacy =
        g_strdup_printf("/o=%s/ou=" ADMIN_GROUP_NAME "/cn=Configuration/cn=Servers/cn=%s",
                        writing->today->organization->object.name, plan->computer);
    Change *server = begin(writing, CHANGE_ADD, writing->server, CLASS_msExchExchangeServer);

    put(server, ATTR_cn, plan->computer);
    write_version(server, plan->service_pack);
    put_number(server, ATTR_msExchCurrentServerRoles, plan->roles);
    put(server, ATTR_networkAddress, address);
    put(server, ATTR_legacyExchangeDN, legacy);
    put(server, ATTR_msExchServerSite, site);
    put(server, ATTR_msExchHomeRoutingGroup, writing->routing_group);
}

/* The computer's account, where accounts were read: setup goes on a member of the domain. */
static void write_account(Writing *writing)
{
    const GPtrArray *accounts = directory_of_class(writing->today->directory, CLASS_computer);
    const Domain *domain = writing->today->domains->len > 0
                               ? g_ptr_array_index(writing->today->domains, 0)
                               : NULL;
    const Dn *head = domain == NULL ? NULL : value_dn(domain->naming_context);
    g_autofree char *parent = head == NULL ? NULL : dn_text(head);
    g_autofree char *container = NULL;
    g_autofree char *account = NULL;
    g_autofree char *host = host_name(writing);
    Change *computer;

    if (head == NULL || head->entry == NULL || accounts->len == 0 || account_of(writing) != NULL)
        return;
    container = child_text("Computers", parent);
    account = child_text(writing->plan->computer, container);
    ensure(writing, container, CLASS_container);
    computer = begin(writing, CHANGE_ADD, account, CLASS_computer);
    put(computer, ATTR_dNSHostName, host);
}

/* Setup of a hub makes "Default NAME" on port 25 and "Client NAME" on port 587. */
static void write_receive_connector(Writing *writing, const char *container, const char *word,
                                    const char *port)
{
    g_autofree char *name = g_strdup_printf("%s %s", word, writing->plan->computer);
    g_autofree char *dn = child_text(name, container);
    g_autofree char *binding = g_strdup_printf("0.0.0.0:%s", port);
    g_autofree char *host = host_name(writing);
    Change *connector = begin(writing, CHANGE_ADD, dn, CLASS_msExchSmtpReceiveConnector);

    put(connector, ATTR_msExchSmtpReceiveBindings, binding);
    put(connector, ATTR_msExchSmtpReceiveRemoteIPRanges, "0.0.0.0-255.255.255.255");
    put(connector, ATTR_msExchSmtpReceiveEnabled, "TRUE");
    put(connector, ATTR_msExchSMTPReceiveConnectorFQDN, host);
}

/* Whether those that the hubs must have were read; before the first hub there are none to miss. */
static bool receive_connectors_were_read(const Topology *today)
{
    return today->receive_connectors->len > 0 || !topology_has_server(today, server_is_hub);
}

static void write_protocols(Writing *writing)
{
    g_autofree char *protocols = child_text("Protocols", writing->server);
    g_autofree char *container = child_text("SMTP Receive Connectors", protocols);

    if ((writing->plan->roles & ROLE_HUB_TRANSPORT) == 0 ||
        !receive_connectors_were_read(writing->today))
        return;
    begin(writing, CHANGE_ADD, protocols, CLASS_msExchProtocolCfgSharedContainer);
    begin(writing, CHANGE_ADD, container, CLASS_msExchContainer);
    write_receive_connector(writing, container, "Default", "25");
    write_receive_connector(writing, container, "Client", "587");
}

/* --- connectors --------------------------------------------------------------------------- */

/* How connectors name a bridgehead: 2000/2003 by its SMTP virtual server (KB 267992). */
static char *bridgehead_text(const Writing *writing, const PlannedEnd *end)
{
    const Server *server = end->server;

    if (server == NULL)
        return g_strdup(writing->server);
    if (server->below->virtual_servers != NULL && server->below->virtual_servers->len > 0) {
        const VirtualServer *first = g_ptr_array_index(server->below->virtual_servers, 0);

        return dn_text(first->object.entry->dn);
    }
    return dn_text(server->object.entry->dn);
}

static const char *end_name(const Writing *writing, const PlannedEnd *end)
{
    return end->server != NULL ? end->server->object.name : writing->plan->computer;
}

static char *group_text(const Writing *writing, const PlannedEnd *end)
{
    return end->group == NULL ? g_strdup(writing->routing_group)
                              : dn_text(end->group->object.entry->dn);
}

/* A second connector between the same two servers gets a number, as nothing else tells them
 * apart. */
static char *free_name(const Writing *writing, const char *name, const char *container)
{
    char *dn = child_text(name, container);

    for (guint number = 2;; number++) {
        const Dn *known = dn_find(directory_names(writing->directory), dn, strlen(dn));
        bool taken = known != NULL && known->entry != NULL;
        g_autofree char *next = g_strdup_printf("%s %u", name, number);

        FOR_EACH(const Change, change, writing->changes)
            taken |= g_ascii_strcasecmp(change->dn, dn) == 0;
        if (!taken)
            return dn;
        g_free(dn);
        dn = child_text(next, container);
    }
}

static void write_connector(Writing *writing, const PlannedEnd *from, const PlannedEnd *to)
{
    g_autofree char *group = group_text(writing, from);
    g_autofree char *destination = group_text(writing, to);
    g_autofree char *container = child_text("Connections", group);
    g_autofree char *name = g_strdup_printf("%s-%s", end_name(writing, from),
                                            end_name(writing, to));
    g_autofree char *dn = free_name(writing, name, container);
    g_autofree char *source = bridgehead_text(writing, from);
    g_autofree char *target = bridgehead_text(writing, to);
    Change *connector = begin(writing, CHANGE_ADD, dn, CLASS_msExchRoutingGroupConnector);

    put(connector, ATTR_msExchDestinationRGDN, destination);
    put(connector, ATTR_msExchSourceBridgeheadServersDN, source);
    put(connector, ATTR_msExchTargetBridgeheadServersDN, target);
    put_number(connector, ATTR_cost, 1);
    put_number(connector, ATTR_activationStyle, 2);
    put(connector, ATTR_msExchNoPFConnection, "FALSE");
}

static void write_connections(Writing *writing)
{
    FOR_EACH(const PlannedConnection, connection, writing->plan->connections) {
        write_connector(writing, &connection->from, &connection->to);
        write_connector(writing, &connection->to, &connection->from);
    }
}

/* --- what was not read -------------------------------------------------------------------- */

/* Connectors of every kind tell who sends. */
static ClassId kind_of(ClassId id, AttributeId attribute)
{
    return attribute == ATTR_msExchSourceBridgeheadServersDN ? CLASS_msExchConnector : id;
}

/* How many objects were read that would show the attribute: servers have roles and sites from
 * Exchange 2007 on. */
static guint count_carriers(const Topology *today, ClassId id, AttributeId attribute)
{
    if (attribute == ATTR_msExchCurrentServerRoles || attribute == ATTR_msExchServerSite)
        return topology_count_servers(today, server_is_modern);
    return directory_of_class(today->directory, id)->len;
}

static bool is_unread(const Topology *today, ClassId id, AttributeId attribute)
{
    ClassId kind = kind_of(id, attribute);

    return directory_seen(today->directory, kind, attribute) == 0 &&
           count_carriers(today, kind, attribute) > 0;
}

/* What the plan writes was not read: beside it all others would look as if they lacked it. */
static void keep_unread(const Writing *writing)
{
    FOR_EACH(const Change, change, writing->changes)
        for (guint i = 0; i < change->values->len; i++) {
            const RecordValue *value = &g_array_index(change->values, RecordValue, i);
            ClassId id = (ClassId)change->class_id;
            AttributeId attribute = (AttributeId)value->attribute;

            if (is_unread(writing->today, id, attribute))
                directory_set_unread(writing->directory, id, attribute);
        }
}

/* --- the whole ---------------------------------------------------------------------------- */

static void writing_clear(Writing *writing)
{
    g_ptr_array_unref(writing->changes);
    g_free(writing->admin_group);
    g_free(writing->routing_group);
    g_free(writing->server);
}

Topology *future_after_setup(const Topology *today, const SetupPlan *plan, GError **error)
{
    Writing writing = {.today = today, .plan = plan};
    bool applied;

    if (today->organization == NULL) {
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "there is no Exchange organisation to install a server in");
        return NULL;
    }
    writing.directory = directory_branch(today->directory);
    writing.source = directory_add_source(writing.directory, SOURCE_LDIF, "the plan");
    writing.changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    write_levels(&writing);
    write_admin_group(&writing);
    write_routing_group(&writing);
    write_server(&writing);
    write_account(&writing);
    write_protocols(&writing);
    write_connections(&writing);
    keep_unread(&writing);
    applied = overlay_apply(writing.directory, writing.changes, error);
    writing_clear(&writing);
    if (applied)
        return topology_new(writing.directory);
    directory_free(writing.directory);
    return NULL;
}

Topology *future_without(const Topology *today, const GPtrArray *objects, GError **error)
{
    Directory *directory = directory_branch(today->directory);

    FOR_EACH(const Entry, entry, objects) {
        g_autofree char *name = dn_text(entry->dn);
        const Dn *dn = dn_find(directory_names(directory), name, strlen(name));

        /* Removed already, where it lies below another one. */
        if (dn == NULL || dn->entry == NULL)
            continue;
        if (!overlay_remove(directory, name, error)) {
            directory_free(directory);
            return NULL;
        }
    }
    return topology_new(directory);
}
