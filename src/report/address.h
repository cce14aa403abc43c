#ifndef ADTOPO_REPORT_ADDRESS_H
#define ADTOPO_REPORT_ADDRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Network addresses as text. */

/* An IPv6 address, or an IPv4 one as ::ffff:a.b.c.d; in network byte order. */
enum { ADDRESS_BYTES = 16, ADDRESS_BITS = 8 * ADDRESS_BYTES };

/* Addresses from `low` to `high`. */
typedef struct AddressSpan {
    uint8_t low[ADDRESS_BYTES];
    uint8_t high[ADDRESS_BYTES];
} AddressSpan;

/* Reads an address, "a-b" or "a/bits" at the beginning of `length` bytes of `text`. Returns how
 * many bytes it took; 0 when there is none, or when a letter or digit follows at once. */
gsize address_span_read(const char *text, gsize length, AddressSpan *span);

/* How many leading bits all addresses of a span share when it holds every address that does, of
 * ADDRESS_BITS; -1 when it is no such block. */
int address_span_bits(const AddressSpan *span);

/* "10.1.2.3" or "2001:db8::1"; the caller frees it. */
char *address_text(const uint8_t *address);

bool address_is_v4(const uint8_t *address);

#endif
