/* Words for messages: lists of names, counts, products. */
#include "rules/words.h"

enum { NAMES_SHOWN = 6 };

char *names_of(const GPtrArray *objects)
{
    GString *text = g_string_new(NULL);
    guint shown = MIN(objects->len, (guint)NAMES_SHOWN);
    guint more = objects->len - shown;

    if (objects->len == 0)
        g_string_append(text, "none");
    for (guint i = 0; i < shown; i++) {
        const Object *object = g_ptr_array_index(objects, i);
        bool last = i + 1 == shown && more == 0;

        if (i > 0)
            g_string_append(text, last ? " and " : ", ");
        g_string_append(text, object->name);
    }
    if (more > 0)
        g_string_append_printf(text, " and %u more", more);
    return g_string_free(text, FALSE);
}

char *parts_text(const GPtrArray *parts)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < MIN(parts->len, (guint)NAMES_SHOWN); i++) {
        g_autofree char *names = names_of(g_ptr_array_index(parts, i));

        g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", names);
    }
    if (parts->len > NAMES_SHOWN)
        g_string_append_printf(text, "; and %u more", parts->len - NAMES_SHOWN);
    return g_string_free(text, FALSE);
}

char *count_of(guint count, const char *noun)
{
    return g_strdup_printf("%u %s%s", count, noun, count == 1 ? "" : "s");
}

GPtrArray *servers_where(const GPtrArray *servers, bool (*wanted)(const Server *))
{
    GPtrArray *found = g_ptr_array_new();

    FOR_EACH(Server, server, servers)
        if (wanted(server))
            g_ptr_array_add(found, server);
    return found;
}

char *product_of(const Server *server)
{
    const Version *version = &server->version;

    if (version->service_pack > 0 && version->family <= FAMILY_2013)
        return g_strdup_printf("%s SP%u", family_name(version->family), version->service_pack);
    return g_strdup(family_name(version->family));
}
