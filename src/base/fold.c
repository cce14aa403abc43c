/*
 * Name comparison. Nearly every name in a directory is plain ASCII without doubled blanks, so each
 * function has a path that neither allocates nor leaves ASCII; everything else goes through a key.
 */
#include "base/fold.h"

#include <string.h>

/* --- plain text, eight characters at a time ------------------------------------------------- */

static const uint64_t each = 0x0101010101010101u; /* times a byte: eight of it */

/* The next characters of a text, the first in the lowest byte; behind its end stands a letter. */
static inline uint64_t load_word(const char *text, size_t length)
{
    uint64_t word = each * 'x';

    if (length >= sizeof word)
        memcpy(&word, text, sizeof word);
    else
        memcpy(&word, text, length);
    return GUINT64_FROM_LE(word);
}

/* The top bit of each byte that equals `c`, provided that all are ASCII. */
static inline uint64_t bytes_equal(uint64_t word, char c)
{
    return ~((word ^ each * (unsigned char)c) + each * 0x7f) & each * 0x80;
}

/* ASCII without NUL, with blanks neither at the ends nor next to each other. */
static bool is_plain(const char *text, size_t length)
{
    uint64_t blank_before = 0x80;

    for (size_t i = 0; i < length; i += sizeof(uint64_t)) {
        uint64_t word = load_word(text + i, length - i);
        uint64_t blanks = bytes_equal(word, ' ');
        uint64_t doubled = blanks & (blanks << 8 | blank_before);

        if (((word & each * 0x80) | bytes_equal(word, '\0') | doubled) != 0)
            return false;
        blank_before = blanks >> 56;
    }
    return length == 0 || text[length - 1] != ' ';
}

/* In lower case. From 'A' on the first sum sets a byte's top bit, from behind 'Z' on the second;
 * where they differ the bit goes to the place that tells small letters from capitals. */
static inline uint64_t lower_word(uint64_t word)
{
    uint64_t capitals = (word + each * (0x80 - 'A')) ^ (word + each * (0x80 - 'Z' - 1));

    return word | (capitals & each * 0x80) >> 2;
}

/* Of plain text in any case, or of a key: of a key's bytes beyond ASCII the lower case is none that
 * means anything, but equal keys have the same. */
static uint32_t hash_lowered(const char *text, size_t length, uint32_t seed)
{
    const uint64_t factor = 0x9E3779B97F4A7C15u;
    uint64_t hash = (seed ^ length) * factor;

    for (size_t i = 0; i < length; i += sizeof hash) {
        hash = (hash ^ lower_word(load_word(text + i, length - i))) * factor;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}

/* --- keys ---------------------------------------------------------------------------------- */

static gunichar fold_kana(gunichar c)
{
    return c >= 0x3041 && c <= 0x3096 ? c + 0x60 : c;
}

/* Appends without accents and with blanks squeezed; `folded` is decomposed, case-folded UTF-8. */
static void append_squeezed(GString *key, const char *folded)
{
    bool pending = false;
    gsize start = key->len;

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_type(c) == G_UNICODE_NON_SPACING_MARK)
            continue;
        if (c == ' ') {
            pending = key->len > start;
            continue;
        }
        if (pending)
            g_string_append_c(key, ' ');
        pending = false;
        g_string_append_unichar(key, fold_kana(c));
    }
}

static void append_ascii(GString *key, const char *text, size_t length)
{
    gsize start = key->len;

    g_string_append_len(key, text, (gssize)length);
    for (gsize i = start; i < key->len; i++)
        key->str[i] = g_ascii_tolower(key->str[i]);
}

void fold_append(GString *key, const char *text, size_t length)
{
    g_autofree char *decomposed = NULL;
    g_autofree char *folded = NULL;
    g_autofree char *again = NULL;

    if (is_plain(text, length)) {
        append_ascii(key, text, length);
        return;
    }
    /* Asked first: the normalisation reads beyond the end of a character that is cut off. */
    if (g_utf8_validate(text, (gssize)length, NULL))
        decomposed = g_utf8_normalize(text, (gssize)length, G_NORMALIZE_ALL);
    if (decomposed == NULL) {
        g_string_append_len(key, text, (gssize)length);
        return;
    }
    folded = g_utf8_casefold(decomposed, -1);
    again = g_utf8_normalize(folded, -1, G_NORMALIZE_ALL);
    append_squeezed(key, again);
}

char *fold_string(const char *text)
{
    GString *key = g_string_new(NULL);

    fold_append(key, text, strlen(text));
    return g_string_free(key, FALSE);
}

static bool equal_by_key(const char *a, size_t a_length, const char *b, size_t b_length)
{
    g_autoptr(GString) left = g_string_new(NULL);
    g_autoptr(GString) right = g_string_new(NULL);

    fold_append(left, a, a_length);
    fold_append(right, b, b_length);
    return g_string_equal(left, right);
}

bool fold_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length == b_length && (a == b || memcmp(a, b, a_length) == 0))
        return true;
    if (!is_plain(a, a_length) || !is_plain(b, b_length))
        return equal_by_key(a, a_length, b, b_length);
    return a_length == b_length && g_ascii_strncasecmp(a, b, a_length) == 0;
}

uint32_t fold_hash(const char *text, size_t length, uint32_t seed)
{
    g_autoptr(GString) key = NULL;

    if (is_plain(text, length))
        return hash_lowered(text, length, seed);
    key = g_string_new(NULL);
    fold_append(key, text, length);
    return hash_lowered(key->str, key->len, seed);
}

guint name_hash(gconstpointer name)
{
    return fold_hash(name, strlen(name), 0);
}

gboolean name_equal(gconstpointer a, gconstpointer b)
{
    return fold_equal(a, strlen(a), b, strlen(b));
}

bool text_has_token(const char *text, const char *token)
{
    size_t length = strlen(token);

    for (; *text != '\0'; text++)
        if (g_ascii_strncasecmp(text, token, length) == 0)
            return true;
    return false;
}

static int compare_by_key(const char *a, const char *b)
{
    g_autofree char *left = fold_string(a);
    g_autofree char *right = fold_string(b);

    return strcmp(left, right);
}

int fold_compare(const char *a, const char *b)
{
    bool plain = is_plain(a, strlen(a)) && is_plain(b, strlen(b));
    int order = plain ? g_ascii_strcasecmp(a, b) : compare_by_key(a, b);

    return order != 0 ? order : strcmp(a, b);
}
