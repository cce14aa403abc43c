/* adtopo explain: one rule at length. */
#include "cli/output.h"

static bool write_rule(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                       void *closure, adtopo_error *error)
{
    const Options *options = closure;

    return adtopo_explain(options->words[0], options->format, style, sink, sink_closure, error);
}

static int run(const Command *command, int count, char **words)
{
    Options options;
    Parsed parsed = options_parse(&options, command, OPTIONS_FORMAT, count, words);
    int status = parsed == PARSED_HELP ? ADTOPO_OK : ADTOPO_USAGE;

    if (parsed == PARSED && options_expect_words(&options, command, 1, 1)) {
        adtopo_style style = output_style(&options);

        status = (int)output_write(&options, &style, write_rule, &options);
    }
    options_clear(&options);
    return status;
}

const Command explain_command = {
    .name = "explain",
    .arguments = "[OPTION]... RULE",
    .about = "Explains a rule: when it is raised, why that matters, what to do.",
    .run = run,
};
