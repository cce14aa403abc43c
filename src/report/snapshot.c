/* LDIF out of a directory in memory, under its own names or under invented ones. */
#include "report/snapshot.h"

#include "base/fault.h"
#include "report/ldif.h"
#include "report/pseudonym.h"

/* --- the head ----------------------------------------------------------------------------- */

static void put_fact(Writer *out, const char *name, const char *value)
{
    g_autofree char *text = g_strdup_printf("%s: %s", name, value);

    text_ldif_comment(out, text);
}

static void put_source(Writer *out, const SourceInfo *source)
{
    GList *names = NULL;

    put_fact(out, "source", source->name);
    if (source->facts != NULL)
        names = g_list_sort(g_hash_table_get_keys(source->facts), (GCompareFunc)g_strcmp0);
    for (GList *name = names; name != NULL; name = name->next)
        put_fact(out, name->data, g_hash_table_lookup(source->facts, name->data));
    g_list_free(names);
}

static bool was_searched(const Directory *directory)
{
    for (guint i = 0; i < directory_source_count(directory); i++)
        if (!directory_source(directory, i)->searched)
            return false;
    return true;
}

static void put_head(Writer *out, const Directory *directory, bool pseudonymize)
{
    if (pseudonymize)
        text_ldif_comment(out, "All names are invented (adtopo snapshot --pseudonymize).");
    for (guint i = 0; !pseudonymize && i < directory_source_count(directory); i++)
        put_source(out, directory_source(directory, i));
    if (was_searched(directory))
        text_ldif_comment(out, SEARCHED_REMARK);
    text_ldif_begin(out);
}

/* --- entries ------------------------------------------------------------------------------ */

static void put_classes(Writer *out, ClassId id)
{
    if (id == CLASS_NONE)
        return;
    put_classes(out, class_table[id].superior);
    text_ldif_string(out, "objectClass", class_table[id].name);
}

static void put_value(Writer *out, Pseudonyms *pseudonyms, AttributeId attribute,
                      const Value *value)
{
    const char *name = attribute_table[attribute].name;
    g_autoptr(GString) invented = NULL;

    if (pseudonyms == NULL) {
        text_ldif_value(out, name, value);
        return;
    }
    invented = g_string_new(NULL);
    pseudonym_value(pseudonyms, attribute, value, invented);
    text_ldif_line(out, name, invented->str, invented->len);
}

static void put_entry(Writer *out, Pseudonyms *pseudonyms, const Entry *entry)
{
    text_ldif_dn(out, "dn", pseudonyms != NULL ? pseudonym_dn(pseudonyms, entry->dn) : entry->dn);
    put_classes(out, (ClassId)entry->class_id);
    for (uint32_t i = 0; i < entry->count; i++)
        put_value(out, pseudonyms, (AttributeId)entry->attributes[i], &entry->values[i]);
    writer_put(out, "\n");
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool check_whole(const Directory *directory, GError **error)
{
    for (guint i = 0; i < directory_source_count(directory); i++) {
        const SourceInfo *source = directory_source(directory, i);

        if (source->complete && !source->cut_off)
            continue;
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s was %s, and a snapshot of it would look whole: nothing was "
                    "written; audit it to see what is missing",
                    source->name, source->complete ? "perhaps cut off" : "read in part only");
        return false;
    }
    return true;
}

bool snapshot_write(const Directory *directory, bool pseudonymize, Sink sink, void *closure,
                    GError **error)
{
    g_autoptr(Pseudonyms) pseudonyms = NULL;
    Writer out;

    if (!check_whole(directory, error))
        return false;
    if (pseudonymize)
        pseudonyms = pseudonyms_new(directory);
    writer_open(&out, NULL, sink, closure);
    put_head(&out, directory, pseudonymize);
    FOR_EACH(const Entry, entry, directory_entries(directory))
        put_entry(&out, pseudonyms, entry);
    return writer_close(&out, error);
}

bool snapshot_write_map(const Directory *directory, Sink sink, void *closure, GError **error)
{
    g_autoptr(Pseudonyms) pseudonyms = pseudonyms_new(directory);
    Writer out;

    writer_open(&out, NULL, sink, closure);
    pseudonyms_write_map(pseudonyms, &out);
    return writer_close(&out, error);
}
