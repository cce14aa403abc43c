/* Reading, as all commands that look at a directory do it. */
#include "cli/forest.h"

#include "cli/message.h"
#include "cli/option-tables.h"
#include "cli/watch.h"

enum { REMARKS_SHOWN = 20 };

static adtopo_reader *new_reader(const Options *options, char **sources,
                                 const adtopo_audit_options *judged)
{
    adtopo_reader *reader = adtopo_reader_new();

    for (; *sources != NULL; sources++)
        adtopo_reader_add(reader, *sources);
    for (char **file = options->apply; file != NULL && *file != NULL; file++)
        adtopo_reader_apply(reader, *file);
    for (char **name = options->without; name != NULL && *name != NULL; name++)
        adtopo_reader_without(reader, *name);
    for (char **name = options->down; name != NULL && *name != NULL; name++)
        adtopo_reader_down(reader, *name);
    if (judged != NULL)
        adtopo_reader_judge_by(reader, judged);
    return reader;
}

static bool write_plan(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                       void *closure, adtopo_error *error)
{
    const Request *request = closure;
    const char *format = request->options->format;
    bool json = format != NULL && g_str_equal(format, "json");

    return adtopo_reader_plan(request->subject, json ? format : NULL, style, sink, sink_closure,
                              error);
}

/* Who says how a server is to be asked, and names none, may think that one is. */
static void mention_unused(const Options *options, const adtopo_reader *reader)
{
    g_autofree char *unused = options_of_connection(options);

    if (unused != NULL && !adtopo_reader_asks_server(reader))
        complain("only files are read, so nothing comes of %s: name a server beside them "
                 "(ldap://HOST, domain:NAME), or leave it out",
                 unused);
}

enum adtopo_status forest_plan(const Options *options, char **sources,
                               const adtopo_audit_options *judged)
{
    adtopo_style style = output_style(options);
    adtopo_reader *reader = new_reader(options, sources, judged);
    enum adtopo_status status;

    adtopo_reader_connect_with(reader, &options->connection);
    mention_unused(options, reader);
    status = output_write(options, &style, write_plan,
                          &(Request){.options = options, .subject = reader});
    adtopo_reader_free(reader);
    return status;
}

adtopo_forest *forest_read(const Options *options, char **sources,
                           const adtopo_audit_options *judged, enum adtopo_status *status)
{
    adtopo_connection connection = options->connection;
    adtopo_error error = {0};
    adtopo_reader *reader;
    adtopo_forest *forest;

    if (!output_apart(options, sources)) {
        *status = ADTOPO_USAGE;
        return NULL;
    }
    if (options->dry_run) {
        *status = forest_plan(options, sources, judged);
        return NULL;
    }
    reader = new_reader(options, sources, judged);
    watch_start(&connection, options->quiet);
    adtopo_reader_connect_with(reader, &connection);
    mention_unused(options, reader);
    forest = adtopo_reader_run(reader, &error);
    adtopo_reader_free(reader);
    watch_stop();
    if (forest == NULL) {
        complain("%s", error.text);
        *status = error.status;
    }
    return forest;
}

static void remark_one(const adtopo_diagnostic *found)
{
    static const char *const levels[] = {
        [ADTOPO_NOTE] = "note",
        [ADTOPO_WARNING] = "warning",
        [ADTOPO_ERROR] = "error",
    };

    if (found->line != 0)
        remark("%s:%lu: %s: %s", found->source, found->line, levels[found->level], found->message);
    else
        remark("%s: %s: %s", found->source, levels[found->level], found->message);
}

void forest_remark(const adtopo_forest *forest, const Options *options)
{
    adtopo_diagnostic found;
    size_t counts[ADTOPO_ERROR + 1] = {0};
    size_t left_out = 0;

    for (size_t i = 0; adtopo_forest_diagnostic(forest, i, &found); i++) {
        if (found.level == ADTOPO_NOTE && options->quiet)
            continue;
        if (counts[found.level]++ < REMARKS_SHOWN || options->verbose)
            remark_one(&found);
        else
            left_out++;
    }
    if (left_out > 0)
        complain("and %zu more remarks on the input (-v shows them)", left_out);
}

void forest_warn_partial(const adtopo_forest *forest)
{
    if (!adtopo_forest_complete(forest))
        complain("not everything could be read: what is shown is incomplete");
}

void forest_remark_down(const Options *options)
{
    static const char *const tell[] = {"text", "json", "html", NULL};
    g_autofree char *names = NULL;

    if (options->down == NULL || options->format == NULL || g_strv_contains(tell, options->format))
        return;
    names = g_strjoinv(", ", options->down);
    complain("taken as down: %s", names);
}

/* FALSE, and said so, when an answer about the ways of mail rests on what was not seen. */
static bool saw_ways(const adtopo_forest *forest)
{
    char *unseen = adtopo_forest_unseen(forest);

    if (unseen == NULL)
        return true;
    complain("ways of mail hang on what was not seen: %s", unseen);
    adtopo_string_free(unseen);
    return false;
}

static int report(const Options *options, char **sources, const adtopo_style *style,
                  OutputWriter write, const void *subject, bool ways)
{
    enum adtopo_status status = ADTOPO_OK;
    Request request = {.options = options, .subject = subject};
    adtopo_forest *forest;

    if (!output_check(options))
        return ADTOPO_UNREAD;
    request.forest = forest = forest_read(options, sources, NULL, &status);
    if (forest == NULL)
        return (int)status;
    forest_remark(forest, options);
    status = output_write(options, style, write, &request);
    if (status == ADTOPO_OK && !adtopo_forest_complete(forest)) {
        forest_warn_partial(forest);
        status = ADTOPO_PARTIAL;
    }
    if (ways && (status == ADTOPO_OK || status == ADTOPO_PARTIAL) && !saw_ways(forest))
        status = ADTOPO_PARTIAL;
    adtopo_forest_free(forest);
    return (int)status;
}

int forest_report(const Options *options, char **sources, const adtopo_style *style,
                  OutputWriter write, const void *subject)
{
    return report(options, sources, style, write, subject, false);
}

int forest_report_ways(const Options *options, char **sources, const adtopo_style *style,
                       OutputWriter write, const void *subject)
{
    return report(options, sources, style, write, subject, true);
}
