/* adtopo preflight: judges a plan. */
#include "cli/acceptance.h"
#include "cli/forest.h"
#include "cli/message.h"

static bool write_preflight(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                            void *closure, adtopo_error *error)
{
    const Request *request = closure;

    return adtopo_preflight_write(request->subject, request->options->format, style, sink,
                                  sink_closure, error);
}

/* "2007-sp2" is 2; -1, said, for what is no version to be installed. */
static int service_pack_of(const char *target)
{
    static const char *const targets[] = {"2007", "2007-sp1", "2007-sp2", "2007-sp3"};

    if (target == NULL)
        return (int)G_N_ELEMENTS(targets) - 1;
    for (guint i = 0; i < G_N_ELEMENTS(targets); i++)
        if (g_ascii_strcasecmp(target, targets[i]) == 0)
            return (int)i;
    complain("--target takes one of 2007, 2007-sp1, 2007-sp2, 2007-sp3, not \"%s\"", target);
    return -1;
}

/* A setup and a removal are two plans. */
static bool is_one_plan(const Options *options)
{
    bool setup = options->site != NULL || options->roles != NULL || options->bridgehead != NULL ||
                 options->planned != NULL || options->computer != NULL;

    if (options->removed != NULL && setup)
        complain("--decommission is a plan of its own: leave out what belongs to a setup");
    else if (options->write_baseline != NULL)
        complain("--write-baseline belongs to adtopo audit: a plan is nothing to get used to");
    else
        return true;
    return false;
}

static enum adtopo_status status_of(const adtopo_preflight *preflight)
{
    static const enum adtopo_status statuses[] = {
        [ADTOPO_GO] = ADTOPO_OK,
        [ADTOPO_NO_GO] = ADTOPO_FOUND,
        [ADTOPO_CANNOT_TELL] = ADTOPO_PARTIAL,
    };

    return statuses[adtopo_preflight_verdict(preflight)];
}

static enum adtopo_status judge(const adtopo_forest *forest, int service_pack,
                                const Acceptance *acceptance, const Options *options)
{
    const adtopo_plan plan = {
        .service_pack = service_pack,
        .site = options->site,
        .roles = options->roles,
        .bridgehead = options->bridgehead,
        .computer = options->computer,
        .connectors = (const char *const *)options->planned,
        .removed = options->removed,
    };
    const adtopo_audit_options wanted = acceptance_wanted(acceptance, options);
    adtopo_style style = output_style(options);
    adtopo_error error = {0};
    adtopo_preflight *preflight = adtopo_preflight_run(forest, &plan, &wanted, options->threshold,
                                                       &error);
    enum adtopo_status status;

    if (preflight == NULL) {
        complain("%s", error.text);
        return error.status;
    }
    forest_warn_partial(forest);
    status = output_write(options, &style, write_preflight,
                          &(Request){.options = options, .subject = preflight});
    if (status == ADTOPO_OK)
        status = status_of(preflight);
    adtopo_preflight_free(preflight);
    return status;
}

static enum adtopo_status judge_sources(const Options *options)
{
    enum adtopo_status status = ADTOPO_USAGE;
    int service_pack = service_pack_of(options->target);
    Acceptance acceptance;
    adtopo_forest *forest = NULL;

    if (service_pack < 0 || !is_one_plan(options))
        return ADTOPO_USAGE;
    if (!output_check(options))
        return ADTOPO_UNREAD;
    if (acceptance_read(&acceptance, options)) {
        const adtopo_audit_options wanted = acceptance_wanted(&acceptance, options);

        forest = forest_read(options, options->words, &wanted, &status);
    }
    if (forest != NULL)
        status = judge(forest, service_pack, &acceptance, options);
    adtopo_forest_free(forest);
    acceptance_clear(&acceptance);
    return status;
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"target", 0, 0, G_OPTION_ARG_FILENAME, &options->target,
         "2007, 2007-sp1, 2007-sp2 or 2007-sp3 (default)", "VERSION"},
        {"site", 0, 0, G_OPTION_ARG_FILENAME, &options->site,
         "the site of the new server; without it only today is judged", "NAME"},
        {"roles", 0, 0, G_OPTION_ARG_FILENAME, &options->roles,
         "of the new server: hub (default), mailbox, cas, um; or edge", "ROLES"},
        {"bridgehead", 0, 0, G_OPTION_ARG_FILENAME, &options->bridgehead,
         "the 2000/2003 server that setup connects to", "SERVER"},
        {"computer", 0, 0, G_OPTION_ARG_FILENAME, &options->computer,
         "the new server's name (default NEW-EX07)", "NAME"},
        {"connector", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->planned,
         "a further pair of connectors, between routing groups or servers; 2007 is the group of "
         "Exchange 2007; may be repeated",
         "FROM:TO"},
        {"decommission", 0, 0, G_OPTION_ARG_FILENAME, &options->removed,
         "may this server, group or connector go? last-legacy: all older than 2007", "NAME|DN"},
        {0},
    };

    g_option_group_add_entries(group, entries);
}

static int run(const Options *options)
{
    return (int)judge_sources(options);
}

const Command preflight_command = {
    .name = "preflight",
    .arguments = "[--site NAME | --decommission NAME] [OPTION]... [SOURCE]...",
    .about = "Judges a plan: setup of Exchange 2007, or a removal.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_FINDINGS,
    .run = run,
    .add_options = add_options,
};
