/* adtopo plan: says what a server would be asked. */
#include "cli/forest.h"

/* The plan of an audit by all rules. */
static int run(const Options *options)
{
    const adtopo_audit_options judged = {0};

    return (int)forest_plan(options, options->words, &judged);
}

const Command plan_command = {
    .name = "plan",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Says which searches would be sent, and what ldapsearch and ldifde do instead.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES,
    .run = run,
};
