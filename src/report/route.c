/* The answer to a question about a route: its formats by name, and the lists that they share. */
#include "report/json.h"
#include "report/route-formats.h"

bool route_write(const RouteAnswer *answer, const char *format, const Style *style, Sink sink,
                 void *closure, GError **error)
{
    Writer out;
    bool json;

    if (!format_is_json(format, &json, error))
        return false;
    writer_open(&out, style, sink, closure);
    if (json)
        route_write_json(answer, &out);
    else
        route_write_text(answer, &out);
    return writer_close(&out, error);
}

static GPtrArray *stop_names(const Route *route, bool (*wanted)(const RouteStop *))
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);

        if (wanted(stop))
            g_ptr_array_add(names, route_stop_text(stop, false));
    }
    return names;
}

static bool accepts(const RouteStop *stop)
{
    return stop->accepts;
}

static bool is_site(const RouteStop *stop)
{
    return stop->site != NULL;
}

static bool is_legacy(const RouteStop *stop)
{
    return stop->site == NULL && !stop->group->official;
}

GPtrArray *route_relay_names(const Route *route)
{
    return stop_names(route, accepts);
}

GPtrArray *route_legacy_names(const Route *route)
{
    return stop_names(route, is_legacy);
}

GPtrArray *route_path_names(const Route *route)
{
    return stop_names(route, is_site);
}

GPtrArray *object_names(const GPtrArray *objects)
{
    GPtrArray *names = g_ptr_array_new();

    FOR_EACH(const Object, object, objects)
        g_ptr_array_add(names, (gpointer)object->name);
    return names;
}
