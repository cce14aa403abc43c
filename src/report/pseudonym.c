/*
 * Finding the names in values. Everything is gone through twice in the same way: first the names
 * are noted, then, when they have been numbered, replaced. What is not understood is one name.
 */
#include "report/pseudonym.h"

#include "base/arena.h"
#include "model/object.h"
#include "model/topology.h"
#include "report/harmless.h"
#include "report/invented.h"
#include "rules/well-known.h"

#include <string.h>

/* Numbers of so many digits are no names: instances of virtual servers; ports and builds. */
enum { NAME_DIGITS = 3, TEXT_DIGITS = 5 };

struct Pseudonyms {
    Invented *invented;
    Arena *arena;
    DnTable *names; /* in their invented form, and those that stand in texts */
};

static void put_name(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length);

/* --- GUIDs -------------------------------------------------------------------------------- */

static bool put_guid_text(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    uint8_t guid[GUID_BYTES];
    g_autofree char *shown = NULL;

    if (!guid_parse(text, length, guid))
        return false;
    invented_replace_guid(pseudonyms->invented, guid);
    shown = guid_text(guid);
    g_string_append(out, shown);
    return true;
}

/* --- addresses ---------------------------------------------------------------------------- */

static void put_address(Pseudonyms *pseudonyms, GString *out, uint8_t *address)
{
    g_autofree char *text = NULL;

    invented_replace_address(pseudonyms->invented, address);
    text = address_text(address);
    g_string_append(out, text);
}

/* Equal spans have to stay equal however they were written: a block gets one form. */
static void put_span(Pseudonyms *pseudonyms, GString *out, AddressSpan *span)
{
    int bits = address_span_bits(span);
    int family = address_is_v4(span->low) ? ADDRESS_BITS - 32 : 0;

    put_address(pseudonyms, out, span->low);
    if (bits >= family && bits < ADDRESS_BITS) {
        g_string_append_printf(out, "/%d", bits - family);
    } else if (bits < 0) {
        g_string_append_c(out, '-');
        put_address(pseudonyms, out, span->high);
    }
}

/* Every address there is: not worth hiding, and shown as it was written. */
static bool is_everything(const AddressSpan *span)
{
    int bits = address_span_bits(span);

    return bits == 0 || (bits == ADDRESS_BITS - 32 && address_is_v4(span->low));
}

/* Returns how many bytes of the text were addresses. */
static gsize put_addresses(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    AddressSpan span;
    gsize taken = address_span_read(text, length, &span);

    if (taken > 0 && is_everything(&span))
        g_string_append_len(out, text, (gssize)taken);
    else if (taken > 0)
        put_span(pseudonyms, out, &span);
    return taken;
}

/* --- texts -------------------------------------------------------------------------------- */

static gsize digits_in_front(const char *text, gsize length)
{
    gsize digits = 0;

    while (digits < length && g_ascii_isdigit(text[digits]))
        digits++;
    return digits;
}

static bool is_word_byte(char byte)
{
    return g_ascii_isalnum(byte) || byte == '-' || byte == '_' || (byte & 0x80) != 0;
}

static bool has_letters(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (g_ascii_isalnum(text[i]) || (text[i] & 0x80) != 0)
            return true;
    return false;
}

/* Tells words apart from names. */
typedef bool (*Harmless)(const char *text, gsize length);

static void put_word(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length,
                     Harmless harmless)
{
    bool number = length <= TEXT_DIGITS && digits_in_front(text, length) == length;

    if (number || !has_letters(text, length) || harmless(text, length))
        g_string_append_len(out, text, (gssize)length);
    else if (!put_guid_text(pseudonyms, out, text, length))
        invented_append_name(pseudonyms->invented, out, text, length, NULL);
}

/* A variable of an address template, from the percent sign on: "%g", "%3s", "%rxy", "%%". */
static gsize variable_length(const char *text, gsize length)
{
    gsize end = 1 + digits_in_front(text + 1, length - 1);

    if (end == 1 && length > 3 && text[1] == 'r')
        return 4;
    return end < length && strchr("%sgimd", text[end]) != NULL ? end + 1 : 1;
}

/* How many bytes from `text` on belong together and were dealt with. */
static gsize put_part(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length,
                      Harmless harmless)
{
    gsize taken = put_addresses(pseudonyms, out, text, length);

    if (taken > 0)
        return taken;
    taken = *text == '%' ? variable_length(text, length) : 0;
    if (taken == 0 && !is_word_byte(*text))
        taken = 1;
    if (taken > 0) {
        g_string_append_len(out, text, (gssize)taken);
        return taken;
    }
    while (taken < length && is_word_byte(text[taken]))
        taken++;
    put_word(pseudonyms, out, text, taken, harmless);
    return taken;
}

/* Names among punctuation, which stays. */
static void put_text(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length,
                     Harmless harmless)
{
    gsize at = harmless_name(text, length);

    g_string_append_len(out, text, (gssize)at);
    while (at < length)
        at += put_part(pseudonyms, out, text + at, length - at, harmless);
}

/* Names among punctuation; a cost is a number however long it is. */
static void put_address_space(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    gsize front = length;

    address_space_take_cost(text, &front);
    put_text(pseudonyms, out, text, front, harmless_word);
    g_string_append_len(out, text + front, (gssize)(length - front));
}

/* --- names -------------------------------------------------------------------------------- */

/* Host and domain names serve as names of objects, too. */
static bool is_dotted(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (!is_word_byte(text[i]) && text[i] != '.')
            return false;
    return memchr(text, '.', length) != NULL;
}

/* A name with a GUID in it: "SystemMailbox{…}", or what replication made of "EX03" ("EX03", a line
 * feed, "CNF:", GUID). FALSE when it is none. */
static bool put_name_with_guid(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    gsize tail = length > 0 && text[length - 1] == '}' ? GUID_TEXT + 1 : GUID_TEXT;
    gsize sign = tail > GUID_TEXT ? 1 : strlen("\nCNF:");
    gsize front = length > tail + sign ? length - tail - sign : 0;
    uint8_t guid[GUID_BYTES];

    if (front == 0 || (text[front] != '\n' && text[front] != '{') ||
        !guid_parse(text + length - tail, GUID_TEXT, guid))
        return false;
    put_name(pseudonyms, out, text, front);
    g_string_append_len(out, text + front, (gssize)sign);
    put_guid_text(pseudonyms, out, text + length - tail, GUID_TEXT);
    g_string_append(out, tail > GUID_TEXT ? "}" : "");
    return true;
}

/* What stands behind a harmless beginning: digits, or something in parentheses. */
static void put_rest(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    if (length > 3 && *text == ' ') {
        g_string_append(out, " (");
        put_name(pseudonyms, out, text + 2, length - 3);
        g_string_append_c(out, ')');
    } else {
        g_string_append_len(out, text, (gssize)length);
    }
}

static void put_name(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    gsize harmless = harmless_name(text, length);
    AddressSpan span;

    if (harmless > 0) {
        g_string_append_len(out, text, (gssize)harmless);
        put_rest(pseudonyms, out, text + harmless, length - harmless);
    } else if (length <= NAME_DIGITS && digits_in_front(text, length) == length) {
        g_string_append_len(out, text, (gssize)length);
    } else if (put_guid_text(pseudonyms, out, text, length) ||
               put_name_with_guid(pseudonyms, out, text, length)) {
        return;
    } else if (is_dotted(text, length) || address_span_read(text, length, &span) == length) {
        put_text(pseudonyms, out, text, length, harmless_word);
    } else {
        invented_append_name(pseudonyms->invented, out, text, length, harmless_mark(text, length));
    }
}

const Dn *pseudonym_dn(Pseudonyms *pseudonyms, const Dn *dn)
{
    g_autoptr(GString) value = NULL;
    const Dn *parent;

    if (dn->parent == NULL)
        return dn_intern(pseudonyms->names, "", 0, NULL);
    parent = pseudonym_dn(pseudonyms, dn->parent);
    value = g_string_new(NULL);
    put_name(pseudonyms, value, dn->value, dn->length);
    return dn_child(pseudonyms->names, (Dn *)(uintptr_t)parent, dn->type, value->str);
}

static void put_dn(Pseudonyms *pseudonyms, GString *out, const Dn *dn)
{
    g_autofree char *text = dn_text(pseudonym_dn(pseudonyms, dn));

    g_string_append(out, text);
}

/* FALSE when the text is no name. */
static bool put_dn_text(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    const Dn *dn = memchr(text, '=', length) != NULL
                       ? dn_intern(pseudonyms->names, text, length, NULL)
                       : NULL;

    if (dn == NULL)
        return false;
    put_dn(pseudonyms, out, dn);
    return true;
}

/* "/o=Contoso/ou=Berlin/cn=Recipients", or a distinguished name. */
static void put_path(Pseudonyms *pseudonyms, GString *out, const char *text, gsize length)
{
    gsize start = 0;

    if (*text != '/' && put_dn_text(pseudonyms, out, text, length))
        return;
    for (gsize at = 0; at <= length; at++) {
        if (at < length && text[at] != '/' && text[at] != '=')
            continue;
        if (at < length && text[at] == '=')
            put_word(pseudonyms, out, text + start, at - start, harmless_word);
        else if (at > start)
            put_name(pseudonyms, out, text + start, at - start);
        if (at < length)
            g_string_append_c(out, text[at]);
        start = at + 1;
    }
}

/* --- values ------------------------------------------------------------------------------- */

static bool consists_of(const char *bytes, gsize length, const char *allowed)
{
    for (gsize i = 0; i < length; i++)
        if (bytes[i] == '\0' || strchr(allowed, bytes[i]) == NULL)
            return false;
    return true;
}

static bool is_official_guid(const char *digits)
{
    static const char *const official[] = {
        WELL_KNOWN_INTEROP,          WELL_KNOWN_SERVERS,          WELL_KNOWN_ORGANIZATION_ADMINS,
        WELL_KNOWN_RECIPIENT_ADMINS, WELL_KNOWN_VIEW_ONLY_ADMINS, WELL_KNOWN_FOLDER_ADMINS,
    };

    for (guint i = 0; i < G_N_ELEMENTS(official); i++)
        if (g_ascii_strncasecmp(digits, official[i], WELL_KNOWN_GUID) == 0)
            return true;
    return false;
}

/* "B:32:<hex digits>:<name>" (MS-ADTS section 3.1.1.2.2.2.1). */
static void put_dn_binary(Pseudonyms *pseudonyms, GString *out, const char *bytes, gsize length)
{
    static const char prefix[] = "B:32:";
    const gsize front = strlen(prefix) + WELL_KNOWN_GUID + 1;
    const char *digits = bytes + strlen(prefix);

    if (length <= front || g_ascii_strncasecmp(bytes, prefix, strlen(prefix)) != 0 ||
        bytes[front - 1] != ':') {
        put_name(pseudonyms, out, bytes, length);
        return;
    }
    g_string_append(out, prefix);
    if (is_official_guid(digits)) {
        g_string_append_len(out, digits, WELL_KNOWN_GUID);
    } else {
        uint8_t guid[GUID_BYTES];

        for (gsize i = 0; i < GUID_BYTES; i++)
            guid[i] = (uint8_t)(g_ascii_xdigit_value(digits[2 * i]) << 4 |
                                g_ascii_xdigit_value(digits[2 * i + 1]));
        invented_replace_guid(pseudonyms->invented, guid);
        for (gsize i = 0; i < GUID_BYTES; i++)
            g_string_append_printf(out, "%02X", guid[i]);
    }
    g_string_append_c(out, ':');
    if (!put_dn_text(pseudonyms, out, bytes + front, length - front))
        put_name(pseudonyms, out, bytes + front, length - front);
}

static void put_guid(Pseudonyms *pseudonyms, GString *out, const char *bytes)
{
    uint8_t guid[GUID_BYTES];

    memcpy(guid, bytes, GUID_BYTES);
    invented_replace_guid(pseudonyms->invented, guid);
    g_string_append_len(out, (const char *)guid, GUID_BYTES);
}

/* What the syntax says of a value. One that is not of its syntax may be anything. */
static void put_by_syntax(Pseudonyms *pseudonyms, GString *out, Syntax syntax, const char *bytes,
                          gsize length)
{
    static const char *const harmless[] = {
        [SYNTAX_INTEGER] = "-0123456789",    [SYNTAX_LARGE_INTEGER] = "-0123456789",
        [SYNTAX_BOOLEAN] = "TRUEFALSE",      [SYNTAX_TIME] = "0123456789.,+-Z",
        [SYNTAX_SECURITY_DESCRIPTOR] = NULL,
    };

    if (harmless[syntax] != NULL && consists_of(bytes, length, harmless[syntax]))
        g_string_append_len(out, bytes, (gssize)length);
    else if (syntax == SYNTAX_DN_BINARY)
        put_dn_binary(pseudonyms, out, bytes, length);
    else if (syntax == SYNTAX_GUID && length == GUID_BYTES)
        put_guid(pseudonyms, out, bytes);
    else
        put_name(pseudonyms, out, bytes, length);
}

void pseudonym_value(Pseudonyms *pseudonyms, AttributeId attribute, const Value *value,
                     GString *out)
{
    const AttributeInfo *info = &attribute_table[attribute];
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    if (value_dn(value) != NULL) {
        put_dn(pseudonyms, out, value_dn(value));
        return;
    }
    if (length == 0)
        return;
    switch (info->sharing) {
    case SHARING_KEEP:
        g_string_append_len(out, bytes, length);
        break;
    case SHARING_NAME:
        put_name(pseudonyms, out, bytes, length);
        break;
    case SHARING_TEXT:
        if (attribute == ATTR_routingList)
            put_address_space(pseudonyms, out, bytes, length);
        else
            put_text(pseudonyms, out, bytes, length, harmless_word);
        break;
    case SHARING_FILTER:
        put_text(pseudonyms, out, bytes, length, harmless_term);
        break;
    case SHARING_PATH:
        put_path(pseudonyms, out, bytes, length);
        break;
    case SHARING_BY_SYNTAX:
        put_by_syntax(pseudonyms, out, info->syntax, bytes, length);
        break;
    }
}

/* --- the whole ---------------------------------------------------------------------------- */

static void note_entry(Pseudonyms *pseudonyms, const Entry *entry, GString *nowhere)
{
    pseudonym_dn(pseudonyms, entry->dn);
    for (uint32_t i = 0; i < entry->count; i++) {
        pseudonym_value(pseudonyms, (AttributeId)entry->attributes[i], &entry->values[i], nowhere);
        g_string_truncate(nowhere, 0);
    }
}

/* Names noted have no form yet: the table in which they were kept goes. */
static void renew_names(Pseudonyms *pseudonyms)
{
    dn_table_free(pseudonyms->names);
    arena_free(pseudonyms->arena);
    pseudonyms->arena = arena_new();
    pseudonyms->names = dn_table_new(pseudonyms->arena);
}

Pseudonyms *pseudonyms_new(const Directory *directory)
{
    Pseudonyms *pseudonyms = g_new0(Pseudonyms, 1);
    g_autoptr(GString) nowhere = g_string_new(NULL);

    pseudonyms->invented = invented_new();
    renew_names(pseudonyms);
    FOR_EACH(const Entry, entry, directory_entries(directory))
        note_entry(pseudonyms, entry, nowhere);
    invented_settle(pseudonyms->invented);
    renew_names(pseudonyms);
    return pseudonyms;
}

void pseudonyms_free(Pseudonyms *pseudonyms)
{
    if (pseudonyms == NULL)
        return;
    invented_free(pseudonyms->invented);
    dn_table_free(pseudonyms->names);
    arena_free(pseudonyms->arena);
    g_free(pseudonyms);
}

void pseudonyms_write_map(const Pseudonyms *pseudonyms, Writer *out)
{
    invented_write(pseudonyms->invented, out);
}
