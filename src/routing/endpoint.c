/* From the words of a question to the objects of the topology. */
#include "routing/endpoint.h"

#include "base/fault.h"
#include "base/fold.h"
#include "base/nearest.h"

#include <stddef.h>
#include <string.h>

/* The kinds of objects that have names, and where they are listed. */
typedef struct NamedKind {
    EndpointKind kind;
    const char *prefix;
    const char *word;
    size_t list;       /* offset of the GPtrArray in Topology */
    const char *topic; /* what `adtopo show` calls them */
} NamedKind;

static const NamedKind named_kinds[] = {
    {ENDPOINT_SITE, "site", "site", offsetof(Topology, sites), "sites"},
    {ENDPOINT_GROUP, "rg", "routing group", offsetof(Topology, routing_groups), "routing-groups"},
    {ENDPOINT_SERVER, "server", "server", offsetof(Topology, servers), "servers"},
    {ENDPOINT_CONNECTOR, "connector", "connector", offsetof(Topology, connectors), "connectors"},
    {ENDPOINT_SITE_LINK, "site-link", "site link", offsetof(Topology, site_links), "site-links"},
};

/* --- looking up --------------------------------------------------------------------------- */

/* One object that bears the name. */
typedef struct Match {
    const NamedKind *kind;
    const Object *object;
} Match;

static bool bears_name(const Object *object, const char *name, const Dn *dn)
{
    if (dn != NULL)
        return object->entry->dn == dn;
    return fold_equal(object->name, strlen(object->name), name, strlen(name));
}

static void find_matches(const Topology *topology, const NamedKind *kind, const char *name,
                         GArray *matches)
{
    const GPtrArray *list = G_STRUCT_MEMBER(GPtrArray *, topology, kind->list);
    const Dn *dn = strchr(name, '=') == NULL
                       ? NULL
                       : dn_find(directory_names(topology->directory), name, strlen(name));

    FOR_EACH(const Object, object, list) {
        Match match = {kind, object};

        if (bears_name(object, name, dn))
            g_array_append_val(matches, match);
    }
}

/* Objects of several kinds are told apart by the kind, those of one kind by the whole name. */
static char *match_text(const GArray *matches, guint at)
{
    const Match *match = &g_array_index(matches, Match, at);
    g_autofree char *dn = NULL;

    for (guint i = 0; i < matches->len; i++)
        if (i != at && g_array_index(matches, Match, i).kind == match->kind)
            dn = dn == NULL ? dn_text(match->object->entry->dn) : dn;
    return g_strdup_printf("%s:%s", match->kind->prefix, dn == NULL ? match->object->name : dn);
}

static char *list_matches(const GArray *matches)
{
    enum { SHOWN = 3 };
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < matches->len && i < SHOWN; i++) {
        g_autofree char *meant = match_text(matches, i);

        g_string_append_printf(text, "%s%s", i > 0 ? " or " : "", meant);
    }
    if (matches->len > SHOWN)
        g_string_append_printf(text, " or one of %u more", matches->len - SHOWN);
    return g_string_free(text, FALSE);
}

/* --- endpoints ---------------------------------------------------------------------------- */

static bool server_moves_like_2007(const Server *server)
{
    if (server_is_modern(server))
        return true;
    return !server_is_legacy(server) && server->routing_group != NULL &&
           server->routing_group->official;
}

static Endpoint *endpoint_of(const Match *match)
{
    Endpoint *endpoint = g_new0(Endpoint, 1);

    endpoint->kind = match->kind->kind;
    endpoint->object = match->object;
    endpoint->text = g_strdup_printf("%s:%s", match->kind->prefix, match->object->name);
    if (endpoint->kind == ENDPOINT_SITE) {
        endpoint->site = (const Site *)match->object;
    } else if (endpoint->kind == ENDPOINT_GROUP) {
        endpoint->group = (const RoutingGroup *)match->object;
    } else if (endpoint->kind == ENDPOINT_SERVER) {
        endpoint->server = (const Server *)match->object;
        if (server_moves_like_2007(endpoint->server))
            endpoint->site = endpoint->server->site;
        else
            endpoint->group = endpoint->server->routing_group;
    }
    return endpoint;
}

static Endpoint *endpoint_of_address(const char *text, GError **error)
{
    Address *address = address_parse(text, error);
    Endpoint *endpoint;

    if (address == NULL)
        return NULL;
    endpoint = g_new0(Endpoint, 1);
    endpoint->kind = ENDPOINT_ADDRESS;
    endpoint->address = address;
    endpoint->text = g_strdup(text);
    return endpoint;
}

/* The words for what is allowed: "site:NAME, rg:NAME or server:NAME". */
static char *allowed_words(guint kinds)
{
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(named_kinds); i++)
        if ((kinds & 1u << named_kinds[i].kind) != 0)
            g_ptr_array_add(forms, g_strdup_printf("%s:NAME", named_kinds[i].prefix));
    if ((kinds & 1u << ENDPOINT_ADDRESS) != 0)
        g_ptr_array_add(forms, g_strdup("smtp:user@domain"));
    for (guint i = 0; i < forms->len; i++) {
        const char *between = i + 1 < forms->len ? ", " : " or ";

        g_string_append_printf(text, "%s%s", i == 0 ? "" : between,
                               (const char *)g_ptr_array_index(forms, i));
    }
    return g_string_free(text, FALSE);
}

/* Whether objects of a kind are meant: those of the prefix, or without one all that are allowed. */
static bool is_meant(const NamedKind *candidate, const NamedKind *kind, guint kinds)
{
    return kind == NULL ? (kinds & 1u << candidate->kind) != 0 : kind == candidate;
}

static void fail_unknown(const Topology *topology, const NamedKind *kind, const char *text,
                         guint kinds, GError **error)
{
    const char *name = kind == NULL ? text : strchr(text, ':') + 1;
    g_autofree char *allowed = allowed_words(kinds);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *hint = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(named_kinds); i++)
        if (is_meant(&named_kinds[i], kind, kinds))
            FOR_EACH(const Object, object,
                     G_STRUCT_MEMBER(GPtrArray *, topology, named_kinds[i].list))
                g_ptr_array_add(names, (gpointer)object->name);
    hint = nearest_hint(name, names);
    if (kind != NULL)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "there is no %s called \"%s\"%s: see \"adtopo show %s\"", kind->word, name,
                    hint, kind->topic);
    else
        g_set_error(error, FAULT, FAULT_USAGE, "nothing is called \"%s\"%s: write %s", name, hint,
                    allowed);
}

static Endpoint *settle(const Topology *topology, const GArray *matches, const NamedKind *kind,
                        const char *text, guint kinds, GError **error)
{
    g_autofree char *meant = NULL;

    if (matches->len == 1)
        return endpoint_of(&g_array_index(matches, Match, 0));
    if (matches->len > 1) {
        meant = list_matches(matches);
        g_set_error(error, FAULT, FAULT_USAGE, "\"%s\" may mean more than one thing: write %s",
                    text, meant);
    } else {
        fail_unknown(topology, kind, text, kinds, error);
    }
    return NULL;
}

static const NamedKind *kind_of_prefix(const char *text)
{
    size_t length = strcspn(text, ":");

    for (guint i = 0; text[length] == ':' && i < G_N_ELEMENTS(named_kinds); i++)
        if (strlen(named_kinds[i].prefix) == length &&
            g_ascii_strncasecmp(named_kinds[i].prefix, text, length) == 0)
            return &named_kinds[i];
    return NULL;
}

Endpoint *endpoint_parse(const Topology *topology, const char *text, guint kinds, GError **error)
{
    const NamedKind *kind = kind_of_prefix(text);
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(Match));

    if (kind != NULL ? (kinds & 1u << kind->kind) == 0
                     : strchr(text, ':') != NULL && (kinds & 1u << ENDPOINT_ADDRESS) == 0) {
        g_autofree char *allowed = allowed_words(kinds);

        g_set_error(error, FAULT, FAULT_USAGE, "\"%s\" cannot stand here: write %s", text, allowed);
        return NULL;
    }
    if (kind == NULL && strchr(text, ':') != NULL)
        return endpoint_of_address(text, error);
    for (guint i = 0; i < G_N_ELEMENTS(named_kinds); i++)
        if (is_meant(&named_kinds[i], kind, kinds))
            find_matches(topology, &named_kinds[i], kind == NULL ? text : strchr(text, ':') + 1,
                         matches);
    return settle(topology, matches, kind, text, kinds, error);
}

void endpoint_free(Endpoint *endpoint)
{
    if (endpoint == NULL)
        return;
    g_free(endpoint->text);
    address_free(endpoint->address);
    g_free(endpoint);
}

bool endpoint_equal(const Endpoint *a, const Endpoint *b)
{
    if (a->address == NULL || b->address == NULL)
        return a->object == b->object && a->address == b->address;
    return fold_equal(a->text, strlen(a->text), b->text, strlen(b->text));
}

bool endpoint_is_modern(const Endpoint *endpoint)
{
    if (endpoint->kind == ENDPOINT_SITE)
        return true;
    if (endpoint->kind == ENDPOINT_GROUP)
        return endpoint->group->official;
    return endpoint->kind == ENDPOINT_SERVER && server_moves_like_2007(endpoint->server);
}
