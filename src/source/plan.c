/* The questions put to a server, made from the vocabulary's tables. */
#include "source/plan.h"

#include <stdbool.h>

static bool is_wanted(ClassId id, Partition partition)
{
    const ClassInfo *info = &class_table[id];

    return (info->read || info->context) && info->partition == partition;
}

static bool is_asked_through_superior(ClassId id, Partition partition)
{
    for (id = class_table[id].superior; id != CLASS_NONE; id = class_table[id].superior)
        if (is_wanted(id, partition))
            return true;
    return false;
}

char *plan_filter(Partition partition)
{
    GString *filter = g_string_new("(|");

    for (ClassId id = CLASS_NONE + 1; id < CLASS_COUNT; id++)
        if (is_wanted(id, partition) && !is_asked_through_superior(id, partition))
            g_string_append_printf(filter, "(objectClass=%s)", class_table[id].name);
    g_string_append_c(filter, ')');
    return g_string_free(filter, FALSE);
}

char **plan_attributes(void)
{
    GPtrArray *names = g_ptr_array_new();

    for (AttributeId id = ATTR_NONE + 1; id < ATTR_COUNT; id++)
        if (attribute_table[id].read || id == ATTR_objectClass)
            g_ptr_array_add(names, (char *)attribute_table[id].name);
    g_ptr_array_add(names, NULL);
    return (char **)(void *)g_ptr_array_free(names, FALSE);
}
