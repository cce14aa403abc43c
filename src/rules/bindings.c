/*
 * Bindings and remote ranges of receive connectors, read so that two spellings of one address are
 * the same: collisions are found by what the values mean.
 */
#include "rules/bindings.h"

#include <arpa/inet.h>
#include <string.h>

static const uint8_t mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool address_parse(const char *text, Address *address)
{
    memcpy(address->bytes, mapped_prefix, sizeof mapped_prefix);
    if (inet_pton(AF_INET, text, address->bytes + sizeof mapped_prefix) == 1)
        return true;
    return inet_pton(AF_INET6, text, address->bytes) == 1;
}

static bool address_is_v4(const Address *address)
{
    return memcmp(address->bytes, mapped_prefix, sizeof mapped_prefix) == 0;
}

static bool address_is_any(const Address *address)
{
    static const Address none;
    size_t start = address_is_v4(address) ? sizeof mapped_prefix : 0;

    return memcmp(address->bytes + start, none.bytes, sizeof none.bytes - start) == 0;
}

static char *text_of(const Value *value)
{
    uint32_t length;
    const char *bytes = value_bytes(value, &length);

    return bytes == NULL ? g_strdup("") : g_strndup(bytes, length);
}

static bool number_parse(const char *text, guint most, guint *number)
{
    guint64 parsed;

    if (!g_ascii_string_to_unsigned(text, 10, 0, most, &parsed, NULL))
        return false;
    *number = (guint)parsed;
    return true;
}

bool binding_parse(const Value *value, Binding *binding)
{
    g_autofree char *text = text_of(value);
    char *colon = strrchr(text, ':');
    char *host = text;

    if (colon == NULL || !number_parse(colon + 1, G_MAXUINT16, &binding->port))
        return false;
    *colon = '\0';
    if (host[0] == '[' && g_str_has_suffix(host, "]")) {
        host[strlen(host) - 1] = '\0';
        host++;
    }
    return address_parse(host, &binding->address);
}

/* Narrows or widens the ends to the block of `bits` leading bits that the address is in. */
static void address_block(AddressRange *range, guint bits)
{
    for (guint i = 0; i < sizeof range->low.bytes; i++) {
        guint kept = MIN(bits, 8u);
        uint8_t mask = (uint8_t)(0xff00u >> kept);

        bits -= kept;
        range->low.bytes[i] &= mask;
        range->high.bytes[i] |= (uint8_t)~mask;
    }
}

bool address_range_parse(const Value *value, AddressRange *range)
{
    g_autofree char *text = text_of(value);
    char *separator = strpbrk(text, "-/");
    char kind = separator == NULL ? '\0' : *separator;
    guint bits;

    if (separator != NULL)
        *separator++ = '\0';
    if (!address_parse(text, &range->low))
        return false;
    if (kind == '-')
        return address_parse(separator, &range->high);
    range->high = range->low;
    if (kind == '\0')
        return true;
    if (!number_parse(separator, address_is_v4(&range->low) ? 32 : 128, &bits))
        return false;
    address_block(range, address_is_v4(&range->low) ? bits + 96 : bits);
    return true;
}

BindingOverlap binding_overlap(const Binding *a, const Binding *b)
{
    if (a->port != b->port || address_is_v4(&a->address) != address_is_v4(&b->address))
        return OVERLAP_NONE;
    if (memcmp(&a->address, &b->address, sizeof a->address) == 0)
        return OVERLAP_SAME;
    return address_is_any(&a->address) || address_is_any(&b->address) ? OVERLAP_WILDCARD
                                                                      : OVERLAP_NONE;
}

bool address_range_equal(const AddressRange *a, const AddressRange *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
