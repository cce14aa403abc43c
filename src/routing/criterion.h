#ifndef ADTOPO_ROUTING_CRITERION_H
#define ADTOPO_ROUTING_CRITERION_H

/* What decided between the chosen way and the runner-up. */
typedef enum Criterion {
    DECIDED_ONLY,  /* there was no runner-up */
    DECIDED_EQUAL, /* nothing: there are equals, and all of them share the mail */
    DECIDED_COST,
    DECIDED_HOPS, /* fewer links at equal cost */
    DECIDED_NAME, /* a site's name: a rename would move the route */
    DECIDED_LEGACY_COST,
    DECIDED_SITE_COST,
    DECIDED_ADDRESS_SPACE, /* the more specific one */
    DECIDED_PROXIMITY,
    DECIDED_CONNECTOR_NAME,
} Criterion;

/* "only", "cost", "legacy-cost", …: static. */
const char *criterion_name(Criterion criterion);

#endif
