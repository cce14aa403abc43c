#ifndef ADTOPO_ROUTING_ADDRESS_SPACE_H
#define ADTOPO_ROUTING_ADDRESS_SPACE_H

#include "model/topology.h"

#include <glib.h>
#include <stdbool.h>

/* An address outside the organisation: "SMTP" and "user@contoso.com", "X400" and "c=US;a= ;p=…". */
typedef struct Address {
    char *type;  /* upper case */
    char *value; /* as it was given */
} Address;

/* Parses "TYPE:value". NULL and FAULT_USAGE when there is no type or value, or an SMTP address has
 * no domain. The caller frees it. */
Address *address_parse(const char *text, GError **error);
void address_free(Address *address);

/*
 * Whether an address space covers an address, and how closely.
 *
 * SMTP (TechNet bb232045): "*" covers everything, "*.contoso.com" the domain itself and all below
 * it, "contoso.com" that domain alone; letter case does not count. X.400: every component that the
 * space names must be the same in the address; a component of one blank is the same as none, "*"
 * covers any, and the more components, the more specific. Any other type: the pattern with its
 * wildcards "*" and "?" against the whole address; the more other characters, the more specific.
 *
 * A larger *specificity is a closer match; the numbers compare between spaces of one type only. 0
 * is "everything". FALSE leaves it alone.
 */
bool address_space_covers(const AddressSpace *space, const Address *address, guint *specificity);

/* "SMTP:*.contoso.com", and the same for spaces that differ in letter case alone. The caller frees
 * both. */
char *address_space_text(const AddressSpace *space);
char *address_space_key(const AddressSpace *space);

/* An address in the space that names for no other space fit as well, as far as one can be made out
 * of the space alone: "SMTP:user@adtopo.invalid" for "SMTP:*" (RFC 2606 section 2 keeps that domain
 * free). NULL when there is none; the caller frees it. */
char *address_space_example(const AddressSpace *space);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Address, address_free)

#endif
