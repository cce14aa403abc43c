#ifndef ADTOPO_RULES_ASSERTION_H
#define ADTOPO_RULES_ASSERTION_H

#include "rules/finding.h"
#include "rules/settings-file.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What an organisation wants to be true of the ways of its mail, as a policy says it:
 *
 *     [assert Paris leaves through Munich]
 *     from = rg:Paris
 *     to = smtp:*
 *     through = connector:Munich to Internet
 *     survives = connector, bridgehead
 *
 * The mail has to arrive, and all that the other keys say has to hold. Rule PATH001 asks the
 * routing engine.
 */

/* What the mail arrives without, whichever one of its kind it is; or-ed. */
typedef enum Loss {
    LOSS_CONNECTOR = 1,  /* is down */
    LOSS_SITE_LINK = 2,  /* is gone: Exchange 2007 knows no other state of one */
    LOSS_BRIDGEHEAD = 4, /* a server at an end of a connector is down */
    LOSS_SERVER = 8,     /* any server is down */
    LOSS_SITE = 16,      /* all servers of a site are down */
} Loss;

/* The words for places that stand for many. */
#define EVERY_SITE "every-site"                   /* with Hub Transport or Mailbox servers */
#define EVERY_ROUTING_GROUP "every-routing-group" /* with servers older than 2007 */

/* One "[assert NAME]". Places are those of endpoint_parse(), or the words above, and not yet looked
 * up. */
typedef struct Assertion {
    char *name;
    char *where;       /* "FILE: [assert NAME]", for complaints */
    char *from;        /* a site, routing group or server, or a word */
    char *to;          /* likewise, or an address; "smtp:*" is any that no closer space covers */
    char *through;     /* a site, routing group, connector or site link; or NULL */
    char *avoid;       /* likewise */
    unsigned survives; /* Loss */
    gint64 most_cost;  /* -1: any */
    gint64 most_hops;  /* -1: any */
    Severity severity;
    char *reason; /* or NULL */
} Assertion;

/* The group as an assertion. NULL and FAULT_USAGE for keys and values that are missing, unknown or
 * contradict each other. */
Assertion *assertion_parse(const SettingsFile *file, const char *group, GError **error);
void assertion_free(Assertion *assertion);

/* What became of an assertion: it holds where it was judged and no way failed. */
typedef struct AssertionResult {
    const Assertion *assertion;
    bool judged;  /* FALSE: not selected, or not to be seen */
    guint ways;   /* from a place to another, that were looked at */
    guint failed; /* of these: each is a finding */
} AssertionResult;

/* "holds", "fails", "not-judged": static. */
const char *assertion_state_name(const AssertionResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assertion, assertion_free)

#endif
