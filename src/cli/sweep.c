/* adtopo sweep: what depends on what, found by taking everything out in turn. */
#include "cli/forest.h"
#include "cli/output.h"

typedef struct Request {
    const adtopo_forest *forest;
    const Options *options;
} Request;

static bool write_sweep(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;
    const adtopo_sweep_options sweep = {
        .pairs = request->options->pairs,
        .suppressed = request->options->suppressed,
    };

    return adtopo_sweep_write(request->forest, &sweep, request->options->format, style, sink,
                              sink_closure, error);
}

static enum adtopo_status sweep_sources(const Options *options)
{
    enum adtopo_status status = ADTOPO_OK;
    adtopo_style style = output_style(options);
    adtopo_forest *forest;

    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, options->words, &status);
    if (forest == NULL)
        return status;
    forest_remark(forest, options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_sweep,
                          &(Request){.forest = forest, .options = options});
    if (status == ADTOPO_OK && !adtopo_forest_complete(forest))
        status = ADTOPO_PARTIAL;
    adtopo_forest_free(forest);
    return status;
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"pairs", 0, 0, G_OPTION_ARG_NONE, &options->pairs,
         "take out any two things together as well", NULL},
        {"suppressed", 0, 0, G_OPTION_ARG_NONE, &options->suppressed,
         "Exchange 2003 suppresses minor changes of link state", NULL},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static int run(const Options *options)
{
    return (int)sweep_sources(options);
}

const Command sweep_command = {
    .name = "sweep",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Takes everything out in turn and says what that does to mail.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES,
    .run = run,
    .add_options = add_options,
};
