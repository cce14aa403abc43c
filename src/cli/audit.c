/* adtopo audit: judges an organisation. */
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/output.h"

typedef struct Request {
    const adtopo_audit *audit;
    const Options *options;
} Request;

static bool write_audit(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;

    return adtopo_audit_write(request->audit, request->options->format, style, sink, sink_closure,
                              error);
}

static enum adtopo_status status_of(const adtopo_forest *forest, const adtopo_audit *audit,
                                    const Options *options)
{
    if (options->threshold == FAIL_ON_NONE)
        return adtopo_forest_complete(forest) ? ADTOPO_OK : ADTOPO_PARTIAL;
    return adtopo_audit_status(audit, (enum adtopo_severity)options->threshold);
}

static enum adtopo_status judge(const adtopo_forest *forest, const Options *options)
{
    const adtopo_audit_options wanted = {
        .include = (const char *const *)options->include,
        .exclude = (const char *const *)options->exclude,
        .least = options->least,
    };
    adtopo_error error = {0};
    adtopo_audit *audit = adtopo_audit_run(forest, &wanted, &error);
    adtopo_style style = output_style(options);
    Request request = {.audit = audit, .options = options};
    enum adtopo_status status;

    if (audit == NULL) {
        complain("%s", error.text);
        return error.status;
    }
    /* The other formats hold the remarks on the input themselves. */
    if (g_strcmp0(options->format, "gnu") == 0)
        forest_remark(forest, options);
    forest_warn_partial(forest);
    status = output_write(options, &style, write_audit, &request);
    if (status == ADTOPO_OK)
        status = status_of(forest, audit, options);
    adtopo_audit_free(audit);
    return status;
}

static enum adtopo_status audit_sources(const Options *options)
{
    enum adtopo_status status = ADTOPO_OK;
    adtopo_forest *forest;

    if (!output_check(options))
        return ADTOPO_UNREAD;
    forest = forest_read(options, options->words, &status);
    if (forest == NULL)
        return status;
    status = judge(forest, options);
    adtopo_forest_free(forest);
    return status;
}

static int run(const Command *command, int count, char **words)
{
    Options options;
    Parsed parsed = options_parse(
        &options, command, OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_FINDINGS, count, words);
    int status = parsed == PARSED_HELP ? ADTOPO_OK : ADTOPO_USAGE;

    if (parsed == PARSED)
        status = (int)audit_sources(&options);
    options_clear(&options);
    return status;
}

const Command audit_command = {
    .name = "audit",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Judges an organisation by the rules of coexistence.",
    .run = run,
};
