#ifndef ADTOPO_RULES_RECIPIENTS_H
#define ADTOPO_RULES_RECIPIENTS_H

#include "rules/rule.h"

#include <glib.h>
#include <stdbool.h>

/* Users with mailboxes, which live in domain partitions. */

/* The users of Exchange mailboxes (of Entry): those with a homeMDB, without the mailboxes of the
 * system itself, which lie in CN=Microsoft Exchange System Objects; unref it. */
GPtrArray *mailbox_users(const Topology *topology);

/* The server of a user's mailbox store, or NULL. */
Server *mailbox_server(const Topology *topology, const Entry *user);

/* Says how many domains were not read, and whether no mailbox was seen in those that were. */
void report_mailboxes_unread(Check *check);

#endif
