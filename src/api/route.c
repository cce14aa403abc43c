/* Routes for callers: one question, one answer. */
#include "api/forest.h"

#include "report/route-formats.h"
#include "routing/route.h"

bool adtopo_route_write(const adtopo_forest *forest, const adtopo_route_question *question,
                        const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);
    RouteQuestion asked = {.from = question->from,
                           .to = question->to,
                           .down = question->down,
                           .suppressed = question->suppressed};
    g_autoptr(Route) route = NULL;

    if (question->size != NULL && !route_parse_size(question->size, &asked.size, &fault))
        return error_take(error, fault);
    if (asked.from == NULL || asked.to == NULL)
        return error_set(error, ADTOPO_USAGE, "a route needs a source and a destination");
    route = route_find(forest->topology, &asked, &fault);
    if (route == NULL)
        return error_take(error, fault);
    return route_write(forest->topology, &asked, route, format, &wanted, sink, closure, &fault) ||
           error_take(error, fault);
}
