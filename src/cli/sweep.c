/* adtopo sweep: what depends on what, found by taking everything out in turn. */
#include "cli/forest.h"

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

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"pairs", 0, 0, G_OPTION_ARG_NONE, &options->pairs,
         "take out any two things together as well", NULL},
        {0},
    };

    options_add(options, group, entries);
}

static int run(const Options *options)
{
    adtopo_style style = output_style(options);

    return forest_report_ways(options, options->words, &style, write_sweep, NULL);
}

const Command sweep_command = {
    .name = "sweep",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Takes everything out in turn and says what that does to mail.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_ROUTING | OPTIONS_DOWN,
    .run = run,
    .add_options = add_options,
};
