/* The preflight as one JSON object: that of an audit, with the verdict and what the plan adds. */
#include "report/audit-parts.h"
#include "report/preflight.h"
#include "rules/readiness.h"

static json_t *checks_value(const Preflight *preflight)
{
    json_t *checks = json_array();

    FOR_EACH(const PlanCheck, check, preflight->checks) {
        json_t *value = json_object();

        json_object_set_new(value, "subject", text_value(check->subject));
        json_object_set_new(value, "state", text_value(plan_state_name(check->state)));
        json_object_set_new(value, "message", text_value(check->text));
        json_array_append_new(checks, value);
    }
    return checks;
}

static json_t *reasons_value(const Preflight *preflight)
{
    json_t *reasons = json_array();

    FOR_EACH(const char, reason, preflight->reasons)
        json_array_append_new(reasons, text_value(reason));
    return reasons;
}

static json_t *removed_value(const Preflight *preflight)
{
    json_t *removed = json_array();

    FOR_EACH(const Entry, entry, preflight->removed)
        json_array_append_new(removed, entry_json(entry));
    return removed;
}

static json_t *plan_value(const Preflight *preflight)
{
    json_t *plan = json_object();

    json_object_set_new(plan, "kind", text_value(preflight->removal ? "removal" : "setup"));
    json_object_set_new(plan, "text", text_value(preflight->plan));
    json_object_set_new(plan, "removed", removed_value(preflight));
    json_object_set_new(plan, "checks", checks_value(preflight));
    return plan;
}

static json_t *reference_value(const Reference *reference)
{
    json_t *value = json_object();

    json_object_set_new(value, "step", json_integer((json_int_t)reference->step + 1));
    json_object_set_new(value, "subject", text_value(step_title(reference->step)));
    json_object_set_new(value, "blocks", json_boolean(reference->blocks));
    json_object_set_new(value, "goesAlong", json_boolean(reference->follows));
    json_object_set_new(value, "from", take_text_value(dn_text(reference->from_name)));
    json_object_set_new(value, "attribute", text_value(attribute_table[reference->attribute].name));
    json_object_set_new(value, "to",
                        take_text_value(reference->to == NULL ? NULL : dn_text(reference->to->dn)));
    return value;
}

static json_t *why_value(const Route *route)
{
    json_t *why = json_array();

    for (guint i = 0; route != NULL && i < route->why->len; i++)
        json_array_append_new(why, text_value(route->why->pdata[i]));
    return why;
}

static json_t *route_value(const PlanRoute *route)
{
    const Route *way = route->after == NULL ? NULL : route->way;
    json_t *value = json_object();

    json_object_set_new(value, "from", text_value(route->from));
    json_object_set_new(value, "to", text_value(route->to));
    json_object_set_new(value, "before", text_value(route->before));
    json_object_set_new(value, "after", text_value(route->after));
    json_object_set_new(value, "decidedBy",
                        text_value(way == NULL ? NULL : criterion_name(way->decided_by)));
    json_object_set_new(value, "why", why_value(route->way));
    return value;
}

static json_t *changes_value(const Preflight *preflight)
{
    json_t *appearing = json_array();
    json_t *vanishing = json_array();
    json_t *routes = json_array();
    json_t *changes = json_object();

    FOR_EACH(const Finding, finding, preflight->appearing)
        json_array_append_new(appearing, finding_json(finding));
    FOR_EACH(const Finding, finding, preflight->vanishing)
        json_array_append_new(vanishing, finding_json(finding));
    FOR_EACH(const PlanRoute, route, preflight->routes)
        json_array_append_new(routes, route_value(route));
    json_object_set_new(changes, "judged", json_boolean(preflight->running_then != NULL));
    json_object_set_new(changes, "appearing", appearing);
    json_object_set_new(changes, "vanishing", vanishing);
    json_object_set_new(changes, "routes", routes);
    return changes;
}

static json_t *by_hand_value(const Preflight *preflight)
{
    const HandCheck *at = hand_checks(preflight->removed);
    json_t *checks = json_array();

    for (; at->text != NULL; at++)
        if (hand_check_concerns(at, preflight->today))
            json_array_append_new(checks, text_value(at->text));
    return checks;
}

static json_t *rights_value(const Preflight *preflight)
{
    const StepRight *right = step_rights(preflight->removed);
    json_t *rights = json_array();

    for (; right->step != NULL; right++)
        json_array_append_new(rights, json_pack("{s:s, s:s, s:s}", "step", right->step, "rights",
                                                right->rights, "where", right->where));
    return rights;
}

void preflight_write_json(const Preflight *preflight, Writer *out)
{
    JsonStream stream = {.out = out};

    stream_open(&stream, NULL, '{');
    audit_write_members(preflight->audit, &stream);
    stream_value(&stream, "verdict", text_value(verdict_name(preflight->verdict)));
    stream_value(&stream, "reasons", reasons_value(preflight));
    stream_value(&stream, "plan", plan_value(preflight));
    stream_open(&stream, "references", '[');
    FOR_EACH(const Reference, reference, preflight->references)
        stream_value(&stream, NULL, reference_value(reference));
    stream_close(&stream, '[');
    stream_value(&stream, "changes", changes_value(preflight));
    stream_value(&stream, "byHand", by_hand_value(preflight));
    stream_value(&stream, "rights", rights_value(preflight));
    stream_close(&stream, '{');
}
