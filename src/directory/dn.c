/* What is asked of a name that is known: where it stands, its text, its order. */
#include "directory/dn.h"

#include "base/fold.h"

#include <string.h>

bool dn_is_below(const Dn *dn, const Dn *ancestor)
{
    return dn_at_depth(dn, ancestor->depth) == ancestor;
}

Dn *dn_at_depth(const Dn *dn, unsigned depth)
{
    while (dn != NULL && dn->depth > depth)
        dn = dn->parent;
    return dn != NULL && dn->depth == depth ? (Dn *)(uintptr_t)dn : NULL;
}

static void append_escaped(GString *out, const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)value[i];
        bool at_end = i == 0 || i + 1 == length;

        if (c < 0x20 || c == 0x7f)
            g_string_append_printf(out, "\\%02X", c);
        else if (strchr(",+\"\\<>;=", c) != NULL || (c == ' ' && at_end) || (c == '#' && i == 0))
            g_string_append_printf(out, "\\%c", c);
        else
            g_string_append_c(out, (char)c);
    }
}

static void append_rdn(GString *out, const Dn *dn)
{
    g_string_append(out, dn->type);
    g_string_append_c(out, '=');
    if (dn->compound)
        g_string_append_len(out, dn->value, dn->length);
    else
        append_escaped(out, dn->value, dn->length);
}

char *dn_text(const Dn *dn)
{
    GString *out = g_string_new(NULL);

    for (; dn->parent != NULL; dn = dn->parent) {
        if (out->len > 0)
            g_string_append_c(out, ',');
        append_rdn(out, dn);
    }
    return g_string_free(out, FALSE);
}

char *dn_plain_name(const Dn *dn)
{
    const char *feed = dn->mangled ? memchr(dn->value, '\n', dn->length) : NULL;

    return g_strndup(dn->value, feed == NULL ? dn->length : (gsize)(feed - dn->value));
}

int dn_mangling(const Dn *dn)
{
    return MAX(dn->mangled, dn->inherited);
}

static int compare_level(const Dn *a, const Dn *b)
{
    int order;

    if (a == b)
        return 0;
    if (a->parent != b->parent) {
        order = compare_level(a->parent, b->parent);
        if (order != 0)
            return order;
    }
    order = fold_compare(a->value, b->value);
    if (order == 0)
        order = strcmp(a->type, b->type);
    if (order == 0) /* values with a NUL in them, alike as far as that */
        order = memcmp(a->value, b->value, MIN(a->length, b->length));
    return order != 0 ? order : (int)a->length - (int)b->length;
}

int dn_compare(const Dn *a, const Dn *b)
{
    unsigned shared = MIN(a->depth, b->depth);
    int order = compare_level(dn_at_depth(a, shared), dn_at_depth(b, shared));

    return order != 0 ? order : (int)a->depth - (int)b->depth;
}
