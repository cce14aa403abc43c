#ifndef ADTOPO_ROUTING_ACCEPTED_DOMAIN_H
#define ADTOPO_ROUTING_ACCEPTED_DOMAIN_H

#include "model/topology.h"
#include "routing/address-space.h"

/* Whose the domain of an SMTP address is to Exchange 2007, by its accepted domains. */
typedef enum DomainKind {
    DOMAIN_SENT_ON, /* nobody's here, or relayed: connectors take it */
    DOMAIN_UNKNOWN, /* accepted, but its type was not read */
    DOMAIN_OWN,     /* authoritative: the last word on its recipients is here */
} DomainKind;

/*
 * The closest match counts: the domain itself before "*.parent". Of two objects for one domain, the
 * one that claims less does. "*" is passed over: it cannot make every domain the organisation's
 * own. `*accepted` is the object that counts, or NULL where none fits.
 *
 * For an authoritative domain, an unknown recipient is a non-delivery report, never a reason to
 * send on (TechNet ff354977, ff406202). That the two low bits of msExchAcceptedDomainFlags tell
 * the type, and 0 is authoritative, is known from the field only.
 */
DomainKind accepted_domain_kind(const Topology *topology, const Address *address,
                                const Entry **accepted);

#endif
