/*
 * Distinguished names: what is one prints as a name that reads as the same one, and compares equal
 * to itself.
 */
#include "directory/dn.h"
#include "fuzz.h"

#include <string.h>

/* A relative name of several attributes is printed as it was written, which may hold a NUL. */
static bool has_raw_nul(const Dn *dn)
{
    for (; dn->parent != NULL; dn = dn->parent)
        if (dn->compound && memchr(dn->value, '\0', dn->length) != NULL)
            return true;
    return false;
}

static void check_name(DnTable *names, Dn *dn)
{
    g_autofree char *text = dn_text(dn);
    g_autofree char *plain = dn_plain_name(dn);

    g_assert(plain != NULL);
    if (has_raw_nul(dn))
        return;
    g_assert(dn_intern(names, text, strlen(text), NULL) == dn);
    g_assert(dn_compare(dn, dn) == 0);
    g_assert(dn_is_below(dn, dn));
    if (dn->parent == NULL)
        return;
    g_assert(dn_find(names, text, strlen(text)) == dn);
    g_assert(dn_compare(dn->parent, dn) < 0);
    check_name(names, dn->parent);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(DnTable) names = dn_table_new(arena);
    Dn *dn = dn_intern(names, (const char *)data, size, NULL);

    g_assert(dn_intern(names, (const char *)data, size, NULL) == dn);
    g_assert(dn_intern_record(names, (const char *)data, size, NULL) == dn);
    if (dn != NULL)
        check_name(names, dn);
    return 0;
}
