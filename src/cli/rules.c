/* adtopo rules: the catalogue. */
#include "cli/output.h"

#include <stdint.h>

static bool write_rules(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Options *options = closure;

    if (options->readiness)
        return adtopo_readiness_write(options->format, style, sink, sink_closure, error);
    return adtopo_rules_write(options->format, style, sink, sink_closure, error);
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"readiness", 0, 0, G_OPTION_ARG_NONE, &options->readiness,
         "the readiness checks of Exchange setup, and which rules answer them", NULL},
        {0},
    };

    options_add(options, group, entries);
}

static int run(const Options *options)
{
    adtopo_style style = output_table_style(options);

    return (int)output_write(options, &style, write_rules, (void *)(uintptr_t)options);
}

const Command rules_command = {
    .name = "rules",
    .arguments = "[OPTION]...",
    .about = "Lists the rules: as json or markdown with all that is known of them.",
    .options = OPTIONS_FORMAT,
    .words = WORDS_NONE,
    .run = run,
    .format = adtopo_rules_format,
    .add_options = add_options,
};
