/* Builds topologies from the lines that sketch.h describes. */
#include "sketch.h"

#include "forest.h"

#include <string.h>

typedef struct Builder {
    Directory *directory;
    char **words; /* of the present line */
    guint count;
} Builder;

/* --- records ------------------------------------------------------------------------------ */

/* An object in the making. */
typedef struct Draft {
    char *dn;
    const char *class_name;
    GArray *values; /* of RecordValue */
    GPtrArray *texts;
} Draft;

static void draft_add(Draft *draft, const char *attribute, char *text)
{
    RecordValue value = {.data = text,
                         .length = (uint32_t)strlen(text),
                         .attribute = (uint16_t)attribute_lookup(attribute, strlen(attribute))};

    g_assert_true(value.attribute != ATTR_NONE);
    g_ptr_array_add(draft->texts, text);
    g_array_append_val(draft->values, value);
}

static Draft draft_new(char *dn, const char *class_name)
{
    return (Draft){.dn = dn,
                   .class_name = class_name,
                   .values = g_array_new(FALSE, FALSE, sizeof(RecordValue)),
                   .texts = g_ptr_array_new_with_free_func(g_free)};
}

static void draft_admit(Draft *draft, Directory *directory)
{
    Record record = {
        .dn = draft->dn,
        .dn_length = (uint32_t)strlen(draft->dn),
        .values = (const RecordValue *)(void *)draft->values->data,
        .count = draft->values->len,
        .class_id = (uint16_t)class_lookup(draft->class_name, strlen(draft->class_name)),
    };

    g_assert_true(directory_admit(directory, 0, &record));
    g_array_unref(draft->values);
    g_ptr_array_unref(draft->texts);
    g_free(draft->dn);
}

/* --- names -------------------------------------------------------------------------------- */

static char *site_dn(const char *name)
{
    return g_strdup_printf("CN=%s," SITES, name);
}

static char *group_dn(const char *name)
{
    if (strcmp(name, "V") == 0)
        return g_strdup(MODERN_ROUTING);
    return g_strdup_printf("CN=%s," LEGACY_ROUTING, name);
}

static char *server_dn(const char *prefix, const char *name)
{
    return g_strdup_printf("CN=%s%s," LEGACY_SERVERS, prefix, name);
}

static char *connector_dn(const char *name, const char *group)
{
    g_autofree char *dn = group_dn(group);

    return g_strdup_printf("CN=%s,CN=Connections,%s", name, dn);
}

/* --- words -------------------------------------------------------------------------------- */

static const char *word(const Builder *builder, guint at)
{
    g_assert_cmpuint(at, <, builder->count);
    return builder->words[at];
}

static bool has_word(const Builder *builder, const char *wanted)
{
    return g_strv_contains((const char *const *)builder->words, wanted);
}

/* The text after "KEY=", or NULL. */
static const char *setting(const Builder *builder, const char *key)
{
    for (guint i = 0; i < builder->count; i++)
        if (g_str_has_prefix(builder->words[i], key))
            return builder->words[i] + strlen(key);
    return NULL;
}

static void add_setting(const Builder *builder, Draft *draft, const char *key,
                        const char *attribute)
{
    const char *text = setting(builder, key);

    if (text != NULL)
        draft_add(draft, attribute, g_strdup(text));
}

/* --- lines -------------------------------------------------------------------------------- */

static void add_server(const Builder *builder, char *dn, const char *version, const char *roles,
                       const char *site, const char *group)
{
    Draft draft = draft_new(dn, "msExchExchangeServer");

    draft_add(&draft, "serialNumber", g_strdup(version));
    draft_add(&draft, "msExchHomeRoutingGroup", group_dn(group));
    if (roles != NULL)
        draft_add(&draft, "msExchCurrentServerRoles", g_strdup(roles));
    if (site != NULL)
        draft_add(&draft, "msExchServerSite", site_dn(site));
    draft_admit(&draft, builder->directory);
}

static const char *version_of(const char *year)
{
    if (strcmp(year, "2003") == 0)
        return "Version 6.5 (Build 7638.2: Service Pack 2)";
    return strcmp(year, "2007") == 0 ? "Version 8.3 (Build 30083.6)"
                                     : "Version 14.3 (Build 30123.4)";
}

static void add_site(const Builder *builder)
{
    Draft draft = draft_new(site_dn(word(builder, 1)), "site");

    if (has_word(builder, "hub"))
        draft_add(&draft, "msExchTransportSiteFlags", g_strdup("1"));
    draft_admit(&draft, builder->directory);
    if (!has_word(builder, "bare"))
        add_server(builder, server_dn("HUB-", word(builder, 1)), version_of("2007"), "32",
                   word(builder, 1), "V");
}

static void add_link(const Builder *builder)
{
    const char *transport = has_word(builder, "smtp") ? "SMTP" : "IP";
    Draft draft = draft_new(
        g_strdup_printf("CN=%s,CN=%s,CN=Inter-Site Transports," SITES, word(builder, 1), transport),
        "siteLink");
    guint at = 2;

    draft_add(&draft, "cost", g_strdup(word(builder, 2)));
    add_setting(builder, &draft, "exch=", "msExchCost");
    add_setting(builder, &draft, "max=", "delivContLength");
    while (strcmp(word(builder, at), ":") != 0)
        at++;
    while (++at < builder->count)
        draft_add(&draft, "siteList", site_dn(word(builder, at)));
    draft_admit(&draft, builder->directory);
}

static void add_group(const Builder *builder)
{
    const char *name = word(builder, 1);
    Draft draft = draft_new(group_dn(name), "msExchRoutingGroup");
    bool inhabited = !has_word(builder, "bare");

    if (inhabited)
        draft_add(&draft, "msExchRoutingGroupMembersDN", server_dn("EX-", name));
    draft_admit(&draft, builder->directory);
    if (inhabited)
        add_server(builder, server_dn("EX-", name), version_of("2003"), NULL, NULL, name);
}

static void add_plain_server(const Builder *builder)
{
    bool legacy = strcmp(word(builder, 2), "2003") == 0;
    const char *roles = strcmp(word(builder, 3), "hub") == 0 ? "32" : "2";
    const char *place = word(builder, 4);

    add_server(builder, server_dn("", word(builder, 1)), version_of(word(builder, 2)),
               legacy ? NULL : roles, legacy ? NULL : place, legacy ? place : "V");
}

/* The bridgehead of a group, or for V that of a site. */
static char *bridgehead_dn(const Builder *builder, const char *group, const char *key)
{
    const char *site = setting(builder, key);

    if (strcmp(group, "V") != 0)
        return server_dn("EX-", group);
    return server_dn("HUB-", site == NULL ? "S" : site);
}

static void add_common(const Builder *builder, Draft *draft)
{
    add_setting(builder, draft, "max=", "delivContLength");
    if (has_word(builder, "disabled"))
        draft_add(draft, "activationStyle", g_strdup("0"));
    if (has_word(builder, "restricted"))
        draft_add(draft, "activationStyle", g_strdup("1"));
    draft_admit(draft, builder->directory);
}

static void add_rgc(const Builder *builder)
{
    const char *from = word(builder, 3);
    const char *to = word(builder, 4);
    Draft draft = draft_new(connector_dn(word(builder, 1), from), "msExchRoutingGroupConnector");

    draft_add(&draft, "cost", g_strdup(word(builder, 2)));
    draft_add(&draft, "msExchDestinationRGDN", group_dn(to));
    draft_add(&draft, "msExchSourceBridgeheadServersDN", bridgehead_dn(builder, from, "at="));
    draft_add(&draft, "msExchTargetBridgeheadServersDN", bridgehead_dn(builder, to, "to="));
    add_common(builder, &draft);
}

static void add_space_connector(const Builder *builder, const char *group, char *source)
{
    Draft draft = draft_new(connector_dn(word(builder, 1), group), "msExchRoutingSMTPConnector");

    draft_add(&draft, "routingList", g_strdup(word(builder, 3)));
    if (has_word(builder, "orphan"))
        g_free(source);
    else
        draft_add(&draft, "msExchSourceBridgeheadServersDN", source);
    add_common(builder, &draft);
}

static void add_joining(const Builder *builder)
{
    const char *from = word(builder, 3);
    Draft draft = draft_new(connector_dn(word(builder, 1), from), "msExchRoutingSMTPConnector");

    draft_add(&draft, "cost", g_strdup(word(builder, 2)));
    draft_add(&draft, "connectedDomains", group_dn(word(builder, 4)));
    draft_add(&draft, "msExchSourceBridgeheadServersDN", bridgehead_dn(builder, from, "at="));
    add_common(builder, &draft);
}

static void add_accepted(const Builder *builder)
{
    Draft draft =
        draft_new(g_strdup_printf("CN=%s,CN=Accepted Domains,CN=Transport Settings," ORGANIZATION,
                                  word(builder, 1)),
                  "msExchAcceptedDomain");

    draft_add(&draft, "msExchAcceptedDomainName", g_strdup(word(builder, 1)));
    if (builder->count > 2)
        draft_add(&draft, "msExchAcceptedDomainFlags", g_strdup(word(builder, 2)));
    draft_admit(&draft, builder->directory);
}

static void lose(const Builder *builder)
{
    g_autofree char *dn = group_dn(word(builder, 1));

    directory_remove(builder->directory,
                     dn_intern(directory_names(builder->directory), dn, strlen(dn), NULL));
}

static void add_line(Builder *builder)
{
    const char *kind = word(builder, 0);

    if (strcmp(kind, "site") == 0)
        add_site(builder);
    else if (strcmp(kind, "link") == 0)
        add_link(builder);
    else if (strcmp(kind, "group") == 0)
        add_group(builder);
    else if (strcmp(kind, "server") == 0)
        add_plain_server(builder);
    else if (strcmp(kind, "rgc") == 0)
        add_rgc(builder);
    else if (strcmp(kind, "send") == 0)
        add_space_connector(builder, "V", server_dn("HUB-", word(builder, 2)));
    else if (strcmp(kind, "smtp") == 0)
        add_space_connector(builder, word(builder, 2), server_dn("EX-", word(builder, 2)));
    else if (strcmp(kind, "joins") == 0)
        add_joining(builder);
    else if (strcmp(kind, "accept") == 0)
        add_accepted(builder);
    else if (strcmp(kind, "lose") == 0)
        lose(builder);
    else
        g_error("unknown line: %s", kind);
}

static void parse_line(Builder *builder, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    if (words[0] == NULL || words[0][0] == '\0')
        return;
    builder->words = words;
    builder->count = g_strv_length(words);
    add_line(builder);
}

Topology *sketch_parse(const char *text)
{
    Builder builder = {.directory = forest_new()};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
        parse_line(&builder, lines[i]);
    return topology_new(builder.directory);
}
