/* A sweep as one JSON object. Of many ways the first are listed; their number is always told. */
#include "report/json.h"
#include "report/sweep-report.h"

enum { WAYS_LISTED = 1000 };

bool sweep_write(const Sweep *sweep, const GPtrArray *unseen, const char *format,
                 const Style *style, Sink sink, void *closure, GError **error)
{
    Writer out;
    bool json;

    if (!format_is_json(format, &json, error))
        return false;
    writer_open(&out, style, sink, closure);
    if (json)
        sweep_write_json(sweep, unseen, &out);
    else
        sweep_write_text(sweep, unseen, &out);
    return writer_close(&out, error);
}

/* That no reason was found proves nothing where not everything was seen. */
static const char *suppression_name(Suppression suppression, bool seen)
{
    static const char *const names[] = {
        [SUPPRESSION_NEEDLESS] = "needless",
        [SUPPRESSION_RECOMMENDED] = "recommended",
        [SUPPRESSION_REQUIRED] = "required",
    };

    return suppression == SUPPRESSION_NEEDLESS && !seen ? "unknown" : names[suppression];
}

char *place_text(const Sweep *sweep, guint32 place)
{
    RouteStop stop = sweep_place(sweep, place);

    return route_stop_text(&stop, true);
}

static json_t *cost_value(guint64 cost)
{
    return cost == SWEEP_UNKNOWN ? json_null() : json_integer((json_int_t)cost);
}

static json_t *way_value(const Sweep *sweep, const SweepWay *way, bool with_costs)
{
    json_t *value = json_object();

    json_object_set_new(value, "from", take_text_value(place_text(sweep, way->from)));
    json_object_set_new(value, "to", take_text_value(place_text(sweep, way->to)));
    if (with_costs) {
        json_object_set_new(value, "before", cost_value(way->before));
        json_object_set_new(value, "after", cost_value(way->after));
    }
    return value;
}

static json_t *ways_value(const Sweep *sweep, const GArray *ways, bool with_costs)
{
    json_t *list = json_array();

    for (guint i = 0; i < ways->len && i < WAYS_LISTED; i++)
        json_array_append_new(list,
                              way_value(sweep, &g_array_index(ways, SweepWay, i), with_costs));
    return list;
}

static void set_object(json_t *value, const char *kind_key, SweepKind kind, const char *name_key,
                       const Object *object)
{
    json_object_set_new(value, kind_key, text_value(sweep_kind_name(kind)));
    json_object_set_new(value, name_key, text_value(object->name));
}

static json_t *cycle_value(const GPtrArray *cycle)
{
    json_t *value = json_array();

    FOR_EACH(const GroupEdge, edge, cycle) {
        json_array_append_new(value, text_value(edge->from->object.name));
        json_array_append_new(value, text_value(edge->connector->object.name));
    }
    return value;
}

/* What goes round while the thing is down. */
static json_t *removal_loops_value(const Removal *removal)
{
    json_t *list = json_array();

    for (guint i = 0; i < removal->loops->len && i < WAYS_LISTED; i++) {
        const SweepLoop *loop = removal->loops->pdata[i];
        json_t *value = json_object();

        json_object_set_new(value, "destination", text_value(loop->destination->object.name));
        json_object_set_new(value, "cycle", cycle_value(loop->cycle));
        json_array_append_new(list, value);
    }
    return list;
}

static void add_effect(json_t *value, const Sweep *sweep, const Removal *removal)
{
    json_object_set_new(value, "lostCount", json_integer(removal->lost->len));
    json_object_set_new(value, "lost", ways_value(sweep, removal->lost, false));
    json_object_set_new(value, "changedCount", json_integer(removal->changed->len));
    json_object_set_new(value, "changed", ways_value(sweep, removal->changed, true));
    json_object_set_new(value, "waitingCount", json_integer(removal->waiting->len));
    json_object_set_new(value, "waiting", ways_value(sweep, removal->waiting, false));
    json_object_set_new(value, "spaces", texts_value(removal->spaces));
    json_object_set_new(value, "loops", json_integer(removal->loops->len));
    json_object_set_new(value, "goesRound", removal_loops_value(removal));
}

/* What is down all the time; null when nothing is. */
static json_t *base_value(const Sweep *sweep)
{
    json_t *value;

    if (sweep->base == NULL)
        return json_null();
    value = json_object();
    add_effect(value, sweep, sweep->base);
    return value;
}

static json_t *removal_value(const Sweep *sweep, const Removal *removal)
{
    json_t *value = json_object();

    set_object(value, "kind", removal->kind, "name", removal->object);
    json_object_set_new(value, "dn", take_text_value(dn_text(removal->object->entry->dn)));
    if (removal->other != NULL) {
        set_object(value, "withKind", removal->other_kind, "with", removal->other);
        json_object_set_new(value, "withDn", take_text_value(dn_text(removal->other->entry->dn)));
    }
    json_object_set_new(value, "singlePointOfFailure",
                        json_boolean(removal->other == NULL && removal_is_critical(removal)));
    add_effect(value, sweep, removal);
    return value;
}

static json_t *loop_value(const MessageLoop *loop)
{
    json_t *value = json_object();
    bool restricted = loop->cause == LOOP_RESTRICTION;

    json_object_set_new(value, "cause", text_value(restricted ? "restriction" : "failure"));
    json_object_set_new(value, "destination", text_value(loop->destination->object.name));
    json_object_set_new(value, "connector", text_value(loop->connector->object.name));
    json_object_set_new(value, "restriction",
                        restricted ? text_value(attribute_table[loop->restriction].name)
                                   : json_null());
    json_object_set_new(value, "cycle", cycle_value(loop->cycle));
    return value;
}

static json_t *tried_value(const Sweep *sweep)
{
    static const char *const keys[] = {"connectors", "servers", "sites", "links"};
    json_t *value = json_object();

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        json_object_set_new(value, keys[i], json_integer(sweep->tried[i]));
    json_object_set_new(value, "pairs", json_integer(sweep->pairs));
    return value;
}

void sweep_write_json(const Sweep *sweep, const GPtrArray *unseen, Writer *out)
{
    JsonStream stream = {.out = out};

    stream_open(&stream, NULL, '{');
    stream_value(&stream, "tried", tried_value(sweep));
    stream_value(&stream, "suppression",
                 text_value(suppression_name(sweep->suppression, unseen->len == 0)));
    stream_value(&stream, "notSeen", texts_value(unseen));
    stream_value(&stream, "down", texts_value(failures_names(sweep->failures)));
    stream_value(&stream, "base", base_value(sweep));
    stream_value(&stream, "apartCount", json_integer(sweep->apart->len));
    stream_value(&stream, "apart", ways_value(sweep, sweep->apart, false));
    stream_open(&stream, "removals", '[');
    FOR_EACH(const Removal, removal, sweep->removals)
        stream_value(&stream, NULL, removal_value(sweep, removal));
    stream_close(&stream, '[');
    stream_open(&stream, "loops", '[');
    FOR_EACH(const MessageLoop, loop, sweep->loops)
        stream_value(&stream, NULL, loop_value(loop));
    stream_close(&stream, '[');
    stream_close(&stream, '{');
}
