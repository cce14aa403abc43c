/*
 * Changes laid over a directory. An entry is changed by writing its record anew and admitting that
 * in its place, so that there is one way only from values to an entry.
 */
#include "source/overlay.h"

#include "base/fault.h"
#include "base/fold.h"
#include "source/change.h"

#include <string.h>

enum { CANDIDATES_SHOWN = 5 };

/* A record in the making. */
typedef struct Draft {
    Arena *arena;
    GArray *values; /* of RecordValue */
} Draft;

static Draft draft_new(void)
{
    return (Draft){arena_new(), g_array_new(FALSE, FALSE, sizeof(RecordValue))};
}

static void draft_clear(Draft *draft)
{
    g_array_unref(draft->values);
    arena_free(draft->arena);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draft, draft_clear)

static RecordValue *draft_value(const Draft *draft, guint index)
{
    return &g_array_index(draft->values, RecordValue, index);
}

static bool is_live(const Entry *entry)
{
    return entry->dn->entry == entry;
}

/* Why a change cannot be made; `reason` goes on behind the object's name. */
static GError *refusal(const Directory *directory, const Change *change, uint32_t line,
                       const char *reason)
{
    const char *file = directory_source(directory, change->source)->name;

    return g_error_new(FAULT, FAULT_SOURCE, "%s: line %u: %s %s", file, line, change->dn, reason);
}

/* --- values ------------------------------------------------------------------------------- */

static RecordValue value_of(const Draft *draft, const Entry *entry, uint32_t index, bool lines)
{
    const Value *value = &entry->values[index];
    Dn *dn = value_dn(value);
    RecordValue copy = {
        .attribute = entry->attributes[index],
        .line = lines ? value->line : 0,
        .truncated = entry->attributes[index] == entry->truncated,
        .stable = dn == NULL,
    };

    if (dn != NULL) {
        g_autofree char *text = dn_text(dn);

        copy.length = (uint32_t)strlen(text);
        copy.data = arena_strndup(draft->arena, text, copy.length);
    } else {
        copy.data = value_bytes(value, &copy.length);
    }
    return copy;
}

/* Takes an entry's values into the draft, with the lines of its source or without. */
static void draft_take(Draft *draft, const Entry *entry, bool lines)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        RecordValue value = value_of(draft, entry, i, lines);

        g_array_append_val(draft->values, value);
    }
}

static bool same_name(Directory *directory, const RecordValue *a, const RecordValue *b)
{
    DnTable *names = directory_names(directory);
    Dn *left = dn_intern(names, a->data, a->length, NULL);

    return left != NULL && left == dn_intern(names, b->data, b->length, NULL);
}

/* Values are compared as their syntax says: names as names, strings without regard to case. */
static bool same_value(Directory *directory, const RecordValue *a, const RecordValue *b)
{
    if (a->attribute != b->attribute)
        return false;
    if (a->length == b->length && memcmp(a->data, b->data, a->length) == 0)
        return true;
    switch (attribute_table[a->attribute].syntax) {
    case SYNTAX_DN:
        return same_name(directory, a, b);
    case SYNTAX_STRING:
    case SYNTAX_BOOLEAN:
        return fold_equal(a->data, a->length, b->data, b->length);
    default:
        return false;
    }
}

static int find_value(Directory *directory, const Draft *draft, const RecordValue *wanted)
{
    for (guint i = 0; i < draft->values->len; i++)
        if (same_value(directory, draft_value(draft, i), wanted))
            return (int)i;
    return -1;
}

static guint count_values(const Draft *draft, AttributeId attribute)
{
    guint count = 0;

    for (guint i = 0; i < draft->values->len; i++)
        count += draft_value(draft, i)->attribute == attribute ? 1 : 0;
    return count;
}

static void drop_values(Draft *draft, AttributeId attribute)
{
    for (guint i = draft->values->len; i > 0; i--)
        if (draft_value(draft, i - 1)->attribute == attribute)
            g_array_remove_index(draft->values, i - 1);
}

static void add_text(Draft *draft, AttributeId attribute, const char *text, uint32_t line)
{
    RecordValue value = {
        .data = arena_strndup(draft->arena, text, strlen(text)),
        .length = (uint32_t)strlen(text),
        .line = line,
        .attribute = (uint16_t)attribute,
    };

    g_array_append_val(draft->values, value);
}

/* Puts the draft in place of the entry of that name, or makes it one. */
static void draft_store(Directory *directory, const Draft *draft, const char *dn, uint32_t source,
                        uint32_t line, uint16_t class_id)
{
    Record record = {
        .dn = dn,
        .dn_length = (uint32_t)strlen(dn),
        .line = line,
        .values = (const RecordValue *)(void *)draft->values->data,
        .count = draft->values->len,
        .class_id = class_id,
        .overlaid = true,
    };

    directory_replace(directory, source, &record);
}

/* --- references to a changed object ------------------------------------------------------- */

/* A name at or below `from` as it is called when `from` is called `to`; NULL when it is elsewhere.
 * The end of its text is the text of `from`, because both are printed from the same names. */
static char *moved_text(const Dn *dn, const Dn *from, const char *to)
{
    g_autofree char *whole = NULL;
    g_autofree char *tail = NULL;

    if (dn == NULL || !dn_is_below(dn, from))
        return NULL;
    whole = dn_text(dn);
    tail = dn_text(from);
    whole[strlen(whole) - strlen(tail)] = '\0';
    return g_strconcat(whole, to, NULL);
}

static bool refers_below(const Entry *entry, const Dn *dn, bool linked_only)
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

/* Writes into the draft what the values of `entry` become when `from` is renamed to `to`. */
static void draft_follow(Draft *draft, const Entry *entry, const Dn *from, const char *to)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        g_autofree char *text = moved_text(value_dn(&entry->values[i]), from, to);

        if (text == NULL)
            continue;
        draft_value(draft, i)->length = (uint32_t)strlen(text);
        draft_value(draft, i)->data = arena_strndup(draft->arena, text, strlen(text));
    }
}

static void unlink_entry(Directory *directory, const Entry *entry, const Dn *gone)
{
    g_auto(Draft) draft = draft_new();
    g_autofree char *dn = dn_text(entry->dn);

    for (uint32_t i = 0; i < entry->count; i++) {
        const Dn *value = value_dn(&entry->values[i]);
        bool linked = attribute_table[entry->attributes[i]].link >= 0;
        RecordValue copy = value_of(&draft, entry, i, true);

        if (!linked || value == NULL || !dn_is_below(value, gone))
            g_array_append_val(draft.values, copy);
    }
    draft_store(directory, &draft, dn, entry->source, entry->line, entry->class_id);
}

/* Takes out an object, all below it, and the linked values that name any of them. */
static void remove_subtree(Directory *directory, Dn *dn)
{
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (is_live(entry) && dn_is_below(entry->dn, dn))
            directory_remove(directory, entry->dn);
    }
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (is_live(entry) && refers_below(entry, dn, true))
            unlink_entry(directory, entry, dn);
    }
}

/* --- add and delete ----------------------------------------------------------------------- */

static GError *apply_add(Directory *directory, const Change *change, Dn *dn)
{
    g_auto(Draft) draft = draft_new();

    if (dn->entry != NULL)
        return refusal(directory, change, change->line, "exists already and cannot be added");
    if (dn->parent->entry == NULL && directory_covers(directory, dn->parent))
        return refusal(directory, change, change->line,
                       "cannot be added: the object above it does not exist");
    g_array_append_vals(draft.values, change->values->data, change->values->len);
    draft_store(directory, &draft, change->dn, change->source, change->line, change->class_id);
    return NULL;
}

static guint count_below(const Directory *directory, const Dn *dn)
{
    const GPtrArray *entries = directory_entries(directory);
    guint count = 0;

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (is_live(entry) && entry->dn != dn && dn_is_below(entry->dn, dn))
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
    return refusal(directory, change, change->line, reason);
}

/* --- modify ------------------------------------------------------------------------------- */

static GError *modify_refusal(const Directory *directory, const Change *change,
                              const Modification *modification, uint32_t line, const char *what)
{
    g_autofree char *reason = g_strdup_printf("cannot be changed: its %s %s",
                                              attribute_table[modification->attribute].name, what);

    return refusal(directory, change, line != 0 ? line : modification->line, reason);
}

static bool is_kept(const RecordValue *value)
{
    return value_is_kept((AttributeId)value->attribute, value->data, value->length);
}

static GError *add_values(Directory *directory, const Change *change,
                          const Modification *modification, Draft *draft)
{
    for (guint i = 0; i < modification->values->len; i++) {
        const RecordValue *value = &g_array_index(modification->values, RecordValue, i);

        if (!is_kept(value))
            continue;
        if (find_value(directory, draft, value) >= 0)
            return modify_refusal(directory, change, modification, value->line,
                                  "has that value already");
        g_array_append_vals(draft->values, value, 1);
    }
    return NULL;
}

static GError *delete_values(Directory *directory, const Change *change,
                             const Modification *modification, Draft *draft, bool in_part)
{
    for (guint i = 0; i < modification->values->len; i++) {
        const RecordValue *value = &g_array_index(modification->values, RecordValue, i);
        int index = find_value(directory, draft, value);

        if (index >= 0)
            g_array_remove_index(draft->values, (guint)index);
        else if (!in_part && is_kept(value))
            return modify_refusal(directory, change, modification, value->line,
                                  "does not have the value to be deleted");
    }
    if (modification->values->len > 0)
        return NULL;
    if (count_values(draft, modification->attribute) == 0)
        return modify_refusal(directory, change, modification, 0, "has no value to be deleted");
    drop_values(draft, modification->attribute);
    return NULL;
}

static GError *modify_attribute(Directory *directory, const Change *change,
                                const Modification *modification, Draft *draft, bool in_part)
{
    switch (modification->kind) {
    case MODIFICATION_DELETE:
        return delete_values(directory, change, modification, draft, in_part);
    case MODIFICATION_REPLACE:
        drop_values(draft, modification->attribute);
        break;
    case MODIFICATION_ADD:
        break;
    }
    return add_values(directory, change, modification, draft);
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

static GError *apply_modify(Directory *directory, const Change *change, Dn *dn)
{
    const Entry *entry = dn->entry;
    uint16_t class_id = entry->class_id;
    g_auto(Draft) draft = draft_new();

    draft_take(&draft, entry, false);
    for (guint i = 0; i < change->modifications->len; i++) {
        const Modification *modification = g_ptr_array_index(change->modifications, i);
        AttributeId attribute = modification->attribute;
        GError *problem = NULL;

        if (attribute == ATTR_objectClass)
            class_id = modified_class(class_id, modification);
        else if (attribute != ATTR_NONE)
            problem = modify_attribute(directory, change, modification, &draft,
                                       entry->truncated == attribute);
        if (problem == NULL && attribute_table[attribute].single &&
            count_values(&draft, attribute) > 1)
            problem = modify_refusal(directory, change, modification, 0, "can have one value only");
        if (problem != NULL)
            return problem;
    }
    draft_store(directory, &draft, change->dn, change->source, change->line, class_id);
    return NULL;
}

/* --- rename ------------------------------------------------------------------------------- */

/* The attribute that names an object holds its new relative name; Active Directory's `name` too. */
static void draft_rename(Draft *draft, const Change *change, const Dn *from, const Dn *to)
{
    AttributeId naming = attribute_lookup(to->type, strlen(to->type));

    if (count_values(draft, ATTR_name) > 0) {
        drop_values(draft, ATTR_name);
        add_text(draft, ATTR_name, to->value, change->line);
    }
    if (naming == ATTR_NONE || !attribute_table[naming].read)
        return;
    for (guint i = draft->values->len; i > 0; i--) {
        const RecordValue *value = draft_value(draft, i - 1);
        bool old = fold_equal(value->data, value->length, from->value, from->length);
        bool new = fold_equal(value->data, value->length, to->value, to->length);

        if (value->attribute == naming &&
            (attribute_table[naming].single || new || (old && change->delete_old_rdn)))
            g_array_remove_index(draft->values, i - 1);
    }
    add_text(draft, naming, to->value, change->line);
}

/* An entry that moves, or that names one that does, as it will be. */
typedef struct Moved {
    char *dn;
    Draft draft;
    uint32_t source;
    uint32_t line;
    uint16_t class_id;
} Moved;

static void moved_free(gpointer data)
{
    Moved *moved = data;

    g_free(moved->dn);
    draft_clear(&moved->draft);
    g_free(moved);
}

static Moved *moved_new(const Change *change, const Entry *entry, const Dn *from, const Dn *to,
                        const char *to_text)
{
    Moved *moved = g_new0(Moved, 1);
    bool renamed = entry->dn == from;

    moved->dn = moved_text(entry->dn, from, to_text);
    if (moved->dn == NULL)
        moved->dn = dn_text(entry->dn);
    moved->draft = draft_new();
    moved->source = renamed ? change->source : entry->source;
    moved->line = renamed ? change->line : entry->line;
    moved->class_id = entry->class_id;
    draft_take(&moved->draft, entry, !renamed);
    draft_follow(&moved->draft, entry, from, to_text);
    if (renamed)
        draft_rename(&moved->draft, change, from, to);
    return moved;
}

/* All are written anew before the first old one goes: they are made of each other's names. */
static void move_subtree(Directory *directory, const Change *change, Dn *from, const Dn *to)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(moved_free);
    g_autofree char *to_text = dn_text(to);
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (is_live(entry) && (dn_is_below(entry->dn, from) || refers_below(entry, from, false)))
            g_ptr_array_add(all, moved_new(change, entry, from, to, to_text));
    }
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (is_live(entry) && dn_is_below(entry->dn, from))
            directory_remove(directory, entry->dn);
    }
    for (guint i = 0; i < all->len; i++) {
        const Moved *moved = g_ptr_array_index(all, i);

        draft_store(directory, &moved->draft, moved->dn, moved->source, moved->line,
                    moved->class_id);
    }
}

/* The name that a rename leads to, spelt as the change spells it; NULL when it is none. */
static Dn *new_name(Directory *directory, const Change *change, const Dn *dn)
{
    DnTable *names = directory_names(directory);
    g_autofree char *parent = NULL;
    g_autofree char *text = NULL;
    Dn *to;

    parent = change->new_superior != NULL ? g_strdup(change->new_superior) : dn_text(dn->parent);
    text = g_strconcat(change->new_rdn, *parent != '\0' ? "," : "", parent, NULL);
    to = dn_intern(names, text, strlen(text), NULL);
    if (to == NULL || to->parent == NULL)
        return NULL;
    to->spelt = false;
    return dn_intern_record(names, text, strlen(text), NULL);
}

static GError *apply_rename(Directory *directory, const Change *change, Dn *dn)
{
    Dn *to = new_name(directory, change, dn);
    const Dn *parent;

    if (to == NULL)
        return refusal(directory, change, change->line,
                       "cannot be renamed: the new name is no name");
    parent = to->parent;
    if (to != dn && to->entry != NULL)
        return refusal(directory, change, change->line,
                       "cannot be renamed: an object of that name exists");
    if (dn_is_below(parent, dn))
        return refusal(directory, change, change->line, "cannot be moved below itself");
    if (parent->entry == NULL && directory_covers(directory, parent))
        return refusal(directory, change, change->line,
                       "cannot be moved: the object to be above it does not exist");
    move_subtree(directory, change, dn, to);
    return NULL;
}

/* --- in order ----------------------------------------------------------------------------- */

static GError *apply_change(Directory *directory, const Change *change)
{
    Dn *dn = dn_intern(directory_names(directory), change->dn, change->dn_length, NULL);

    if (dn == NULL || dn->parent == NULL)
        return refusal(directory, change, change->line, "is not the name of an object");
    if (change->kind == CHANGE_ADD)
        return apply_add(directory, change, dn);
    if (dn->entry == NULL)
        return refusal(directory, change, change->line, "does not exist");
    switch (change->kind) {
    case CHANGE_DELETE:
        return apply_delete(directory, change, dn);
    case CHANGE_MODIFY:
        return apply_modify(directory, change, dn);
    case CHANGE_RENAME:
        return apply_rename(directory, change, dn);
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

        if (is_live(entry) && fold_equal(entry->dn->value, entry->dn->length, name, strlen(name)))
            g_ptr_array_add(found, entry->dn);
    }
    g_ptr_array_sort(found, compare_candidates);
    return found;
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

bool overlay_remove(Directory *directory, const char *name, GError **error)
{
    Dn *dn = dn_find(directory_names(directory), name, strlen(name));
    g_autoptr(GPtrArray) found = NULL;

    if (dn != NULL && dn->entry != NULL) {
        remove_subtree(directory, dn);
        return true;
    }
    found = find_named(directory, name);
    if (found->len == 1) {
        remove_subtree(directory, g_ptr_array_index(found, 0));
        return true;
    }
    if (found->len == 0)
        g_set_error(error, FAULT, FAULT_USAGE,
                    "no object is called \"%s\"; give its name or its distinguished name", name);
    else
        fail_ambiguous(name, found, error);
    return false;
}
