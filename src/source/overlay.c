/*
 * Changes laid over a directory, one after the other: additions and deletions here, the rest in
 * overlay-modify.c and overlay-rename.c.
 */
#include "source/overlay.h"

#include "base/fault.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "source/rewrite.h"
#include "source/overlay-parts.h"

#include <string.h>

enum { CANDIDATES_SHOWN = 5 };

GError *overlay_refusal(const Directory *directory, const Change *change, uint32_t line,
                        const char *reason)
{
    const char *file = directory_source(directory, change->source)->name;
    g_autofree char *place = line == 0 ? g_strdup(file)
                                       : g_strdup_printf("%s: line %u", file, line);

    return g_error_new(FAULT, FAULT_SOURCE, "%s: %s %s", place, change->dn, reason);
}

bool overlay_refers_below(const Entry *entry, const Dn *dn, bool linked_only)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        const Dn *value = value_dn(&entry->values[i]);

        if (linked_only && attribute_table[entry->attributes[i]].link < 0)
            continue;
        if (value != NULL && dn_is_below(value, dn))
            return true;
    }
    return false;
}

/* --- add and delete ----------------------------------------------------------------------- */

static void unlink_entry(Directory *directory, const Entry *entry, const Dn *gone)
{
    g_auto(Rewrite) rewrite = rewrite_new();
    g_autofree char *dn = dn_text(entry->dn);

    for (uint32_t i = 0; i < entry->count; i++) {
        const Dn *value = value_dn(&entry->values[i]);
        bool linked = attribute_table[entry->attributes[i]].link >= 0;
        RecordValue copy = rewrite_copy(&rewrite, entry, i, true);

        if (!linked || value == NULL || !dn_is_below(value, gone))
            g_array_append_val(rewrite.values, copy);
    }
    rewrite_store(directory, &rewrite, dn, entry->source, entry->line, entry->class_id);
}

/* Takes out an object, all below it, and the linked values that name any of them. */
static void remove_subtree(Directory *directory, Dn *dn)
{
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && dn_is_below(entry->dn, dn))
            directory_remove(directory, entry->dn);
    }
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && overlay_refers_below(entry, dn, true))
            unlink_entry(directory, entry, dn);
    }
}

static GError *apply_add(Directory *directory, const Change *change, Dn *dn)
{
    g_auto(Rewrite) rewrite = rewrite_new();

    if (dn->entry != NULL)
        return overlay_refusal(directory, change, change->line,
                               "exists already and cannot be added");
    if (dn->parent->entry == NULL && directory_covers(directory, dn->parent))
        return overlay_refusal(directory, change, change->line,
                               "cannot be added: the object above it does not exist");
    g_array_append_vals(rewrite.values, change->values->data, change->values->len);
    rewrite_store(directory, &rewrite, change->dn, change->source, change->line, change->class_id);
    return NULL;
}

static guint count_below(const Directory *directory, const Dn *dn)
{
    const GPtrArray *entries = directory_entries(directory);
    guint count = 0;

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && entry->dn != dn && dn_is_below(entry->dn, dn))
            count++;
    }
    return count;
}

static GError *apply_delete(Directory *directory, const Change *change, Dn *dn)
{
    guint below = count_below(directory, dn);
    g_autofree char *reason = NULL;

    if (below == 0) {
        remove_subtree(directory, dn);
        return NULL;
    }
    reason = g_strdup_printf("cannot be deleted: %u objects are below it", below);
    return overlay_refusal(directory, change, change->line, reason);
}

/* --- in order ----------------------------------------------------------------------------- */

static GError *apply_change(Directory *directory, const Change *change)
{
    Dn *dn = dn_intern(directory_names(directory), change->dn, change->dn_length, NULL);

    if (dn == NULL || dn->parent == NULL)
        return overlay_refusal(directory, change, change->line, "is not the name of an object");
    if (change->kind == CHANGE_ADD)
        return apply_add(directory, change, dn);
    if (dn->entry == NULL)
        return overlay_refusal(directory, change, change->line, "does not exist");
    switch (change->kind) {
    case CHANGE_DELETE:
        return apply_delete(directory, change, dn);
    case CHANGE_MODIFY:
        return overlay_modify(directory, change, dn);
    case CHANGE_RENAME:
        return overlay_rename(directory, change, dn);
    case CHANGE_ADD:
        break;
    }
    return NULL;
}

bool overlay_apply(Directory *directory, const GPtrArray *changes, GError **error)
{
    for (guint i = 0; i < changes->len; i++) {
        GError *problem = apply_change(directory, g_ptr_array_index(changes, i));

        if (problem == NULL)
            continue;
        g_propagate_error(error, problem);
        return false;
    }
    return true;
}

/* --- one object by name ------------------------------------------------------------------- */

static gint compare_candidates(gconstpointer a, gconstpointer b)
{
    const Dn *const *left = a;
    const Dn *const *right = b;

    return dn_compare(*left, *right);
}

/* The objects whose relative name is `name`, in the order of names. */
static GPtrArray *find_named(const Directory *directory, const char *name)
{
    const GPtrArray *entries = directory_entries(directory);
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) &&
            fold_equal(entry->dn->value, entry->dn->length, name, strlen(name)))
            g_ptr_array_add(found, entry->dn);
    }
    g_ptr_array_sort(found, compare_candidates);
    return found;
}

/* A server's computer account bears its name: where one other object does, that one is meant. */
static void drop_accounts(GPtrArray *found)
{
    guint others = 0;

    for (guint i = 0; i < found->len; i++)
        others += ((const Dn *)found->pdata[i])->entry->class_id != CLASS_computer;
    for (guint i = found->len; others == 1 && i-- > 0;)
        if (((const Dn *)found->pdata[i])->entry->class_id == CLASS_computer)
            g_ptr_array_remove_index(found, i);
}

static void fail_ambiguous(const char *name, const GPtrArray *found, GError **error)
{
    g_autoptr(GString) shown = g_string_new(NULL);

    for (guint i = 0; i < MIN(found->len, CANDIDATES_SHOWN); i++) {
        g_autofree char *text = dn_text(g_ptr_array_index(found, i));

        g_string_append_printf(shown, "%s%s", i > 0 ? "; " : "", text);
    }
    g_set_error(error, FAULT, FAULT_USAGE,
                "\"%s\" is the name of %u objects; give the distinguished name of one: %s%s", name,
                found->len, shown->str, found->len > CANDIDATES_SHOWN ? "; and others" : "");
}

static void fail_unknown(const Directory *directory, const char *name, GError **error)
{
    const GPtrArray *entries = directory_entries(directory);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *hint = NULL;

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry))
            g_ptr_array_add(names, (gpointer)entry->dn->value);
    }
    hint = nearest_hint(name, names);
    g_set_error(error, FAULT, FAULT_USAGE,
                "no object is called \"%s\"%s; give its name or its distinguished name", name,
                hint);
}

bool overlay_remove(Directory *directory, const char *name, GError **error)
{
    Dn *dn = dn_find(directory_names(directory), name, strlen(name));
    g_autoptr(GPtrArray) found = NULL;

    if (dn != NULL && dn->entry != NULL) {
        remove_subtree(directory, dn);
        return true;
    }
    found = find_named(directory, name);
    drop_accounts(found);
    if (found->len == 1) {
        remove_subtree(directory, g_ptr_array_index(found, 0));
        return true;
    }
    if (found->len == 0)
        fail_unknown(directory, name, error);
    else
        fail_ambiguous(name, found, error);
    return false;
}
