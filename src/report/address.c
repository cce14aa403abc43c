/* Network addresses as text, and spans of them. */
#include "report/address.h"

#include <arpa/inet.h>
#include <string.h>

enum { MAPPED = 12 }; /* bytes in front of an IPv4 address */

static const uint8_t mapped_prefix[MAPPED] = {[10] = 0xff, [11] = 0xff};

bool address_is_v4(const uint8_t *address)
{
    return memcmp(address, mapped_prefix, MAPPED) == 0;
}

static bool address_parse(const char *text, gsize length, uint8_t *address)
{
    g_autofree char *copy = g_strndup(text, length);

    if (inet_pton(AF_INET6, copy, address) == 1)
        return true;
    memcpy(address, mapped_prefix, MAPPED);
    return inet_pton(AF_INET, copy, address + MAPPED) == 1;
}

char *address_text(const uint8_t *address)
{
    char text[INET6_ADDRSTRLEN];
    bool v4 = address_is_v4(address);

    return g_strdup(
        inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + MAPPED : address, text, sizeof text));
}

static gsize run_of(const char *text, gsize length, const char *characters)
{
    gsize run = 0;

    while (run < length && text[run] != '\0' && strchr(characters, text[run]) != NULL)
        run++;
    return run;
}

/* The address at the beginning of a text: dotted first, because a port may follow one. */
static gsize read_address(const char *text, gsize length, uint8_t *address)
{
    static const char *const kinds[] = {"0123456789.", "0123456789abcdefABCDEF:."};

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        gsize run = run_of(text, length, kinds[i]);

        if ((run < length && g_ascii_isalnum(text[run])) || run < 2)
            continue;
        if (memchr(text, i == 0 ? '.' : ':', run) != NULL && address_parse(text, run, address))
            return run;
    }
    return 0;
}

static void span_fill(AddressSpan *span, guint bits)
{
    memcpy(span->high, span->low, ADDRESS_BYTES);
    for (guint bit = bits; bit < ADDRESS_BITS; bit++) {
        span->low[bit / 8] &= (uint8_t) ~(0x80 >> bit % 8);
        span->high[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
    }
}

/* "/bits" behind the address; 0 when it is none. */
static gsize read_bits(const char *text, gsize length, AddressSpan *span)
{
    guint family = address_is_v4(span->low) ? ADDRESS_BITS - 8 * MAPPED : ADDRESS_BITS;
    gsize digits = run_of(text + 1, length - 1, "0123456789");
    g_autofree char *number = g_strndup(text + 1, digits);
    guint64 bits;

    if (!g_ascii_string_to_unsigned(number, 10, 0, family, &bits, NULL))
        return 0;
    span_fill(span, ADDRESS_BITS - family + (guint)bits);
    return digits + 1;
}

gsize address_span_read(const char *text, gsize length, AddressSpan *span)
{
    gsize taken = read_address(text, length, span->low);
    gsize more = 0;

    if (taken == 0)
        return 0;
    memcpy(span->high, span->low, ADDRESS_BYTES);
    if (taken + 1 < length && text[taken] == '-') {
        more = read_address(text + taken + 1, length - taken - 1, span->high);
        more += more > 0;
        if (more == 0)
            memcpy(span->high, span->low, ADDRESS_BYTES);
    } else if (taken + 1 < length && text[taken] == '/') {
        more = read_bits(text + taken, length - taken, span);
    }
    return taken + more;
}

int address_span_bits(const AddressSpan *span)
{
    AddressSpan block = *span;
    guint bits = 0;

    while (bits < ADDRESS_BITS &&
           ((span->low[bits / 8] ^ span->high[bits / 8]) & (0x80 >> bits % 8)) == 0)
        bits++;
    span_fill(&block, bits);
    return memcmp(&block, span, sizeof block) == 0 ? (int)bits : -1;
}
