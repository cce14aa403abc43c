/* adtopo explain: one rule at length. */
#include "cli/output.h"

#include <stdint.h>

static bool write_rule(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                       void *closure, adtopo_error *error)
{
    const Options *options = closure;

    return adtopo_explain(options->words[0], options->format, style, sink, sink_closure, error);
}

static int run(const Options *options)
{
    adtopo_style style = output_style(options);

    return (int)output_write(options, &style, write_rule, (void *)(uintptr_t)options);
}

const Command explain_command = {
    .name = "explain",
    .arguments = "[OPTION]... RULE",
    .about = "Explains a rule: when it is raised, why that matters, what to do; with an example.",
    .options = OPTIONS_FORMAT,
    .words = WORDS_ONE,
    .run = run,
    .format = adtopo_explain_format,
};
