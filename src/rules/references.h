#ifndef ADTOPO_RULES_REFERENCES_H
#define ADTOPO_RULES_REFERENCES_H

#include "model/topology.h"

#include <glib.h>

/*
 * What still refers to objects that shall go, in the order in which the references have to go: the
 * order of the guides on removing the last Exchange 2003 server (TechNet bb288905).
 */
typedef enum ReferenceStep {
    STEP_MAILBOXES,
    STEP_PUBLIC_FOLDERS,
    STEP_ADDRESS_BOOK,
    STEP_MAIL_FLOW,
    STEP_EXPANSION,
    STEP_UPDATE_SERVICE,
    STEP_ROUTING_GROUP,
    STEP_GROUP_CONNECTORS, /* last but for what is left: while they stand, mail can flow back */
    STEP_MEMBERSHIP,       /* of the computer account, such as in ExchangeLegacyInterop */
    STEP_OTHER,
    STEP_COUNT,
} ReferenceStep;

typedef struct Reference {
    ReferenceStep step;
    const Entry *from;     /* who refers */
    AttributeId attribute; /* where it was found */
    const Value *value;    /* a value of `from`, or of `to` when `back` */
    const Entry *to;       /* what is to go, or the nearest entry above what the value names */
    bool blocks;           /* it forbids the removal; the others only want to be tidied up */
    bool follows;          /* it disappears together with what is to go */
    bool back;             /* found as a computed back link on `to`; `from` may be NULL then */
    const Dn *from_name;
} Reference;

/* "Mailboxes", and what to do about them: static. */
const char *step_title(ReferenceStep step);
const char *step_advice(ReferenceStep step);

/* All references from outside to the objects (of const Entry) or to anything below them, by step,
 * then name, then attribute; those known from both sides once. The caller unrefs. */
GPtrArray *references_to(const Topology *topology, const GPtrArray *objects);

/* The classes whose objects may hold a reference that blocks: static, *count of them. Mailboxes
 * are not among them. */
const ClassId *referring_classes(guint *count);

#endif
