/* Counts of objects, and of objects that show nothing, by source and class. */
#include "report/visibility.h"

#include "model/object.h"
#include "rules/sight.h"

#include <string.h>

const char *visibility_class_name(ClassId id)
{
    return id != CLASS_NONE ? class_table[id].name : "(unknown)";
}

static gint compare_counts(gconstpointer a, gconstpointer b)
{
    const ClassCount *left = a;
    const ClassCount *right = b;

    return strcmp(visibility_class_name(left->class_id), visibility_class_name(right->class_id));
}

GArray *visibility_of_source(const Directory *directory, guint number)
{
    ClassCount counts[CLASS_COUNT] = {{0}};
    GArray *list = g_array_new(FALSE, FALSE, sizeof(ClassCount));

    FOR_EACH(const Entry, entry, directory_entries(directory)) {
        if (entry->source != number)
            continue;
        counts[entry->class_id].objects++;
        counts[entry->class_id].bare += sight_is_bare(entry);
    }
    for (guint i = 0; i < CLASS_COUNT; i++) {
        counts[i].class_id = (ClassId)i;
        if (counts[i].objects > 0)
            g_array_append_val(list, counts[i]);
    }
    g_array_sort(list, compare_counts);
    return list;
}
