#ifndef ADTOPO_RULES_BINDINGS_H
#define ADTOPO_RULES_BINDINGS_H

#include "model/topology.h"

#include <stdbool.h>
#include <stdint.h>

/* What receive connectors listen on and whom they listen to. */

/* IPv6, or IPv4 as ::ffff:a.b.c.d; in network byte order. */
typedef struct Address {
    uint8_t bytes[16];
} Address;

/* One value of msExchSmtpReceiveBindings: "0.0.0.0:25", "[::]:25". */
typedef struct Binding {
    Address address; /* all zero, of either family: every address of the server */
    guint port;
} Binding;

/* One value of msExchSmtpReceiveRemoteIPRanges: "10.0.0.1", "10.0.0.0/8", "10.0.0.1-10.0.0.9". */
typedef struct AddressRange {
    Address low;
    Address high;
} AddressRange;

typedef enum BindingOverlap {
    OVERLAP_NONE,
    OVERLAP_WILDCARD, /* one of the two is every address, which includes the other's */
    OVERLAP_SAME,     /* the same address and port */
} BindingOverlap;

/* FALSE, and the result undefined, when the value is not of that form. */
bool binding_parse(const Value *value, Binding *binding);
bool address_range_parse(const Value *value, AddressRange *range);

BindingOverlap binding_overlap(const Binding *a, const Binding *b);
bool address_range_equal(const AddressRange *a, const AddressRange *b);

#endif
