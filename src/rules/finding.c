/* Findings: building them, and what identifies them from one run to the next. */
#include "rules/check.h"

#include "base/fold.h"

#include <string.h>

const char *severity_name(Severity severity)
{
    static const char *const names[] = {"info", "warning", "error"};

    return names[severity];
}

bool severity_named(const char *name, Severity *severity)
{
    for (int i = SEVERITY_INFO; i <= SEVERITY_ERROR; i++) {
        if (g_strcmp0(name, severity_name((Severity)i)) != 0)
            continue;
        *severity = (Severity)i;
        return true;
    }
    return false;
}

static void evidence_clear(gpointer data)
{
    g_free(((Evidence *)data)->expected);
}

Finding *finding_new(const Rule *rule, Severity severity, const Entry *entry, char *message)
{
    Finding *finding = g_new0(Finding, 1);

    finding->rule = rule;
    finding->severity = severity;
    finding->entry = entry;
    finding->message = message;
    finding->evidence = g_array_new(FALSE, FALSE, sizeof(Evidence));
    g_array_set_clear_func(finding->evidence, evidence_clear);
    finding->related = g_ptr_array_new();
    return finding;
}

void finding_free(Finding *finding)
{
    if (finding == NULL)
        return;
    g_free(finding->name);
    g_free(finding->detail);
    g_free(finding->message);
    g_free(finding->remedy);
    g_free(finding->fingerprint);
    g_array_unref(finding->evidence);
    g_ptr_array_unref(finding->related);
    g_free(finding);
}

bool finding_counts(const Finding *finding)
{
    return finding->waiver == NULL && finding->baseline != BASELINE_KNOWN;
}

/* --- evidence ----------------------------------------------------------------------------- */

static void cite(Finding *finding, const Entry *entry, AttributeId attribute, const Value *value,
                 const char *expected)
{
    Evidence evidence = {.entry = entry, .attribute = attribute, .value = value};

    evidence.expected = g_strdup(expected);
    g_array_append_val(finding->evidence, evidence);
}

Finding *finding_cite(Finding *finding, const Object *object, AttributeId attribute,
                      const char *expected)
{
    guint count;
    const Value *values = entry_values(object->entry, attribute, &count);

    if (values == NULL)
        cite(finding, object->entry, attribute, NULL, expected);
    for (guint i = 0; i < count; i++)
        cite(finding, object->entry, attribute, &values[i], expected);
    return finding;
}

Finding *finding_cite_value(Finding *finding, const Object *object, AttributeId attribute,
                            const Value *value, const char *expected)
{
    cite(finding, object->entry, attribute, value, expected);
    return finding;
}

Finding *finding_cite_object(Finding *finding, const Object *object)
{
    return object == NULL ? finding : finding_cite_entry(finding, object->entry);
}

Finding *finding_cite_entry(Finding *finding, const Entry *entry)
{
    cite(finding, entry, ATTR_NONE, NULL, NULL);
    return finding;
}

Finding *finding_relate(Finding *finding, const Object *object)
{
    gpointer entry = (gpointer)(uintptr_t)object->entry;

    if (object->entry != finding->entry && !g_ptr_array_find(finding->related, entry, NULL))
        g_ptr_array_add(finding->related, entry);
    return finding;
}

void finding_relate_all(Finding *finding, const GPtrArray *objects)
{
    enum { SHOWN = 1000 };
    guint shown = MIN(objects->len, (guint)SHOWN);

    for (guint i = 0; i < shown; i++)
        finding_relate(finding, g_ptr_array_index(objects, i));
}

Finding *finding_distinguish(Finding *finding, const char *name, const char *detail)
{
    g_free(finding->name);
    g_free(finding->detail);
    finding->name = g_strdup(name);
    finding->detail = g_strdup(detail);
    return finding;
}

Finding *finding_advise(Finding *finding, const char *format, ...)
{
    va_list arguments;

    g_free(finding->remedy);
    va_start(arguments, format);
    finding->remedy = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return finding;
}

/* --- identity ----------------------------------------------------------------------------- */

/* An object's objectGUID where it was read, its folded name otherwise: a GUID survives a rename. */
static void add_identity(GChecksum *sum, const Entry *entry, const Dn *dn)
{
    g_autofree char *guid = entry == NULL ? NULL : entry_guid(entry);
    g_autofree char *name = guid != NULL ? NULL : dn_text(dn);
    g_autofree char *folded = name == NULL ? NULL : fold_string(name);

    g_checksum_update(sum, (const guchar *)(guid != NULL ? guid : folded), -1);
    g_checksum_update(sum, (const guchar *)"\n", 1);
}

static void add_value(GChecksum *sum, const Evidence *evidence)
{
    const Dn *dn = value_dn(evidence->value);
    g_autofree char *text = NULL;
    g_autofree char *folded = NULL;

    if (evidence->value == NULL)
        return;
    if (dn != NULL) {
        add_identity(sum, dn->entry, dn);
        return;
    }
    text = value_text(evidence->value, evidence->attribute);
    folded = fold_string(text);
    g_checksum_update(sum, (const guchar *)folded, -1);
}

static void add_name(GChecksum *sum, const Finding *finding)
{
    if (finding->name == NULL)
        return;
    g_checksum_update(sum, (const guchar *)finding->name, -1);
    g_checksum_update(sum, (const guchar *)"\n", 1);
    g_checksum_update(sum, (const guchar *)finding->detail, -1);
    g_checksum_update(sum, (const guchar *)"\n", 1);
}

/* Rule, object, name, and the first piece of evidence: what it says, not where it stands. */
char *finding_fingerprint(const Finding *finding)
{
    enum { DIGITS = 32 };
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    g_checksum_update(sum, (const guchar *)finding->rule->id, -1);
    g_checksum_update(sum, (const guchar *)"\n", 1);
    if (finding->entry != NULL)
        add_identity(sum, finding->entry, finding->entry->dn);
    add_name(sum, finding);
    if (finding->evidence->len > 0) {
        const Evidence *first = &g_array_index(finding->evidence, Evidence, 0);

        if (first->entry != finding->entry && first->entry != NULL)
            add_identity(sum, first->entry, first->entry->dn);
        g_checksum_update(sum, (const guchar *)attribute_table[first->attribute].name, -1);
        g_checksum_update(sum, (const guchar *)"\n", 1);
        add_value(sum, first);
    }
    return g_strndup(g_checksum_get_string(sum), DIGITS);
}

static int compare_entries(const Entry *a, const Entry *b)
{
    if (a == b)
        return 0;
    if (a == NULL || b == NULL)
        return a == NULL ? -1 : 1;
    return dn_compare(a->dn, b->dn);
}

gint finding_compare(gconstpointer a, gconstpointer b)
{
    const Finding *left = *(const Finding *const *)a;
    const Finding *right = *(const Finding *const *)b;
    int order = (int)right->severity - (int)left->severity;

    if (order == 0)
        order = strcmp(left->rule->id, right->rule->id);
    if (order == 0)
        order = compare_entries(left->entry, right->entry);
    return order != 0 ? order : strcmp(left->message, right->message);
}
