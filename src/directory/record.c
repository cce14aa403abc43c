/* Records out of entries, for whoever puts what was read into a directory once more. */
#include "directory/record.h"

#include <string.h>

RecordValue record_value(Arena *arena, const Entry *entry, uint32_t index)
{
    const Value *value = &entry->values[index];
    Dn *dn = value_dn(value);
    RecordValue copy = {
        .attribute = entry->attributes[index],
        .line = value->line,
        .truncated = entry->attributes[index] == entry->truncated,
        .stable = dn == NULL,
    };

    if (dn != NULL) {
        g_autofree char *text = dn_text(dn);

        copy.length = (uint32_t)strlen(text);
        copy.data = arena_strndup(arena, text, copy.length);
    } else {
        copy.data = value_bytes(value, &copy.length);
    }
    return copy;
}
