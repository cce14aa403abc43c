/* adtopo preflight: judges a plan. */
#include "cli/acceptance.h"
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/monitoring.h"

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

/* Most formats of an audit have no room for the verdict, and findings about today alone could look
 * like a go. */
static void say_verdict(const adtopo_preflight *preflight, const Options *options)
{
    static const char *const with_verdict[] = {"text",  "json",        "nagios", "html",
                                               "junit", "openmetrics", NULL};
    static const char *const words[] = {
        [ADTOPO_GO] = "go",
        [ADTOPO_NO_GO] = "no-go",
        [ADTOPO_CANNOT_TELL] = "cannot tell",
    };

    if (options->format != NULL && !g_strv_contains(with_verdict, options->format))
        complain("the verdict on the plan is: %s; --format %s lists findings about today only, "
                 "text and json say why",
                 words[adtopo_preflight_verdict(preflight)], options->format);
}

static int exit_status_of(const adtopo_preflight *preflight, const Options *options)
{
    return monitoring_wanted(options) ? monitoring_verdict(preflight) : (int)status_of(preflight);
}

static int judge(const adtopo_forest *forest, int service_pack, const Acceptance *acceptance,
                 const Options *options)
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
    int end;

    if (preflight == NULL) {
        complain("%s", error.text);
        return monitoring_failed(error.status, options);
    }
    forest_remark_down(options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_preflight,
                          &(Request){.options = options, .subject = preflight});
    if (status == ADTOPO_OK)
        say_verdict(preflight, options);
    end = status == ADTOPO_OK ? exit_status_of(preflight, options)
                              : monitoring_failed(status, options);
    adtopo_preflight_free(preflight);
    return end;
}

static int judge_sources(const Options *options)
{
    enum adtopo_status status = ADTOPO_USAGE;
    int service_pack = service_pack_of(options->target);
    Acceptance acceptance;
    adtopo_forest *forest = NULL;
    int end;

    if (service_pack < 0 || !is_one_plan(options))
        return monitoring_failed(ADTOPO_USAGE, options);
    if (!output_check(options))
        return monitoring_failed(ADTOPO_UNREAD, options);
    if (acceptance_read(&acceptance, options)) {
        const adtopo_audit_options wanted = acceptance_wanted(&acceptance, options);

        forest = forest_read(options, options->words, &wanted, &status);
    }
    end = forest != NULL ? judge(forest, service_pack, &acceptance, options)
                         : monitoring_failed(status, options);
    adtopo_forest_free(forest);
    acceptance_clear(&acceptance);
    return end;
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
        /* Known only to be refused with a reason. */
        {"write-baseline", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->write_baseline,
         NULL, NULL},
        {0},
    };

    options_add(options, group, entries);
}

const Command preflight_command = {
    .name = "preflight",
    .arguments = "[--site NAME | --decommission NAME] [OPTION]... [SOURCE]...",
    .about = "Judges a plan: setup of Exchange 2007, or a removal.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_FINDINGS | OPTIONS_DOWN,
    .run = judge_sources,
    .format = adtopo_preflight_format,
    .add_options = add_options,
};
