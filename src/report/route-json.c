/*
 * A route as one JSON object. Keys are added, never changed; where a message has several
 * recipients, the object has what concerns the message as a whole, and "each" one object for
 * every recipient.
 */
#include "report/json.h"
#include "report/route-formats.h"

static json_t *take_texts_value(GPtrArray *texts)
{
    json_t *value = texts_value(texts);

    g_ptr_array_unref(texts);
    return value;
}

static json_t *sets_value(const GPtrArray *sets)
{
    json_t *value = json_array();

    FOR_EACH(const GPtrArray, set, sets)
        json_array_append_new(value, texts_value(set));
    return value;
}

static json_t *name_value(const Object *object)
{
    return object == NULL ? json_null() : text_value(object->name);
}

static json_t *dn_value(const Entry *entry)
{
    return entry == NULL ? json_null() : take_text_value(dn_text(entry->dn));
}

static json_t *vector_value(const Route *route)
{
    json_t *value;

    if (!route->has_vector)
        return json_null();
    value = json_array();
    json_array_append_new(value, json_integer((json_int_t)route->legacy_cost));
    json_array_append_new(value, json_integer((json_int_t)route->site_cost));
    return value;
}

static json_t *rejected_value(const Route *route)
{
    json_t *list = json_array();

    for (guint i = 0; i < route->rejected->len; i++) {
        const Rejected *rejected = &g_array_index(route->rejected, Rejected, i);
        json_t *value = json_object();

        json_object_set_new(value, "candidate", text_value(rejected->candidate));
        json_object_set_new(value, "reason", text_value(rejected->reason));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *tracking_value(const Route *route)
{
    json_t *list = json_array();

    for (guint i = 0; i < route->stops->len; i++) {
        const RouteStop *stop = &g_array_index(route->stops, RouteStop, i);
        json_t *value;

        if (!stop->accepts)
            continue;
        value = json_object();
        json_object_set_new(value, "hop", take_text_value(route_stop_text(stop, false)));
        json_object_set_new(value, "tool", text_value(route_stop_tracking(stop)));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *step_value(const RouteStep *step)
{
    json_t *value = json_object();
    const Value *first = entry_value(step->entry, step->attribute);

    json_object_set_new(value, "hop", text_value(step->hop));
    json_object_set_new(value, "dn", dn_value(step->entry));
    json_object_set_new(value, "attribute", text_value(attribute_table[step->attribute].name));
    json_object_set_new(value, "value",
                        first == NULL ? json_null()
                                      : take_text_value(value_text(first, step->attribute)));
    json_object_set_new(value, "origin", origin_value(entry_origin(step->entry, first)));
    return value;
}

static json_t *steps_value(const Route *route)
{
    json_t *list = json_array();

    for (guint i = 0; i < route->steps->len; i++)
        json_array_append_new(list, step_value(&g_array_index(route->steps, RouteStep, i)));
    return list;
}

static json_t *notices_value(const Route *route)
{
    json_t *list = json_array();

    for (guint i = 0; i < route->notices->len; i++) {
        const RouteNotice *notice = &g_array_index(route->notices, RouteNotice, i);
        json_t *value = json_object();

        json_object_set_new(value, "notice", text_value(notice->slug));
        json_object_set_new(value, "name", name_value(notice->object));
        json_object_set_new(value, "dn",
                            notice->object == NULL ? json_null() : dn_value(notice->object->entry));
        json_object_set_new(value, "event",
                            notice->event == 0 ? json_null() : json_integer(notice->event));
        json_array_append_new(list, value);
    }
    return list;
}

static json_t *transfers_value(const Route *route)
{
    json_t *list = json_array();

    for (guint i = 0; i < route->transfers->len; i++) {
        const RouteTransfer *transfer = &g_array_index(route->transfers, RouteTransfer, i);
        json_t *value = json_object();

        json_object_set_new(value, "from", text_value(transfer->from));
        json_object_set_new(value, "to", text_value(transfer->to));
        json_array_append_new(list, value);
    }
    return list;
}

/* --- one route ---------------------------------------------------------------------------- */

static void add_way(json_t *value, const Route *route)
{
    const Object *connector = route->connector == NULL ? NULL : &route->connector->object;

    json_object_set_new(value, "path", take_texts_value(route_path_names(route)));
    json_object_set_new(value, "relay", take_texts_value(route_relay_names(route)));
    json_object_set_new(value, "links", take_texts_value(object_names(route->links)));
    json_object_set_new(value, "cost", json_integer((json_int_t)route->cost));
    json_object_set_new(value, "hops", json_integer(route->hops));
    json_object_set_new(value, "decidedBy", text_value(criterion_name(route->decided_by)));
    json_object_set_new(value, "connector", name_value(connector));
    json_object_set_new(value, "costVector", vector_value(route));
    json_object_set_new(value, "legacyPath", take_texts_value(route_legacy_names(route)));
    json_object_set_new(value, "anyOf", sets_value(route->any_of));
}

static void add_copies(json_t *value, const Route *route)
{
    json_object_set_new(value, "queue", text_value(route->queue));
    json_object_set_new(value, "backoff", take_texts_value(object_names(route->backoff)));
    json_object_set_new(value, "copies", json_integer(route->copies));
    json_object_set_new(value, "forks", texts_value(route->forks));
    json_object_set_new(value, "transfers", transfers_value(route));
}

static json_t *route_value(const Route *route)
{
    json_t *value = json_object();

    json_object_set_new(value, "from", text_value(route->from));
    json_object_set_new(value, "to", texts_value(route->to));
    json_object_set_new(value, "outcome", text_value(route_outcome_name(route->outcome)));
    add_way(value, route);
    add_copies(value, route);
    json_object_set_new(value, "servers", take_texts_value(object_names(route->servers)));
    json_object_set_new(value, "rejected", rejected_value(route));
    json_object_set_new(value, "why", texts_value(route->why));
    json_object_set_new(value, "steps", steps_value(route));
    json_object_set_new(value, "notices", notices_value(route));
    json_object_set_new(value, "tracking", tracking_value(route));
    return value;
}

static json_t *down_value(const RouteQuestion *question)
{
    json_t *value = json_array();

    for (const char *const *down = question->down; down != NULL && *down != NULL; down++)
        json_array_append_new(value, text_value(*down));
    return value;
}

void route_write_json(const RouteAnswer *answer, Writer *out)
{
    const RouteQuestion *question = answer->question;
    json_t *value = route_value(answer->route);
    json_t *each = json_array();

    FOR_EACH(const Route, one, answer->route->each)
        json_array_append_new(each, route_value(one));
    json_object_set_new(value, "each", each);
    json_object_set_new(value, "size",
                        question->size == 0 ? json_null()
                                            : json_integer((json_int_t)question->size));
    json_object_set_new(value, "down", down_value(question));
    json_object_set_new(value, "notSeen", texts_value(answer->unseen));
    document_write(out, value);
}
