/*
 * Name comparison. Nearly every name in a directory is plain ASCII without doubled blanks, so each
 * function has a path that neither allocates nor leaves ASCII; everything else goes through a key.
 */
#include "base/fold.h"

#include <string.h>

static bool is_plain(const char *text, size_t length)
{
    bool after_blank = true;

    for (size_t i = 0; i < length; i++) {
        bool blank = text[i] == ' ';

        if ((signed char)text[i] <= 0 || (blank && after_blank))
            return false;
        after_blank = blank;
    }
    return length == 0 || !after_blank;
}

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
    if (a_length == b_length && memcmp(a, b, a_length) == 0)
        return true;
    if (!is_plain(a, a_length) || !is_plain(b, b_length))
        return equal_by_key(a, a_length, b, b_length);
    return a_length == b_length && g_ascii_strncasecmp(a, b, a_length) == 0;
}

/* g_ascii_tolower() is a call; this is met once a byte. */
static inline unsigned char lower(char c)
{
    unsigned char byte = (unsigned char)c;

    return (unsigned char)(byte - 'A') < 26 ? byte | 0x20 : byte;
}

static uint32_t hash_lower(const char *text, size_t length, uint32_t hash)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ lower(text[i])) * 16777619u;
    return hash;
}

uint32_t fold_hash(const char *text, size_t length, uint32_t seed)
{
    g_autoptr(GString) key = NULL;

    if (is_plain(text, length))
        return hash_lower(text, length, seed ^ 2166136261u);
    key = g_string_new(NULL);
    fold_append(key, text, length);
    return hash_lower(key->str, key->len, seed ^ 2166136261u);
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
