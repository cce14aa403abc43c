#ifndef ADTOPO_ROUTING_SWEEP_H
#define ADTOPO_ROUTING_SWEEP_H

#include "routing/link-state.h"
#include "routing/route.h"

/*
 * What hangs on what: every connector, every server that is a bridgehead or a hub, every site
 * with hubs and every IP site link is taken out in turn, and the ways of mail are compared with
 * those before. Two kinds of ways are looked at: between routing groups, where the group of
 * Exchange 2007 is one of them, and between sites with Hub Transport servers. A way from a site
 * to a legacy group is the one from the 2007 group, begun at that site.
 */
typedef enum SweepKind { SWEEP_CONNECTOR, SWEEP_SERVER, SWEEP_SITE, SWEEP_LINK } SweepKind;

/* "connector", "server", "site", "link": static. */
const char *sweep_kind_name(SweepKind kind);

enum { SWEEP_UNKNOWN = 0 };

/* From one place to another, by number; sweep_place() tells which that is. */
typedef struct SweepWay {
    guint32 from;
    guint32 to;
    guint64 before; /* its cost */
    guint64 after;  /* SWEEP_UNKNOWN where it was not computed */
} SweepWay;

/* Mail of Exchange 2007 that goes round while something is down. */
typedef struct SweepLoop {
    const RoutingGroup *destination;
    GPtrArray *cycle; /* of const GroupEdge: from the 2007 group back to it */
} SweepLoop;

/* What is taken out, and what comes of it. */
typedef struct Removal {
    SweepKind kind;
    const Object *object; /* NULL for what is down all the time */
    SweepKind other_kind; /* of a pair */
    const Object *other;  /* NULL unless it is a pair */
    GArray *lost;         /* of SweepWay: there is no way any more */
    GArray *changed;      /* there is another one, not better; sites: the path is another one */
    GArray *waiting;      /* there is another one, but while the thing is merely down it is not
                             taken: Exchange 2007 hears of nothing (queue at the point of failure),
                             and 2003 not either where link state is suppressed */
    GPtrArray *spaces;    /* of char: "SMTP:*", which no other connector takes */
    GPtrArray *loops;     /* of SweepLoop: what goes round while it is down */
} Removal;

typedef struct Sweep {
    const Topology *topology;
    const Failures *failures;    /* borrowed: what is down all the time */
    Removal *base;               /* what comes of that; NULL when nothing is down */
    guint tried[SWEEP_LINK + 1]; /* how many were taken out, by kind */
    guint pairs;                 /* how many pairs */
    GPtrArray *removals;         /* of Removal: those that have an effect */
    GArray *apart;               /* of SweepWay: no way even now */
    GPtrArray *loops;            /* of MessageLoop: of any one failure while all else works */
    Suppression suppression;     /* of link state: whether it is called for */
} Sweep;

/*
 * Sweeps. What is down all the time (`failures`, which the sweep borrows) is not taken out: what it
 * does by itself is told once, as `base`, and every removal has only what comes in addition. With
 * `pairs` any two things are taken out together as well, and such a pair is among the
 * removals where more is lost than by either alone, or goes round that does not when only one of
 * them is down; the time is the square of that without. With `suppressed` nothing goes round for
 * being down, and only loops that link state does not cause are listed.
 */
Sweep *sweep_new(const Router *router, const Failures *failures, bool pairs, bool suppressed);
void sweep_free(Sweep *sweep);

/* The place behind a number: a site or a routing group. */
RouteStop sweep_place(const Sweep *sweep, guint32 number);

/* Whether something is cut off when it goes, and whether anything comes of it at all. */
bool removal_is_critical(const Removal *removal);
bool removal_has_effect(const Removal *removal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sweep, sweep_free)

#endif
