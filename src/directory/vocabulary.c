/* Look-up in the generated tables. The hash is the one that schema/vocabulary-c.awk computes. */
#include "directory/vocabulary.h"

#include <glib.h>

static uint32_t hash_name(const char *name, size_t length)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)g_ascii_tolower(name[i])) * 16777619u;
    return hash;
}

static bool same_name(const char *known, const char *name, size_t length)
{
    return g_ascii_strncasecmp(known, name, length) == 0 && known[length] == '\0';
}

AttributeId attribute_lookup(const char *name, size_t length)
{
    uint32_t slot = hash_name(name, length) & attribute_hash_mask;

    for (; attribute_hash[slot] != 0; slot = (slot + 1) & attribute_hash_mask)
        if (same_name(attribute_table[attribute_hash[slot]].name, name, length))
            return (AttributeId)attribute_hash[slot];
    return ATTR_NONE;
}

ClassId class_lookup(const char *name, size_t length)
{
    uint32_t slot = hash_name(name, length) & class_hash_mask;

    for (; class_hash[slot] != 0; slot = (slot + 1) & class_hash_mask)
        if (same_name(class_table[class_hash[slot]].name, name, length))
            return (ClassId)class_hash[slot];
    return CLASS_NONE;
}

bool value_is_kept(AttributeId attribute, const char *value, size_t length)
{
    static const char protocol[] = "ncacn_ip_tcp:";
    enum { PREFIX = sizeof protocol - 1 };

    return attribute != ATTR_networkAddress ||
           (length > PREFIX && g_ascii_strncasecmp(value, protocol, PREFIX) == 0);
}

bool class_is_a(ClassId id, ClassId ancestor)
{
    while (id != CLASS_NONE && id != ancestor)
        id = class_table[id].superior;
    return id != CLASS_NONE;
}

static unsigned class_depth(ClassId id)
{
    unsigned depth = 0;

    for (; id != CLASS_NONE; id = class_table[id].superior)
        depth++;
    return depth;
}

ClassId class_most_derived(ClassId id, const char *name, size_t length)
{
    ClassId known = class_lookup(name, length);
    ClassId other = known != CLASS_NONE ? known : CLASS_top; /* from which every class derives */

    return class_depth(other) > class_depth(id) ? other : id;
}
