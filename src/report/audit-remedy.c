/*
 * Findings as changes that repair them: one LDIF file that makes the changes, and one that takes
 * them back, in the opposite order. Each change says which finding it is for. Findings that no
 * plain change repairs are there as comments with what is to be done, so that the file is the
 * whole list of work.
 */
#include "report/audit-formats.h"
#include "report/ldif.h"
#include "rules/fix.h"

/* A change, and the finding that it is for. */
typedef struct Step {
    Fix fix;
    const Finding *finding;
} Step;

static bool is_planned(const GArray *steps, const Fix *fix)
{
    for (guint i = 0; i < steps->len; i++)
        if (fix_equal(&g_array_index(steps, Step, i).fix, fix))
            return true;
    return false;
}

static bool is_deleted(const GArray *steps, const Entry *entry)
{
    for (guint i = 0; i < steps->len; i++) {
        const Fix *fix = &g_array_index(steps, Step, i).fix;

        if (fix->kind == FIX_DELETE_OBJECT && fix->entry == entry)
            return true;
    }
    return false;
}

/* An object that goes needs no other change. */
static void drop_needless(GArray *steps)
{
    for (guint i = steps->len; i-- > 0;) {
        const Fix *fix = &g_array_index(steps, Step, i).fix;

        if (fix->kind != FIX_DELETE_OBJECT && is_deleted(steps, fix->entry))
            g_array_remove_index(steps, i);
    }
}

/* Every change once, though several findings may want it. Accepted findings want none. */
static GArray *plan_steps(const Audit *audit, GPtrArray *unplanned)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));

    FOR_EACH(Finding, finding, audit->findings) {
        g_autoptr(GArray) fixes = NULL;

        if (finding->waiver != NULL)
            continue;
        fixes = fixes_of(audit, finding);
        for (guint i = 0; i < fixes->len; i++) {
            Step step = {.fix = g_array_index(fixes, Fix, i), .finding = finding};

            if (!is_planned(steps, &step.fix))
                g_array_append_val(steps, step);
        }
        if (fixes->len == 0 && finding->severity > SEVERITY_INFO)
            g_ptr_array_add(unplanned, finding);
    }
    drop_needless(steps);
    return steps;
}

static void write_subject(const Finding *finding, Writer *out)
{
    g_autofree char *text = g_strdup_printf("%s %s: %s", finding->rule->id, finding->fingerprint,
                                            finding->message);

    text_ldif_comment(out, text);
}

/* --- change records ----------------------------------------------------------------------- */

static const char *name_of(const Fix *fix)
{
    return attribute_table[fix->attribute].name;
}

static void begin_change(const Fix *fix, const char *type, Writer *out)
{
    text_ldif_dn(out, "dn", fix->entry->dn);
    text_ldif_string(out, "changetype", type);
}

static void write_clause(const char *operation, const Fix *fix, const Value *value, const Dn *name,
                         Writer *out)
{
    begin_change(fix, "modify", out);
    text_ldif_string(out, operation, name_of(fix));
    if (name != NULL)
        text_ldif_dn(out, name_of(fix), name);
    else if (value != NULL)
        text_ldif_value(out, name_of(fix), value);
    writer_put(out, "-\n\n");
}

static void write_do(const Fix *fix, Writer *out)
{
    switch (fix->kind) {
    case FIX_ADD_VALUE:
        write_clause("add", fix, NULL, fix->name, out);
        break;
    case FIX_DELETE_VALUE:
        write_clause("delete", fix, fix->old, NULL, out);
        break;
    case FIX_REPLACE:
        write_clause("replace", fix, NULL, fix->name, out);
        break;
    case FIX_DELETE_OBJECT:
        begin_change(fix, "delete", out);
        writer_put(out, "\n");
        break;
    }
}

/* What the directory itself keeps (MS-ADTS 3.1.1.5.2.1) may not be given when an object is added;
 * nor may back links, which are the other end of a value elsewhere. */
static bool is_kept_by_directory(AttributeId attribute)
{
    static const AttributeId kept[] = {ATTR_objectGUID, ATTR_whenCreated, ATTR_whenChanged,
                                       ATTR_uSNChanged, ATTR_distinguishedName};

    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        if (kept[i] == attribute)
            return true;
    return attribute_table[attribute].link > 0 && attribute_table[attribute].link % 2 == 1;
}

/* From the root of the classes downwards, as Active Directory shows them. */
static void write_classes(ClassId id, Writer *out)
{
    if (id == CLASS_NONE)
        return;
    write_classes(class_table[id].superior, out);
    text_ldif_string(out, "objectClass", class_table[id].name);
}

static void write_add_again(const Entry *entry, Writer *out)
{
    text_ldif_comment(out, "The object as it was read: attributes that adtopo does not know are "
                           "missing, and it gets a new objectGUID. Prefer a restore.");
    text_ldif_dn(out, "dn", entry->dn);
    text_ldif_string(out, "changetype", "add");
    write_classes((ClassId)entry->class_id, out);
    for (guint i = 0; i < entry->count; i++)
        if (!is_kept_by_directory((AttributeId)entry->attributes[i]))
            text_ldif_value(out, attribute_table[entry->attributes[i]].name, &entry->values[i]);
    writer_put(out, "\n");
}

static void write_old_values(const Fix *fix, Writer *out)
{
    guint count;
    const Value *values = entry_values(fix->entry, fix->attribute, &count);

    begin_change(fix, "modify", out);
    text_ldif_string(out, count > 0 ? "replace" : "delete", name_of(fix));
    for (guint i = 0; i < count; i++)
        text_ldif_value(out, name_of(fix), &values[i]);
    writer_put(out, "-\n\n");
}

static void write_undo(const Fix *fix, Writer *out)
{
    switch (fix->kind) {
    case FIX_ADD_VALUE:
        write_clause("delete", fix, NULL, fix->name, out);
        break;
    case FIX_DELETE_VALUE:
        write_clause("add", fix, fix->old, NULL, out);
        break;
    case FIX_REPLACE:
        write_old_values(fix, out);
        break;
    case FIX_DELETE_OBJECT:
        write_add_again(fix->entry, out);
        break;
    }
}

/* --- the files ---------------------------------------------------------------------------- */

static void write_unplanned(const GPtrArray *unplanned, Writer *out)
{
    if (unplanned->len > 0)
        text_ldif_comment(out, "What no plain change of values repairs:");
    FOR_EACH(const Finding, finding, unplanned) {
        const char *remedy = finding->remedy != NULL ? finding->remedy : finding->rule->remedy;
        g_autofree char *text = g_strdup_printf("  To do: %s", remedy);

        writer_put(out, "#\n");
        write_subject(finding, out);
        text_ldif_comment(out, text);
    }
}

void audit_write_remedy(const Audit *audit, Writer *out)
{
    g_autoptr(GPtrArray) unplanned = g_ptr_array_new();
    g_autoptr(GArray) steps = plan_steps(audit, unplanned);

    text_ldif_comment(out, "Changes that repair findings. Read them, try them with adtopo audit "
                           "--apply, and make them with ldifde -i or ldapmodify.");
    text_ldif_begin(out);
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);

        write_subject(step->finding, out);
        write_do(&step->fix, out);
    }
    write_unplanned(unplanned, out);
}

void audit_write_undo(const Audit *audit, Writer *out)
{
    g_autoptr(GPtrArray) unplanned = g_ptr_array_new();
    g_autoptr(GArray) steps = plan_steps(audit, unplanned);

    text_ldif_comment(out,
                      "Takes back the changes of the remedy file. A domain controller may refuse "
                      "to name again what is deleted; leave such a change out.");
    text_ldif_begin(out);
    for (guint i = steps->len; i-- > 0;) {
        const Step *step = &g_array_index(steps, Step, i);

        write_subject(step->finding, out);
        write_undo(&step->fix, out);
    }
}
