/* Values added to an object, deleted and replaced. */
#include "source/rewrite.h"
#include "source/overlay-parts.h"

static GError *modify_refusal(const Directory *directory, const Change *change,
                              const Modification *modification, uint32_t line, const char *what)
{
    g_autofree char *reason = g_strdup_printf("cannot be changed: its %s %s",
                                              attribute_table[modification->attribute].name, what);

    return overlay_refusal(directory, change, line != 0 ? line : modification->line, reason);
}

static bool is_kept(const RecordValue *value)
{
    return value_is_kept((AttributeId)value->attribute, value->data, value->length);
}

static GError *add_values(Directory *directory, const Change *change,
                          const Modification *modification, Rewrite *rewrite)
{
    for (guint i = 0; i < modification->values->len; i++) {
        const RecordValue *value = &g_array_index(modification->values, RecordValue, i);

        if (!is_kept(value))
            continue;
        if (rewrite_find(directory, rewrite, value) >= 0)
            return modify_refusal(directory, change, modification, value->line,
                                  "has that value already");
        g_array_append_vals(rewrite->values, value, 1);
    }
    return NULL;
}

static GError *delete_values(Directory *directory, const Change *change,
                             const Modification *modification, Rewrite *rewrite, bool in_part)
{
    for (guint i = 0; i < modification->values->len; i++) {
        const RecordValue *value = &g_array_index(modification->values, RecordValue, i);
        int index = rewrite_find(directory, rewrite, value);

        if (index >= 0)
            g_array_remove_index(rewrite->values, (guint)index);
        else if (!in_part && is_kept(value))
            return modify_refusal(directory, change, modification, value->line,
                                  "does not have the value to be deleted");
    }
    if (modification->values->len > 0)
        return NULL;
    if (rewrite_count(rewrite, modification->attribute) == 0)
        return modify_refusal(directory, change, modification, 0, "has no value to be deleted");
    rewrite_drop(rewrite, modification->attribute);
    return NULL;
}

static GError *modify_attribute(Directory *directory, const Change *change,
                                const Modification *modification, Rewrite *rewrite, bool in_part)
{
    switch (modification->kind) {
    case MODIFICATION_DELETE:
        return delete_values(directory, change, modification, rewrite, in_part);
    case MODIFICATION_REPLACE:
        rewrite_drop(rewrite, modification->attribute);
        break;
    case MODIFICATION_ADD:
        break;
    }
    return add_values(directory, change, modification, rewrite);
}

/* The class is not kept as a value: a new objectClass can make it more derived, or another. */
static uint16_t modified_class(uint16_t class_id, const Modification *modification)
{
    ClassId id = modification->kind == MODIFICATION_REPLACE ? CLASS_NONE : (ClassId)class_id;

    for (guint i = 0; modification->kind != MODIFICATION_DELETE && i < modification->values->len;
         i++) {
        const RecordValue *value = &g_array_index(modification->values, RecordValue, i);

        id = class_most_derived(id, value->data, value->length);
    }
    return (uint16_t)id;
}

GError *overlay_modify(Directory *directory, const Change *change, Dn *dn)
{
    const Entry *entry = dn->entry;
    uint16_t class_id = entry->class_id;
    g_auto(Rewrite) rewrite = rewrite_new();

    rewrite_take(&rewrite, entry, false);
    for (guint i = 0; i < change->modifications->len; i++) {
        const Modification *modification = g_ptr_array_index(change->modifications, i);
        AttributeId attribute = modification->attribute;
        GError *problem = NULL;

        if (attribute == ATTR_objectClass)
            class_id = modified_class(class_id, modification);
        else if (attribute != ATTR_NONE)
            problem = modify_attribute(directory, change, modification, &rewrite,
                                       entry->truncated == attribute);
        if (problem == NULL && attribute_table[attribute].single &&
            rewrite_count(&rewrite, attribute) > 1)
            problem = modify_refusal(directory, change, modification, 0, "can have one value only");
        if (problem != NULL)
            return problem;
    }
    rewrite_store(directory, &rewrite, change->dn, change->source, change->line, class_id);
    return NULL;
}
