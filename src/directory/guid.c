/* GUIDs as text. */
#include "directory/guid.h"

/* Where the hex digits of each byte stand in text: the first three fields are stored with their
 * lowest byte first (MS-DTYP section 2.3.4.2). */
static const uint8_t guid_places[GUID_BYTES] = {6,  4,  2,  0,  11, 9,  16, 14,
                                                19, 21, 24, 26, 28, 30, 32, 34};

bool guid_parse(const char *text, gsize length, uint8_t *guid)
{
    if (length != GUID_TEXT)
        return false;
    for (gsize i = 0; i < GUID_TEXT; i++)
        if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !g_ascii_isxdigit(text[i]))
            return false;
    for (gsize i = 0; i < GUID_BYTES; i++)
        guid[i] = (uint8_t)(g_ascii_xdigit_value(text[guid_places[i]]) << 4 |
                            g_ascii_xdigit_value(text[guid_places[i] + 1]));
    return true;
}

char *guid_text(const uint8_t *guid)
{
    static const char digits[] = "0123456789abcdef";
    char text[GUID_TEXT + 1] = "00000000-0000-0000-0000-000000000000";

    for (gsize i = 0; i < GUID_BYTES; i++) {
        text[guid_places[i]] = digits[guid[i] >> 4];
        text[guid_places[i] + 1] = digits[guid[i] & 15];
    }
    return g_strdup(text);
}
