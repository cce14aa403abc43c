/*
 * SEND, third part: the address spaces of connectors that lead out of the organisation: who shares
 * one, whom it holds for, and values that do not mean what they seem to.
 */
#include "rules/address-spaces.h"

#include "base/fold.h"
#include "rules/facts.h"
#include "rules/routing-groups.h"
#include "rules/templates.h"
#include "rules/words.h"

#include <string.h>

static const Need space_needs[] = {{CLASS_msExchRoutingSMTPConnector, ATTR_routingList},
                                   {CLASS_NONE, ATTR_NONE}};

/* The inbound connector of an Edge subscription stands for the accepted domains: it is none. */
static bool space_means_accepted_domains(const AddressSpace *space)
{
    return strcmp(space->pattern, "--") == 0;
}

/* --- SEND003 ------------------------------------------------------------------------------ */

/* A connector that serves an address space. */
typedef struct Claim {
    const Connector *connector;
    const AddressSpace *space;
} Claim;

/* Where a scoped space holds: the routing group or, from 2007 on, the site of its senders. */
static const Object *space_scope(const Connector *connector)
{
    g_autoptr(GPtrArray) senders = connector_source_servers(connector);

    FOR_EACH(const Server, sender, senders)
        if (server_is_modern(sender) && sender->site != NULL)
            return &sender->site->object;
    return connector->group == NULL ? NULL : &connector->group->object;
}

/* Equal for spaces that compete for the same messages. */
static char *space_key(const Connector *connector, const AddressSpace *space)
{
    const Object *scope = space->local ? space_scope(connector) : NULL;
    g_autofree char *pattern = fold_string(space->pattern);
    g_autofree char *place = scope == NULL ? g_strdup("") : dn_text(scope->entry->dn);

    return g_strdup_printf("%s:%s\n%d%s", space->type, pattern, space->local, place);
}

static void add_claim(GPtrArray *contests, GHashTable *by_key, const Connector *connector,
                      const AddressSpace *space)
{
    g_autofree char *key = space_key(connector, space);
    GArray *claims = g_hash_table_lookup(by_key, key);
    Claim claim = {connector, space};

    if (claims == NULL) {
        claims = g_array_new(FALSE, FALSE, sizeof(Claim));
        g_hash_table_insert(by_key, g_steal_pointer(&key), claims);
        g_ptr_array_add(contests, claims);
    }
    if (claims->len == 0 || g_array_index(claims, Claim, claims->len - 1).connector != connector)
        g_array_append_val(claims, claim);
}

/* Every address space with those who serve it, in the order of the connectors. */
static GPtrArray *contests_of(const Topology *topology)
{
    GPtrArray *contests = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    FOR_EACH(const Connector, connector, topology->connectors) {
        if (!connector_leads_out(connector) || !connector_is_enabled(connector))
            continue;
        for (guint i = 0; i < connector->space_count; i++)
            if (!space_means_accepted_domains(&connector->spaces[i]))
                add_claim(contests, by_key, connector, &connector->spaces[i]);
    }
    return contests;
}

static bool claims_tie(const GArray *claims)
{
    for (guint i = 0; i < claims->len; i++)
        for (guint j = 0; j < i; j++)
            if (address_space_cost(g_array_index(claims, Claim, i).space) ==
                address_space_cost(g_array_index(claims, Claim, j).space))
                return true;
    return false;
}

/* What stands for a server's place in routing: its site, or its routing group up to 2003. */
static const Object *server_place(const Server *server)
{
    if (server_is_legacy(server))
        return server->routing_group == NULL ? NULL : &server->routing_group->object;
    return server->site == NULL ? NULL : &server->site->object;
}

/* Whether all senders of all claims stand in one site, or in one routing group of 2003. */
static bool claims_share_place(const GArray *claims)
{
    const Object *place = NULL;

    for (guint i = 0; i < claims->len; i++) {
        const Connector *connector = g_array_index(claims, Claim, i).connector;
        g_autoptr(GPtrArray) senders = connector_source_servers(connector);

        FOR_EACH(const Server, sender, senders) {
            const Object *own = server_place(sender);

            if (own == NULL || (place != NULL && own != place))
                return false;
            place = own;
        }
    }
    return place != NULL;
}

static char *claims_text(const GArray *claims)
{
    enum { CLAIMS_SHOWN = 6 };
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < MIN(claims->len, (guint)CLAIMS_SHOWN); i++) {
        const Claim *claim = &g_array_index(claims, Claim, i);

        g_string_append_printf(text, "%s\"%s\" at cost %d", i > 0 ? ", " : "",
                               claim->connector->object.name, address_space_cost(claim->space));
    }
    if (claims->len > CLAIMS_SHOWN)
        g_string_append_printf(text, " and %u more", claims->len - CLAIMS_SHOWN);
    return g_string_free(text, FALSE);
}

static bool senders_are_unread(const Directory *directory)
{
    return directory_seen(directory, CLASS_msExchConnector, ATTR_msExchSourceBridgeheadServersDN) +
               directory_seen(directory, CLASS_msExchConnector, ATTR_homeMTA) ==
           0;
}

/* Whether it was not read which servers send, or where those of a generation stand: that senders
 * stand apart cannot be told then. */
static bool places_are_unread(const Topology *topology)
{
    const Directory *directory = topology->directory;
    bool sites = directory_seen(directory, CLASS_msExchExchangeServer, ATTR_msExchServerSite) > 0;

    return senders_are_unread(directory) ||
           (!sites && topology_has_server(topology, server_is_modern)) ||
           (membership_is_hidden(directory) && topology_has_server(topology, server_is_legacy));
}

static void raise_contest(Check *check, const GArray *claims)
{
    const Claim *first = &g_array_index(claims, Claim, 0);
    bool tie = claims_tie(claims);
    bool apart = tie && !claims_share_place(claims);
    bool unread = apart && places_are_unread(check_topology(check));
    bool grave = apart && !unread;
    g_autofree char *text = claims_text(claims);
    Finding *finding;

    if (unread)
        check_not_assessed(check, 1,
                           "of the connectors that serve the address space at the same cost, where "
                           "the source servers stand was not read");
    finding =
        check_raise(check, grave ? SEVERITY_WARNING : SEVERITY_INFO, &first->connector->object,
                    "Address space %s:%s is served by %u connectors%s: %s", first->space->type,
                    first->space->pattern, claims->len, tie ? ", some at the same cost" : "", text);
    for (guint i = 0; i < claims->len; i++) {
        const Claim *claim = &g_array_index(claims, Claim, i);

        finding_cite_value(finding, &claim->connector->object, ATTR_routingList,
                           claim->space->value, NULL);
        finding_relate(finding, &claim->connector->object);
    }
}

static void check_contests(Check *check)
{
    g_autoptr(GPtrArray) contests = NULL;

    if (!connectors_are_visible(check))
        return;
    contests = contests_of(check_topology(check));
    FOR_EACH(const GArray, claims, contests)
        if (claims->len > 1)
            raise_contest(check, claims);
}

const Rule SEND003 = {
    .id = "SEND003",
    .slug = "address-space-served-twice",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT,
    .decided = DECIDED_FULLY,
    .title = "Several connectors serve the same address space",
    .condition =
        "The same type and pattern stand in routingList of two or more enabled connectors. "
        "A warning when two of them have the same cost and their source servers stand in "
        "different sites, routing groups or generations; otherwise information.",
    .why = "At the same cost nearness decides, and the two generations reckon it differently: "
           "messages of one kind leave by several doors, with several filters and logs. At "
           "different costs the dearer connector is used only where the other is out of reach.",
    .remedy = "If it is not wanted, give the connectors different costs (Set-SendConnector "
              "-Identity <connector> -AddressSpaces \"SMTP:<domain>;<cost>\"), or merge them into "
              "one.",
    .references = "TechNet bb232193 (routing), aa998186 (routing in coexistence)",
    .needs = space_needs,
    .reads = READS(CLASS_msExchConnector),
    .check = check_contests,
};

/* --- SEND008 ------------------------------------------------------------------------------ */

enum { LABEL_MOST = 63, DOMAIN_MOST = 255 };

/* A label of RFC 1035; the underscore is let pass, as Windows does. */
static bool label_is_sound(const char *label, size_t length)
{
    if (length == 0 || length > LABEL_MOST || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum(label[i]) && label[i] != '-' && label[i] != '_')
            return false;
    return true;
}

static bool domain_is_sound(const char *domain)
{
    const char *label = domain;

    if (strlen(domain) > DOMAIN_MOST)
        return false;
    for (;;) {
        size_t length = strcspn(label, ".");

        if (!label_is_sound(label, length))
            return false;
        if (label[length] == '\0')
            return true;
        label += length + 1;
    }
}

/* "*", "*.domain", "domain", the last also as "@domain", which old tools wrote. */
static bool pattern_is_sound(const char *pattern)
{
    if (strcmp(pattern, "*") == 0)
        return true;
    if (g_str_has_prefix(pattern, "*."))
        return domain_is_sound(pattern + 2);
    return domain_is_sound(pattern[0] == '@' ? pattern + 1 : pattern);
}

static bool space_is_malformed(const AddressSpace *space)
{
    return strcmp(space->type, "SMTP") == 0 && !space_means_accepted_domains(space) &&
           !pattern_is_sound(space->pattern);
}

static void judge_patterns(Check *check, const Connector *connector)
{
    bool plan = check_scenario(check) == SCENARIO_PREFLIGHT;
    const AddressSpace *first = NULL;
    bool star = false;
    guint count = 0;
    Finding *finding;

    for (guint i = 0; i < connector->space_count; i++) {
        if (!space_is_malformed(&connector->spaces[i]))
            continue;
        if (first == NULL)
            first = &connector->spaces[i];
        star = star || strchr(connector->spaces[i].pattern, '*') != NULL;
        count++;
    }
    if (count == 0)
        return;
    finding = check_raise(
        check, plan && star ? SEVERITY_ERROR : SEVERITY_WARNING, &connector->object,
        "Connector \"%s\" has an address space that Exchange 2007 rejects, "
        "SMTP:%s%s",
        connector->object.name, first->pattern, count > 1 ? ", and others like it" : "");
    for (guint i = 0; i < connector->space_count; i++)
        if (space_is_malformed(&connector->spaces[i]))
            finding_cite_value(finding, &connector->object, ATTR_routingList,
                               connector->spaces[i].value, "SMTP:*, SMTP:*.domain or SMTP:domain");
}

static void check_patterns(Check *check)
{
    if (!connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector_leads_out(connector))
            judge_patterns(check, connector);
}

const Rule SEND008 = {
    .id = "SEND008",
    .slug = "address-space-malformed",
    .severity = SEVERITY_ERROR,
    .scenarios = SCENARIO_AUDIT | SCENARIO_PREFLIGHT,
    .decided = DECIDED_FULLY,
    .title = "An address space has a form that Exchange 2007 rejects",
    .condition = "An SMTP value of routingList is neither *, nor *. and a domain, nor a domain "
                 "(labels of letters, digits and hyphens). A warning; an error before the first "
                 "Exchange 2007 server when a misplaced star is the cause.",
    .why =
        "Exchange 2003 let *contoso.com stand for every domain that ends so. Exchange 2007 knows "
        "a star only alone or before a dot: setup stops at the value, and a hub passes it over.",
    .remedy = "Rewrite the value, in ESM on the connector's page Address Space or with "
              "Set-SendConnector -Identity <connector> -AddressSpaces: contoso.com for the domain "
              "alone, *.contoso.com for the domain and all below it.",
    .references = "Exchange Analyzer article on address space wildcards (e106ab09); TechNet "
                  "aa998662 (Send connectors)",
    .needs = space_needs,
    .check = check_patterns,
};

/* --- SEND009 ------------------------------------------------------------------------------ */

/* Whether `domain` is `parent` or lies below it. */
static bool domain_is_within(const char *domain, const char *parent)
{
    size_t length = strlen(domain);
    size_t tail = strlen(parent);

    if (length < tail || g_ascii_strcasecmp(domain + length - tail, parent) != 0)
        return false;
    return length == tail || domain[length - tail - 1] == '.';
}

/* Whether every address that `narrow` matches is matched by `wide` too. */
static bool space_covers(const AddressSpace *wide, const AddressSpace *narrow)
{
    const char *domain = narrow->pattern;

    if (strcmp(wide->type, narrow->type) != 0)
        return false;
    if (strcmp(wide->pattern, "*") == 0 || g_ascii_strcasecmp(wide->pattern, domain) == 0)
        return true;
    if (!g_str_has_prefix(wide->pattern, "*."))
        return false;
    return domain_is_within(g_str_has_prefix(domain, "*.") ? domain + 2 : domain,
                            wide->pattern + 2);
}

/* Whether someone outside the scope has a connector for the addresses. */
static bool space_is_covered(const Topology *topology, const AddressSpace *space)
{
    FOR_EACH(const Connector, connector, topology->connectors) {
        if (!connector_leads_out(connector) || !connector_is_enabled(connector))
            continue;
        for (guint i = 0; i < connector->space_count; i++)
            if (!connector->spaces[i].local && space_covers(&connector->spaces[i], space))
                return true;
    }
    return false;
}

static void judge_scope(Check *check, const Connector *connector)
{
    const Topology *topology = check_topology(check);
    const Object *scope = space_scope(connector);
    const AddressSpace *first = NULL;
    const AddressSpace *alone = NULL;
    Finding *finding;

    for (guint i = 0; i < connector->space_count; i++) {
        const AddressSpace *space = &connector->spaces[i];

        if (!space->local)
            continue;
        if (first == NULL)
            first = space;
        if (alone == NULL && !space_is_covered(topology, space))
            alone = space;
    }
    if (first == NULL)
        return;
    finding = check_raise(
        check, alone != NULL ? SEVERITY_WARNING : SEVERITY_INFO, &connector->object,
        "Connector \"%s\" serves %s:%s for servers in \"%s\" only%s", connector->object.name,
        (alone != NULL ? alone : first)->type, (alone != NULL ? alone : first)->pattern,
        scope == NULL ? "its own routing group" : scope->name,
        alone != NULL ? ", and nobody serves it for the others" : "");
    for (guint i = 0; i < connector->space_count; i++)
        if (connector->spaces[i].local)
            finding_cite_value(finding, &connector->object, ATTR_routingList,
                               connector->spaces[i].value, NULL);
    if (scope != NULL)
        finding_relate(finding, scope);
}

static void check_scopes(Check *check)
{
    if (!connectors_are_visible(check))
        return;
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector_leads_out(connector))
            judge_scope(check, connector);
}

const Rule SEND009 = {
    .id = "SEND009",
    .slug = "connector-scoped",
    .severity = SEVERITY_WARNING,
    .scenarios = SCENARIO_AUDIT | SCENARIO_LAST,
    .decided = DECIDED_FULLY,
    .title = "A connector is scoped to its routing group or site",
    .condition = "A value of routingList begins with Local: (how Exchange 2007 stores its scope is "
                 "not published for certain). A warning when no enabled connector without a scope "
                 "serves the same addresses.",
    .why = "Servers outside do not know the connector: on Exchange 2003 those of other routing "
           "groups, on Exchange 2007 those of other sites and all of Exchange 2003. Their mail "
           "takes another connector or none.",
    .remedy = "Where others need it, widen the scope (ESM: Address Space, Connector scope, Entire "
              "organization; Set-SendConnector -Identity <connector> -IsScopedConnector $false) or "
              "give them a connector of their own.",
    .references = "KB 811706; Exchange Analyzer article on connector scope (1e8700fa)",
    .needs = space_needs,
    .reads = READS(CLASS_msExchConnector),
    .check = check_scopes,
};
