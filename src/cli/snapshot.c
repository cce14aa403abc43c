/* adtopo snapshot: saves what was read. */
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/output.h"

static bool write_snapshot(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                           void *closure, adtopo_error *error)
{
    const adtopo_forest *forest = closure;

    (void)style;
    return adtopo_snapshot_write(forest, sink, sink_closure, error);
}

static enum adtopo_status save(const Options *options)
{
    const adtopo_style style = {0};
    enum adtopo_status status = ADTOPO_OK;
    adtopo_forest *forest;

    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, options->words, &status);
    if (forest == NULL)
        return status;
    forest_remark(forest, options);
    status = output_write(options, &style, write_snapshot, forest);
    adtopo_forest_free(forest);
    return status;
}

static int run(const Options *options)
{
    return (int)save(options);
}

const Command snapshot_command = {
    .name = "snapshot",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Saves what was read as LDIF, to be judged elsewhere or later.",
    .options = OPTIONS_SOURCES,
    .run = run,
};
