/* Routes for callers: one question, one answer. */
#include "api/forest.h"

#include "report/route-formats.h"
#include "routing/route.h"
#include "rules/ways-sight.h"

/* What is down in the forest, and for this question as well; the strings are borrowed. */
static GPtrArray *all_down(const adtopo_forest *forest, const adtopo_route_question *question)
{
    const char *const *const lists[] = {(const char *const *)forest->down, question->down};
    GPtrArray *down = g_ptr_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        for (const char *const *name = lists[i]; name != NULL && *name != NULL; name++)
            g_ptr_array_add(down, (gpointer)*name);
    g_ptr_array_add(down, NULL);
    return down;
}

bool adtopo_route_write(const adtopo_forest *forest, const adtopo_route_question *question,
                        const char *format, const adtopo_style *style, adtopo_sink sink,
                        void *closure, adtopo_error *error)
{
    GError *fault = NULL;
    Style wanted = style_from(style);
    g_autoptr(GPtrArray) down = all_down(forest, question);
    g_autoptr(GPtrArray) unseen = ways_sight(forest->topology);
    RouteQuestion asked = {.from = question->from,
                           .to = question->to,
                           .down = (const char *const *)down->pdata,
                           .suppressed = question->suppressed};
    g_autoptr(Route) route = NULL;
    RouteAnswer answer = {forest->topology, &asked, NULL, unseen};

    if (question->size != NULL && !route_parse_size(question->size, &asked.size, &fault))
        return error_take(error, fault);
    if (asked.from == NULL || asked.to == NULL)
        return error_set(error, ADTOPO_USAGE, "a route needs a source and a destination");
    answer.route = route = route_find(forest->topology, &asked, &fault);
    if (route == NULL)
        return error_take(error, fault);
    return route_write(&answer, format, &wanted, sink, closure, &fault) || error_take(error, fault);
}
