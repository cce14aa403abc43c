/* From the words of assertions to the objects of a topology. */
#include "rules/assertion-scope.h"

#include "base/fault.h"
#include "rules/routing-groups.h"
#include "rules/ways-sight.h"

#include <string.h>

enum {
    SOURCES = 1u << ENDPOINT_SITE | 1u << ENDPOINT_GROUP | 1u << ENDPOINT_SERVER,
    DESTINATIONS = SOURCES | 1u << ENDPOINT_ADDRESS,
    CROSSINGS = 1u << ENDPOINT_SITE | 1u << ENDPOINT_GROUP | 1u << ENDPOINT_CONNECTOR |
                1u << ENDPOINT_SITE_LINK,
};

/* --- places ------------------------------------------------------------------------------- */

static void place_free(gpointer data)
{
    AssertedPlace *place = data;

    g_free(place->text);
    g_free(place->name);
    endpoint_free(place->what);
    g_free(place);
}

/* "smtp:*" is an address of a domain that nobody has (RFC 2606): only "*" covers it. */
static const char *address_meant(const char *text)
{
    return g_ascii_strcasecmp(text, "smtp:*") == 0 ? "smtp:anybody@elsewhere.invalid" : text;
}

static bool add_place(GPtrArray *places, const Topology *topology, const char *text, guint kinds,
                      GError **error)
{
    const char *meant = (kinds & 1u << ENDPOINT_ADDRESS) != 0 ? address_meant(text) : text;
    Endpoint *what = endpoint_parse(topology, meant, kinds, error);
    AssertedPlace *place;

    if (what == NULL)
        return false;
    place = g_new(AssertedPlace, 1);
    *place = (AssertedPlace){
        .text = g_strdup(meant),
        .name = g_strdup(what->kind == ENDPOINT_ADDRESS ? text : what->text),
        .what = what,
    };
    g_ptr_array_add(places, place);
    return true;
}

/* The full name: others of the kind may bear the short one. */
static bool add_object(GPtrArray *places, const Topology *topology, const char *prefix,
                       const Object *object, GError **error)
{
    g_autofree char *dn = dn_text(object->entry->dn);
    g_autofree char *text = g_strdup_printf("%s:%s", prefix, dn);

    return add_place(places, topology, text, SOURCES, error);
}

static bool site_matters(const Site *site)
{
    FOR_EACH(const Server, server, site->servers)
        if (server_has_role(server, ROLE_HUB_TRANSPORT | ROLE_MAILBOX))
            return true;
    return false;
}

static bool add_sites(GPtrArray *places, const Topology *topology, GError **error)
{
    FOR_EACH(const Site, site, topology->sites)
        if (site_matters(site) && !add_object(places, topology, "site", &site->object, error))
            return false;
    return true;
}

static bool add_groups(GPtrArray *places, const Topology *topology, GError **error)
{
    FOR_EACH(const RoutingGroup, group, topology->routing_groups)
        if (group_is_legacy(group) && !add_object(places, topology, "rg", &group->object, error))
            return false;
    return true;
}

static GPtrArray *places_named(const Topology *topology, const char *text, guint kinds,
                               GError **error)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(place_free);
    bool known;

    if (strcmp(text, EVERY_SITE) == 0)
        known = add_sites(places, topology, error);
    else if (strcmp(text, EVERY_ROUTING_GROUP) == 0)
        known = add_groups(places, topology, error);
    else
        known = add_place(places, topology, text, kinds, error);
    return known ? g_steal_pointer(&places) : NULL;
}

/* --- scopes ------------------------------------------------------------------------------- */

static bool blame(const Assertion *assertion, const char *key, GError **error)
{
    g_prefix_error(error, "%s: %s: ", assertion->where, key);
    return false;
}

/* Whether the words mean just this thing, which can then be neither avoided nor lost. */
static bool is_the_only(const GPtrArray *places, const Endpoint *what)
{
    const AssertedPlace *first = places->len == 1 ? g_ptr_array_index(places, 0) : NULL;

    return first != NULL && first->what->object != NULL && first->what->object == what->object;
}

static bool find_crossing(const Topology *topology, const Assertion *assertion, const char *key,
                          const char *text, Endpoint **found, GError **error)
{
    if (text == NULL)
        return true;
    *found = endpoint_parse(topology, text, CROSSINGS, error);
    return *found != NULL || blame(assertion, key, error);
}

static bool contradicts_itself(const AssertionScope *scope, const Assertion *assertion,
                               GError **error)
{
    const Endpoint *avoid = scope->avoid;

    if (avoid != NULL && scope->through != NULL && avoid->object == scope->through->object)
        g_set_error(error, FAULT, FAULT_USAGE, "it is what \"through\" names as well");
    else if (avoid != NULL && (is_the_only(scope->from, avoid) || is_the_only(scope->to, avoid)))
        g_set_error(error, FAULT, FAULT_USAGE,
                    "it is where the mail begins or ends: no way can avoid it");
    else
        return false;
    blame(assertion, "avoid", error);
    return true;
}

AssertionScope *assertion_scope_new(const Topology *topology, const Assertion *assertion,
                                    GError **error)
{
    g_autoptr(AssertionScope) scope = g_new0(AssertionScope, 1);

    scope->from = places_named(topology, assertion->from, SOURCES, error);
    if (scope->from == NULL) {
        blame(assertion, "from", error);
        return NULL;
    }
    scope->to = places_named(topology, assertion->to, DESTINATIONS, error);
    if (scope->to == NULL) {
        blame(assertion, "to", error);
        return NULL;
    }
    if (!find_crossing(topology, assertion, "through", assertion->through, &scope->through,
                       error) ||
        !find_crossing(topology, assertion, "avoid", assertion->avoid, &scope->avoid, error) ||
        contradicts_itself(scope, assertion, error))
        return NULL;
    return g_steal_pointer(&scope);
}

void assertion_scope_free(AssertionScope *scope)
{
    if (scope == NULL)
        return;
    g_clear_pointer(&scope->from, g_ptr_array_unref);
    g_clear_pointer(&scope->to, g_ptr_array_unref);
    endpoint_free(scope->through);
    endpoint_free(scope->avoid);
    g_free(scope);
}

/* --- what can be seen --------------------------------------------------------------------- */

char *ways_unseen(const Topology *topology)
{
    g_autoptr(GPtrArray) gaps = ways_sight(topology);

    if (topology->organization == NULL)
        return g_strdup("no Exchange organisation was found in what was read");
    return gaps->len == 0 ? NULL : g_strdup(gaps->pdata[0]);
}

static bool names_things(const Topology *topology, const Assertion *assertion, GError **error)
{
    g_autofree char *unseen = ways_unseen(topology);
    g_autoptr(AssertionScope) scope = NULL;

    if (unseen != NULL)
        return true;
    scope = assertion_scope_new(topology, assertion, error);
    return scope != NULL;
}

bool assertions_name_things(const Policy *policy, const Topology *today, const Topology *then,
                            GError **error)
{
    if (policy == NULL)
        return true;
    FOR_EACH(const Assertion, assertion, policy->assertions) {
        if (then != NULL && names_things(then, assertion, NULL))
            continue;
        if (!names_things(today, assertion, error))
            return false;
    }
    return true;
}
