/* adtopo rules: the catalogue. */
#include "cli/output.h"

static bool write_rules(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Options *options = closure;

    return adtopo_rules_write(options->format, style, sink, sink_closure, error);
}

static int run(const Command *command, int count, char **words)
{
    Options options;
    Parsed parsed = options_parse(&options, command, OPTIONS_FORMAT, count, words);
    int status = parsed == PARSED_HELP ? ADTOPO_OK : ADTOPO_USAGE;

    if (parsed == PARSED && options_expect_words(&options, command, 0, 0)) {
        adtopo_style style = output_table_style(&options);

        status = (int)output_write(&options, &style, write_rules, &options);
    }
    options_clear(&options);
    return status;
}

const Command rules_command = {
    .name = "rules",
    .arguments = "[OPTION]...",
    .about = "Lists the rules.",
    .run = run,
};
