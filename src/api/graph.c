/* Pictures for callers. */
#include "api/forest.h"

#include "report/graph-formats.h"
#include "routing/route.h"

/* The route to be highlighted, or NULL for none; FALSE when the question was wrong. */
static bool find_highlight(const adtopo_forest *forest, const adtopo_graph_options *options,
                           Route **route, GError **error)
{
    const char *to[] = {options->highlight_to, NULL};
    RouteQuestion question = {
        .from = options->highlight_from, .to = to, .down = (const char *const *)forest->down};

    *route = NULL;
    if (question.from == NULL || to[0] == NULL)
        return true;
    *route = route_find(forest->topology, &question, error);
    return *route != NULL;
}

bool adtopo_graph_write(const adtopo_forest *forest, const adtopo_graph_options *options,
                        const char *format, adtopo_sink sink, void *closure, adtopo_error *error)
{
    static const adtopo_graph_options plain = {0};
    GError *fault = NULL;
    g_autoptr(Route) route = NULL;
    g_autoptr(Picture) picture = NULL;

    if (options == NULL)
        options = &plain;
    if (!find_highlight(forest, options, &route, &fault))
        return error_take(error, fault);
    picture = picture_new(forest->topology, options->view,
                          options->audit == NULL ? NULL : options->audit->audit, route,
                          forest->failures, &fault);
    if (picture == NULL)
        return error_take(error, fault);
    return graph_write(picture, format, sink, closure, &fault) || error_take(error, fault);
}
