#ifndef ADTOPO_ROUTING_ENDPOINT_H
#define ADTOPO_ROUTING_ENDPOINT_H

#include "model/topology.h"
#include "routing/address-space.h"

#include <glib.h>

/* What a question names. */
typedef enum EndpointKind {
    ENDPOINT_SITE,
    ENDPOINT_GROUP,
    ENDPOINT_SERVER,
    ENDPOINT_CONNECTOR,
    ENDPOINT_SITE_LINK,
    ENDPOINT_ADDRESS,
} EndpointKind;

typedef struct Endpoint {
    EndpointKind kind;
    char *text;                /* in full: "site:Munich", "smtp:user@contoso.com" */
    const Object *object;      /* NULL for an address */
    const Site *site;          /* the site, or that of a server of 2007 and later; or NULL */
    const RoutingGroup *group; /* the group, or that of an older server; or NULL */
    const Server *server;
    Address *address;
} Endpoint;

/*
 * Parses "site:NAME", "rg:NAME", "server:NAME", "connector:NAME", "site-link:NAME" (NAME may be a
 * distinguished name everywhere), "smtp:user@domain" or any other "TYPE:address", or a bare name
 * that one object bears. `kinds` has a bit (1 << kind) for each kind that is allowed. NULL and
 * FAULT_USAGE when nothing or more than one thing is meant, or something that is not allowed. The
 * caller frees it.
 */
Endpoint *endpoint_parse(const Topology *topology, const char *text, guint kinds, GError **error);
void endpoint_free(Endpoint *endpoint);

/* Whether two mean one thing: the same object or, letter case ignored, the same address. */
bool endpoint_equal(const Endpoint *a, const Endpoint *b);

/* Whether mail is moved there by Exchange 2007 and later: a site, the 2007 routing group, a server
 * of these versions. Not for addresses, connectors
 * and site links. */
bool endpoint_is_modern(const Endpoint *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Endpoint, endpoint_free)

#endif
