#ifndef ADTOPO_SOURCE_DOMAIN_PART_H
#define ADTOPO_SOURCE_DOMAIN_PART_H

/* Parts of a domain partition that rules look at; or-ed. With any of them come the head and the
 * containers directly below it that every domain has. */
typedef enum DomainPart {
    DOMAIN_HEAD = 1,       /* these alone */
    DOMAIN_COMPUTERS = 2,  /* accounts of domain controllers and Exchange servers */
    DOMAIN_GROUPS = 4,     /* Exchange's groups, and others that a server expands */
    DOMAIN_RECIPIENTS = 8, /* users with attributes of Exchange */
    DOMAIN_ALL = 15,
} DomainPart;

/* The GUID by which otherWellKnownObjects names ExchangeLegacyInterop, the one group of which the
 * members are asked for, too. */
#define DOMAIN_INTEROP_GROUP "9C5B963F67F14A4B936CB8EFB19C4784"

#endif
