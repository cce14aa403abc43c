/* LDIF out of a directory in memory. */
#include "report/snapshot.h"

#include "base/fault.h"
#include "report/writer.h"

#include <string.h>

/* --- lines -------------------------------------------------------------------------------- */

/* RFC 2849's SAFE-STRING; a blank at the end would not survive an editor. */
static bool is_safe(const char *bytes, uint32_t length)
{
    if (length == 0)
        return true;
    if (strchr(" :<", bytes[0]) != NULL || bytes[length - 1] == ' ')
        return false;
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] < ' ' || bytes[i] == 0x7f) /* negative beyond ASCII where char is signed */
            return false;
    return true;
}

static bool is_ascii(const char *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if ((bytes[i] & 0x80) != 0)
            return false;
    return true;
}

static void put_line(Writer *out, const char *name, const char *bytes, uint32_t length)
{
    if (is_ascii(bytes, length) && is_safe(bytes, length)) {
        writer_print(out, "%s: %.*s\n", name, (int)length, bytes);
    } else {
        g_autofree char *encoded = g_base64_encode((const guchar *)bytes, length);

        writer_print(out, "%s:: %s\n", name, encoded);
    }
}

static void put_text(Writer *out, const char *name, const char *text)
{
    put_line(out, name, text, (uint32_t)strlen(text));
}

/* A comment may hold hostile text: in the form of a value it stays on its line. */
static void put_comment(Writer *out, const char *name, const char *text)
{
    writer_put(out, "# ");
    put_text(out, name, text);
}

/* --- the head ----------------------------------------------------------------------------- */

static void put_source(Writer *out, const SourceInfo *source)
{
    GList *names = NULL;

    put_comment(out, "source", source->name);
    if (source->facts != NULL)
        names = g_list_sort(g_hash_table_get_keys(source->facts), (GCompareFunc)g_strcmp0);
    for (GList *name = names; name != NULL; name = name->next)
        put_comment(out, name->data, g_hash_table_lookup(source->facts, name->data));
    g_list_free(names);
}

/* --- entries ------------------------------------------------------------------------------ */

static void put_classes(Writer *out, ClassId id)
{
    if (id == CLASS_NONE)
        return;
    put_classes(out, class_table[id].superior);
    put_text(out, "objectClass", class_table[id].name);
}

static void put_value(Writer *out, const char *name, const Value *value)
{
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    if (value_dn(value) != NULL) {
        g_autofree char *text = dn_text(value_dn(value));

        put_text(out, name, text);
    } else {
        put_line(out, name, bytes != NULL ? bytes : "", length);
    }
}

static void put_entry(Writer *out, const Entry *entry)
{
    g_autofree char *name = dn_text(entry->dn);

    writer_put(out, "\n");
    put_text(out, "dn", name);
    put_classes(out, (ClassId)entry->class_id);
    for (uint32_t i = 0; i < entry->count; i++)
        put_value(out, attribute_table[entry->attributes[i]].name, &entry->values[i]);
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool check_whole(const Directory *directory, GError **error)
{
    for (guint i = 0; i < directory_source_count(directory); i++) {
        const SourceInfo *source = directory_source(directory, i);

        if (source->complete)
            continue;
        g_set_error(error, FAULT, FAULT_SOURCE,
                    "%s was read in part only, and a snapshot of it would look whole: nothing was "
                    "written; audit it to see what is missing",
                    source->name);
        return false;
    }
    return true;
}

bool snapshot_write(const Directory *directory, Sink sink, void *closure, GError **error)
{
    const GPtrArray *entries = directory_entries(directory);
    Writer out;

    if (!check_whole(directory, error))
        return false;
    writer_open(&out, NULL, sink, closure);
    for (guint i = 0; i < directory_source_count(directory); i++)
        put_source(&out, directory_source(directory, i));
    writer_put(&out, "version: 1\n");
    FOR_EACH(const Entry, entry, entries)
        put_entry(&out, entry);
    return writer_close(&out, error);
}
