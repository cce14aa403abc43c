/* An object that gets another name, or another place: all below it goes along, and what other
 * objects say about them follows. */
#include "base/fold.h"
#include "source/rewrite.h"
#include "source/overlay-parts.h"

#include <string.h>

/* --- one entry ---------------------------------------------------------------------------- */

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

/* Writes into the rewrite what the values of `entry` become when `from` is renamed to `to`. */
static void rewrite_follow(Rewrite *rewrite, const Entry *entry, const Dn *from, const char *to)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        g_autofree char *text = moved_text(value_dn(&entry->values[i]), from, to);

        if (text == NULL)
            continue;
        rewrite_value(rewrite, i)->length = (uint32_t)strlen(text);
        rewrite_value(rewrite, i)->data = arena_strndup(rewrite->arena, text, strlen(text));
    }
}

/* The attribute that names an object holds its new relative name; Active Directory's `name` too. */
static void rewrite_rename(Rewrite *rewrite, const Change *change, const Dn *from, const Dn *to)
{
    AttributeId naming = attribute_lookup(to->type, strlen(to->type));

    if (rewrite_count(rewrite, ATTR_name) > 0) {
        rewrite_drop(rewrite, ATTR_name);
        rewrite_add_text(rewrite, ATTR_name, to->value, change->line);
    }
    if (naming == ATTR_NONE || !attribute_table[naming].read)
        return;
    for (guint i = rewrite->values->len; i > 0; i--) {
        const RecordValue *value = rewrite_value(rewrite, i - 1);
        bool old = fold_equal(value->data, value->length, from->value, from->length);
        bool new = fold_equal(value->data, value->length, to->value, to->length);

        if (value->attribute == naming &&
            (attribute_table[naming].single || new || (old && change->delete_old_rdn)))
            g_array_remove_index(rewrite->values, i - 1);
    }
    rewrite_add_text(rewrite, naming, to->value, change->line);
}

/* An entry that moves, or that names one that does, as it will be. */
typedef struct Moved {
    char *dn;
    Rewrite rewrite;
    uint32_t source;
    uint32_t line;
    uint16_t class_id;
} Moved;

static void moved_free(gpointer data)
{
    Moved *moved = data;

    g_free(moved->dn);
    rewrite_clear(&moved->rewrite);
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
    moved->rewrite = rewrite_new();
    moved->source = renamed ? change->source : entry->source;
    moved->line = renamed ? change->line : entry->line;
    moved->class_id = entry->class_id;
    rewrite_take(&moved->rewrite, entry, !renamed);
    rewrite_follow(&moved->rewrite, entry, from, to_text);
    if (renamed)
        rewrite_rename(&moved->rewrite, change, from, to);
    return moved;
}

/* --- all of them -------------------------------------------------------------------------- */

/* All are written anew before the first old one goes: they are made of each other's names. */
static void move_subtree(Directory *directory, const Change *change, Dn *from, const Dn *to)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(moved_free);
    g_autofree char *to_text = dn_text(to);
    const GPtrArray *entries = directory_entries(directory);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) &&
            (dn_is_below(entry->dn, from) || overlay_refers_below(entry, from, false)))
            g_ptr_array_add(all, moved_new(change, entry, from, to, to_text));
    }
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);

        if (entry_is_live(entry) && dn_is_below(entry->dn, from))
            directory_remove(directory, entry->dn);
    }
    for (guint i = 0; i < all->len; i++) {
        const Moved *moved = g_ptr_array_index(all, i);

        rewrite_store(directory, &moved->rewrite, moved->dn, moved->source, moved->line,
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

GError *overlay_rename(Directory *directory, const Change *change, Dn *dn)
{
    Dn *to = new_name(directory, change, dn);
    const Dn *parent;

    if (to == NULL)
        return overlay_refusal(directory, change, change->line,
                               "cannot be renamed: the new name is no name");
    parent = to->parent;
    if (to != dn && to->entry != NULL)
        return overlay_refusal(directory, change, change->line,
                               "cannot be renamed: an object of that name exists");
    if (dn_is_below(parent, dn))
        return overlay_refusal(directory, change, change->line, "cannot be moved below itself");
    if (parent->entry == NULL && directory_covers(directory, parent))
        return overlay_refusal(directory, change, change->line,
                               "cannot be moved: the object to be above it does not exist");
    move_subtree(directory, change, dn, to);
    return NULL;
}
