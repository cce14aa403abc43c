/* adtopo graph: the picture of a directory. SVG is made by Graphviz, in a process of its own. */
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/output.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Request {
    const adtopo_forest *forest;
    adtopo_graph_options graph;
    const char *format;
} Request;

static bool fail(adtopo_error *error, enum adtopo_status status, const char *text)
{
    error->status = status;
    g_strlcpy(error->text, text, sizeof error->text);
    return false;
}

/* --- SVG ---------------------------------------------------------------------------------- */

static bool collect(const char *bytes, size_t length, void *closure)
{
    g_string_append_len(closure, bytes, (gssize)length);
    return true;
}

/* Runs Graphviz over a file of ours. Nothing from the directory is on its command line. */
static bool run_graphviz(char *file, char **svg, gsize *length, adtopo_error *error)
{
    char *words[] = {(char[]){"dot"}, (char[]){"-Tsvg"}, file, NULL};
    g_autofree char *said = NULL;
    g_autoptr(GError) fault = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, svg, &said, &status,
                      &fault))
        return fail(error, ADTOPO_USAGE,
                    "SVG needs the program dot of Graphviz, which cannot be run here; install "
                    "graphviz or take --format dot");
    *length = strlen(*svg);
    if (*length > 0 && status == 0)
        return true;
    return fail(error, ADTOPO_INTERNAL,
                "Graphviz could not draw the picture; --format dot shows what it was given");
}

static bool write_svg(const GString *dot, adtopo_sink sink, void *sink_closure, adtopo_error *error)
{
    g_autofree char *file = NULL;
    g_autofree char *svg = NULL;
    g_autoptr(GError) fault = NULL;
    gsize length = 0;
    int descriptor = g_file_open_tmp("adtopo-XXXXXX.dot", &file, &fault);
    bool good;

    if (descriptor < 0)
        return fail(error, ADTOPO_UNREAD, fault->message);
    close(descriptor);
    good = g_file_set_contents(file, dot->str, (gssize)dot->len, &fault) ||
           fail(error, ADTOPO_UNREAD, fault->message);
    good = good && run_graphviz(file, &svg, &length, error);
    g_unlink(file);
    return good && (sink(svg, length, sink_closure) || fail(error, ADTOPO_UNREAD, "cannot write"));
}

/* --- the picture -------------------------------------------------------------------------- */

static bool write_graph(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;
    bool svg = g_strcmp0(request->format, "svg") == 0;
    g_autoptr(GString) dot = NULL;

    (void)style;
    if (!svg)
        return adtopo_graph_write(request->forest, &request->graph, request->format, sink,
                                  sink_closure, error);
    dot = g_string_new(NULL);
    return adtopo_graph_write(request->forest, &request->graph, "dot", collect, dot, error) &&
           write_svg(dot, sink, sink_closure, error);
}

/* "FROM,TO" into its two parts. */
static bool split_highlight(const Options *options, char **from, char **to)
{
    char *comma = options->highlight == NULL ? NULL : strchr(options->highlight, ',');

    *from = *to = NULL;
    if (options->highlight == NULL)
        return true;
    if (comma == NULL || comma == options->highlight || comma[1] == '\0') {
        complain("--highlight takes two places, such as site:Munich,site:Seattle, not \"%s\"",
                 options->highlight);
        return false;
    }
    *from = g_strndup(options->highlight, (gsize)(comma - options->highlight));
    *to = g_strdup(comma + 1);
    return true;
}

static enum adtopo_status draw(const adtopo_forest *forest, const Options *options,
                               const char *from, const char *to)
{
    adtopo_style style = output_style(options);
    adtopo_error error = {0};
    adtopo_audit *audit = adtopo_audit_run(forest, NULL, &error);
    Request request = {
        .forest = forest,
        .format = options->format,
        .graph = {.view = options->view,
                  .highlight_from = from,
                  .highlight_to = to,
                  .audit = audit},
    };
    enum adtopo_status status;

    if (audit == NULL) {
        complain("%s", error.text);
        return error.status;
    }
    forest_remark(forest, options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_graph, &request);
    if (status == ADTOPO_OK && !adtopo_forest_complete(forest))
        status = ADTOPO_PARTIAL;
    adtopo_audit_free(audit);
    return status;
}

static enum adtopo_status draw_sources(const Options *options)
{
    enum adtopo_status status = ADTOPO_OK;
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;
    adtopo_forest *forest;

    if (!split_highlight(options, &from, &to))
        return ADTOPO_USAGE;
    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, options->words, &status);
    if (forest == NULL)
        return status;
    status = draw(forest, options, from, to);
    adtopo_forest_free(forest);
    return status;
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"view", 0, 0, G_OPTION_ARG_FILENAME, &options->view,
         "what to draw: routing, sites, both (default)", "VIEW"},
        {"highlight", 0, 0, G_OPTION_ARG_FILENAME, &options->highlight,
         "the route between two places, as in site:A,rg:B", "FROM,TO"},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static int run(const Options *options)
{
    return (int)draw_sources(options);
}

static const char *const formats[] = {"dot", "svg", "mermaid", "graphml", NULL};

const Command graph_command = {
    .name = "graph",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Draws routing groups, sites and what joins them.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES,
    .run = run,
    .formats = formats,
    .add_options = add_options,
};
