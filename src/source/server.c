/* Reading a live directory, as a story: which servers, the first that answers, what it holds, where
 * to read, reading. */
#include "source/server.h"

#include "base/fault.h"
#include "source/connection.h"
#include "source/domain-source.h"
#include "source/locate.h"
#include "source/moment.h"
#include "source/partitions.h"
#include "source/pipe-guard.h"
#include "source/plan.h"
#include "source/rootdse.h"
#include "source/search.h"
#include "source/uri.h"

#include <string.h>

/* One source that is being read: the servers that may be asked, and what became of those that were.
 */
typedef struct Reading {
    Directory *directory;
    const ConnectionOptions *options;
    Pace pace;
    char **next;         /* the first that has not been tried */
    GPtrArray *failures; /* of char: why a server was not used, or left */
    uint32_t source;     /* once `entered` */
    bool entered;        /* a server let us in: the source is in the directory */
} Reading;

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

static bool check_address(const char *address, const ConnectionOptions *options, GError **error)
{
    if (locate_is_domain(address))
        return locate_check(address, options->dc_site, error);
    return uri_check(address, error);
}

/* Puts the servers of an address behind the others: itself, or a domain's controllers. */
static bool add_servers(GPtrArray *uris, const char *address, const ConnectionOptions *options,
                        GError **error)
{
    g_autofree char **servers = NULL;

    if (!locate_is_domain(address)) {
        g_ptr_array_add(uris, g_strdup(address));
        return true;
    }
    servers = locate_servers(address, options->dc_site, error);
    for (char **server = servers; server != NULL && *server != NULL; server++)
        g_ptr_array_add(uris, *server);
    return servers != NULL;
}

static char **candidate_uris(const char *given, const ConnectionOptions *options, GError **error)
{
    g_autofree char *defaults = given == NULL || *given == '\0' ? default_uris() : NULL;
    g_auto(GStrv) addresses = uri_list_split(defaults != NULL ? defaults : given);
    g_autoptr(GPtrArray) uris = g_ptr_array_new_with_free_func(g_free);

    if (addresses[0] == NULL) {
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no server given: name one (ldap://HOST), or set URI in ldap.conf(5)");
        return NULL;
    }
    for (char **address = addresses; *address != NULL; address++)
        if (!check_address(*address, options, error))
            return NULL;
    for (char **address = addresses; *address != NULL; address++)
        if (!add_servers(uris, *address, options, error))
            return NULL;
    g_ptr_array_add(uris, NULL);
    return (char **)g_ptr_array_steal(uris, NULL);
}

/* The reasons of all servers that were tried, in their order, as one text. */
static char *all_failures(const Reading *reading)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < reading->failures->len; i++)
        g_string_append_printf(all, "%s%s", i == 0 ? "" : "; ",
                               (const char *)g_ptr_array_index(reading->failures, i));
    return g_strdup(all->str);
}

/* The next server that lets us in; the others' reasons go into `failures`. */
static Connection *open_next(Reading *reading, GError **error)
{
    while (*reading->next != NULL) {
        g_autoptr(GError) failure = NULL;
        g_autofree char *all = NULL;
        bool elsewhere = false;
        Connection *connection;

        reading->pace.server = *reading->next;
        connection = connection_open(*reading->next++, reading->options, &reading->pace, &elsewhere,
                                     &failure);
        if (connection != NULL)
            return connection;
        g_ptr_array_add(reading->failures, g_strdup(failure->message));
        if (elsewhere && *reading->next != NULL && pace_go_on(&reading->pace))
            continue;
        all = all_failures(reading);
        g_set_error_literal(error, FAULT, failure->code, all);
        return NULL;
    }
    return NULL;
}

/* --- Where to read --------------------------------------------------------------------------- */

static ReaderResult no_configuration(const Connection *connection, GError **error)
{
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: has no configuration partition that %s may see: check that it is a domain "
                "controller, give another account, or name the base with -b",
                connection->uri,
                connection->bound_as != NULL ? connection->bound_as : "an anonymous reader");
    return READER_FAILED;
}

/* --- Reading --------------------------------------------------------------------------------- */

/* A search may succeed and return nothing when the account has no rights: that is not an empty
 * directory. */
static ReaderResult nothing_seen(const Connection *connection, const char *base, GError **error)
{
    g_set_error(error, FAULT, FAULT_SOURCE,
                "%s: %s may see nothing below %s: give an account that may read it, or check the "
                "base",
                connection->uri,
                connection->bound_as != NULL ? connection->bound_as : "an anonymous reader", base);
    return READER_FAILED;
}

static ReaderResult read_base(Reader *reader, const char *base, GError **error)
{
    g_autoptr(Question) question = plan_question(QUESTION_CONFIGURATION, base);
    ReaderResult result = reader_read_subtree(reader, question->base, question->filter, error);

    if (result == READER_DONE && reader->entries == 0)
        return nothing_seen(reader->connection, base, error);
    return result;
}

static void read_schema(Reader *reader)
{
    static const QuestionKind kinds[] = {QUESTION_SCHEMA, QUESTION_MARKER};

    for (size_t i = 0; reader->schema != NULL && i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(Question) question = plan_question(kinds[i], reader->schema);

        reader_read_entry(reader, question->base);
    }
}

static ReaderResult read_changes(Reader *reader, const char *least, void *base, GError **error)
{
    g_autoptr(Question) question = plan_changes(base, least);

    return reader_read_subtree(reader, question->base, question->filter, error);
}

static ReaderResult read_from(Reader *reader, RootDse *rootdse, GError **error)
{
    const char *wanted = reader->connection->options->base;
    g_autofree char *configuration = partition_configuration(reader, rootdse);
    g_autofree char *schema = partition_schema(rootdse, configuration);
    const char *base = wanted != NULL ? wanted : configuration;
    ReaderResult result;

    if (base == NULL)
        return no_configuration(reader->connection, error);
    reader->schema = schema;
    source_add_fact(directory_source(reader->directory, reader->source), "base", base);
    result = read_base(reader, base, error);
    if (result == READER_DONE)
        read_schema(reader);
    if (result == READER_DONE && reader->lost == NULL && pace_go_on(reader->connection->pace))
        moment_settle(reader, rootdse, base, read_changes, (void *)(uintptr_t)base);
    reader->schema = NULL;
    return result == READER_DONE && reader->lost != NULL ? READER_LOST : result;
}

/* --- The source ------------------------------------------------------------------------------ */

/* The server at hand in place of one that was left, if any. */
static void enter_source(Reading *reading, const Connection *connection)
{
    SourceInfo *info;

    if (!reading->entered)
        reading->source = directory_add_source(reading->directory, SOURCE_LDAP, connection->uri);
    info = directory_source(reading->directory, reading->source);
    if (reading->entered) {
        g_free(info->name);
        info->name = g_strdup(connection->uri);
        info->entries = 0;
        g_clear_pointer(&info->facts, g_hash_table_unref);
    }
    reading->entered = true;
}

static void describe_source(const Reading *reading, const Connection *connection,
                            const RootDse *rootdse)
{
    SourceInfo *info = directory_source(reading->directory, reading->source);
    g_autofree char *failures = reading->failures->len > 0 ? all_failures(reading) : NULL;

    source_add_fact(info, "server", rootdse->host);
    source_add_fact(info, "boundAs", connection->bound_as);
    source_add_fact(info, "highestCommittedUSN", rootdse->committed_usn);
    source_add_fact(info, "currentTime", rootdse->time);
    source_add_fact(info, "notUsed", failures);
}

/* Encryption that was asked for and not given. */
static void describe_way(const Reading *reading, const Connection *connection)
{
    Origin origin = {.source = reading->source};

    if (connection->notice != NULL)
        diagnose(directory_diagnostics(reading->directory), DIAGNOSTIC_WARNING, origin,
                 "%s: reading unencrypted, because StartTLS was refused: %s", connection->uri,
                 connection->notice);
}

/* NULL when it does not answer; `*result` is then READER_LOST or READER_FAILED. */
static RootDse *ask_rootdse(Connection *connection, ReaderResult *result, GError **error)
{
    int code = LDAP_SUCCESS;
    RootDse *rootdse = rootdse_read(connection, &code);

    if (rootdse == NULL && code == LDAP_SUCCESS)
        return g_new0(RootDse, 1);
    if (rootdse != NULL)
        return rootdse;
    connection_fault(connection, code, "read what the server holds", error);
    *result = connection_is_broken(code) ? READER_LOST : READER_FAILED;
    return NULL;
}

/* One server, from its rootDSE on. */
static ReaderResult read_entered(Reading *reading, Connection *connection, RootDse *rootdse,
                                 GError **error)
{
    g_autofree char **attributes = plan_attributes();
    Reader reader = {
        .connection = connection,
        .directory = reading->directory,
        .attributes = attributes,
        .paged = rootdse_has_control(rootdse, LDAP_CONTROL_PAGEDRESULTS),
        .domain_scope = rootdse_has_control(rootdse, LDAP_CONTROL_X_DOMAIN_SCOPE),
        .again = reading->entered,
    };
    ReaderResult result;

    enter_source(reading, connection);
    describe_source(reading, connection, rootdse);
    describe_way(reading, connection);
    reader.source = reading->source;
    result = read_from(&reader, rootdse, error);
    directory_source(reading->directory, reading->source)->entries = reader.entries;
    if (result == READER_LOST)
        g_ptr_array_add(reading->failures,
                        g_strdup_printf("%s: left after %" G_GUINT64_FORMAT " entries: %s",
                                        connection->uri, reader.entries, reader.lost));
    g_free(reader.lost);
    return result;
}

/* Who names a base wants what is below it, and no more. */
static ReaderResult read_domains(const Reading *reading, Connection *connection, RootDse *rootdse,
                                 GError **error)
{
    const SourceInfo *info = directory_source(reading->directory, reading->source);
    const char *base = g_hash_table_lookup(info->facts, "base");

    if (reading->options->base != NULL ||
        domain_sources_read(reading->directory, connection, rootdse, base, reading->source, error))
        return READER_DONE;
    return READER_FAILED;
}

static ReaderResult read_connection(Reading *reading, Connection *connection, GError **error)
{
    GError *failure = NULL;
    ReaderResult result = READER_FAILED;
    g_autoptr(RootDse) rootdse = ask_rootdse(connection, &result, &failure);

    if (rootdse != NULL) {
        result = read_entered(reading, connection, rootdse, error);
        return result == READER_DONE ? read_domains(reading, connection, rootdse, error) : result;
    }
    g_ptr_array_add(reading->failures, g_strdup(failure->message));
    g_propagate_error(error, failure);
    return result;
}

/* No other server is left: what came is all there is. */
static bool settle_for_part(Reading *reading, GError **error)
{
    SourceInfo *info = directory_source(reading->directory, reading->source);
    g_autofree char *all = all_failures(reading);
    Origin origin = {.source = reading->source};

    if (info->entries == 0 || reading->pace.halt == HALT_ASKED) {
        g_set_error(error, FAULT, FAULT_SOURCE, "%s", all);
        return false;
    }
    diagnose(directory_diagnostics(reading->directory), DIAGNOSTIC_ERROR, origin,
             "read in part: %s", all);
    directory_set_incomplete(reading->directory, reading->source);
    return true;
}

/* Servers passed over or left, once another one gave everything. */
static void mention_failures(const Reading *reading)
{
    Origin origin = {.source = reading->source};

    for (guint i = 0; i < reading->failures->len; i++)
        diagnose(directory_diagnostics(reading->directory), DIAGNOSTIC_NOTE, origin, "not used: %s",
                 (const char *)g_ptr_array_index(reading->failures, i));
}

/* Server by server, until one gives everything or an end. */
static bool read_servers(Reading *reading, GError **error)
{
    for (;;) {
        g_autoptr(GError) failure = NULL;
        g_autoptr(Connection) connection = open_next(reading, &failure);
        ReaderResult result = READER_LOST;

        if (connection != NULL)
            result = read_connection(reading, connection, &failure);
        if (result == READER_DONE) {
            mention_failures(reading);
            return true;
        }
        if (result == READER_LOST && connection != NULL && *reading->next != NULL)
            continue;
        if (result == READER_LOST && reading->entered)
            return settle_for_part(reading, error);
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
}

bool server_source_read(Directory *directory, const char *uris, const ConnectionOptions *options,
                        GError **error)
{
    g_auto(GStrv) candidates = candidate_uris(uris, options, error);
    g_auto(PipeGuard) guard = {.active = false}; /* cleared after the connections were closed */
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    Reading reading = {
        .directory = directory, .options = options, .next = candidates, .failures = failures};

    if (candidates == NULL)
        return false;
    pipe_guard_init(&guard);
    pace_start(&reading.pace, &options->watch);
    return read_servers(&reading, error);
}

/* --- The plan -------------------------------------------------------------------------------- */

SearchPlan *server_source_plan(const char *uris, const ConnectionOptions *options, GError **error)
{
    g_auto(GStrv) candidates = candidate_uris(uris, options, error);
    g_auto(PipeGuard) guard = {.active = false}; /* cleared after the connection was closed */
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Connection) connection = NULL;
    g_autoptr(RootDse) rootdse = NULL;
    Reading reading = {.options = options, .next = candidates, .failures = failures};
    ReaderResult result;

    if (candidates == NULL)
        return NULL;
    pipe_guard_init(&guard);
    pace_start(&reading.pace, &options->watch);
    connection = open_next(&reading, error);
    if (connection != NULL)
        rootdse = ask_rootdse(connection, &result, error);
    return rootdse != NULL ? partition_plan(connection, rootdse) : NULL;
}
