/* adtopo route: how a message travels, and why. */
#include "cli/forest.h"
#include "cli/message.h"

static bool write_route(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;
    const Options *options = request->options;
    const adtopo_route_question question = {
        .from = options->from,
        .to = (const char *const *)options->to,
        .size = options->size,
        .suppressed = options->suppressed,
    };

    return adtopo_route_write(request->forest, &question, options->format, style, sink,
                              sink_closure, error);
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &options->from,
         "where the message starts: site:NAME, rg:NAME, server:NAME", "PLACE"},
        {"to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->to,
         "a recipient: the same, or smtp:user@domain; may be repeated", "PLACE"},
        {"size", 0, 0, G_OPTION_ARG_FILENAME, &options->size,
         "of the message: 20MB, 512KB, a number of bytes", "SIZE"},
        {0},
    };

    options_add(options, group, entries);
}

static int run(const Options *options)
{
    adtopo_style style = output_style(options);

    if (options->from == NULL || options->to == NULL) {
        complain("a route needs --from and --to: adtopo route --from site:NAME --to site:NAME");
        return ADTOPO_USAGE;
    }
    return forest_report_ways(options, options->words, &style, write_route, NULL);
}

const Command route_command = {
    .name = "route",
    .arguments = "--from PLACE --to PLACE [OPTION]... [SOURCE]...",
    .about = "Says how a message travels, and why.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_ROUTING | OPTIONS_DOWN,
    .run = run,
    .add_options = add_options,
};
