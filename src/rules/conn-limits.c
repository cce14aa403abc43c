/*
 * CONN, the part about what a connector lets through: restrictions that Exchange 2007 does not see,
 * public folder referrals, and message sizes.
 */
#include "rules/conn.h"

#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/words.h"

/* --- CONN013 ------------------------------------------------------------------------------ */

/* activationStyle of a connector that sends whenever there is mail. The numbers of this attribute
 * and of msExchRoutingOversizedStyle come from texts about Exchange 5.5: hence no error. */
enum { STYLE_SELECTED_TIMES = 1, STYLE_ALWAYS = 2 };

/* Whether a weekly bitmap leaves out any quarter of an hour. */
static bool schedule_restricts(const Entry *entry, AttributeId attribute)
{
    uint32_t length;
    const char *bytes = value_bytes(entry_value(entry, attribute), &length);

    for (uint32_t i = 0; bytes != NULL && i < length; i++)
        if ((unsigned char)bytes[i] != 0xFF)
            return true;
    return false;
}

static void add_if(GArray *attributes, AttributeId attribute, bool holds)
{
    if (holds)
        g_array_append_val(attributes, attribute);
}

/* The attributes of a connector that hold mail back in ways Exchange 2007 does not look at. */
static GArray *restrictions_of(const Connector *connector)
{
    static const AttributeId present[] = {ATTR_authOrig, ATTR_unauthOrig, ATTR_dLMemSubmitPerms,
                                          ATTR_dLMemRejectPerms, ATTR_delivExtContTypes};
    const Entry *entry = connector->object.entry;
    const OptionalInteger *style = &connector->activation;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(AttributeId));
    int64_t priority = 0;
    int64_t oversized = 0;
    bool sized = entry_integer(entry, ATTR_msExchRoutingOversizedStyle, &oversized);

    add_if(found, ATTR_activationStyle, style->present && style->value != STYLE_ALWAYS);
    add_if(found, ATTR_activationSchedule,
           !style->present && schedule_restricts(entry, ATTR_activationSchedule));
    for (guint i = 0; i < G_N_ELEMENTS(present); i++)
        add_if(found, present[i], entry_has(entry, present[i]));
    entry_integer(entry, ATTR_msExchRoutingDisallowPriority, &priority);
    add_if(found, ATTR_msExchRoutingDisallowPriority, priority != 0);
    add_if(found, ATTR_msExchRoutingOversizedStyle, sized && oversized == STYLE_SELECTED_TIMES);
    add_if(found, ATTR_msExchRoutingOversizedSchedule,
           !sized && schedule_restricts(entry, ATTR_msExchRoutingOversizedSchedule));
    return found;
}

static char *attribute_names(const GArray *attributes)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < attributes->len; i++)
        g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ",
                               attribute_table[g_array_index(attributes, AttributeId, i)].name);
    return g_string_free(text, FALSE);
}

/* Whether mail from Exchange 2007 can come as far as the group that the connector starts from. */
static bool modern_mail_arrives(Check *check, const Connector *connector)
{
    const RoutingGroup *modern = check_topology(check)->official_routing_group;

    return modern != NULL &&
           group_graph_reaches(check_group_graph(check), modern, connector->group);
}

static void judge_restrictions(Check *check, const Connector *connector)
{
    g_autoptr(GArray) attributes = restrictions_of(connector);
    g_autofree char *names = attribute_names(attributes);
    Finding *finding;

    if (attributes->len == 0)
        return;
    finding = check_raise(
        check, SEVERITY_WARNING, &connector->object,
        "Connector \"%s\" of routing group \"%s\" holds mail back by %s, which "
        "Exchange 2007 does not take into account%s",
        connector->object.name, connector->group->object.name, names,
        modern_mail_arrives(check, connector) ? "; mail from Exchange 2007 can come this way" : "");
    for (guint i = 0; i < attributes->len; i++)
        finding_cite(finding, &connector->object, g_array_index(attributes, AttributeId, i), NULL);
    finding_relate(finding, &connector->group->object);
}

static void check_restrictions(Check *check)
{
    if (connectors_unread(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector->kind != CONNECTOR_FOREIGN && connector->group != NULL &&
            !connector->group->official)
            judge_restrictions(check, connector);
}

const Rule CONN013 = {
    .id = "CONN013",
    .slug = "connector-restrictions-not-honoured",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "A connector carries restrictions that Exchange 2007 does not honour",
    .condition =
        "A routing group, SMTP or X.400 connector of a group of Exchange 2000/2003 has an "
        "activationStyle other than 2 (always; unsure, the numbers are those of Exchange "
        "5.5), or a schedule with gaps and no style; authOrig, unauthOrig, "
        "dLMemSubmitPerms or dLMemRejectPerms; msExchRoutingDisallowPriority; "
        "delivExtContTypes; or times of its own for large messages "
        "(msExchRoutingOversizedStyle, msExchRoutingOversizedSchedule). Limits of size and "
        "public folder referrals are honoured and not reported here.",
    .why =
        "Of all restrictions Exchange 2007 knows a connector's message size and its public folder "
        "referrals. It sends mail along a path of which a later connector refuses it or keeps it "
        "waiting. Whether Exchange 2003 checks senders at all depends on a registry value of "
        "the bridgeheads (CheckConnectorRestrictions), which the directory does not show.",
    .remedy =
        "Remove the restriction in the connector's properties (Delivery Restrictions, Content "
        "Restrictions, Delivery Options), or lead mail from Exchange 2007 around the "
        "connector, before users on Exchange 2007 depend on it.",
    .references = "Professional Windows PowerShell for Exchange Server 2007 SP1, chapter 11; "
                  "TechNet aa997372",
    .reads = READS(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_restrictions,
};

/* --- CONN014 ------------------------------------------------------------------------------ */

static void judge_lists(Check *check, const Connector *connector)
{
    static const AttributeId lists[] = {ATTR_dLMemSubmitPerms, ATTR_dLMemRejectPerms};
    g_autoptr(GPtrArray) sources = connector_source_servers(connector);
    g_autofree char *names = names_of(sources);
    const Entry *entry = connector->object.entry;
    Finding *finding;

    if (!entry_has(entry, lists[0]) && !entry_has(entry, lists[1]))
        return;
    finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                          "Connector \"%s\" admits senders by membership in distribution lists; if "
                          "its bridgeheads (%s) check it, they expand the lists for every message",
                          connector->object.name, names);
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        if (entry_has(entry, lists[i]))
            finding_cite(finding, &connector->object, lists[i], "no value");
    finding_relate_all(finding, sources);
}

static void check_lists(Check *check)
{
    if (connectors_unread(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->group != NULL &&
            !connector->group->official)
            judge_lists(check, connector);
}

const Rule CONN014 = {
    .id = "CONN014",
    .slug = "connector-restricted-by-lists",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_IN_PART,
    .title = "A routing group connector is restricted by membership in distribution lists",
    .condition =
        "dLMemSubmitPerms or dLMemRejectPerms is present on a routing group connector of a "
        "group of Exchange 2000/2003. Whether its bridgeheads check it depends on a "
        "registry value and has to be looked up there.",
    .why = "To check a sender the bridgehead expands the lists, and the lists within them, for "
           "every message. On a busy connector that alone can fill its queues.",
    .remedy =
        "Replace the lists by single senders (authOrig, unauthOrig) or by another control, or "
        "remove them: Delivery Restrictions in the properties of the connector. Look for "
        "CheckConnectorRestrictions in the registry of the bridgeheads.",
    .references = "Exchange Analyzer article on connector restrictions; TechNet aa997372",
    .reads = READS(CLASS_msExchConnector, CLASS_msExchRoutingGroup),
    .check = check_lists,
};

/* --- CONN015 ------------------------------------------------------------------------------ */

/* Which generation keeps public folders. A store whose server is not known counts for both. */
typedef struct Keepers {
    bool legacy;
    bool modern;
} Keepers;

static Keepers find_keepers(const Topology *topology)
{
    Keepers keepers = {0};

    FOR_EACH(const Store, store, topology->stores) {
        if (!store->public_folders)
            continue;
        keepers.legacy |= store->server == NULL || server_is_legacy(store->server);
        keepers.modern |= store->server == NULL || server_is_modern(store->server);
    }
    return keepers;
}

static bool refers(const Connector *connector)
{
    return !connector->no_referrals.present || !connector->no_referrals.value;
}

/* Whether any connector of the direction lets referrals pass. */
static bool direction_refers(const RoutingGroup *from, const RoutingGroup *to)
{
    FOR_EACH(const Connector, connector, from->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP && connector->destination == to &&
            refers(connector))
            return true;
    return false;
}

static bool direction_exists(const RoutingGroup *from, const RoutingGroup *to)
{
    return cheapest_between(from, to) != NULL;
}

/* Whether users of the connector's own side have public folders on the other side only. */
static bool depends_on_other_side(const Connector *connector, const Keepers *keepers)
{
    if (connector->group->official)
        return keepers->legacy && !keepers->modern;
    return keepers->modern && !keepers->legacy;
}

/* Called for the connectors that block referrals where no parallel one lets them pass. */
static void judge_referrals(Check *check, const Connector *connector, const Keepers *keepers)
{
    const RoutingGroup *from = connector->group;
    const RoutingGroup *to = connector->destination;
    const Connector *back = cheapest_between(to, from);
    bool needed = depends_on_other_side(connector, keepers);
    bool one_sided = direction_exists(to, from) && direction_refers(to, from);
    Finding *finding;

    if (!needed && !one_sided)
        return;
    finding = check_raise(check, needed ? SEVERITY_WARNING : SEVERITY_INFO, &connector->object,
                          needed ? "Connector \"%s\" blocks public folder referrals to \"%s\", and "
                                   "only that side keeps public folders"
                                 : "Connector \"%s\" blocks public folder referrals to \"%s\", "
                                   "while the way back allows them",
                          connector->object.name, to->object.name);
    finding_cite(finding, &connector->object, ATTR_msExchNoPFConnection, "FALSE");
    if (back != NULL) {
        finding_cite(finding, &back->object, ATTR_msExchNoPFConnection, NULL);
        finding_relate(finding, &back->object);
    }
}

static void check_referrals(Check *check)
{
    const Topology *topology = check_topology(check);
    Keepers keepers = find_keepers(topology);

    if (connector_ends_unread(check))
        return;
    FOR_EACH(const Connector, connector, topology->connectors)
        if (connector_joins_versions(connector) && !refers(connector) &&
            !direction_refers(connector->group, connector->destination))
            judge_referrals(check, connector, &keepers);
}

const Rule CONN015 = {
    .id = "CONN015",
    .slug = "connector-blocks-folder-referrals",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Public folder referrals between the generations are blocked or one-sided",
    .condition = "msExchNoPFConnection is TRUE on a routing group connector between the "
                 "generations, no parallel connector lets referrals pass, and the way back does: "
                 "information. A warning when public folder stores (msExchPublicMDB) exist on the "
                 "other side only.",
    .why = "A client that finds no replica of a folder nearby is referred to one over the "
           "connectors that allow it. Where they do not, users of one side do not get at folders "
           "that the other side keeps.",
    .remedy = "Allow referrals in the direction users need: Set-RoutingGroupConnector "
              "-PublicFolderReferralsEnabled $true, or for a connector of Exchange 2003 clear \"Do "
              "not allow public folder referrals\" on its General page.",
    .references = "TechNet aa998574",
    .needs = connector_destinations,
    .check = check_referrals,
};

/* --- CONN016 ------------------------------------------------------------------------------ */

static int limit_of(const Connector *connector)
{
    return connector->size_limit.present ? connector->size_limit.value : 0;
}

/* Whether what bears the limit of the organisation was read: if so, an absent one is none. */
static bool organization_limit_was_read(const Topology *topology)
{
    return topology->organization != NULL &&
           directory_of_class(topology->directory, CLASS_msExchMessageDeliveryConfig)->len > 0;
}

static char *limit_text(int limit)
{
    return limit > 0 ? g_strdup_printf("%d KB", limit) : g_strdup("no limit");
}

static bool is_tighter(int limit, int other)
{
    return limit > 0 && (other <= 0 || limit < other);
}

static void judge_size(Check *check, const Connector *connector)
{
    const Topology *topology = check_topology(check);
    const Connector *back = cheapest_between(connector->destination, connector->group);
    int limit = limit_of(connector);
    bool seen = organization_limit_was_read(topology);
    int whole = seen ? topology->organization->delivery_limit.value : limit;
    bool unequal = back != NULL && is_tighter(limit, limit_of(back));
    g_autofree char *whole_text = seen ? limit_text(whole) : NULL;
    g_autofree char *back_text = back == NULL ? g_strdup("does not exist")
                                              : limit_text(limit_of(back));
    Finding *finding;

    if (!seen)
        check_not_assessed(check, 1,
                           "the limit of the organisation (CN=Message Delivery) was not read");
    if (!is_tighter(limit, whole) && !unequal)
        return;
    finding = check_raise(check, SEVERITY_WARNING, &connector->object,
                          "Connector \"%s\" lets messages of up to %d KB pass to \"%s\"; the "
                          "organisation has %s, the way back %s",
                          connector->object.name, limit, connector->destination->object.name,
                          seen ? whole_text : "a limit that was not read", back_text);
    finding_cite(finding, &connector->object, ATTR_delivContLength, whole_text);
    if (unequal) {
        finding_cite(finding, &back->object, ATTR_delivContLength, NULL);
        finding_relate(finding, &back->object);
    }
}

static void check_sizes(Check *check)
{
    if (connector_ends_unread(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector_joins_versions(connector) && limit_of(connector) > 0)
            judge_size(check, connector);
}

const Rule CONN016 = {
    .id = "CONN016",
    .slug = "connector-size-limit",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "A connector between the generations has a tighter size limit than all else",
    .condition = "delivContLength of a routing group connector between the generations is greater "
                 "than 0 and smaller than that of the organisation (absent or 0: no limit), or "
                 "smaller than that of the connector back.",
    .why = "Messages above the limit come back to their senders only when they cross from one "
           "generation to the other: the same message to a colleague whose mailbox has not moved "
           "arrives.",
    .remedy = "Set the limit to that of the organisation, or clear it: Set-RoutingGroupConnector "
              "-MaxMessageSize (from Service Pack 1 on), or Content Restrictions of the connector "
              "in Exchange System Manager.",
    .references = "TechNet aa998581; Professional Windows PowerShell for Exchange Server 2007 SP1, "
                  "chapter 11",
    .needs = connector_destinations,
    .check = check_sizes,
};
