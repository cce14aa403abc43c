/* What a reader would ask, without reading. */
#include "api/reader.h"
#include "report/searches.h"
#include "source/domain-plan.h"
#include "source/server.h"
#include "source/uri.h"

static void free_plan(gpointer plan)
{
    search_plan_free(plan);
}

static void add_offline(GPtrArray *plans, const ConnectionOptions *options)
{
    SearchPlan *plan = search_plan_offline(options->base);

    if (options->base == NULL)
        domain_plan_add(plan, options->domain_parts);
    g_ptr_array_add(plans, plan);
}

static bool add_plan(GPtrArray *plans, const char *uris, const ConnectionOptions *options,
                     GError **error)
{
    SearchPlan *plan = server_source_plan(uris, options, error);

    if (plan != NULL)
        g_ptr_array_add(plans, plan);
    return plan != NULL;
}

/* The plans of all servers among the sources, in the order in which they would be read. */
static bool add_plans(const adtopo_reader *reader, const ConnectionOptions *options,
                      GPtrArray *plans, GError **error)
{
    const char *first = reader->connection.uri;

    if (first == NULL && reader->sources->len == 0)
        add_offline(plans, options);
    if (first != NULL && !add_plan(plans, first, options, error))
        return false;
    FOR_EACH(const char, source, reader->sources)
        if (uri_is_meant(source) && !add_plan(plans, source, options, error))
            return false;
    return true;
}

bool adtopo_reader_plan(const adtopo_reader *reader, const char *format, const adtopo_style *style,
                        adtopo_sink sink, void *closure, adtopo_error *error)
{
    g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func(free_plan);
    ConnectionOptions options = reader_options(reader);
    Style wanted = style_from(style);
    GError *fault = NULL;
    bool written = add_plans(reader, &options, plans, &fault) &&
                   searches_write(plans, &options, format, &wanted, sink, closure, &fault);

    if (reader->connection.password != NULL)
        password_wipe(reader->connection.password);
    return written || error_take(error, fault);
}
