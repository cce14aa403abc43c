/* Reading, as all commands that look at a directory do it. */
#include "cli/forest.h"

#include "cli/message.h"
#include "cli/watch.h"

enum { REMARKS_SHOWN = 20 };

adtopo_forest *forest_read(const Options *options, char **sources, enum adtopo_status *status)
{
    adtopo_reader *reader = adtopo_reader_new();
    adtopo_connection connection = options->connection;
    adtopo_error error = {0};
    adtopo_forest *forest;

    for (; *sources != NULL; sources++)
        adtopo_reader_add(reader, *sources);
    for (char **file = options->apply; file != NULL && *file != NULL; file++)
        adtopo_reader_apply(reader, *file);
    for (char **name = options->without; name != NULL && *name != NULL; name++)
        adtopo_reader_without(reader, *name);
    watch_start(&connection, options->quiet);
    adtopo_reader_connect_with(reader, &connection);
    forest = adtopo_reader_run(reader, &error);
    adtopo_reader_free(reader);
    watch_stop();
    if (forest == NULL) {
        complain("%s", error.text);
        *status = error.status;
    }
    return forest;
}

static void remark_one(const adtopo_diagnostic *found)
{
    static const char *const levels[] = {
        [ADTOPO_NOTE] = "note",
        [ADTOPO_WARNING] = "warning",
        [ADTOPO_ERROR] = "error",
    };

    if (found->line != 0)
        remark("%s:%lu: %s: %s", found->source, found->line, levels[found->level], found->message);
    else
        remark("%s: %s: %s", found->source, levels[found->level], found->message);
}

void forest_remark(const adtopo_forest *forest, const Options *options)
{
    adtopo_diagnostic found;
    size_t counts[ADTOPO_ERROR + 1] = {0};
    size_t left_out = 0;

    for (size_t i = 0; adtopo_forest_diagnostic(forest, i, &found); i++) {
        if (found.level == ADTOPO_NOTE && options->quiet)
            continue;
        if (counts[found.level]++ < REMARKS_SHOWN || options->verbose)
            remark_one(&found);
        else
            left_out++;
    }
    if (left_out > 0)
        complain("and %zu more remarks on the input (-v shows them)", left_out);
}

void forest_warn_partial(const adtopo_forest *forest)
{
    if (!adtopo_forest_complete(forest))
        complain("not everything could be read: what is shown is incomplete");
}
