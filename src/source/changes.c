/*
 * Change records. They are read strictly, because a change that is understood by halves answers a
 * question that nobody asked. Only the closing "-" may be missing from the last clause or stand
 * where there is nothing to close, as most tools that write and read them have it.
 */
#include "source/changes.h"

#include <string.h>

static void modification_free(gpointer data)
{
    Modification *modification = data;

    g_array_unref(modification->values);
    g_free(modification);
}

Change *change_new(ChangeKind kind, const char *dn, size_t dn_length, uint32_t line)
{
    Change *change = g_new0(Change, 1);

    change->kind = kind;
    change->arena = arena_new();
    change->dn = arena_strndup(change->arena, dn, dn_length);
    change->dn_length = (uint32_t)dn_length;
    change->line = line;
    change->values = g_array_new(FALSE, FALSE, sizeof(RecordValue));
    change->modifications = g_ptr_array_new_with_free_func(modification_free);
    return change;
}

void change_free(Change *change)
{
    if (change == NULL)
        return;
    g_array_unref(change->values);
    g_ptr_array_unref(change->modifications);
    arena_free(change->arena);
    g_free(change);
}

static bool same_word(const char *text, size_t length, const char *word)
{
    return length == strlen(word) && g_ascii_strncasecmp(text, word, length) == 0;
}

/* What stands behind a changetype or deleteoldrdn may end in blanks. */
static size_t length_without_blanks(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

bool change_kind(const char *text, size_t length, ChangeKind *kind)
{
    static const struct {
        const char *word;
        ChangeKind kind;
    } words[] = {{"add", CHANGE_ADD},
                 {"delete", CHANGE_DELETE},
                 {"modify", CHANGE_MODIFY},
                 {"modrdn", CHANGE_RENAME},
                 {"moddn", CHANGE_RENAME}};

    length = length_without_blanks(text, length);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!same_word(text, length, words[i].word))
            continue;
        *kind = words[i].kind;
        return true;
    }
    return false;
}

bool control_is_sound(const char *text, size_t length)
{
    static const char pattern[] = "^[0-9]++(\\.[0-9]++)*+( ++(true|false) *+)?+"
                                  "( *+:(: *+([a-z0-9+/]{4})*+"
                                  "([a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?+ *+|[^:].*+)?+)?+$";
    g_autofree char *copy = g_strndup(text, length);

    return strlen(copy) == length &&
           g_regex_match_simple(pattern, copy, G_REGEX_CASELESS | G_REGEX_RAW | G_REGEX_DOTALL, 0);
}

void change_add_values(Change *change, const RecordValue *values, guint count)
{
    for (guint i = 0; i < count; i++) {
        RecordValue value = values[i];

        if (!value.stable)
            value.data = arena_strndup(change->arena, value.data, value.length);
        g_array_append_val(change->values, value);
    }
}

static void place_values(GArray *values, uint32_t offset)
{
    for (guint i = 0; i < values->len; i++)
        g_array_index(values, RecordValue, i).line += offset;
}

void change_place(Change *change, uint32_t offset)
{
    change->line += offset;
    place_values(change->values, offset);
    for (guint i = 0; i < change->modifications->len; i++) {
        Modification *modification = g_ptr_array_index(change->modifications, i);

        modification->line += offset;
        place_values(modification->values, offset);
    }
}

static const char *take_delete(const Parser *parser)
{
    switch (parser->line.kind) {
    case LINE_END:
        return NULL;
    case LINE_BROKEN:
        return parser->line.problem;
    case LINE_ATTRIBUTE:
    case LINE_DASH:
        break;
    }
    return "a delete record holds more than its name";
}

static bool modification_kind(const Line *line, ModificationKind *kind)
{
    static const char *const words[] = {
        [MODIFICATION_ADD] = "add",
        [MODIFICATION_DELETE] = "delete",
        [MODIFICATION_REPLACE] = "replace",
    };

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!line_is(line, words[i]))
            continue;
        *kind = (ModificationKind)i;
        return true;
    }
    return false;
}

/* A clause's values come under its own attribute; options may differ (";binary" often does). */
static bool is_value_of(const Line *line, const char *attribute, size_t length)
{
    size_t base = attribute_name_length(attribute, length);

    return attribute_name_length(line->name, line->name_length) == base &&
           g_ascii_strncasecmp(line->name, attribute, base) == 0;
}

static const char *take_modified_values(Parser *parser, Change *change, Modification *modification,
                                        const char *attribute, size_t length)
{
    guint count = 0;

    for (; parser->line.kind == LINE_ATTRIBUTE; parser_next(parser)) {
        RecordValue value;

        if (!is_value_of(&parser->line, attribute, length))
            return "a value stands under another attribute than its clause names";
        count++;
        if (modification->attribute == ATTR_NONE)
            continue;
        if (parser->line.form == FORM_URL)
            return "a value is a URL, which is never opened";
        parser_value(parser, modification->attribute, change->arena, &value);
        g_array_append_val(modification->values, value);
    }
    if (parser->line.kind == LINE_BROKEN)
        return parser->line.problem;
    if (count == 0 && modification->kind == MODIFICATION_ADD)
        return "an add clause has no value";
    if (parser->line.kind == LINE_DASH)
        parser_next(parser);
    return NULL;
}

/* One clause. RFC 4525's increment is known, but only for attributes that are not read: nothing
 * that adtopo reads is a counter. */
static const char *take_modification(Parser *parser, Change *change)
{
    Modification *modification = g_new0(Modification, 1);
    ModificationKind kind = MODIFICATION_REPLACE;
    bool known = modification_kind(&parser->line, &kind);
    bool increment = line_is(&parser->line, "increment");
    const char *attribute;
    size_t length;
    Name name;

    modification->kind = kind;
    modification->line = parser->line.number;
    modification->values = g_array_new(FALSE, FALSE, sizeof(RecordValue));
    g_ptr_array_add(change->modifications, modification);
    attribute = parser_text(parser, &length);
    if (!known && !increment)
        return "a clause is none of add, delete and replace";
    if (attribute == NULL)
        return "a clause names its attribute by a URL, which is never opened";
    length = length_without_blanks(attribute, length);
    name = parser_resolve(attribute, length);
    if (name.kind == NAME_BAD || name.kind == NAME_RESERVED)
        return "a clause names no attribute";
    if (increment && name.kind == NAME_READ)
        return "an increment clause is not supported";
    modification->attribute = (AttributeId)name.attribute;
    parser_next(parser);
    return take_modified_values(parser, change, modification, attribute, length);
}

static const char *take_modify(Parser *parser, Change *change)
{
    const char *problem = NULL;

    while (problem == NULL && parser->line.kind != LINE_END) {
        if (parser->line.kind == LINE_ATTRIBUTE)
            problem = take_modification(parser, change);
        else if (parser->line.kind == LINE_DASH)
            parser_next(parser);
        else
            problem = parser->line.problem;
    }
    return problem;
}

/* The value of a line of that name, copied, in `*text`; what is wrong when it is not that line. */
static const char *take_word(Parser *parser, Change *change, const char *name, char **text,
                             const char *problem)
{
    const char *value;
    size_t length;

    if (parser->line.kind == LINE_BROKEN)
        return parser->line.problem;
    if (parser->line.kind != LINE_ATTRIBUTE || !line_is(&parser->line, name))
        return problem;
    value = parser_text(parser, &length);
    if (value == NULL || memchr(value, '\0', length) != NULL)
        return problem;
    *text = arena_strndup(change->arena, value, length_without_blanks(value, length));
    parser_next(parser);
    return NULL;
}

/* Whether the text can be a relative name or a name: an attribute type and "=". */
static bool begins_as_name(const char *text)
{
    size_t type = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-.");

    return type > 0 && text[type + strspn(text + type, " ")] == '=';
}

static const char *take_rename(Parser *parser, Change *change)
{
    static const char missing_rdn[] = "a rename has no newrdn line with a relative name";
    static const char missing_flag[] = "a rename has no deleteoldrdn line with 0 or 1";
    static const char odd_superior[] = "a rename ends in something that is no newsuperior line";
    char *flag = NULL;
    const char *problem = take_word(parser, change, "newrdn", &change->new_rdn, missing_rdn);

    if (problem == NULL && !begins_as_name(change->new_rdn))
        problem = missing_rdn;
    if (problem == NULL)
        problem = take_word(parser, change, "deleteoldrdn", &flag, missing_flag);
    if (problem != NULL)
        return problem;
    if (strcmp(flag, "0") != 0 && strcmp(flag, "1") != 0)
        return missing_flag;
    change->delete_old_rdn = *flag == '1';
    if (parser->line.kind == LINE_END)
        return NULL;
    problem = take_word(parser, change, "newsuperior", &change->new_superior, odd_superior);
    if (problem != NULL)
        return problem;
    if (*change->new_superior != '<' && !begins_as_name(change->new_superior))
        return odd_superior;
    return parser->line.kind == LINE_END ? NULL : odd_superior;
}

const char *change_parse(Parser *parser, Change *change)
{
    switch (change->kind) {
    case CHANGE_DELETE:
        return take_delete(parser);
    case CHANGE_MODIFY:
        return take_modify(parser, change);
    case CHANGE_RENAME:
        return take_rename(parser, change);
    case CHANGE_ADD:
        break;
    }
    return NULL;
}
