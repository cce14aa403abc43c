/* Reading: from the caller's list of sources to a sealed forest. */
#include "api/reader.h"

#include "base/fault.h"
#include "rules/ways-sight.h"
#include "source/change.h"
#include "source/overlay.h"
#include "source/server.h"
#include "source/source.h"
#include "source/uri.h"

typedef struct Overlay {
    char *text;
    bool removal; /* a name to take out; otherwise a file of changes */
} Overlay;

static void overlay_free(gpointer data)
{
    Overlay *overlay = data;

    g_free(overlay->text);
    g_free(overlay);
}

adtopo_reader *adtopo_reader_new(void)
{
    adtopo_reader *reader = g_new0(adtopo_reader, 1);

    reader->sources = g_ptr_array_new_with_free_func(g_free);
    reader->overlays = g_ptr_array_new_with_free_func(overlay_free);
    reader->down = g_ptr_array_new_with_free_func(g_free);
    return reader;
}

void adtopo_reader_free(adtopo_reader *reader)
{
    if (reader == NULL)
        return;
    g_ptr_array_unref(reader->sources);
    g_ptr_array_unref(reader->overlays);
    g_ptr_array_unref(reader->down);
    g_free(reader);
}

void adtopo_reader_add(adtopo_reader *reader, const char *source)
{
    g_ptr_array_add(reader->sources, g_strdup(source));
}

static void add_overlay(adtopo_reader *reader, const char *text, bool removal)
{
    Overlay *overlay = g_new(Overlay, 1);

    *overlay = (Overlay){.text = g_strdup(text), .removal = removal};
    g_ptr_array_add(reader->overlays, overlay);
}

void adtopo_reader_apply(adtopo_reader *reader, const char *file)
{
    add_overlay(reader, file, false);
}

void adtopo_reader_without(adtopo_reader *reader, const char *name)
{
    add_overlay(reader, name, true);
}

void adtopo_reader_down(adtopo_reader *reader, const char *name)
{
    g_ptr_array_add(reader->down, g_strdup(name));
}

void adtopo_reader_connect_with(adtopo_reader *reader, const adtopo_connection *connection)
{
    reader->connection = *connection;
}

void adtopo_reader_judge_by(adtopo_reader *reader, const adtopo_audit_options *options)
{
    const AuditOptions wanted = audit_options_from(options);

    reader->domain_parts = audit_domain_parts(&wanted);
}

/* --- sources ------------------------------------------------------------------------------ */

static bool show_progress(const Progress *progress, void *closure)
{
    const adtopo_connection *connection = closure;
    const adtopo_progress shown = {.server = progress->server,
                                   .entries = progress->entries,
                                   .milliseconds = progress->milliseconds};

    return connection->progress(&shown, connection->progress_closure);
}

ConnectionOptions reader_options(const adtopo_reader *reader)
{
    const adtopo_connection *from = &reader->connection;

    return (ConnectionOptions){
        .base = from->base,
        .simple = from->simple,
        .name = from->bind_dn,
        .password = from->password,
        .allow_cleartext = from->allow_cleartext,
        .mechanism = from->mechanism,
        .user = from->authcid,
        .realm = from->realm,
        .authorization = from->authzid,
        .security_properties = from->security,
        .start_tls = (StartTls)CLAMP(from->start_tls, 0, 2),
        .settings = from->settings,
        .connect_timeout = from->connect_timeout,
        .timeout = from->timeout,
        .domain_parts = reader->domain_parts,
        .dc_site = from->dc_site,
        .watch = {.look = from->progress != NULL ? show_progress : NULL,
                  .closure = (void *)(uintptr_t)from,
                  .rate = from->rate,
                  .time_limit = from->time_limit},
    };
}

static bool asks_first(const adtopo_reader *reader)
{
    return reader->sources->len == 0 || reader->connection.uri != NULL;
}

bool adtopo_reader_asks_server(const adtopo_reader *reader)
{
    bool asks = asks_first(reader);

    FOR_EACH(const char, source, reader->sources)
        asks |= uri_is_meant(source);
    return asks;
}

static bool read_sources(adtopo_reader *reader, Directory *directory, GPtrArray *changes,
                         GError **error)
{
    ConnectionOptions options = reader_options(reader);

    if (asks_first(reader))
        if (!server_source_read(directory, reader->connection.uri, &options, error))
            return false;
    FOR_EACH(const char, source, reader->sources) {
        bool read = uri_is_meant(source)
                        ? server_source_read(directory, source, &options, error)
                        : file_source_read(directory, source, NULL, changes, error);

        if (!read)
            return false;
    }
    return true;
}

/* --- overlays ----------------------------------------------------------------------------- */

static GPtrArray *changes_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
}

static bool lay_over(Directory *directory, const Overlay *overlay, GError **error)
{
    g_autoptr(GPtrArray) changes = NULL;

    if (overlay->removal)
        return overlay_remove(directory, overlay->text, error);
    changes = changes_new();
    return file_changes_read(directory, overlay->text, NULL, changes, error) &&
           overlay_apply(directory, changes, error);
}

/* Change records among the sources are no content, and nobody asked to apply them. */
static void mention_changes(Directory *directory, const GPtrArray *changes)
{
    const Change *first;
    Origin origin = {0};

    if (changes->len == 0)
        return;
    first = g_ptr_array_index(changes, 0);
    origin.line = first->line;
    diagnose(
        directory_diagnostics(directory), DIAGNOSTIC_WARNING, origin,
        "%u change records (modify, delete, modrdn) were left out; give the file to --apply to "
        "lay them over the directory",
        changes->len);
}

static bool read_all(adtopo_reader *reader, Directory *directory, GError **error)
{
    g_autoptr(GPtrArray) changes = changes_new();

    if (!read_sources(reader, directory, changes, error))
        return false;
    mention_changes(directory, changes);
    FOR_EACH(const Overlay, overlay, reader->overlays)
        if (!lay_over(directory, overlay, error))
            return false;
    return true;
}

/* --- the forest --------------------------------------------------------------------------- */

static char *source_names(const Directory *directory)
{
    GString *names = g_string_new(NULL);

    for (guint i = 0; i < directory_source_count(directory); i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               directory_source(directory, i)->name);
    return g_string_free(names, FALSE);
}

static bool check_configuration(const Topology *topology, GError **error)
{
    g_autofree char *names = NULL;

    if (topology->configuration != NULL)
        return true;
    names = source_names(topology->directory);
    if (directory_unclassed(topology->directory) > 0)
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s holds no record of the configuration partition with its objectClass, "
                    "without which nobody can tell what it is; export objectClass too",
                    names);
    else
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s holds nothing of a configuration partition; export CN=Configuration,… of "
                    "the forest",
                    names);
    return false;
}

static char **names_of(const GPtrArray *names)
{
    char **list = g_new0(char *, names->len + 1);

    for (guint i = 0; i < names->len; i++)
        list[i] = g_strdup(names->pdata[i]);
    return list;
}

/* Takes the topology. NULL when something that is down is unknown. */
static adtopo_forest *forest_new(Topology *topology, const GPtrArray *down, GError **error)
{
    adtopo_forest *forest = g_new0(adtopo_forest, 1);

    forest->topology = topology;
    forest->down = names_of(down);
    forest->failures = failures_parse(topology, (const char *const *)forest->down, error);
    if (forest->failures != NULL)
        return forest;
    adtopo_forest_free(forest);
    return NULL;
}

adtopo_forest *adtopo_reader_run(adtopo_reader *reader, adtopo_error *error)
{
    GError *fault = NULL;
    Directory *directory = directory_new();
    Topology *topology;
    adtopo_forest *forest;
    bool read = read_all(reader, directory, &fault);

    if (reader->connection.password != NULL)
        password_wipe(reader->connection.password);
    if (!read) {
        directory_free(directory);
        error_take(error, fault);
        return NULL;
    }
    topology = topology_new(directory);
    if (!check_configuration(topology, &fault)) {
        topology_free(topology);
        error_take(error, fault);
        return NULL;
    }
    forest = forest_new(topology, reader->down, &fault);
    if (forest == NULL)
        error_take(error, fault);
    return forest;
}

void adtopo_forest_free(adtopo_forest *forest)
{
    if (forest == NULL)
        return;
    failures_free(forest->failures);
    g_strfreev(forest->down);
    topology_free(forest->topology);
    g_free(forest);
}

bool adtopo_forest_complete(const adtopo_forest *forest)
{
    return directory_is_complete(forest->topology->directory);
}

char *adtopo_forest_unseen(const adtopo_forest *forest)
{
    g_autoptr(GPtrArray) gaps = ways_sight(forest->topology);

    if (gaps->len == 0)
        return NULL;
    g_ptr_array_add(gaps, NULL);
    return g_strjoinv("; ", (char **)gaps->pdata);
}

bool adtopo_forest_has_exchange(const adtopo_forest *forest)
{
    return forest->topology->organization != NULL;
}

size_t adtopo_forest_diagnostics(const adtopo_forest *forest)
{
    return diagnostics_length(directory_diagnostics(forest->topology->directory));
}

bool adtopo_forest_diagnostic(const adtopo_forest *forest, size_t index,
                              adtopo_diagnostic *diagnostic)
{
    const Directory *directory = forest->topology->directory;
    const Diagnostics *list = directory_diagnostics(directory);
    const Diagnostic *found;

    if (index >= diagnostics_length(list))
        return false;
    found = diagnostics_get(list, (guint)index);
    *diagnostic = (adtopo_diagnostic){
        .level = (enum adtopo_level)found->level,
        .message = found->message,
        .source = directory_source(directory, found->origin.source)->name,
        .line = found->origin.line,
    };
    return true;
}
