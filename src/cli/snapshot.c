/* adtopo snapshot: saves what was read. */
#include "cli/forest.h"
#include "cli/message.h"

static bool write_snapshot(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                           void *closure, adtopo_error *error)
{
    const Request *request = closure;

    (void)style;
    return adtopo_snapshot_write(request->forest, request->options->pseudonymize, sink,
                                 sink_closure, error);
}

static bool write_map(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                      void *closure, adtopo_error *error)
{
    const Request *request = closure;

    (void)style;
    return adtopo_name_map_write(request->forest, sink, sink_closure, error);
}

/* What somebody else could undo the invention with is for the owner's eyes only. */
static enum adtopo_status save_map(const adtopo_forest *forest, const Options *options)
{
    const adtopo_style style = {0};
    Options other;

    if (options->name_map == NULL)
        return ADTOPO_OK;
    other = output_beside(options, NULL, options->name_map);
    other.secret = TRUE;
    return output_write(&other, &style, write_map, &(Request){.forest = forest, .options = &other});
}

static enum adtopo_status save(const Options *options)
{
    const adtopo_style style = {0};
    enum adtopo_status status = ADTOPO_OK;
    const adtopo_audit_options everything = {0};
    adtopo_forest *forest = forest_read(options, options->words, &everything, &status);

    if (forest == NULL)
        return status;
    forest_remark(forest, options);
    status = output_write(options, &style, write_snapshot,
                          &(Request){.forest = forest, .options = options});
    if (status == ADTOPO_OK)
        status = save_map(forest, options);
    adtopo_forest_free(forest);
    return status;
}

static bool can_write_map(const Options *options)
{
    const Options other = output_beside(options, NULL, options->name_map);

    return options->name_map == NULL || output_check(&other);
}

static int run(const Options *options)
{
    bool mapped = options->name_map != NULL;

    if (mapped && (!options->pseudonymize || g_strcmp0(options->name_map, options->output) == 0)) {
        complain("--name-map goes with --pseudonymize, and wants a file of its own");
        return ADTOPO_USAGE;
    }
    if (!output_check(options) || !can_write_map(options))
        return ADTOPO_UNREAD;
    return (int)save(options);
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"pseudonymize", 0, 0, G_OPTION_ARG_NONE, &options->pseudonymize,
         "replace all names by invented ones; findings stay the same", NULL},
        {"name-map", 0, 0, G_OPTION_ARG_FILENAME, &options->name_map,
         "keep in FILE, for yourself, which name stands for which", "FILE"},
        {0},
    };

    options_add(options, group, entries);
}

const Command snapshot_command = {
    .name = "snapshot",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Saves what was read as LDIF, to be judged elsewhere or later.",
    .options = OPTIONS_SOURCES,
    .run = run,
    .add_options = add_options,
};
