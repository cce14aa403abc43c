/* Reading an entry's values: look-up, the simple syntaxes, and text for evidence. */
#include "directory/entry.h"

#include "directory/guid.h"

#include <string.h>

/* Values are sorted by attribute: the first one with it. */
static uint32_t first_value(const Entry *entry, AttributeId attribute)
{
    uint32_t low = 0;
    uint32_t high = entry->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (entry->attributes[middle] < attribute)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const Value *entry_values(const Entry *entry, AttributeId attribute, guint *count)
{
    uint32_t first = first_value(entry, attribute);
    uint32_t end = first;

    while (end < entry->count && entry->attributes[end] == attribute)
        end++;
    *count = end - first;
    return end > first ? entry->values + first : NULL;
}

const Value *entry_value(const Entry *entry, AttributeId attribute)
{
    uint32_t first = first_value(entry, attribute);

    return first < entry->count && entry->attributes[first] == attribute ? entry->values + first
                                                                         : NULL;
}

bool entry_has(const Entry *entry, AttributeId attribute)
{
    return entry_value(entry, attribute) != NULL;
}

const char *value_bytes(const Value *value, uint32_t *length)
{
    bool bytes = value != NULL && value->length != VALUE_IS_NAME;

    *length = bytes ? value->length : 0;
    return bytes ? value->of.bytes : NULL;
}

/* Decimal digits behind an optional minus: what LDAP calls INTEGER (RFC 4517, 3.3.16), and zeros in
 * front. Values are not NUL-terminated and there are many of them, so no strtoll(). */
static bool parse_integer(const char *bytes, uint32_t length, int64_t *value)
{
    bool negative = length > 0 && bytes[0] == '-';
    int64_t number = 0;

    if (length == (negative ? 1 : 0))
        return false;
    for (uint32_t i = negative ? 1 : 0; i < length; i++) {
        int digit = bytes[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number))
            return false;
    }
    *value = number;
    return true;
}

bool entry_integer(const Entry *entry, AttributeId attribute, int64_t *value)
{
    uint32_t length;
    const char *bytes = value_bytes(entry_value(entry, attribute), &length);

    return bytes != NULL && parse_integer(bytes, length, value);
}

static bool parse_boolean(const char *bytes, uint32_t length, bool *value)
{
    if (length == 4 && g_ascii_strncasecmp(bytes, "TRUE", 4) == 0)
        *value = true;
    else if (length == 5 && g_ascii_strncasecmp(bytes, "FALSE", 5) == 0)
        *value = false;
    else
        return false;
    return true;
}

bool entry_boolean(const Entry *entry, AttributeId attribute, bool *value)
{
    uint32_t length;
    const char *bytes = value_bytes(entry_value(entry, attribute), &length);

    return bytes != NULL && parse_boolean(bytes, length, value);
}

const char *syntax_fault(Syntax syntax, const char *bytes, uint32_t length)
{
    int64_t number;
    bool truth;

    switch (syntax) {
    case SYNTAX_INTEGER:
        if (!parse_integer(bytes, length, &number))
            return "no number";
        return number == (int32_t)number ? NULL : "too large a number";
    case SYNTAX_LARGE_INTEGER:
        return parse_integer(bytes, length, &number) ? NULL : "no number";
    case SYNTAX_BOOLEAN:
        return parse_boolean(bytes, length, &truth) ? NULL : "neither TRUE nor FALSE";
    default:
        return NULL;
    }
}

static char *hex_text(const char *bytes, uint32_t length)
{
    GString *out = g_string_sized_new((gsize)length * 2);

    for (uint32_t i = 0; i < length; i++)
        g_string_append_printf(out, "%02x", (unsigned char)bytes[i]);
    return g_string_free(out, FALSE);
}

char *value_text(const Value *value, AttributeId attribute)
{
    Syntax syntax = attribute_table[attribute].syntax;
    uint32_t length;
    const char *bytes = value_bytes(value, &length);
    char *text = NULL;

    if (value_dn(value) != NULL)
        return dn_text(value_dn(value));
    if (syntax == SYNTAX_GUID && length == GUID_BYTES)
        text = guid_text((const uint8_t *)bytes);
    else if (syntax == SYNTAX_OCTETS || syntax == SYNTAX_GUID)
        text = hex_text(bytes, length);
    return text != NULL ? text : g_strndup(bytes, length);
}

char *entry_text(const Entry *entry, AttributeId attribute)
{
    const Value *value = entry_value(entry, attribute);

    return value == NULL ? NULL : value_text(value, attribute);
}

char *entry_guid(const Entry *entry)
{
    uint32_t length;
    const char *bytes = value_bytes(entry_value(entry, ATTR_objectGUID), &length);

    return length == GUID_BYTES ? guid_text((const uint8_t *)bytes) : NULL;
}

Origin entry_origin(const Entry *entry, const Value *value)
{
    Origin origin = {.source = entry->source, .line = value != NULL ? value->line : entry->line};
    int64_t usn;

    if (entry->line == 0 && entry_integer(entry, ATTR_uSNChanged, &usn) && usn > 0)
        origin.usn = (uint64_t)usn;
    return origin;
}
