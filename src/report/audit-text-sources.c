/* The part of the text report that tells what was read from where. */
#include "report/audit-parts.h"
#include "report/visibility.h"

static const char *remark(const SourceInfo *source)
{
    if (!source->complete)
        return source->cut_off ? ", CUT OFF: nothing is called missing"
                               : ", PARTLY READ: what is missing is said below";
    return source->cut_off ? ", perhaps CUT OFF: nothing is called missing" : "";
}

static const char *fact(const SourceInfo *source, const char *key)
{
    return source->facts == NULL ? NULL : g_hash_table_lookup(source->facts, key);
}

/* "ldap://dc1: 26 entries of DC=contoso,DC=test": one server may have given several partitions. */
static char *source_text(const SourceInfo *source)
{
    const char *base = fact(source, "base");

    return g_strdup_printf("%s: %" G_GUINT64_FORMAT " %s%s%s%s", source->name, source->entries,
                           source->entries == 1 ? "entry" : "entries", base != NULL ? " of " : "",
                           base != NULL ? base : "", remark(source));
}

/* How many objects of each class came, and how many of them show nothing. */
static void write_classes(const Directory *directory, guint number, Writer *out)
{
    g_autoptr(GArray) counts = visibility_of_source(directory, number);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < counts->len; i++) {
        const ClassCount *count = &g_array_index(counts, ClassCount, i);

        g_string_append_printf(text, "%s%u %s", text->len > 0 ? ", " : "", count->objects,
                               visibility_class_name(count->class_id));
        if (count->bare > 0)
            g_string_append_printf(text, " (%u without attributes)", count->bare);
    }
    if (text->len > 0)
        writer_item(out, 0, "", text->str);
}

void audit_text_sources(const Directory *directory, Writer *out)
{
    for (guint i = 0; i < directory_source_count(directory); i++) {
        const SourceInfo *source = directory_source(directory, i);
        const char *others = fact(source, "notUsed");
        g_autofree char *text = source_text(source);

        writer_item(out, 0, i == 0 ? "Read" : "", text);
        if (others != NULL)
            writer_item(out, 0, "Not used", others);
        if (out->verbose)
            write_classes(directory, i, out);
    }
}

void audit_text_down(const Audit *audit, bool plan, Writer *out)
{
    g_autofree char *words = audit_down_words(audit, plan);

    if (words != NULL)
        writer_item(out, 0, "Down", words);
}
