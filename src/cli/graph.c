/* adtopo graph: the picture of a directory. SVG is made by Graphviz, in a process of its own. */
#include "cli/forest.h"
#include "cli/message.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

/* What --highlight names: two places, or NULL. */
typedef struct Ends {
    char *from;
    char *to;
} Ends;

static bool write_picture(const adtopo_forest *forest, const adtopo_graph_options *graph,
                          const char *format, adtopo_sink sink, void *sink_closure,
                          adtopo_error *error)
{
    g_autoptr(GString) dot = NULL;

    if (g_strcmp0(format, "svg") != 0)
        return adtopo_graph_write(forest, graph, format, sink, sink_closure, error);
    dot = g_string_new(NULL);
    return adtopo_graph_write(forest, graph, "dot", collect, dot, error) &&
           write_svg(dot, sink, sink_closure, error);
}

static bool write_graph(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;
    const Ends *ends = request->subject;
    adtopo_audit *audit = adtopo_audit_run(request->forest, NULL, error);
    const adtopo_graph_options graph = {
        .view = request->options->view,
        .highlight_from = ends->from,
        .highlight_to = ends->to,
        .audit = audit,
    };
    bool written;

    (void)style;
    if (audit == NULL)
        return false;
    written = write_picture(request->forest, &graph, request->options->format, sink, sink_closure,
                            error);
    adtopo_audit_free(audit);
    return written;
}

/* "FROM,TO" into its two parts. */
static bool split_highlight(const char *highlight, Ends *ends)
{
    const char *comma = highlight == NULL ? NULL : strchr(highlight, ',');

    if (highlight == NULL)
        return true;
    if (comma == NULL || comma == highlight || comma[1] == '\0') {
        complain("--highlight takes two places, such as site:Munich,site:Seattle, not \"%s\"",
                 highlight);
        return false;
    }
    ends->from = g_strndup(highlight, (gsize)(comma - highlight));
    ends->to = g_strdup(comma + 1);
    return true;
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

    options_add(options, group, entries);
}

static int run(const Options *options)
{
    adtopo_style style = output_style(options);
    Ends ends = {0};
    ForestReport *report;
    int status;

    if (!split_highlight(options->highlight, &ends))
        return ADTOPO_USAGE;
    report = ends.from != NULL ? forest_report_ways : forest_report;
    status = report(options, options->words, &style, write_graph, &ends);
    g_free(ends.from);
    g_free(ends.to);
    return status;
}

static const char *graph_format(size_t index)
{
    static const char *const formats[] = {"dot", "svg", "mermaid", "graphml"};

    return index < G_N_ELEMENTS(formats) ? formats[index] : NULL;
}

const Command graph_command = {
    .name = "graph",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Draws routing groups, sites and what joins them.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_DOWN,
    .run = run,
    .format = graph_format,
    .add_options = add_options,
};
