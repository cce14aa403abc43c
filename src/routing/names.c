/* Comparing names where a name decides between routes: ordinal, without letter case or locale. */
#include "routing/names.h"

#include <glib.h>

enum { BEYOND_UNICODE = 0x110000 };

/* The next character in upper case; 0 at the end, where *text stays. */
static gunichar next_character(const char **text)
{
    unsigned char byte = (unsigned char)**text;
    gunichar character;

    if (byte < 0x80) {
        *text += byte != '\0';
        return (gunichar)g_ascii_toupper((gchar)byte);
    }
    character = g_utf8_get_char_validated(*text, -1);
    if (character >= BEYOND_UNICODE) {
        *text += 1;
        return BEYOND_UNICODE + byte;
    }
    *text = g_utf8_next_char(*text);
    return g_unichar_toupper(character);
}

int name_order(const char *a, const char *b)
{
    gunichar left;
    gunichar right;

    do {
        left = next_character(&a);
        right = next_character(&b);
    } while (left == right && left != 0);
    return left < right ? -1 : left > right;
}
