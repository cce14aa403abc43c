/* Reading a live directory, as a story: which servers, the first that answers, what it holds, where
 * to read, reading. */
#include "source/server.h"

#include "base/fault.h"
#include "source/connection.h"
#include "source/pipe-guard.h"
#include "source/plan.h"
#include "source/rootdse.h"
#include "source/search.h"
#include "source/uri.h"

#include <string.h>

/* Where Exchange Setup leaves the number of its last schema change (rangeUpper). */
static const char exchange_marker[] = "CN=ms-Exch-Schema-Version-Pt";

/* --- Which servers --------------------------------------------------------------------------- */

/* The addresses of ldap.conf(5) or of the environment, as libldap knows them. It writes a scope
 * behind each ("ldap://localhost:389/??base") that nobody asked for. */
static char *default_uris(void)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    char *uris = NULL;

    ldap_get_option(NULL, LDAP_OPT_URI, &uris);
    g_string_assign(clean, uris != NULL ? uris : "");
    g_string_replace(clean, "/??base", "", 0);
    ldap_memfree(uris);
    return g_strdup(clean->str);
}

static char **candidate_uris(const char *given, GError **error)
{
    g_autofree char *defaults = given == NULL || *given == '\0' ? default_uris() : NULL;
    g_auto(GStrv) uris = uri_list_split(defaults != NULL ? defaults : given);

    if (uris[0] == NULL) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no server given: name one (ldap://HOST), or set URI in ldap.conf(5)");
        return NULL;
    }
    for (char **uri = uris; *uri != NULL; uri++)
        if (!uri_check(*uri, error))
            return NULL;
    return g_steal_pointer(&uris);
}

/* The reasons of all servers that were tried, in their order, as one error. */
static void fail_with_all(const GPtrArray *failures, int code, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < failures->len; i++)
        g_string_append_printf(all, "%s%s", i == 0 ? "" : "; ",
                               (const char *)g_ptr_array_index(failures, i));
    g_set_error_literal(error, FAULT, code, all->str);
}

/* The first server that lets us in. Why earlier ones did not goes into `failures`. */
static Connection *open_first(char **uris, const ConnectionOptions *options, GPtrArray *failures,
                              GError **error)
{
    for (; *uris != NULL; uris++) {
        g_autoptr(GError) failure = NULL;
        bool elsewhere = false;
        Connection *connection = connection_open(*uris, options, &elsewhere, &failure);

        if (connection != NULL)
            return connection;
        g_ptr_array_add(failures, g_strdup(failure->message));
        if (elsewhere && uris[1] != NULL)
            continue;
        fail_with_all(failures, failure->code, error);
        return NULL;
    }
    return NULL;
}

static void add_fact(SourceInfo *info, const char *key, const char *value)
{
    if (value == NULL)
        return;
    if (info->facts == NULL)
        info->facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(info->facts, g_strdup(key), g_strdup(value));
}

/* --- Where to read --------------------------------------------------------------------------- */

static bool is_configuration(const char *name)
{
    return g_ascii_strncasecmp(name, "CN=Configuration,", strlen("CN=Configuration,")) == 0;
}

/* On a server that is no domain controller: the entry CN=Configuration below a naming context, or
 * a naming context that is one. NULL when there is none to be seen. */
static char *find_configuration(Reader *reader, const RootDse *rootdse)
{
    if (rootdse->configuration != NULL)
        return g_strdup(rootdse->configuration);
    for (char **name = rootdse->naming_contexts; name != NULL && *name != NULL; name++) {
        g_autofree char *below = g_strdup_printf("CN=Configuration,%s", *name);

        if (is_configuration(*name))
            return g_strdup(*name);
        if (**name != '\0' && reader_has_entry(reader, below))
            return g_steal_pointer(&below);
    }
    return NULL;
}

static bool no_configuration(const Connection *connection, GError **error)
{
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: has no configuration partition that %s may see: check that it is a domain "
                "controller, give another account, or name the base with -b",
                connection->uri,
                connection->bound_as != NULL ? connection->bound_as : "an anonymous reader");
    return false;
}

/* --- Reading --------------------------------------------------------------------------------- */

/* A search may succeed and return nothing when the account has no rights: that is not an empty
 * directory. */
static bool nothing_seen(const Connection *connection, const char *base, GError **error)
{
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: %s may see nothing below %s: give an account that may read it, or check the "
                "base",
                connection->uri,
                connection->bound_as != NULL ? connection->bound_as : "an anonymous reader", base);
    return false;
}

static bool read_base(Reader *reader, const char *base, GError **error)
{
    g_autofree char *filter = plan_filter(PARTITION_CONFIGURATION);

    if (!reader_read_subtree(reader, base, filter, error))
        return false;
    return reader->entries > 0 || nothing_seen(reader->connection, base, error);
}

static void read_schema(Reader *reader)
{
    g_autofree char *marker = NULL;

    if (reader->schema == NULL)
        return;
    marker = g_strdup_printf("%s,%s", exchange_marker, reader->schema);
    reader_read_entry(reader, reader->schema);
    reader_read_entry(reader, marker);
}

static bool read_from(Reader *reader, const RootDse *rootdse, GError **error)
{
    const char *wanted = reader->connection->options->base;
    g_autofree char *configuration = find_configuration(reader, rootdse);
    g_autofree char *schema = NULL;
    const char *base = wanted != NULL ? wanted : configuration;

    if (base == NULL)
        return no_configuration(reader->connection, error);
    if (rootdse->schema != NULL)
        schema = g_strdup(rootdse->schema);
    else if (configuration != NULL)
        schema = g_strdup_printf("CN=Schema,%s", configuration);
    reader->schema = schema;
    add_fact(directory_source(reader->directory, reader->source), "base", base);
    if (!read_base(reader, base, error))
        return false;
    read_schema(reader);
    return true;
}

/* --- The source ------------------------------------------------------------------------------ */

static void describe_source(SourceInfo *info, const Connection *connection, const RootDse *rootdse)
{
    add_fact(info, "server", rootdse->host);
    add_fact(info, "boundAs", connection->bound_as);
    add_fact(info, "highestCommittedUSN", rootdse->committed_usn);
    add_fact(info, "currentTime", rootdse->time);
}

/* Servers passed over, and encryption that was asked for and not given. */
static void describe_way(Directory *directory, uint32_t source, const Connection *connection,
                         const GPtrArray *failures)
{
    Diagnostics *diagnostics = directory_diagnostics(directory);
    Origin origin = {.source = source};

    for (guint i = 0; i < failures->len; i++)
        diagnose(diagnostics, DIAGNOSTIC_NOTE, origin, "not used: %s",
                 (const char *)g_ptr_array_index(failures, i));
    if (connection->notice != NULL)
        diagnose(diagnostics, DIAGNOSTIC_WARNING, origin,
                 "%s: reading unencrypted, because StartTLS was refused: %s", connection->uri,
                 connection->notice);
}

static RootDse *ask_rootdse(Connection *connection, GError **error)
{
    int result = LDAP_SUCCESS;
    RootDse *rootdse = rootdse_read(connection->handle, connection_patience(connection), &result);

    if (rootdse == NULL && result == LDAP_SUCCESS)
        return g_new0(RootDse, 1);
    if (rootdse == NULL)
        connection_fault(connection, result, "read what the server holds", error);
    return rootdse;
}

static bool read_connection(Directory *directory, Connection *connection, const GPtrArray *failures,
                            GError **error)
{
    g_autoptr(RootDse) rootdse = ask_rootdse(connection, error);
    g_autofree char **attributes = plan_attributes();
    uint32_t source;
    Reader reader;

    if (rootdse == NULL)
        return false;
    source = directory_add_source(directory, SOURCE_LDAP, connection->uri);
    describe_source(directory_source(directory, source), connection, rootdse);
    describe_way(directory, source, connection, failures);
    reader = (Reader){
        .connection = connection,
        .directory = directory,
        .source = source,
        .attributes = attributes,
        .paged = rootdse_has_control(rootdse, LDAP_CONTROL_PAGEDRESULTS),
        .domain_scope = rootdse_has_control(rootdse, LDAP_CONTROL_X_DOMAIN_SCOPE),
    };
    return read_from(&reader, rootdse, error);
}

bool server_source_read(Directory *directory, const char *uris, const ConnectionOptions *options,
                        GError **error)
{
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) candidates = candidate_uris(uris, error);
    g_auto(PipeGuard) guard = {.active = false}; /* cleared after the connection was closed */
    g_autoptr(Connection) connection = NULL;

    if (candidates == NULL)
        return false;
    pipe_guard_init(&guard);
    connection = open_first(candidates, options, failures, error);
    return connection != NULL && read_connection(directory, connection, failures, error);
}
