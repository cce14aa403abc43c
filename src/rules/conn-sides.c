/* What the rules about bridgeheads share: the ends of a connector, and complaints about them. */
#include "rules/conn-sides.h"

#include "rules/routing-groups.h"

Side source_side(const Connector *connector)
{
    return (Side){.connector = connector,
                  .group = connector->group,
                  .heads = connector->sources,
                  .count = connector->source_count,
                  .attribute = ATTR_msExchSourceBridgeheadServersDN,
                  .noun = "source"};
}

Side target_side(const Connector *connector)
{
    return (Side){.connector = connector,
                  .group = connector->destination,
                  .heads = connector->targets,
                  .count = connector->target_count,
                  .attribute = ATTR_msExchTargetBridgeheadServersDN,
                  .noun = "target"};
}

static const char *side_gap(const Topology *topology, const Side *side)
{
    if (side->attribute == ATTR_msExchSourceBridgeheadServersDN && hidden_sources(topology) != NULL)
        return hidden_sources(topology);
    for (guint i = 0; i < side->count; i++)
        if (bridgehead_state(topology, &side->heads[i]) == REFERENCE_UNSEEN)
            return "a bridgehead of the connector was not read";
    return NULL;
}

bool side_is_unseen(Check *check, const Side *side)
{
    const char *gap = side_gap(check_topology(check), side);

    if (gap != NULL)
        check_not_assessed(check, 1, "%s", gap);
    return gap != NULL;
}

/* Calls `judge` for every routing group connector. */
static void judge_each(Check *check, void (*judge)(Check *, const Connector *))
{
    FOR_EACH(const Connector, connector, check_topology(check)->connectors)
        if (connector->kind == CONNECTOR_ROUTING_GROUP)
            judge(check, connector);
}

void judge_connectors(Check *check, void (*judge)(Check *, const Connector *))
{
    if (!connectors_unread(check))
        judge_each(check, judge);
}

void judge_joining_connectors(Check *check, void (*judge)(Check *, const Connector *))
{
    if (!connector_ends_unread(check))
        judge_each(check, judge);
}

void add_complaint(GString *complaints, const char *separator, const char *format, ...)
{
    va_list arguments;

    if (complaints->len > 0)
        g_string_append(complaints, separator);
    va_start(arguments, format);
    g_string_append_vprintf(complaints, format, arguments);
    va_end(arguments);
}
