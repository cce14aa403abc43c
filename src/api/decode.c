/*
 * The joke in the group names. Each official name is EXCHANGE12ROCKS with every letter and digit
 * moved by one place, one name forwards and the other backwards. Any other name is tried with every
 * shift, and the one that reads most like the words of the trade wins.
 */
#include "api/forest.h"

#include "base/fold.h"

#include <string.h>

static const char plain_name[] = "EXCHANGE12ROCKS";

/* Letters turn within the alphabet, digits within ten: the official names move both by one. */
static char shift_character(char c, int shift)
{
    if (g_ascii_isupper(c))
        return (char)('A' + (c - 'A' + shift + 26) % 26);
    if (g_ascii_islower(c))
        return (char)('a' + (c - 'a' + shift + 26) % 26);
    if (g_ascii_isdigit(c))
        return (char)('0' + ((c - '0' + shift) % 10 + 10) % 10);
    return c;
}

static void shift_text(const char *from, int shift, char *to)
{
    for (; *from != '\0'; from++)
        *to++ = shift_character(*from, shift);
    *to = '\0';
}

/* How often the letters of English stand in text, in tenths of a percent. */
static int likeness(const char *text)
{
    static const int frequency[26] = {82, 15, 28, 43, 127, 22, 20, 61, 70, 2,  8, 40, 24,
                                      67, 75, 19, 1,  60,  63, 91, 28, 10, 24, 2, 20, 1};
    int score = 0;

    for (; *text != '\0'; text++)
        if (g_ascii_isalpha(*text))
            score += frequency[g_ascii_toupper(*text) - 'A'];
    return score;
}

static int best_shift(const char *name)
{
    char tried[128];
    int best = 0;
    int best_score = -1;

    for (int shift = -12; shift <= 13; shift++) {
        int score;

        shift_text(name, shift, tried);
        score = likeness(tried);
        if (score > best_score) {
            best = shift;
            best_score = score;
        }
    }
    return best;
}

typedef struct Official {
    const char *token;
    int shift;
    const char *about;
} Official;

static const Official officials[] = {
    {ADMIN_GROUP_TOKEN, -1, "the administrative group of Exchange 2007 and later"},
    {ROUTING_GROUP_TOKEN, 1, "the routing group of Exchange 2007 and 2010"},
};

static bool has_letter(const char *name)
{
    for (; *name != '\0'; name++)
        if (g_ascii_isalpha(*name))
            return true;
    return false;
}

static void decode_official(const Official *official, adtopo_decoding *decoding)
{
    decoding->shift = official->shift;
    shift_text(official->token, official->shift, decoding->plain);
    decoding->about = official->about;
}

bool adtopo_decode(const char *name, adtopo_decoding *decoding, adtopo_error *error)
{
    *decoding = (adtopo_decoding){0};
    if (!has_letter(name) || strlen(name) >= sizeof decoding->plain)
        return error_set(error, ADTOPO_USAGE,
                         "a name to decode has letters and is at most 127 bytes long");
    for (guint i = 0; i < G_N_ELEMENTS(officials); i++) {
        if (text_has_token(name, officials[i].token)) {
            decode_official(&officials[i], decoding);
            return true;
        }
    }
    if (g_ascii_strcasecmp(name, plain_name) == 0) {
        g_strlcpy(decoding->plain, ADMIN_GROUP_TOKEN " and " ROUTING_GROUP_TOKEN,
                  sizeof decoding->plain);
        decoding->about = "the administrative group (every character moved on by one) and the "
                          "routing group (moved back by one) of Exchange 2007";
        return true;
    }
    decoding->shift = best_shift(name);
    shift_text(name, decoding->shift, decoding->plain);
    return true;
}
