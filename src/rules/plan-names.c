/*
 * The names in a plan, fitted to objects of the directory. What fits nothing is said with the names
 * there are, because a verdict about a misspelt plan would be one about nothing.
 */
#include "rules/plan-names.h"

#include "base/fault.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "rules/sight.h"
#include "rules/words.h"

#include <string.h>

guint plan_look_up(const Topology *topology, const GPtrArray *objects, const char *name,
                   const Object **found)
{
    const Dn *dn = dn_find(directory_names(topology->directory), name, strlen(name));
    guint count = 0;

    FOR_EACH(const Object, object, objects) {
        if (object->entry->dn != dn && !name_equal(object->name, name))
            continue;
        *found = object;
        if (object->entry->dn == dn)
            return 1;
        count++;
    }
    return count;
}

char *plan_why_unread(const Topology *topology, const GPtrArray *objects, ClassId id)
{
    g_autoptr(Sight) sight = sight_new(topology);
    char *gap = sight_hidden(sight, id);

    if (gap == NULL)
        gap = sight_unread(sight, id);
    if (gap != NULL)
        return gap;
    if (objects->len == 0)
        return g_strdup("none was");
    if (directory_may_lack(topology->directory, id))
        return g_strdup("its record may be one of those that were lost");
    return NULL;
}

bool plan_servers_may_be_unread(const Topology *topology)
{
    g_autoptr(Sight) sight = sight_new(topology);
    g_autofree char *gap = sight_gap(sight, CLASS_msExchExchangeServer);

    return gap != NULL || directory_may_lack(topology->directory, CLASS_msExchExchangeServer);
}

static void refuse_name(const GPtrArray *objects, const char *kind, const char *name,
                        GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *known = names_of(objects);
    const char *nearest;

    FOR_EACH(const Object, object, objects)
        g_ptr_array_add(names, (gpointer)object->name);
    nearest = nearest_name(name, names);
    if (nearest != NULL)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no %s is called \"%s\"; did you mean \"%s\"? Known are %s", kind, name,
                    nearest, known);
    else
        g_set_error(error, FAULT, FAULT_USAGE, "no %s is called \"%s\"; known are %s", kind, name,
                    known);
}

/* A name that nothing bears is misspelt; but where the object may merely not have been read, it is
 * a gap in the plan. */
static void miss_object(Plan *plan, const Topology *topology, const GPtrArray *objects, ClassId id,
                        const char *kind, const char *name, GError **error)
{
    g_autofree char *unread = plan_why_unread(topology, objects, id);

    if (unread != NULL)
        g_ptr_array_add(plan->gaps,
                        g_strdup_printf("no %s called \"%s\" was read: %s", kind, name, unread));
    else
        refuse_name(objects, kind, name, error);
}

const Object *plan_find(Plan *plan, const Topology *topology, const GPtrArray *objects, ClassId id,
                        const char *kind, const char *name, GError **error)
{
    const Object *found = NULL;
    guint count = plan_look_up(topology, objects, name, &found);

    if (count == 1)
        return found;
    if (count == 0)
        miss_object(plan, topology, objects, id, kind, name, error);
    else
        g_set_error(error, FAULT, FAULT_USAGE,
                    "\"%s\" is the name of %u %ss; give the distinguished name of one", name, count,
                    kind);
    return NULL;
}
