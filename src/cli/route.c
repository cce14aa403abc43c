/* adtopo route: how a message travels, and why. */
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/output.h"

typedef struct Request {
    const adtopo_forest *forest;
    const Options *options;
} Request;

static bool write_route(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;
    const Options *options = request->options;
    const adtopo_route_question question = {
        .from = options->from,
        .to = (const char *const *)options->to,
        .down = (const char *const *)options->down,
        .size = options->size,
        .suppressed = options->suppressed,
    };

    return adtopo_route_write(request->forest, &question, options->format, style, sink,
                              sink_closure, error);
}

static enum adtopo_status find_route(const Options *options)
{
    enum adtopo_status status = ADTOPO_OK;
    adtopo_style style = output_style(options);
    adtopo_forest *forest;

    if (options->from == NULL || options->to == NULL) {
        complain("a route needs --from and --to: adtopo route --from site:NAME --to site:NAME");
        return ADTOPO_USAGE;
    }
    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, options->words, &status);
    if (forest == NULL)
        return status;
    forest_remark(forest, options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_route,
                          &(Request){.forest = forest, .options = options});
    if (status == ADTOPO_OK && !adtopo_forest_complete(forest))
        status = ADTOPO_PARTIAL;
    adtopo_forest_free(forest);
    return status;
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &options->from,
         "where the message starts: site:NAME, rg:NAME, server:NAME", "PLACE"},
        {"to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->to,
         "a recipient: the same, or smtp:user@domain; may be repeated", "PLACE"},
        {"down", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->down,
         "what does not answer: site:, server: or connector:NAME", "PLACE"},
        {"size", 0, 0, G_OPTION_ARG_FILENAME, &options->size,
         "of the message: 20MB, 512KB, a number of bytes", "SIZE"},
        {"suppressed", 0, 0, G_OPTION_ARG_NONE, &options->suppressed,
         "Exchange 2003 suppresses minor changes of link state", NULL},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static int run(const Options *options)
{
    return (int)find_route(options);
}

const Command route_command = {
    .name = "route",
    .arguments = "--from PLACE --to PLACE [OPTION]... [SOURCE]...",
    .about = "Says how a message travels, and why.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES,
    .run = run,
    .add_options = add_options,
};
