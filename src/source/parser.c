/*
 * Lines with a meaning. Exports repeat the same few dozen attribute names in every record, so the
 * descriptions met are kept in a small direct-mapped table, and most lines cost one comparison.
 */
#include "source/parser.h"

#include <string.h>

enum { NAME_DEFAULT_LIMIT = 64 << 10, VALUE_DEFAULT_LIMIT = 256 << 20, ENTRIES_DEFAULT = 50000000 };

FileLimits limits_effective(const FileLimits *limits)
{
    FileLimits effective = limits != NULL ? *limits : (FileLimits){0};

    if (effective.value == 0)
        effective.value = VALUE_DEFAULT_LIMIT;
    if (effective.name == 0)
        effective.name = NAME_DEFAULT_LIMIT;
    if (effective.entries == 0)
        effective.entries = ENTRIES_DEFAULT;
    effective.value = MIN(effective.value, (guint64)G_MAXINT32);
    effective.name = MIN(effective.name, effective.value);
    return effective;
}

void parser_next(Parser *parser)
{
    scanner_next(&parser->scanner, &parser->line);
    if (parser->line.length <= parser->limits.value)
        return;
    parser->excess = "a value is longer than the limit";
    parser->line.kind = LINE_END;
}

static bool is_description(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum(text[i]) && strchr("-;._=*", text[i]) == NULL)
            return false;
    return length > 0 && text[0] != ';' && memchr(text, '\0', length) == NULL;
}

static bool is_reserved(const char *text, size_t length)
{
    static const char *const words[] = {"dn", "changetype", "control"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (length == strlen(words[i]) && g_ascii_strncasecmp(text, words[i], length) == 0)
            return true;
    return false;
}

Name parser_resolve(const char *text, size_t length)
{
    size_t base = attribute_name_length(text, length);
    AttributeId id = attribute_lookup(text, base);
    Name name = {.text = text, .length = (uint32_t)length, .kind = NAME_UNREAD};

    if (id != ATTR_NONE && attribute_table[id].read) {
        name.kind = NAME_READ;
        name.attribute = (uint16_t)id;
        name.ranged = attribute_range(text, length, &name.range);
    }
    if (!is_description(text, length))
        name.kind = NAME_BAD;
    else if (is_reserved(text, base))
        name.kind = NAME_RESERVED;
    return name;
}

static uint32_t name_slot(const char *text, uint32_t length)
{
    uint32_t first = (unsigned char)text[0];
    uint32_t middle = (unsigned char)text[length / 2];
    uint32_t last = (unsigned char)text[length - 1];

    return (first + 5 * middle + 37 * last + 131 * length) % NAME_SLOTS;
}

/* Two names that fall on one slot, which every record may have, do not drive each other out: there
 * is a second one beside it. */
const Name *parser_name(Parser *parser)
{
    const Line *line = &parser->line;
    uint32_t first = name_slot(line->name, line->name_length);
    Name *slot;

    for (uint32_t second = 0; second < 2; second++) {
        slot = &parser->names[first ^ second];
        if (slot->length == line->name_length && memcmp(slot->text, line->name, slot->length) == 0)
            return slot;
        if (slot->length == 0)
            break;
    }
    *slot = parser_resolve(line->name, line->name_length);
    /* A copied line's name does not outlive the record: the slot is good once. */
    if (line->copied)
        slot->length = 0;
    return slot;
}

void parser_value(Parser *parser, AttributeId attribute, Arena *arena, RecordValue *value)
{
    size_t length;
    bool in_text;

    value->data = line_value(&parser->line, arena, &length, &in_text);
    value->length = (uint32_t)length;
    value->line = parser->line.number;
    value->attribute = (uint16_t)attribute;
    value->stable = in_text;
    value->truncated = false;
    value->checked = false;
}

const char *parser_text(Parser *parser, size_t *length)
{
    bool in_text;

    *length = 0;
    if (parser->line.form == FORM_URL)
        return NULL;
    return line_value(&parser->line, parser->scanner.arena, length, &in_text);
}
