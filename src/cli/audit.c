/* adtopo audit: judges an organisation. */
#include "cli/acceptance.h"
#include "cli/forest.h"
#include "cli/message.h"
#include "cli/monitoring.h"

#include <glib/gstdio.h>

static bool write_audit(const adtopo_style *style, adtopo_sink sink, void *sink_closure,
                        void *closure, adtopo_error *error)
{
    const Request *request = closure;

    return adtopo_audit_write(request->subject, request->options->format, style, sink, sink_closure,
                              error);
}

static int status_of(const adtopo_audit *audit, const Options *options)
{
    if (monitoring_wanted(options))
        return monitoring_status(audit);
    return (int)adtopo_audit_status(audit, (enum adtopo_severity)options->threshold);
}

/* Line-oriented formats hold no remarks on the input. */
static bool holds_remarks(const Options *options)
{
    static const char *const formats[] = {"text", "json", "html", "sarif", NULL};

    return options->format == NULL || g_strv_contains(formats, options->format);
}

/* Whether there is an organisation, and what it consists of. */
static void warn_unseen(const adtopo_audit *audit)
{
    const char *unseen = adtopo_audit_unseen(audit);

    if (unseen != NULL)
        complain("Exchange was not judged, or in part only: %s", unseen);
}

/* A file beside the report, where it is wanted. */
static enum adtopo_status write_beside(const adtopo_audit *audit, const Options *options,
                                       const char *format, const char *file)
{
    Options other = output_beside(options, format, file);
    adtopo_style style = output_style(&other);

    if (file == NULL)
        return ADTOPO_OK;
    return output_write(&other, &style, write_audit,
                        &(Request){.options = &other, .subject = audit});
}

/* The changes that repair findings, and those that take them back: never the latter alone. */
static enum adtopo_status write_remedy(const adtopo_audit *audit, const Options *options)
{
    g_autofree char *undo = NULL;
    enum adtopo_status status;

    if (options->remedy_ldif == NULL)
        return ADTOPO_OK;
    undo = g_strconcat(options->remedy_ldif, ".undo", NULL);
    status = write_beside(audit, options, "undo", undo);
    if (status != ADTOPO_OK)
        return status;
    status = write_beside(audit, options, "remedy", options->remedy_ldif);
    if (status != ADTOPO_OK && g_file_test(undo, G_FILE_TEST_IS_REGULAR))
        g_unlink(undo);
    return status;
}

/* Writes the report and what else was asked for; ADTOPO_OK when all of it is there. */
static enum adtopo_status write_all(const adtopo_audit *audit, const Options *options)
{
    adtopo_style style = output_style(options);
    enum adtopo_status status = output_write(options, &style, write_audit,
                                             &(Request){.options = options, .subject = audit});

    acceptance_remark(audit, options);
    if (status == ADTOPO_OK)
        status = write_beside(audit, options, "baseline", options->write_baseline);
    return status != ADTOPO_OK ? status : write_remedy(audit, options);
}

static int judge(const adtopo_forest *forest, const Acceptance *acceptance, const Options *options)
{
    const adtopo_audit_options wanted = acceptance_wanted(acceptance, options);
    adtopo_error error = {0};
    adtopo_audit *audit = adtopo_audit_run(forest, &wanted, &error);
    enum adtopo_status written;
    int status;

    if (audit == NULL) {
        complain("%s", error.text);
        return monitoring_failed(error.status, options);
    }
    if (!holds_remarks(options))
        forest_remark(forest, options);
    forest_remark_down(options);
    forest_warn_partial(forest);
    warn_unseen(audit);
    written = write_all(audit, options);
    status = written == ADTOPO_OK ? status_of(audit, options) : monitoring_failed(written, options);
    adtopo_audit_free(audit);
    return status;
}

static int audit_sources(const Options *options)
{
    enum adtopo_status read = ADTOPO_USAGE;
    Acceptance acceptance;
    adtopo_forest *forest = NULL;
    int status;

    if (!output_check(options))
        return monitoring_failed(ADTOPO_UNREAD, options);
    if (acceptance_read(&acceptance, options)) {
        const adtopo_audit_options wanted = acceptance_wanted(&acceptance, options);

        forest = forest_read(options, options->words, &wanted, &read);
    }
    if (forest != NULL)
        status = judge(forest, &acceptance, options);
    else
        status = monitoring_failed(read, options);
    adtopo_forest_free(forest);
    acceptance_clear(&acceptance);
    return status;
}

static void add_options(GOptionGroup *group, Options *options)
{
    const GOptionEntry entries[] = {
        {"write-baseline", 0, 0, G_OPTION_ARG_FILENAME, &options->write_baseline,
         "keep the findings in FILE for --baseline", "FILE"},
        {"remedy-ldif", 0, 0, G_OPTION_ARG_FILENAME, &options->remedy_ldif,
         "write changes that repair findings to FILE, and to FILE.undo what takes them back",
         "FILE"},
        {0},
    };

    options_add(options, group, entries);
}

const Command audit_command = {
    .name = "audit",
    .arguments = "[OPTION]... [SOURCE]...",
    .about = "Judges an organisation by the rules of coexistence.",
    .options = OPTIONS_FORMAT | OPTIONS_SOURCES | OPTIONS_FINDINGS | OPTIONS_DOWN,
    .run = audit_sources,
    .format = adtopo_audit_format,
    .add_options = add_options,
};
