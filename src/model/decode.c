/* From an entry's attributes to an object's fields, by table. */
#include "model/decode.h"

OptionalInteger decode_integer(const Entry *entry, AttributeId attribute)
{
    int64_t number;

    if (!entry_integer(entry, attribute, &number) || number < INT32_MIN || number > INT32_MAX)
        return (OptionalInteger){0};
    return (OptionalInteger){.present = true, .value = (int32_t)number};
}

OptionalBoolean decode_boolean(const Entry *entry, AttributeId attribute)
{
    OptionalBoolean field = {0};

    field.present = entry_boolean(entry, attribute, &field.value);
    return field;
}

const char *decode_text(Arena *arena, const Value *value)
{
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    return length == 0 ? NULL : arena_strndup(arena, bytes, length);
}

static Values decode_values(const Entry *entry, AttributeId attribute)
{
    Values values;

    values.items = entry_values(entry, attribute, &values.count);
    return values;
}

static void field_decode(Arena *arena, const Entry *entry, void *target, const Field *field)
{
    AttributeId attribute = (AttributeId)field->attribute;

    switch (field->kind) {
    case FIELD_INTEGER:
        *(OptionalInteger *)target = decode_integer(entry, attribute);
        break;
    case FIELD_BOOLEAN:
        *(OptionalBoolean *)target = decode_boolean(entry, attribute);
        break;
    case FIELD_TEXT:
        *(const char **)target = decode_text(arena, entry_value(entry, attribute));
        break;
    case FIELD_VALUE:
        *(const Value **)target = entry_value(entry, attribute);
        break;
    case FIELD_VALUES:
        *(Values *)target = decode_values(entry, attribute);
        break;
    }
}

void object_decode(Arena *arena, const Entry *entry, void *object, const Field *fields, guint count)
{
    for (guint i = 0; i < count; i++)
        field_decode(arena, entry, (char *)object + fields[i].offset, &fields[i]);
}
